package elaborate

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// stored returns x as the value of a place of type t: where t has refinements
// that x breaks, it has no value. The one element of {x} that fits is chosen.
func (s *scope) stored(t types.Type, x ir.Expr) ir.Expr {
	if x.Type() == s.b.invalid || !hasRefinement(t) {
		return x
	}
	at := x.Span()
	l := &ir.Local{Name: "x", Type: x.Type(), Span: at}
	checked := &ir.Bind{Node: node(x.Type(), at), Kind: ir.Choose, Stored: true, As: t.String(), Cond: s.refined(t, ref(l, at)),
		Binders: []ir.Binder{{Local: l, Domain: apply(ir.SetLit, s.b.t.Set(x.Type()), at, x)}}}
	if ir.Closed(x) && !s.b.diags.HasErrors() {
		if _, err := eval.Expr(checked, &eval.Env{}); err == nil {
			sized(checked)
			s.b.oblige(t.String(), at, nil)
			return x
		}
	}
	s.b.oblige(t.String(), at, checked)
	return checked
}

// oblige notes that the value at a place has to be of the type t, which check
// tests.
func (b *builder) oblige(t string, at source.Span, check ir.Expr) {
	b.sys.Obligations = append(b.sys.Obligations, &ir.Obligation{Type: t, Span: at, Check: check})
}

// hasRefinement reports whether values of t have to meet a predicate.
func hasRefinement(t types.Type) bool {
	found := false
	eachPart(t, func(part types.Type) { found = found || hasRefinement(part) })
	_, refined := t.(*types.Refined)
	return found || refined
}

// eachPart visits the types that t is directly made of.
func eachPart(t types.Type, visit func(types.Type)) {
	switch t := t.(type) {
	case *types.Refined:
		visit(t.Base)
	case *types.Linear:
		visit(t.Elem)
	case *types.Option:
		visit(t.Elem)
	case *types.Set:
		visit(t.Elem)
	case *types.Bag:
		visit(t.Elem)
	case *types.Seq:
		visit(t.Elem)
	case *types.Func:
		visit(t.Elem)
	case *types.Map:
		visit(t.Key)
		visit(t.Elem)
	case *types.Tuple:
		for _, e := range t.Elems {
			visit(e)
		}
	case *types.Named:
		if t.Obj.Alias != nil {
			visit(t.Obj.Alias)
		}
		for _, f := range t.Obj.Fields {
			visit(f.Type())
		}
		for _, v := range t.Obj.Variants {
			for _, f := range v.Fields {
				visit(f.Type())
			}
		}
	}
}

// refined returns the condition that the refinements of t put on x, a name;
// nil if there are none.
func (s *scope) refined(t types.Type, x ir.Expr) ir.Expr {
	if x.Type() == s.b.invalid || !hasRefinement(t) {
		return nil
	}
	b, at := s.b, x.Span()
	switch t := t.(type) {
	case *types.Refined:
		return b.both(s.refined(t.Base, again(x)), s.predicate(t, x))
	case *types.Linear:
		return s.refined(t.Elem, x)
	case *types.Option:
		return s.payloadRefined(x, 1, 0, t.Elem)
	case *types.Set:
		return s.everyRefined(x, t.Elem, nil)
	case *types.Bag:
		return s.everyRefined(x, t.Elem, nil)
	case *types.Seq:
		return s.everyRefined(x, t.Elem, nil)
	case *types.Func:
		return s.everyRefined(b.universe(x.Type().Key, at), nil, func(k ir.Expr) ir.Expr {
			return s.letRefined(t.Elem, apply(ir.Get, x.Type().Elem, at, again(x), k))
		})
	case *types.Map:
		return s.everyRefined(apply(ir.Keys, b.t.Set(x.Type().Key), at, x), t.Key, func(k ir.Expr) ir.Expr {
			return s.letRefined(t.Elem, apply(ir.Get, x.Type().Elem, at, again(x), k))
		})
	case *types.Tuple:
		var all ir.Expr
		for i, e := range t.Elems {
			all = b.both(all, s.fieldRefined(x, i, e))
		}
		return all
	case *types.Named:
		return s.namedRefined(t, x)
	}
	return nil
}

