package wasm

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
)

// chooses reports whether a statement may have several ways through.
func chooses(s ir.Stmt) bool {
	found := false
	ir.Walk(s, func(t ir.Tree) bool {
		switch t.(type) {
		case *ir.PickStmt, *ir.EitherStmt:
			found = true
		case ir.Expr:
			return false
		}
		return !found
	})
	return found
}

// run compiles statements so that each way through them ends in next.
func (c *compiler) run(stmts []ir.Stmt, v env, next func(env)) {
	for i, s := range stmts {
		// What comes after a conditional at the end is short: written twice, it
		// knows which words have changed.
		_, last := s.(*ir.IfStmt)
		if last = last && i == len(stmts)-1; last || chooses(s) {
			c.choice(s, v, func(v env) { c.run(stmts[i+1:], v, next) })
			return
		}
		var on bool
		if v, on = c.direct(s, v); !on {
			return
		}
	}
	next(v)
}

// choice compiles a statement that may choose.
func (c *compiler) choice(s ir.Stmt, v env, next func(env)) {
	switch s := s.(type) {
	case *ir.IfStmt:
		c.fork(c.cond(s.Cond, v), func() { c.run(s.Then, v, next) }, func() { c.run(s.Else, v, next) })
	case *ir.EitherStmt:
		for _, b := range s.Branches {
			c.way(v, func(v env) { c.run(b, v, next) })
		}
	case *ir.PickStmt:
		for _, m := range c.domain(s.Domain, v) {
			c.way(v, func(v env) {
				if !c.unless(m.in, v.exit) {
					return
				}
				v = v.bind(s.Local, m.v)
				if s.Where == nil || c.unless(c.cond(s.Where, v), v.exit) {
					next(v)
				}
			})
		}
	case *ir.ForStmt:
		c.choiceFor(s, c.domain(s.Domain, v), v, next)
	default:
		unsupported(s.Span(), "a loop of unknown length that chooses is not compiled")
	}
}

// way compiles one way of several: what blocks in it ends only it.
func (c *compiler) way(v env, f func(env)) {
	end := c.scope()
	start := len(c.buf)
	v.exit = c.open(opBlock)
	empty := len(c.buf)
	f(v)
	c.end()
	if body := c.buf[empty : len(c.buf)-1]; len(body) == 0 || len(body) == 2 && body[0] == opBr && body[1] == 0 {
		c.buf = c.buf[:start]
	}
	end()
}

// fork compiles two ways of which a condition takes one.
func (c *compiler) fork(cond *node, then, els func()) {
	if cond.known() {
		if cond.k != 0 {
			then()
		} else {
			els()
		}
		return
	}
	c.push(cond)
	c.open(opIf)
	end := c.scope()
	c.assume(cond)
	then()
	end()
	c.op(opElse)
	end = c.scope()
	c.assume(not(cond))
	els()
	end()
	c.end()
}

func (c *compiler) choiceFor(s *ir.ForStmt, list []member, v env, next func(env)) {
	if len(list) == 0 {
		next(v)
		return
	}
	rest := func(v env) { c.choiceFor(s, list[1:], v, next) }
	c.fork(c.know(list[0].in), func() { c.run(s.Body, v.bind(s.Local, list[0].v), rest) }, func() { rest(v) })
}

// direct compiles a statement with one way through. It reports false if
// nothing comes after it.
func (c *compiler) direct(s ir.Stmt, v env) (env, bool) {
	switch s := s.(type) {
	case *ir.Assign:
		return c.assign(s, v), true
	case *ir.Declare:
		return v.bind(s.Local, c.kept(c.expr(s.Value, v))), true
	case *ir.IfStmt:
		return c.directIf(c.cond(s.Cond, v), v, func() (env, bool) { return c.directs(s.Then, v) },
			func() (env, bool) { return c.directs(s.Else, v) }, s.Loc)
	case *ir.ForStmt:
		return c.directFor(s, v)
	case *ir.WhileStmt:
		return c.while(s, v), true
	case *ir.AssertStmt:
		c.demand(c.cond(s.Cond, v))
		return v, true
	case *ir.AwaitStmt:
		return v, c.unless(c.cond(s.Cond, v), v.exit)
	}
	unsupported(s.Span(), "this statement is not compiled")
	return v, true
}

func (c *compiler) directs(stmts []ir.Stmt, v env) (env, bool) {
	for _, s := range stmts {
		var on bool
		if v, on = c.direct(s, v); !on {
			return v, false
		}
	}
	return v, true
}

func (c *compiler) directFor(s *ir.ForStmt, v env) (env, bool) {
	on := true
	for _, m := range c.domain(s.Domain, v) {
		before := v
		v, on = c.directIf(c.know(m.in), v, func() (env, bool) { return c.directs(s.Body, before.bind(s.Local, m.v)) },
			func() (env, bool) { return before, true }, s.Loc)
		if !on {
			break
		}
	}
	return v, on
}

// directIf compiles a conditional and joins what its branches leave.
func (c *compiler) directIf(cond *node, v env, then, els func() (env, bool), sp source.Span) (env, bool) {
	if cond.known() {
		if cond.k != 0 {
			return then()
		}
		return els()
	}
	kept := c.keep(cond)
	var a, b env
	var first, second bool
	x := c.aside(cond, func() { a, first = then() })
	y := c.aside(not(cond), func() { b, second = els() })
	c.guarded(kept, x, y)
	switch {
	case !first:
		return c.forget(b, v), second
	case !second:
		return c.forget(a, v), true
	}
	return c.join(kept, a, b, v, sp), true
}

