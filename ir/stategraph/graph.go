// Package stategraph draws the reachable states of a small System: as DOT for
// Graphviz, as Mermaid for Markdown, and as SVG with a layout of its own.
//
// A layer is all states of one depth. Steps lead from left to right, or back.
package stategraph

import (
	"fmt"
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence/report"
)

// Graph is the reachable part of a System. Nodes are in order of discovery,
// breadth-first.
type Graph struct {
	System *ir.System
	Nodes  []*Node
	Edges  []*Edge
	// Cut says that there are more states than were asked for.
	Cut bool
}

// Node is a state.
type Node struct {
	Index   int
	State   []ir.Value
	Depth   int // steps from an initial state
	Initial bool
	Stuck   bool // it has no successor and is not terminal
}

// Edge is what leads from one state to another, all ways in one.
type Edge struct {
	From, To *Node
	Labels   []string // calls of actions, in order
}

// Build explores sys breadth-first up to most states. Steps that fail are left
// out, as are states outside the bounds of the model.
func Build(sys *ir.System, most int) *Graph {
	b := &builder{g: &Graph{System: sys}, at: map[string]*Node{}, edges: map[[2]int]*Edge{}, most: most}
	for _, o := range eval.Initial(sys) {
		if n := b.node(o, 0); n != nil {
			n.Initial = true
		}
	}
	for i := 0; i < len(b.g.Nodes); i++ {
		b.expand(b.g.Nodes[i])
	}
	return b.g
}

type builder struct {
	g     *Graph
	at    map[string]*Node
	edges map[[2]int]*Edge
	most  int
}

func (b *builder) node(o eval.Outcome, depth int) *Node {
	if o.Err != nil || o.Assert != nil {
		return nil
	}
	key := strings.Join(Lines(b.g.System, o.State), "\n")
	if n := b.at[key]; n != nil {
		return n
	}
	for _, c := range b.g.System.Bounds {
		if ok, err := eval.Holds(c.Cond, &eval.Env{State: o.State}); err == nil && !ok {
			return nil
		}
	}
	if len(b.g.Nodes) >= b.most {
		b.g.Cut = true
		return nil
	}
	n := &Node{Index: len(b.g.Nodes), State: o.State, Depth: depth}
	b.at[key] = n
	b.g.Nodes = append(b.g.Nodes, n)
	return n
}

func (b *builder) expand(n *Node) {
	next := eval.Successors(b.g.System, n.State)
	for _, o := range next {
		if to := b.node(o, n.Depth+1); to != nil {
			b.edge(n, to, call(o))
		}
	}
	if len(next) == 0 {
		n.Stuck = true
		if t := b.g.System.Terminal; t != nil {
			ok, err := eval.Holds(t, &eval.Env{State: n.State})
			n.Stuck = err != nil || !ok
		}
	}
}

func (b *builder) edge(from, to *Node, label string) {
	key := [2]int{from.Index, to.Index}
	e := b.edges[key]
	if e == nil {
		e = &Edge{From: from, To: to}
		b.edges[key] = e
		b.g.Edges = append(b.g.Edges, e)
	}
	if n := len(e.Labels); n == 0 || e.Labels[n-1] != label {
		e.Labels = append(e.Labels, label)
	}
}

func call(o eval.Outcome) string {
	if len(o.Args) == 0 {
		return o.Action.Name
	}
	args := make([]string, len(o.Args))
	for i, v := range o.Args {
		args[i] = report.Show(o.Action.Params[i].Local.Type, v)
	}
	return o.Action.Name + "(" + strings.Join(args, ", ") + ")"
}

// Lines are the variables of a state with their values, one each.
func Lines(sys *ir.System, state []ir.Value) []string {
	out := make([]string, len(sys.Vars))
	for i, v := range sys.Vars {
		out[i] = v.Name + " = " + report.Show(v.Type, state[v.Index])
	}
	return out
}

// mostLabels is how many ways of one edge are written.
const mostLabels = 3

// labels are what is written at an edge.
func (e *Edge) labels() []string {
	if rest := len(e.Labels) - mostLabels; rest > 1 {
		return append(e.Labels[:mostLabels:mostLabels], fmt.Sprintf("and %d more", rest))
	}
	return e.Labels
}
