// Package bmc looks for violations by unrolling a system, one step after the
// other, and asking a solver whether a run of that length comes to one. Biere,
// Cimatti, Clarke and Zhu, "Symbolic model checking without BDDs", TACAS 1999.
//
// What is found is found at its least depth, and of the shortest runs it is the
// first in the order of the judge: the trace that package mc finds, too,
// whatever models the solver likes. What is not found may lie deeper; this
// package never says that something holds.
package bmc

import (
	"context"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/circuit"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/prover/cnf"
	"github.com/spec-lang/spec/prover/sat"
	"github.com/spec-lang/spec/prover/transition"
)

// Hit is where a target was found.
type Hit struct {
	Depth int
	// Trace leads to it; nil if the context ended while it was looked for.
	Trace *evidence.Trace
	transition.Decision
}

// Search is a search for all targets of a system at once.
type Search struct {
	sys     *transition.System
	solver  *sat.Solver
	enc     *cnf.Encoder
	start   cnf.Frame   // of the initial statements
	frames  []cnf.Frame // by depth
	hits    map[*transition.Target]*Hit
	initial int
}

// New returns a search that has not looked at anything yet. It has to be
// closed.
func New(ctx context.Context, sys *transition.System) *Search {
	s := &Search{sys: sys, solver: sat.New(ctx), hits: map[*transition.Target]*Hit{}}
	s.enc = cnf.NewEncoder(sys.Graph, s.solver)
	s.start = s.enc.Free()
	return s
}

// Close frees the search.
func (s *Search) Close() { s.solver.Close() }

// Depth is the depth to which everything was looked at, apart from what lies
// there because nothing follows; -1 at first.
func (s *Search) Depth() int { return len(s.frames) - 1 }

// Hit is where a target was found, nil if it was not.
func (s *Search) Hit(t *transition.Target) *Hit { return s.hits[t] }

// Initial is how many initial states there are: 0, 1, or 2 for more. It is known
// once the search has looked at depth 0.
func (s *Search) Initial() int { return s.initial }

// Disagree is the error that the judge does not confirm what a solver has found:
// a run of so many steps to a target.
func Disagree(t *transition.Target, depth int) error {
	p := t.Prop
	if p == nil {
		p = &ir.Property{Name: "bound", Kind: ir.Invariant}
	}
	return &explain.Disagreement{Finding: &evidence.Finding{Prop: p}, Step: depth, Why: "no run of that length decides it"}
}

// Deepen looks at the next depth. It returns false if the context ended first.
// Targets that were found are not looked for again. The error is a
// *explain.Disagreement.
func (s *Search) Deepen() (bool, error) {
	d := len(s.frames)
	from, next, way := s.start, s.sys.Init, s.sys.Begins
	if d > 0 {
		from, next, way = s.frames[d-1], s.sys.Next, s.sys.Moves
	}
	moves := s.enc.Lit(from, way, cnf.Pos)
	s.frames = append(s.frames, s.enc.After(from, next))
	found := map[*transition.Target]*Hit{}
	for _, t := range s.sys.Targets {
		if s.hits[t] != nil {
			continue
		}
		h, ok, err := s.look(t, d, from, moves)
		if err != nil || !ok {
			s.frames = s.frames[:d]
			return false, err
		}
		if h != nil {
			found[t] = h
		}
	}
	s.settle(found)
	s.solver.Add(moves)
	if d == 0 {
		return s.count(), nil
	}
	return true, nil
}

// count looks for an initial state, and for another one. It returns false if
// the context ended first.
func (s *Search) count() bool {
	bits := make([]cnf.Lit, s.sys.States)
	for j := range bits {
		bits[j] = s.enc.Lit(s.frames[0], s.sys.State(j), cnf.Both)
	}
	if a := s.solver.Solve(); a != sat.Sat {
		return a == sat.Unsat
	}
	other := s.solver.Var()
	differ := []cnf.Lit{-other}
	for _, l := range bits {
		if s.solver.Value(l) {
			l = -l
		}
		differ = append(differ, l)
	}
	s.solver.Add(differ...)
	s.initial = 1
	a := s.solver.Solve(other)
	if a == sat.Sat {
		s.initial = 2
	}
	return a != sat.Stopped
}

// look asks whether a target is found at depth d, or one step before since
// nothing follows there; ok is false if the context ended.
func (s *Search) look(t *transition.Target, d int, from cnf.Frame, moves cnf.Lit) (h *Hit, ok bool, err error) {
	if d > 0 && t.Rest != circuit.False {
		if h, ok, err := s.ask(t, d-1, s.enc.Lit(from, t.Rest, cnf.Pos)); h != nil || !ok || err != nil {
			return h, ok, err
		}
	}
	last := t.Start
	if d > 0 {
		last = t.Step
	}
	state := s.enc.Lit(s.frames[d], t.State, cnf.Pos)
	reached, goal := s.solver.Var(), s.solver.Var()
	s.solver.Add(-reached, moves)
	s.solver.Add(-reached, state)
	s.solver.Add(-goal, reached, s.enc.Lit(from, last, cnf.Pos))
	return s.ask(t, d, goal)
}

