package transition

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/circuit"
)

// targets makes what is looked for.
func (s *System) targets() error {
	deadlock := &Target{Role: BuiltIn, Prop: &ir.Property{Kind: ir.Deadlock, Span: s.Sys.Span}}
	s.asserted = &Target{Role: BuiltIn, Prop: &ir.Property{Kind: ir.Assertion, Span: s.Sys.Span}}
	s.evaluation = &Target{Role: BuiltIn, Prop: &ir.Property{Kind: ir.Evaluation, Span: s.Sys.Span}}
	known := map[*ir.Property]bool{}
	for _, check := range s.Sys.Checks {
		p := check.Prop
		if known[p] {
			continue
		}
		known[p] = true
		switch p.Kind {
		case ir.Deadlock:
			deadlock.Prop, deadlock.Role = p, Asked
		case ir.Assertion:
			s.asserted.Prop, s.asserted.Role = p, Asked
		case ir.Evaluation:
			s.evaluation.Prop, s.evaluation.Role = p, Asked
		case ir.Invariant, ir.Step, ir.Witness:
			t, err := s.property(p)
			if err != nil {
				return err
			}
			s.Targets = append(s.Targets, t)
		}
	}
	s.Targets = append(s.Targets, deadlock, s.asserted, s.evaluation)
	if err := s.stuck(deadlock); err != nil {
		return err
	}
	for _, t := range s.Targets {
		if lacks := s.Graph.Or(t.own.errs, t.own.asserts); t.Prop.Formula != nil {
			step := s.Graph.Or(t.own.stepErrs, t.own.stepAsserts)
			if lacks != circuit.False || step != circuit.False {
				s.Targets = append(s.Targets, &Target{Role: Lacking, Prop: t.Prop, Of: t, State: lacks, Step: step})
			}
		}
	}
	if s.Inside != circuit.True {
		s.Targets = append(s.Targets, &Target{Role: Cutting, State: s.Inside.Not()})
	}
	s.Reconsider(func(*Target) bool { return true })
	return nil
}

// property makes the target of a property that a state or a step decides.
func (s *System) property(p *ir.Property) (*Target, error) {
	g, t := s.Graph, &Target{Role: Asked, Prop: p}
	if p.Kind != ir.Step {
		c, err := s.circuit.Condition(p.Formula)
		if err != nil {
			return nil, err
		}
		t.own = lapses{errs: c.Error, asserts: c.Assert}
		t.State = g.Or(c.Holds, g.Or(c.Error, c.Assert)).Not()
		if p.Kind == ir.Witness {
			t.State = c.Holds
		}
		return t, nil
	}
	for i, st := range s.circuit.Steps {
		if st.Valid == circuit.False {
			continue
		}
		c, err := s.circuit.During(st, p.Formula)
		if err != nil {
			return nil, err
		}
		when := g.And(s.Inside, g.And(s.fire[i], st.Valid))
		t.Step = g.Or(t.Step, g.And(when, g.Or(c.Holds, g.Or(c.Error, c.Assert)).Not()))
		t.own.add(g, lapses{stepErrs: g.And(when, c.Error), stepAsserts: g.And(when, c.Assert)})
	}
	return t, nil
}

// stuck makes the target of deadlocks.
func (s *System) stuck(t *Target) error {
	g := s.Graph
	t.Rest = g.And(s.Inside, s.rest)
	if s.Sys.Terminal == nil {
		return nil
	}
	c, err := s.circuit.Condition(s.Sys.Terminal)
	if err != nil {
		return err
	}
	s.lapses.add(g, lapses{restErrs: g.And(t.Rest, c.Error), restAsserts: g.And(t.Rest, c.Assert)})
	t.Rest = g.And(t.Rest, g.Or(c.Holds, g.Or(c.Error, c.Assert)).Not())
	return nil
}

// Reconsider makes the targets of evaluation errors and failed assertions
// anew: those in properties count only as long as these are open.
func (s *System) Reconsider(open func(*Target) bool) {
	*s.evaluation = *s.Considering(s.evaluation, open)
	*s.asserted = *s.Considering(s.asserted, open)
}

// Considering is a target as it is if only some properties are open.
func (s *System) Considering(t *Target, open func(*Target) bool) *Target {
	if t != s.evaluation && t != s.asserted {
		return t
	}
	all, out := s.lapses, *t
	for _, p := range s.Targets {
		if p.Role == Asked && open(p) {
			all.add(s.Graph, p.own)
		}
	}
	if init := s.circuit.Init; t == s.evaluation {
		out.Start, out.State, out.Rest, out.Step = init.Error, all.errs, all.restErrs, all.stepErrs
	} else {
		out.Start, out.State, out.Rest, out.Step = init.Assert, all.asserts, all.restAsserts, all.stepAsserts
	}
	return &out
}
