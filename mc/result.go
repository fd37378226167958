package mc

import (
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
)

// result puts together what the search has found; scenarios are not in it
// yet.
func (s *search) result() *evidence.Result {
	res := &evidence.Result{System: s.sys, Engine: "breadth-first, exact store", States: s.states, Basis: s.basis(), Coverage: s.coverage()}
	for _, w := range s.workers {
		res.States.Generated += w.generated.Load()
	}
	byProp := map[*ir.Property]*target{}
	for _, t := range s.goal.all() {
		byProp[t.prop] = t
	}
	for i := range s.sys.Checks {
		check := &s.sys.Checks[i]
		f := evidence.Finding{Prop: check.Prop, Check: check}
		if t := byProp[check.Prop]; t != nil {
			s.decide(&f, t, res.Basis.Kind == evidence.Exhaustive)
		}
		res.Findings = append(res.Findings, f)
	}
	for _, t := range []*target{s.goal.deadlock, s.goal.assertion, s.goal.evaluation} {
		if t.hit != nil && !t.asked {
			f := evidence.Finding{Prop: t.prop}
			s.decide(&f, t, false)
			res.Findings = append(res.Findings, f)
		}
	}
	return res
}

func (s *search) basis() evidence.Basis {
	var b evidence.Basis
	cutBy := make([]bool, len(s.sys.Bounds))
	for _, w := range s.workers {
		b.Cuts += w.cuts
		for i, cut := range w.cutBy {
			cutBy[i] = cutBy[i] || cut
		}
	}
	for i, cut := range cutBy {
		if cut {
			b.BoundOf = append(b.BoundOf, *s.sys.Bounds[i])
		}
	}
	s.mu.Lock()
	b.Limit = s.limit
	s.mu.Unlock()
	switch {
	case b.Limit != "":
	case b.Cuts > 0:
		b.Kind = evidence.Bounded
	default:
		b.Kind = evidence.Exhaustive
	}
	return b
}

func (s *search) coverage() evidence.Coverage {
	var c evidence.Coverage
	for i, a := range s.sys.Actions {
		n := evidence.ActionCount{Action: a, New: s.fresh[i], Blocked: make([]uint64, len(ir.Conjuncts(a.Guard)))}
		for _, w := range s.workers {
			n.Taken += w.taken[i]
			n.Enabled += w.possible[i]
			n.Passed = n.Passed || w.m.Counts()[i].Passed
			for j, k := range w.m.Counts()[i].Blocked {
				n.Blocked[j] += k
			}
		}
		c.Actions = append(c.Actions, n)
	}
	for _, v := range s.goal.vacuous {
		if !v.seen.Load() {
			c.Vacuous = append(c.Vacuous, evidence.Vacuity{Prop: v.prop, Span: v.part.Span, Why: v.part.Why})
		}
	}
	return c
}

// decide gives a finding the verdict that its target has come to.
func (s *search) decide(f *evidence.Finding, t *target, exhaustive bool) {
	witness := t.prop.Kind == ir.Witness
	switch {
	case t.hit != nil:
		f.Verdict = evidence.Violated
		if witness {
			f.Verdict = evidence.Holds
		}
		s.show(f, t)
	case t.broken.Load():
		f.Why = "it has no value in some state"
	case exhaustive && witness:
		f.Verdict = evidence.Violated
	case exhaustive:
		f.Verdict = evidence.Holds
	}
}

// show gives a finding its trace.
func (s *search) show(f *evidence.Finding, t *target) {
	tr := s.tracer()
	f.Depth, f.Trace = t.hit.depth, tr.to(t.hit)
	failure := t.hit.failure
	if failure == nil {
		return
	}
	p := *f.Prop
	p.Span = failure.Span
	if f.Check == nil {
		f.Prop = &p
	}
	f.Span = failure.Span
	switch {
	case failure.Assert != nil:
		f.Failing = &evidence.Failing{Expr: failure.Assert.Cond, Since: f.Depth}
	default:
		f.Why = failure.Kind.String()
	}
	if err := tr.fail(f.Trace, t.hit); err != nil {
		f.Why = err.Msg
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
		case f.Prop.Kind == ir.Temporal || f.Prop.Kind == ir.CTL:
			f.Why = "this engine decides properties of states and steps, not yet of whole runs"
		case res.Basis.Kind == evidence.Bounded:
			f.Why = fmt.Sprintf("nothing found within the bound, which cut %d successors off", res.Basis.Cuts)
		default:
			f.Why = res.Basis.Limit
		}
	}
}
