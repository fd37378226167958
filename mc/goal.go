package mc

import (
	"sync/atomic"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/store"
)

// goal is what a search looks for.
type goal struct {
	targets  []*target // those that a state or step decides, then the built-in ones
	bounds   []*program.Predicate
	whole    bool // something is asked that only all states decide
	terminal *program.Predicate
	vacuous  []*vacuity

	deadlock, assertion, evaluation *target
}

// target is a property that a state or step decides.
type target struct {
	prop  *ir.Property
	index int
	test  *program.Predicate // nil of built-in properties
	// hit is where the property was first decided, once the round of it is
	// closed; nil before.
	hit *hit
	// broken says that evaluating the property failed somewhere.
	broken atomic.Bool
	asked  bool // by a check
}

// wanted is the truth of the formula that decides the property.
func (t *target) wanted() bool { return t.prop.Kind == ir.Witness }

// hit is a place that decides a property: a stored state, or an outcome of one
// (or of the initial statements, with NoID), or with deadlock the end there.
type hit struct {
	depth    int
	state    store.ID // NoID if it is an outcome
	from     store.ID
	outcome  int      // of from
	to       []uint64 // the key that the outcome leads to, if its number is not known
	deadlock bool
	failure  *program.Failure
	expr     ir.Expr // whose evaluation failed, if not that of the step
}

// vacuity is a part of a property that should be true at least once.
type vacuity struct {
	prop *ir.Property
	part ir.Part
	test *program.Predicate
	seen atomic.Bool
}

func newGoal(sys *ir.System, c *program.Compiler) *goal {
	g := &goal{deadlock: builtin(sys, ir.Deadlock), assertion: builtin(sys, ir.Assertion), evaluation: builtin(sys, ir.Evaluation)}
	g.whole = len(sys.Asked(ir.CTL, ir.Refines)) > 0
	for _, p := range sys.Asked(ir.Invariant, ir.Step, ir.Witness) {
		g.targets = append(g.targets, &target{prop: p, test: c.Predicate(p.Formula), asked: true})
		g.vacuities(sys, p, c)
	}
	g.targets = append(g.targets, g.deadlock, g.assertion, g.evaluation)
	for i, t := range g.targets {
		t.index = i
	}
	for _, b := range sys.Bounds {
		g.bounds = append(g.bounds, c.Predicate(b.Cond))
	}
	if sys.Terminal != nil {
		g.terminal = c.Predicate(sys.Terminal)
	}
	return g
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

func (g *goal) vacuities(sys *ir.System, p *ir.Property, c *program.Compiler) {
	if p.Kind == ir.Witness {
		return
	}
	for _, part := range ir.MustMatter(sys, p) {
		g.vacuous = append(g.vacuous, &vacuity{prop: p, part: part, test: c.Predicate(part.Once)})
	}
}

// reached reports whether everything that was asked is decided.
func (g *goal) reached() bool {
	if g.whole {
		return false
	}
	asked := false
	for _, t := range g.targets {
		if t.asked && t.hit == nil {
			return false
		}
		asked = asked || t.asked
	}
	return asked
}

// again is a goal that asks only for what was found, once more.
func (g *goal) again() *goal {
	n := &goal{bounds: g.bounds, terminal: g.terminal}
	for _, t := range g.targets {
		u := &target{prop: t.prop, index: t.index, test: t.test, asked: t.hit != nil}
		n.targets = append(n.targets, u)
	}
	last := len(n.targets)
	n.deadlock, n.assertion, n.evaluation = n.targets[last-3], n.targets[last-2], n.targets[last-1]
	return n
}

// watch is the goal as Steppers see it. What belongs to each alarm is in the
// lists of alarms, in the same order.
func (g *goal) watch() (program.Watch, alarms) {
	w, a := program.Watch{Bounds: g.bounds}, alarms{}
	for _, t := range g.targets {
		switch {
		case t.test == nil:
		case t.prop.Kind == ir.Step:
			a.steps = append(a.steps, alarm{target: t})
			w.Steps = append(w.Steps, program.Alarm{Pred: t.test, When: t.wanted()})
		default:
			a.states = append(a.states, alarm{target: t})
			w.States = append(w.States, program.Alarm{Pred: t.test, When: t.wanted()})
		}
	}
	for _, v := range g.vacuous {
		to, list := &w.States, &a.states
		if v.prop.Kind == ir.Step {
			to, list = &w.Steps, &a.steps
		}
		*list = append(*list, alarm{vacuity: v})
		*to = append(*to, program.Alarm{Pred: v.test, When: true})
	}
	if len(w.States) > maxAlarms {
		w.States = w.States[:maxAlarms]
	}
	return w, a
}

// maxAlarms is how many state alarms a Stepper takes; a Machine looks at the
// others in every state.
const maxAlarms = 64

type alarms struct{ steps, states []alarm }

// alarm is what an alarm is about: a target or a vacuity.
type alarm struct {
	target  *target
	vacuity *vacuity
}

// open reports whether the alarm is still of interest.
func (a alarm) open() bool {
	if a.target != nil {
		return a.target.hit == nil
	}
	return !a.vacuity.seen.Load()
}
