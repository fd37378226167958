// Package refine decides whether a System does nothing that a more abstract
// one could not do (ir.Refinement), on the graph of all its states.
//
// Each state is mapped once, to the number of an abstract state; each pair of
// abstract states that some step leads across is looked up once. The mapping and
// the abstract steps are computed by package eval: there are far fewer abstract
// states than steps, and so the two levels cannot be read differently.
package refine

import (
	"context"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/graph"
	"github.com/spec-lang/spec/mc/limit"
	"github.com/spec-lang/spec/mc/program"
)

// Check decides the refinement that a finding is of, on the graph of prog, which
// is built whole. Of the steps that the abstract machine does not have, the trace
// leads to one of the least depth, the first in the order of the graph.
func Check(ctx context.Context, prog *program.Program, g *graph.Graph, f *evidence.Finding) {
	c := &checker{ctx: ctx, g: g, of: f.Prop.Refines, up: newLevel(f.Prop.Refines.Abstract),
		image: make([]int32, g.Len()), from: make([]arrival, g.Len())}
	way, bad := c.search()
	switch {
	case bad:
		c.show(prog, way, f)
	case ctx.Err() != nil:
		f.Why = limit.Words(ctx)
	case g.Limit != "":
		f.Why = g.Limit
	case g.Cuts > 0:
		f.Why = "it depends on what follows the states outside the bound"
	case g.Failed > 0 || g.Unborn > 0:
		f.Why = "it depends on what follows a step that fails"
	default:
		f.Verdict = evidence.Holds
	}
}

// arrival is how a state was reached: by a step, or, the zero arrival, as an
// initial state.
type arrival struct {
	known bool // there is a step
	from  uint32
	label uint32
}

type checker struct {
	ctx   context.Context
	g     *graph.Graph
	of    *ir.Refinement
	up    *level
	image []int32 // of each state its abstract one plus 1; lost if the mapping has no value; 0 if not known yet
	from  []arrival
}

const lost = -1

// way is a step to a state.
type way struct {
	to uint32
	arrival
}

// search returns the first step that the abstract machine does not have.
func (c *checker) search() (way, bool) {
	reached := make([]bool, c.g.Len())
	for _, id := range c.g.Initial {
		reached[id] = true
		if !c.begins(id) {
			return way{to: id}, true
		}
	}
	// States are numbered in the order of their depth.
	for id := range uint32(c.g.Len()) {
		if id%1024 == 0 && c.ctx.Err() != nil {
			return way{}, false
		}
		tos, labels := c.g.Out(id)
		for i, to := range tos {
			if to == graph.Outside {
				continue
			}
			by := arrival{true, id, labels[i]}
			if !c.allows(id, to) {
				return way{to, by}, true
			}
			if !reached[to] {
				reached[to], c.from[to] = true, by
			}
		}
	}
	return way{}, false
}

// begins reports whether the abstract machine may begin as a state says.
func (c *checker) begins(id uint32) bool {
	at := c.mapped(id)
	return at != lost && (c.of.Anywhere || c.up.initial[at-1])
}

// allows reports whether the abstract machine has a step from a state, whose
// mapping has a value, to another, or sees none.
func (c *checker) allows(id, to uint32) bool {
	a, b := c.mapped(id), c.mapped(to)
	return b != lost && (a == b || c.up.leads(a-1, b-1))
}

func (c *checker) mapped(id uint32) int32 {
	if c.image[id] == 0 {
		c.image[id] = c.compute(id)
	}
	return c.image[id]
}

func (c *checker) compute(id uint32) int32 {
	env := &eval.Env{State: c.g.Values(id)}
	state := make([]ir.Value, len(c.of.Map))
	for i, e := range c.of.Map {
		v, err := eval.Expr(e, env)
		if err != nil {
			return lost
		}
		state[i] = v
	}
	return c.up.number(state) + 1
}

// show gives a finding the run that ends in a step.
func (c *checker) show(prog *program.Program, end way, f *evidence.Finding) {
	ways := []way{end}
	for w := end; w.known; {
		w = way{w.from, c.from[w.from]}
		ways = append(ways, w)
	}
	slices.Reverse(ways)
	steps := []evidence.Step{{State: c.g.Values(ways[0].to)}}
	m := prog.NewMachine()
	for _, w := range ways[1:] {
		steps = append(steps, c.g.Step(m, w.from, graph.Move{To: w.to, Label: w.label}))
	}
	f.Verdict, f.Depth, f.Trace = evidence.Violated, len(steps)-1, &evidence.Trace{Steps: steps, Loop: -1}
}
