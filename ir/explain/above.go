package explain

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
)

// outside checks that the last step, or the first state, is none of the abstract
// machine.
func (r run) outside() string {
	of := r.f.Prop.Refines
	last := r.last()
	after, err := mapped(of, r.f.Trace.Steps[last].State)
	if err != nil {
		return ""
	}
	if last > 0 {
		before, err := mapped(of, r.f.Trace.Steps[last-1].State)
		switch {
		case err != nil:
			return "the mapping has no value before: " + err.Msg
		case slices.EqualFunc(before, after, ir.Equal):
			return "nothing changes in " + of.Abstract.Machine
		}
	} else if of.Anywhere {
		return "where the model begins is not compared"
	}
	for _, o := range r.possibleAbove() {
		if reaches(o, after) {
			return of.Abstract.Machine + " has this step"
		}
	}
	return ""
}

// mapped is the state of the abstract machine.
func mapped(of *ir.Refinement, state []ir.Value) ([]ir.Value, *eval.Error) {
	out := make([]ir.Value, len(of.Map))
	for i, e := range of.Map {
		v, err := eval.Expr(e, &eval.Env{State: state})
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

// possibleAbove are the ways in which the abstract machine can begin, or go on
// from where the last step begins.
func (r run) possibleAbove() []eval.Outcome {
	of := r.f.Prop.Refines
	if r.last() == 0 {
		return eval.Initial(of.Abstract)
	}
	before, err := mapped(of, r.f.Trace.Steps[r.last()-1].State)
	if err != nil {
		return nil
	}
	return eval.Successors(of.Abstract, before)
}

// above shows the last step as the abstract machine sees it.
func (r run) above() *evidence.Above {
	of := r.f.Prop.Refines
	out := &evidence.Above{System: of.Abstract}
	if r.last() > 0 {
		out.Before, _ = mapped(of, r.f.Trace.Steps[r.last()-1].State)
	}
	after, err := mapped(of, r.f.Trace.Steps[r.last()].State)
	if err != nil {
		out.Why = err.Msg
		return out
	}
	out.After = after
	best := -1
	for _, o := range r.possibleAbove() {
		if o.Err != nil || o.Assert != nil {
			continue
		}
		if n := alike(o.State, after); n > best {
			best = n
			out.Closest = &evidence.Step{Action: o.Action, Args: o.Args, State: o.State}
		}
	}
	return out
}

// alike is how many values two states have in common.
func alike(a, b []ir.Value) int {
	n := 0
	for i := range a {
		if ir.Equal(a[i], b[i]) {
			n++
		}
	}
	return n
}
