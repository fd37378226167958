// Package wp makes the obligations of invariants: formulas that say that the
// initial states satisfy one, and that each action keeps it.
//
// A body is followed forwards, all its ways at once, and the invariant is then
// asked of what became of the variables. That is the weakest precondition of
// Dijkstra, "Guarded commands, nondeterminacy and formal derivation of
// programs", 1975, with the substitution done by sharing instead of copying.
//
// An obligation is valid exactly if its assertions contradict each other.
package wp

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/prover/encode"
	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/prover/term"
)

// Obligation is something to prove about a System.
type Obligation struct {
	Name string // "Decide preserves Consistent"
	Span source.Span
	// Prop is the invariant, nil if it is about failures. Action is the step that
	// should keep it, nil for the initial states.
	Prop   *ir.Property
	Action *ir.Action
	// Loop says that it is about a loop in the body: what contradicts it is no
	// counterexample to induction.
	Loop bool

	// Asserts contradict each other if the obligation is met. Those about
	// invariants are named after them, in Names.
	Asserts []solver.Assertion
	Names   map[string]*ir.Property
	// Bank and Encoder made the terms.
	Bank    *term.Bank
	Encoder *encode.Encoder
	// Before, Args and After are the values of variables and parameters in
	// what would be a counterexample. Initial states have no Before.
	Before, Args, After []encode.Value
}

// Rules says how obligations are made.
type Rules struct {
	// Free are the sorts that have any size.
	Free []*ir.Sort
	// Lemmas are assumed before each step, and proved by obligations of their
	// own.
	Lemmas []*ir.Property
}

// Free returns the sorts of sys whose size nothing depends on: no constant or
// type was computed from their elements, and no element has a name of its own.
func Free(sys *ir.System) []*ir.Sort {
	named := map[*ir.Sort]bool{}
	scan := func(v ir.Value) { markElements(v, named) }
	visit := func(t ir.Tree) bool {
		if l, ok := t.(*ir.Lit); ok {
			scan(l.Value)
		}
		return true
	}
	checked := *sys
	checked.Props = nil
	for _, p := range sys.Props {
		if p.Kind == ir.Invariant {
			checked.Props = append(checked.Props, p)
		}
	}
	checked.Walk(visit)
	var out []*ir.Sort
	for _, s := range sys.Sorts {
		if !s.Sized && !named[s] {
			out = append(out, s)
		}
	}
	return out
}

func markElements(v ir.Value, named map[*ir.Sort]bool) {
	all := func(vs []ir.Value) {
		for _, v := range vs {
			markElements(v, named)
		}
	}
	switch v := v.(type) {
	case ir.Elem:
		named[v.Sort] = true
	case ir.SumValue:
		all(v.Args)
	case ir.StructValue:
		all(v.Fields)
	case ir.SetValue:
		all(v.Elems)
	case ir.BagValue:
		all(v.Elems)
	case ir.MapValue:
		all(v.Keys)
		all(v.Vals)
	case ir.SeqValue:
		all(v.Elems)
	}
}

