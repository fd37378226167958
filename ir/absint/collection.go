package absint

import (
	"math/big"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
)

// maxBuilt is how many elements a set may have that is built to be listed.
const maxBuilt = 64

var maxElems = big.NewInt(ir.MaxElems)

// built evaluates an operator on single operands.
func (o operation) built() *Value {
	e := &ir.Apply{Node: ir.Node{T: o.s.t}, Op: o.op}
	for _, v := range o.v {
		e.Args = append(e.Args, &ir.Lit{Node: ir.Node{T: v.shape.t}, Value: v.Single()})
	}
	v, err := eval.Expr(e, &eval.Env{})
	if err != nil {
		o.fail(o.site)
		return o.s.bottom
	}
	return o.s.single(v)
}

func (o operation) collection(num Num, elem *Value, must []ir.Value) *Value {
	return (&Value{shape: o.s, num: num, elem: elem, must: certain(must)}).norm()
}

func (o operation) universe() *Value {
	n, ok := ir.Card(o.s.t.Elem)
	switch {
	case ok && o.s.elem.open:
		return o.collection(atLeast(0), o.s.elem.top, nil)
	case !ok || n.Cmp(maxElems) > 0:
		o.fail(o.site)
		return o.s.bottom
	case n.Cmp(big.NewInt(maxBuilt)) <= 0:
		return o.built()
	}
	return o.collection(exactly(n), o.s.elem.top, nil)
}

func (o operation) interval() *Value {
	lo, hi := o.num(0), o.num(1)
	n := hi.sub(lo).add(count(1))
	if n.Hi == nil || n.Hi.Cmp(maxElems) > 0 {
		o.fail(o.site)
		n = n.meet(Num{Hi: maxElems})
	}
	if n.none {
		return o.s.bottom
	}
	if lo.Single() != nil && hi.Single() != nil && n.Hi.Cmp(big.NewInt(maxBuilt)) <= 0 {
		return o.built()
	}
	if n.Hi.Sign() <= 0 {
		return o.s.single(o.s.nothing())
	}
	if n.Lo == nil || n.Lo.Sign() < 0 {
		n = n.join(count(0)).meet(atLeast(0))
	}
	return o.collection(n, o.s.elem.numeric(between(lo.Lo, hi.Hi)), nil)
}

// literal is a set, bag or sequence of the operands.
func (o operation) literal() *Value {
	elem := o.s.elem.bottom
	var must []ir.Value
	for _, v := range o.v {
		elem = elem.join(v)
		if y := v.Single(); y != nil {
			must = append(must, y)
		}
	}
	n := count(len(o.v))
	if o.op == ir.SetLit && len(o.v) > 0 {
		n = between(one, n.Hi)
	}
	if o.op == ir.SeqLit {
		must = nil
	}
	return o.collection(n, elem, ir.MakeSet(must).Elems)
}

func (o operation) subset() *Value {
	a, b := o.v[0].loosened(), o.v[1].loosened()
	possible := !slices.ContainsFunc(a.must, func(m ir.Value) bool { return !b.elem.Has(m) })
	sure := a.elem.listed && len(common(a.elem.few, b.must)) == len(a.elem.few)
	return o.truth(possible || sure, !sure)
}

// sums are the collections that hold the elements of both.
func (o operation) unite() *Value {
	a, b := o.v[0].loosened(), o.v[1].loosened()
	n := a.num.add(b.num)
	if o.op == ir.Union {
		n = Num{Lo: most(a.num.Lo, b.num.Lo), Hi: n.Hi}
	}
	return o.collection(n, a.elem.join(b.elem), union(a.must, b.must))
}

func (o operation) intersect() *Value {
	a, b := o.v[0].loosened(), o.v[1].loosened()
	n := Num{Lo: new(big.Int), Hi: a.num.Hi}.meet(Num{Hi: b.num.Hi})
	return o.collection(n, a.elem.meet(b.elem), common(a.must, b.must))
}

func (o operation) subtract() *Value {
	a, b := o.v[0].loosened(), o.v[1].loosened()
	n := Num{Lo: new(big.Int), Hi: a.num.Hi}
	if b.num.Hi != nil {
		n.Lo = most(n.Lo, new(big.Int).Sub(a.num.Lo, b.num.Hi))
	}
	elem := a.elem
	if o.op == ir.Diff && elem.listed {
		elem = elem.without(b.must)
	}
	return o.collection(n, elem, keep(a.must, func(m ir.Value) bool { return !b.elem.Has(m) }))
}

// without returns listed values except some.
func (v *Value) without(vs []ir.Value) *Value {
	return &Value{shape: v.shape, listed: true, few: keep(v.few, func(x ir.Value) bool {
		_, found := slices.BinarySearchFunc(vs, x, ir.Compare)
		return !found
	})}
}

func (o operation) powerset() *Value {
	a := o.v[0].length()
	if a.Hi == nil || a.Hi.Cmp(big.NewInt(19)) > 0 { // 2^20 > ir.MaxElems
		o.fail(o.site)
		if a = a.meet(between(new(big.Int), big.NewInt(19))); a.none {
			return o.s.bottom
		}
	}
	if o.v[0].Single() != nil && a.Hi.Cmp(big.NewInt(6)) <= 0 {
		return o.built()
	}
	n := between(new(big.Int).Lsh(one, uint(a.Lo.Uint64())), new(big.Int).Lsh(one, uint(a.Hi.Uint64())))
	all := o.v[0].loosened()
	elem := (&Value{shape: o.s.elem, num: Num{Lo: new(big.Int), Hi: all.num.Hi}, elem: all.elem}).norm()
	return o.collection(n, elem, []ir.Value{ir.SetValue{}})
}

func (o operation) toSet() *Value {
	a := o.v[0].loosened()
	n := Num{Lo: least(a.num.Lo, one), Hi: a.num.Hi}
	return o.collection(n, a.elem, a.must)
}

func (o operation) countOf() *Value {
	a := o.v[0].loosened()
	n := Num{Lo: new(big.Int), Hi: o.v[0].length().Hi}
	if a.elem.meet(o.v[1]).Empty() {
		return o.s.numeric(count(0))
	}
	if y := o.v[1].Single(); y != nil && slices.ContainsFunc(a.must, func(m ir.Value) bool { return ir.Equal(m, y) }) {
		n.Lo = one
	}
	return o.s.numeric(n)
}

func (o operation) concat() *Value {
	n := o.v[0].length().add(o.v[1].length())
	if o.s.t.Kind == ir.StringKind {
		return (&Value{shape: o.s, num: n}).norm()
	}
	return o.collection(n, o.v[0].loosened().elem.join(o.v[1].loosened().elem), nil)
}

func (o operation) slice() *Value {
	n := o.v[0].length()
	from, to := o.num(1), o.num(2)
	inside := n.Lo != nil && from.Lo != nil && from.Lo.Sign() >= 0 && to.Hi != nil && to.Hi.Cmp(n.Lo) <= 0
	if !inside || from.Hi == nil || to.Lo == nil || from.Hi.Cmp(to.Lo) > 0 {
		o.fail(o.site)
	}
	from = from.meet(Num{Lo: new(big.Int), Hi: n.Hi})
	to = to.meet(Num{Lo: from.Lo, Hi: n.Hi})
	size := to.sub(from).meet(atLeast(0))
	if from.none || size.none {
		return o.s.bottom
	}
	a := o.v[0].loosened()
	return o.collection(size, a.elem, nil)
}
