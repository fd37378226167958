package symbolic

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/circuit"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/limit"
	"github.com/spec-lang/spec/mc/symbolic/bdd"
)

// search is one breadth-first search.
type search struct {
	sys   *ir.System
	opt   Options
	ctx   context.Context
	start time.Time
	space *space
	goal  *goal

	layers  []bdd.Node // states by depth
	reached bdd.Node
	cut     bdd.Node // states outside the bounds
	done    bdd.Node // states whose successors are computed
	limit   string   // the limit that was met, in words
	live    int      // nodes after the last collection
}

// found is what one layer shows of a target: states that are reached for the
// first time and decide it, and states from where some step, or the lack of
// one, does.
type found struct{ states, sources bdd.Node }

func (s *search) run() {
	s.first()
	for s.limit == "" && s.frontier() != bdd.False {
		switch d := len(s.layers) - 1; {
		case s.goal.reached() && !s.figures():
			s.limit = "nothing is left to decide"
			return
		case s.opt.Limits.Depth > 0 && d >= s.opt.Limits.Depth:
			s.limit = fmt.Sprintf("the limit of %d steps", s.opt.Limits.Depth)
			return
		}
		s.layer()
		s.look()
	}
}

// frontier is the deepest layer.
func (s *search) frontier() bdd.Node { return s.layers[len(s.layers)-1] }

// figures reports whether the model states figures that only the whole search
// can confirm, or a deadlock that is not found yet.
func (s *search) figures() bool {
	e := s.sys.Expect
	return e.States >= 0 || e.Generated >= 0 || e.Depth >= 0 || e.Deadlock && s.goal.deadlock.hit == nil
}

// stopped notes why the diagrams say nothing any more.
func (s *search) stopped() bool {
	switch t := s.space.t; {
	case !t.Stopped():
		return false
	case t.Full():
		s.limit = fmt.Sprintf("the limit of %d bytes of memory: the diagrams have %d nodes", s.opt.Limits.Memory, t.Len())
	default:
		s.limit = limit.Words(s.ctx)
	}
	return true
}

// first computes the initial states.
func (s *search) first() {
	b := s.space.t
	fs := make([]found, len(s.goal.all()))
	n := len(s.goal.targets)
	if s.space.some(s.space.c.Init.Assert) != bdd.False {
		fs[n+1].sources = bdd.True
	}
	if s.space.some(s.space.c.Init.Error) != bdd.False {
		fs[n+2].sources = bdd.True
	}
	fresh := s.space.init
	s.inspect(fresh, fs)
	inside := s.inside(fresh, fs)
	if s.stopped() {
		s.layers = []bdd.Node{bdd.False}
		return
	}
	s.settle(fs)
	s.reached, s.cut = inside, b.Diff(fresh, inside)
	s.layers = []bdd.Node{inside}
}

// layer computes the successors of the deepest layer.
func (s *search) layer() {
	b, from := s.space.t, s.frontier()
	fs := make([]found, len(s.goal.all()))
	fresh, possible := bdd.False, bdd.False
	for i, r := range s.space.steps {
		s.failures(fs, from, i, r)
		possible = b.Or(possible, r.enabled)
		fresh = b.Or(fresh, s.space.image(r, from))
	}
	fresh = b.Diff(fresh, s.reached)
	s.stuck(fs, b.Diff(from, possible))
	s.inspect(fresh, fs)
	inside := s.inside(fresh, fs)
	if s.stopped() {
		return
	}
	s.settle(fs)
	if s.stopped() {
		return
	}
	s.done = b.Or(s.done, from)
	s.cut = b.Or(s.cut, b.Diff(fresh, inside))
	s.reached = b.Or(s.reached, inside)
	s.layers = append(s.layers, inside)
}

// failures notes where steps fail, or decide properties of steps.
func (s *search) failures(fs []found, from bdd.Node, i int, r *relation) {
	b, n := s.space.t, len(s.goal.targets)
	note := func(j int, where bdd.Node) bool {
		where = b.And(from, where)
		fs[j].sources = b.Or(fs[j].sources, where)
		return where != bdd.False
	}
	note(n+1, r.fails)
	note(n+2, r.errs)
	for j, t := range s.goal.targets {
		if t.hit != nil || t.prop.Kind != ir.Step {
			continue
		}
		note(j, t.steps[i].holds)
		asserted := note(n+1, t.steps[i].fails)
		t.broken = note(n+2, t.steps[i].errs) || asserted || t.broken
	}
}

// stuck looks at states without successors.
func (s *search) stuck(fs []found, where bdd.Node) {
	b, n, t := s.space.t, len(s.goal.targets), s.goal.terminal
	failed := b.Or(t.errs, t.fails)
	fs[n].sources = b.Diff(where, b.Or(t.holds, failed))
	fs[n+1].sources = b.Or(fs[n+1].sources, b.And(where, t.fails))
	fs[n+2].sources = b.Or(fs[n+2].sources, b.And(where, t.errs))
}

