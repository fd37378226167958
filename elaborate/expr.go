package elaborate

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

// expr lowers e to an expression of type want, or of e's own type if want is
// nil.
func (s *scope) expr(e ast.Expr, want *ir.Type) ir.Expr {
	if want == s.b.invalid {
		want = nil
	}
	return s.b.convert(s.lower(e, want), want)
}

// condition lowers a predicate; nil stays nil.
func (s *scope) condition(e ast.Expr) ir.Expr {
	if e == nil {
		return nil
	}
	return s.expr(e, s.b.t.Bool())
}

// lower lowers e; want is what literals take as their type, where they can.
func (s *scope) lower(e ast.Expr, want *ir.Type) ir.Expr {
	b, at := s.b, e.Span()
	switch e := e.(type) {
	case *ast.IntLit:
		return &ir.Lit{Node: node(s.number(e, want), at), Value: ir.Int{Int: e.Value}}
	case *ast.DurationLit:
		return &ir.Lit{Node: node(b.t.Duration(), at), Value: ir.Int{Int: e.Value}}
	case *ast.StringLit:
		return &ir.Lit{Node: node(b.t.String(), at), Value: ir.Str(e.Value)}
	case *ast.BoolLit:
		return b.boolean(e.Value, at)
	case *ast.Paren:
		return s.lower(e.X, want)
	case *ast.Name:
		return s.name(e, want)
	case *ast.Select:
		return s.selection(e, want)
	case *ast.Index:
		return s.index(e)
	case *ast.Slice:
		return s.slice(e)
	case *ast.Call:
		return s.call(e, want)
	case *ast.AtLabel:
		return s.atLabel(e)
	case *ast.Unary:
		return s.unary(e)
	case *ast.Binary:
		return s.binary(e)
	case *ast.Tuple:
		return s.tuple(e, want)
	case *ast.If:
		return s.conditional(e, want)
	case *ast.Let:
		return s.let(e, want)
	case *ast.Match:
		return s.match(e, want)
	case *ast.With:
		return s.with(e)
	case *ast.SetLit:
		return s.setLit(e, want)
	case *ast.MapLit:
		return s.mapLit(e, want)
	case *ast.SeqLit:
		return s.seqLit(e, want)
	case *ast.SetComp:
		return s.setComp(e, want)
	case *ast.SeqComp:
		return s.seqComp(e, want)
	case *ast.MapComp:
		return s.mapComp(e, want)
	case *ast.Quant:
		return s.quant(e)
	case *ast.Fold:
		return s.fold(e, want)
	case *ast.Choose:
		return s.choose(e)
	case *ast.Old:
		inner := *s
		inner.old = true
		return inner.lower(e.X, want)
	case *ast.Values:
		return s.values(e)
	case *ast.PathQuant:
		op := ir.EU
		if e.All {
			op = ir.AU
		}
		return apply(op, b.t.Bool(), at, s.condition(e.P), s.condition(e.Q))
	case *ast.ActionPred:
		return s.actionPred(e)
	case *ast.Within:
		return apply(ir.Within, b.t.Bool(), at, s.expr(e.Bound, b.t.Duration()), s.condition(e.X))
	}
	return b.bad(at)
}

// number returns the type of an integer literal.
func (s *scope) number(e *ast.IntLit, want *ir.Type) *ir.Type {
	if want != nil && fits(e.Value, want) {
		return want
	}
	return s.b.t.Int()
}

// like returns the type of a literal: want if it is of the kind of the
// literal's own type, which may be closed for another instance of a machine.
func (s *scope) like(e ast.Expr, want *ir.Type) *ir.Type {
	own := s.own(e)
	if want != nil && (own == s.b.invalid || own.Kind == want.Kind) {
		return want
	}
	return own
}

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

func (s *scope) index(e *ast.Index) ir.Expr {
	x := s.expr(e.X, nil)
	switch t := x.Type(); t.Kind {
	case ir.FuncKind, ir.MapKind:
		return apply(ir.Get, t.Elem, e.Span(), x, s.expr(e.I, t.Key))
	case ir.SeqKind:
		return apply(ir.Get, t.Elem, e.Span(), x, s.expr(e.I, s.b.t.Int()))
	}
	return s.b.bad(e.Span())
}

