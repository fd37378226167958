package live

import (
	"math"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/store"
)

// hop is a transition of the product: along an edge of the graph.
type hop struct {
	from, to uint32
	edge     uint64
	marks    uint64
}

// lasso returns a run to the nearest node on a fair accepting cycle, and a
// short way around from there that meets all that is asked of it.
func (x *product) lasso() *evidence.Trace {
	stem, at := x.stem()
	loop := (&round{product: x, home: at}).walk()
	stem, loop = folded(stem, loop)
	t := &evidence.Trace{Loop: len(stem)}
	way := append(stem, loop...)
	t.Steps = []evidence.Step{{State: x.g.state(uint32(uint64(way[0].from) / x.nq))}}
	for _, h := range way[:len(way)-1] {
		t.Steps = append(t.Steps, x.g.stepAlong(uint32(uint64(h.from)/x.nq), h.edge))
	}
	last := way[len(way)-1]
	t.Back = x.g.stepAlong(uint32(uint64(last.from)/x.nq), last.edge)
	return t
}

// folded is the same infinite run with the shortest loop, and the shortest
// way to it.
func folded(stem, loop []hop) ([]hop, []hop) {
	same := func(a, b hop) bool { return a.edge == b.edge }
	for n := 1; n < len(loop); n++ {
		if len(loop)%n == 0 && slices.EqualFunc(loop[n:], loop[:len(loop)-n], same) {
			loop = loop[:n]
			break
		}
	}
	for len(stem) > 0 && same(stem[len(stem)-1], loop[len(loop)-1]) {
		n := len(loop) - 1
		loop = append([]hop{loop[n]}, loop[:n]...)
		stem = stem[:len(stem)-1]
	}
	return slices.Clip(stem), loop
}

// stem finds the nearest node on a fair accepting cycle, breadth-first.
func (x *product) stem() (way []hop, at uint32) {
	const none = math.MaxUint32
	parent := make([]uint32, len(x.num))
	for i := range parent {
		parent[i] = none
	}
	good := func(v uint32) bool { return x.num[v] < 0 && x.fair[-x.num[v]] }
	queue := x.start()
	for _, v := range queue {
		parent[v] = v
		if good(v) {
			return nil, v
		}
	}
	for i := 0; ; i++ {
		v, found := queue[i], false
		x.each(v, func(_ uint64, w uint32, _ uint64) bool {
			if parent[w] == none {
				parent[w] = v
				queue = append(queue, w)
				at, found = w, good(w)
			}
			return !found
		})
		if found {
			break
		}
	}
	for w := at; parent[w] != w; w = parent[w] {
		way = append(way, x.between(parent[w], w))
	}
	slices.Reverse(way)
	return way, at
}

// between is the first hop from one node to another.
func (x *product) between(v, w uint32) (h hop) {
	x.each(v, func(edge uint64, to uint32, marks uint64) bool {
		h = hop{v, to, edge, marks}
		return to != w
	})
	return h
}

// round is a way around a component.
type round struct {
	*product
	home uint32
	way  []hop
	// still asked for:
	marks uint64
	weak  []uint64
	// strong constraints that were possible on the way, and that were taken
	possible, taken []uint64
}

func (r *round) walk() []hop {
	f := r.g.plan.fair
	r.marks, r.weak = r.aut.All(), slices.Clone(f.weak)
	r.possible, r.taken = f.blank(), f.blank()
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
			if k := r.constraint(h); k >= 0 {
				r.weak[k/64] &^= 1 << (k % 64)
				r.taken[k/64] |= 1 << (k % 64)
			}
			r.visit(h.to)
			r.way = append(r.way, h)
			at = h.to
		}
	}
}

func (x *product) constraint(h hop) int32 { return x.g.labels[x.g.label[h.edge]].constraint }

func (x *product) enabledAt(v uint32) []uint64 {
	w := x.g.plan.fair.words
	s := int(uint64(v) / x.nq)
	return x.g.enabled[s*w : (s+1)*w]
}

func (r *round) visit(v uint32) {
	for w, e := range r.enabledAt(v) {
		r.weak[w] &= e
		r.possible[w] |= e & r.g.plan.fair.strong[w]
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
	if k := r.constraint(h); k >= 0 && (r.weak[k/64]|r.possible[k/64]&^r.taken[k/64])>>(k%64)&1 == 1 {
		return true
	}
	for w, e := range r.enabledAt(h.to) {
		if r.weak[w]&^e != 0 {
			return true
		}
	}
	return false
}

// nearest is the shortest way within the component that ends with a hop to
// the goal.
func (x *product) nearest(from uint32, goal func(hop) bool) []hop {
	came := map[uint32]hop{from: {}}
	queue := []uint32{from}
	var last hop
	for i, found := 0, false; !found; i++ {
		v := queue[i]
		x.each(v, func(edge uint64, w uint32, marks uint64) bool {
			if x.num[w] != x.num[from] {
				return true
			}
			h := hop{v, w, edge, marks}
			if found = goal(h); found {
				last = h
				return false
			}
			if _, known := came[w]; !known {
				came[w] = h
				queue = append(queue, w)
			}
			return true
		})
	}
	way := []hop{last}
	for v := last.from; v != from; v = came[v].from {
		way = append(way, came[v])
	}
	slices.Reverse(way)
	return way
}

func (g *graph) state(s uint32) []ir.Value {
	key := make([]uint64, g.prog.Layout.Words)
	slots := make([]uint64, len(g.prog.Layout.Slots)+1)
	g.keys.Key(store.ID(s), key)
	g.prog.Layout.Unpack(slots, key)
	return g.prog.Layout.Decode(slots)
}

// stepAlong is the first step that an edge stands for; it has no action if
// the edge only rests.
func (g *graph) stepAlong(s uint32, edge uint64) evidence.Step {
	from := make([]uint64, g.prog.Layout.Words)
	want := make([]uint64, g.prog.Layout.Words)
	g.keys.Key(store.ID(s), from)
	g.keys.Key(store.ID(g.to[edge]), want)
	st := evidence.Step{State: g.state(g.to[edge])}
	found := false
	g.m.Successors(from, func(m *program.Machine) {
		if found || m.Failure() != nil {
			return
		}
		g.prog.Layout.Pack(g.key, m.State())
		if !slices.Equal(g.key, want) || g.labelOf(g.plan.fair.of(m)) != g.label[edge] {
			return
		}
		found = true
		st.Action = g.prog.Sys.Actions[m.Action()]
		st.Args, st.Span = m.Args(), st.Action.NameSpan
	})
	return st
}