// inspect looks at states that are reached for the first time.
func (s *search) inspect(fresh bdd.Node, fs []found) {
	b, n := s.space.t, len(s.goal.targets)
	for i, t := range s.goal.targets {
		if t.hit != nil || t.prop.Kind == ir.Step {
			continue
		}
		fs[i].states = b.And(fresh, t.decides(b))
		errs, fails := b.And(fresh, t.state.errs), b.And(fresh, t.state.fails)
		fs[n+1].states = b.Or(fs[n+1].states, fails)
		fs[n+2].states = b.Or(fs[n+2].states, errs)
		t.broken = t.broken || errs != bdd.False || fails != bdd.False
	}
}

// inside is the part of some states that is within the bounds.
func (s *search) inside(states bdd.Node, fs []found) bdd.Node {
	b, n := s.space.t, len(s.goal.targets)
	for _, v := range s.goal.bounds {
		fs[n+1].states = b.Or(fs[n+1].states, b.And(states, v.fails))
		fs[n+2].states = b.Or(fs[n+2].states, b.And(states, v.errs))
		states = b.And(states, b.Or(v.holds, b.Or(v.errs, v.fails)))
	}
	return states
}

// settle ends a layer: what it shows becomes final.
func (s *search) settle(fs []found) {
	hits := make([]*hit, len(fs))
	for i, t := range s.goal.all() {
		if t.hit == nil && (fs[i].states != bdd.False || fs[i].sources != bdd.False) {
			hits[i] = s.locate(t, fs[i])
		}
	}
	for i, t := range s.goal.all() {
		if hits[i] != nil {
			t.hit = hits[i]
		}
	}
}

// look sees to limits, memory and progress after a layer.
func (s *search) look() {
	if s.limit != "" {
		return
	}
	distinct := clamp(s.space.count(s.reached))
	if n := s.opt.Limits.States; n > 0 && distinct > n {
		s.limit = fmt.Sprintf("the limit of %d states", n)
	}
	if s.ctx.Err() != nil {
		s.limit = limit.Words(s.ctx)
	}
	if n := s.space.t.Len(); n > 1<<20 && n > 4*s.live {
		s.collect()
	}
	if s.opt.Progress != nil {
		s.opt.Progress(Event{Distinct: distinct, Depth: len(s.layers) - 1, Nodes: s.space.t.Len(),
			Memory: s.space.t.Bytes(), Elapsed: time.Since(s.start)})
	}
}

// collect forgets diagrams that are not needed any more.
func (s *search) collect() {
	roots := append(s.goal.roots(), &s.reached, &s.cut, &s.done, &s.space.init)
	for i := range s.layers {
		roots = append(roots, &s.layers[i])
	}
	for _, r := range s.space.steps {
		roots = append(roots, &r.pairs, &r.ways, &r.errs, &r.fails, &r.enabled)
	}
	s.space.forget()
	s.space.t.Collect(roots...)
	s.live = s.space.t.Len()
}

// clamp is n, or the greatest number there is.
func clamp(n *big.Int) uint64 {
	if n.IsUint64() {
		return n.Uint64()
	}
	return math.MaxUint64
}

// cuts counts the ways to states outside the bounds, by bound.
func (s *search) cuts() []*big.Int {
	out := make([]*big.Int, len(s.sys.Bounds))
	for i := range out {
		out[i] = new(big.Int)
	}
	s.cutBy(s.space.c.Init, bdd.True, true, out)
	for _, r := range s.space.steps {
		s.cutBy(r.step, s.done, false, out)
	}
	return out
}

func (s *search) cutBy(st *circuit.Step, from bdd.Node, initial bool, out []*big.Int) {
	g, within := s.space.c.Graph, st.Valid
	for i, bound := range s.sys.Bounds {
		if within == circuit.False {
			return
		}
		c, err := s.space.c.After(st, bound.Cond)
		if err != nil {
			s.limit = err.Error()
			return
		}
		ok := g.Or(c.Holds, g.Or(c.Error, c.Assert))
		n := s.space.t.And(from, s.space.node(g.And(within, ok.Not())))
		count := s.space.countWays(n, st)
		if initial { // states do not matter
			count.Rsh(count, uint(s.space.c.States))
		}
		out[i].Add(out[i], count)
		within = g.And(within, ok)
	}
}

// basis is what the verdicts rest on.
func (s *search) basis() evidence.Basis {
	var b evidence.Basis
	cuts := new(big.Int)
	if s.cut != bdd.False {
		for i, n := range s.cuts() {
			if cuts.Add(cuts, n); n.Sign() > 0 {
				b.BoundOf = append(b.BoundOf, *s.sys.Bounds[i])
			}
		}
	}
	b.Cuts, b.Limit = clamp(cuts), s.limit
	switch {
	case b.Limit != "":
	case b.Cuts > 0:
		b.Kind = evidence.Bounded
	default:
		b.Kind = evidence.Exhaustive
	}
	return b
}
