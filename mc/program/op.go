package program

import (
	"math/big"
	"math/bits"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/mc/word"
)

// apply compiles an operator.
func (c *Compiler) apply(e *ir.Apply, r *word.Rep) code {
	if ir.Ops[e.Op].Temporal {
		return c.broken(e, r)
	}
	switch e.Op {
	case ir.And, ir.Or, ir.Implies:
		return c.connective(e, r)
	case ir.In:
		return c.in(e, r)
	case ir.Universe:
		return c.universe(e, r)
	case ir.Get:
		if ref, ok := c.ref(e); ok {
			return c.read(ref)
		}
	}
	args := c.exprs(e.Args)
	x := c.strict(e, r, args)
	return c.folded(x, args...)
}

func (c *Compiler) connective(e *ir.Apply, r *word.Rep) code {
	x, y := c.expr(e.Args[0]), c.expr(e.Args[1])
	a, b := x.test, y.test
	var f test
	switch e.Op {
	case ir.And:
		f = func(m *Machine) bool { return a(m) && b(m) }
	case ir.Or:
		f = func(m *Machine) bool { return a(m) || b(m) }
	default:
		f = func(m *Machine) bool { return !a(m) || b(m) }
	}
	return c.folded(truth(r, f), x, y)
}

// strict compiles an operator that evaluates all its operands.
func (c *Compiler) strict(e *ir.Apply, r *word.Rep, a []code) code {
	switch e.Op {
	case ir.Not:
		f := a[0].test
		return truth(r, func(m *Machine) bool { return !f(m) })
	case ir.Iff, ir.Eq:
		return equal(r, a[0], a[1])
	case ir.Ne:
		f := equal(r, a[0], a[1]).test
		return truth(r, func(m *Machine) bool { return !f(m) })
	case ir.Lt, ir.Le, ir.Gt, ir.Ge:
		return compare(e.Op, r, a[0], a[1])
	case ir.Neg, ir.Add, ir.Sub, ir.Mul, ir.Div, ir.Mod:
		return arithmetic(e, r, a)
	case ir.Next, ir.Prev:
		return neighbour(e, r, a[0])
	case ir.Interval, ir.SetLit, ir.Subset, ir.Union, ir.Inter, ir.Diff, ir.Powerset, ir.ToSet:
		return c.setOp(e, r, a)
	case ir.Len:
		return length(r, a[0])
	case ir.BagLit, ir.BagAdd, ir.BagSub, ir.CountOf:
		return c.bagOp(e, r, a)
	case ir.ConstFunc, ir.MapLit, ir.Get, ir.Put, ir.RemoveKey, ir.Keys:
		return c.mapOp(e, r, a)
	case ir.SeqLit, ir.Concat, ir.Slice:
		return c.seqOp(e, r, a)
	}
	return c.broken(e, r)
}

// equal compares words, which are the same exactly if the values are.
func equal(r *word.Rep, x, y code) code {
	if x.known {
		x, y = y, x
	}
	a, b := x.run, y.run
	switch {
	case y.known && x.item != nil:
		i, w := x.item, y.word
		return truth(r, func(m *Machine) bool { return m.item(i) == w })
	case y.known && x.slot > 0 && x.part.Mask != 0:
		slot, shift, mask, w := x.slot-1, x.part.Shift, x.part.Mask, y.word
		return truth(r, func(m *Machine) bool { return m.cur[slot]>>shift&mask == w })
	case y.known && x.slot > 0:
		slot, w := x.slot-1, y.word
		return truth(r, func(m *Machine) bool { return m.cur[slot] == w })
	case y.known:
		w := y.word
		return truth(r, func(m *Machine) bool { return a(m) == w })
	}
	return truth(r, func(m *Machine) bool { return a(m) == b(m) })
}

func compare(op ir.Op, r *word.Rep, x, y code) code {
	if op == ir.Gt || op == ir.Le { // x > y is y < x, but x is evaluated first
		f := less(x, y, true)
		return truth(r, func(m *Machine) bool { return f(m) == (op == ir.Gt) })
	}
	f := less(x, y, false)
	if op == ir.Lt {
		return truth(r, f)
	}
	return truth(r, func(m *Machine) bool { return !f(m) })
}

// less compiles x < y, or y < x if swapped; x is evaluated first.
func less(x, y code, swapped bool) test {
	a, b, rep := x.run, y.run, x.rep
	lt := func(m *Machine, v, w uint64) bool { return rep.Compare(v, w) < 0 }
	if rep.Form == word.Integer {
		lt = func(m *Machine, v, w uint64) bool {
			if (v|w)&1 == 0 {
				return int64(v) < int64(w)
			}
			return m.pool.CompareInt(v, w) < 0
		}
	}
	if swapped {
		return func(m *Machine) bool {
			v := a(m)
			return lt(m, b(m), v)
		}
	}
	return func(m *Machine) bool {
		v := a(m)
		return lt(m, v, b(m))
	}
}

