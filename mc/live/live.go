// Package live decides properties of linear time on fair runs.
//
// A run violates a property if it is fair and the automaton of the negation
// (package buchi) accepts it. Check looks in the product of the system with each
// automaton for a strongly connected component that holds a fair accepting
// cycle, while the graph (package graph) grows where the search comes to.
//
//   - Fairness is part of the emptiness check: a weakly fair action must be
//     taken or be impossible somewhere in the component; for strongly fair
//     ones that are possible but never taken, the states where they are
//     possible are removed and the rest is split again. See search.go.
//   - First all runs within the states that are nearest are looked at, for the
//     sake of a short one: see lasso.go and minimal.go. If that is not all there
//     is, the search goes on depth first and ends with the first violation.
//   - An action is possible in a state if it has an outcome there, whatever
//     that is. A step that changes nothing counts as taken. Fairness is for
//     each value of the parameters that are declared by a type, unless it is
//     of any.
//   - A state without outcomes is where a run ends. It rests there for ever,
//     whether the state is terminal or a deadlock: deadlocks are a violation
//     of their own, and properties of runs see both alike.
//   - Bounds cut runs off. What is found is a violation all the same; that
//     nothing is found then means nothing.
//
// One goroutine does all the work, so that results are the same always.
package live

import (
	"context"
	"fmt"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/buchi"
	"github.com/spec-lang/spec/mc/graph"
	"github.com/spec-lang/spec/mc/program"
)

// Options bound a Check. A zero field means no limit.
type Options struct {
	States uint64 // distinct states stored
	Memory uint64 // bytes of states, graph and product
	// Closures says that successors are computed without WebAssembly.
	Closures bool
	// Near is how many states are visited breadth first, before the search goes
	// depth first; 0 means 32,768.
	Near int
	// Effort is how many places the search for shorter runs comes to; 0 means
	// 65,536.
	Effort int
}

// near and effort are a fraction of a second each.
const (
	near   = 1 << 15
	effort = 1 << 16
)

// checker is a Check.
type checker struct {
	sys   *ir.System
	opt   Options
	prog  *program.Program
	told  []bool // by action: a property speaks of its steps and their arguments
	asked []*question
	fair  int // constraints
	err   error
	near  uint32 // states with lower numbers were visited breadth first
	peak  uint64 // bytes
}

// question is one property.
type question struct {
	prop  *ir.Property
	ltl   *buchi.Property
	never *buchi.Automaton     // of the negation
	tests []*program.Predicate // of propositions
	steps uint64               // which propositions speak of steps
	first int                  // the number of its first proposition in the graph
	err   error
}

// Result is what a Check has found.
type Result struct {
	// Findings are in the order of the properties. Their Depth is the number
	// of steps before the loop.
	Findings []evidence.Finding
	Vacuous  []evidence.Vacuity
	// Longer are the violated properties for which there may be a run with
	// fewer steps before its loop.
	Longer []*ir.Property
	// States is how many states were visited, and Memory how many bytes were in
	// use at most.
	States, Memory uint64
}

// Check decides temporal properties of sys. It ends early if a limit is met or
// ctx ends; what is not decided then is Unknown and says why.
func Check(ctx context.Context, sys *ir.System, props []*ir.Property, opt Options) *Result {
	if opt.Near == 0 {
		opt.Near = near
	}
	if opt.Effort == 0 {
		opt.Effort = effort
	}
	c := &checker{sys: sys, opt: opt, told: make([]bool, len(sys.Actions))}
	c.fair, c.err = constraints(sys)
	for _, prop := range props {
		c.asked = append(c.asked, c.question(prop))
	}
	return c.run(ctx)
}

