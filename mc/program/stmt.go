package program

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/mc/word"
)

// flow is how a statement ends.
type flow int

const (
	goesOn   flow = iota
	returned      // with m.result
	stopped       // it failed, or an await blocks
)

// exec runs a statement that has one way through.
type exec = func(*Machine) flow

// chooses reports whether a body may have several ways through.
func chooses(body []ir.Stmt) bool {
	found := false
	ir.WalkBody(body, func(t ir.Tree) bool {
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

// direct compiles a body without choices.
func (c *Compiler) direct(body []ir.Stmt) exec {
	var list []exec
	for _, s := range body {
		list = append(list, c.directStmt(s))
	}
	switch len(list) {
	case 0:
		return func(*Machine) flow { return goesOn }
	case 1:
		return list[0]
	}
	return func(m *Machine) flow {
		for _, f := range list {
			if end := f(m); end != goesOn {
				return end
			}
		}
		return goesOn
	}
}

// checked ends a statement that has evaluated something.
func (m *Machine) checked() flow {
	if m.failed {
		return stopped
	}
	return goesOn
}

func (c *Compiler) directStmt(s ir.Stmt) exec {
	switch s := s.(type) {
	case *ir.Assign:
		return c.assign(s)
	case *ir.Declare:
		f, reg := c.expr(s.Value).run, c.Register(s.Local)
		return func(m *Machine) flow {
			m.reg[reg] = f(m)
			return m.checked()
		}
	case *ir.IfStmt:
		cond, then, els := c.cond(s.Cond), c.direct(s.Then), c.direct(s.Else)
		return func(m *Machine) flow {
			ok := cond(m)
			switch {
			case m.failed:
				return stopped
			case ok:
				return then(m)
			}
			return els(m)
		}
	case *ir.ForStmt:
		return c.directFor(s)
	case *ir.WhileStmt:
		cond, body, sp := c.cond(s.Cond), c.direct(s.Body), s.Loc
		return func(m *Machine) flow {
			for {
				ok := cond(m)
				if m.failed || !ok {
					return m.checked()
				}
				if m.step(sp); m.failed {
					return stopped
				}
				if end := body(m); end != goesOn {
					return end
				}
			}
		}
	case *ir.AssertStmt:
		cond := c.cond(s.Cond)
		return func(m *Machine) flow {
			if !cond(m) && !m.failed {
				m.fail(eval.AssertFailed, s.Loc)
				m.failure.Assert = s
			}
			return m.checked()
		}
	case *ir.AwaitStmt:
		cond := c.cond(s.Cond)
		return func(m *Machine) flow {
			if !cond(m) {
				return stopped
			}
			return m.checked()
		}
	case *ir.ReturnStmt:
		f := c.expr(s.Value).run
		return func(m *Machine) flow {
			m.result = f(m)
			if m.failed {
				return stopped
			}
			return returned
		}
	}
	return func(m *Machine) flow {
		m.fail(eval.IllFormed, s.Span())
		return stopped
	}
}

func (c *Compiler) directFor(s *ir.ForStmt) exec {
	reg, end := c.Register(s.Local), c.fresh()
	all, body := c.domain(s.Domain, reg), c.direct(s.Body)
	visit := func(m *Machine) bool {
		f := body(m)
		m.reg[end] = uint64(f)
		return f == goesOn
	}
	return func(m *Machine) flow {
		m.reg[end] = uint64(goesOn)
		all(m, visit)
		if m.failed {
			return stopped
		}
		return flow(m.reg[end])
	}
}

// target is a compiled place to assign: slots of a variable, or a register,
// and the way from there to the part that changes.
type target struct {
	ref  ref
	reg  int // of a local, else -1
	path []accessor
}

// accessor selects a part of a word.
type accessor struct {
	rep   *word.Rep // of the whole
	field int
	key   int // register of the key, or -1 for a field
}

func (c *Compiler) assign(s *ir.Assign) exec {
	t, keys := c.target(s.Target)
	value, sp := c.expr(s.Value).run, s.Target.Span
	evaluate := func(m *Machine) (uint64, bool) {
		for i := range keys {
			m.reg[keys[i].reg] = keys[i].run(m)
		}
		v := value(m)
		return v, !m.failed
	}
	switch {
	case t.reg >= 0:
		return func(m *Machine) flow {
			if v, ok := evaluate(m); ok {
				m.reg[t.reg] = m.update(t.path, m.reg[t.reg], v, sp)
			}
			return m.checked()
		}
	case len(t.path) == 0 && len(keys) == 0 && t.ref.shape.leaf():
		slot := t.ref.base
		return func(m *Machine) flow {
			v := value(m)
			if m.failed {
				return stopped // what the statement before left is what the trace shows
			}
			m.work[slot] = v
			return goesOn
		}
	case len(t.path) == 1 && len(keys) == 1 && len(t.ref.keys) == 0 && t.path[0].rep.Type.Kind == ir.FuncKind && t.path[0].rep.Form == word.Packed:
		return putPacked(t.ref.base, t.path[0].rep, keys[0].run, value)
	}
	start, shape := t.ref.start(), t.ref.shape
	return func(m *Machine) flow {
		v, ok := evaluate(m)
		if !ok {
			return stopped
		}
		at := start(m)
		if len(t.path) == 0 {
			shape.scatter(m.work[at:], v)
		} else {
			m.work[at] = m.update(t.path, m.work[at], v, sp)
		}
		return m.checked()
	}
}

// putPacked compiles f[k] = v for a total function in one slot.
func putPacked(slot int, rep *word.Rep, key, value run) exec {
	u := rep.Keys
	if u.Len() == 0 {
		return func(m *Machine) flow {
			key(m)
			value(m)
			return m.checked()
		}
	}
	p := rep.At(0)
	top, bits, mask, dense := p.Shift, rep.Elem.Bits, p.Mask, u.Dense()
	return func(m *Machine) flow {
		k := key(m)
		v := value(m)
		if m.failed {
			return stopped
		}
		if !dense {
			k = uint64(u.Rank(k))
		}
		shift := top - int(k)*bits
		m.work[slot] = m.work[slot]&^(mask<<shift) | v<<shift
		return goesOn
	}
}

type keyed struct {
	reg int
	run run
}

// target compiles a target and, in order, the keys on its path.
func (c *Compiler) target(t ir.Target) (target, []keyed) {
	var keys []keyed
	out := target{reg: -1}
	rep := c.reps.Of(t.Root())
	if t.Var != nil {
		out.ref = ref{base: c.prog.Layout.starts[t.Var.Index], shape: c.prog.Layout.vars[t.Var.Index], span: t.Span}
	} else {
		out.reg = c.Register(t.Local)
	}
	inSlots := t.Var != nil
	for _, a := range t.Path {
		inSlots = inSlots && !out.ref.shape.leaf()
		next := accessor{rep: rep, field: a.Field, key: -1}
		if a.Index != nil {
			next.key = c.fresh()
			keys = append(keys, keyed{next.key, c.expr(a.Index).run})
			rep = rep.Elem
		} else {
			rep = rep.Fields[a.Field].Rep
		}
		switch {
		case inSlots && a.Index == nil:
			out.ref = out.ref.field(a.Field)
		case inSlots:
			reg := next.key
			out.ref = out.ref.at(code{run: func(m *Machine) uint64 { return m.reg[reg] }})
		default:
			out.path = append(out.path, next)
		}
	}
	return out, keys
}

// update returns old with v at the end of the path.
func (m *Machine) update(path []accessor, old, v uint64, sp source.Span) uint64 {
	if len(path) == 0 {
		return v
	}
	a := path[0]
	if a.key < 0 {
		p := a.rep.Fields[a.field]
		inner := m.update(path[1:], a.rep.Part(old, p), v, sp)
		if m.failed {
			return old
		}
		return m.putField(a.rep, p, old, inner)
	}
	key := m.reg[a.key]
	if len(path) > 1 {
		inner := m.at(a.rep, old, key, 0, sp)
		if m.failed {
			return old
		}
		v = m.update(path[1:], inner, v, sp)
		if m.failed {
			return old
		}
	}
	return m.put(a.rep, old, key, v, sp)
}
