package symbolic

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/symbolic/bdd"
)

// hit is where a property was first decided.
type hit struct {
	depth  int
	trace  *evidence.Trace
	err    *eval.Error    // that decided it
	assert *ir.AssertStmt // that failed
}

// locate finds the first of the shortest runs that decide a target: each step
// is the first, in the order of the judge, from which the layers show that
// one can go on.
func (s *search) locate(t *target, f found) *hit {
	if len(s.layers) == 0 {
		return s.last(t, f, nil, eval.Initial(s.sys))
	}
	tr := &evidence.Trace{Loop: -1}
	for _, ahead := range s.backwards(f) {
		outcomes := eval.Initial(s.sys)
		if n := len(tr.Steps); n > 0 {
			outcomes = eval.Successors(s.sys, tr.Steps[n-1].State)
		}
		i := slices.IndexFunc(outcomes, func(o eval.Outcome) bool {
			return o.Err == nil && o.Assert == nil && s.space.has(ahead, o.State)
		})
		if i < 0 {
			return nil // the diagrams have met a limit
		}
		tr.Steps = append(tr.Steps, step(outcomes[i]))
	}
	from := tr.Steps[len(tr.Steps)-1].State
	outcomes := eval.Successors(s.sys, from)
	if len(outcomes) == 0 {
		h := &hit{depth: len(tr.Steps) - 1, trace: tr}
		if t != s.goal.deadlock {
			_, h.err = eval.Holds(s.sys.Terminal, &eval.Env{State: from})
			h.assert = asserted(h.err)
		}
		return h
	}
	h := s.last(t, f, from, outcomes)
	if h != nil {
		h.depth, h.trace.Steps = len(tr.Steps), append(tr.Steps, h.trace.Steps...)
	}
	return h
}

// backwards are, by depth, the states from where a target can be decided in
// the step after the last layer.
func (s *search) backwards(f found) []bdd.Node {
	b, n := s.space.t, len(s.layers)
	way := make([]bdd.Node, n)
	way[n-1] = b.And(s.layers[n-1], b.Or(f.sources, s.space.preimage(f.states)))
	for i := n - 2; i >= 0; i-- {
		way[i] = b.And(s.layers[i], s.space.preimage(way[i+1]))
	}
	return way
}

func step(o eval.Outcome) evidence.Step {
	st := evidence.Step{Action: o.Action, Args: o.Args, State: o.State}
	if o.Action != nil {
		st.Span = o.Action.NameSpan
	}
	return st
}

func asserted(err *eval.Error) *ir.AssertStmt {
	if err == nil {
		return nil
	}
	return err.Assert
}

// last is the first outcome that decides a target.
func (s *search) last(t *target, f found, from []ir.Value, outcomes []eval.Outcome) *hit {
	for _, o := range outcomes {
		h := &hit{trace: &evidence.Trace{Steps: []evidence.Step{step(o)}, Loop: -1}}
		if o.Err != nil || o.Assert != nil {
			h.err, h.assert = o.Err, o.Assert
			if t == s.goal.evaluation && o.Err != nil || t == s.goal.assertion && o.Assert != nil {
				return h
			}
			continue
		}
		if s.decidedBy(t, f, from, o, h) {
			return h
		}
	}
	return nil
}

// decidedBy reports whether an outcome that does not fail decides a target.
func (s *search) decidedBy(t *target, f found, from []ir.Value, o eval.Outcome, h *hit) bool {
	during := &eval.Env{State: o.State, Old: from, Taken: &eval.Taken{Action: o.Action, Args: o.Args}}
	switch {
	case t.prop.Kind == ir.Step:
		ok, err := eval.Holds(t.prop.Formula, during)
		return from != nil && err == nil && !ok
	case t != s.goal.evaluation && t != s.goal.assertion:
		return s.space.has(f.states, o.State)
	}
	if from != nil {
		for _, p := range s.goal.targets {
			if p.prop.Kind == ir.Step && p.hit == nil && s.blames(t, p.prop.Formula, during, h) {
				return true
			}
		}
	}
	if !s.space.has(f.states, o.State) {
		return false
	}
	after := &eval.Env{State: o.State}
	for _, b := range s.sys.Bounds {
		if s.blames(t, b.Cond, after, h) {
			return true
		}
	}
	for _, p := range s.goal.targets {
		if p.prop.Kind != ir.Step && p.hit == nil && s.blames(t, p.prop.Formula, after, h) {
			return true
		}
	}
	return false
}

// blames reports whether evaluating e fails as the target says.
func (s *search) blames(t *target, e ir.Expr, env *eval.Env, h *hit) bool {
	_, err := eval.Holds(e, env)
	if err == nil || (err.Kind == eval.AssertFailed) != (t == s.goal.assertion) {
		return false
	}
	h.err, h.assert = err, err.Assert
	return true
}
