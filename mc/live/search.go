package live

import (
	"fmt"
	"math"

	"github.com/spec-lang/spec/mc/graph"
	"github.com/spec-lang/spec/mc/limit"
)

// search visits the product depth first and finds its strongly connected
// components while it goes. Each of those on the way is a root on a stack with
// what is known of it; a step back makes those that it closes into one. What
// is left when a component is complete is final. Couvreur, "On-the-fly
// verification of linear temporal logic", FM 1999; Gabow, "Path-based
// depth-first search for strong and biconnected components", IPL 74 (2000).
type search struct {
	*product
	fresh int32 // the number of nodes that are not visited
	clock int32
	way   []frame
	stack []uint32 // nodes of components that are not complete
	roots []root
	sets  []uint64 // of each root: its deeds
}

// frame is a node on the way of the search.
type frame struct {
	node uint32
	at   int // of the node on the stack
	ways ways
}

// root is a component that may get larger.
type root struct {
	at    int    // of its first node on the stack
	in    hop    // that led to it
	marks uint64 // of transitions within it
	cycle bool   // there are such
}

// What a frame and a root take, in bytes.
const frameBytes, rootBytes = 56, 56

// mostNodes is how many nodes a product may have.
const mostNodes = math.MaxInt32

// pause is after how many nodes limits are looked at.
const pause = 1 << 10

// explore looks for a fair accepting cycle among the nodes that can be reached
// from some. It returns whether it has seen them all.
func (x *search) explore(from []uint32) bool {
	for _, v := range from {
		if x.unvisited(v) && !(x.enter(v, hop{}) && x.run()) {
			return false
		}
	}
	return true
}

// room makes room for the nodes of all states.
func (x *product) room() {
	n := x.g.Len() * int(x.nq)
	if n > cap(x.num) {
		x.num = append(make([]int32, 0, max(n, 2*cap(x.num))), x.num...)
	}
	x.num = x.num[:n]
}

func (x *search) unvisited(v uint32) bool {
	if int(v) >= len(x.num) {
		x.room()
	}
	return x.num[v] == x.fresh
}

// enter visits a node. False means that the search is over.
func (x *search) enter(v uint32, in hop) bool {
	s, q := x.split(v)
	if !x.g.Expanded(s) && !x.grow(s) {
		return false
	}
	if x.clock++; x.clock%pause == 0 && !x.may() {
		return false
	}
	x.num[v] = x.clock
	x.way = append(x.way, frame{node: v, at: len(x.stack), ways: x.ways(v)})
	x.roots = append(x.roots, root{at: len(x.stack), in: in})
	x.stack = append(x.stack, v)
	x.sets = append(x.sets, make([]uint64, 3*x.f.words)...)
	if x.q.never.Accepting[q] {
		d := x.deeds(len(x.roots) - 1)
		x.f.possible(s, d.somewhere)
		copy(d.always, d.somewhere)
	}
	return true
}

// grow computes the steps of a state. With a limit of states there may be
// none: then what is known is searched all the same.
func (x *search) grow(s uint32) bool {
	x.g.Expand(x.ctx, s)
	x.f.learn()
	return x.may()
}

// may reports whether the search may go on.
func (x *search) may() bool {
	switch {
	case x.ctx.Err() != nil:
		x.limit = limit.Words(x.ctx)
	case uint64(x.g.Len())*uint64(x.nq) > mostNodes:
		x.limit = fmt.Sprintf("a product of more than %d nodes", mostNodes)
	case x.over():
		x.limit = limit.Memory(x.c.opt.Memory)
	}
	return x.limit == ""
}

// over reports whether graph and product take more memory than they may.
func (x *search) over() bool {
	bytes := x.c.bytes(x.g) + 4*uint64(cap(x.num)+cap(x.stack)) + 8*uint64(cap(x.sets)) + frameBytes*uint64(cap(x.way)) + rootBytes*uint64(cap(x.roots))
	x.c.peak = max(x.c.peak, bytes)
	return x.c.opt.Memory > 0 && bytes > x.c.opt.Memory
}

func (x *search) deeds(root int) deeds {
	n := x.f.words
	d := x.sets[3*n*root:]
	return deeds{d[:n], d[n : 2*n], d[2*n : 3*n]}
}

