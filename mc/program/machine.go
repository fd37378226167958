package program

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/mc/word"
)

// Failure is why an evaluation has no value. Kinds and places are those of
// the judge.
type Failure struct {
	Kind   eval.ErrorKind
	Span   source.Span
	Assert *ir.AssertStmt // the failed assertion with eval.AssertFailed
}

// Machine runs a Program. Each goroutine needs one of its own.
//
// An expression that fails goes on with some value of its type; the first
// failure is kept in the Machine and whoever needs the value looks there. So
// that this ends, calls, loops and binders do nothing after a failure.
type Machine struct {
	prog *Program
	pool *word.Pool

	cur []uint64 // slots of the state that expressions read
	old []uint64 // slots of the state before the step, or nil

	key    []uint64 // of the state whose successors are computed
	from   []uint64 // its slots
	work   []uint64 // slots that bodies write
	reg    []uint64 // locals, and what binders keep
	tmp    []uint64 // a stack of words
	result uint64   // of the function that returned last

	failed  bool
	failure Failure
	steps   int // loop iterations and calls of this instance
	depth   int // of calls
	ways    int // outcomes of this instance

	snapshot int  // where the innermost choice kept what it changes, in tmp
	early    bool // the failure stands in a domain or guard
	action   int
	bound    int // how many of its parameters have a value
	emit     func(*Machine)
	counts   []Count
	weight   uint64   // of what is counted: 1, or -1 to take it back
	sub      *Machine // for enabled(A)
}

// Count is how often an action was tried. Blocked counts instances that
// stopped at each conjunct of the guard; Passed is whether some instance got
// past all of them. Taken and Enabled are counted by a Stepper: steps that did
// not fail, and states in which there was an outcome.
type Count struct {
	Blocked        []uint64
	Passed         bool
	Taken, Enabled uint64
}

// NewMachine returns a Machine at no state.
func (p *Program) NewMachine() *Machine {
	n := len(p.Layout.Slots) + 1
	m := &Machine{prog: p, pool: p.Pool, from: make([]uint64, n), work: make([]uint64, n), reg: make([]uint64, p.regs+1), weight: 1}
	m.counts = make([]Count, len(p.Sys.Actions))
	for i, a := range p.actions {
		m.counts[i].Blocked = make([]uint64, len(a.guards))
	}
	m.cur = m.work
	return m
}

// Counts returns what has been counted so far, by action.
func (m *Machine) Counts() []Count { return m.counts }

// State returns the slots that the Machine is at: in an outcome, those of the
// state that the step led to.
func (m *Machine) State() []uint64 { return m.cur }

// Action returns the index of the action whose outcome is emitted, -1 for an
// initial state.
func (m *Machine) Action() int { return m.action }

// Failure returns why the evaluation or outcome failed, nil if it did not.
func (m *Machine) Failure() *Failure {
	if !m.failed {
		return nil
	}
	f := m.failure
	return &f
}

// Args returns the arguments of the outcome that is emitted; fewer if
// evaluating a domain failed.
func (m *Machine) Args() []ir.Value {
	var vs []ir.Value
	for _, p := range m.prog.actions[m.action].params[:m.bound] {
		vs = append(vs, p.rep.Decode(m.reg[p.reg]))
	}
	return vs
}

// Arguments appends the words of the arguments of the outcome that is emitted,
// as Args has them. Equal values have equal words.
func (m *Machine) Arguments(words []uint64) []uint64 {
	for _, p := range m.prog.actions[m.action].params[:m.bound] {
		words = append(words, m.reg[p.reg])
	}
	return words
}

// ArgWord returns the word of argument i of the outcome that is emitted;
// false if evaluating a domain failed before it had a value.
func (m *Machine) ArgWord(i int) (uint64, bool) {
	if i >= m.bound {
		return 0, false
	}
	return m.reg[m.prog.actions[m.action].params[i].reg], true
}

func (m *Machine) fail(k eval.ErrorKind, sp source.Span) {
	if !m.failed {
		m.failed, m.failure = true, Failure{Kind: k, Span: sp}
	}
}

// Test evaluates a predicate in the state with the given slots; old are the
// slots before the step, or nil.
func (m *Machine) Test(p *Predicate, slots, old []uint64) (bool, *Failure) {
	ok, failed := m.holds(p, slots, old)
	if failed {
		f := m.failure
		return false, &f
	}
	return ok, nil
}

// holds is Test for those who do not ask why.
func (m *Machine) holds(p *Predicate, slots, old []uint64) (ok, failed bool) {
	cur, before := m.cur, m.old
	m.cur, m.old = slots, old
	steps, depth := m.steps, m.depth
	m.failed, m.steps, m.depth = false, 0, 0
	ok = p.test(m)
	m.cur, m.old, m.steps, m.depth = cur, before, steps, depth
	failed, m.failed = m.failed, false
	return ok && !failed, failed
}

// Eval evaluates an expression in the state with the given slots; old are the
// slots before the step, or nil.
func (m *Machine) Eval(x *Expression, slots, old []uint64) (uint64, *Failure) {
	w := uint64(0)
	_, failure := m.Test(&Predicate{test: func(m *Machine) bool {
		w = x.run(m)
		return true
	}}, slots, old)
	return w, failure
}

// Bind gives the local with the given register a value.
func (m *Machine) Bind(register int, w uint64) { m.reg[register] = w }

// push puts words on the stack and returns where they begin.
func (m *Machine) push(words ...uint64) int {
	n := len(m.tmp)
	m.tmp = append(m.tmp, words...)
	return n
}

// pop interns the words from base on and takes them off the stack.
func (m *Machine) pop(base int) uint64 {
	id := m.pool.Intern(m.tmp[base:])
	m.tmp = m.tmp[:base]
	return uint64(id)
}

// Rest makes taken(A) false of every action, until the next outcome: nothing
// happens.
func (m *Machine) Rest() { m.action = -1 }

// At lets taken(A) speak of a step of an action with the given words of
// arguments, until the next outcome.
func (m *Machine) At(action int, args []uint64) {
	m.action = action
	for i, w := range args {
		m.reg[m.prog.actions[action].params[i].reg] = w
	}
}

// Argument returns the value that the word of an argument stands for.
func (p *Program) Argument(action, i int, w uint64) ir.Value {
	return p.actions[action].params[i].rep.Decode(w)
}
