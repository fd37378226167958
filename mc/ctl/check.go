// Package ctl decides properties of branching time on the graph of a system.
//
// It finds the set of states where each part of a formula is true, from the
// inside out, in time linear in the graph for each part (and for fairness times
// the number of strong constraints at worst). With fairness, "every run" and
// "some run" mean fair runs.
//
// Where the graph has an outside, of which nothing is known, each part is true
// in some states, false in some, and not known in others (Bruns and Godefroid,
// "Model checking partial state spaces with 3-valued temporal logics", CAV
// 1999). So a run to a bad state violates AG whatever the bounds cut off, and
// that something can never be reached is said only of states from which
// nothing leads outside.
//
// Why a formula is false, or what shows that it is true, is a tree: see
// evidence.Branch.
package ctl

import (
	"context"
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/mc/graph"
	"github.com/spec-lang/spec/mc/program"
)

// FairNote says what a verdict rests on where there is fairness.
const FairNote = "ctl: a run is a fair one; actions that are declared fair are not put off for ever"

// Fault is a state in which a part of a formula has no value.
type Fault struct {
	Why   string // in the words of the judge
	Span  source.Span
	Trace *evidence.Trace // to the state
}

// Report adds the fault to a result without evaluation errors, as the first.
func (fault *Fault) Report(res *evidence.Result) {
	f := evidence.Finding{}
	out := &f
	for i := range res.Findings {
		if res.Findings[i].Prop.Kind == ir.Evaluation {
			out = &res.Findings[i]
		}
	}
	if out.Prop == nil {
		out.Prop = &ir.Property{Kind: ir.Evaluation, Span: fault.Span}
	}
	out.Verdict, out.Why, out.Span = evidence.Violated, fault.Why, fault.Span
	out.Trace, out.Depth = fault.Trace, len(fault.Trace.Steps)-1
	if out == &f {
		res.Findings = append(res.Findings, f)
	}
}

// Check decides a formula on a graph and fills in verdict, evidence and, if it
// is not decided, the reason. If that is that a part of the formula has no
// value in some state, it returns where.
func Check(ctx context.Context, prog *program.Program, g *graph.Graph, f *Formula, out *evidence.Finding) *Fault {
	c := newChecker(ctx, prog, g)
	root := c.label(f.root)
	if c.stopped != "" {
		out.Why = c.stopped
		return nil
	}
	var wrong, unknown []uint32
	for _, id := range g.Initial {
		switch {
		case !root.may.has(id):
			wrong = append(wrong, id)
		case !root.must.has(id):
			unknown = append(unknown, id)
		}
	}
	switch {
	case len(wrong) > 0:
		out.Verdict = evidence.Violated
		c.show(out, c.explain(f.root, wrong, false))
	case len(unknown) > 0:
		return c.undecided(out)
	case g.Unborn > 0:
		out.Why = "the machine fails on the way to an initial state"
	default:
		out.Verdict = evidence.Holds
		if len(g.Initial) > 0 && f.Shows(true) {
			c.show(out, c.explain(f.root, g.Initial, true))
		}
	}
	return nil
}

// undecided says why a formula is neither true nor false.
func (c *checker) undecided(out *evidence.Finding) *Fault {
	switch f := c.fault; {
	case f != nil:
		out.Why, out.Span = "it has no value in some state: "+f.why(c), f.failure.Span
		return &Fault{Why: f.why(c), Span: f.failure.Span,
			Trace: c.trace(c.path(c.g.Initial, c.all(), func(id uint32) bool { return id == f.state }))}
	case c.g.Limit != "":
		out.Why = c.g.Limit
	case c.g.Cuts > 0:
		out.Why = "it depends on what follows the states outside the bound"
	default:
		out.Why = "it depends on what follows a step that fails"
	}
	return nil
}

func (c *checker) show(out *evidence.Finding, b *evidence.Branch) {
	out.Branch, out.Trace = b, b.Run()
	if out.Trace == nil {
		out.Trace = &evidence.Trace{Steps: []evidence.Step{{State: b.State}}, Loop: -1}
	}
	if out.Depth = len(out.Trace.Steps) - 1; out.Trace.Loop >= 0 {
		out.Depth = out.Trace.Loop
	}
}

// checker labels the states of a graph with the parts of a formula.
type checker struct {
	ctx  context.Context
	prog *program.Program
	g    *graph.Graph
	m    *program.Machine
	n    int // states
	open set // states that lead outside; nil if there are none

	names      []named // bound around what is labelled
	memo       map[string]truth
	slots, key []uint64

	fault   *fault
	stopped string // why there is no answer at all
}

func newChecker(ctx context.Context, prog *program.Program, g *graph.Graph) *checker {
	return &checker{ctx: ctx, prog: prog, g: g, m: prog.NewMachine(), n: g.Len(), open: openSet(g), memo: map[string]truth{},
		slots: make([]uint64, len(prog.Layout.Slots)+1), key: make([]uint64, prog.Layout.Words)}
}

// fault is the first place where an expression had no value.
type fault struct {
	expr    ir.Expr
	state   uint32
	failure program.Failure
	names   *eval.Locals
}

// why asks the judge what went wrong.
func (f *fault) why(c *checker) string {
	if _, err := eval.Expr(f.expr, &eval.Env{State: c.g.Values(f.state), Locals: f.names}); err != nil {
		return err.Msg
	}
	return f.failure.Kind.String()
}

// named is a bound name.
type named struct {
	local *ir.Local
	reg   int
	word  uint64
	value ir.Value
}

func (c *checker) all() set { return newSet(c.n).not(c.n) }

// memoKey tells apart what the label of a node depends on.
func (c *checker) memoKey(n *node) string {
	key := fmt.Sprint(n.id)
	for _, r := range n.free {
		for _, x := range c.names {
			if x.reg == r {
				key += fmt.Sprintf(",%d", x.word)
			}
		}
	}
	return key
}

// bind gives a name a value while f runs.
func (c *checker) bind(x *binding, v ir.Value, f func()) {
	w := x.rep.Encode(v)
	c.names = append(c.names, named{x.local, x.reg, w, v})
	c.m.Bind(x.reg, w)
	f()
	c.names = c.names[:len(c.names)-1]
}

// locals are the bound names as the judge wants them.
func (c *checker) locals() *eval.Locals {
	var l *eval.Locals
	for _, x := range c.names {
		l = l.With(x.local, x.value)
	}
	return l
}

// stop ends the work with a reason.
func (c *checker) stop(why string) {
	if c.stopped == "" {
		c.stopped = why
	}
}
