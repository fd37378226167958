package bmc

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/prover/transition"
)

// judge asks the reference evaluator whether an outcome decides a target.
type judge struct {
	sys    *ir.System
	target *transition.Target
	from   []ir.Value // the state before; nil of the initial statements
	open   func(*ir.Property) bool
}

// decides returns what decides the target, without trace and depth; nil if
// nothing does.
func (j *judge) decides(o eval.Outcome) *Hit {
	if o.Err != nil || o.Assert != nil {
		return j.fails(o)
	}
	switch t := j.target; {
	case t.Role == transition.Cutting:
		return decided(!j.inside(o.State))
	case t.Role == transition.Lacking:
		_, err := eval.Holds(t.Prop.Formula, j.env(t.Prop, o))
		return decided(err != nil && (t.Prop.Kind != ir.Step || j.from != nil))
	case t.Prop.Kind == ir.Deadlock:
		stuck, err := j.stuck(o.State)
		return decided(stuck && err == nil)
	case t.Prop.Kind == ir.Evaluation || t.Prop.Kind == ir.Assertion:
		return j.lapses(o)
	case t.Prop.Kind == ir.Step && j.from == nil:
		return nil
	default:
		holds, err := eval.Holds(t.Prop.Formula, j.env(t.Prop, o))
		return decided(err == nil && holds == (t.Prop.Kind == ir.Witness))
	}
}

func decided(so bool) *Hit {
	if so {
		return &Hit{}
	}
	return nil
}

// fails is decides for outcomes without an end.
func (j *judge) fails(o eval.Outcome) *Hit {
	if j.target.Role == transition.Asked || j.target.Role == transition.BuiltIn {
		switch k := j.target.Prop.Kind; {
		case k == ir.Evaluation && o.Err != nil, k == ir.Assertion && o.Assert != nil:
			return &Hit{Err: o.Err, Assert: o.Assert}
		}
	}
	return nil
}

func (j *judge) env(p *ir.Property, o eval.Outcome) *eval.Env {
	env := &eval.Env{State: o.State}
	if p.Kind == ir.Step {
		env.Old, env.Taken = j.from, &eval.Taken{Action: o.Action, Args: o.Args}
	}
	return env
}

// inside reports whether a state is within the bounds; one that has no value
// does not cut.
func (j *judge) inside(state []ir.Value) bool {
	for _, b := range j.sys.Bounds {
		if ok, err := eval.Holds(b.Cond, &eval.Env{State: state}); err == nil && !ok {
			return false
		}
	}
	return true
}

// stuck reports whether nothing follows a state that is not terminal.
func (j *judge) stuck(state []ir.Value) (bool, *eval.Error) {
	if !j.inside(state) || len(eval.Successors(j.sys, state)) > 0 {
		return false, nil
	}
	if j.sys.Terminal == nil {
		return true, nil
	}
	terminal, err := eval.Holds(j.sys.Terminal, &eval.Env{State: state})
	return !terminal, err
}

// lapses looks for a formula that has no value after an outcome.
func (j *judge) lapses(o eval.Outcome) *Hit {
	for _, p := range j.sys.Checks {
		if f := p.Prop; f.Kind == ir.Step && j.from != nil && j.open(f) {
			if _, err := eval.Holds(f.Formula, j.env(f, o)); j.blames(err) {
				return &Hit{Err: err, Assert: err.Assert}
			}
		}
	}
	for _, b := range j.sys.Bounds {
		ok, err := eval.Holds(b.Cond, &eval.Env{State: o.State})
		if j.blames(err) {
			return &Hit{Err: err, Assert: err.Assert}
		}
		if err == nil && !ok {
			break
		}
	}
	for _, p := range j.sys.Checks {
		if f := p.Prop; (f.Kind == ir.Invariant || f.Kind == ir.Witness) && j.open(f) {
			if _, err := eval.Holds(f.Formula, j.env(f, o)); j.blames(err) {
				return &Hit{Err: err, Assert: err.Assert}
			}
		}
	}
	if _, err := j.stuck(o.State); j.blames(err) {
		return &Hit{Err: err, Assert: err.Assert}
	}
	return nil
}

// blames reports whether a failure is of the kind that is looked for.
func (j *judge) blames(err *eval.Error) bool {
	return err != nil && (err.Kind == eval.AssertFailed) == (j.target.Prop.Kind == ir.Assertion)
}
