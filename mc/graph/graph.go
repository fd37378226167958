// Package graph keeps the reachable states of a system with all steps between
// them, for what one pass over the states cannot decide.
//
// Steps stand in compressed sparse rows: four bytes for where a step leads and
// four for what it does. How it does it (arguments, choices) is computed again
// when a run is shown. A graph is built whole (Build), or where somebody looks
// (New, Expand): then a search ends as soon as it has found what it is for.
//
//   - Every state has a step. Where no action is possible the run rests: the
//     state leads to itself, by label Rest.
//   - Outside stands for whatever is not known: what follows a state beyond the
//     bounds of the model or beyond a limit, and what follows a step that fails.
//     A state that leads to it is open.
package graph

import (
	"context"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/store"
)

// Outside is the number of no state: of what is not known.
const Outside = ^uint32(0)

// Rest is the label of the step of a state where nothing is possible.
const Rest = 0

// Label says what a step does.
type Label struct {
	Action int32 // index of the action, -1 of Rest
	Fair   int32 // index in Graph.Fair of the fairness that the step serves, or -1
}

// Constraint is one demand of fairness: an action, or for a fairness that is
// per value the action with some of its arguments.
type Constraint struct {
	Action *ir.Action
	// Args are the values of the parameters that are declared by a type, in
	// order; nil if the fairness is of the action as a whole.
	Args []ir.Value
}

// Strong reports whether the fairness is strong: what is possible again and
// again is taken again and again. Else it is weak: what stays possible is.
func (c *Constraint) Strong() bool { return c.Action.Fair == ir.Strong }

// Graph is the graph of a system. What is known of it does not change; it
// grows by Expand, and what is computed on demand: it belongs to one goroutine.
type Graph struct {
	// Initial are the numbers of the initial states, each once, in order.
	Initial []uint32
	// Labels is the table of labels; Labels[Rest] is that of resting.
	Labels []Label
	// Fair are the constraints of fairness that some step serves.
	Fair []Constraint
	// Cuts is how many states are outside the bounds, CutBy which bounds say so.
	Cuts  uint64
	CutBy []bool
	// Failed is how many steps fail, and Unborn how many ways to begin do.
	Failed, Unborn uint64
	// Limit is the limit that was met, in words; "" if there was none.
	Limit string

	prog   *program.Program
	states *store.Exact
	number *numberer
	rows   []row // by state
	to     []uint32
	label  []uint32
	open   []uint32 // states that lead outside
	truths truths
	build  *builder

	back *reversed // on demand
}

// row is where the steps of a state stand. There are some, unless they are
// not computed yet.
type row struct{ at, n uint32 }

// New returns the graph of a program of which only the initial states are
// known yet.
func New(ctx context.Context, prog *program.Program, opt Options) *Graph {
	g := &Graph{Labels: []Label{{Action: -1, Fair: -1}}, CutBy: make([]bool, len(opt.Bounds)), prog: prog,
		states: store.New(prog.Layout.Words, prog.Layout.Bits, store.Options{Memory: memoryOf(opt.Limits)}), truths: newTruths(len(opt.Preds))}
	g.number = newNumberer(g, opt.Told)
	g.build = newBuilder(g, opt)
	g.build.begin(ctx)
	return g
}

// Len is the number of states.
func (g *Graph) Len() int { return len(g.rows) }

// Edges is the number of steps.
func (g *Graph) Edges() int { return len(g.to) }

// Expanded reports whether the steps of a state are computed.
func (g *Graph) Expanded(id uint32) bool { return g.rows[id].n > 0 }

// Out returns where the steps of a state lead and their labels, in the order
// of actions, parameters and choices.
func (g *Graph) Out(id uint32) (to, label []uint32) {
	r := g.rows[id]
	return g.to[r.at:][:r.n], g.label[r.at:][:r.n]
}

// Row returns the numbers of the steps of a state: from lo up to hi.
func (g *Graph) Row(id uint32) (lo, hi uint32) {
	r := g.rows[id]
	return r.at, r.at + r.n
}

// Edge returns where a step leads, and its label.
func (g *Graph) Edge(i uint32) Move { return Move{g.to[i], g.label[i]} }

// Open are the states that lead outside.
func (g *Graph) Open() []uint32 { return g.open }

// Key writes the key of a state.
func (g *Graph) Key(id uint32, key []uint64) { g.states.Key(store.ID(id), key) }

// Close frees what the graph holds outside Go's memory. It does not grow after
// that.
func (g *Graph) Close() { g.build.close() }

// Bytes is how much memory the graph takes.
func (g *Graph) Bytes() uint64 {
	n := g.states.Bytes() + 8*uint64(cap(g.rows)+cap(g.truths.words)) + 4*uint64(cap(g.to)+cap(g.label)+cap(g.open))
	if g.back != nil {
		n += 4 * uint64(cap(g.back.first)+cap(g.back.from))
	}
	return n
}

// reversed are the steps by where they lead.
type reversed struct{ first, from []uint32 }

// In returns the states that have a step to a state, once for each step.
func (g *Graph) In(id uint32) []uint32 {
	if g.back == nil {
		g.back = g.reverse()
	}
	return g.back.from[g.back.first[id]:g.back.first[id+1]]
}

// reverse sorts the steps by where they lead, by counting.
func (g *Graph) reverse() *reversed {
	r := &reversed{first: make([]uint32, g.Len()+1)}
	for _, t := range g.to {
		if t != Outside {
			r.first[t+1]++
		}
	}
	for i := range g.Len() {
		r.first[i+1] += r.first[i]
	}
	r.from = make([]uint32, r.first[g.Len()])
	next := append([]uint32(nil), r.first...)
	for s := range uint32(g.Len()) {
		to, _ := g.Out(s)
		for _, t := range to {
			if t != Outside {
				r.from[next[t]] = s
				next[t]++
			}
		}
	}
	return r
}

// leastMemory is what the states of a graph may take whatever the limit is:
// look ends the graph then, and not a store that refuses its first state.
const leastMemory = 1 << 26

// memoryOf is how much memory the states may take, 0 if there is no limit.
func memoryOf(l Limits) uint64 {
	if l.Memory == 0 {
		return 0
	}
	return max(l.Memory, leastMemory)
}
