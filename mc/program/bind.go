package program

import (
	"math/big"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/mc/word"
)

// loops compiles the binders of e: it hands every binding that the condition
// allows to visit, until visit wants no more.
func (c *Compiler) loops(e *ir.Bind) func(visit test) test {
	regs := make([]int, len(e.Binders))
	domains := make([]each, len(e.Binders))
	for i, b := range e.Binders {
		regs[i] = c.Register(b.Local)
		domains[i] = c.domain(b.Domain, regs[i])
	}
	var cond test
	if e.Cond != nil {
		cond = c.cond(e.Cond)
	}
	return func(visit test) test {
		inner := visit
		if cond != nil {
			inner = func(m *Machine) bool {
				ok := cond(m)
				return !m.failed && (!ok || visit(m))
			}
		}
		for i := len(domains) - 1; i >= 0; i-- {
			all, next := domains[i], inner
			inner = func(m *Machine) bool { return all(m, next) && !m.failed }
		}
		return inner
	}
}

// bind compiles a quantifier, aggregate or comprehension.
func (c *Compiler) bind(e *ir.Bind, r *word.Rep) code {
	switch e.Kind {
	case ir.Forall, ir.Exists:
		return c.quantifier(e, r)
	case ir.Count:
		return c.count(e, r)
	case ir.Sum:
		return c.sum(e, r)
	case ir.Min, ir.Max:
		return c.extreme(e, r)
	case ir.Fold:
		return c.fold(e, r)
	case ir.Choose:
		return c.choose(e, r)
	case ir.SetOf, ir.SeqOf:
		return c.collect(e, r)
	case ir.FuncOf:
		return c.funcOf(e, r)
	case ir.MapOf:
		return c.mapOf(e, r)
	}
	return c.broken(e, r)
}

func (c *Compiler) quantifier(e *ir.Bind, r *word.Rep) code {
	if len(e.Binders) > 1 && e.Cond == nil { // one at a time
		inner, outer := *e, *e
		inner.Binders, outer.Binders = e.Binders[1:], e.Binders[:1]
		outer.Body = &inner
		e = &outer
	}
	if x, ok := c.overDense(e, r); ok {
		return x
	}
	loop, body := c.loops(e), c.cond(e.Body)
	if e.Kind == ir.Forall {
		return truth(r, loop(func(m *Machine) bool { return body(m) && !m.failed }))
	}
	all := loop(func(m *Machine) bool { return !body(m) && !m.failed })
	return truth(r, func(m *Machine) bool { return !all(m) && !m.failed })
}

// overDense compiles a quantifier over all values of a type whose words are
// their ranks, the most frequent kind, without a call for each binder.
func (c *Compiler) overDense(e *ir.Bind, r *word.Rep) (code, bool) {
	if len(e.Binders) != 1 || e.Cond != nil {
		return code{}, false
	}
	a, ok := e.Binders[0].Domain.(*ir.Apply)
	if !ok || a.Op != ir.Universe {
		return code{}, false
	}
	u := c.reps.Of(a.T.Elem).Universe()
	if u == nil || !u.Dense() {
		return code{}, false
	}
	n, reg, body, stop := uint64(u.Len()), c.Register(e.Binders[0].Local), c.cond(e.Body), e.Kind == ir.Exists
	return truth(r, func(m *Machine) bool {
		for i := uint64(0); i < n; i++ {
			m.reg[reg] = i
			if body(m) == stop {
				return stop
			}
			if m.failed {
				return false
			}
		}
		return !stop
	}), true
}

func (c *Compiler) count(e *ir.Bind, r *word.Rep) code {
	acc, body := c.fresh(), c.cond(e.Body)
	all := c.loops(e)(func(m *Machine) bool {
		if body(m) {
			m.reg[acc] += 2
		}
		return !m.failed
	})
	return plain(r, func(m *Machine) uint64 {
		m.reg[acc] = 0
		all(m)
		return m.reg[acc]
	})
}

// integer compiles an expression of a numeric type to an integer word.
func (c *Compiler) integer(e ir.Expr) run {
	x := c.expr(e)
	if x.rep.Form == word.Integer {
		return x.run
	}
	f, lo := x.run, uint64(x.rep.Lo)
	return func(m *Machine) uint64 { return (f(m) + lo) << 1 }
}

