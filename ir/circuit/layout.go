package circuit

import (
	"math/big"

	"github.com/spec-lang/spec/ir"
)

// maxBits bounds the bits of a state.
const maxBits = 1 << 14

// unflatten makes a value of type t of bits that next yields, each call the
// next one. It is the inverse of flatten.
func (b *builder) unflatten(t *ir.Type, next func() Lit) val {
	if b.err != nil {
		return b.zero(t)
	}
	some := func(lo, hi int64) *num {
		n := width(lo, hi)
		if lo >= 0 {
			n-- // no sign
		}
		bs := make([]Lit, n, n+1)
		for i := range bs {
			bs[i] = next()
		}
		if lo >= 0 {
			bs = append(bs, False)
		}
		return &num{bs, lo, hi}
	}
	switch t.Kind {
	case ir.BoolKind:
		return truth(next())
	case ir.RangeKind:
		zero := b.zero(t).(*num)
		if b.err != nil || t.Hi.Cmp(big.NewInt(maxNumber)) > 0 || t.Lo.Cmp(big.NewInt(-maxNumber)) < 0 {
			b.unsupported("integers beyond 2^48")
			return zero
		}
		return some(t.Lo.Int64(), t.Hi.Int64())
	case ir.SortKind:
		return some(0, max(int64(len(t.Sort.Elems))-1, 0))
	case ir.SumKind:
		s := &sum{some(0, max(int64(len(t.Variants))-1, 0)), make([][]val, len(t.Variants))}
		for i, v := range t.Variants {
			s.args[i] = b.unflattenFields(v.Fields, next)
		}
		return s
	case ir.StructKind:
		return &record{b.unflattenFields(t.Fields, next)}
	case ir.SetKind:
		s := &set{elems: b.universe(t.Elem)}
		for range s.elems {
			s.on = append(s.on, next())
		}
		return s
	case ir.FuncKind, ir.MapKind:
		m := &table{keys: b.universe(t.Key)}
		for range m.keys {
			on := True
			if t.Kind == ir.MapKind {
				on = next()
			}
			m.on, m.vals = append(m.on, on), append(m.vals, b.unflatten(t.Elem, next))
		}
		return m
	case ir.SeqKind:
		if t.Max >= 0 && t.Max <= maxCases {
			q := &sequence{len: some(0, int64(t.Max))}
			for range t.Max {
				q.elems = append(q.elems, b.unflatten(t.Elem, next))
			}
			return q
		}
	}
	b.unsupported("values of type " + t.String() + ", which differ in size,")
	return b.zero(t)
}

func (b *builder) unflattenFields(fs []ir.Field, next func() Lit) []val {
	out := make([]val, len(fs))
	for i, f := range fs {
		out[i] = b.unflatten(f.Type, next)
	}
	return out
}

// flatten appends the bits of v, a value of type t, where on holds; bits that
// mean nothing are false, so that equal values have equal bits.
func (b *builder) flatten(out []Lit, v val, t *ir.Type, on Lit) []Lit {
	if v == nil {
		v, on = b.zero(t), False
	}
	keep := func(l Lit) { out = append(out, b.g.And(l, on)) }
	whole := func(n *num, lo, hi int64) {
		w := width(lo, hi)
		if lo >= 0 {
			w--
		}
		for i := range w {
			keep(n.bit(i))
		}
	}
	switch v := v.(type) {
	case *boolean:
		keep(v.is)
	case *num:
		if t.Kind == ir.SortKind {
			whole(v, 0, max(int64(len(t.Sort.Elems))-1, 0))
		} else {
			whole(v, t.Lo.Int64(), t.Hi.Int64())
		}
	case *sum:
		whole(v.tag, 0, max(int64(len(t.Variants))-1, 0))
		for i, variant := range t.Variants {
			out = b.flattenFields(out, v.args[i], variant.Fields, b.g.And(on, b.is(v.tag, int64(i))))
		}
	case *record:
		out = b.flattenFields(out, v.fields, t.Fields, on)
	case *set:
		merge(b.universe(t.Elem), v.elems, func(_ ir.Value, i, j int) {
			if i >= 0 {
				keep(at(v.on, j))
			}
		})
	case *table:
		merge(b.universe(t.Key), v.keys, func(_ ir.Value, i, j int) {
			if i < 0 {
				return
			}
			there := b.g.And(on, at(v.on, j))
			if t.Kind == ir.MapKind {
				out = append(out, there)
			}
			var w val
			if j >= 0 {
				w = v.vals[j]
			}
			out = b.flatten(out, w, t.Elem, there)
		})
	case *sequence:
		whole(v.len, 0, int64(t.Max))
		for i := range t.Max {
			var w val
			if i < len(v.elems) {
				w = v.elems[i]
			}
			out = b.flatten(out, w, t.Elem, b.g.And(on, b.less(fixed(int64(i)), v.len)))
		}
	}
	return out
}

