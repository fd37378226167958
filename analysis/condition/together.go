package condition

import (
	"fmt"

	"github.com/spec-lang/spec/analysis/fold"
	"github.com/spec-lang/spec/analysis/term"
	"github.com/spec-lang/spec/lang/ast"
)

// part is one of the conditions that have to be true together, or false.
type part struct {
	expr  ast.Expr
	holds bool
	src   ast.Expr // as it is written, with what negates it
}

// parts takes a condition that is true, or false, apart into conditions that
// all are.
func parts(e ast.Expr, holds bool, out []part) []part {
	switch e := term.Unparen(e).(type) {
	case *ast.Unary:
		if e.Op == ast.Bang || e.Op == ast.Not {
			n := len(out)
			if out = parts(e.X, !holds, out); len(out) == n+1 {
				out[n].src = e
			}
			return out
		}
	case *ast.Binary:
		switch {
		case e.Op == ast.And && holds, e.Op == ast.Or && !holds:
			return parts(e.Y, holds, parts(e.X, holds, out))
		case e.Op == ast.Implies && !holds:
			return parts(e.Y, false, parts(e.X, true, out))
		}
	}
	return append(out, part{term.Unparen(e), holds, e})
}

// together reports a chain of && that is never true, or of || that is never
// false, since two of its parts exclude one another.
func (f *finder) together(e *ast.Binary) bool {
	holds := e.Op == ast.And
	ps := parts(e, holds, nil)
	limits := make([]fact, len(ps))
	for i, p := range ps {
		limits[i] = f.factOf(p)
		for j, q := range ps[:i] {
			if limits[i].excludes(limits[j]) {
				if f.claim && !holds {
					return false
				}
				f.contradiction(e, q.src, p.src, !holds)
				return true
			}
		}
	}
	return false
}

// fact is a condition as far as it can be compared with others: what it says
// of a term.
type fact struct {
	whole string // the condition itself
	holds bool
	of    string // the term, "" if it says nothing of one
	is    fold.Value
	not   bool // the term is anything but `is`, which is exact
}

// excludes reports whether two facts are never so together.
func (a fact) excludes(b fact) bool {
	switch {
	case a.whole == b.whole:
		return a.holds != b.holds
	case a.of == "" || a.of != b.of || a.not && b.not:
		return false
	case a.not:
		return fold.Same(a.is, b.is)
	case b.not:
		return fold.Same(a.is, b.is)
	}
	return fold.Disjoint(a.is, b.is)
}

func (f *finder) factOf(p part) fact {
	b, ok := p.expr.(*ast.Binary)
	if !ok {
		return fact{whole: term.Key(p.expr), holds: p.holds}
	}
	out := whole(b, p.holds)
	for _, side := range []struct {
		of, value ast.Expr
		op        ast.BinaryOp
	}{{b.X, b.Y, b.Op}, {b.Y, b.X, swapped(b.Op)}} {
		v := fold.Eval(f.Info, side.value, nil)
		if !v.Exact() || fold.Eval(f.Info, side.of, nil).Exact() {
			continue
		}
		if is, not, ok := fold.Compared(side.op, v, p.holds); ok {
			out.of, out.is, out.not = term.Key(side.of), is, not
			return out
		}
	}
	return out
}

// whole is a comparison as a fact: one that negates another has its key.
func whole(b *ast.Binary, holds bool) fact {
	op, x, y := b.Op, b.X, b.Y
	switch op {
	case ast.Gt, ast.Ge:
		op, x, y = swapped(op), y, x
	}
	switch op {
	case ast.Ne:
		op, holds = ast.Eq, !holds
	case ast.NotIn:
		op, holds = ast.In, !holds
	case ast.Le: // x <= y is not y < x
		op, x, y, holds = ast.Lt, y, x, !holds
	}
	return fact{whole: fmt.Sprint(op, term.Key(x), term.Key(y)), holds: holds}
}

// swapped is the operator with its sides exchanged.
func swapped(op ast.BinaryOp) ast.BinaryOp {
	switch op {
	case ast.Lt:
		return ast.Gt
	case ast.Le:
		return ast.Ge
	case ast.Gt:
		return ast.Lt
	case ast.Ge:
		return ast.Le
	}
	return op
}
