package explain

import (
	"fmt"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
)

// replay does every step of the trace again and then asks whether it shows
// what it is said to show.
func (r run) replay() error {
	steps := r.f.Trace.Steps
	if len(steps) == 0 {
		return r.disagree(0, "the trace is empty")
	}
	for i := range steps {
		outcomes := r.outcomes(i)
		if i == r.last() && r.fails() {
			if why := r.failure(outcomes, steps[i]); why != "" {
				return r.disagree(i, why)
			}
			return nil
		}
		if !slices.ContainsFunc(outcomes, func(o eval.Outcome) bool { return reaches(o, steps[i].State) }) {
			return r.disagree(i, fmt.Sprintf("%s does not lead to this state", stepName(steps[i])))
		}
	}
	if why := r.loop(); why != "" {
		return r.disagree(r.last(), why)
	}
	if why := r.claim(); why != "" {
		return r.disagree(r.last(), why)
	}
	return nil
}

func (r run) disagree(step int, why string) error { return &Disagreement{r.f, step, why} }

// fails reports whether the last step of the trace is one that has no end: a
// failed assertion or an evaluation error in an action.
func (r run) fails() bool {
	return r.f.Verdict == evidence.Violated && (r.f.Prop.Kind == ir.Assertion || r.f.Prop.Kind == ir.Evaluation)
}

func (r run) outcomes(i int) []eval.Outcome {
	steps := r.f.Trace.Steps
	if i == 0 {
		return eval.Initial(r.sys)
	}
	a, args := steps[i].Action, steps[i].Args
	if a != nil && len(args) == len(a.Params) {
		return eval.Step(r.sys, a, args, steps[i-1].State)
	}
	// The domain of a parameter had no value: there are not all arguments.
	var out []eval.Outcome
	for _, o := range eval.Successors(r.sys, steps[i-1].State) {
		if o.Action == a && o.Err != nil && slices.EqualFunc(o.Args, args, ir.Equal) {
			out = append(out, o)
		}
	}
	return out
}

func reaches(o eval.Outcome, state []ir.Value) bool {
	return o.Err == nil && o.Assert == nil && slices.EqualFunc(o.State, state, ir.Equal)
}

// failure looks for the failed assertion or the evaluation error: in the last
// step itself, in what follows the last state, or in a formula there.
func (r run) failure(outcomes []eval.Outcome, last evidence.Step) string {
	for _, o := range outcomes {
		if r.isFailure(o) {
			return ""
		}
	}
	if last.State == nil || slices.ContainsFunc(last.State, func(v ir.Value) bool { return v == nil }) {
		return "the step does not fail"
	}
	for _, o := range eval.Successors(r.sys, last.State) {
		if r.isFailure(o) {
			return ""
		}
	}
	if r.f.Prop.Kind == ir.Evaluation && r.formulaFails(last) {
		return ""
	}
	return "nothing fails here"
}

func (r run) isFailure(o eval.Outcome) bool {
	if r.f.Prop.Kind == ir.Assertion {
		return o.Assert != nil || o.Err != nil && o.Err.Kind == eval.AssertFailed
	}
	return o.Err != nil
}

// formulaFails reports whether some condition on states has no value at the
// last step.
func (r run) formulaFails(last evidence.Step) bool {
	env := &eval.Env{State: last.State}
	if n := r.last(); n > 0 {
		env.Old = r.f.Trace.Steps[n-1].State
		env.Taken = &eval.Taken{Action: last.Action, Args: last.Args}
	}
	conds := []ir.Expr{r.sys.Terminal}
	for _, b := range r.sys.Bounds {
		conds = append(conds, b.Cond)
	}
	for _, p := range r.sys.Props {
		if p.Kind == ir.CTL && lacksValue(p.Formula, &eval.Env{State: last.State}) {
			return true
		}
		if p.Kind == ir.Invariant || p.Kind == ir.Step || p.Kind == ir.Witness {
			conds = append(conds, p.Formula)
		}
	}
	return slices.ContainsFunc(conds, func(e ir.Expr) bool {
		if e == nil {
			return false
		}
		_, err := eval.Holds(e, env)
		return err != nil
	})
}

// loop checks that an infinite run goes on where it says that it does. A run
// may rest for ever in a state without successors.
func (r run) loop() string {
	t := r.f.Trace
	if t.Loop < 0 {
		return ""
	}
	if t.Loop >= len(t.Steps) {
		return fmt.Sprintf("the loop to #%d has no beginning", t.Loop)
	}
	next := eval.Successors(r.sys, t.Steps[r.last()].State)
	if len(next) == 0 && t.Loop == r.last() && t.Back.Action == nil {
		return ""
	}
	if !slices.ContainsFunc(next, func(o eval.Outcome) bool {
		return o.Action == t.Back.Action && slices.EqualFunc(o.Args, t.Back.Args, ir.Equal) && reaches(o, t.Steps[t.Loop].State)
	}) {
		return fmt.Sprintf("no step leads back to #%d", t.Loop)
	}
	return ""
}

// claim checks that the run shows what the finding says. Runs of scenarios are
// shown by their steps alone.
func (r run) claim() string {
	env, violated := r.env(r.last()), r.f.Verdict == evidence.Violated
	switch r.f.Prop.Kind {
	case ir.Invariant, ir.Step, ir.Witness:
		if r.f.Prop.Kind != ir.Witness && !violated {
			return ""
		}
		if r.f.Prop.Kind == ir.Step && r.last() == 0 {
			return "there is no step"
		}
		holds, err := eval.Holds(r.f.Prop.Formula, env)
		switch {
		case err != nil:
			return "the formula has no value: " + err.Msg
		case holds && violated:
			return "the formula is true"
		case !holds && !violated:
			return "the formula is false"
		}
	case ir.CTL:
		if r.f.Branch != nil {
			return r.branch(r.f.Branch)
		}
	case ir.Refines:
		if violated {
			return r.outside()
		}
	case ir.Temporal:
		if violated {
			return r.refuted()
		}
	case ir.Deadlock:
		if violated && len(eval.Successors(r.sys, env.State)) > 0 {
			return "the state has a successor"
		}
		if violated && r.sys.Terminal != nil {
			if terminal, err := eval.Holds(r.sys.Terminal, env); err == nil && terminal {
				return "the state is terminal"
			}
		}
	}
	return ""
}

func stepName(s evidence.Step) string {
	if s.Action == nil {
		return "init"
	}
	return s.Action.Name
}
