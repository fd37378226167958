package slice

import (
	"fmt"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
)

// Fill turns a trace of the slice into one of the full System: it takes the
// same steps there, with the judge. The error says which step the full System
// cannot take, which would be a fault of the slice.
func (s *Slice) Fill(tr *evidence.Trace) error { return s.follow(tr, nil, false) }

// follow is Fill of a trace that begins in a state, in an initial one if it is
// nil. Fails says that the last step fails if there is a choice.
func (s *Slice) follow(tr *evidence.Trace, from []ir.Value, fails bool) error {
	before := from
	for i := range tr.Steps {
		st := &tr.Steps[i]
		if i == 0 && from != nil {
			st.State = from
			continue
		}
		s.action(&st.Action)
		o := s.outcome(*st, before, fails && i == len(tr.Steps)-1)
		if o == nil {
			return fmt.Errorf("the full system cannot take step %d of the trace", i)
		}
		st.State, before = o.State, o.State
		if o.Err != nil || o.Assert != nil {
			return nil
		}
	}
	return nil
}

// outcome returns the first outcome of a step that agrees with its state, or
// a failing one if the step failed: one that came as far, if there is one. With
// fails it is a failing one if any came as far.
func (s *Slice) outcome(st evidence.Step, before []ir.Value, fails bool) *eval.Outcome {
	var all []eval.Outcome
	switch {
	case before == nil:
		all = eval.Initial(s.Full)
	case len(st.Args) < len(st.Action.Params):
		all = eval.Successors(s.Full, before)
	default:
		all = eval.Step(s.Full, st.Action, st.Args, before)
	}
	var failing, fine *eval.Outcome
	for i := range all {
		o := &all[i]
		same := o.Action == st.Action && slices.EqualFunc(o.Args, st.Args, ir.Equal)
		switch {
		case !same:
		case o.Err != nil || o.Assert != nil:
			if failing == nil || s.agrees(o.State, st.State) && !s.agrees(failing.State, st.State) {
				failing = o
			}
		case fine == nil && s.agrees(o.State, st.State):
			fine = o
		}
	}
	if fine == nil || fails && failing != nil && s.agrees(failing.State, st.State) {
		return failing
	}
	return fine
}

// State returns the state of the slice that a state of the full System is in.
func (s *Slice) State(full []ir.Value) []ir.Value {
	part := slices.Clone(full)
	for i, v := range s.Full.Vars {
		if s.Sys.Vars[i] != v {
			part[i] = ir.NewInt(0) // the one value of those that are left out
		}
	}
	return part
}

// agrees reports whether a state of the full System is one of the slice, as
// far as the slice says.
func (s *Slice) agrees(full, part []ir.Value) bool {
	for i, v := range s.Full.Vars {
		if s.Sys.Vars[i] != v || i < len(part) && full[i] == nil && part[i] == nil {
			continue
		}
		if i >= len(part) || full[i] == nil || part[i] == nil || !ir.Equal(full[i], part[i]) {
			return false
		}
	}
	return true
}
