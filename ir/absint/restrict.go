package absint

import (
	"math/big"
	"slices"

	"github.com/spec-lang/spec/ir"
)

// restrict returns what is known where e has one of the values v; nil if it
// never has. It follows paths into variables and names, and turns comparisons
// and sums around.
func (x *run) restrict(e ir.Expr, v *Value, at *env) *env {
	if at == nil || v.Empty() {
		return nil
	}
	switch e := e.(type) {
	case *ir.LocalRef:
		old := at.local(e.Local)
		if old == nil {
			return at
		}
		return narrowed(old, v, at, func(n *Value) *env { return at.bind(e.Local, n) })
	case *ir.VarRef:
		return x.restrictVar(e, v, at)
	case *ir.Convert:
		return x.restrictConvert(e, v, at)
	case *ir.FieldOf:
		all := x.eval(e.X, at)
		if all.listed {
			return x.restrict(e.X, all.filter(func(y ir.Value) bool { return v.Has(y.(ir.StructValue).Fields[e.Index]) }), at)
		}
		return x.restrict(e.X, all.withField(e.Index, all.parts[e.Index].meet(v)), at)
	case *ir.Payload:
		return x.restrictPayload(e, v, at)
	case *ir.Is:
		if is := v.Single(); is != nil {
			return x.restrict(e.X, x.eval(e.X, at).only(e.Variant, !bool(is.(ir.Bool))), at)
		}
	case *ir.Apply:
		return x.restrictApply(e, v, at)
	}
	return at
}

func (v *Value) filter(ok func(ir.Value) bool) *Value {
	return &Value{shape: v.shape, listed: true, few: keep(v.few, ok)}
}

func narrowed(old, v *Value, at *env, set func(*Value) *env) *env {
	n := old.meet(v)
	switch {
	case n.Empty():
		return nil
	case n.same(old):
		return at
	}
	return set(n)
}

func (x *run) restrictVar(e *ir.VarRef, v *Value, at *env) *env {
	state, set := at.now, (*env).set
	if e.Old {
		state, set = at.old, (*env).setOld
	}
	if e.Var.Index >= len(state) || state[e.Var.Index] == nil {
		return at
	}
	return narrowed(state[e.Var.Index], v, at, func(n *Value) *env { return set(at, e.Var, n) })
}

// restrictConvert brings numbers back to the type that they come from.
func (x *run) restrictConvert(e *ir.Convert, v *Value, at *env) *env {
	if !e.T.IsNumeric() {
		return at
	}
	s := x.shapes.of(e.X.Type())
	return x.restrict(e.X, s.numeric(v.number().meet(s.top.number())), at)
}

func (x *run) restrictPayload(e *ir.Payload, v *Value, at *env) *env {
	all := x.eval(e.X, at).only(e.Variant, false)
	switch {
	case all.Empty():
		return nil
	case all.listed:
		return x.restrict(e.X, all.filter(func(y ir.Value) bool { return v.Has(y.(ir.SumValue).Args[e.Index]) }), at)
	}
	fields := slices.Clone(all.alts[e.Variant])
	fields[e.Index] = fields[e.Index].meet(v)
	return x.restrict(e.X, all.shape.variant(e.Variant, fields), at)
}

func (x *run) restrictApply(e *ir.Apply, v *Value, at *env) *env {
	switch e.Op {
	case ir.Get:
		return x.restrictGet(e, v, at)
	case ir.Len:
		return x.restrict(e.Args[0], x.eval(e.Args[0], at).sized(v.number()), at)
	case ir.Neg:
		return x.restrictNum(e.Args[0], v.number().neg(), at)
	case ir.Add, ir.Sub:
		return x.restrictSum(e, v.number(), at)
	}
	if truth, ok := v.Single().(ir.Bool); ok {
		return x.restrictTruth(e, bool(truth), at)
	}
	return at
}

// sized returns the collections of a length.
func (v *Value) sized(n Num) *Value {
	if v.listed {
		return v.filter(func(y ir.Value) bool { return n.Has(v.shape.single(y).length().Lo) })
	}
	w := *v
	w.num = v.num.meet(n)
	return w.norm()
}

func (x *run) restrictNum(e ir.Expr, n Num, at *env) *env {
	if at == nil || n.none {
		return nil
	}
	s := x.shapes.of(e.Type())
	return x.restrict(e, s.numeric(n.meet(s.top.number())), at)
}

// restrictSum takes each operand of a sum or difference from its value.
func (x *run) restrictSum(e *ir.Apply, n Num, at *env) *env {
	a, b := x.eval(e.Args[0], at).number(), x.eval(e.Args[1], at).number()
	if e.Op == ir.Add {
		at = x.restrictNum(e.Args[0], n.sub(b), at)
		return x.restrictNum(e.Args[1], n.sub(a), at)
	}
	at = x.restrictNum(e.Args[0], n.add(b), at)
	return x.restrictNum(e.Args[1], a.sub(n), at)
}

