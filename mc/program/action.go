package program

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/mc/word"
)

// action is a compiled action.
type action struct {
	index  int
	params []param
	guards []test // conjuncts, in order
	body   step
	// from are the instances where so many of the first parameters are bound.
	from []test
}

type param struct {
	reg    int
	rep    *word.Rep
	domain each
	member test // whether the register is in the domain
}

// declare gives the parameters of an action their registers, so that
// expressions can refer to the action before it is compiled.
func (c *Compiler) declare(i int, a *ir.Action) *action {
	out := &action{index: i}
	for _, p := range a.Params {
		out.params = append(out.params, param{reg: c.Register(p.Local), rep: c.reps.Of(p.Local.Type)})
	}
	return out
}

func (c *Compiler) action(out *action, a *ir.Action) {
	for i, p := range a.Params {
		q := &out.params[i]
		q.domain = c.domain(p.Domain, q.reg)
		in := &ir.Apply{Node: ir.Node{T: c.prog.Sys.Types.Bool(), Loc: p.Domain.Span()}, Op: ir.In,
			Args: []ir.Expr{&ir.LocalRef{Node: ir.Node{T: p.Local.Type, Loc: p.Local.Span}, Local: p.Local}, p.Domain}}
		q.member = c.cond(in)
	}
	for _, g := range ir.Conjuncts(a.Guard) {
		out.guards = append(out.guards, c.cond(g))
	}
	k := keeper{lo: c.prog.regs}
	out.body = c.body(a.Body, finish, &k)
	k.end(c, a.Body)
	out.from = out.instances()
}

// instances chains the loops over the parameters.
func (a *action) instances() []test {
	inner := func(m *Machine) bool {
		m.fire(a)
		return true
	}
	from := make([]test, len(a.params)+1)
	from[len(a.params)] = inner
	for i, p := range slices.Backward(a.params) {
		all, next := p.domain, inner
		inner = func(m *Machine) bool {
			all(m, next)
			m.missed(i)
			return true
		}
		from[i] = inner
	}
	return from
}

// missed reports a failure in a domain or guard, which is an outcome.
// So many parameters have a value.
func (m *Machine) missed(bound int) {
	if m.failed {
		m.early, m.bound = true, bound
		m.emit(m)
		m.failed, m.early = false, false
	}
}

// fire tries the instance whose parameters are bound.
func (m *Machine) fire(a *action) {
	m.steps, m.ways, m.bound = 0, 0, len(a.params)
	for i, g := range a.guards {
		if !g(m) {
			if m.failed {
				m.missed(len(a.params))
			} else {
				m.counts[a.index].Blocked[i] += m.weight
			}
			return
		}
		if m.failed {
			m.missed(len(a.params))
			return
		}
	}
	m.counts[a.index].Passed = true
	copy(m.work, m.from)
	m.cur = m.work
	a.body(m)
	m.cur = m.from
}

// tryAll computes the outcomes of an action in state m.from.
func (m *Machine) tryAll(a *action) {
	m.action, m.cur, m.old = a.index, m.from, m.from
	m.tmp = m.tmp[:0]
	m.failed = false
	a.from[0](m)
}

// tryWith computes the outcomes of an action with given arguments, none if
// they are outside their domains. The parameters beyond them take all values.
func (m *Machine) tryWith(a *action, args []uint64) {
	m.action, m.cur, m.old = a.index, m.from, m.from
	m.tmp = m.tmp[:0]
	m.failed = false
	m.steps = 0
	for i := range args {
		p := &a.params[i]
		m.reg[p.reg] = args[i]
		ok := p.member(m)
		if m.failed {
			m.missed(i)
			return
		}
		if !ok {
			return
		}
	}
	a.from[len(args)](m)
}

// Initial emits the outcomes of the initial statements, in order.
func (m *Machine) Initial(emit func(*Machine)) {
	m.emit, m.action = emit, -1
	m.cur, m.old = m.work, nil
	m.tmp = m.tmp[:0]
	m.failed, m.steps, m.ways = false, 0, 0
	copy(m.work, m.prog.Layout.blank)
	m.prog.init(m)
}

// Successors emits the outcomes of all actions in the state with the given
// key: actions in order, parameters in canonical order, choices in order.
// In emit, State is the state that the step led to, and what emit does to the
// Machine is at most Test.
func (m *Machine) Successors(key []uint64, emit func(*Machine)) {
	m.emit = emit
	m.depth = 0
	m.key = key
	m.prog.Layout.Unpack(m.from, key)
	for _, a := range m.prog.actions {
		m.tryAll(a)
	}
}

// Step emits the outcomes of one action with the given arguments.
func (m *Machine) Step(key []uint64, index int, args []uint64, emit func(*Machine)) {
	m.emit = emit
	m.depth = 0
	m.prog.Layout.Unpack(m.from, key)
	m.tryWith(m.prog.actions[index], args)
}

// From returns the slots of the state whose successors are computed.
func (m *Machine) From() []uint64 { return m.from }

func (p *Program) spanOf(action int) source.Span {
	if action < 0 {
		return p.Sys.Span
	}
	return p.Sys.Actions[action].Span
}
