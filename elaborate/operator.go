package elaborate

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
)

// prefix are the operators on booleans.
var prefix = [...]ir.Op{
	ast.Bang: ir.Not, ast.Not: ir.Not,
	ast.Always: ir.Always, ast.Eventually: ir.Eventually, ast.Next: ir.NextTime,
	ast.AG: ir.AG, ast.AF: ir.AF, ast.AX: ir.AX, ast.EG: ir.EG, ast.EF: ir.EF, ast.EX: ir.EX,
}

func (s *scope) unary(e *ast.Unary) ir.Expr {
	b, at := s.b, e.Span()
	switch e.Op {
	case ast.Neg:
		return s.negation(e)
	case ast.Next, ast.Prev:
		x := s.expr(e.X, nil)
		switch {
		case x.Type().Kind == ir.SortKind && e.Op == ast.Next:
			return apply(ir.Next, x.Type(), at, x)
		case x.Type().Kind == ir.SortKind:
			return apply(ir.Prev, x.Type(), at, x)
		}
	}
	return apply(prefix[e.Op], b.t.Bool(), at, s.condition(e.X))
}

func (s *scope) negation(e *ast.Unary) ir.Expr {
	b := s.b
	x := s.expr(e.X, nil)
	if lit, ok := x.(*ir.Lit); ok && x.Type().IsNumeric() {
		n := ir.NewInt(0)
		n.Neg(lit.Value.(ir.Int).Int)
		t := b.t.Int()
		if x.Type().Kind == ir.DurationKind {
			t = x.Type()
		}
		return &ir.Lit{Node: node(t, e.Span()), Value: n}
	}
	x = s.arithmetic(x)
	return apply(ir.Neg, x.Type(), e.Span(), x)
}

// arithmetic gives a range the type int; durations and instants keep theirs.
func (s *scope) arithmetic(x ir.Expr) ir.Expr {
	if x.Type().Kind == ir.RangeKind {
		return s.b.convert(x, s.b.t.Int())
	}
	return x
}

func (s *scope) binary(e *ast.Binary) ir.Expr {
	at, boolean := e.Span(), s.b.t.Bool()
	switch e.Op {
	case ast.Iff:
		return s.logic(ir.Iff, e)
	case ast.Implies:
		return s.logic(ir.Implies, e)
	case ast.LeadsTo:
		return s.logic(ir.LeadsTo, e)
	case ast.Until:
		return s.logic(ir.Until, e)
	case ast.Unless:
		return s.logic(ir.Unless, e)
	case ast.Release:
		return s.logic(ir.Release, e)
	case ast.Or:
		return s.logic(ir.Or, e)
	case ast.And:
		return s.logic(ir.And, e)
	case ast.Eq:
		return s.compare(ir.Eq, e)
	case ast.Ne:
		return s.compare(ir.Ne, e)
	case ast.Lt:
		return s.compare(ir.Lt, e)
	case ast.Le:
		return s.compare(ir.Le, e)
	case ast.Gt:
		return s.compare(ir.Gt, e)
	case ast.Ge:
		return s.compare(ir.Ge, e)
	case ast.In:
		return s.member(e)
	case ast.NotIn:
		return apply(ir.Not, boolean, at, s.member(e))
	case ast.Subset:
		return s.compare(ir.Subset, e)
	case ast.Range:
		return s.interval(e)
	case ast.Union:
		return s.sets(ir.Union, e)
	case ast.Inter:
		return s.sets(ir.Inter, e)
	case ast.Concat:
		return s.concat(e)
	case ast.Add:
		return s.arith(e, ir.Add, ir.BagAdd, ir.Union)
	case ast.Sub:
		return s.arith(e, ir.Sub, ir.BagSub, ir.Diff)
	case ast.Mul:
		return s.arith(e, ir.Mul, 0, 0)
	case ast.Div:
		return s.arith(e, ir.Div, 0, 0)
	case ast.Mod:
		return s.arith(e, ir.Mod, 0, 0)
	}
	return s.b.bad(at)
}

func (s *scope) logic(op ir.Op, e *ast.Binary) ir.Expr {
	return apply(op, s.b.t.Bool(), e.Span(), s.condition(e.X), s.condition(e.Y))
}

func (s *scope) compare(op ir.Op, e *ast.Binary) ir.Expr {
	x, y, _ := s.b.agree(s.pair(e))
	return apply(op, s.b.t.Bool(), e.Span(), x, y)
}

