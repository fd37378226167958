// Package transition is a packed System as its provers see it: one function
// from bits to bits, and for each question the bits that answer it.
//
// The leaves of the graph are the bits of a state and, from System.States on,
// inputs: the choices within a step, then the number of the step that is
// taken. A literal that reads inputs speaks about a step from the state, others
// about the state alone.
package transition

import (
	"math/bits"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/circuit"
)

// System is a transition system in bits.
type System struct {
	Sys   *ir.System
	Graph *circuit.Graph
	// States and Inputs are how many bits there are of each.
	States, Inputs int
	// Init are the bits of the initial states as functions of inputs, where
	// Begins holds of these. They do not read the state.
	Init   []circuit.Lit
	Begins circuit.Lit
	// Next are the bits after a step, where Moves holds of state and inputs: the
	// state is within the bounds, and the step is possible.
	Next  []circuit.Lit
	Moves circuit.Lit
	// Typed holds of the bits that stand for some state. It is so initially,
	// and steps keep it.
	Typed circuit.Lit
	// Inside holds of states within the bounds.
	Inside circuit.Lit
	// Targets are what is looked for, the properties that are asked for first.
	Targets []*Target

	circuit              *circuit.Circuit
	fire                 []circuit.Lit // by step of the circuit
	rest                 circuit.Lit   // nothing follows
	evaluation, asserted *Target
	lapses               lapses // of everything but properties
}

// Role is why a Target is looked for.
type Role int

// Roles of targets.
const (
	Asked   Role = iota // by a check of the model
	BuiltIn             // a deadlock, a failed assertion or an evaluation error; nobody asked
	Lacking             // the property of Target.Of has no value
	Cutting             // a state is outside the bounds
)

// Target is something that a run may come to: the violation of a property, or
// of a witness, its truth.
type Target struct {
	Role Role
	Prop *ir.Property // nil of Cutting
	Of   *Target      // of Lacking
	// Start holds of inputs with which the initial statements come to it;
	// State of states that are it; Rest of states that are it since nothing
	// follows; and Step of states and inputs that come to it in a step, which
	// counts.
	Start, State, Rest, Step circuit.Lit

	own lapses
}

// Label names a target as its property; what no property asks for goes by
// what it is.
func (t *Target) Label() string {
	switch t.Role {
	case Lacking:
		return "a value of " + t.Prop.Label()
	case Cutting:
		return "nothing outside the bounds"
	}
	return t.Prop.Label()
}

// Bad holds of a state, with some inputs, from which the target is at most a
// step away.
func (s *System) Bad(t *Target) circuit.Lit { return s.Graph.Or(s.Graph.Or(t.State, t.Rest), t.Step) }

// lapses are where evaluating something fails: errors, and assertions within
// functions.
type lapses struct {
	errs, asserts         circuit.Lit // of states
	restErrs, restAsserts circuit.Lit // of states from which nothing follows
	stepErrs, stepAsserts circuit.Lit // of states and inputs
}

func (l *lapses) add(g *circuit.Graph, m lapses) {
	l.errs, l.asserts = g.Or(l.errs, m.errs), g.Or(l.asserts, m.asserts)
	l.restErrs, l.restAsserts = g.Or(l.restErrs, m.restErrs), g.Or(l.restAsserts, m.restAsserts)
	l.stepErrs, l.stepAsserts = g.Or(l.stepErrs, m.stepErrs), g.Or(l.stepAsserts, m.stepAsserts)
}

// New makes the transition system of sys. The error is a *circuit.Error: sys
// is not packed.
func New(sys *ir.System) (*System, error) {
	c, err := circuit.Build(sys)
	if err != nil {
		return nil, err
	}
	s := &System{Sys: sys, Graph: c.Graph, States: c.States, Typed: c.Valid, circuit: c}
	s.steps()
	s.initial()
	if err := s.bounds(); err != nil {
		return nil, err
	}
	s.moves()
	if err := s.targets(); err != nil {
		return nil, err
	}
	return s, nil
}

// steps makes the number of the step an input, and finds where nothing follows.
func (s *System) steps() {
	g, n := s.Graph, len(s.circuit.Steps)
	choices := s.circuit.Init.Inputs
	enabled := circuit.False
	for _, st := range s.circuit.Steps {
		choices = max(choices, st.Inputs)
		enabled = g.Or(enabled, st.Enabled)
	}
	s.rest = enabled.Not()
	width := bits.Len(uint(max(n-1, 0)))
	number := make([]circuit.Lit, choices+width)
	for i := range number {
		number[i] = s.circuit.Input(i)
	}
	s.Inputs = choices + width
	s.decode(number[choices:], circuit.True, n)
}

// decode appends a literal for each of the n first values of some bits, the
// last of them being the lowest.
func (s *System) decode(bits []circuit.Lit, so circuit.Lit, n int) {
	half := 1 << max(len(bits)-1, 0)
	switch {
	case n <= 0:
	case len(bits) == 0:
		s.fire = append(s.fire, so)
	default:
		s.decode(bits[1:], s.Graph.And(so, bits[0].Not()), min(n, half))
		s.decode(bits[1:], s.Graph.And(so, bits[0]), n-half)
	}
}

func (s *System) initial() {
	init := s.circuit.Init
	s.Begins, s.Init = init.Valid, init.Next
	if s.Init == nil {
		s.Init = make([]circuit.Lit, s.States) // there are none
	}
}

func (s *System) bounds() error {
	g := s.Graph
	s.Inside = circuit.True
	for _, b := range s.Sys.Bounds {
		c, err := s.circuit.Condition(b.Cond)
		if err != nil {
			return err
		}
		s.lapses.add(g, lapses{errs: g.And(s.Inside, c.Error), asserts: g.And(s.Inside, c.Assert)})
		s.Inside = g.And(s.Inside, g.Or(c.Holds, g.Or(c.Error, c.Assert)))
	}
	return nil
}

// moves joins the steps.
func (s *System) moves() {
	g := s.Graph
	moved, to := make([]circuit.Lit, s.States), make([]circuit.Lit, s.States)
	some := circuit.False
	for i, st := range s.circuit.Steps {
		fire := s.fire[i]
		some = g.Or(some, g.And(fire, st.Valid))
		s.lapses.add(g, lapses{stepErrs: g.And(s.Inside, g.And(fire, st.Error)), stepAsserts: g.And(s.Inside, g.And(fire, st.Assert))})
		for j, l := range st.Next {
			if l.Negated() || g.Leaf(l.Node()) != j {
				moved[j], to[j] = g.Or(moved[j], fire), g.Or(to[j], g.And(fire, l))
			}
		}
	}
	s.Moves = g.And(s.Inside, some)
	for j := range to {
		s.Next = append(s.Next, g.Or(to[j], g.And(moved[j].Not(), s.State(j))))
	}
}

// State is the leaf of bit j of the state.
func (s *System) State(j int) circuit.Lit { return s.circuit.Bit(j) }

// Input is the leaf of an input.
func (s *System) Input(j int) circuit.Lit { return s.circuit.Input(j) }

// Bits returns how states are held.
func (s *System) Bits(state []ir.Value) []bool { return s.circuit.Bits(state) }

// Values is the inverse of Bits.
func (s *System) Values(bits []bool) []ir.Value { return s.circuit.Values(bits) }
