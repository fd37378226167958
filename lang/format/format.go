// Package format prints syntax trees in the one style of the language.
//
// Source formats a file. Everything that carries meaning or was written by
// hand to be read stays: the tree, every comment, single empty lines, and the
// lines that an author broke a formula, a set or a body into. Everything else,
// such as spaces, line lengths and columns, has one form, so formatting what
// is formatted changes nothing.
//
// Expr, Type, Stmt and Decl print nodes that have no text, such as those of a
// kernel; parentheses are put where the tree needs them.
package format

import (
	"strings"
	"unicode/utf8"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
)

// Source formats a file. A file with faults comes back as it is, with them.
func Source(f *source.File) (string, diag.List) {
	file, faults := parse.File(f)
	if faults.HasErrors() {
		return f.Text, faults
	}
	p := newPrinter(f, file.Comments)
	return finish(p.fileDoc(file)), faults
}

// Expr prints an expression on one or more lines.
func Expr(e ast.Expr) string { return bare(func(p *printer) doc { return p.expr(e) }) }

// Type prints a written type.
func Type(t ast.Type) string { return bare(func(p *printer) doc { return p.typ(t) }) }

// Stmt prints a statement.
func Stmt(s ast.Stmt) string { return bare(func(p *printer) doc { return p.stmt(s) }) }

// Decl prints a declaration with its doc comment.
func Decl(d ast.Decl) string { return bare(func(p *printer) doc { return p.decl(d) }) }

// File prints a file that has no text, or whose text is not at hand. Its
// comments, but for doc comments, are not printed.
func File(f *ast.File) string { return bare(func(p *printer) doc { return p.fileDoc(f) }) + "\n" }

func bare(f func(*printer) doc) string {
	return strings.TrimSuffix(finish(f(newPrinter(nil, nil))), "\n")
}

// finish lays a doc out and aligns its columns.
func finish(d doc) string {
	s := layout(d)
	s = align(s, cellMark)
	s = align(s, commentMark)
	s = strings.Trim(s, "\n")
	if s == "" {
		return ""
	}
	return s + "\n"
}

func (p *printer) fileDoc(f *ast.File) doc {
	var items []item
	if f.Module != nil {
		items = append(items, item{f.Module.Loc.Lo, f.Module.Loc.Hi, func() doc { return text("module " + f.Module.Name) }})
	}
	for _, i := range f.Imports {
		items = append(items, itemOf(i, func() doc { return p.importClause(i) }))
	}
	items = append(items, p.decls(f.Decls)...)
	if p.file != nil {
		return p.lines(items, 0, len(p.file.Text)+1, "")
	}
	var docs []doc
	for i, it := range items {
		if i > 0 {
			docs = append(docs, blank)
		}
		docs = append(docs, it.doc())
	}
	return concat(docs...)
}

func (p *printer) importClause(i *ast.Import) doc {
	s := "import " + p.literal(&ast.StringLit{Value: i.Path})
	if i.As != nil {
		s += " as " + i.As.Name
	}
	return text(s)
}

// align turns marks into spaces, so that what stands behind the n-th mark of a
// line stands below what stands behind the n-th mark of the line above.
func align(s, mark string) string {
	if !strings.Contains(s, mark) {
		return s
	}
	lines := strings.Split(s, "\n")
	for i := 0; i < len(lines); {
		var run []int
		for ; i < len(lines); i++ {
			if strings.Contains(lines[i], mark) && (len(run) == 0 || margin(lines[i]) == margin(lines[run[0]])) {
				run = append(run, i)
			} else if len(run) == 0 || !between(lines[i], mark) {
				break
			}
		}
		if len(run) == 0 {
			i++
			continue
		}
		alignRun(lines, run, mark)
	}
	return strings.Join(lines, "\n")
}

// margin is how far a line is indented.
func margin(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// between reports whether columns go on across a line: a comment does not
// interrupt those of declarations.
func between(line, mark string) bool {
	return mark == cellMark && strings.HasPrefix(strings.TrimLeft(line, " "), "//")
}

// alignRun aligns some lines with one another.
func alignRun(lines []string, run []int, mark string) {
	var widths []int
	rows := make([][]string, len(run))
	for i, n := range run {
		rows[i] = strings.Split(lines[n], mark)
		for k, cell := range rows[i][:len(rows[i])-1] {
			if k == len(widths) {
				widths = append(widths, 0)
			}
			widths[k] = max(widths[k], utf8.RuneCountInString(cell))
		}
	}
	for i, row := range rows {
		var b strings.Builder
		for k, cell := range row {
			b.WriteString(cell)
			if k < len(row)-1 {
				b.WriteString(strings.Repeat(" ", widths[k]-utf8.RuneCountInString(cell)+1))
			}
		}
		lines[run[i]] = b.String()
	}
}
