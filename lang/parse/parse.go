// Package parse turns the text of a .spec file into its syntax tree.
//
// It never fails: whatever the text, the result is a whole tree and the list
// of faults. A fault leaves a Bad node, and reading goes on with the next
// item, statement or declaration, so that every separate fault is reported
// once and nothing that follows from it is.
//
// The parts: scanner cuts the text into tokens and applies the newline rule;
// the declarations are a participle grammar (grammar.go) whose slots are rules
// written by hand (slot.go) and whose outcome becomes nodes (node.go);
// expressions, types and statements are parsed by precedence climbing on
// participle's PeekingLexer; recover.go finds the place to go on.
package parse

import (
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

// File parses a file. The tree is never nil; it covers all of the text.
func File(f *source.File) (*ast.File, diag.List) {
	file := &ast.File{At: ast.At{Loc: f.Span(0, len(f.Text))}}
	s, p, ok := begin(f)
	if ok {
		p.file(file)
		file.Comments = s.comments
	}
	return file, p.finish(s)
}

// Expr parses a file that holds one expression.
func Expr(f *source.File) (ast.Expr, diag.List) {
	s, p, _ := begin(f)
	p.lines()
	x := p.expr()
	p.lines()
	if !p.at(lexer.EOF) {
		p.wanted("the end of the expression", "")
	}
	return x, p.finish(s)
}

// Statement parses a file that holds one statement.
func Statement(f *source.File) (ast.Stmt, diag.List) {
	s, p, _ := begin(f)
	p.lines()
	x := p.stmt()
	p.lines()
	if !p.at(lexer.EOF) {
		p.wanted("the end of the statement", "")
	}
	return x, p.finish(s)
}

// begin cuts a file into tokens. It is not ok if the file is no text; the
// tokens are none then.
func begin(f *source.File) (*scanner, *parser, bool) {
	d, ok := checkText(f)
	s := newScanner(f)
	if !ok {
		s.pos = len(s.text)
	}
	lex, _ := lexer.Upgrade(s, tDoc) // the scanner returns no error
	p := &parser{lex: lex}
	if d != nil {
		s.faults.Add(*d)
	}
	return s, p, ok
}

// checkText looks for bytes that are no text. A file with a NUL byte is taken
// for a binary one and not parsed.
func checkText(f *source.File) (*diag.Diagnostic, bool) {
	if i := strings.IndexByte(f.Text, 0); i >= 0 {
		d := notText(f.Span(i, i+1), "a NUL byte")
		return &d, false
	}
	if utf8.ValidString(f.Text) {
		return nil, true
	}
	for i, r := range f.Text {
		if r == utf8.RuneError && !strings.HasPrefix(f.Text[i:], "\uFFFD") {
			d := notText(f.Span(i, i+1), "a byte that is no character")
			return &d, false
		}
	}
	return nil, true
}

// finish returns the faults of the scanner and the parser by position, no
// more than maxFaults of them.
func (p *parser) finish(s *scanner) diag.List {
	all := s.faults
	for _, r := range p.faults {
		if r.diag.Code != "" {
			all.Add(r.diag)
		}
	}
	all = all.Sorted()
	if n := len(all); n > maxFaults {
		all = all[:maxFaults]
		last := &all[maxFaults-1]
		last.Help = strings.TrimPrefix(last.Help+"; more faults follow, which are not shown", "; ")
	}
	return all
}