// predicate returns the predicate of t, said of x.
func (s *scope) predicate(t *types.Refined, x ir.Expr) ir.Expr {
	var lets []*ir.Let
	for _, v := range t.Values {
		value := s.expr(v.Arg, s.typ(v.Param.Type()))
		lets = append(lets, &ir.Let{Node: node(s.b.t.Bool(), x.Span()), Local: s.bindObj(v.Param, value.Type()), Value: value})
	}
	pred := s.predicateOf(t, x)
	for i := len(lets) - 1; i >= 0; i-- {
		lets[i].Body = pred
		pred = lets[i]
	}
	return pred
}

// predicateOf is the predicate where the values that it mentions are bound.
func (s *scope) predicateOf(t *types.Refined, x ir.Expr) ir.Expr {
	if l, ok := x.(*ir.LocalRef); ok {
		if obj, ok := s.b.info.Defs[t.Decl.Var].(*types.Local); ok {
			s.locals[obj] = l.Local
			return s.condition(t.Decl.Pred)
		}
	}
	l := s.bind(t.Decl.Var, x.Type())
	pred := s.condition(t.Decl.Pred)
	return &ir.Let{Node: node(s.b.t.Bool(), x.Span()), Local: l, Value: x, Body: pred}
}

// again returns another copy of a name.
func again(x ir.Expr) ir.Expr {
	if copies := copyName(x); copies != nil {
		return copies()
	}
	return x
}

func (s *scope) namedRefined(t *types.Named, x ir.Expr) ir.Expr {
	if t.Obj.Alias != nil {
		return s.refined(t.Obj.Alias, x)
	}
	var all ir.Expr
	for i, f := range t.Obj.Fields {
		all = s.b.both(all, s.fieldRefined(x, i, f.Type()))
	}
	for i, v := range t.Obj.Variants {
		for j, f := range v.Fields {
			all = s.b.both(all, s.payloadRefined(x, i, j, f.Type()))
		}
	}
	return all
}

func (s *scope) fieldRefined(x ir.Expr, i int, t types.Type) ir.Expr {
	f := x.Type().Fields[i]
	return s.letRefined(t, &ir.FieldOf{Node: node(f.Type, x.Span()), X: again(x), Index: i})
}

func (s *scope) payloadRefined(x ir.Expr, variant, i int, t types.Type) ir.Expr {
	f, at := x.Type().Variants[variant].Fields[i], x.Span()
	cond := s.letRefined(t, &ir.Payload{Node: node(f.Type, at), X: again(x), Variant: variant, Index: i})
	if cond == nil {
		return nil
	}
	is := &ir.Is{Node: node(s.b.t.Bool(), at), X: again(x), Variant: variant}
	return apply(ir.Implies, s.b.t.Bool(), at, is, cond)
}

// letRefined is refined for a value that is more than a name.
func (s *scope) letRefined(t types.Type, value ir.Expr) ir.Expr {
	if !hasRefinement(t) {
		return nil
	}
	l := &ir.Local{Name: "x", Type: value.Type(), Span: value.Span()}
	cond := s.refined(t, ref(l, value.Span()))
	return &ir.Let{Node: node(s.b.t.Bool(), value.Span()), Local: l, Value: value, Body: cond}
}

// everyRefined says that each element of a collection meets the refinements
// of t and what more says of it.
func (s *scope) everyRefined(c ir.Expr, t types.Type, more func(ir.Expr) ir.Expr) ir.Expr {
	at := c.Span()
	l := &ir.Local{Name: "e", Type: c.Type().Elem, Span: at}
	var cond ir.Expr
	if t != nil {
		cond = s.refined(t, ref(l, at))
	}
	if more != nil {
		cond = s.b.both(cond, more(ref(l, at)))
	}
	return &ir.Bind{Node: node(s.b.t.Bool(), at), Kind: ir.Forall, Binders: []ir.Binder{{Local: l, Domain: c}}, Body: cond}
}
