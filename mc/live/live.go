// Package live decides properties of linear time on fair runs.
//
// A run violates a property if it is fair and the automaton of the negation
// (package buchi) accepts it. Prepare compiles properties; Run visits every
// state once, keeps the graph, and then looks in the product with each
// automaton for a strongly connected component that holds a fair accepting
// cycle.
//
//   - Fairness is part of the emptiness check: a weakly fair action must be
//     taken or be impossible somewhere in the component; for strongly fair
//     ones that are possible but never taken, the states where they are
//     possible are removed and the rest is split again. Emerson and Lei,
//     "Modalities for model checking", SCP 8 (1987); Couvreur, Duret-Lutz and
//     Poitrenaud, "On-the-fly emptiness checks for generalized Buchi
//     automata", SPIN 2005.
//   - An action is possible in a state if it has an outcome there, whatever
//     that is. A step that changes nothing counts as taken. Fairness is for
//     each value of the parameters that are declared by a type, unless it is
//     of any.
//   - A state without outcomes is where a run ends. It rests there for ever,
//     whether the state is terminal or a deadlock: deadlocks are a violation
//     of their own, and properties of runs see both alike.
//   - Bounds cut successors off. What is found is a violation all the same;
//     that nothing is found then means nothing.
//
// One goroutine does all the work, so that results are the same always: of
// the counterexamples one with the shortest way to its loop, of those the
// first in the order of states, actions, parameters and choices.
package live

import (
	"context"
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/buchi"
	"github.com/spec-lang/spec/mc/program"
)

// Limits bound a Run. A zero field means no limit.
type Limits struct {
	States uint64 // distinct states stored
	Memory uint64 // bytes of states, graph and product
}

// Plan is what is compiled for some properties of a System.
type Plan struct {
	sys    *ir.System
	asked  []*question
	bounds []*program.Predicate
	fair   *fairness
}

// question is one property.
type question struct {
	prop  *ir.Property
	ltl   *buchi.Property
	never *buchi.Automaton // of the negation
	tests []*program.Predicate
	steps uint64 // which propositions speak of steps
	err   error
}

// Prepare compiles the given temporal properties. As for all that is compiled,
// this comes before the first Machine is made.
func Prepare(sys *ir.System, c *program.Compiler, props []*ir.Property) *Plan {
	p := &Plan{sys: sys, fair: newFairness(sys, c)}
	for _, b := range sys.Bounds {
		p.bounds = append(p.bounds, c.Predicate(b.Cond))
	}
	for _, prop := range props {
		p.asked = append(p.asked, newQuestion(sys, c, prop))
	}
	return p
}

func newQuestion(sys *ir.System, c *program.Compiler, prop *ir.Property) *question {
	q := &question{prop: prop}
	if q.ltl, q.err = buchi.FromIR(sys, prop.Formula); q.err != nil {
		return q
	}
	if q.never, q.err = q.ltl.Negation(); q.err != nil {
		return q
	}
	for i, p := range q.ltl.Props {
		q.tests = append(q.tests, c.Predicate(p.Expr))
		if p.Step {
			q.steps |= 1 << i
		}
	}
	return q
}

// Result is what a Run has found.
type Result struct {
	// Findings are in the order of the properties. Their Depth is the number
	// of steps before the loop.
	Findings []evidence.Finding
	Vacuous  []evidence.Vacuity
	// Memory is how many bytes were in use at most.
	Memory uint64
}

// Run decides the properties of a Plan. It ends early if a limit is met or
// ctx ends; what is not decided then is Unknown and says why.
func (p *Plan) Run(ctx context.Context, prog *program.Program, lim Limits) *Result {
	res := &Result{}
	g := newGraph(p, prog, lim)
	if p.fair.err == nil && p.open() {
		g.explore(ctx)
	}
	for i, q := range p.asked {
		f := evidence.Finding{Prop: q.prop}
		p.decide(ctx, g, i, &f)
		res.Findings = append(res.Findings, f)
		if g.limit == "" {
			res.Vacuous = append(res.Vacuous, g.vacuous(i)...)
		}
	}
	res.Memory = g.peak
	return res
}

// open reports whether there is anything to search for.
func (p *Plan) open() bool {
	for _, q := range p.asked {
		if q.err == nil {
			return true
		}
	}
	return false
}

func (p *Plan) decide(ctx context.Context, g *graph, i int, f *evidence.Finding) {
	q := p.asked[i]
	switch {
	case q.err != nil:
		f.Why = q.err.Error()
		return
	case p.fair.err != nil:
		f.Why = p.fair.err.Error()
		return
	}
	x := &product{ctx: ctx, g: g, q: q, n: i, aut: q.never, nq: uint64(len(q.never.Edges))}
	found := x.search()
	switch {
	case found:
		f.Verdict = evidence.Violated
		f.Trace = x.lasso()
		f.Depth = f.Trace.Loop
	case g.limit != "":
		f.Why = g.limit
	case x.limit != "":
		f.Why = x.limit
	case x.broken:
		f.Why = "it has no value in some state"
	case g.cuts > 0:
		f.Why = fmt.Sprintf("no violation within the bound, which cut %d successors off", g.cuts)
	default:
		f.Verdict = evidence.Holds
	}
}
