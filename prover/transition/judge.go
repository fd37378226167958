package transition

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
)

// Judge asks the reference evaluator whether an outcome decides a target.
type Judge struct {
	Sys    *ir.System
	Target *Target
	From   []ir.Value              // the state before; nil of the initial statements
	Open   func(*ir.Property) bool // a property whose failures count
}

// Decision is what decides a target besides the state: the evaluation error
// or the assertion that fails, if it is one.
type Decision struct {
	Err    *eval.Error
	Assert *ir.AssertStmt
}

// Decides returns what decides the target; nil if nothing does.
func (j *Judge) Decides(o eval.Outcome) *Decision {
	if o.Err != nil || o.Assert != nil {
		return j.fails(o)
	}
	switch t := j.Target; {
	case t.Role == Cutting:
		return decided(!Inside(j.Sys, o.State))
	case t.Role == Lacking:
		_, err := eval.Holds(t.Prop.Formula, j.env(t.Prop, o))
		return decided(err != nil && (t.Prop.Kind != ir.Step || j.From != nil))
	case t.Prop.Kind == ir.Deadlock:
		stuck, err := j.stuck(o.State)
		return decided(stuck && err == nil)
	case t.Prop.Kind == ir.Evaluation || t.Prop.Kind == ir.Assertion:
		return j.lapses(o)
	case t.Prop.Kind == ir.Step && j.From == nil:
		return nil
	default:
		holds, err := eval.Holds(t.Prop.Formula, j.env(t.Prop, o))
		return decided(err == nil && holds == (t.Prop.Kind == ir.Witness))
	}
}

func decided(so bool) *Decision {
	if so {
		return &Decision{}
	}
	return nil
}

// fails is decides for outcomes without an end.
func (j *Judge) fails(o eval.Outcome) *Decision {
	if j.Target.Role == Asked || j.Target.Role == BuiltIn {
		switch k := j.Target.Prop.Kind; {
		case k == ir.Evaluation && o.Err != nil, k == ir.Assertion && o.Assert != nil:
			return &Decision{Err: o.Err, Assert: o.Assert}
		}
	}
	return nil
}

func (j *Judge) env(p *ir.Property, o eval.Outcome) *eval.Env {
	env := &eval.Env{State: o.State}
	if p.Kind == ir.Step {
		env.Old, env.Taken = j.From, &eval.Taken{Action: o.Action, Args: o.Args}
	}
	return env
}

// Inside reports whether a state is within the bounds; one that has no value
// does not cut.
func Inside(sys *ir.System, state []ir.Value) bool {
	for _, b := range sys.Bounds {
		if ok, err := eval.Holds(b.Cond, &eval.Env{State: state}); err == nil && !ok {
			return false
		}
	}
	return true
}

// stuck reports whether nothing follows a state that is not terminal.
func (j *Judge) stuck(state []ir.Value) (bool, *eval.Error) {
	if !Inside(j.Sys, state) || len(eval.Successors(j.Sys, state)) > 0 {
		return false, nil
	}
	if j.Sys.Terminal == nil {
		return true, nil
	}
	terminal, err := eval.Holds(j.Sys.Terminal, &eval.Env{State: state})
	return !terminal, err
}

// lapses looks for a formula that has no value after an outcome.
func (j *Judge) lapses(o eval.Outcome) *Decision {
	for _, p := range j.Sys.Checks {
		if f := p.Prop; f.Kind == ir.Step && j.From != nil && j.Open(f) {
			if _, err := eval.Holds(f.Formula, j.env(f, o)); j.blames(err) {
				return &Decision{Err: err, Assert: err.Assert}
			}
		}
	}
	for _, b := range j.Sys.Bounds {
		ok, err := eval.Holds(b.Cond, &eval.Env{State: o.State})
		if j.blames(err) {
			return &Decision{Err: err, Assert: err.Assert}
		}
		if err == nil && !ok {
			break
		}
	}
	for _, p := range j.Sys.Checks {
		if f := p.Prop; (f.Kind == ir.Invariant || f.Kind == ir.Witness) && j.Open(f) {
			if _, err := eval.Holds(f.Formula, j.env(f, o)); j.blames(err) {
				return &Decision{Err: err, Assert: err.Assert}
			}
		}
	}
	if _, err := j.stuck(o.State); j.blames(err) {
		return &Decision{Err: err, Assert: err.Assert}
	}
	return nil
}

// blames reports whether a failure is of the kind that is looked for.
func (j *Judge) blames(err *eval.Error) bool {
	return err != nil && (err.Kind == eval.AssertFailed) == (j.Target.Prop.Kind == ir.Assertion)
}