// run goes on until the way is walked. False means that the search is over.
func (x *search) run() bool {
	var h hop
	for len(x.way) > 0 {
		f := &x.way[len(x.way)-1]
		if !x.next(&f.ways, f.node, &h) {
			x.leave(f)
			continue
		}
		switch {
		case x.unvisited(h.to):
			if !x.enter(h.to, h) {
				return false
			}
		case x.num[h.to] > 0:
			if x.close(h); x.found && x.fresh == 0 && x.horizon == graph.Outside {
				return false
			}
		}
	}
	return true
}

// close makes one component of those that a step back leads through.
func (x *search) close(h hop) {
	n := len(x.roots) - 1
	_, q := x.split(h.to)
	accepting := x.q.never.Accepting[q]
	for ; x.num[x.stack[x.roots[n].at]] > x.num[h.to]; n-- {
		if accepting {
			x.join(n-1, n)
		}
	}
	x.roots, x.sets = x.roots[:n+1], x.sets[:3*x.f.words*(n+1)]
	if !accepting {
		return
	}
	r := &x.roots[n]
	r.cycle = true
	r.marks |= h.marks
	d := x.deeds(n)
	x.f.serve(x.g.Edge(h.edge).Label, d.taken)
	if !x.found && r.marks == x.q.never.All() {
		ok, starved := x.f.starved(d, nil)
		x.found = ok && !starved
	}
}

// join adds a component to the one below it.
func (x *search) join(below, above int) {
	r, s := &x.roots[below], &x.roots[above]
	r.marks |= s.marks | s.in.marks
	a, b := x.deeds(below), x.deeds(above)
	for w := range x.f.words {
		a.taken[w] |= b.taken[w]
		a.always[w] &= b.always[w]
		a.somewhere[w] |= b.somewhere[w]
	}
	x.f.serve(x.g.Edge(s.in.edge).Label, a.taken)
}

// leave goes back from a node. If a component is complete then, it is final.
func (x *search) leave(f *frame) {
	at := f.at
	x.way = x.way[:len(x.way)-1]
	n := len(x.roots) - 1
	if x.roots[n].at != at {
		return
	}
	x.settle(n)
	x.stack = x.stack[:at]
	x.roots, x.sets = x.roots[:n], x.sets[:3*x.f.words*n]
}

// settle gives the nodes of the last component their number, and finds those
// of them that are on fair accepting cycles.
func (x *search) settle(n int) {
	nodes, r := x.stack[x.roots[n].at:], &x.roots[n]
	c := x.rename(nodes)
	_, q := x.product.split(nodes[0])
	if !x.q.never.Accepting[q] || !r.cycle || r.marks != x.q.never.All() {
		return
	}
	bad := make([]uint64, x.f.words)
	switch ok, starved := x.f.starved(x.deeds(n), bad); {
	case !ok:
	case starved:
		x.without(nodes, bad)
	default:
		x.fair[c], x.found = true, true
	}
}

// without removes the nodes in which a constraint of bad is possible and
// searches what is left: a run that is fair must leave them, since within the
// component the constraint is never taken. After Emerson and Lei, "Modalities
// for model checking", SCP 8 (1987).
func (x *search) without(nodes []uint32, bad []uint64) {
	var rest []uint32
	set := make([]uint64, x.f.words)
	for _, v := range nodes {
		s, _ := x.split(v)
		clear(set)
		x.f.possible(s, set)
		if !meet(set, bad) {
			rest = append(rest, v)
		}
	}
	if len(rest) > 0 {
		y := &search{product: x.product, fresh: -x.rename(rest)}
		y.explore(rest)
	}
}

func meet(a, b []uint64) bool {
	for w := range a {
		if a[w]&b[w] != 0 {
			return true
		}
	}
	return false
}

// rename gives nodes a component number of their own.
func (x *product) rename(nodes []uint32) int32 {
	c := int32(len(x.fair))
	x.fair = append(x.fair, false)
	for _, v := range nodes {
		x.num[v] = -c
	}
	return c
}

// stop ends a search that is not complete: what it knows of the components on
// its way is kept.
func (x *search) stop() {
	end := len(x.stack)
	for n := len(x.roots) - 1; n >= 0; n-- {
		r := &x.roots[n]
		nodes := x.stack[r.at:end]
		_, q := x.split(nodes[0])
		good := x.q.never.Accepting[q] && r.cycle && r.marks == x.q.never.All()
		if good {
			ok, starved := x.f.starved(x.deeds(n), nil)
			good = ok && !starved
		}
		x.fair[x.rename(nodes)] = good
		end = r.at
	}
}
