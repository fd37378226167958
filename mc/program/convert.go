package program

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/mc/word"
)

// conversion turns the word of a value of one type into that of another; ok
// is false if the value is not of that type.
type conversion func(m *Machine, w uint64) (v uint64, ok bool)

// convert compiles Convert.
func (c *Compiler) convert(e *ir.Convert, r *word.Rep) code {
	x := c.expr(e.X)
	if x.rep == r {
		return x
	}
	f, sp, zero := x.run, e.Loc, r.Zero()
	if x.rep.Form == word.Packed && x.rep.Type.Kind == ir.RangeKind && r.Form == word.Integer && r.Type.Kind == ir.IntKind {
		lo := uint64(x.rep.Lo)
		return c.folded(plain(r, func(m *Machine) uint64 { return (f(m) + lo) << 1 }), x)
	}
	conv := c.conversion(x.rep, r)
	return c.folded(plain(r, func(m *Machine) uint64 {
		w := f(m)
		if m.failed {
			return zero
		}
		v, ok := conv(m, w)
		if !ok {
			m.fail(eval.OutsideType, sp)
			return zero
		}
		return v
	}), x)
}

func (c *Compiler) conversion(from, to *word.Rep) conversion {
	if from == to {
		return func(_ *Machine, w uint64) (uint64, bool) { return w, true }
	}
	switch to.Type.Kind {
	case ir.IntKind, ir.RangeKind:
		return intConversion(from, to)
	case ir.SumKind:
		return c.optionConversion(from, to)
	case ir.StructKind:
		parts := make([]conversion, len(to.Fields))
		for i, p := range to.Fields {
			parts[i] = c.conversion(from.Fields[i].Rep, p.Rep)
		}
		return func(m *Machine, w uint64) (uint64, bool) {
			fields := make([]uint64, len(parts))
			for i, conv := range parts {
				v, ok := conv(m, from.Part(w, from.Fields[i]))
				if !ok {
					return 0, false
				}
				fields[i] = v
			}
			return to.Struct(fields), true
		}
	}
	return c.collectionConversion(from, to)
}

func intConversion(from, to *word.Rep) conversion {
	lo, hi := to.Type.Lo, to.Type.Hi
	return func(m *Machine, w uint64) (uint64, bool) {
		if from.Form == word.Packed {
			w = uint64(int64(w)+from.Lo) << 1
		}
		if to.Type.Kind == ir.IntKind {
			return w, true
		}
		if to.Form == word.Packed {
			if !word.IsSmall(w) {
				return 0, false
			}
			n := uint64(word.Small(w) - to.Lo)
			return n, word.Small(w) >= to.Lo && word.Small(w) <= hi.Int64()
		}
		n := m.pool.Big(w)
		return w, n.Cmp(lo) >= 0 && n.Cmp(hi) <= 0
	}
}

func (c *Compiler) optionConversion(from, to *word.Rep) conversion {
	conv := c.conversion(from.Variants[1][0].Rep, to.Variants[1][0].Rep)
	none := to.Sum(0, nil)
	return func(m *Machine, w uint64) (uint64, bool) {
		if from.Variant(w) == 0 {
			return none, true
		}
		v, ok := conv(m, from.Part(w, from.Variants[1][0]))
		if !ok {
			return 0, false
		}
		return to.Sum(1, []uint64{v}), true
	}
}

// collectionConversion keeps the order of elements: it is the order of the
// integers in them.
func (c *Compiler) collectionConversion(from, to *word.Rep) conversion {
	elem := c.conversion(from.Elem, to.Elem)
	key := elem
	if to.Key != nil {
		key = c.conversion(from.Key, to.Key)
	}
	same := func(_ *Machine, w uint64) (uint64, bool) { return w, true }
	all := func(m *Machine, words []uint64, first, second conversion, n int) bool {
		for i, w := range words {
			conv := first
			if i >= n {
				conv = second
			}
			v, ok := conv(m, w)
			if !ok {
				return false
			}
			m.push(v)
		}
		return true
	}
	return func(m *Machine, w uint64) (uint64, bool) {
		base := len(m.tmp)
		ok := true
		switch to.Type.Kind {
		case ir.FuncKind:
			words := from.Values(nil, w)
			ok = all(m, words, elem, nil, len(words))
		case ir.MapKind, ir.BagKind:
			words := m.words(w)
			second := conversion(same)
			if to.Type.Kind == ir.MapKind {
				second = elem
			}
			ok = all(m, words, key, second, len(words)/2)
		default:
			words := from.Elements(nil, w)
			ok = (to.Type.Max < 0 || to.Type.Kind != ir.SeqKind || len(words) <= to.Type.Max) && all(m, words, elem, nil, len(words))
		}
		if !ok {
			m.tmp = m.tmp[:base]
			return 0, false
		}
		switch to.Type.Kind {
		case ir.FuncKind:
			return m.function(to, base), true
		case ir.SetKind:
			return m.set(to, base), true
		case ir.SeqKind:
			return m.seq(to, base), true
		}
		return m.pop(base), true
	}
}