// pair lowers both operands. One that needs a type to be expected, such as
// `none` or `{}`, gets the type of the other.
func (s *scope) pair(e *ast.Binary) (ir.Expr, ir.Expr) {
	if open(e.X) && !open(e.Y) {
		y := s.expr(e.Y, nil)
		return s.beside(e.X, y.Type()), y
	}
	x := s.expr(e.X, nil)
	if open(e.Y) {
		return x, s.beside(e.Y, x.Type())
	}
	return x, s.expr(e.Y, nil)
}

// open reports whether e is a literal that takes its type from its place.
func open(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Paren:
		return open(e.X)
	case *ast.SetLit, *ast.MapLit, *ast.SeqLit, *ast.Tuple:
		return true
	case *ast.Name:
		return e.Name == "none"
	case *ast.Call:
		n, ok := e.Fun.(*ast.Name)
		return ok && n.Name == "some"
	}
	return false
}

func (s *scope) sets(op ir.Op, e *ast.Binary) ir.Expr {
	x, y, t := s.b.agree(s.pair(e))
	return apply(op, t, e.Span(), x, y)
}

func (s *scope) concat(e *ast.Binary) ir.Expr {
	b := s.b
	x, y := s.pair(e)
	if x.Type().Kind == ir.SeqKind && y.Type().Kind == ir.SeqKind {
		elem := b.join(x.Type().Elem, y.Type().Elem)
		if elem == nil {
			b.fault(y.Span(), "expected %s, found %s", x.Type(), y.Type())
			return b.bad(e.Span())
		}
		t := b.t.Seq(elem, -1)
		return apply(ir.Concat, t, e.Span(), b.convert(x, t), b.convert(y, t))
	}
	return apply(ir.Concat, b.t.String(), e.Span(), x, y)
}

func (s *scope) interval(e *ast.Binary) ir.Expr {
	b := s.b
	return apply(ir.Interval, b.t.Set(b.t.Int()), e.Span(), s.expr(e.X, b.t.Int()), s.expr(e.Y, b.t.Int()))
}

// member lowers `x in c`. Both get the wider of their element types: 7 is not
// in a set of 0..3, which is false and no error.
func (s *scope) member(e *ast.Binary) ir.Expr {
	b := s.b
	x := s.expr(e.X, nil)
	var want *ir.Type
	if open(e.Y) && x.Type() != b.invalid {
		want = b.t.Set(x.Type())
	}
	y := s.beside(e.Y, want)
	t := y.Type()
	elem := t.Elem
	if t.Kind == ir.MapKind {
		elem = t.Key
	}
	if t == b.invalid || x.Type() == b.invalid {
		return b.bad(e.Span())
	}
	if x2, ok := b.retype(x, elem); ok {
		return apply(ir.In, b.t.Bool(), e.Span(), x2, y)
	}
	wide := b.join(x.Type(), elem)
	if wide == nil {
		b.fault(x.Span(), "expected %s, found %s", elem, x.Type())
		return b.bad(e.Span())
	}
	switch t.Kind {
	case ir.SetKind:
		t = b.t.Set(wide)
	case ir.BagKind:
		t = b.t.Bag(wide)
	case ir.SeqKind:
		t = b.t.Seq(wide, t.Max)
	case ir.MapKind:
		t = b.t.Map(wide, t.Elem)
	}
	return apply(ir.In, b.t.Bool(), e.Span(), b.convert(x, wide), b.convert(y, t))
}

// arith lowers an operator on numbers, which on bags and sets is another one.
func (s *scope) arith(e *ast.Binary, num, bag, set ir.Op) ir.Expr {
	b := s.b
	x, y := s.pair(e)
	switch x.Type().Kind {
	case ir.BagKind:
		x, y, t := b.agree(x, y)
		return apply(bag, t, e.Span(), x, y)
	case ir.SetKind:
		x, y, t := b.agree(x, y)
		return apply(set, t, e.Span(), x, y)
	}
	x, y = s.arithmetic(x), s.arithmetic(y)
	if x.Type() == b.invalid || y.Type() == b.invalid {
		return b.bad(e.Span())
	}
	return apply(num, b.timeType(num, x.Type(), y.Type()), e.Span(), x, y)
}

// timeType returns the type of a result of arithmetic: durations and instants
// have dimensions.
func (b *builder) timeType(op ir.Op, x, y *ir.Type) *ir.Type {
	switch {
	case op == ir.Sub && x.Kind == ir.InstantKind && y.Kind == ir.InstantKind:
		return b.t.Duration()
	case x.Kind == ir.InstantKind || y.Kind == ir.InstantKind:
		return b.t.Instant()
	case op == ir.Div && x.Kind == ir.DurationKind && y.Kind == ir.DurationKind:
		return b.t.Int()
	case x.Kind == ir.DurationKind || y.Kind == ir.DurationKind:
		return b.t.Duration()
	}
	return b.t.Int()
}