func (b *builder) flattenFields(out []Lit, vs []val, fs []ir.Field, on Lit) []Lit {
	for i, f := range fs {
		var v val
		if i < len(vs) {
			v = vs[i]
		}
		out = b.flatten(out, v, f.Type, on)
	}
	return out
}

// Bits returns how the circuit holds a state, given by ir.Var.Index.
func (c *Circuit) Bits(state []ir.Value) []bool {
	var out []Lit
	for i, v := range c.Sys.Vars {
		out = c.b.flatten(out, c.b.lift(state[i], v.Type), v.Type, True)
	}
	bits := make([]bool, len(out))
	for i, l := range out {
		bits[i] = l == True
	}
	return bits
}

// Values is the inverse of Bits.
func (c *Circuit) Values(bits []bool) []ir.Value {
	i := 0
	next := func() Lit {
		i++
		if bits[i-1] {
			return True
		}
		return False
	}
	state := make([]ir.Value, len(c.Sys.Vars))
	for j, v := range c.Sys.Vars {
		state[j] = c.b.constant(c.b.unflatten(v.Type, next), v.Type)
	}
	return state
}

// constant is the value of v, whose bits are constants.
func (b *builder) constant(v val, t *ir.Type) ir.Value {
	switch v := v.(type) {
	case nil:
		return b.constant(b.zero(t), t)
	case *num:
		n := int64(0)
		for i := range 63 {
			n |= int64(v.bit(i)) << i
		}
		n |= int64(v.bit(63)) << 63
		if t.Kind == ir.SortKind {
			return ir.Elem{Sort: t.Sort, Index: int(n)}
		}
		return ir.NewInt(n)
	case *sum:
		i := int(b.constant(v.tag, b.int).(ir.Int).Int64())
		return ir.SumValue{Type: t, Variant: i, Args: b.constants(v.args[i], t.Variants[i].Fields)}
	case *record:
		return ir.StructValue{Type: t, Fields: b.constants(v.fields, t.Fields)}
	case *set:
		var s ir.SetValue
		for i, e := range v.elems {
			if v.on[i] == True {
				s.Elems = append(s.Elems, e)
			}
		}
		return s
	case *table:
		var m ir.MapValue
		for i, k := range v.keys {
			if v.on[i] == True {
				m.Keys, m.Vals = append(m.Keys, k), append(m.Vals, b.constant(v.vals[i], t.Elem))
			}
		}
		return m
	case *sequence:
		n := b.constant(v.len, b.int).(ir.Int).Int64()
		var q ir.SeqValue
		for _, e := range v.elems[:n] {
			q.Elems = append(q.Elems, b.constant(e, t.Elem))
		}
		return q
	}
	return ir.Bool(v.(*boolean).is == True)
}

func (b *builder) constants(vs []val, fs []ir.Field) []ir.Value {
	var out []ir.Value
	for i, f := range fs {
		out = append(out, b.constant(vs[i], f.Type))
	}
	return out
}
