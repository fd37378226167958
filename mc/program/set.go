package program

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/mc/word"
)

// universe compiles the set of all values of a type.
func (c *Compiler) universe(e *ir.Apply, r *word.Rep) code {
	u := r.Elem.Universe()
	if u == nil {
		return c.tooLarge(e, r)
	}
	var words []uint64
	for i := range u.Len() {
		words = append(words, u.Word(i))
	}
	if r.Form == word.Packed {
		return known(r, r.Mask(words))
	}
	return known(r, uint64(c.prog.Pool.Intern(words)))
}

func (c *Compiler) tooLarge(e ir.Expr, r *word.Rep) code {
	sp, zero := e.Span(), r.Zero()
	return plain(r, func(m *Machine) uint64 {
		m.fail(eval.TooLarge, sp)
		return zero
	})
}

// in compiles membership. Nothing is listed to look whether x is in an
// interval, a powerset or all of a type.
func (c *Compiler) in(e *ir.Apply, r *word.Rep) code {
	x := c.expr(e.Args[0])
	a := x.run
	if of, ok := e.Args[1].(*ir.Apply); ok {
		switch of.Op {
		case ir.Universe:
			return truth(r, func(m *Machine) bool {
				a(m)
				return true
			})
		case ir.Interval:
			ends := c.exprs(of.Args)
			lo, hi := ends[0].run, ends[1].run
			return c.folded(truth(r, func(m *Machine) bool {
				v := a(m)
				l := lo(m)
				h := hi(m)
				if (v|l|h)&1 == 0 {
					return int64(l) <= int64(v) && int64(v) <= int64(h)
				}
				return m.pool.CompareInt(l, v) <= 0 && m.pool.CompareInt(v, h) <= 0
			}), x, ends[0], ends[1])
		case ir.Powerset:
			all := c.expr(of.Args[0])
			return c.folded(subset(r, x, all), x, all)
		}
	}
	y := c.expr(e.Args[1])
	return c.folded(member(r, x, y), x, y)
}

func member(r *word.Rep, x, y code) code {
	a, b, rep := x.run, y.run, y.rep
	kind := rep.Type.Kind
	switch {
	case rep.Form == word.Packed && kind == ir.SetKind:
		return memberOfMask(r, x, y)
	case rep.Form == word.Packed: // a sequence
		return truth(r, func(m *Machine) bool {
			v := a(m)
			q := b(m)
			for i := range int(q & rep.Len.Mask) {
				if rep.Item(i).Get(q) == v {
					return true
				}
			}
			return false
		})
	case kind == ir.MapKind || kind == ir.BagKind:
		return truth(r, func(m *Machine) bool {
			v := a(m)
			words := m.words(b(m))
			return slices.Contains(words[:len(words)/2], v)
		})
	}
	return truth(r, func(m *Machine) bool {
		v := a(m)
		return slices.Contains(m.words(b(m)), v)
	})
}

func memberOfMask(r *word.Rep, x, y code) code {
	a, b, u := x.run, y.run, y.rep.Elems
	switch {
	case x.known:
		bit := uint64(1) << u.Rank(x.word)
		if y.slot > 0 && y.part.Mask == 0 {
			slot := y.slot - 1
			return truth(r, func(m *Machine) bool { return m.cur[slot]&bit != 0 })
		}
		return truth(r, func(m *Machine) bool { return b(m)&bit != 0 })
	case u.Dense() && y.slot > 0 && y.part.Mask == 0 && x.local > 0:
		slot, reg := y.slot-1, x.local-1
		return truth(r, func(m *Machine) bool { return m.cur[slot]>>(m.reg[reg]&63)&1 != 0 })
	case u.Dense() && y.slot > 0 && y.part.Mask == 0:
		slot := y.slot - 1
		return truth(r, func(m *Machine) bool { return m.cur[slot]>>(a(m)&63)&1 != 0 })
	case u.Dense():
		return truth(r, func(m *Machine) bool {
			v := a(m)
			return b(m)>>(v&63)&1 != 0
		})
	}
	return truth(r, func(m *Machine) bool {
		v := u.Rank(a(m))
		return b(m)>>v&1 != 0
	})
}

func subset(r *word.Rep, x, y code) code {
	a, b, rep := x.run, y.run, x.rep
	if rep.Form == word.Packed {
		return truth(r, func(m *Machine) bool {
			v := a(m)
			return v&^b(m) == 0
		})
	}
	return truth(r, func(m *Machine) bool {
		v := a(m)
		all := m.words(b(m))
		for _, w := range m.words(v) {
			if !found(rep.Elem, all, w) {
				return false
			}
		}
		return true
	})
}

