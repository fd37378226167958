package ctl

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
)

// Shows reports whether there is something to show where the formula is true, or
// false: else that needs no tree.
func (f *Formula) Shows(holds bool) bool { return !holds || shows(f.root, true) }

// shows reports whether some run shows that a node is true, or false.
func shows(n *node, want bool) bool {
	switch n.op {
	case ir.EX, ir.EF, ir.EG, ir.EU:
		return want
	case ir.AX, ir.AF, ir.AG, ir.AU:
		return !want
	case ir.Not:
		return shows(n.args[0], !want)
	case ir.Implies:
		return shows(n.args[0], !want) || shows(n.args[1], want)
	}
	for _, a := range n.args {
		if shows(a, want) {
			return true
		}
	}
	return n.bind != nil && shows(n.bind.body, want)
}

// explain says why a node is surely true, or surely false, in one of some
// states: the one from which the run that shows it is shortest, else the first.
func (c *checker) explain(n *node, states []uint32, want bool) *evidence.Branch {
	b := &evidence.Branch{Expr: n.expr, Holds: want}
	for _, x := range c.names {
		if mentions(n.expr, x.local) {
			b.Bindings = append(b.Bindings, evidence.Binding{Local: x.local, Value: x.value})
		}
	}
	at := states[0]
	switch {
	case n.bind != nil && n.bind.kind == 0:
		c.explainLet(b, n.bind, at)
	case n.bind != nil:
		c.explainQuantifier(b, n.bind, at)
	case n.op >= ir.AG:
		at = c.explainRuns(b, n, states)
	default:
		c.explainConnective(b, n, at)
	}
	b.State = c.g.Values(at)
	return b
}

// part adds why a node is true or false after a step of the run of b.
func (c *checker) part(b *evidence.Branch, step int, n *node, at uint32, want bool) {
	b.Parts = append(b.Parts, evidence.Part{Step: step, Branch: c.explain(n, []uint32{at}, want)})
}

// is is the truth of a node in a state where it is known.
func (c *checker) is(n *node, at uint32) bool { return c.label(n).must.has(at) }

// sure reports whether a node surely is what is wanted in a state.
func (c *checker) sure(n *node, at uint32, want bool) bool { return c.holds(n, want).has(at) }

func (c *checker) explainConnective(b *evidence.Branch, n *node, at uint32) {
	switch n.op {
	case ir.Not:
		c.part(b, 0, n.args[0], at, !b.Holds)
	case ir.Iff:
		c.part(b, 0, n.args[0], at, c.is(n.args[0], at))
		c.part(b, 0, n.args[1], at, c.is(n.args[1], at))
	case choice:
		cond := c.is(n.args[0], at)
		c.part(b, 0, n.args[0], at, cond)
		if cond {
			c.part(b, 0, n.args[1], at, b.Holds)
		} else {
			c.part(b, 0, n.args[2], at, b.Holds)
		}
	case ir.And, ir.Or, ir.Implies:
		c.explainParts(b, n, at)
	}
}

// explainParts explains what one operand settles by that operand, the first
// there is, and everything else by all.
func (c *checker) explainParts(b *evidence.Branch, n *node, at uint32) {
	wants := make([]bool, len(n.args))
	for i := range n.args {
		wants[i] = b.Holds != (n.op == ir.Implies && i == 0)
		if one := b.Holds != (n.op == ir.And); one && c.sure(n.args[i], at, wants[i]) {
			c.part(b, 0, n.args[i], at, wants[i])
			return
		}
	}
	for i, a := range n.args {
		c.part(b, 0, a, at, wants[i])
	}
}

// mostValues is how many values of a quantifier are told.
const mostValues = 4

func (c *checker) explainQuantifier(b *evidence.Branch, x *binding, at uint32) {
	one, told := b.Holds == (x.kind == ir.Exists), 0
	for _, v := range c.values(x) {
		c.bind(x, v, func() {
			if told < mostValues && c.sure(x.body, at, b.Holds) {
				c.part(b, 0, x.body, at, b.Holds)
				told++
			}
		})
		if one && told > 0 {
			return
		}
	}
}

