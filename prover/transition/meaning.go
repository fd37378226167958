package transition

import (
	"math/big"
	"math/bits"
	"slices"

	"github.com/spec-lang/spec/ir"
)

// mostValues is how many values are listed to say what a bit of a number
// means; of larger types it is said with arithmetic.
const mostValues = 32

// Meanings returns what each bit of a state means: a condition on the state,
// in the language. A condition never fails: what a bit says of a part that is
// not there is false.
func (s *System) Meanings() []ir.Expr {
	m := &meaning{t: s.Sys.Types}
	for _, v := range s.Sys.Vars {
		m.bits(&ir.VarRef{Node: ir.Node{T: v.Type, Loc: v.Span}, Var: v}, v.Type)
	}
	return m.out
}

// meaning walks through a value as its bits are laid out.
type meaning struct {
	t      *ir.Table
	out    []ir.Expr
	guards []ir.Expr // under which the part exists
}

func (m *meaning) op(t *ir.Type, op ir.Op, args ...ir.Expr) ir.Expr {
	return &ir.Apply{Node: ir.Node{T: t}, Op: op, Args: args}
}

func (m *meaning) lit(t *ir.Type, v ir.Value) ir.Expr { return &ir.Lit{Node: ir.Node{T: t}, Value: v} }

// bit says what the next bit means, if the part is there.
func (m *meaning) bit(e ir.Expr) {
	for _, g := range slices.Backward(m.guards) {
		e = m.op(m.t.Bool(), ir.And, g, e)
	}
	m.out = append(m.out, e)
}

func (m *meaning) within(guard ir.Expr, f func()) {
	m.guards = append(m.guards, guard)
	f()
	m.guards = m.guards[:len(m.guards)-1]
}

// bits says what the bits of a part of type t mean.
func (m *meaning) bits(part ir.Expr, t *ir.Type) {
	switch t.Kind {
	case ir.BoolKind:
		m.bit(part)
	case ir.RangeKind:
		m.number(part, t, t.Lo.Int64(), t.Hi.Int64())
	case ir.SortKind:
		m.number(part, t, 0, int64(len(t.Sort.Elems))-1)
	case ir.SumKind:
		m.sum(part, t)
	case ir.StructKind:
		for i, f := range t.Fields {
			m.bits(&ir.FieldOf{Node: ir.Node{T: f.Type}, X: part, Index: i}, f.Type)
		}
	case ir.SetKind:
		for v := range ir.Values(t.Elem) {
			m.bit(m.op(m.t.Bool(), ir.In, m.lit(t.Elem, v), part))
		}
	case ir.FuncKind, ir.MapKind:
		for v := range ir.Values(t.Key) {
			m.entry(part, t, m.lit(t.Key, v))
		}
	case ir.SeqKind:
		m.sequence(part, t)
	}
}

// entry is about what a function or map has at a key.
func (m *meaning) entry(part ir.Expr, t *ir.Type, key ir.Expr) {
	at := m.op(t.Elem, ir.Get, part, key)
	if t.Kind == ir.FuncKind {
		m.bits(at, t.Elem)
		return
	}
	there := m.op(m.t.Bool(), ir.In, key, part)
	m.bit(there)
	m.within(there, func() { m.bits(at, t.Elem) })
}

func (m *meaning) sequence(part ir.Expr, t *ir.Type) {
	length := m.op(m.t.Int(), ir.Len, part)
	m.number(length, m.t.Int(), 0, int64(t.Max))
	for i := range t.Max {
		at := m.lit(m.t.Int(), ir.NewInt(int64(i)))
		m.within(m.op(m.t.Bool(), ir.Lt, at, length), func() { m.bits(m.op(t.Elem, ir.Get, part, at), t.Elem) })
	}
}

func (m *meaning) sum(part ir.Expr, t *ir.Type) {
	for i := range bits.Len(uint(max(len(t.Variants)-1, 0))) {
		var some ir.Expr
		for v := range t.Variants {
			if v>>i&1 == 0 {
				continue
			}
			is := ir.Expr(&ir.Is{Node: ir.Node{T: m.t.Bool()}, X: part, Variant: v})
			if some != nil {
				is = m.op(m.t.Bool(), ir.Or, some, is)
			}
			some = is
		}
		m.bit(some)
	}
	for v, variant := range t.Variants {
		m.within(&ir.Is{Node: ir.Node{T: m.t.Bool()}, X: part, Variant: v}, func() {
			for i, f := range variant.Fields {
				m.bits(&ir.Payload{Node: ir.Node{T: f.Type}, X: part, Variant: v, Index: i}, f.Type)
			}
		})
	}
}

// number is about the bits of a number from lo to hi in two's complement, or
// of the index of an element of a sort.
func (m *meaning) number(part ir.Expr, t *ir.Type, lo, hi int64) {
	width := bits.Len64(uint64(max(hi, 0)))
	if lo < 0 {
		width = max(width, bits.Len64(uint64(-lo-1))) + 1
	}
	for i := range width {
		if hi-lo >= mostValues {
			m.bit(m.digit(part, t, i, width))
			continue
		}
		var with []ir.Expr
		for n := lo; n <= hi; n++ {
			if n>>i&1 != 0 {
				with = append(with, m.lit(t, valueOf(t, n)))
			}
		}
		if len(with) == 1 {
			m.bit(m.op(m.t.Bool(), ir.Eq, part, with[0]))
			continue
		}
		m.bit(m.op(m.t.Bool(), ir.In, part, m.op(m.t.Set(t), ir.SetLit, with...)))
	}
}

func valueOf(t *ir.Type, n int64) ir.Value {
	if t.Kind == ir.SortKind {
		return ir.Elem{Sort: t.Sort, Index: int(n)}
	}
	return ir.NewInt(n)
}

// digit says that a binary digit of a number is 1: of the number itself, or of
// the one that is 2^width larger, which is not negative.
func (m *meaning) digit(part ir.Expr, t *ir.Type, i, width int) ir.Expr {
	integer := m.t.Int()
	two := func(n int) ir.Expr { return m.lit(integer, ir.Int{Int: new(big.Int).Lsh(big.NewInt(1), uint(n))}) }
	switch {
	case t.Kind == ir.SortKind: // its elements have no arithmetic
		var with []ir.Expr
		for n := range t.Sort.Elems {
			if n>>i&1 != 0 {
				with = append(with, m.lit(t, ir.Elem{Sort: t.Sort, Index: n}))
			}
		}
		return m.op(m.t.Bool(), ir.In, part, m.op(m.t.Set(t), ir.SetLit, with...))
	case t.Kind != ir.IntKind:
		part = &ir.Convert{Node: ir.Node{T: integer}, X: part}
	}
	if t.Kind == ir.RangeKind && t.Lo.Sign() < 0 {
		part = m.op(integer, ir.Add, part, two(width))
	}
	rest := m.op(integer, ir.Mod, m.op(integer, ir.Div, part, two(i)), two(1))
	return m.op(m.t.Bool(), ir.Eq, rest, two(0))
}
