package symbolic

import (
	"fmt"
	"math/big"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/circuit"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/symbolic/bdd"
)

// result puts together what the search has found; properties of branching
// time are not in it yet.
func (s *search) result() *evidence.Result {
	res := &evidence.Result{System: s.sys, Engine: Engine, Basis: s.basis(), Coverage: s.coverage()}
	res.States = s.states(res.Coverage)
	s.stopped() // counting may have met a limit, too
	if s.limit != "" {
		res.Basis.Kind, res.Basis.Limit = evidence.Partial, s.limit
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

func (s *search) states(c evidence.Coverage) evidence.States {
	st := evidence.States{Distinct: clamp(s.space.count(s.reached)), Initial: clamp(s.space.count(s.layers[0]))}
	for i, l := range s.layers {
		if l != bdd.False {
			st.Depth = i
		}
	}
	init := s.space.c.Init
	ways := s.space.countWays(s.space.node(init.Valid), init)
	total := ways.Rsh(ways, uint(s.space.c.States)) // states do not matter to them
	for _, a := range c.Actions {
		total.Add(total, new(big.Int).SetUint64(a.Taken))
	}
	st.Generated = clamp(total)
	return st
}

func (s *search) coverage() evidence.Coverage {
	var c evidence.Coverage
	b := s.space.t
	taken, possible := map[*ir.Action]*big.Int{}, map[*ir.Action]bdd.Node{}
	blocked := map[*ir.Action][]*big.Int{}
	passed := map[*ir.Action]bool{}
	for _, a := range s.sys.Actions {
		taken[a] = new(big.Int)
		for range ir.Conjuncts(a.Guard) {
			blocked[a] = append(blocked[a], new(big.Int))
		}
	}
	for _, r := range s.space.steps {
		a := r.step.Action
		taken[a].Add(taken[a], s.space.countWays(b.And(s.done, r.ways), r.step))
		possible[a] = b.Or(possible[a], r.enabled)
		passed[a] = passed[a] || b.And(s.done, s.space.node(r.step.Passed)) != bdd.False
		for i, l := range r.step.Blocked {
			blocked[a][i].Add(blocked[a][i], s.space.count(b.And(s.done, s.space.node(l))))
		}
	}
	for _, a := range s.sys.Actions {
		n := evidence.ActionCount{Action: a, Taken: clamp(taken[a]), Passed: passed[a],
			Enabled: clamp(s.space.count(b.And(s.done, possible[a]))), Blocked: make([]uint64, len(blocked[a]))}
		for j, k := range blocked[a] {
			n.Blocked[j] = clamp(k)
		}
		c.Actions = append(c.Actions, n)
	}
	c.Vacuous = s.vacuous()
	return c
}

// vacuous lists the parts of properties that never mattered.
func (s *search) vacuous() []evidence.Vacuity {
	var out []evidence.Vacuity
	for _, t := range s.goal.targets {
		if t.prop.Kind == ir.Witness {
			continue
		}
		for _, part := range ir.MustMatter(s.sys, t.prop) {
			if !s.matters(t.prop.Kind, part.Once) {
				out = append(out, evidence.Vacuity{Prop: t.prop, Span: part.Span, Why: part.Why})
			}
		}
	}
	return out
}

// matters reports whether a condition is true, or fails, somewhere.
func (s *search) matters(kind ir.PropKind, once ir.Expr) bool {
	b := s.space.t
	if kind != ir.Step {
		v, err := s.space.condition(once)
		return err != nil || b.And(b.Or(s.reached, s.cut), b.Or(v.holds, b.Or(v.errs, v.fails))) != bdd.False
	}
	for _, r := range s.space.steps {
		if r.step.Valid == circuit.False {
			continue
		}
		v, err := s.space.during(r.step, once, true)
		if err != nil || b.And(s.done, b.Or(v.holds, b.Or(v.errs, v.fails))) != bdd.False {
			return true
		}
	}
	return false
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
		showHit(f, t.hit)
	case t.broken:
		f.Why = "it has no value in some state"
	case exhaustive && witness:
		f.Verdict = evidence.Violated
	case exhaustive:
		f.Verdict = evidence.Holds
	}
}

// showHit gives a finding its trace.
func showHit(f *evidence.Finding, h *hit) {
	f.Depth, f.Trace = h.depth, h.trace
	switch {
	case h.assert != nil:
		f.Span = h.assert.Span()
		f.Failing = &evidence.Failing{Expr: h.assert.Cond, Since: h.depth}
	case h.err != nil:
		f.Span = h.err.Span
	default:
		return
	}
	if h.err != nil {
		f.Why = h.err.Msg
	}
	if f.Check == nil {
		p := *f.Prop
		p.Span = f.Span
		f.Prop = &p
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