// forget drops the names that a branch has bound itself.
func (c *compiler) forget(a, v env) env {
	out := v
	out.words = a.words
	for _, l := range changed(a, v) {
		x, _ := a.lookUp(l)
		out = out.bind(l, x)
	}
	return out
}

// join merges what two branches leave.
func (c *compiler) join(cond *node, a, b, v env, sp source.Span) env {
	out := v
	out.words = slices.Clone(v.words)
	for i := range out.words {
		if !same(a.words[i], b.words[i]) {
			out.words[i] = c.store(choose(cond, c.keep(a.words[i]), c.keep(b.words[i])))
		} else {
			out.words[i] = a.words[i]
		}
	}
	for _, l := range append(changed(a, v), changed(b, v)...) {
		x, _ := a.lookUp(l)
		y, _ := b.lookUp(l)
		out = out.bind(l, c.kept(c.choose(cond, x, y, sp)))
	}
	return out
}

// changed lists the locals of v that a has bound anew.
func changed(a, v env) []*ir.Local {
	var out []*ir.Local
	for _, b := range a.locals[len(v.locals):] {
		if _, ok := v.lookUp(b.local); ok && !slices.Contains(out, b.local) {
			out = append(out, b.local)
		}
	}
	return out
}

func (c *compiler) assign(s *ir.Assign, v env) env {
	t := s.Target
	keys := make([]value, len(t.Path))
	for i, a := range t.Path {
		if a.Index != nil {
			keys[i] = c.kept(c.expr(a.Index, v))
		}
	}
	x := c.kept(c.expr(s.Value, v))
	if t.Var == nil {
		old, _ := v.lookUp(t.Local)
		return v.bind(t.Local, c.kept(c.update(old, t.Path, keys, x, t.Span)))
	}
	place, typ, i := c.layout.Place(t.Var.Index), t.Var.Type, 0
	for ; i < len(t.Path) && !place.Leaf(); i++ {
		if t.Path[i].Index == nil {
			place, typ = place.Field(t.Path[i].Field), typ.Fields[t.Path[i].Field].Type
			continue
		}
		rank := c.rankOf(place.Rep(), keys[i], t.Span)
		if !rank.known() {
			break
		}
		place, typ = place.At(int(rank.k)), typ.Elem
	}
	words := slices.Clone(v.words)
	if i < len(t.Path) {
		x = c.update(c.read(typ, place, v.words), t.Path[i:], keys[i:], x, t.Span)
	}
	c.write(words, place, x, s.Loc)
	v.words = words
	return v
}

// update returns old with x at the end of a path.
func (c *compiler) update(old value, path []ir.Access, keys []value, x value, sp source.Span) value {
	if len(path) == 0 {
		return x
	}
	if path[0].Index == nil {
		i := path[0].Field
		return c.withField(old, i, c.update(c.field(old, i), path[1:], keys[1:], x, sp), sp)
	}
	if len(path) > 1 {
		x = c.update(c.lookUp(old, keys[0], sp), path[1:], keys[1:], x, sp)
	}
	return c.change(old, keys[0], x, sp)
}

// maxLoops is how many iterations one source may need; beyond, a Machine has
// to look.
const maxLoops = 1000

// while compiles a loop: what its body changes stands in locals of its own.
func (c *compiler) while(s *ir.WhileStmt, v env) env {
	c.loops++
	locals, state := assigned(s.Body, v)
	var cells []uint64
	cell := func(n *node) *node {
		l := c.fresh(false)
		c.push(n)
		c.set(l)
		cells = append(cells, l)
		return &node{op: opLocal, k: l, cost: 1}
	}
	if state {
		v.words = slices.Clone(v.words)
		for i, w := range v.words {
			v.words[i] = cell(w).word(mask(64))
		}
	}
	for _, l := range locals {
		x, _ := v.lookUp(l)
		if packed(c.rep(l.Type)) {
			v = v.bind(l, c.unpack(l.Type, cell(c.pack(x, s.Loc)).word(mask(c.rep(l.Type).Bits))))
		} else {
			if !l.Type.IsNumeric() {
				unsupported(s.Loc, "%s has no fixed size", l.Type)
			}
			v = v.bind(l, value{t: l.Type, x: cell(x.x).word(mask(64))})
		}
	}
	out := c.open(opBlock)
	again := c.open(opLoop)
	end := c.scope()
	if c.unless(c.cond(s.Cond, v), out) {
		c.countLoop()
		if after, on := c.directs(s.Body, v); on {
			if state {
				for _, w := range after.words {
					c.push(w)
				}
			}
			for _, l := range locals {
				x, _ := after.lookUp(l)
				if packed(c.rep(l.Type)) {
					c.push(c.pack(x, s.Loc))
				} else {
					c.push(x.x)
				}
			}
			for _, l := range slices.Backward(cells) {
				c.set(l)
			}
			c.leave(opBr, again)
		}
	}
	end()
	c.end()
	c.end()
	return v
}

// countLoop counts an iteration.
func (c *compiler) countLoop() {
	c.get(c.steps)
	c.const32(1)
	c.op(opAdd32)
	c.set(c.steps)
	c.get(c.steps)
	c.const32(maxLoops)
	c.op(opGeU32)
	c.leave(opBrIf, c.redo)
}

// assigned lists the locals of v that a body changes, and whether it changes
// the state.
func assigned(body []ir.Stmt, v env) (locals []*ir.Local, state bool) {
	ir.WalkBody(body, func(t ir.Tree) bool {
		if a, ok := t.(*ir.Assign); ok {
			if a.Target.Var != nil {
				state = true
			} else if _, ok := v.lookUp(a.Target.Local); ok && !slices.Contains(locals, a.Target.Local) {
				locals = append(locals, a.Target.Local)
			}
		}
		return true
	})
	return locals, state
}