// restrictGet follows a key into a function or map: keys where v cannot stand
// are out, and where one key is left, v stands there.
func (x *run) restrictGet(e *ir.Apply, v *Value, at *env) *env {
	c, key := x.eval(e.Args[0], at), x.eval(e.Args[1], at)
	if c.Empty() || key.Empty() {
		return nil
	}
	s := c.shape
	if s.t.Kind == ir.SeqKind || s.keys == nil {
		return at
	}
	c = c.loosened()
	keys := key.filter(func(k ir.Value) bool { return !c.parts[s.slot(k)].meet(v).Empty() })
	if at = x.restrict(e.Args[1], keys, at); at == nil {
		return nil
	}
	k := keys.Single()
	if k == nil {
		return at
	}
	n := *c
	n.parts = slices.Clone(c.parts)
	n.parts[s.slot(k)] = n.parts[s.slot(k)].meet(v)
	w := n.norm()
	if s.t.Kind == ir.MapKind {
		w = keys.with(w)
	}
	return x.restrict(e.Args[0], w, at)
}

// restrictTruth turns a comparison or membership around.
func (x *run) restrictTruth(e *ir.Apply, truth bool, at *env) *env {
	switch e.Op {
	case ir.Eq, ir.Iff:
		return x.restrictEqual(e, truth, at)
	case ir.Ne:
		return x.restrictEqual(e, !truth, at)
	case ir.Lt, ir.Le, ir.Gt, ir.Ge:
		return x.restrictOrder(orders[e.Op][truth], e.Args[0], e.Args[1], at)
	case ir.In:
		return x.restrictIn(e, truth, at)
	case ir.Subset:
		return x.restrictSubset(e, truth, at)
	}
	return at
}

func (x *run) restrictEqual(e *ir.Apply, equal bool, at *env) *env {
	a, b := x.eval(e.Args[0], at), x.eval(e.Args[1], at)
	if a.Empty() || b.Empty() {
		return nil
	}
	if equal {
		both := a.meet(b)
		return x.restrict(e.Args[1], both, x.restrict(e.Args[0], both, at))
	}
	if y := b.Single(); y != nil {
		at = x.restrict(e.Args[0], a.notEqual(y), at)
	}
	if y := a.Single(); y != nil {
		at = x.restrict(e.Args[1], b.notEqual(y), at)
	}
	return at
}

// order is a comparison of a with b: of which numbers a is, given b, and b,
// given a.
type order struct{ left, right func(Num) Num }

// orders are the comparisons by what they come to where they are true, and
// where they are false.
var orders = map[ir.Op]map[bool]order{
	ir.Lt: {true: {less, greater}, false: {notLess, atMost}},
	ir.Le: {true: {atMost, notLess}, false: {greater, less}},
	ir.Gt: {true: {greater, less}, false: {atMost, notLess}},
	ir.Ge: {true: {notLess, atMost}, false: {less, greater}},
}

func (x *run) restrictOrder(o order, left, right ir.Expr, at *env) *env {
	if at == nil {
		return nil
	}
	a, b := x.eval(left, at).number(), x.eval(right, at).number()
	return x.restrictNum(right, o.right(a), x.restrictNum(left, o.left(b), at))
}

func (x *run) restrictIn(e *ir.Apply, in bool, at *env) *env {
	v := x.eval(e.Args[0], at)
	if v.Empty() {
		return nil
	}
	if d, ok := domainOf(e.Args[1]); ok {
		if d.Op != ir.Interval || !in {
			return at
		}
		at = x.restrictOrder(orders[ir.Ge][true], e.Args[0], d.Args[0], at)
		return x.restrictOrder(orders[ir.Le][true], e.Args[0], d.Args[1], at)
	}
	c := x.eval(e.Args[1], at)
	if c.Empty() {
		return nil
	}
	if !in {
		at = x.restrict(e.Args[1], v.missing(c), at)
		if all := c.Single(); all != nil && v.listed {
			at = x.restrict(e.Args[0], v.filter(func(y ir.Value) bool {
				return !slices.ContainsFunc(elements(all), func(z ir.Value) bool { return ir.Equal(y, z) })
			}), at)
		}
		return at
	}
	at = x.restrict(e.Args[0], v.meet(c.loosened().elem), at)
	return x.restrict(e.Args[1], v.with(c), at)
}

// restrictSubset supposes that all elements of one set are in another.
func (x *run) restrictSubset(e *ir.Apply, truth bool, at *env) *env {
	a, b := x.eval(e.Args[0], at), x.eval(e.Args[1], at)
	if !truth || a.Empty() || b.Empty() {
		return at
	}
	n, m := *a.loosened(), *b.loosened()
	n.elem = n.elem.meet(m.elem)
	n.num = n.num.meet(Num{Lo: new(big.Int), Hi: m.num.Hi})
	if len(m.must)+len(n.must) < maxCertain {
		m.must = union(m.must, n.must)
	}
	return x.restrict(e.Args[1], m.norm(), x.restrict(e.Args[0], n.norm(), at))
}
