package effects

import (
	"math/big"

	"github.com/spec-lang/spec/ir"
)

// span is between what an integer is; nil is no bound.
type span struct{ lo, hi *big.Int }

// both is what is in two spans.
func (s span) both(t span) span { return span{tighter(s.lo, t.lo, 1), tighter(s.hi, t.hi, -1)} }

// either is what is in one of two spans, and all between them.
func (s span) either(t span) span { return span{looser(s.lo, t.lo, -1), looser(s.hi, t.hi, 1)} }

// tighter returns the one bound that there is, or of two the greater with sign
// 1, the lesser with -1.
func tighter(a, b *big.Int, sign int) *big.Int {
	switch {
	case a == nil:
		return b
	case b == nil || a.Cmp(b)*sign >= 0:
		return a
	}
	return b
}

// looser returns the greater of two bounds with sign 1, the lesser with -1.
func looser(a, b *big.Int, sign int) *big.Int {
	switch {
	case a == nil || b == nil:
		return nil
	case a.Cmp(b)*sign >= 0:
		return a
	}
	return b
}

// fits reports whether x, as far as its type, its form and what is known say,
// is always a value of type t.
func (c *faults) fits(x ir.Expr, t *ir.Type) bool {
	if t.Kind == ir.RangeKind {
		s := c.bounds(x)
		return s.lo != nil && s.hi != nil && t.Lo.Cmp(s.lo) <= 0 && s.hi.Cmp(t.Hi) <= 0
	}
	if lit, ok := x.(*ir.Lit); ok {
		return ir.Fits(lit.Value, t)
	}
	return widens(x.Type(), t)
}

// mostHops is how far facts about other integers are followed.
const mostHops = 3

// bounds returns between what an integer is.
func (c *faults) bounds(e ir.Expr) span {
	e = unconverted(e)
	s := c.formBounds(e)
	if t := e.Type(); t.Kind == ir.RangeKind {
		s = s.both(span{t.Lo, t.Hi})
	}
	if c.hops == mostHops {
		return s
	}
	c.hops++
	defer func() { c.hops-- }()
	for _, f := range c.facts {
		s = c.compared(s, e, f)
	}
	return s
}

// unconverted is e without changes of its type: those keep an integer.
func unconverted(e ir.Expr) ir.Expr {
	for {
		c, ok := e.(*ir.Convert)
		if !ok || !c.X.Type().IsNumeric() {
			return e
		}
		e = c.X
	}
}

// compared is the span of e with what a fact says of it.
func (c *faults) compared(s span, e ir.Expr, f fact) span {
	a, ok := f.expr.(*ir.Apply)
	if !ok || len(a.Args) != 2 {
		return s
	}
	left, right := sameExpr(unconverted(a.Args[0]), e), false
	if a.Op != ir.In {
		right = sameExpr(unconverted(a.Args[1]), e)
	}
	switch {
	case left == right:
		return s
	case a.Op == ir.In && f.truth:
		return s.both(c.elementBounds(a.Args[1]))
	case left:
		return related(s, relation(a.Op, f.truth), c.bounds(a.Args[1]))
	}
	return related(s, mirrored(relation(a.Op, f.truth)), c.bounds(a.Args[0]))
}

// relation is the comparison that is true where one has a truth value.
func relation(op ir.Op, truth bool) ir.Op {
	if truth {
		return op
	}
	switch op {
	case ir.Eq:
		return ir.Ne
	case ir.Ne:
		return ir.Eq
	case ir.Lt:
		return ir.Ge
	case ir.Le:
		return ir.Gt
	case ir.Gt:
		return ir.Le
	case ir.Ge:
		return ir.Lt
	}
	return 0
}

// mirrored is the comparison with its sides exchanged.
func mirrored(op ir.Op) ir.Op {
	switch op {
	case ir.Lt:
		return ir.Gt
	case ir.Le:
		return ir.Ge
	case ir.Gt:
		return ir.Lt
	case ir.Ge:
		return ir.Le
	}
	return op
}