func (c *Compiler) sum(e *ir.Bind, r *word.Rep) code {
	acc, body := c.fresh(), c.integer(e.Body)
	all := c.loops(e)(func(m *Machine) bool {
		v := body(m)
		s := v + m.reg[acc]
		if w := m.reg[acc]; (v|w)&1 != 0 || int64((v^s)&(w^s)) < 0 {
			s = m.exact((*big.Int).Add, v, w)
		}
		m.reg[acc] = s
		return !m.failed
	})
	return plain(r, func(m *Machine) uint64 {
		m.reg[acc] = 0
		all(m)
		return m.reg[acc]
	})
}

func (c *Compiler) extreme(e *ir.Bind, r *word.Rep) code {
	acc, any, body, sp := c.fresh(), c.fresh(), c.expr(e.Body), e.Loc
	f, rep, sign := body.run, body.rep, 1
	if e.Kind == ir.Max {
		sign = -1
	}
	all := c.loops(e)(func(m *Machine) bool {
		v := f(m)
		if m.reg[any] == 0 || sign*rep.Compare(v, m.reg[acc]) < 0 {
			m.reg[acc], m.reg[any] = v, 1
		}
		return !m.failed
	})
	zero := r.Zero()
	return plain(r, func(m *Machine) uint64 {
		m.reg[any] = 0
		all(m)
		if m.reg[any] == 0 {
			m.fail(eval.Empty, sp)
			return zero
		}
		return m.reg[acc]
	})
}

func (c *Compiler) fold(e *ir.Bind, r *word.Rep) code {
	init, acc := c.expr(e.Init).run, c.Register(e.Acc)
	keep := c.fresh() // the body may bind the name again
	body := c.expr(e.Body).run
	all := c.loops(e)(func(m *Machine) bool {
		m.reg[acc] = m.reg[keep]
		m.reg[keep] = body(m)
		return !m.failed
	})
	return plain(r, func(m *Machine) uint64 {
		m.reg[keep] = init(m)
		all(m)
		return m.reg[keep]
	})
}

func (c *Compiler) choose(e *ir.Bind, r *word.Rep) code {
	reg, sp, zero := c.Register(e.Binders[0].Local), e.Loc, r.Zero()
	none := c.loops(e)(func(m *Machine) bool { return false })
	return plain(r, func(m *Machine) uint64 {
		if none(m) {
			m.fail(eval.Empty, sp)
			return zero
		}
		if m.failed {
			return zero
		}
		return m.reg[reg]
	})
}

// collect compiles SetOf and SeqOf.
func (c *Compiler) collect(e *ir.Bind, r *word.Rep) code {
	body := c.expr(e.Body).run
	if r.Form == word.Packed && e.Kind == ir.SetOf {
		acc, u := c.fresh(), r.Elems
		all := c.loops(e)(func(m *Machine) bool {
			v := body(m)
			m.reg[acc] |= 1 << u.Rank(v)
			return !m.failed
		})
		return plain(r, func(m *Machine) uint64 {
			m.reg[acc] = 0
			all(m)
			return m.reg[acc]
		})
	}
	all := c.loops(e)(func(m *Machine) bool {
		v := body(m)
		m.push(v)
		return !m.failed
	})
	finish := (*Machine).seq
	if e.Kind == ir.SetOf {
		finish = (*Machine).set
	}
	return plain(r, func(m *Machine) uint64 {
		base := len(m.tmp)
		all(m)
		return finish(m, r, base)
	})
}

func (c *Compiler) funcOf(e *ir.Bind, r *word.Rep) code {
	if r.Keys == nil {
		return c.tooLarge(e, r)
	}
	reg, body, n, zero := c.Register(e.Binders[0].Local), c.expr(e.Body).run, r.Keys.Len(), r.Zero()
	return plain(r, func(m *Machine) uint64 {
		base := len(m.tmp)
		for i := range n {
			m.reg[reg] = r.Keys.Word(i)
			v := body(m)
			if m.failed {
				m.tmp = m.tmp[:base]
				return zero
			}
			m.push(v)
		}
		return m.function(r, base)
	})
}

func (c *Compiler) mapOf(e *ir.Bind, r *word.Rep) code {
	acc, key, body, sp := c.fresh(), c.expr(e.Key).run, c.expr(e.Body).run, e.Loc
	all := c.loops(e)(func(m *Machine) bool {
		k := key(m)
		v := body(m)
		words := m.words(m.reg[acc])
		n := len(words) / 2
		if i := slices.Index(words[:n], k); i >= 0 && words[n+i] != v {
			m.fail(eval.DuplicateKey, sp)
		}
		m.reg[acc] = m.putKey(r, m.reg[acc], k, v)
		return !m.failed
	})
	return plain(r, func(m *Machine) uint64 {
		m.reg[acc] = 0
		all(m)
		return m.reg[acc]
	})
}