// Invariant returns the obligations of an invariant p: the initial states
// satisfy it, and each action keeps it where it and the lemmas hold before. The
// error, an *encode.Unsupported, says what has no terms.
func Invariant(sys *ir.System, p *ir.Property, rules Rules) ([]*Obligation, error) {
	out, err := initial(sys, p, rules)
	if err != nil {
		return nil, err
	}
	for _, a := range sys.Actions {
		some, err := preserved(sys, p, a, rules)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// maker collects the assertions of one obligation.
type maker struct {
	*Obligation
	sys *ir.System
}

func newMaker(sys *ir.System, p *ir.Property, rules Rules) *maker {
	b := term.NewBank()
	m := &maker{&Obligation{Prop: p, Bank: b, Encoder: encode.New(b, sys, rules.Free), Names: map[string]*ir.Property{}}, sys}
	if p != nil {
		m.Span = p.Span
	}
	for i, a := range sys.Assumes {
		truth, _ := m.Encoder.Holds(a.Cond, encode.Env{})
		m.assert(fmt.Sprintf("assume%d", i), truth)
	}
	return m
}

func (m *maker) assert(name string, t *term.Term) {
	m.Asserts = append(m.Asserts, solver.Assertion{Name: name, Term: t})
}

// holds assumes an invariant in a state.
func (m *maker) holds(p *ir.Property, state []encode.Value) {
	name := fmt.Sprintf("invariant%d", len(m.Names))
	m.Names[name] = p
	truth, _ := m.Encoder.Holds(p.Formula, encode.Env{State: state})
	m.assert(name, truth)
}

// finish denies that the invariant holds in the state after.
func (m *maker) finish(w encode.Way) ([]*Obligation, error) {
	m.After = w.State
	before := slices.Clone(m.Asserts)
	m.assert("step", w.Path)
	truth, ok := m.Encoder.Holds(m.Prop.Formula, encode.Env{State: w.State})
	return m.deny(before, m.Bank.And(ok, truth))
}

// claim denies c.
func (m *maker) claim(c *term.Term) ([]*Obligation, error) { return m.deny(slices.Clone(m.Asserts), c) }

// deny asserts that what is to be proved is false, and adds the facts. Loops have
// obligations of their own, where no more is known than before.
func (m *maker) deny(before []solver.Assertion, claim *term.Term) ([]*Obligation, error) {
	m.assert("goal", m.Bank.Not(claim))
	if err := m.Encoder.Err(); err != nil {
		var u *encode.Unsupported
		if errors.As(err, &u) && !u.Span.IsValid() {
			u.Span = m.Span
		}
		return nil, err
	}
	out := []*Obligation{m.Obligation}
	for _, goal := range m.Encoder.Goals() {
		o := *m.Obligation
		o.Name, o.Span, o.Loop = m.where()+" keeps the invariant of its loop", goal.Span, true
		o.Asserts = append(slices.Clone(before), solver.Assertion{Name: "step", Term: goal.Path},
			solver.Assertion{Name: "goal", Term: m.Bank.Not(goal.Claim)})
		out = append(out, &o)
	}
	for i, f := range m.Encoder.Facts() {
		for _, o := range out {
			o.Asserts = append(o.Asserts, solver.Assertion{Name: fmt.Sprintf("fact%d", i), Term: f})
		}
	}
	return out, nil
}

func (m *maker) where() string {
	if m.Action == nil {
		return "init"
	}
	return m.Action.Name
}

// initial says that every initial state satisfies p.
func initial(sys *ir.System, p *ir.Property, rules Rules) ([]*Obligation, error) {
	m := newMaker(sys, p, rules)
	m.Name = "every initial state satisfies " + p.Name
	blank := make([]encode.Value, len(sys.Vars))
	return m.finish(m.Encoder.Exec(sys.Init, encode.Start(m.Bank, encode.Env{State: blank})))
}

// preserved says that action a keeps p.
func preserved(sys *ir.System, p *ir.Property, a *ir.Action, rules Rules) ([]*Obligation, error) {
	m := newMaker(sys, p, rules)
	m.Name = a.Name + " preserves " + p.Name
	env := m.before(a, append([]*ir.Property{p}, rules.Lemmas...))
	for i, param := range a.Params {
		env, _ = m.argument(i, param, env)
	}
	if a.Guard != nil {
		truth, _ := m.Encoder.Holds(a.Guard, env)
		m.assert("guard", truth)
	}
	return m.finish(m.Encoder.Exec(a.Body, encode.Start(m.Bank, env)))
}

// before is any state in which lemmas hold, from where a is taken.
func (m *maker) before(a *ir.Action, lemmas []*ir.Property) encode.Env {
	m.Action = a
	for _, v := range m.sys.Vars {
		m.Before = append(m.Before, m.Encoder.Symbol(v.Name, v.Type))
	}
	assumed := map[*ir.Property]bool{}
	for _, l := range lemmas {
		if !assumed[l] {
			assumed[l] = true
			m.holds(l, m.Before)
		}
	}
	return encode.Env{State: m.Before, Old: m.Before}
}

// argument gives a parameter any value of its domain, and says when that has a
// value.
func (m *maker) argument(i int, p *ir.Param, env encode.Env) (encode.Env, *term.Term) {
	v := m.Encoder.Symbol("argument "+p.Local.Name, p.Local.Type)
	in, ok := m.Encoder.Member(v, p.Domain, env)
	m.assert(fmt.Sprintf("argument%d", i), in)
	m.Args = append(m.Args, v)
	return env.Bind(p.Local, v), ok
}

// Safe returns the obligations that no step fails: no domain, guard or body is
// an evaluation error, and no assertion is false, where the lemmas hold before.
// The error, an *encode.Unsupported, says what has no terms.
func Safe(sys *ir.System, rules Rules) ([]*Obligation, error) {
	m := newMaker(sys, nil, rules)
	m.Name, m.Span = "no initial state fails", sys.Span
	w := m.Encoder.Exec(sys.Init, encode.Start(m.Bank, encode.Env{State: make([]encode.Value, len(sys.Vars))}))
	out, err := m.claim(w.Ok())
	for _, a := range sys.Actions {
		if err != nil {
			return nil, err
		}
		var some []*Obligation
		some, err = harmless(sys, a, rules)
		out = append(out, some...)
	}
	return out, err
}

// harmless says that action a never fails.
func harmless(sys *ir.System, a *ir.Action, rules Rules) ([]*Obligation, error) {
	m := newMaker(sys, nil, rules)
	m.Name, m.Span = a.Name+" never fails", a.Span
	env := m.before(a, rules.Lemmas)
	var all []*term.Term
	inside := m.Bank.Truth(true)
	for i, param := range a.Params {
		var ok *term.Term
		env, ok = m.argument(i, param, env)
		all = append(all, ok)
	}
	if a.Guard != nil {
		truth, ok := m.Encoder.Holds(a.Guard, env)
		inside, all = truth, append(all, ok)
	}
	w := m.Encoder.Exec(a.Body, encode.Start(m.Bank, env))
	return m.claim(m.Bank.And(append(all, m.Bank.Implies(inside, w.Ok()))...))
}
