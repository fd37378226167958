// Package print writes the kernel in the language's own syntax.
//
// Expr, Stmt, Type and Value write parts of a System for people: conversions
// are invisible, `x != none` and `x not in S` read as such, nested quantifiers
// share one `forall`, and there are no more parentheses than needed.
//
// System writes all of it, as a module with a machine and a model. What it
// prints parses and has the same states, in the same order: where the plain
// text would be taken for something else, it says more (the types of locals,
// another name for the second of two).
package print

import (
	"strings"

	"github.com/spec-lang/spec/ir"
)

// Expr returns e on one line.
func Expr(e ir.Expr) string { return newReader(e).expr(e, nil).text }

// Stmt returns a statement, on several lines where it holds others, without a
// newline at its end.
func Stmt(s ir.Stmt) string {
	p := newReader(s)
	p.stmt(s)
	return strings.TrimSuffix(p.out.String(), "\n")
}

// Type returns a type as it is written.
func Type(t *ir.Type) string { return t.String() }

// Value returns a value of type t as it is written; durations with their
// unit.
func Value(v ir.Value, t *ir.Type) string { return ir.FormatAs(v, t) }

// printer writes statements and declarations to out; expressions are returned.
type printer struct {
	out    strings.Builder
	indent int
	// exact is set for text that must parse and mean the same.
	exact bool
	names names
	// inOld is set inside of old(...), where variables mean the old ones.
	inOld bool
	// inInit is set in the initial statements.
	inInit bool
	// inModel is set in the text of a model, where elements of sorts have
	// names.
	inModel bool
}

// newReader returns a printer for people of t, whose free locals have the
// names that they were given.
func newReader(t ir.Tree) *printer {
	p := &printer{names: names{}}
	bound := map[*ir.Local]bool{}
	ir.Walk(t, func(t ir.Tree) bool {
		for _, l := range binds(t) {
			bound[l] = true
		}
		return true
	})
	ir.Walk(t, func(t ir.Tree) bool {
		if r, ok := t.(*ir.LocalRef); ok && !bound[r.Local] {
			p.names[r.Local] = r.Local.Name
		}
		return true
	})
	return p
}

// binds are the locals that a node binds.
func binds(t ir.Tree) []*ir.Local {
	switch t := t.(type) {
	case *ir.Let:
		return []*ir.Local{t.Local}
	case *ir.Bind:
		var ls []*ir.Local
		for _, b := range t.Binders {
			ls = append(ls, b.Local)
		}
		if t.Acc != nil {
			ls = append(ls, t.Acc)
		}
		return ls
	case *ir.Declare:
		return []*ir.Local{t.Local}
	case *ir.ForStmt:
		return []*ir.Local{t.Local}
	case *ir.PickStmt:
		return []*ir.Local{t.Local}
	}
	return nil
}

// line writes one line at the current indentation.
func (p *printer) line(parts ...string) {
	for range p.indent {
		if len(parts) > 0 {
			p.out.WriteString("    ")
		}
	}
	for _, s := range parts {
		p.out.WriteString(s)
	}
	p.out.WriteByte('\n')
}

// block writes a head, what inner writes one level further in, and a tail.
func (p *printer) block(head string, inner func(), tail string) {
	p.line(head)
	p.indent++
	inner()
	p.indent--
	p.line(tail)
}
