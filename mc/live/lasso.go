package live

import (
	"math"
	"slices"

	"github.com/spec-lang/spec/ir/evidence"
)

// lasso is a run that ends in a loop: steps, by where they begin.
type lasso struct{ stem, loop []step }

// step is a step of the graph.
type step struct{ state, edge uint32 }

// lasso returns a fair run that the automaton accepts. It begins with a run to
// the nearest node on a fair accepting cycle and a short way around from there
// that meets all that is asked of it; then shorter ones are looked for, see
// minimal.go. What it returns besides says that no run has fewer steps before
// its loop.
func (x *product) lasso() (*evidence.Trace, bool) {
	s := x.stem()
	best := lasso{stem: steps(x, s.way), loop: steps(x, (&round{product: x, prev: s.prev, home: s.at}).walk())}
	best.fold()
	best, least := x.shortest(best, s.least)
	return x.trace(best), least
}

func steps(x *product, way []hop) []step {
	var out []step
	for _, h := range way {
		s, _ := x.split(h.from)
		out = append(out, step{s, h.edge})
	}
	return out
}

// trace shows a lasso.
func (x *product) trace(l lasso) *evidence.Trace {
	t := &evidence.Trace{Loop: len(l.stem)}
	way := append(slices.Clip(l.stem), l.loop...)
	t.Steps = []evidence.Step{{State: x.g.Values(way[0].state)}}
	for i, s := range way {
		st := x.g.Step(x.m, s.state, x.g.Edge(s.edge))
		if st.State == nil { // it rests
			st.State = x.g.Values(s.state)
		}
		if i < len(way)-1 {
			t.Steps = append(t.Steps, st)
		} else {
			t.Back = st
		}
	}
	return t
}

// fold makes the loop as short as it can be for the same infinite run, and the
// way to it.
func (l *lasso) fold() {
	for n := 1; n < len(l.loop); n++ {
		if len(l.loop)%n == 0 && slices.Equal(l.loop[n:], l.loop[:len(l.loop)-n]) {
			l.loop = l.loop[:n]
			break
		}
	}
	for len(l.stem) > 0 && l.stem[len(l.stem)-1] == l.loop[len(l.loop)-1] {
		n := len(l.loop) - 1
		l.loop = append([]step{l.loop[n]}, l.loop[:n]...)
		l.stem = l.stem[:len(l.stem)-1]
	}
}

// none is no node.
const none = math.MaxUint32

// stem is the shortest way to a node on a fair accepting cycle.
type stem struct {
	way []hop
	at  uint32
	// least is how many steps there are before the loop of any fair run that is
	// accepted, at least: the loop comes to its first state again and again,
	// which then is on a fair accepting cycle with some state of the automaton.
	least int
	prev  []uint32 // by node: none, to be used again
}

// good reports whether a node is on a fair accepting cycle.
func (x *product) good(v uint32) bool { return x.num[v] < 0 && x.fair[-x.num[v]] }

// home reports whether a state is part of a node on a fair accepting cycle.
func (x *product) home(s uint32) bool {
	for q := range int(x.nq) {
		if x.good(x.node(s, q)) {
			return true
		}
	}
	return false
}

// stem looks for the nearest node on a fair accepting cycle, breadth first.
func (x *product) stem() stem {
	s := stem{at: none, least: -1, prev: make([]uint32, len(x.num))}
	for i := range s.prev {
		s.prev[i] = none
	}
	var queue []uint32
	depth, end := 0, 0
	visit := func(v, from uint32) {
		if s.prev[v] != none || s.at != none {
			return
		}
		s.prev[v] = from
		queue = append(queue, v)
		if state, _ := x.split(v); s.least < 0 && x.home(state) {
			s.least = depth
		}
		if x.good(v) {
			s.at = v
		}
	}
	for _, v := range x.start() {
		visit(v, v)
	}
	for i := 0; s.at == none; i++ {
		if i == end {
			depth, end = depth+1, len(queue)
		}
		x.each(queue[i], func(h hop) bool {
			visit(h.to, h.from)
			return s.at == none
		})
	}
	for w := s.at; s.prev[w] != w; w = s.prev[w] {
		s.way = append(s.way, x.between(s.prev[w], w))
	}
	slices.Reverse(s.way)
	for _, v := range queue {
		s.prev[v] = none
	}
	return s
}

// between is the first hop from one node to another.
func (x *product) between(v, w uint32) (found hop) {
	x.each(v, func(h hop) bool {
		found = h
		return h.to != w
	})
	return found
}

// round is a way around a component.
type round struct {
	*product
	home uint32
	prev []uint32 // by node
	way  []hop
	// still asked for:
	marks uint64
	weak  []uint64
	// strong constraints that were possible on the way, and that were taken
	possible, taken []uint64
	set             []uint64
}

func (r *round) walk() []hop {
	n := r.f.words
	r.marks, r.weak = r.q.never.All(), slices.Clone(r.f.weak)
	r.possible, r.taken, r.set = make([]uint64, n), make([]uint64, n), make([]uint64, n)
	r.visit(r.home)
	for at := r.home; ; {
		goal := r.helps
		if !r.open() {
			if at == r.home && len(r.way) > 0 {
				return r.way
			}
			goal = func(h hop) bool { return h.to == r.home }
		}
		for _, h := range r.nearest(at, goal) {
			r.marks &^= h.marks
			r.f.serve(r.g.Edge(h.edge).Label, r.taken)
			for w := range r.weak {
				r.weak[w] &^= r.taken[w]
			}
			r.visit(h.to)
			r.way = append(r.way, h)
			at = h.to
		}
	}
}

// enabled is what is possible in a node.
func (r *round) enabled(v uint32) []uint64 {
	s, _ := r.split(v)
	clear(r.set)
	r.f.possible(s, r.set)
	return r.set
}

func (r *round) visit(v uint32) {
	for w, e := range r.enabled(v) {
		r.weak[w] &= e
		r.possible[w] |= e & r.f.strong[w]
	}
}

// open reports whether something is still asked for.
func (r *round) open() bool {
	open := r.marks != 0
	for w := range r.weak {
		open = open || r.weak[w]|r.possible[w]&^r.taken[w] != 0
	}
	return open
}

// helps reports whether a hop does something that is still asked for.
func (r *round) helps(h hop) bool {
	if h.marks&r.marks != 0 {
		return true
	}
	if k := r.g.Labels[r.g.Edge(h.edge).Label].Fair; k >= 0 && (r.weak[k/64]|r.possible[k/64]&^r.taken[k/64])>>(k%64)&1 == 1 {
		return true
	}
	for w, e := range r.enabled(h.to) {
		if r.weak[w]&^e != 0 {
			return true
		}
	}
	return false
}

// nearest is the shortest way within the component that ends with a hop to
// the goal.
func (r *round) nearest(from uint32, goal func(hop) bool) []hop {
	r.prev[from] = from
	queue := []uint32{from}
	var last hop
	for i, found := 0, false; !found; i++ {
		r.each(queue[i], func(h hop) bool {
			if r.num[h.to] != r.num[from] {
				return true
			}
			if found = goal(h); found {
				last = h
				return false
			}
			if r.prev[h.to] == none {
				r.prev[h.to] = h.from
				queue = append(queue, h.to)
			}
			return true
		})
	}
	way := []hop{last}
	for v := last.from; v != from; v = r.prev[v] {
		way = append(way, r.between(r.prev[v], v))
	}
	slices.Reverse(way)
	for _, v := range queue {
		r.prev[v] = none
	}
	return way
}