// setOp compiles the operators that make sets, and Subset.
func (c *Compiler) setOp(e *ir.Apply, r *word.Rep, a []code) code {
	packed := r.Form == word.Packed
	switch e.Op {
	case ir.Interval:
		lo, hi, sp := a[0].run, a[1].run, e.Loc
		return plain(r, func(m *Machine) uint64 {
			base := len(m.tmp)
			l := lo(m)
			m.eachInt(l, hi(m), sp, func(w uint64) bool {
				m.push(w)
				return true
			})
			return m.pop(base)
		})
	case ir.SetLit:
		return setLit(r, a)
	case ir.Subset:
		return subset(r, a[0], a[1])
	case ir.Powerset:
		return powerset(e, r, a[0])
	case ir.ToSet:
		f, from := a[0].run, a[0].rep
		return plain(r, func(m *Machine) uint64 {
			w := f(m)
			base := len(m.tmp)
			m.tmp = from.Elements(m.tmp, w)
			return m.set(r, base)
		})
	}
	x, y := a[0].run, a[1].run
	switch {
	case packed && e.Op == ir.Union:
		return plain(r, func(m *Machine) uint64 {
			v := x(m)
			return v | y(m)
		})
	case packed && e.Op == ir.Inter:
		return plain(r, func(m *Machine) uint64 {
			v := x(m)
			return v & y(m)
		})
	case packed:
		return plain(r, func(m *Machine) uint64 {
			v := x(m)
			return v &^ y(m)
		})
	case e.Op == ir.Union:
		return plain(r, func(m *Machine) uint64 {
			v := x(m)
			w := y(m)
			if v == w || w == 0 {
				return v
			}
			base := m.push(m.words(v)...)
			m.push(m.words(w)...)
			return m.set(r, base)
		})
	}
	keep := e.Op == ir.Inter
	return plain(r, func(m *Machine) uint64 {
		v := x(m)
		others := m.words(y(m))
		base := len(m.tmp)
		for _, w := range m.words(v) {
			if found(r.Elem, others, w) == keep {
				m.push(w)
			}
		}
		return m.pop(base)
	})
}

func setLit(r *word.Rep, a []code) code {
	if r.Form == word.Packed {
		if len(a) == 1 {
			f, u := a[0].run, r.Elems
			return plain(r, func(m *Machine) uint64 { return 1 << u.Rank(f(m)) })
		}
		return plain(r, func(m *Machine) uint64 {
			w := uint64(0)
			for i := range a {
				w |= 1 << r.Elems.Rank(a[i].run(m))
			}
			return w
		})
	}
	return plain(r, func(m *Machine) uint64 {
		base := len(m.tmp)
		for i := range a {
			w := a[i].run(m)
			m.push(w)
		}
		return m.set(r, base)
	})
}

// set takes the words from base on off the stack and returns the set of them.
func (m *Machine) set(r *word.Rep, base int) uint64 {
	if r.Form == word.Packed {
		w := r.Mask(m.tmp[base:])
		m.tmp = m.tmp[:base]
		return w
	}
	words := m.tmp[base:]
	slices.SortFunc(words, r.Elem.Compare)
	m.tmp = m.tmp[:base+len(slices.Compact(words))]
	return m.pop(base)
}

// found reports whether w is among words, which are in order.
func found(r *word.Rep, words []uint64, w uint64) bool {
	_, ok := slices.BinarySearchFunc(words, w, r.Compare)
	return ok
}

func powerset(e *ir.Apply, r *word.Rep, x code) code {
	f, sp, sets := x.run, e.Loc, x.rep
	return plain(r, func(m *Machine) uint64 {
		w := f(m)
		base := len(m.tmp)
		m.tmp = sets.Elements(m.tmp, w)
		n := len(m.tmp) - base
		if n >= 63 || 1<<n > ir.MaxElems {
			m.fail(eval.TooLarge, sp)
			m.tmp = m.tmp[:base]
			return 0
		}
		elems := slices.Clone(m.tmp[base:])
		m.tmp = m.tmp[:base]
		for chosen := range uint64(1) << n {
			at := len(m.tmp)
			for i, el := range elems {
				if chosen>>i&1 == 1 {
					m.push(el)
				}
			}
			sub := m.set(sets, at)
			m.push(sub)
		}
		return m.set(r, base)
	})
}