func (c *checker) question(prop *ir.Property) *question {
	q := &question{prop: prop}
	if q.ltl, q.err = buchi.FromIR(c.sys, prop.Formula); q.err != nil {
		return q
	}
	if q.never, q.err = q.ltl.Negation(); q.err != nil {
		return q
	}
	// What leads to acceptance comes first, and is found first.
	for _, edges := range q.never.Edges {
		slices.SortStableFunc(edges, func(a, b buchi.Edge) int { return q.rank(a.To) - q.rank(b.To) })
	}
	for i, p := range q.ltl.Props {
		if p.Step {
			q.steps |= 1 << i
			c.tell(p.Expr)
		}
	}
	return q
}

func (q *question) rank(state int) int {
	if q.never.Accepting[state] {
		return 0
	}
	return 1
}

// tell notes the actions whose arguments a proposition asks for.
func (c *checker) tell(e ir.Expr) {
	ir.Walk(e, func(t ir.Tree) bool {
		if a, ok := t.(*ir.ActionPred); ok && a.Taken && !a.Any {
			c.told[a.Action.Index] = true
		}
		return true
	})
}

// graph begins the graph, with what properties say of single states.
func (c *checker) graph(ctx context.Context) *graph.Graph {
	sys, notes := graph.Note(c.sys, c.told)
	prog, pc := program.Compile(sys)
	opt := graph.Options{Notes: notes, Told: c.told, Limits: graph.Limits{States: c.opt.States, Memory: c.opt.Memory}}
	if !c.opt.Closures {
		opt.Compiler = pc
	}
	for _, b := range sys.Bounds {
		opt.Bounds = append(opt.Bounds, pc.Predicate(b.Cond))
	}
	for _, q := range c.asked {
		if q.err != nil {
			continue
		}
		q.first = len(opt.Preds)
		for i, p := range q.ltl.Props {
			q.tests = append(q.tests, pc.Predicate(p.Expr))
			if q.steps>>i&1 == 1 {
				// It keeps its place, and is evaluated where a step is known.
				opt.Preds = append(opt.Preds, pc.Predicate(&ir.Lit{Node: ir.Node{T: sys.Types.Bool(), Loc: p.Expr.Span()}, Value: ir.Bool(false)}))
				continue
			}
			opt.Preds = append(opt.Preds, q.tests[i])
		}
	}
	c.prog = prog
	g := graph.New(ctx, prog, opt)
	c.near = uint32(g.Grow(ctx, c.opt.Near))
	return g
}

func (c *checker) run(ctx context.Context) *Result {
	res := &Result{}
	var g *graph.Graph
	if c.err == nil && c.open() {
		g = c.graph(ctx)
		defer g.Close()
	}
	for _, q := range c.asked {
		f := evidence.Finding{Prop: q.prop}
		switch {
		case q.err != nil:
			f.Why = q.err.Error()
		case c.err != nil:
			f.Why = c.err.Error()
		default:
			c.decide(ctx, g, q, &f, res)
		}
		res.Findings = append(res.Findings, f)
	}
	if g != nil {
		res.States, res.Memory = uint64(g.Len()), max(c.peak, c.bytes(g))
	}
	return res
}

// open reports whether there is anything to search for.
func (c *checker) open() bool {
	for _, q := range c.asked {
		if q.err == nil {
			return true
		}
	}
	return false
}

func (c *checker) bytes(g *graph.Graph) uint64 { return g.Bytes() + c.prog.Pool.Bytes() }

func (c *checker) decide(ctx context.Context, g *graph.Graph, q *question, f *evidence.Finding, res *Result) {
	x := newProduct(ctx, c, g, q)
	x.decide()
	switch {
	case x.found:
		f.Verdict = evidence.Violated
		t, least := x.lasso()
		if !least {
			res.Longer = append(res.Longer, q.prop)
		}
		f.Trace, f.Depth = t, t.Loop
	case x.limit != "":
		f.Why = x.limit
	case x.broken:
		f.Why = "it has no value in some state"
	case g.Cuts > 0:
		f.Why = fmt.Sprintf("no violation within the bound, which cut %d states off", g.Cuts)
	default:
		f.Verdict = evidence.Holds
	}
	if x.whole {
		res.Vacuous = append(res.Vacuous, x.vacuous()...)
	}
}
