package irtest

import "github.com/spec-lang/spec/ir"

// Divide divides by a number that comes down to zero.
func Divide() *ir.System {
	b := New("Divide")
	x, y := b.Var("x", b.Int()), b.Var("y", b.Int())
	b.Init(b.Put(x, b.I(3)), b.Put(y, b.I(0)))
	b.Action("Down", nil, nil, b.Put(y, b.Op(ir.Div, b.I(6), b.Get(x))), b.Put(x, b.Op(ir.Sub, b.Get(x), b.I(1))))
	return b.Sys
}

// Asserting counts to 3 and asserts on the way that it does not.
func Asserting() *ir.System {
	b := New("Asserting")
	x := b.Var("x", b.Int())
	b.Init(b.Put(x, b.I(0)))
	b.Action("Inc", nil, b.Op(ir.Lt, b.Get(x), b.I(3)), b.Put(x, b.Op(ir.Add, b.Get(x), b.I(1))))
	b.Action("Look", nil, nil, b.Assert(b.Op(ir.Lt, b.Get(x), b.I(2))))
	return b.Sys
}

// Overflow adds to a variable of 0..3 until the sum does not fit.
func Overflow() *ir.System {
	b := New("Overflow")
	t := b.Ints(0, 3)
	x := b.Var("x", t)
	b.Init(b.Put(x, b.To(t, b.I(0))))
	b.Action("Inc", nil, nil, b.Put(x, b.To(t, b.Op(ir.Add, b.To(b.Int(), b.Get(x)), b.I(1)))))
	return b.Sys
}
