package elaborate

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
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
	if e.Type != nil {
		value = s.stored(s.b.info.Written[e.Type], value)
	}
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
				return &ir.WithField{Node: node(t, at), X: x, Index: i, Value: s.changed(e, u, s.expr(u.Value, f.Type))}
			}
		}
	case u.Index != nil && (t.Kind == ir.FuncKind || t.Kind == ir.MapKind):
		return apply(ir.Put, t, at, x, s.expr(u.Index, t.Key), s.changed(e, u, s.expr(u.Value, t.Elem)))
	case u.Index != nil && t.Kind == ir.SeqKind:
		return apply(ir.Put, t, at, x, s.expr(u.Index, s.b.t.Int()), s.changed(e, u, s.expr(u.Value, t.Elem)))
	}
	return s.b.bad(at)
}

// changed returns value as the new value of a field or entry of e.X.
func (s *scope) changed(e *ast.With, u ast.Update, value ir.Expr) ir.Expr {
	if t := partOf(s.b.info.Types[e.X], u); t != nil {
		return s.stored(t, value)
	}
	return value
}

// partOf is the type of the field or entry that an update changes.
func partOf(t types.Type, u ast.Update) types.Type {
	switch t := t.(type) {
	case *types.Refined:
		return partOf(t.Base, u)
	case *types.Linear:
		return partOf(t.Elem, u)
	case *types.Func:
		return t.Elem
	case *types.Map:
		return t.Elem
	case *types.Seq:
		return t.Elem
	case *types.Named:
		for _, f := range t.Obj.Fields {
			if u.Field != nil && f.Name() == u.Field.Name {
				return f.Type()
			}
		}
	}
	return nil
}