func (c *checker) explainLet(b *evidence.Branch, x *binding, at uint32) {
	c.at(at)
	w, _ := c.m.Eval(x.value, c.slots, nil)
	c.bind(x, x.rep.Decode(w), func() { c.part(b, 0, x.body, at, b.Holds) })
}

// explainRuns explains an operator on runs, and returns the state for which it
// does so.
func (c *checker) explainRuns(b *evidence.Branch, n *node, states []uint32) uint32 {
	p, at := n.args[0], states[0]
	switch op, some := n.op, b.Holds; op {
	case ir.EX, ir.AX:
		if some == (op == ir.EX) {
			return c.showRun(b, c.step(states, c.holds(p, some)), some, p)
		}
		b.Region = c.nextRegion(at)
	case ir.EF, ir.AG:
		if some == (op == ir.EF) {
			return c.showRun(b, c.path(states, c.all(), c.holds(p, some).has), some, p)
		}
		b.Region = c.region(at, c.all())
	case ir.EG, ir.AF:
		if some == (op == ir.EG) {
			return c.showLasso(b, c.lasso(states, c.holds(p, some)), some, p)
		}
		c.forced(b, at, c.holds(p, some).not(c.n), some, p)
	case ir.EU:
		q := n.args[1]
		if some {
			return c.showUntil(b, c.path(states, c.holds(p, true), c.holds(q, true).has), p, q)
		}
		c.forced(b, at, c.label(p).may.and(c.label(q).may.not(c.n)), false, p, q)
	case ir.AU:
		q := n.args[1]
		if !some {
			return c.failUntil(b, states, p, q)
		}
		c.forced(b, at, c.label(q).must.not(c.n), true, q)
	}
	return at
}

// showRun gives b a run and explains what is true or false at its end.
func (c *checker) showRun(b *evidence.Branch, r run, want bool, ns ...*node) uint32 {
	b.Trace = c.trace(r)
	b.Rests = b.Trace.Loop >= 0
	for _, n := range ns {
		c.part(b, len(b.Trace.Steps)-1, n, r.end(), want)
	}
	return r.start
}

// showUntil gives b a run through p to q.
func (c *checker) showUntil(b *evidence.Branch, r run, p, q *node) uint32 {
	start := c.showRun(b, r, true, q)
	if p.pred == nil && len(r.moves) > 0 {
		c.part(b, 0, p, start, true)
	}
	return start
}

// mostParts is of how many states of a loop it is told why they belong to it.
const mostParts = 4

// showLasso gives b a run that goes round for ever in states where p is what
// is wanted, and explains why it is, if that is about runs too.
func (c *checker) showLasso(b *evidence.Branch, l lasso, want bool, p *node) uint32 {
	b.Trace, b.Rests = c.lassoTrace(l)
	if p.pred != nil {
		return l.stem.start
	}
	at := l.stem.start
	c.part(b, 0, p, at, want)
	for i, mv := range append(l.stem.moves[:len(l.stem.moves):len(l.stem.moves)], l.loop...) {
		if i+1 < mostParts && i+1 < len(b.Trace.Steps) {
			c.part(b, i+1, p, mv.To, want)
		}
	}
	return at
}

// failUntil shows a run on which p ends before q, or q never comes.
func (c *checker) failUntil(b *evidence.Branch, states []uint32, p, q *node) uint32 {
	never := c.holds(q, false)
	goal := never.and(c.holds(p, false))
	if r := c.path(states, never, goal.has); r.found {
		return c.showRun(b, r, false, p, q)
	}
	return c.showLasso(b, c.lasso(states, never), false, q)
}

// forced explains what no single run shows: that every run from a state leaves
// some states, where ns all have another value than wanted. If the state is none
// of them it is explained by ns themselves.
func (c *checker) forced(b *evidence.Branch, at uint32, inside set, want bool, ns ...*node) {
	if inside.has(at) {
		b.Region = c.region(at, inside)
		return
	}
	for _, n := range ns {
		c.part(b, 0, n, at, want)
	}
}