// related is a span whose integer stands in a relation to one of another.
func related(s span, op ir.Op, t span) span {
	one := big.NewInt(1)
	switch op {
	case ir.Eq:
		return s.both(t)
	case ir.Lt:
		return s.both(span{nil, sum(t.hi, negated(one))})
	case ir.Le:
		return s.both(span{nil, t.hi})
	case ir.Gt:
		return s.both(span{sum(t.lo, one), nil})
	case ir.Ge:
		return s.both(span{t.lo, nil})
	case ir.Ne:
		if t.lo == nil || t.hi == nil || t.lo.Cmp(t.hi) != 0 {
			return s
		}
		if s.lo != nil && s.lo.Cmp(t.lo) == 0 {
			s.lo = sum(s.lo, one)
		}
		if s.hi != nil && s.hi.Cmp(t.lo) == 0 {
			s.hi = sum(s.hi, negated(one))
		}
	}
	return s
}

// elementBounds returns between what the elements of a collection are.
func (c *faults) elementBounds(of ir.Expr) span {
	if a, ok := of.(*ir.Apply); ok && a.Op == ir.Interval {
		return span{c.bounds(a.Args[0]).lo, c.bounds(a.Args[1]).hi}
	}
	if x, ok := of.(*ir.Convert); ok && x.X.Type().Elem != nil {
		return c.elementBounds(x.X)
	}
	if t := of.Type().Elem; t != nil && t.Kind == ir.RangeKind {
		return span{t.Lo, t.Hi}
	}
	return span{}
}

// formBounds is bounds by how an integer is computed.
func (c *faults) formBounds(e ir.Expr) span {
	switch e := e.(type) {
	case *ir.Lit:
		if n, ok := e.Value.(ir.Int); ok {
			return span{n.Int, n.Int}
		}
	case *ir.ConstRef:
		if n, ok := e.Const.Value.(ir.Int); ok {
			return span{n.Int, n.Int}
		}
	case *ir.If:
		var then, els span
		c.given(e.Cond, true, func() { then = c.bounds(e.Then) })
		c.given(e.Cond, false, func() { els = c.bounds(e.Else) })
		return then.either(els)
	case *ir.Bind:
		if e.Kind == ir.Count {
			return span{lo: new(big.Int)}
		}
	case *ir.Apply:
		return c.opBounds(e)
	}
	return span{}
}

func (c *faults) opBounds(e *ir.Apply) span {
	switch e.Op {
	case ir.Len:
		s := span{lo: new(big.Int)}
		if t := e.Args[0].Type(); t.Kind == ir.SeqKind && t.Max >= 0 {
			s.hi = big.NewInt(int64(t.Max))
		} else if t.Kind == ir.SetKind {
			s.hi, _ = ir.Card(t.Elem)
		}
		return s
	case ir.CountOf:
		return span{lo: new(big.Int)}
	case ir.Mod:
		if by := c.bounds(e.Args[1]); by.lo != nil && by.hi != nil && by.lo.Sign() > 0 {
			most := new(big.Int).Sub(by.hi, big.NewInt(1))
			return span{negated(most), most}
		}
	case ir.Add:
		a, b := c.bounds(e.Args[0]), c.bounds(e.Args[1])
		return span{sum(a.lo, b.lo), sum(a.hi, b.hi)}
	case ir.Sub:
		a, b := c.bounds(e.Args[0]), c.bounds(e.Args[1])
		return span{sum(a.lo, negated(b.hi)), sum(a.hi, negated(b.lo))}
	case ir.Neg:
		a := c.bounds(e.Args[0])
		return span{negated(a.hi), negated(a.lo)}
	}
	return span{}
}

func negated(n *big.Int) *big.Int {
	if n == nil {
		return nil
	}
	return new(big.Int).Neg(n)
}

func sum(a, b *big.Int) *big.Int {
	if a == nil || b == nil {
		return nil
	}
	return new(big.Int).Add(a, b)
}

// passed is what is known of a parameter that gets a value.
func (c *faults) passed(p *ir.Local, arg ir.Expr) []fact {
	if !p.Type.IsNumeric() {
		return nil
	}
	var out []fact
	limit := func(op ir.Op, n *big.Int) {
		if n != nil {
			x := &ir.LocalRef{Node: ir.Node{T: p.Type, Loc: arg.Span()}, Local: p}
			lit := &ir.Lit{Node: ir.Node{T: p.Type, Loc: arg.Span()}, Value: ir.Int{Int: n}}
			out = append(out, fact{&ir.Apply{Op: op, Args: []ir.Expr{x, lit}}, true})
		}
	}
	s := c.bounds(arg)
	limit(ir.Ge, s.lo)
	limit(ir.Le, s.hi)
	return out
}
