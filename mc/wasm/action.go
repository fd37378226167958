package wasm

import (
	"math/bits"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/mc/program"
)

// counters are where an action is counted, as numbers of 64-bit cells.
type counters struct {
	taken, enabled int
	// reached counts instances that come to the guard, those of static apart:
	// so many there are in every state.
	reached int
	static  uint64
	// passed counts instances that get past each conjunct; the last is -1 if
	// every one of these takes exactly one step.
	passed []int
}

// frame is what the code of one action is compiled with.
type frame struct {
	a      *ir.Action
	n      *counters
	guards []ir.Expr
	needs  []int    // how many parameters must be bound for each guard
	sizes  []uint64 // of domains that are the same in all states
	fixed  []bool
}

// inner is how many instances there are for each value of the parameters
// before j, if that is the same in all states.
func (f *frame) inner(j int) (uint64, bool) {
	n := uint64(1)
	for i := j; i < len(f.a.Params); i++ {
		if !f.fixed[i] {
			return 0, false
		}
		n *= f.sizes[i]
	}
	return n, true
}

// closed reports whether an expression reads no locals of its surroundings
// and, if asked, no state.
func closed(e ir.Expr, state bool) bool {
	own, ok := map[*ir.Local]bool{}, true
	ir.Walk(e, func(t ir.Tree) bool {
		switch t := t.(type) {
		case *ir.Bind:
			for _, b := range t.Binders {
				own[b.Local] = true
			}
			if t.Acc != nil {
				own[t.Acc] = true
			}
		case *ir.Let:
			own[t.Local] = true
		case *ir.LocalRef:
			ok = ok && own[t.Local]
		case *ir.VarRef, *ir.Call, *ir.ActionPred:
			ok = ok && state
		}
		return ok
	})
	return ok
}

func (c *compiler) frame(a *ir.Action, n *counters, v env) *frame {
	f := &frame{a: a, n: n, guards: ir.Conjuncts(a.Guard)}
	for _, g := range f.guards {
		f.needs = append(f.needs, f.need(g))
	}
	for _, p := range a.Params {
		fixed := closed(p.Domain, false)
		size := uint64(0)
		if fixed {
			for _, m := range c.domain(p.Domain, v) {
				fixed = fixed && m.in.known()
				size += m.in.k
			}
		}
		f.sizes, f.fixed = append(f.sizes, size), append(f.fixed, fixed)
	}
	return f
}

// need is how many parameters an expression needs.
func (f *frame) need(e ir.Expr) int {
	n := 0
	ir.Walk(e, func(t ir.Tree) bool {
		if l, ok := t.(*ir.LocalRef); ok {
			for i, p := range f.a.Params {
				if p.Local == l.Local {
					n = max(n, i+1)
				}
			}
		}
		return true
	})
	return n
}

// action compiles all instances of an action.
func (c *compiler) action(a *ir.Action, n *counters) {
	end := c.scope()
	v := env{words: c.source, old: c.source}
	f := c.frame(a, n, v)
	if all, ok := f.inner(0); ok {
		n.static = all
	} else {
		c.countReached(f, v)
	}
	c.way(v, func(v env) { c.level(f, 0, 0, v) })
	c.endAction(n)
	end()
}

// countReached counts instances of an action whose last domain that depends on
// the state does not depend on other parameters; see level for the rest.
func (c *compiler) countReached(f *frame, v env) {
	last := f.lastOpen()
	if !f.early(last) {
		return
	}
	n, _ := f.inner(last + 1)
	for i := range last {
		n *= f.sizes[i]
	}
	c.bump(f.n.reached, c.size64(c.domain(f.a.Params[last].Domain, v), n))
}

func (f *frame) lastOpen() int {
	last := len(f.a.Params) - 1
	for f.fixed[last] {
		last--
	}
	return last
}

func (f *frame) early(last int) bool {
	for i := range last {
		if !f.fixed[i] {
			return false
		}
	}
	return closed(f.a.Params[last].Domain, true)
}

// size64 is how many members there are, times n.
func (c *compiler) size64(list []member, n uint64) *node {
	sum, tested := number(0), uint64(0)
	var x *node
	for _, m := range list {
		if y, mask, v, ok := test(m.in); ok && mask == v && bits.OnesCount64(mask) == 1 && (x == nil || same(x, y)) && tested&mask == 0 {
			x, tested = y, tested|mask
			continue
		}
		sum = add(sum, extend(m.in))
	}
	if x != nil {
		sum = add(sum, count(and(x, constant(tested))))
	}
	return mul(sum, constant(n))
}

// level compiles the instances with values for the first j parameters, g
// conjuncts of whose guards are known to be true.
func (c *compiler) level(f *frame, j, g int, v env) {
	for n, ok := f.inner(j); ok && g < len(f.guards) && f.needs[g] <= j; g++ {
		if !c.unless(c.cond(f.guards[g], v), v.exit) {
			return
		}
		if f.n.passed[g] >= 0 {
			c.bump(f.n.passed[g], constant(n))
		}
	}
	if j == len(f.a.Params) {
		c.instance(f, v)
		return
	}
	list := c.domain(f.a.Params[j].Domain, v)
	if last := 0; !f.fixed[j] {
		last = f.lastOpen()
		if j == last && !f.early(last) {
			n, _ := f.inner(j + 1)
			c.bump(f.n.reached, c.size64(list, n))
		}
	}
	for _, m := range list {
		if m.in = c.know(m.in); m.in.is(0) {
			continue
		}
		c.way(v, func(v env) {
			if c.unless(m.in, v.exit) {
				v = v.bind(f.a.Params[j].Local, m.v)
				v.args = append(v.args[:j:j], m.v)
				c.level(f, j+1, g, v)
			}
		})
	}
}

