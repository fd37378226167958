package live

import (
	"context"

	"github.com/spec-lang/spec/mc/buchi"
	"github.com/spec-lang/spec/mc/graph"
	"github.com/spec-lang/spec/mc/program"
)

// product is a graph with an automaton. Node s*nq+q is state s with the
// automaton in q. It is looked at while the graph grows.
type product struct {
	ctx context.Context
	c   *checker
	g   *graph.Graph
	m   *program.Machine
	f   *fairness
	q   *question
	nq  uint32

	// horizon is the number of the first state that is out of sight.
	horizon uint32
	// num is by node 0 if it was not visited, its number while it is on the
	// stack, and the complement of its component's number afterwards.
	num    []int32
	fair   []bool // by component: each of its nodes is on a fair accepting cycle
	found  bool   // there is such a cycle
	whole  bool   // all nodes are visited
	limit  string
	broken bool // a proposition that matters has no value

	slots []uint64
	key   []uint64
}

func newProduct(ctx context.Context, c *checker, g *graph.Graph, q *question) *product {
	return &product{ctx: ctx, c: c, g: g, m: c.prog.NewMachine(), f: newFairness(g, c.fair), q: q, nq: uint32(len(q.never.Edges)),
		fair:  []bool{false}, // components are numbered from 1
		slots: make([]uint64, len(c.prog.Layout.Slots)+1), key: make([]uint64, c.prog.Layout.Words)}
}

// decide looks for a fair accepting cycle: first in the states that are near,
// and then, if these are not all, in all that can be reached.
func (x *product) decide() {
	if x.nq == 0 {
		x.whole = x.g.Limit == ""
		return
	}
	x.f.learn()
	x.look(x.c.near)
	if x.found || x.whole || x.limit != "" {
		return
	}
	x.num, x.fair, x.broken = nil, x.fair[:1], false
	x.look(graph.Outside)
}

// look searches the states before the horizon.
func (x *product) look(horizon uint32) {
	x.horizon = horizon
	s := &search{product: x}
	all := s.explore(x.start())
	if !all {
		s.stop()
	}
	if x.limit == "" {
		x.limit = x.g.Limit
	}
	x.room()
	x.whole = all && x.limit == "" && (horizon == graph.Outside || int(horizon) == x.g.Len())
}

func (x *product) node(s uint32, q int) uint32      { return s*x.nq + uint32(q) }
func (x *product) split(v uint32) (s uint32, q int) { return v / x.nq, int(v % x.nq) }

// start lists the nodes that runs begin in.
func (x *product) start() []uint32 {
	var out []uint32
	for _, s := range x.g.Initial {
		if s >= x.horizon {
			break
		}
		for _, q := range x.q.never.Initial {
			out = append(out, x.node(s, q))
		}
	}
	return out
}

// letter is the propositions about a state that are true, and those without a
// value.
func (x *product) letter(s uint32) (letter, bad uint64) {
	return x.g.Truths(s, x.q.first, len(x.q.ltl.Props))
}

// stepLetter is the propositions about a step that are true, and those without
// a value.
func (x *product) stepLetter(s, label uint32) (letter, bad uint64) {
	x.g.Key(s, x.key)
	x.c.prog.Layout.Unpack(x.slots, x.key)
	if action, args := x.g.Told(label); action < 0 {
		x.m.Rest()
	} else {
		x.m.At(action, args)
	}
	for i, p := range x.q.tests {
		if x.q.steps>>i&1 == 0 {
			continue
		}
		switch ok, failure := x.m.Test(p, x.slots, nil); {
		case failure != nil:
			bad |= 1 << i
		case ok:
			letter |= 1 << i
		}
	}
	return letter, bad
}

// allows reports whether the automaton can follow a step, given the
// propositions that are true and that have no value.
func (x *product) allows(l buchi.Label, letter, bad uint64) bool {
	if (l.Pos|l.Neg)&bad == 0 {
		return l.Allows(letter)
	}
	if (buchi.Label{Pos: l.Pos &^ bad, Neg: l.Neg &^ bad}).Allows(letter) {
		x.broken = true
	}
	return false
}

// ways are the transitions of a node that have not been looked at yet: for
// each transition of the automaton that the state allows, all steps.
type ways struct {
	state            uint32
	auto, way        uint32 // state of the automaton, and its transition
	edge, first, end uint32 // steps
	letter, bad      uint64 // of the state
}

// hop is a transition of the product.
type hop struct {
	from, to uint32
	edge     uint32 // of the graph
	marks    uint64
}

// ways begins with the transitions of a node. The steps of its state must be
// known.
func (x *product) ways(v uint32) ways {
	s, q := x.split(v)
	lo, hi := x.g.Row(s)
	letter, bad := x.letter(s)
	return ways{state: s, auto: uint32(q), edge: lo, first: lo, end: hi, letter: letter, bad: bad}
}

// next writes the next transition of a node to h.
func (x *product) next(w *ways, v uint32, h *hop) bool {
	edges := x.q.never.Edges[w.auto]
	for ; int(w.way) < len(edges); w.way, w.edge = w.way+1, w.first {
		e := &edges[w.way]
		if x.q.steps == 0 && !x.allows(e.Label, w.letter, w.bad) {
			continue
		}
		for w.edge < w.end {
			i := w.edge
			w.edge++
			mv := x.g.Edge(i)
			if mv.To >= x.horizon || x.q.steps != 0 && !x.follows(e.Label, mv.Label, w) {
				continue
			}
			*h = hop{v, x.node(mv.To, e.To), i, e.Marks}
			return true
		}
	}
	return false
}

// follows is allows if propositions speak of steps.
func (x *product) follows(l buchi.Label, label uint32, w *ways) bool {
	letter, bad := x.stepLetter(w.state, label)
	return x.allows(l, letter|w.letter&^x.q.steps, bad|w.bad&^x.q.steps)
}

// each visits the transitions of a node until visit does not want more.
func (x *product) each(v uint32, visit func(h hop) bool) {
	if s, _ := x.split(v); !x.g.Expanded(s) {
		return
	}
	var h hop
	for w := x.ways(v); x.next(&w, v, &h); {
		if !visit(h) {
			return
		}
	}
}
