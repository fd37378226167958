package absint

import (
	"math/big"
	"slices"

	"github.com/spec-lang/spec/ir"
)

// domainOf is the operator that a collection is written with, if membership
// in it is decided without its elements.
func domainOf(e ir.Expr) (*ir.Apply, bool) {
	a, ok := e.(*ir.Apply)
	return a, ok && (a.Op == ir.Universe || a.Op == ir.Interval || a.Op == ir.Powerset)
}

// member evaluates `x in c`.
func (x *run) member(e *ir.Apply, at *env) *Value {
	s := x.shapes.of(e.T)
	v := x.eval(e.Args[0], at)
	if v.Empty() {
		return s.bottom
	}
	d, ok := domainOf(e.Args[1])
	if !ok {
		c := x.eval(e.Args[1], at)
		if c.Empty() {
			return s.bottom
		}
		return operation{x, e, ir.In, s, []*Value{v, c}}.value()
	}
	args := x.evalAll(d.Args, at)
	if args == nil {
		return s.bottom
	}
	o := operation{x, e, ir.In, s, args}
	switch d.Op {
	case ir.Interval:
		n := v.number()
		yes := !n.meet(notLess(args[0].number())).meet(atMost(args[1].number())).none
		no := !n.meet(less(args[0].number())).none || !n.meet(greater(args[1].number())).none
		return o.truth(yes, no)
	case ir.Powerset:
		return operation{x, e, ir.Subset, s, []*Value{v, args[0]}}.value()
	}
	return s.single(ir.Bool(true)) // of its own type
}

// in is the membership of the table.
func (o operation) in() *Value {
	v, c := o.v[0], o.v[1].loosened()
	yes := !v.meet(c.elem).Empty()
	sure := v.listed && len(v.few) > 0 && !slices.ContainsFunc(v.few, func(y ir.Value) bool {
		_, found := slices.BinarySearchFunc(c.must, y, ir.Compare)
		return !found
	})
	return o.truth(yes, !sure)
}

// with returns the collections of c that hold one of v.
func (v *Value) with(c *Value) *Value {
	if c.listed {
		return &Value{shape: c.shape, listed: true, few: keep(c.few, func(y ir.Value) bool {
			return slices.ContainsFunc(elements(y), v.Has)
		})}
	}
	n := *c
	n.num = c.num.meet(atLeast(1))
	if v.meet(c.elem).Empty() {
		return c.shape.bottom
	}
	if y := v.Single(); y != nil && c.shape.t.Kind != ir.SeqKind && len(c.must) < maxCertain {
		n.must = union(c.must, v.few)
	}
	return n.norm()
}

// missing returns the collections of c that do not hold the one value of v.
func (v *Value) missing(c *Value) *Value {
	y := v.Single()
	switch {
	case y == nil:
		return c
	case c.listed:
		return &Value{shape: c.shape, listed: true, few: keep(c.few, func(z ir.Value) bool {
			return !slices.ContainsFunc(elements(z), func(w ir.Value) bool { return ir.Equal(w, y) })
		})}
	case !c.elem.listed:
		return c
	}
	n := *c
	n.elem = c.elem.without(v.few)
	return n.norm()
}

// notEqual returns the values of v that are not y.
func (v *Value) notEqual(y ir.Value) *Value {
	if v.listed {
		return v.without([]ir.Value{y})
	}
	n := *v
	switch y := y.(type) {
	case ir.Int:
		n.num = v.num.other(y.Int)
	case ir.Elem:
		n.num = v.num.other(big.NewInt(int64(y.Index)))
	case ir.SumValue:
		if len(y.Args) == 0 {
			return v.only(y.Variant, true)
		}
	case ir.SetValue, ir.BagValue, ir.SeqValue, ir.MapValue:
		if size(y) == 0 && v.shape.t.Kind != ir.FuncKind {
			n.num = v.num.meet(atLeast(1))
		}
	}
	return n.norm()
}

// other is a without n, where n is an end.
func (a Num) other(n *big.Int) Num {
	switch {
	case a.Lo != nil && a.Lo.Cmp(n) == 0:
		return a.meet(Num{Lo: new(big.Int).Add(n, one)})
	case a.Hi != nil && a.Hi.Cmp(n) == 0:
		return a.meet(Num{Hi: new(big.Int).Sub(n, one)})
	}
	return a
}
