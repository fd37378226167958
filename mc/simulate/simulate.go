// Package simulate takes random runs of a System and counts what they show.
//
//   - A run begins in an initial state and goes on until no step is possible,
//     a bound of the model is left, a step has no value, or it is as long as
//     asked. Run i draws all its choices from a generator that is derived from
//     the seed and i alone, so any run can be taken again, and the result is
//     the same for every number of workers.
//   - A scheduler says which of the possible steps is taken: Uniform, Actions
//     or Priorities.
//   - A violation is Violated, a witness that is met Holds, both with the
//     trace of the first run that shows it, which is shortened within the
//     states it visits and is built by the judge. Everything else stays
//     Unknown: runs that show nothing are no proof, only an Estimate of how
//     many runs of this kind do.
package simulate

import (
	"context"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/limit"
	"github.com/spec-lang/spec/mc/program"
)

// Scheduler is how the next step of a run is chosen.
type Scheduler int

// Schedulers. A step here is an outcome: an action with arguments and the
// choices within its body.
const (
	// Uniform takes every possible step equally often.
	Uniform Scheduler = iota
	// Actions takes every action that is possible equally often, however many
	// instances it has, and then one of its steps.
	Actions
	// Priorities runs the thread with the highest priority, where priorities
	// are random and change at BugDepth - 1 random places: Burckhardt, Kothari,
	// Musuvathi, Nagarakatte, "A randomized scheduler with probabilistic
	// guarantees of finding bugs", ASPLOS 2010. A thread is an instance of a
	// process; of actions outside of processes each instance is one.
	Priorities
)

// Options say which runs to take. Zero fields stand for the defaults.
type Options struct {
	Runs       int // 10,000
	Depth      int // the most steps of a run: 100
	Seed       uint64
	Scheduler  Scheduler
	BugDepth   int     // of Priorities, at least 1: 3
	Confidence float64 // of estimates, between 0 and 1: 0.99
	Workers    int     // goroutines: one for each processor
	// Time is how long to take runs at most; no limit.
	Time time.Duration
	// Progress is called about five times per second; may be nil.
	Progress func(Event)
}

// Event is how far a simulation has come.
type Event struct {
	Runs  int    // that are complete
	Steps uint64 // of these
}

func (o Options) withDefaults() Options {
	for _, d := range []struct {
		field *int
		value int
	}{{&o.Runs, 10_000}, {&o.Depth, 100}, {&o.BugDepth, 3}, {&o.Workers, limit.Workers(0)}} {
		if *d.field <= 0 {
			*d.field = d.value
		}
	}
	if o.Confidence <= 0 || o.Confidence >= 1 {
		o.Confidence = 0.99
	}
	return o
}

// Check takes opt.Runs random runs of sys and says what they showed of the
// properties that its model checks. If opt.Time is over or ctx ends first, the
// result is about the runs that were complete by then, without a gap; with ctx
// its basis says why, and without any run it is Partial.
func Check(ctx context.Context, sys *ir.System, opt Options) *evidence.Result {
	start := time.Now()
	p := newPlan(sys, opt.withDefaults())
	if p.initial.empty() {
		// That is known for certain, without any run.
		return &evidence.Result{System: sys, Engine: "random runs", Basis: evidence.Basis{Kind: evidence.Exhaustive}, Time: time.Since(start)}
	}
	limited, cancel := limit.Time(ctx, p.opt.Time)
	defer cancel()
	c := newCrew(p)
	c.run(limited)
	res := c.result()
	switch {
	case c.total.runs == p.opt.Runs:
	case c.total.runs == 0:
		res.Basis, res.Sample = evidence.Basis{Limit: limit.Words(limited)}, nil
		for i := range res.Findings {
			res.Findings[i].Estimate, res.Findings[i].Why = nil, res.Basis.Limit
		}
	case ctx.Err() != nil:
		res.Basis.Limit = limit.Words(ctx)
	}
	res.Time = time.Since(start)
	return res
}

// Take returns run number i of those that Check takes, not shortened, up to
// the first violation, which is then a Finding with the run as its trace. The
// trace is nil if there is no initial state.
func Take(sys *ir.System, opt Options, i int) (*evidence.Trace, *evidence.Finding) {
	p := newPlan(sys, opt.withDefaults())
	if p.initial.empty() {
		return nil, nil
	}
	w := newWalker(p)
	w.first = true
	w.take(i)
	for n, s := range w.seen {
		if s >= 0 && p.targets[n].prop.Kind != ir.Witness {
			f := p.finding(n)
			p.show(&f, w.choices[:s+1])
			return f.Trace, &f
		}
	}
	return p.trace(w.choices), nil
}

// plan is what all walkers share.
type plan struct {
	sys     *ir.System
	opt     Options
	prog    *program.Program
	targets []target // properties with a formula, then the built-in three
	parts   []part
	bounds  []*program.Predicate
	stop    *program.Predicate // terminal states; nil if there are none
	initial outcomes
}

// target is a property that the runs look at.
type target struct {
	prop  *ir.Property
	check *ir.Check // nil if no check asks for it
	test  *program.Predicate
}

// part is a part of a property that ought to matter.
type part struct {
	prop *ir.Property
	ir.Part
	test *program.Predicate
}

// The built-in properties stand at the end of plan.targets.
const (
	deadlock = iota
	assertion
	evaluation
	builtIn
)

// builtIn returns the place of a built-in property in plan.targets.
func (p *plan) builtIn(k int) int { return len(p.targets) - builtIn + k }

func newPlan(sys *ir.System, opt Options) *plan {
	prog, compiler := program.Compile(sys)
	p := &plan{sys: sys, opt: opt, prog: prog}
	own := [builtIn]target{}
	for k, kind := range []ir.PropKind{ir.Deadlock, ir.Assertion, ir.Evaluation} {
		own[k].prop = &ir.Property{Kind: kind, Span: sys.Span}
	}
	known := map[*ir.Property]bool{}
	for i := range sys.Checks {
		c := &sys.Checks[i]
		switch c.Prop.Kind {
		case ir.Deadlock:
			own[deadlock] = target{prop: c.Prop, check: c}
		case ir.Assertion:
			own[assertion] = target{prop: c.Prop, check: c}
		case ir.Evaluation:
			own[evaluation] = target{prop: c.Prop, check: c}
		case ir.Invariant, ir.Step, ir.Witness:
			if !known[c.Prop] {
				known[c.Prop] = true
				p.add(c, compiler)
			}
		}
	}
	p.targets = append(p.targets, own[:]...)
	for _, b := range sys.Bounds {
		p.bounds = append(p.bounds, compiler.Predicate(b.Cond))
	}
	if sys.Terminal != nil {
		p.stop = compiler.Predicate(sys.Terminal)
	}
	p.initial = outcomes{words: prog.Layout.Words}
	prog.NewMachine().Initial(func(m *program.Machine) { p.initial.add(p, m) })
	return p
}

// add lets the runs look at a property.
func (p *plan) add(c *ir.Check, compiler *program.Compiler) {
	p.targets = append(p.targets, target{c.Prop, c, compiler.Predicate(c.Prop.Formula)})
	for _, m := range ir.MustMatter(p.sys, c.Prop) {
		p.parts = append(p.parts, part{c.Prop, m, compiler.Predicate(m.Once)})
	}
}
