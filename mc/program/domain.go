package program

import (
	"math/big"
	"math/bits"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/mc/word"
)

// each binds a register to the elements of a domain in turn and calls visit,
// until visit wants no more; then it reports false. It visits nothing if
// evaluating the domain fails.
type each = func(m *Machine, visit test) bool

// domain compiles a domain. Nothing is listed that can be counted.
func (c *Compiler) domain(e ir.Expr, reg int) each {
	if a, ok := e.(*ir.Apply); ok {
		switch a.Op {
		case ir.Universe:
			if u := c.reps.Of(a.T.Elem).Universe(); u != nil {
				return eachOf(u, reg)
			}
		case ir.Interval:
			ends := c.exprs(a.Args)
			lo, hi, sp := ends[0].run, ends[1].run, a.Loc
			return func(m *Machine, visit test) bool {
				l := lo(m)
				h := hi(m)
				if m.failed {
					return true
				}
				if (l|h)&1 != 0 || word.Small(h)-word.Small(l) >= ir.MaxElems {
					return m.eachLarge(l, h, sp, reg, visit)
				}
				for n := int64(l); n <= int64(h); n += 2 {
					m.reg[reg] = uint64(n)
					if !visit(m) {
						return false
					}
				}
				return true
			}
		}
	}
	x := c.expr(e)
	f, rep := x.run, x.rep
	switch {
	case rep.Form == word.Packed && rep.Type.Kind == ir.SetKind:
		return eachBit(f, rep.Elems, reg)
	case rep.Form == word.Packed:
		return func(m *Machine, visit test) bool {
			q := f(m)
			if m.failed {
				return true
			}
			for i := range int(q & rep.Len.Mask) {
				m.reg[reg] = rep.Item(i).Get(q)
				if !visit(m) {
					return false
				}
			}
			return true
		}
	}
	bag := rep.Type.Kind == ir.BagKind
	return func(m *Machine, visit test) bool {
		words := m.words(f(m))
		if m.failed {
			return true
		}
		if bag {
			words = words[:len(words)/2]
		}
		for _, w := range words {
			m.reg[reg] = w
			if !visit(m) {
				return false
			}
		}
		return true
	}
}

func eachOf(u *word.Universe, reg int) each {
	n := u.Len()
	if u.Dense() {
		return func(m *Machine, visit test) bool {
			if m.failed {
				return true
			}
			for i := range n {
				m.reg[reg] = uint64(i)
				if !visit(m) {
					return false
				}
			}
			return true
		}
	}
	return func(m *Machine, visit test) bool {
		if m.failed {
			return true
		}
		for i := range n {
			m.reg[reg] = u.Word(i)
			if !visit(m) {
				return false
			}
		}
		return true
	}
}

func eachBit(f run, u *word.Universe, reg int) each {
	return func(m *Machine, visit test) bool {
		w := f(m)
		if m.failed {
			return true
		}
		for ; w != 0; w &= w - 1 {
			m.reg[reg] = u.Word(bits.TrailingZeros64(w))
			if !visit(m) {
				return false
			}
		}
		return true
	}
}

func (m *Machine) eachLarge(lo, hi uint64, sp source.Span, reg int, visit test) bool {
	return m.eachInt(lo, hi, sp, func(w uint64) bool {
		m.reg[reg] = w
		return visit(m)
	})
}

// eachInt visits the integers from lo to hi.
func (m *Machine) eachInt(lo, hi uint64, sp source.Span, visit func(uint64) bool) bool {
	if m.failed {
		return true
	}
	if (lo|hi)&1 != 0 {
		return m.eachBig(m.pool.Big(lo), m.pool.Big(hi), sp, visit)
	}
	l, h := word.Small(lo), word.Small(hi)
	if h-l >= ir.MaxElems {
		m.fail(eval.TooLarge, sp)
		return true
	}
	for n := l; n <= h; n++ {
		if !visit(uint64(n) << 1) {
			return false
		}
	}
	return true
}

func (m *Machine) eachBig(lo, hi *big.Int, sp source.Span, visit func(uint64) bool) bool {
	if new(big.Int).Sub(hi, lo).Cmp(big.NewInt(ir.MaxElems)) >= 0 {
		m.fail(eval.TooLarge, sp)
		return true
	}
	for n := new(big.Int).Set(lo); n.Cmp(hi) <= 0; n.Add(n, big.NewInt(1)) {
		if !visit(m.pool.BigInt(n)) {
			return false
		}
	}
	return true
}