func arithmetic(e *ir.Apply, r *word.Rep, a []code) code {
	x := a[0].run
	if e.Op == ir.Neg {
		return plain(r, func(m *Machine) uint64 {
			v := x(m)
			if word.IsSmall(v) {
				return m.pool.Int(-word.Small(v))
			}
			return m.pool.BigInt(new(big.Int).Neg(m.pool.Big(v)))
		})
	}
	y, sp := a[1].run, e.Loc
	switch e.Op {
	case ir.Add:
		return plain(r, func(m *Machine) uint64 {
			v := x(m)
			w := y(m)
			s := v + w
			if (v|w)&1 == 0 && int64((v^s)&(w^s)) >= 0 {
				return s
			}
			return m.exact((*big.Int).Add, v, w)
		})
	case ir.Sub:
		return plain(r, func(m *Machine) uint64 {
			v := x(m)
			w := y(m)
			s := v - w
			if (v|w)&1 == 0 && int64((v^w)&(v^s)) >= 0 {
				return s
			}
			return m.exact((*big.Int).Sub, v, w)
		})
	case ir.Mul:
		return plain(r, func(m *Machine) uint64 {
			v := x(m)
			w := y(m)
			if (v|w)&1 == 0 {
				if n, ok := product(word.Small(v), word.Small(w)); ok {
					return m.pool.Int(n)
				}
			}
			return m.exact((*big.Int).Mul, v, w)
		})
	}
	quotient := e.Op == ir.Div
	return plain(r, func(m *Machine) uint64 {
		v := x(m)
		w := y(m)
		switch {
		case w == 0:
			m.fail(eval.DivideByZero, sp)
			return 0
		case (v|w)&1 == 0 && quotient:
			return m.pool.Int(word.Small(v) / word.Small(w))
		case (v|w)&1 == 0:
			return m.pool.Int(word.Small(v) % word.Small(w))
		case quotient:
			return m.exact((*big.Int).Quo, v, w)
		}
		return m.exact((*big.Int).Rem, v, w)
	})
}

func (m *Machine) exact(f func(z, x, y *big.Int) *big.Int, v, w uint64) uint64 {
	return m.pool.BigInt(f(new(big.Int), m.pool.Big(v), m.pool.Big(w)))
}

// product multiplies; ok is false if the result may not fit.
func product(a, b int64) (int64, bool) {
	abs := func(n int64) uint64 {
		if n < 0 {
			return uint64(-n)
		}
		return uint64(n)
	}
	hi, lo := bits.Mul64(abs(a), abs(b))
	return a * b, hi == 0 && lo < 1<<62
}

func neighbour(e *ir.Apply, r *word.Rep, x code) code {
	f, sp, n, ring := x.run, e.Loc, uint64(len(r.Type.Sort.Elems)), r.Type.Sort.Order == ir.Ring
	next := e.Op == ir.Next
	return plain(r, func(m *Machine) uint64 {
		i := f(m)
		switch {
		case next && i+1 < n:
			return i + 1
		case next && ring:
			return 0
		case !next && i > 0:
			return i - 1
		case !next && ring:
			return n - 1
		}
		m.fail(eval.NoNeighbour, sp)
		return 0
	})
}

func length(r *word.Rep, x code) code {
	f, rep := x.run, x.rep
	switch {
	case rep.Form == word.Packed && rep.Type.Kind == ir.SetKind:
		return plain(r, func(m *Machine) uint64 { return uint64(bits.OnesCount64(f(m))) << 1 })
	case rep.Form == word.Packed:
		return plain(r, func(m *Machine) uint64 { return f(m) & rep.Len.Mask << 1 })
	}
	switch rep.Type.Kind {
	case ir.StringKind:
		return plain(r, func(m *Machine) uint64 { return uint64(len(rep.Text(f(m)))) << 1 })
	case ir.MapKind:
		return plain(r, func(m *Machine) uint64 { return uint64(len(m.words(f(m)))/2) << 1 })
	case ir.BagKind:
		return plain(r, func(m *Machine) uint64 {
			words, n := m.words(f(m)), uint64(0)
			for _, k := range words[len(words)/2:] {
				n += k
			}
			return n << 1
		})
	}
	return plain(r, func(m *Machine) uint64 { return uint64(len(m.words(f(m)))) << 1 })
}

// words are the words of a node.
func (m *Machine) words(w uint64) []uint64 { return m.pool.Words(uint32(w)) }
