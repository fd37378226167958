package program

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/mc/word"
)

// mapOp compiles the operators on functions and maps, and Get and Put.
func (c *Compiler) mapOp(e *ir.Apply, r *word.Rep, a []code) code {
	sp := e.Loc
	switch e.Op {
	case ir.ConstFunc:
		return c.constFunc(e, r, a[0])
	case ir.MapLit:
		return mapLit(r, a)
	case ir.Get:
		return get(r, a[0], a[1], sp)
	case ir.Put:
		f, k, v := a[0].run, a[1].run, a[2].run
		return plain(r, func(m *Machine) uint64 {
			w := f(m)
			key := k(m)
			return m.put(r, w, key, v(m), sp)
		})
	case ir.RemoveKey:
		f, k := a[0].run, a[1].run
		return plain(r, func(m *Machine) uint64 {
			w := f(m)
			words := m.words(w)
			n := len(words) / 2
			i := slices.Index(words[:n], k(m))
			if i < 0 {
				return w
			}
			base := m.push(words[:i]...)
			m.push(words[i+1 : n+i]...)
			m.push(words[n+i+1:]...)
			return m.pop(base)
		})
	}
	f := a[0].run // Keys
	return plain(r, func(m *Machine) uint64 {
		words := m.words(f(m))
		base := m.push(words[:len(words)/2]...)
		return m.set(r, base)
	})
}

func (c *Compiler) constFunc(e *ir.Apply, r *word.Rep, x code) code {
	if r.Keys == nil {
		return c.tooLarge(e, r)
	}
	f, n := x.run, r.Keys.Len()
	return plain(r, func(m *Machine) uint64 {
		v := f(m)
		base := len(m.tmp)
		for range n {
			m.push(v)
		}
		return m.function(r, base)
	})
}

// function takes the words from base on off the stack and returns the total
// function with these values.
func (m *Machine) function(r *word.Rep, base int) uint64 {
	w := r.Func(m.tmp[base:])
	m.tmp = m.tmp[:base]
	return w
}

func mapLit(r *word.Rep, a []code) code {
	return plain(r, func(m *Machine) uint64 {
		w := uint64(0)
		base := len(m.tmp)
		for i := range a {
			v := a[i].run(m)
			m.push(v)
		}
		for i := base; i+1 < len(m.tmp); i += 2 {
			w = m.putKey(r, w, m.tmp[i], m.tmp[i+1])
		}
		m.tmp = m.tmp[:base]
		return w
	})
}

// get compiles reading a function, map or sequence at a key.
func get(r *word.Rep, in, key code, sp source.Span) code {
	f, k, rep, zero := in.run, key.run, in.rep, r.Zero()
	if rep.Type.Kind == ir.FuncKind && rep.Form == word.Packed {
		return getPacked(rep, in, key)
	}
	return plain(r, func(m *Machine) uint64 {
		w := f(m)
		return m.at(rep, w, k(m), zero, sp)
	})
}

// at returns what a function, map or sequence has at a key, or zero after a
// failure.
func (m *Machine) at(r *word.Rep, in, key, zero uint64, sp source.Span) uint64 {
	switch r.Type.Kind {
	case ir.SeqKind:
		n := m.lenSeq(r, in)
		if !word.IsSmall(key) || word.Small(key) < 0 || word.Small(key) >= int64(n) {
			m.fail(eval.OutsideIndex, sp)
			return zero
		}
		if r.Form == word.Packed {
			return r.Item(int(key >> 1)).Get(in)
		}
		return m.words(in)[key>>1]
	case ir.MapKind:
		words := m.words(in)
		n := len(words) / 2
		i := slices.Index(words[:n], key)
		if i < 0 {
			m.fail(eval.MissingKey, sp)
			return zero
		}
		return words[n+i]
	}
	i := r.Keys.Rank(key)
	if r.Form == word.Packed {
		return r.At(i).Get(in)
	}
	if words := m.words(in); i < len(words) {
		return words[i]
	}
	return zero
}

// item is a value in a packed total function: bits bits further down for each
// key.
type item struct {
	slot, reg, top, bits int
	mask                 uint64
}

func (m *Machine) item(i *item) uint64 {
	return m.cur[i.slot] >> (i.top - int(m.reg[i.reg])*i.bits) & i.mask
}

func getPacked(rep *word.Rep, in, key code) code {
	if key.known {
		return part(in, rep.At(rep.Keys.Rank(key.word)))
	}
	f, k, u := in.run, key.run, rep.Keys
	if u.Len() == 0 {
		return plain(rep.Elem, func(*Machine) uint64 { return 0 })
	}
	p := rep.At(0)
	top, bits, mask := p.Shift, rep.Elem.Bits, p.Mask
	switch {
	case u.Dense() && in.slot > 0 && in.part.Mask == 0 && key.local > 0:
		i := &item{slot: in.slot - 1, reg: key.local - 1, top: top, bits: bits, mask: mask}
		x := plain(rep.Elem, func(m *Machine) uint64 { return m.item(i) })
		x.item = i
		return x
	case u.Dense() && in.slot > 0 && in.part.Mask == 0:
		slot := in.slot - 1
		return plain(rep.Elem, func(m *Machine) uint64 { return m.cur[slot] >> (top - int(k(m))*bits) & mask })
	case u.Dense():
		return plain(rep.Elem, func(m *Machine) uint64 {
			w := f(m)
			return w >> (top - int(k(m))*bits) & mask
		})
	}
	return plain(rep.Elem, func(m *Machine) uint64 {
		w := f(m)
		return w >> (top - u.Rank(k(m))*bits) & mask
	})
}

func (m *Machine) lenSeq(r *word.Rep, w uint64) int {
	if r.Form == word.Packed {
		return int(w & r.Len.Mask)
	}
	return len(m.words(w))
}

// put returns a function, map or sequence with v at key.
func (m *Machine) put(r *word.Rep, in, key, v uint64, sp source.Span) uint64 {
	switch r.Type.Kind {
	case ir.MapKind:
		return m.putKey(r, in, key, v)
	case ir.SeqKind:
		if !word.IsSmall(key) || word.Small(key) < 0 || word.Small(key) >= int64(m.lenSeq(r, in)) {
			m.fail(eval.OutsideIndex, sp)
			return in
		}
		if r.Form == word.Packed {
			return r.Item(int(key>>1)).Put(in, v)
		}
		return m.putWord(in, int(key>>1), v)
	}
	i := r.Keys.Rank(key)
	if r.Form == word.Packed {
		return r.At(i).Put(in, v)
	}
	return m.putWord(in, i, v)
}

func (m *Machine) putWord(in uint64, i int, v uint64) uint64 {
	words := m.words(in)
	if i >= len(words) || words[i] == v {
		return in
	}
	base := m.push(words...)
	m.tmp[base+i] = v
	return m.pop(base)
}

// putKey returns a map with v at key.
func (m *Machine) putKey(r *word.Rep, in, key, v uint64) uint64 {
	words := m.words(in)
	n := len(words) / 2
	i, ok := slices.BinarySearchFunc(words[:n], key, r.Key.Compare)
	if ok {
		return m.putWord(in, n+i, v)
	}
	base := m.push(words[:i]...)
	m.push(key)
	m.push(words[i : n+i]...)
	m.push(v)
	m.push(words[n+i:]...)
	return m.pop(base)
}