// instance compiles the body with all parameters bound.
func (c *compiler) instance(f *frame, v env) {
	v.action = f.a
	c.run(f.a.Body, v, c.step)
}

func blocksOrChooses(body []ir.Stmt) bool {
	found := false
	ir.WalkBody(body, func(t ir.Tree) bool {
		switch t.(type) {
		case *ir.AwaitStmt, *ir.PickStmt, *ir.EitherStmt:
			found = true
		}
		return !found
	})
	return found
}

// bump adds to a counter, with the sign of the pass.
func (c *compiler) bump(cell int, n *node) {
	if n.is(0) {
		return
	}
	at := uint64(counterAt + 8*cell)
	c.get(c.zero)
	c.get(c.zero)
	c.op(opLoad64, 3)
	c.uint(at)
	c.get(c.sign)
	if !n.is(1) {
		c.push(n)
		c.op(opMul)
	}
	c.op(opAdd, opStore64, 3)
	c.uint(at)
}

// endAction counts the steps of an action.
func (c *compiler) endAction(n *counters) {
	c.get(c.made)
	c.get(c.before)
	c.op(opNe)
	c.open(opIf)
	steps := sub(&node{op: opLocal, k: c.made, cost: 1}, &node{op: opLocal, k: c.before, cost: 1})
	c.bump(n.taken, steps)
	c.bump(n.enabled, constant(1))
	c.get(c.made)
	c.set(c.before)
	c.end()
}

// step ends a way through an action: it looks at alarms and writes the
// successor, unless it is the source.
func (c *compiler) step(v env) {
	c.sites++
	after := env{words: v.words, old: c.source, action: v.action, args: v.args}
	c.alarms(after)
	same := truth(true)
	for i, w := range v.words {
		same = both(same, c.unchanged(w, c.source[i]))
	}
	if same = c.know(same); !same.is(1) {
		if same.known() {
			c.emit(after)
		} else {
			end := c.scope()
			out := c.open(opBlock)
			c.when(same, out)
			c.emit(after)
			c.end()
			end()
		}
	}
	c.get(c.made)
	c.const64(1)
	c.op(opAdd)
	c.set(c.made)
}

// unchanged is whether a new word is the old one: only the bits that were
// written are compared.
func (c *compiler) unchanged(w, old *node) *node {
	if w == old {
		return truth(true)
	}
	written, kept := constant(0), ^uint64(0)
	for n := w; ; n = n.a {
		switch {
		case n.op == opOr:
			written = or(n.b, written)
			continue
		case n.op == opAnd && n.b.known() && same(n.a, old):
			kept = n.b.k
		case same(n, old):
		default:
			return eq(w, old)
		}
		break
	}
	fixed := constant(0)
	if written.known() {
		fixed = written
	} else if written.op == opOr && written.b.known() {
		fixed = written.b
	}
	free := written.bits &^ fixed.k
	for _, f := range c.facts { // a constant over another constant
		if f.local == old.k && (f.c^fixed.k)&f.m&^kept&^free != 0 {
			return truth(false)
		}
	}
	if kept&written.bits != 0 {
		return eq(w, old)
	}
	return eq(and(old, constant(^kept)), written)
}

// alarms leaves the source to a Machine if an alarm about the step goes off.
func (c *compiler) alarms(v env) {
	for i, a := range c.watch.Steps {
		end := c.scope()
		off := c.open(opBlock)
		c.get(c.armed)
		c.const64(int64(uint64(1) << i))
		c.op(opAnd, opEqz64)
		c.leave(opBrIf, off)
		bad := c.cond(a.Pred.Expr, v)
		if !a.When {
			bad = not(bad)
		}
		c.when(bad, c.redo)
		c.end()
		end()
	}
}

// emit writes a successor and where it comes from.
func (c *compiler) emit(v env) {
	meta := c.cut(v)
	for i := len(v.words) - 1; i >= 0; i-- {
		c.get(c.out)
		c.push(v.words[i])
		c.op(opStore64, 3)
		c.uint(uint64(8 * i))
	}
	c.get(c.meta)
	c.get(c.from)
	if v.action.Index != 0 {
		c.const32(int64(v.action.Index))
		c.op(opOr32)
	}
	if !meta.is(0) {
		c.push(meta)
		c.const32(31)
		c.op(opShl32, opOr32)
	}
	c.op(opStore32, 2)
	c.uint(0)
	c.advance(c.out, 8*len(v.words))
	c.advance(c.meta, 4)
}

func (c *compiler) advance(l uint64, n int) {
	c.get(l)
	c.const32(int64(n))
	c.op(opAdd32)
	c.set(l)
}

// cut is whether a bound is not kept.
func (c *compiler) cut(v env) *node {
	all := truth(true)
	inside := env{words: v.words}
	for _, p := range c.watch.Bounds {
		all = c.lazy(all, func() *node { return c.cond(p.Expr, inside) })
	}
	return not(all)
}

// states compiles the look at state alarms.
func (c *compiler) states(alarms []program.Alarm, acc uint64) {
	for i, a := range alarms {
		end := c.scope()
		past := c.open(opBlock)
		c.redo = c.open(opBlock)
		bad := c.cond(a.Pred.Expr, env{words: c.source})
		if !a.When {
			bad = not(bad)
		}
		c.unless(bad, past)
		c.end()
		c.get(acc)
		c.const64(int64(uint64(1) << i))
		c.op(opOr)
		c.set(acc)
		c.end()
		end()
	}
}
