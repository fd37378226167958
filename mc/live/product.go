package live

import (
	"context"
	"fmt"

	"github.com/spec-lang/spec/mc/buchi"
)

// product is a graph with an automaton. Node s*nq+q is state s with the
// automaton in q.
type product struct {
	ctx context.Context
	g   *graph
	q   *question
	n   int // of the question
	aut *buchi.Automaton
	nq  uint64

	// num is by node 0 if it was not visited, its number while it is on the
	// stack, and the complement of its component's number afterwards.
	num    []int32
	fair   []bool // by component: it holds a fair accepting cycle
	count  int32  // of components
	limit  string
	broken bool // a proposition that matters has no value

	taken, always, somewhere []uint64 // scratch: sets of constraints
}

// frame is a node on the way of the search.
type frame struct {
	node uint32
	low  int32
	edge uint64 // the next one of the graph
	way  int    // the next transition of the automaton
	base int    // of the component's nodes on the stack
}

// start lists the nodes that runs begin in.
func (x *product) start() []uint32 {
	var out []uint32
	for _, s := range x.g.initial {
		for _, q := range x.aut.Initial {
			out = append(out, uint32(uint64(s)*x.nq+uint64(q)))
		}
	}
	return out
}

// search numbers the components of the product and reports whether one of
// them holds a fair accepting cycle. Tarjan 1972, without recursion.
func (x *product) search() bool {
	total := uint64(x.g.keys.Len()) * x.nq
	if total == 0 || x.nq == 0 {
		return false
	}
	memory := x.g.bytes() + 4*total
	if total > mostNodes || x.g.lim.Memory > 0 && memory > x.g.lim.Memory {
		x.limit = fmt.Sprintf("the product with its automaton of %d states does not fit in memory", x.nq)
		return false
	}
	x.num = make([]int32, total)
	x.g.peak = max(x.g.peak, memory)
	x.taken, x.always, x.somewhere = x.g.plan.fair.blank(), x.g.plan.fair.blank(), x.g.plan.fair.blank()
	x.fair = append(x.fair, false) // components are numbered from 1
	found := false
	var way []frame
	var stack []uint32
	clock := int32(0)
	push := func(v uint32) {
		clock++
		x.num[v] = clock
		s := uint64(v) / x.nq
		way = append(way, frame{node: v, low: clock, edge: x.firstEdge(s), base: len(stack)})
		stack = append(stack, v)
	}
	for _, root := range x.start() {
		if x.num[root] != 0 {
			continue
		}
		push(root)
		for len(way) > 0 {
			f := &way[len(way)-1]
			if w, ok := x.next(f); ok {
				switch n := x.num[w]; {
				case n == 0:
					if clock%pause == 0 && x.ctx.Err() != nil {
						x.limit = ended(x.ctx)
						return found
					}
					push(w)
				case n > 0:
					f.low = min(f.low, n)
				}
				continue
			}
			v, low, base := f.node, f.low, f.base
			way = way[:len(way)-1]
			if len(way) > 0 {
				up := &way[len(way)-1]
				up.low = min(up.low, low)
			}
			if low == x.num[v] {
				found = x.component(stack[base:]) || found
				stack = stack[:base]
			}
		}
	}
	return found
}

func (x *product) firstEdge(s uint64) uint64 {
	if s >= uint64(x.g.done) {
		return uint64(len(x.g.to))
	}
	return x.g.first[s]
}

func (x *product) lastEdge(s uint64) uint64 {
	if s >= uint64(x.g.done) {
		return uint64(len(x.g.to))
	}
	return x.g.first[s+1]
}

// next returns the next successor of a node.
func (x *product) next(f *frame) (uint32, bool) {
	s, q := uint64(f.node)/x.nq, int(uint64(f.node)%x.nq)
	edges, end := x.aut.Edges[q], x.lastEdge(s)
	for f.edge < end {
		for f.way < len(edges) {
			e := &edges[f.way]
			f.way++
			if x.allows(e.Label, uint32(s), x.g.label[f.edge]) {
				return uint32(uint64(x.g.to[f.edge])*x.nq + uint64(e.To)), true
			}
		}
		f.edge++
		f.way = 0
	}
	return 0, false
}

// allows reports whether the automaton can follow a step.
func (x *product) allows(l buchi.Label, s, label uint32) bool {
	letter := x.g.letters[x.n][s]
	if x.q.steps != 0 {
		letter |= x.g.labels[label].steps[x.n]
	}
	if len(x.g.broken[x.n]) == 0 && (x.q.steps == 0 || x.g.labels[label].bad[x.n] == 0) {
		return l.Allows(letter)
	}
	bad := x.g.broken[x.n][s]
	if x.q.steps != 0 {
		bad |= x.g.labels[label].bad[x.n]
	}
	if (l.Pos|l.Neg)&bad == 0 {
		return l.Allows(letter)
	}
	if (buchi.Label{Pos: l.Pos &^ bad, Neg: l.Neg &^ bad}).Allows(letter) {
		x.broken = true
	}
	return false
}

