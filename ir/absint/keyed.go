package absint

import (
	"math/big"
	"slices"

	"github.com/spec-lang/spec/ir"
)

func (o operation) constFunc() *Value {
	n, ok := ir.Card(o.s.t.Key)
	if !ok || n.Cmp(maxElems) > 0 {
		o.fail(o.site)
		return o.s.bottom
	}
	if n.Sign() == 0 {
		return o.s.top
	}
	return (&Value{shape: o.s, parts: slices.Repeat([]*Value{o.v[0]}, o.s.width())}).norm()
}

func (o operation) mapLit() *Value {
	m := o.s.single(ir.MapValue{})
	for i := 0; i+1 < len(o.v); i += 2 {
		m = operation{o.run, o.site, ir.Put, o.s, []*Value{m, o.v[i], o.v[i+1]}}.put()
	}
	return m
}

// slots are the places among the parts where the value of a key may stand.
func (s *shape) slots(key *Value) []int {
	if s.keys == nil {
		return []int{0}
	}
	out := make([]int, len(key.few))
	for i, k := range key.few {
		out[i] = s.slot(k)
	}
	return out
}

// get is what stands at a key or index.
func (o operation) get() *Value {
	c, key := o.v[0].loosened(), o.v[1]
	switch c.shape.t.Kind {
	case ir.SeqKind:
		if !o.index(c.num, key.number()) {
			return o.s.bottom
		}
		return c.elem
	case ir.MapKind:
		if c.num.Single() != nil && c.num.Single().Sign() == 0 || key.meet(c.elem).Empty() {
			o.fail(o.site)
			return o.s.bottom
		}
		if !slices.ContainsFunc(c.must, func(m ir.Value) bool { return key.Single() != nil && ir.Equal(m, key.Single()) }) &&
			!(key.listed && len(common(key.few, c.must)) == len(key.few)) {
			o.fail(o.site)
		}
	}
	out := o.s.bottom
	for _, i := range c.shape.slots(key) {
		out = out.join(c.parts[i])
	}
	return out
}

// index notes an error if i may be outside a sequence, and reports whether it
// may be inside.
func (o operation) index(length, i Num) bool {
	if i.Lo == nil || i.Lo.Sign() < 0 || i.Hi == nil || i.Hi.Cmp(length.Lo) >= 0 {
		o.fail(o.site)
	}
	in := i.meet(atLeast(0))
	return !in.none && !in.meet(less(length)).none
}

// put is a function, map or sequence that is changed at one place.
func (o operation) put() *Value {
	c, key, v := o.v[0].loosened(), o.v[1], o.v[2]
	n := *c
	if c.shape.t.Kind == ir.SeqKind {
		if !o.index(c.num, key.number()) {
			return o.s.bottom
		}
		n.elem = c.elem.join(v)
		n.num = c.num.meet(greater(Num{Lo: most(key.number().meet(atLeast(0)).Lo, new(big.Int))}))
		return n.norm()
	}
	n.parts = slices.Clone(c.parts)
	slots := c.shape.slots(key)
	for _, i := range slots {
		if len(slots) > 1 || c.shape.keys == nil {
			n.parts[i] = n.parts[i].join(v)
		} else {
			n.parts[i] = v
		}
	}
	if c.shape.t.Kind == ir.MapKind {
		n.addKey(c, key)
	}
	return n.norm()
}

// addKey changes what is known of the keys of n, which was c before a key was
// added.
func (n *Value) addKey(c, key *Value) {
	n.elem = c.elem.join(key)
	if len(c.parts) == 1 && c.shape.keys == nil && c.num.Hi != nil && c.num.Hi.Sign() == 0 {
		n.elem = key
	}
	sure := key.listed && len(common(key.few, c.must)) == len(key.few)
	isNew := key.meet(c.elem).Empty()
	switch {
	case isNew:
		n.num = c.num.add(count(1))
	case !sure:
		n.num = c.num.add(between(new(big.Int), one))
	}
	n.num = n.num.meet(c.shape.key.sizeUpTo())
	if k := key.Single(); k != nil && len(c.must) < maxCertain {
		n.must = union(c.must, key.few)
	}
	if n.num.Lo.Sign() == 0 {
		n.num = n.num.meet(atLeast(1))
	}
}

func (o operation) removeKey() *Value {
	c, key := o.v[0].loosened(), o.v[1]
	n := *c
	n.must = keep(c.must, func(m ir.Value) bool { return !key.Has(m) })
	k := key.Single()
	switch {
	case k != nil && len(n.must) < len(c.must):
		n.num = c.num.sub(count(1))
	case !key.meet(c.elem).Empty():
		n.num = c.num.sub(between(new(big.Int), one)).meet(atLeast(0))
	}
	if k != nil && c.elem.listed {
		n.elem = c.elem.without(key.few)
	}
	return n.norm()
}
