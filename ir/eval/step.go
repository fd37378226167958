package eval

import (
	"slices"

	"github.com/spec-lang/spec/ir"
)

// Outcome is one way through an action, or through the initial statements.
// If Err or Assert is set it ends in a violation, and State is as far as it
// came.
type Outcome struct {
	Action *ir.Action // nil for an initial state
	// Args are the values of the parameters; fewer if evaluating a domain
	// was the error.
	Args   []ir.Value
	State  []ir.Value
	Err    *Error
	Assert *ir.AssertStmt

	early bool // Err stands in a domain or the guard
}

// Initial returns the outcomes of the initial statements, in order of their
// choices. The same state may come more than once.
func Initial(sys *ir.System) []Outcome {
	s := newScope(&Env{})
	blank := make([]ir.Value, len(sys.Vars))
	out := outcomes(nil, nil, s.exec(sys.Init, []way{{state: blank}}))
	for i := range out {
		for j, v := range out[i].State {
			if v == nil && out[i].Err == nil && out[i].Assert == nil {
				out[i].Err = illFormed(sys.Vars[j].Span, "%s has no initial value", sys.Vars[j].Name)
			}
		}
	}
	return out
}

// Successors returns the outcomes of all actions in state: actions in order,
// parameters in canonical order, choices in order. There is one outcome for
// each way through, so the same state may come more than once. An error in a
// domain or a guard is an outcome too.
func Successors(sys *ir.System, state []ir.Value) []Outcome {
	var out []Outcome
	for _, a := range sys.Actions {
		instances(a, newScope(&Env{State: state, Old: state}), nil, func(o []Outcome) bool {
			out = append(out, o...)
			return true
		})
	}
	return out
}

// Step returns the outcomes of one action with the given arguments in state,
// none if it is not possible. Arguments outside their domains make it
// impossible.
func Step(_ *ir.System, a *ir.Action, args []ir.Value, state []ir.Value) []Outcome {
	return newScope(&Env{State: state, Old: state}).step(a, args)
}

func (s scope) step(a *ir.Action, args []ir.Value) []Outcome {
	for i, p := range a.Params {
		in, err := s.member(args[i], p.Domain)
		if err != nil {
			return []Outcome{{Action: a, Args: args[:i], State: s.state, Err: err, early: true}}
		}
		if !in {
			return nil
		}
		s = s.bind(p.Local, args[i])
	}
	return s.fire(a, args)
}

// instances hands the outcomes of each choice of the remaining parameters of
// a to visit, until it does not want more. Each instance counts its own
// steps, on top of those of s.
func instances(a *ir.Action, s scope, args []ir.Value, visit func([]Outcome) bool) bool {
	m := *s.meter
	s.meter = &m
	if len(args) == len(a.Params) {
		return visit(s.fire(a, args))
	}
	p := a.Params[len(args)]
	elems, err := s.domain(p.Domain)
	if err != nil {
		return visit([]Outcome{{Action: a, Args: args, State: s.state, Err: err, early: true}})
	}
	for _, v := range elems {
		if !instances(a, s.bind(p.Local, v), append(slices.Clip(args), v), visit) {
			return false
		}
	}
	return true
}

// fire returns the outcomes of a with its parameters bound in s.
func (s scope) fire(a *ir.Action, args []ir.Value) []Outcome {
	start := way{state: s.state, locals: s.locals}
	if a.Guard != nil {
		ok, err := s.holds(a.Guard)
		if err != nil {
			out := outcomes(a, args, start.failed(err))
			out[0].early = true
			return out
		}
		if !ok {
			return nil
		}
	}
	return outcomes(a, args, s.exec(a.Body, []way{start}))
}

func outcomes(a *ir.Action, args []ir.Value, ways []way) []Outcome {
	var out []Outcome
	for _, w := range ways {
		out = append(out, Outcome{Action: a, Args: args, State: w.state, Err: w.err, Assert: w.assert})
	}
	return out
}

// actionPred evaluates enabled(A(args)), by trying, and taken(A(args)), by
// the step of the Env. An action is enabled if it has any outcome: one that
// ends in a violation counts, an error in a domain or guard is passed on.
func (s scope) actionPred(e *ir.ActionPred) (ir.Value, *Error) {
	args, err := s.evalAll(e.Args)
	if err != nil {
		return nil, err
	}
	if e.Taken {
		if s.taken == nil {
			return nil, illFormed(e.Loc, "taken(%s) is not a state predicate: it speaks about a step", e.Action.Name)
		}
		return ir.Bool(s.taken.Action == e.Action && (e.Any || slices.EqualFunc(s.taken.Args, args, ir.Equal))), nil
	}
	if s.meter.depth >= ir.MaxDepth { // an action that asks whether it is enabled
		return nil, tooDeep(e.Loc, "enabled("+e.Action.Name+")")
	}
	s.meter.depth++
	defer func() { s.meter.depth-- }()
	s.old, s.locals = s.state, nil
	enabled := false
	look := func(out []Outcome) bool {
		enabled = len(out) > 0
		if enabled && out[0].early {
			err = out[0].failure()
		}
		return !enabled
	}
	if e.Any {
		instances(e.Action, s, nil, look)
	} else {
		look(s.step(e.Action, args))
	}
	if err != nil {
		return nil, err
	}
	return ir.Bool(enabled), nil
}

// failure is the error of an outcome; a failed assertion is one here.
func (o Outcome) failure() *Error {
	if o.Assert != nil {
		return assertFailed(o.Assert)
	}
	return o.Err
}
