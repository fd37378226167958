package explain

import (
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
)

// Follow returns a run of sys with n states of which state i is one that
// matches accepts, and whose action action accepts. It tries every way to
// choose among states that match, so it finds a run if there is one; the error
// says which state no run reaches.
func Follow(sys *ir.System, n int, matches func(i int, state []ir.Value) bool, action func(i int, a *ir.Action) bool) (*evidence.Trace, error) {
	f := follower{sys: sys, n: n, matches: matches, action: action}
	for _, o := range eval.Initial(sys) {
		if o.Err == nil && o.Assert == nil && matches(0, o.State) {
			if f.from([]evidence.Step{{State: o.State}}) {
				return &evidence.Trace{Steps: f.steps, Loop: -1}, nil
			}
		}
	}
	if f.far == 0 {
		return nil, fmt.Errorf("the first state of the trace is not an initial state of model %s", sys.Model)
	}
	return nil, fmt.Errorf("model %s has no step to state #%d of the trace", sys.Model, f.far)
}

type follower struct {
	sys     *ir.System
	n       int
	matches func(int, []ir.Value) bool
	action  func(int, *ir.Action) bool
	far     int // the furthest state that no run reached
	steps   []evidence.Step
}

func (f *follower) from(steps []evidence.Step) bool {
	i := len(steps)
	f.far = max(f.far, i)
	if i == f.n {
		f.steps = steps
		return true
	}
	for _, o := range eval.Successors(f.sys, steps[i-1].State) {
		if o.Err != nil || o.Assert != nil || !f.action(i, o.Action) || !f.matches(i, o.State) {
			continue
		}
		next := evidence.Step{Action: o.Action, Args: o.Args, State: o.State, Span: o.Action.NameSpan}
		if f.from(append(steps[:i:i], next)) {
			return true
		}
	}
	return false
}

// Return makes tr go on at step loop for ever: by the first step that leads
// there from its last state, or by none if nothing is possible there. The error
// says that no step does.
func Return(sys *ir.System, tr *evidence.Trace, loop int) error {
	if loop < 0 {
		return nil
	}
	last := len(tr.Steps) - 1
	if loop > last {
		return fmt.Errorf("the trace has no state #%d to go back to", loop)
	}
	next := eval.Successors(sys, tr.Steps[last].State)
	for _, o := range next {
		if reaches(o, tr.Steps[loop].State) {
			tr.Loop, tr.Back = loop, evidence.Step{Action: o.Action, Args: o.Args, State: o.State, Span: o.Action.NameSpan}
			return nil
		}
	}
	if len(next) > 0 || loop != last {
		return fmt.Errorf("model %s has no step from the last state of the trace back to #%d", sys.Model, loop)
	}
	tr.Loop = loop
	return nil
}