// ask asks whether a run of d steps comes to a goal.
func (s *Search) ask(t *transition.Target, d int, goal cnf.Lit) (h *Hit, ok bool, err error) {
	switch s.solver.Solve(goal) {
	case sat.Sat:
		h, err := s.locate(t, d, goal)
		return h, err == nil, err
	case sat.Unsat:
		s.solver.Add(-goal)
		return nil, true, nil
	}
	return nil, false, nil
}

// locate finds the first of the runs to a target at depth d: each step is the
// first from which the solver can go on.
func (s *Search) locate(t *transition.Target, d int, goal cnf.Lit) (*Hit, error) {
	tr := &evidence.Trace{Loop: -1}
	outcomes := eval.Initial(s.sys.Sys)
	for i := range d {
		o, answer := s.choose(i, outcomes, goal)
		switch answer {
		case sat.Stopped:
			return &Hit{Depth: d}, nil
		case sat.Unsat:
			return nil, Disagree(t, d)
		}
		tr.Steps = append(tr.Steps, step(o))
		outcomes = eval.Successors(s.sys.Sys, o.State)
	}
	j := &transition.Judge{Sys: s.sys.Sys, Target: t, Open: s.open}
	if d > 0 {
		j.From = tr.Steps[d-1].State
	}
	for _, o := range outcomes {
		if by := j.Decides(o); by != nil {
			tr.Steps = append(tr.Steps, step(o))
			return &Hit{d, tr, *by}, nil
		}
	}
	return nil, Disagree(t, d)
}

// Follow takes a run that some other engine has found, through states given in
// bits, of which the last is a target or a step away from it. The trace need not
// be a shortest one. The error is a *explain.Disagreement.
func (s *Search) Follow(t *transition.Target, path [][]bool) error {
	tr := &evidence.Trace{Loop: -1}
	j := &transition.Judge{Sys: s.sys.Sys, Target: t, Open: s.open}
	outcomes := eval.Initial(s.sys.Sys)
	for i := range len(path) + 1 {
		var on *eval.Outcome
		for _, o := range outcomes {
			here := i < len(path) && o.Err == nil && o.Assert == nil && slices.Equal(s.sys.Bits(o.State), path[i])
			if by := j.Decides(o); by != nil && (here || i == len(path)) {
				tr.Steps = append(tr.Steps, step(o))
				s.settle(map[*transition.Target]*Hit{t: {i, tr, *by}})
				return nil
			}
			if here && on == nil {
				on = &o
			}
		}
		if on == nil {
			break
		}
		tr.Steps = append(tr.Steps, step(*on))
		j.From, outcomes = on.State, eval.Successors(s.sys.Sys, on.State)
	}
	return Disagree(t, len(path))
}

// settle notes what was found. What fails in a property that is decided does
// not count any more.
func (s *Search) settle(found map[*transition.Target]*Hit) {
	for t, h := range found {
		s.hits[t] = h
	}
	if len(found) > 0 {
		s.sys.Reconsider(func(t *transition.Target) bool { return s.hits[t] == nil })
	}
}

// open reports whether a property is not decided yet.
func (s *Search) open(p *ir.Property) bool {
	for t, h := range s.hits {
		if t.Prop == p && t.Role == transition.Asked && h != nil {
			return false
		}
	}
	return true
}

// choose returns the first outcome at depth i from which a goal can be
// reached.
func (s *Search) choose(i int, outcomes []eval.Outcome, goal cnf.Lit) (eval.Outcome, sat.Answer) {
	tried := map[string]bool{}
	for _, o := range outcomes {
		if o.Err != nil || o.Assert != nil {
			continue
		}
		bits := s.sys.Bits(o.State)
		if tried[string(pack(bits))] {
			continue
		}
		tried[string(pack(bits))] = true
		assume := []cnf.Lit{goal}
		for j, on := range bits {
			l := s.enc.Lit(s.frames[i], s.sys.State(j), cnf.Both)
			if !on {
				l = -l
			}
			assume = append(assume, l)
		}
		if answer := s.solver.Solve(assume...); answer != sat.Unsat {
			return o, answer
		}
	}
	return eval.Outcome{}, sat.Unsat
}

func pack(bits []bool) []byte {
	out := make([]byte, len(bits))
	for i, b := range bits {
		if b {
			out[i] = 1
		}
	}
	return out
}

func step(o eval.Outcome) evidence.Step {
	st := evidence.Step{Action: o.Action, Args: o.Args, State: o.State}
	if o.Action != nil {
		st.Span = o.Action.NameSpan
	}
	return st
}
