package irtest

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
)

// Possible reports whether some values of its free variables make a run
// possible, whether or not that is refused: it tries them all. A step or an
// expectation that cannot be evaluated is not possible, and a free variable of
// an infinite type has no value.
func Possible(sys *ir.System, run *ir.ScenarioRun) bool {
	return choose(run, nil, nil, func(locals *eval.Locals) bool {
		var at [][]ir.Value
		for _, o := range eval.Initial(sys) {
			at = arrive(at, o)
		}
		for _, st := range run.Steps {
			var next [][]ir.Value
			for _, state := range at {
				env := &eval.Env{State: state, Locals: locals}
				if st.Action == nil {
					if ok, err := eval.Holds(st.Expect, env); ok && err == nil {
						next = append(next, state)
					}
					continue
				}
				for _, o := range perform(sys, st, env) {
					next = arrive(next, o)
				}
			}
			at = next
		}
		return len(at) > 0
	})
}

// choose tries all values of the free variables after the chosen ones, those
// of one unordered sort being different.
func choose(run *ir.ScenarioRun, chosen []ir.Value, locals *eval.Locals, try func(*eval.Locals) bool) bool {
	if len(chosen) == len(run.Free) {
		return try(locals)
	}
	l := run.Free[len(chosen)]
	if _, finite := ir.Card(l.Type); !finite {
		return false
	}
	for v := range ir.Values(l.Type) {
		clash := false
		for i, w := range chosen {
			same := run.Free[i].Type == l.Type && l.Type.Kind == ir.SortKind && l.Type.Sort.Order == ir.Unordered
			clash = clash || same && ir.Equal(v, w)
		}
		if !clash && choose(run, append(slices.Clip(chosen), v), locals.With(l, v), try) {
			return true
		}
	}
	return false
}

func perform(sys *ir.System, st ir.ScenarioStep, env *eval.Env) []eval.Outcome {
	args := make([]ir.Value, len(st.Args))
	for i, a := range st.Args {
		v, err := eval.Expr(a, env)
		if err != nil {
			return nil
		}
		args[i] = v
	}
	return eval.Step(sys, st.Action, args, env.State)
}

// arrive adds the state of an outcome that does not fail, once.
func arrive(states [][]ir.Value, o eval.Outcome) [][]ir.Value {
	same := func(s []ir.Value) bool { return slices.EqualFunc(s, o.State, ir.Equal) }
	if o.Err != nil || o.Assert != nil || slices.ContainsFunc(states, same) {
		return states
	}
	return append(states, o.State)
}

// moves is how many actions a run takes.
func moves(run *ir.ScenarioRun) int {
	n := 0
	for _, st := range run.Steps {
		if st.Action != nil {
			n++
		}
	}
	return n
}
