package mc

import (
	"context"
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/store"
)

// result puts together what the search has found; scenarios are not in it
// yet.
func (s *search) result(ctx context.Context) *evidence.Result {
	t := s.tally()
	res := &evidence.Result{System: s.sys, Shortest: s.opt.Order == BreadthFirst, Engine: s.opt.Order.String() + ", " + s.opt.Store.String(), States: s.states, Basis: s.basis(t),
		Coverage: s.coverage(t), Memory: max(s.peak, s.memory())}
	res.States.Generated = t.generated
	s.noteReductions(res)
	tr := s.tracer(ctx)
	res.Shortest = res.Shortest && tr.order() == nil
	byProp := map[*ir.Property]*target{}
	for _, t := range s.goal.targets {
		byProp[t.prop] = t
	}
	for i := range s.sys.Checks {
		check := &s.sys.Checks[i]
		f := evidence.Finding{Prop: check.Prop, Check: check}
		if t := byProp[check.Prop]; t != nil {
			s.decide(&f, t, tr, res.Basis.Kind == evidence.Exhaustive)
		}
		res.Findings = append(res.Findings, f)
	}
	for _, t := range []*target{s.goal.deadlock, s.goal.assertion, s.goal.evaluation} {
		if t.hit != nil && !t.asked {
			f := evidence.Finding{Prop: t.prop}
			s.decide(&f, t, tr, false)
			res.Findings = append(res.Findings, f)
		}
	}
	return res
}

func (s *search) basis(t tally) evidence.Basis {
	var b evidence.Basis
	b.Cuts = t.cuts
	for i, cut := range t.cutBy {
		if cut {
			b.BoundOf = append(b.BoundOf, *s.sys.Bounds[i])
		}
	}
	s.mu.Lock()
	b.Limit = s.limit
	s.mu.Unlock()
	switch {
	case b.Limit != "":
	case s.opt.Store == Bitstate:
		b.Limit = fmt.Sprintf("bitstate storage, which covers an estimated %.4g %% of the states", 100*s.store.(*store.Bitstate).Covered())
	case b.Cuts > 0:
		b.Kind = evidence.Bounded
	default:
		b.Kind = evidence.Exhaustive
	}
	if s.opt.Store == Fingerprint {
		b.Notes = append(b.Notes, fmt.Sprintf("64-bit fingerprints: the odds that two states were taken for one are at most %.1g", store.Odds(s.states.Distinct)))
	}
	if s.unsaved != nil {
		b.Notes = append(b.Notes, "the last checkpoint could not be written: "+s.unsaved.Error())
	}
	return b
}

func (s *search) coverage(t tally) evidence.Coverage {
	var c evidence.Coverage
	for i, n := range t.actions {
		c.Actions = append(c.Actions, evidence.ActionCount{Action: s.sys.Actions[i], Taken: n.Taken, Enabled: n.Enabled,
			Blocked: n.Blocked, Passed: n.Passed})
	}
	for _, v := range s.goal.vacuous {
		if !v.seen.Load() {
			c.Vacuous = append(c.Vacuous, evidence.Vacuity{Prop: v.prop, Span: v.part.Span, Why: v.part.Why})
		}
	}
	return c
}

// decide gives a finding the verdict that its target has come to.
func (s *search) decide(f *evidence.Finding, t *target, tr *tracer, exhaustive bool) {
	witness := t.prop.Kind == ir.Witness
	switch {
	case t.hit != nil && tr.goal.targets[t.index].hit == nil:
		f.Why = fmt.Sprintf("found at depth %d, but the search for its trace met %s", t.hit.depth, tr.limit)
	case t.hit != nil:
		f.Verdict = evidence.Violated
		if witness {
			f.Verdict = evidence.Holds
		}
		tr.show(f, tr.goal.targets[t.index].hit)
	case t.broken.Load():
		f.Why = "it has no value in some state"
	case exhaustive && witness:
		f.Verdict = evidence.Violated
	case exhaustive:
		f.Verdict = evidence.Holds
	}
}

// explainUnknown says of each undecided finding why it is undecided.
func (s *search) explainUnknown(res *evidence.Result) {
	for i := range res.Findings {
		f := &res.Findings[i]
		if f.Verdict != evidence.Unknown || f.Why != "" {
			continue
		}
		switch {
		case res.Basis.Kind == evidence.Bounded:
			f.Why = fmt.Sprintf("nothing found within the bound, which cut %d successors off", res.Basis.Cuts)
		default:
			f.Why = res.Basis.Limit
		}
	}
}