// each visits the transitions of a node: the edge of the graph and the
// transition of the automaton, until visit does not want more.
func (x *product) each(v uint32, visit func(edge uint64, w uint32, marks uint64) bool) {
	s, q := uint64(v)/x.nq, int(uint64(v)%x.nq)
	for i, end := x.firstEdge(s), x.lastEdge(s); i < end; i++ {
		for k := range x.aut.Edges[q] {
			e := &x.aut.Edges[q][k]
			if x.allows(e.Label, uint32(s), x.g.label[i]) && !visit(i, uint32(uint64(x.g.to[i])*x.nq+uint64(e.To)), e.Marks) {
				return
			}
		}
	}
}

// component gives the nodes of a component their number and reports whether
// it holds a fair accepting cycle.
func (x *product) component(nodes []uint32) bool {
	x.rename(nodes)
	s, q := uint64(nodes[0])/x.nq, uint64(nodes[0])%x.nq
	if !x.aut.Accepting[q] || s >= uint64(x.g.done) {
		return false
	}
	return x.holds(nodes)
}

// holds reports whether the component of nodes, whose numbers say so, holds a
// fair accepting cycle. If not all of its nodes are on one, those that are get
// numbers of their own.
func (x *product) holds(nodes []uint32) bool {
	c := x.num[nodes[0]]
	marks, cycle := x.collect(nodes, c)
	if !cycle || marks != x.aut.All() {
		return false
	}
	f := x.g.plan.fair
	bad := f.blank()
	starved := false
	for w := range f.words {
		if f.weak[w]&x.always[w]&^x.taken[w] != 0 {
			return false
		}
		bad[w] = f.strong[w] & x.somewhere[w] &^ x.taken[w]
		starved = starved || bad[w] != 0
	}
	if !starved {
		x.fair[-c] = true
		return true
	}
	return x.split(nodes, bad)
}

// collect finds what there is on the edges and in the states of a component.
func (x *product) collect(nodes []uint32, c int32) (marks uint64, cycle bool) {
	f := x.g.plan.fair
	for w := range f.words {
		x.taken[w], x.always[w], x.somewhere[w] = 0, ^uint64(0), 0
	}
	for _, v := range nodes {
		s := uint64(v) / x.nq
		for w := range f.words {
			e := x.g.enabled[int(s)*f.words+w]
			x.always[w] &= e
			x.somewhere[w] |= e
		}
		x.each(v, func(edge uint64, to uint32, m uint64) bool {
			if x.num[to] == c {
				cycle = true
				marks |= m
				if k := x.g.labels[x.g.label[edge]].constraint; k >= 0 {
					x.taken[k/64] |= 1 << (k % 64)
				}
			}
			return true
		})
	}
	return marks, cycle
}

// split removes the nodes in which a constraint of bad is possible and looks
// at the components of what is left.
func (x *product) split(nodes []uint32, bad []uint64) bool {
	f := x.g.plan.fair
	var rest []uint32
	for _, v := range nodes {
		s, out := uint64(v)/x.nq, false
		for w := range f.words {
			out = out || x.g.enabled[int(s)*f.words+w]&bad[w] != 0
		}
		if !out {
			rest = append(rest, v)
		}
	}
	x.rename(rest)
	found := false
	for _, part := range x.parts(rest) {
		x.rename(part)
		found = x.holds(part) || found
	}
	return found
}

// rename gives nodes a component number of their own.
func (x *product) rename(nodes []uint32) {
	x.count++
	x.fair = append(x.fair, false)
	for _, v := range nodes {
		x.num[v] = -x.count
	}
}

// parts are the components among nodes, which have a number of their own.
func (x *product) parts(nodes []uint32) [][]uint32 {
	if len(nodes) == 0 {
		return nil
	}
	c := x.num[nodes[0]]
	place := make(map[uint32]int, len(nodes))
	for i, v := range nodes {
		place[v] = i
	}
	next := make([][]int, len(nodes))
	for i, v := range nodes {
		x.each(v, func(_ uint64, w uint32, _ uint64) bool {
			if x.num[w] == c {
				next[i] = append(next[i], place[w])
			}
			return true
		})
	}
	var out [][]uint32
	for _, part := range components(next) {
		var vs []uint32
		for _, i := range part {
			vs = append(vs, nodes[i])
		}
		out = append(out, vs)
	}
	return out
}

// components lists the strongly connected components of a graph.
func components(next [][]int) [][]int {
	type frame struct{ v, i int }
	var out [][]int
	num, low := make([]int, len(next)), make([]int, len(next))
	var stack []int
	clock := 0
	for root := range next {
		if num[root] != 0 {
			continue
		}
		way := []frame{{root, 0}}
		for len(way) > 0 {
			f := &way[len(way)-1]
			if num[f.v] == 0 {
				clock++
				num[f.v], low[f.v] = clock, clock
				stack = append(stack, f.v)
			}
			if f.i < len(next[f.v]) {
				w := next[f.v][f.i]
				f.i++
				if num[w] == 0 {
					way = append(way, frame{w, 0})
				} else if num[w] > 0 {
					low[f.v] = min(low[f.v], num[w])
				}
				continue
			}
			v := f.v
			way = way[:len(way)-1]
			if len(way) > 0 {
				up := way[len(way)-1].v
				low[up] = min(low[up], low[v])
			}
			if low[v] < num[v] {
				continue
			}
			for n := len(stack) - 1; ; n-- {
				num[stack[n]] = -num[stack[n]]
				if stack[n] == v {
					out = append(out, append([]int(nil), stack[n:]...))
					stack = stack[:n]
					break
				}
			}
		}
	}
	return out
}
