package elaborate

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
)

// beside lowers a literal that takes its type from what stands beside it, of
// type t. Its parts need not fit the ranges of t: `{n}` beside a set of 0..2
// is a set of int if n is one.
func (s *scope) beside(e ast.Expr, t *ir.Type) ir.Expr {
	x := s.lower(e, t)
	if t == nil || !narrows(x) {
		return x
	}
	return s.lower(e, s.b.wide(t))
}

// narrows reports whether a part of a literal may not be of the literal's
// type.
func narrows(x ir.Expr) bool {
	switch x := x.(type) {
	case *ir.Convert:
		return true
	case *ir.Make:
		return anyNarrows(x.Args)
	case *ir.Apply:
		switch x.Op {
		case ir.SetLit, ir.BagLit, ir.SeqLit, ir.MapLit, ir.ConstFunc, ir.Put:
			return anyNarrows(x.Args)
		}
	}
	return false
}

func anyNarrows(xs []ir.Expr) bool {
	for _, x := range xs {
		if narrows(x) {
			return true
		}
	}
	return false
}

// wide returns t without the ranges of its integers and the lengths of its
// sequences. The keys of functions stay: they are what those are total on.
func (b *builder) wide(t *ir.Type) *ir.Type {
	switch t.Kind {
	case ir.RangeKind:
		return b.t.Int()
	case ir.SetKind:
		return b.t.Set(b.wide(t.Elem))
	case ir.BagKind:
		return b.t.Bag(b.wide(t.Elem))
	case ir.SeqKind:
		return b.t.Seq(b.wide(t.Elem), -1)
	case ir.FuncKind:
		return b.t.Func(t.Key, b.wide(t.Elem))
	case ir.MapKind:
		return b.t.Map(b.wide(t.Key), b.wide(t.Elem))
	case ir.SumKind:
		if t.Option {
			return b.t.Option(b.wide(t.Elem))
		}
	case ir.StructKind:
		if t.IsTuple() {
			parts := make([]*ir.Type, len(t.Fields))
			for i, f := range t.Fields {
				parts[i] = b.wide(f.Type)
			}
			return b.t.Tuple(parts...)
		}
	}
	return t
}
