package program

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/mc/word"
)

func (c *Compiler) ifExpr(e *ir.If, r *word.Rep) code {
	cond, then, els := c.cond(e.Cond), c.expr(e.Then), c.expr(e.Else)
	if r.Type.Kind == ir.BoolKind {
		a, b := then.test, els.test
		return truth(r, func(m *Machine) bool {
			if cond(m) {
				return a(m)
			}
			return b(m)
		})
	}
	a, b := then.run, els.run
	return plain(r, func(m *Machine) uint64 {
		if cond(m) {
			return a(m)
		}
		return b(m)
	})
}

func (c *Compiler) let(e *ir.Let, r *word.Rep) code {
	value, reg, body := c.expr(e.Value).run, c.Register(e.Local), c.expr(e.Body)
	if f := body.test; f != nil {
		return truth(r, func(m *Machine) bool {
			m.reg[reg] = value(m)
			return f(m)
		})
	}
	f := body.run
	return plain(r, func(m *Machine) uint64 {
		m.reg[reg] = value(m)
		return f(m)
	})
}

func (c *Compiler) make(e *ir.Make, r *word.Rep) code {
	args := c.exprs(e.Args)
	if r.Form == word.Packed {
		parts, w := r.Fields, uint64(0)
		if e.T.Kind == ir.SumKind {
			parts, w = r.Variants[e.Variant], r.Sum(e.Variant, make([]uint64, len(args)))
		}
		return c.folded(makePacked(r, w, parts, args), args...)
	}
	sum := e.T.Kind == ir.SumKind
	variant := uint64(e.Variant)
	return c.folded(plain(r, func(m *Machine) uint64 {
		base := len(m.tmp)
		if sum {
			m.push(variant)
		}
		for i := range args {
			v := args[i].run(m)
			m.push(v)
		}
		return m.pop(base)
	}), args...)
}

func makePacked(r *word.Rep, w uint64, parts []word.Part, args []code) code {
	if len(args) == 1 {
		f, shift := args[0].run, parts[0].Shift
		return plain(r, func(m *Machine) uint64 { return w | f(m)<<shift })
	}
	return plain(r, func(m *Machine) uint64 {
		w := w
		for i := range args {
			w |= args[i].run(m) << parts[i].Shift
		}
		return w
	})
}

func (c *Compiler) fieldOf(e *ir.FieldOf) code {
	x := c.expr(e.X)
	return c.folded(part(x, x.rep.Fields[e.Index]), x)
}

// part reads a part of a struct.
func part(x code, p word.Part) code {
	f := x.run
	if x.rep.Form == word.Packed {
		if x.slot > 0 {
			return slotPart(x, p)
		}
		shift, mask := p.Shift, p.Mask
		return plain(p.Rep, func(m *Machine) uint64 { return f(m) >> shift & mask })
	}
	i := p.Index
	return plain(p.Rep, func(m *Machine) uint64 { return m.pool.Words(uint32(f(m)))[i] })
}

// slotPart reads a part of a slot, or of a part of a slot.
func slotPart(x code, p word.Part) code {
	p.Shift += x.part.Shift
	slot, shift, mask := x.slot-1, p.Shift, p.Mask
	y := plain(p.Rep, func(m *Machine) uint64 { return m.cur[slot] >> shift & mask })
	y.slot, y.part = x.slot, p
	return y
}

func (c *Compiler) withField(e *ir.WithField, r *word.Rep) code {
	x, v := c.expr(e.X), c.expr(e.Value)
	p, f, g := r.Fields[e.Index], x.run, v.run
	return c.folded(plain(r, func(m *Machine) uint64 {
		w := f(m)
		return m.putField(r, p, w, g(m))
	}), x, v)
}

func (m *Machine) putField(r *word.Rep, p word.Part, w, v uint64) uint64 {
	if r.Form == word.Packed {
		return p.Put(w, v)
	}
	base := m.push(m.pool.Words(uint32(w))...)
	m.tmp[base+p.Index] = v
	return m.pop(base)
}

func (c *Compiler) is(e *ir.Is, r *word.Rep) code {
	x := c.expr(e.X)
	f, sum, variant := x.run, x.rep, e.Variant
	if sum.Form != word.Packed {
		return c.folded(truth(r, func(m *Machine) bool { return sum.Variant(f(m)) == variant }), x)
	}
	shift, v := sum.Payload, uint64(variant)
	if x.slot > 0 && x.part.Mask == 0 {
		slot := x.slot - 1
		return truth(r, func(m *Machine) bool { return m.cur[slot]>>shift == v })
	}
	return c.folded(truth(r, func(m *Machine) bool { return f(m)>>shift == v }), x)
}

func (c *Compiler) payload(e *ir.Payload, r *word.Rep) code {
	x := c.expr(e.X)
	f, sum, variant, sp := x.run, x.rep, e.Variant, e.Loc
	p, zero := sum.Variants[variant][e.Index], r.Zero()
	return c.folded(plain(r, func(m *Machine) uint64 {
		w := f(m)
		if sum.Variant(w) != variant {
			m.fail(eval.WrongVariant, sp)
			return zero
		}
		return sum.Part(w, p)
	}), x)
}
