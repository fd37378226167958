package mc

import (
	"sync/atomic"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/store"
)

// goal is what a search looks for.
type goal struct {
	targets  []*target
	bounds   []*program.Predicate
	terminal *program.Predicate
	vacuous  []*vacuity

	deadlock, assertion, evaluation *target
}

// target is a property that a state or step decides.
type target struct {
	prop *ir.Property
	test *program.Predicate // nil of built-in properties
	// hit is where the property was first decided, once the level of it is
	// closed; nil before.
	hit *hit
	// broken says that evaluating the property failed somewhere.
	broken atomic.Bool
	asked  bool // by a check
}

// wanted is the truth of the formula that decides the property.
func (t *target) wanted() bool { return t.prop.Kind == ir.Witness }

// hit is a transition that decides a property, or with deadlock the state at
// its source.
type hit struct {
	via      store.Via
	deadlock bool
	failure  *program.Failure
	expr     ir.Expr // whose evaluation failed, if not that of the step
	// of a closed level:
	from  store.Ref // NoRef of an initial state
	depth int
}

// vacuity is a part of a property that should be true at least once.
type vacuity struct {
	prop *ir.Property
	part ir.Part
	test *program.Predicate
	seen atomic.Bool
}

func newGoal(sys *ir.System, c *program.Compiler) *goal {
	g := &goal{
		deadlock:   &target{prop: &ir.Property{Kind: ir.Deadlock, Span: sys.Span}},
		assertion:  &target{prop: &ir.Property{Kind: ir.Assertion, Span: sys.Span}},
		evaluation: &target{prop: &ir.Property{Kind: ir.Evaluation, Span: sys.Span}},
	}
	byProp := map[*ir.Property]*target{}
	for _, check := range sys.Checks {
		p := check.Prop
		switch p.Kind {
		case ir.Deadlock:
			g.deadlock.prop, g.deadlock.asked = p, true
		case ir.Assertion:
			g.assertion.prop, g.assertion.asked = p, true
		case ir.Evaluation:
			g.evaluation.prop, g.evaluation.asked = p, true
		case ir.Invariant, ir.Step, ir.Witness:
			if byProp[p] == nil {
				byProp[p] = &target{prop: p, test: c.Predicate(p.Formula), asked: true}
				g.targets = append(g.targets, byProp[p])
				g.vacuities(sys, p, c)
			}
		}
	}
	for _, b := range sys.Bounds {
		g.bounds = append(g.bounds, c.Predicate(b.Cond))
	}
	if sys.Terminal != nil {
		g.terminal = c.Predicate(sys.Terminal)
	}
	return g
}

func (g *goal) vacuities(sys *ir.System, p *ir.Property, c *program.Compiler) {
	if p.Kind == ir.Witness {
		return
	}
	for _, part := range ir.MustMatter(sys, p) {
		g.vacuous = append(g.vacuous, &vacuity{prop: p, part: part, test: c.Predicate(part.Once)})
	}
}

// all are the targets with the built-in ones last.
func (g *goal) all() []*target {
	return append(g.targets[:len(g.targets):len(g.targets)], g.deadlock, g.assertion, g.evaluation)
}

// reached reports whether everything that was asked is decided.
func (g *goal) reached() bool {
	asked := false
	for _, t := range g.all() {
		if t.asked && t.hit == nil {
			return false
		}
		asked = asked || t.asked
	}
	return asked
}
