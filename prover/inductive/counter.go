package inductive

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/prover/encode"
	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/prover/term"
	"github.com/spec-lang/spec/prover/wp"
)

// counterexample looks for one at small sizes, of all obligations or of those
// that are left.
func (s *search) counterexample(free []*ir.Sort, left []*wp.Obligation) bool {
	if len(free) == 0 || s.opt.Resize == nil {
		return false
	}
	for n := 1; n <= s.opt.Largest; n++ {
		sizes := map[string]int{}
		for _, f := range free {
			sizes[f.Name] = n
		}
		sys := s.opt.Resize(sizes)
		if sys == nil {
			continue
		}
		if s.ctx.Err() != nil || s.refuted(sys, left) {
			return true
		}
	}
	return false
}

// refuted asks at the sizes of sys.
func (s *search) refuted(sys *ir.System, left []*wp.Obligation) bool {
	var props []*ir.Property
	for _, p := range s.proof.With {
		props = append(props, named(sys, p.Name))
	}
	all, err := obligations(sys, props, nil)
	if err != nil {
		return false
	}
	for _, o := range all {
		if len(left) > 0 && !slices.ContainsFunc(left, func(l *wp.Obligation) bool { return l.Name == o.Name }) {
			continue
		}
		c, _, err := s.ask(sys, props, o)
		if err != nil {
			s.proof.Why = o.Name + ": " + err.Error()
		}
		if c != nil {
			s.proof.Outcome, s.proof.Counter, s.proof.Why = evidence.NotInductive, c, ""
			return true
		}
	}
	return false
}

// named returns the property of that name.
func named(sys *ir.System, name string) *ir.Property {
	for _, p := range sys.Props {
		if p.Name == name {
			return p
		}
	}
	return nil
}

// ask grounds an obligation and asks for a counterexample. The error is that
// of the solver, a wrong model being one.
func (s *search) ask(sys *ir.System, with []*ir.Property, o *wp.Obligation) (*evidence.Counter, solver.Answer, error) {
	g := term.NewGrounder(o.Bank)
	r := reading{o: o, g: g, sys: sys}
	r.read(nil) // so that the limits of all constants are known
	q := &solver.Query{Limit: s.opt.Limit, Need: func(v solver.Values) []*term.Term {
		r.read(v)
		return r.missing
	}}
	for _, a := range o.Asserts {
		q.Asserts = append(q.Asserts, solver.Assertion{Name: a.Name, Term: g.Ground(a.Term)})
	}
	for i, l := range g.Limits() {
		q.Asserts = append(q.Asserts, solver.Assertion{Name: fmt.Sprintf("limit%d", i), Term: l})
	}
	a, err := s.opt.Models.Solve(s.ctx, q)
	if err != nil || a.Status != solver.Sat {
		return nil, a, err
	}
	if o.Loop {
		a.Status, a.Why = solver.Unknown, "the invariant of the loop may say too little"
		return nil, a, nil
	}
	r.read(a.Values)
	if r.unreadable != "" {
		return nil, a, fmt.Errorf("a counterexample cannot be shown: %s", r.unreadable)
	}
	c := r.counter
	c.By, c.With = a.Solver, with
	if why := replay(c); why != "" {
		return nil, a, &solver.Fault{Solver: a.Solver, What: "its model is no counterexample: " + why +
			". The model is wrong, or a loop or a choice does more than can be said"}
	}
	exclude(c)
	return c, a, nil
}

// reading turns a model into a counterexample.
type reading struct {
	o          *wp.Obligation
	g          *term.Grounder
	sys        *ir.System
	counter    *evidence.Counter
	missing    []*term.Term
	unreadable string
}

// read reads as much as the values allow.
func (r *reading) read(values solver.Values) {
	asked := map[*term.Term]bool{}
	r.missing = nil
	rd := r.o.Encoder.NewReader(func(t *term.Term) (*big.Int, bool, bool) {
		t = r.g.Ground(t)
		if t.Const() {
			return t.N, t.Op == term.True, true
		}
		v, ok := values[t]
		if !ok && !asked[t] {
			asked[t] = true
			r.missing = append(r.missing, t)
		}
		return v.Int, v.Bool, ok
	})
	c := &evidence.Counter{System: r.sys, Prop: r.o.Prop, Action: r.o.Action}
	state := func(vs []encode.Value) []ir.Value {
		out := make([]ir.Value, len(vs))
		for i, v := range vs {
			out[i] = rd.Read(v, r.sys.Vars[i].Type)
		}
		return out
	}
	if r.o.Action == nil {
		c.After = state(r.o.After)
	} else {
		c.Before = state(r.o.Before)
		for i, v := range r.o.Args {
			c.Args = append(c.Args, rd.Read(v, r.o.Action.Params[i].Local.Type))
		}
	}
	r.counter, r.unreadable = c, rd.Unreadable
}

// replay takes the step on the judge; it says why the counterexample is none.
// What the solver says of the state after does not matter.
func replay(c *evidence.Counter) string {
	if c.Action == nil {
		for _, o := range eval.Initial(c.System) {
			if o.Err == nil && o.Assert == nil && slices.EqualFunc(o.State, c.After, ir.Equal) {
				return breaks(c, o.State)
			}
		}
		return "its state is no initial state"
	}
	for _, p := range c.With {
		if ok, err := eval.Holds(p.Formula, &eval.Env{State: c.Before}); err != nil || !ok {
			return p.Label() + " is not true before the step"
		}
	}
	for i, v := range c.Before {
		if !ir.Fits(v, c.System.Vars[i].Type) {
			return c.System.Vars[i].Name + " has a value outside its type"
		}
	}
	why := "the step is not possible"
	for _, o := range eval.Step(c.System, c.Action, c.Args, c.Before) {
		if o.Err != nil || o.Assert != nil {
			continue
		}
		if why = breaks(c, o.State); why == "" {
			c.After = o.State
			return ""
		}
	}
	return why
}

// breaks says why a state is no counterexample: the invariant is true there.
func breaks(c *evidence.Counter, state []ir.Value) string {
	if ok, err := eval.Holds(c.Prop.Formula, &eval.Env{State: state}); err == nil && ok {
		return c.Prop.Label() + " is true after the step"
	}
	return ""
}

// exclude finds the invariants that are false before the step.
func exclude(c *evidence.Counter) {
	if c.Before == nil {
		return
	}
	for _, p := range c.System.Props {
		if p.Kind != ir.Invariant {
			continue
		}
		if ok, err := eval.Holds(p.Formula, &eval.Env{State: c.Before}); err == nil && !ok {
			c.Excluding = append(c.Excluding, p)
		}
	}
}
