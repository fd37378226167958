package symbolic

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/circuit"
	"github.com/spec-lang/spec/mc/symbolic/bdd"
)

// goal is what a search looks for.
type goal struct {
	targets  []*target
	bounds   []verdicts
	terminal verdicts

	whole bool // something is asked that only all states decide

	deadlock, assertion, evaluation *target
}

// verdicts are the states where a condition holds and where it fails.
type verdicts struct {
	expr               ir.Expr
	holds, errs, fails bdd.Node
}

// target is a property that a state or step decides.
type target struct {
	prop   *ir.Property
	state  verdicts   // of a state predicate
	steps  []verdicts // of a step property, by step: states from where some way is so
	hit    *hit       // nil until decided
	broken bool       // evaluating the property failed somewhere
	asked  bool       // by a check
}

// newGoal makes the conditions. The error is a *circuit.Error.
func newGoal(s *space) (*goal, error) {
	sys := s.c.Sys
	g := &goal{deadlock: builtin(sys, ir.Deadlock), assertion: builtin(sys, ir.Assertion), evaluation: builtin(sys, ir.Evaluation)}
	g.whole = len(sys.Asked(ir.CTL, ir.Temporal, ir.Refines)) > 0
	for _, p := range sys.Asked(ir.Invariant, ir.Step, ir.Witness) {
		t := &target{prop: p, asked: true}
		if err := s.prepare(t); err != nil {
			return nil, err
		}
		g.targets = append(g.targets, t)
	}
	for _, b := range sys.Bounds {
		v, err := s.condition(b.Cond)
		if err != nil {
			return nil, err
		}
		g.bounds = append(g.bounds, v)
	}
	g.terminal = verdicts{holds: bdd.False}
	if sys.Terminal != nil {
		v, err := s.condition(sys.Terminal)
		if err != nil {
			return nil, err
		}
		g.terminal = v
	}
	return g, nil
}

// builtin is the target of a property that every system has; it is asked for
// if a check says so.
func builtin(sys *ir.System, kind ir.PropKind) *target {
	t := &target{prop: &ir.Property{Kind: kind, Span: sys.Span}}
	for _, p := range sys.Asked(kind) {
		t.prop, t.asked = p, true
	}
	return t
}

func (s *space) prepare(t *target) error {
	if t.prop.Kind != ir.Step {
		var err error
		t.state, err = s.condition(t.prop.Formula)
		return err
	}
	for _, r := range s.steps {
		v, err := s.during(r.step, t.prop.Formula, false)
		if err != nil {
			return err
		}
		t.steps = append(t.steps, v)
	}
	return nil
}

// during is from where some way through a step makes a condition on steps as
// true as wanted, or fail.
func (s *space) during(st *circuit.Step, e ir.Expr, want bool) (verdicts, error) {
	if st.Valid == circuit.False {
		return verdicts{e, bdd.False, bdd.False, bdd.False}, nil
	}
	c, err := s.c.During(st, e)
	if err != nil {
		return verdicts{}, err
	}
	g := s.c.Graph
	some := func(l circuit.Lit) bdd.Node { return s.some(g.And(st.Valid, l)) }
	holds := c.Holds
	if !want {
		holds = g.Or(holds, g.Or(c.Error, c.Assert)).Not()
	}
	return verdicts{e, some(holds), some(c.Error), some(c.Assert)}, nil
}

func (s *space) condition(e ir.Expr) (verdicts, error) {
	c, err := s.c.Condition(e)
	if err != nil {
		return verdicts{}, err
	}
	return verdicts{e, s.node(c.Holds), s.node(c.Error), s.node(c.Assert)}, nil
}

// roots are the diagrams that are needed as long as the search lasts.
func (g *goal) roots() []*bdd.Node {
	var out []*bdd.Node
	add := func(v *verdicts) { out = append(out, &v.holds, &v.errs, &v.fails) }
	add(&g.terminal)
	for i := range g.bounds {
		add(&g.bounds[i])
	}
	for _, t := range g.targets {
		add(&t.state)
		for i := range t.steps {
			add(&t.steps[i])
		}
	}
	return out
}

// decides is where the truth of a condition decides a property.
func (t *target) decides(b *bdd.Table) bdd.Node {
	v := t.state
	if t.prop.Kind == ir.Witness {
		return v.holds
	}
	return b.Not(b.Or(v.holds, b.Or(v.errs, v.fails)))
}

// all are the targets with the built-in ones last.
func (g *goal) all() []*target {
	return append(g.targets[:len(g.targets):len(g.targets)], g.deadlock, g.assertion, g.evaluation)
}

// reached reports whether everything that was asked is decided.
func (g *goal) reached() bool {
	if g.whole {
		return false
	}
	asked := false
	for _, t := range g.all() {
		if t.asked && t.hit == nil {
			return false
		}
		asked = asked || t.asked
	}
	return asked
}
