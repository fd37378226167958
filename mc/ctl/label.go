package ctl

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/mc/limit"
)

// label returns where a node is true, under the names that are bound.
func (c *checker) label(n *node) truth {
	key := c.memoKey(n)
	t, ok := c.memo[key]
	if !ok {
		t = c.compute(n)
		c.memo[key] = t
	}
	return t
}

// holds returns the states where a node surely is true, or surely false.
func (c *checker) holds(n *node, want bool) set {
	t := c.label(n)
	if want {
		return t.must
	}
	return t.may.not(c.n)
}

func (c *checker) compute(n *node) truth {
	switch {
	case c.stopped != "":
		return exact(newSet(c.n))
	case c.ctx.Err() != nil:
		c.stop(limit.Words(c.ctx))
		return exact(newSet(c.n))
	case n.pred != nil:
		return c.test(n)
	case n.bind != nil && n.bind.kind == 0:
		return c.let(n.bind)
	case n.bind != nil:
		return c.quantify(n.bind)
	}
	args := make([]truth, len(n.args))
	for i, a := range n.args {
		args[i] = c.label(a)
	}
	return c.apply(n.op, args)
}

// apply is the meaning of the operators, those on all runs by those on some.
func (c *checker) apply(op ir.Op, a []truth) truth {
	not := func(t truth) truth { return t.not(c.n) }
	switch op {
	case ir.Not:
		return not(a[0])
	case ir.And:
		return a[0].and(a[1])
	case ir.Or:
		return a[0].or(a[1])
	case ir.Implies:
		return not(a[0]).or(a[1])
	case ir.Iff:
		return a[0].and(a[1]).or(not(a[0]).and(not(a[1])))
	case choice:
		return a[0].and(a[1]).or(not(a[0]).and(a[2]))
	case ir.EX:
		return c.next(a[0])
	case ir.AX:
		return not(c.next(not(a[0])))
	case ir.EF:
		return c.until(exact(c.all()), a[0])
	case ir.AG:
		return not(c.until(exact(c.all()), not(a[0])))
	case ir.EG:
		return c.always(a[0])
	case ir.AF:
		return not(c.always(not(a[0])))
	case ir.EU:
		return c.until(a[0], a[1])
	case ir.AU:
		return not(c.escape(a[0], a[1]).or(c.always(not(a[1]))))
	}
	c.stop(op.String() + " is not an operator of branching time")
	return exact(newSet(c.n))
}

// escape is where a run, before it comes to q, can come to a state without p.
func (c *checker) escape(p, q truth) truth {
	without := q.not(c.n)
	return c.until(without, p.not(c.n).and(without))
}

// every is how many states are looked at before the context is.
const every = 4096

// eachState visits all states with their slots, until the context ends.
func (c *checker) eachState(visit func(id uint32)) {
	for id := range uint32(c.n) {
		if id%every == 0 && c.ctx.Err() != nil {
			c.stop(limit.Words(c.ctx))
			return
		}
		c.at(id)
		visit(id)
	}
}

// at puts the slots of a state into c.slots.
func (c *checker) at(id uint32) {
	c.g.Key(id, c.key)
	c.prog.Layout.Unpack(c.slots, c.key)
}

// test evaluates a condition in every state. Where it has no value it is
// neither true nor false.
func (c *checker) test(n *node) truth {
	must, lost := newSet(c.n), set(nil)
	c.eachState(func(id uint32) {
		ok, failure := c.m.Test(n.pred, c.slots, nil)
		switch {
		case failure != nil:
			if c.fault == nil {
				c.fault = &fault{n.expr, id, *failure, c.locals()}
			}
			if lost == nil {
				lost = newSet(c.n)
			}
			lost.add(id)
		case ok:
			must.add(id)
		}
	})
	if lost == nil {
		return exact(must)
	}
	return truth{must, must.or(lost)}
}

// quantify joins what is true for each value.
func (c *checker) quantify(x *binding) truth {
	out := exact(newSet(c.n))
	if x.kind == ir.Forall {
		out = exact(c.all())
	}
	for _, v := range c.values(x) {
		c.bind(x, v, func() {
			if body := c.label(x.body); x.kind == ir.Forall {
				out = out.and(body)
			} else {
				out = out.or(body)
			}
		})
	}
	return out
}

// values are what a quantifier ranges over.
func (c *checker) values(x *binding) []ir.Value {
	vs, err := x.values(c.locals())
	if err != nil {
		c.stop(err.Error())
	}
	return vs
}

// mostLets is how many values a let above temporal operators may take.
const mostLets = 4096

// let labels the body once for each value that the name has in some state.
func (c *checker) let(x *binding) truth {
	where, lost := map[uint64]set{}, newSet(c.n)
	var words []uint64
	c.eachState(func(id uint32) {
		w, failure := c.m.Eval(x.value, c.slots, nil)
		switch {
		case failure != nil:
			if c.fault == nil {
				c.fault = &fault{x.source, id, *failure, c.locals()}
			}
			lost.add(id)
			return
		case where[w] == nil && len(words) == mostLets:
			c.stop("a let above a temporal operator has too many values")
			return
		case where[w] == nil:
			where[w] = newSet(c.n)
			words = append(words, w)
		}
		where[w].add(id)
	})
	out := truth{newSet(c.n), lost}
	for _, w := range words {
		c.bind(x, x.rep.Decode(w), func() {
			out = out.or(exact(where[w]).and(c.label(x.body)))
		})
	}
	if lost.len() == 0 && out.must.equal(out.may) {
		return exact(out.must)
	}
	return out
}