func (s *scope) slice(e *ast.Slice) ir.Expr {
	b, at := s.b, e.Span()
	x := s.expr(e.X, nil)
	if x.Type().Kind != ir.SeqKind {
		return b.bad(at)
	}
	var lo ir.Expr = b.integer(0, at)
	if e.Lo != nil {
		lo = s.expr(e.Lo, b.t.Int())
	}
	if e.Hi != nil {
		return apply(ir.Slice, x.Type(), at, x, lo, s.expr(e.Hi, b.t.Int()))
	}
	return b.sharing("s", x, func(x func() ir.Expr) ir.Expr {
		return apply(ir.Slice, x().Type(), at, x(), lo, apply(ir.Len, b.t.Int(), at, x()))
	})
}

// sharing gives body the value x as often as it asks for it, through a let if
// x is more than a name.
func (b *builder) sharing(name string, x ir.Expr, body func(x func() ir.Expr) ir.Expr) ir.Expr {
	if again := copyName(x); again != nil {
		return body(again)
	}
	l := &ir.Local{Name: name, Type: x.Type(), Span: x.Span()}
	in := body(func() ir.Expr { return ref(l, x.Span()) })
	return &ir.Let{Node: node(in.Type(), in.Span()), Local: l, Value: x, Body: in}
}

// copyName returns a maker of copies of x if x is a name, else nil.
func copyName(x ir.Expr) func() ir.Expr {
	switch x := x.(type) {
	case *ir.LocalRef:
		return func() ir.Expr { y := *x; return &y }
	case *ir.VarRef:
		return func() ir.Expr { y := *x; return &y }
	case *ir.ConstRef:
		return func() ir.Expr { y := *x; return &y }
	}
	return nil
}

func (s *scope) tuple(e *ast.Tuple, want *ir.Type) ir.Expr {
	t := s.like(e, want)
	if t.Kind != ir.StructKind || len(t.Fields) != len(e.Elems) {
		return s.b.bad(e.Span())
	}
	args := make([]ir.Expr, len(e.Elems))
	for i, x := range e.Elems {
		args[i] = s.expr(x, t.Fields[i].Type)
	}
	return &ir.Make{Node: node(t, e.Span()), Args: args}
}

func (s *scope) conditional(e *ast.If, want *ir.Type) ir.Expr {
	cond := s.condition(e.Cond)
	then, els := s.expr(e.Then, want), s.expr(e.Else, want)
	then, els, t := s.b.agree(then, els)
	return &ir.If{Node: node(t, e.Span()), Cond: cond, Then: then, Else: els}
}

func (s *scope) let(e *ast.Let, want *ir.Type) ir.Expr {
	var t *ir.Type
	if e.Type != nil {
		t = s.written(e.Type)
	}
	value := s.expr(e.Value, t)
	l := s.bind(e.Name, value.Type())
	body := s.expr(e.Body, want)
	return &ir.Let{Node: node(body.Type(), e.Span()), Local: l, Value: value, Body: body}
}

func (s *scope) with(e *ast.With) ir.Expr {
	x := s.expr(e.X, nil)
	for _, u := range e.Updates {
		x = s.update(e, x, u)
	}
	return x
}

func (s *scope) update(e *ast.With, x ir.Expr, u ast.Update) ir.Expr {
	t, at := x.Type(), e.Span()
	switch {
	case u.Field != nil && t.Kind == ir.StructKind:
		for i, f := range t.Fields {
			if f.Name == u.Field.Name {
				return &ir.WithField{Node: node(t, at), X: x, Index: i, Value: s.expr(u.Value, f.Type)}
			}
		}
	case u.Index != nil && (t.Kind == ir.FuncKind || t.Kind == ir.MapKind):
		return apply(ir.Put, t, at, x, s.expr(u.Index, t.Key), s.expr(u.Value, t.Elem))
	case u.Index != nil && t.Kind == ir.SeqKind:
		return apply(ir.Put, t, at, x, s.expr(u.Index, s.b.t.Int()), s.expr(u.Value, t.Elem))
	}
	return s.b.bad(at)
}
