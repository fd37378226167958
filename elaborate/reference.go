package elaborate

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

// name lowers a Name, or a Select that reaches into a module or instance.
func (s *scope) name(e ast.Expr, want *ir.Type) ir.Expr {
	b, at := s.b, e.Span()
	if i, ok := b.info.SortElems[e]; ok {
		return s.sortElem(e, i)
	}
	in, obj := s.resolve(e)
	switch obj := obj.(type) {
	case *types.Local:
		return s.local(e, obj, want)
	case *types.Var:
		return s.readVar(b.vars[key{in, obj}], at)
	case *types.ProcessVar:
		return s.processVar(e, in, obj, s.selfRef(e))
	case *types.Const:
		if c := b.constant(in, obj); c != nil {
			return &ir.ConstRef{Node: node(c.Type, at), Const: c}
		}
		return b.bad(at)
	case *types.Variant:
		return s.variant(e, in, obj, nil, want)
	case *types.SortName:
		return b.universe(b.sortType(in, obj), at)
	case *types.TypeName:
		return s.values(e)
	}
	if n, ok := e.(*ast.Name); ok {
		switch n.Name {
		case "none":
			return &ir.Make{Node: node(s.like(e, want), at)}
		case "bool":
			return b.universe(b.t.Bool(), at)
		}
	}
	b.missing(e, "meaning")
	return b.bad(at)
}

func (s *scope) local(e ast.Expr, obj *types.Local, want *ir.Type) ir.Expr {
	if l := s.locals[obj]; l != nil {
		return ref(l, e.Span())
	}
	if value := s.lets[obj]; value != nil {
		return s.lower(value, want)
	}
	if s.step != "" {
		s.b.lostAtLabel(e, obj, s.step)
	} else {
		s.b.missing(e, "value")
	}
	return s.b.bad(e.Span())
}

func (s *scope) sortElem(e ast.Expr, i int) ir.Expr {
	t := s.own(e)
	if t.Kind != ir.SortKind {
		return s.b.bad(e.Span())
	}
	if i < 0 || i >= len(t.Sort.Elems) {
		s.b.noSuchElement(e, t.Sort)
		return s.b.bad(e.Span())
	}
	return &ir.Lit{Node: node(t, e.Span()), Value: ir.Elem{Sort: t.Sort, Index: i}}
}

// values lowers a type that stands for the set of its values.
func (s *scope) values(e ast.Expr) ir.Expr {
	var t *ir.Type
	var written types.Type
	if v, ok := e.(*ast.Values); ok {
		t, written = s.written(v.Type), s.b.info.Written[v.Type]
	} else {
		set := s.own(e)
		if set.Kind != ir.SetKind {
			return s.b.bad(e.Span())
		}
		t = set.Elem
		if st, ok := s.b.info.Types[e].(*types.Set); ok {
			written = st.Elem
		}
	}
	return s.domain(t, written, e)
}

// domain returns the set of the values of t; of a refined type only those
// that its predicate allows.
func (s *scope) domain(t *ir.Type, written types.Type, at ast.Node) ir.Expr {
	if t == s.b.invalid {
		return s.b.bad(at.Span())
	}
	if !finite(t) {
		s.b.infinite(at, t)
		return s.b.bad(at.Span())
	}
	all := s.b.universe(t, at.Span())
	l := &ir.Local{Name: "x", Type: t, Span: at.Span()}
	cond := s.refined(written, ref(l, at.Span()))
	if cond == nil {
		return all
	}
	return &ir.Bind{Node: node(s.b.t.Set(t), at.Span()), Kind: ir.SetOf, Binders: []ir.Binder{{Local: l, Domain: all}},
		Cond: cond, Body: ref(l, at.Span())}
}

// selection lowers `X.Sel`.
func (s *scope) selection(e *ast.Select, want *ir.Type) ir.Expr {
	b, at := s.b, e.Span()
	f := b.info.Fields[e]
	if f == nil {
		if v, ok := b.info.Uses[e].(*types.ProcessVar); ok {
			p, who := s.processOf(e.X, b.info.Paths[e])
			if p == nil {
				b.missing(e.X, "process")
				return b.bad(at)
			}
			return s.processVar(e, p.in, v, who)
		}
		return s.name(e, want)
	}
	x := s.expr(e.X, nil)
	t := x.Type()
	switch {
	case t == b.invalid:
		return x
	case f == typecheck.OptionValue:
		if t.Kind == ir.SumKind && t.Option {
			return &ir.Payload{Node: node(t.Elem, at), X: x, Variant: 1}
		}
	case t.Kind == ir.StructKind && f.Index < len(t.Fields):
		return &ir.FieldOf{Node: node(t.Fields[f.Index].Type, at), X: x, Index: f.Index}
	}
	b.missing(e, "field")
	return b.bad(at)
}
