package program

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
)

// body compiles statements so that each way through them ends in next, with
// choices in order, the first varying slowest. The keeper is that of the
// whole body.
func (c *Compiler) body(stmts []ir.Stmt, next step, k *keeper) step {
	for len(stmts) > 0 {
		n := len(stmts)
		for n > 0 && !chooses(stmts[n-1:n]) {
			n--
		}
		if n < len(stmts) {
			next = then(c.direct(stmts[n:]), next)
			stmts = stmts[:n]
			continue
		}
		next = c.choice(stmts[n-1], next, k)
		stmts = stmts[:n-1]
	}
	return next
}

// then runs next after what has one way through. A failure ends the way.
func then(f exec, next step) step {
	return func(m *Machine) {
		if f(m) == goesOn {
			next(m)
		} else if m.failed {
			finish(m)
		}
	}
}

// finish ends a way through a body.
func finish(m *Machine) {
	if m.ways++; m.ways > ir.MaxElems {
		m.fail(eval.TooLarge, m.prog.spanOf(m.action))
	}
	m.emit(m)
	m.failed = false
}

// choice compiles a statement that may choose.
func (c *Compiler) choice(s ir.Stmt, next step, k *keeper) step {
	switch s := s.(type) {
	case *ir.IfStmt:
		cond, then, els := c.cond(s.Cond), c.body(s.Then, next, k), c.body(s.Else, next, k)
		return func(m *Machine) {
			ok := cond(m)
			switch {
			case m.failed:
				finish(m)
			case ok:
				then(m)
			default:
				els(m)
			}
		}
	case *ir.EitherStmt:
		var branches []step
		for _, b := range s.Branches {
			branches = append(branches, c.body(b, next, k))
		}
		return func(m *Machine) {
			at := m.save(k)
			for _, b := range branches {
				m.restore(at, k)
				b(m)
			}
			m.tmp = m.tmp[:at]
		}
	case *ir.PickStmt:
		return c.pick(s, next, k)
	case *ir.ForStmt:
		return c.choiceFor(s, next, k)
	case *ir.WhileStmt:
		return c.choiceWhile(s, next, k)
	}
	return then(c.directStmt(s), next)
}

// keeper says which registers a body may change: those from lo to hi, which
// came up while it was compiled, and the names that it binds.
type keeper struct {
	lo, hi int
	bound  []int
}

// end ends the compilation of body.
func (k *keeper) end(c *Compiler, body []ir.Stmt) {
	k.hi = c.prog.regs
	ir.WalkBody(body, func(t ir.Tree) bool {
		var l *ir.Local
		switch t := t.(type) {
		case *ir.Declare:
			l = t.Local
		case *ir.PickStmt:
			l = t.Local
		case *ir.ForStmt:
			l = t.Local
		}
		if l != nil && c.Register(l) < k.lo {
			k.bound = append(k.bound, c.Register(l))
		}
		return true
	})
}

// save puts what a body may change on the stack.
func (m *Machine) save(k *keeper) int {
	at := m.push(m.work...)
	m.push(m.reg[k.lo:k.hi]...)
	for _, r := range k.bound {
		m.push(m.reg[r])
	}
	return at
}

func (m *Machine) restore(at int, k *keeper) {
	at += copy(m.work, m.tmp[at:])
	at += copy(m.reg[k.lo:k.hi], m.tmp[at:])
	for i, r := range k.bound {
		m.reg[r] = m.tmp[at+i]
	}
}

func (c *Compiler) pick(s *ir.PickStmt, next step, k *keeper) step {
	reg := c.Register(s.Local)
	all := c.domain(s.Domain, reg)
	var where test
	if s.Where != nil {
		where = c.cond(s.Where)
	}
	visit := func(m *Machine) bool {
		at, picked := m.snapshot, m.reg[reg]
		m.restore(at, k)
		m.reg[reg] = picked
		ok := where == nil || where(m)
		switch {
		case m.failed:
			finish(m)
		case ok:
			next(m)
			m.snapshot = at
		}
		return true
	}
	return func(m *Machine) {
		outer := m.snapshot
		m.snapshot = m.save(k)
		at := m.snapshot
		all(m, visit)
		if m.failed {
			finish(m)
		}
		m.tmp = m.tmp[:at]
		m.snapshot = outer
	}
}

// choiceFor compiles a loop whose body chooses: the elements stay on the
// stack, and each way through the body goes on with the next element.
func (c *Compiler) choiceFor(s *ir.ForStmt, next step, k *keeper) step {
	reg, at, end := c.Register(s.Local), c.fresh(), c.fresh()
	all := c.domain(s.Domain, reg)
	var body step
	advance := func(m *Machine) {
		if m.reg[at] == m.reg[end] {
			next(m)
			return
		}
		m.reg[reg] = m.tmp[m.reg[at]]
		m.reg[at]++
		body(m)
	}
	body = c.body(s.Body, advance, k)
	list := func(m *Machine) bool {
		m.push(m.reg[reg])
		return true
	}
	return func(m *Machine) {
		base := len(m.tmp)
		all(m, list)
		if m.failed {
			finish(m)
		} else {
			m.reg[at], m.reg[end] = uint64(base), uint64(len(m.tmp))
			advance(m)
		}
		m.tmp = m.tmp[:base]
	}
}

func (c *Compiler) choiceWhile(s *ir.WhileStmt, next step, k *keeper) step {
	cond, sp := c.cond(s.Cond), s.Loc
	var body step
	again := func(m *Machine) {
		ok := cond(m)
		if ok {
			m.step(sp)
		}
		switch {
		case m.failed:
			finish(m)
		case ok:
			body(m)
		default:
			next(m)
		}
	}
	body = c.body(s.Body, again, k)
	return again
}
