package ctl

import (
	"slices"

	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/graph"
)

// run is a way through the graph.
type run struct {
	found bool
	start uint32
	moves []graph.Move
}

func (r run) end() uint32 {
	if n := len(r.moves); n > 0 {
		return r.moves[n-1].To
	}
	return r.start
}

// lasso is a run that goes round for ever: after the stem, always the loop.
type lasso struct {
	stem run
	loop []graph.Move
}

// search is a breadth-first search through the graph. Since a queue is served in
// order, it finds a shortest way, and of these the first.
type search struct {
	c       *checker
	through set
	seen    set
	from    map[uint32]arrival
	queue   []uint32
}

// arrival is the step by which a state was reached first.
type arrival struct{ from, label uint32 }

// path returns a shortest run from one of some states through others to a goal,
// which need not be one that it may go through. Its start may be the goal.
func (c *checker) path(starts []uint32, through set, goal func(uint32) bool) run {
	s := search{c: c, through: through, seen: newSet(c.n), from: map[uint32]arrival{}}
	for _, id := range starts {
		if goal(id) {
			return run{found: true, start: id}
		}
		if through.has(id) && !s.seen.has(id) {
			s.seen.add(id)
			s.queue = append(s.queue, id)
		}
	}
	return s.run(func(_ uint32, mv graph.Move) bool { return goal(mv.To) })
}

// around returns a shortest run from a state through others, of at least one
// step, whose last step is wanted.
func (c *checker) around(start uint32, through set, wanted func(from uint32, mv graph.Move) bool) run {
	s := search{c: c, through: through, seen: newSet(c.n), from: map[uint32]arrival{}, queue: []uint32{start}}
	s.seen.add(start)
	return s.run(wanted)
}

func (s *search) run(wanted func(uint32, graph.Move) bool) run {
	for len(s.queue) > 0 {
		id := s.queue[0]
		s.queue = s.queue[1:]
		to, label := s.c.g.Out(id)
		for i, t := range to {
			mv := graph.Move{To: t, Label: label[i]}
			switch {
			case t == graph.Outside:
			case wanted(id, mv):
				return s.back(id, mv)
			case s.through.has(t) && !s.seen.has(t):
				s.seen.add(t)
				s.from[t] = arrival{id, label[i]}
				s.queue = append(s.queue, t)
			}
		}
	}
	return run{}
}

// back collects the way to a state and a last step from it.
func (s *search) back(id uint32, last graph.Move) run {
	moves := []graph.Move{last}
	for {
		a, ok := s.from[id]
		if !ok {
			break
		}
		moves = append(moves, graph.Move{To: id, Label: a.label})
		id = a.from
	}
	slices.Reverse(moves)
	return run{found: true, start: id, moves: moves}
}

// step returns a run of one step into a set.
func (c *checker) step(starts []uint32, into set) run {
	for _, id := range starts {
		to, label := c.g.Out(id)
		for i, t := range to {
			if t != graph.Outside && into.has(t) {
				return run{found: true, start: id, moves: []graph.Move{{To: t, Label: label[i]}}}
			}
		}
	}
	return run{}
}

// lasso returns a fair run that stays in a set for ever, from one of some
// states, with a shortest stem.
func (c *checker) lasso(starts []uint32, inside set) lasso {
	home := newSet(c.n)
	comps := c.components(inside)
	for _, comp := range comps {
		for _, id := range comp {
			home.add(id)
		}
	}
	stem := c.path(starts, inside, home.has)
	i := slices.IndexFunc(comps, func(comp []uint32) bool { return slices.Contains(comp, stem.end()) })
	comp := newSet(c.n)
	for _, id := range comps[i] {
		comp.add(id)
	}
	return lasso{stem, c.loop(stem.end(), comp).moves}
}

// loop returns a fair loop from a state through a fair component. It is the
// shortest loop there is, made longer for each constraint that it leaves out.
func (c *checker) loop(start uint32, comp set) run {
	way := run{found: true, start: start}
	for {
		home := c.around(way.end(), comp, func(_ uint32, mv graph.Move) bool { return mv.To == start })
		round := append(slices.Clip(way.moves), home.moves...)
		owed := c.owed(start, round)
		if owed < 0 {
			way.moves = round
			return way
		}
		way.moves = append(way.moves, c.serve(way.end(), comp, owed).moves...)
	}
}

// serve returns a shortest run through a component that does justice to a
// constraint: it ends with a step that takes it, or if it is weak in a state
// where it is impossible.
func (c *checker) serve(from uint32, comp set, owed int32) run {
	strong := c.g.Fair[owed].Strong()
	return c.around(from, comp, func(_ uint32, mv graph.Move) bool {
		if !comp.has(mv.To) {
			return false
		}
		return c.g.Labels[mv.Label].Fair == owed || !strong && !c.possible(mv.To, owed)
	})
}

// owed returns a constraint to which a loop is unfair, -1 if it is fair.
func (c *checker) owed(start uint32, round []graph.Move) int32 {
	seen, taken := map[int32]int{}, map[int32]bool{}
	var order []int32
	at := start
	for _, mv := range round {
		for _, i := range c.constraints(at) {
			if seen[i] == 0 {
				order = append(order, i)
			}
			seen[i]++
		}
		if i := c.g.Labels[mv.Label].Fair; i >= 0 {
			taken[i] = true
		}
		at = mv.To
	}
	for _, i := range order {
		if !taken[i] && (c.g.Fair[i].Strong() || seen[i] == len(round)) {
			return i
		}
	}
	return -1
}

// constraints are those that are possible in a state, each once.
func (c *checker) constraints(id uint32) []int32 {
	_, label := c.g.Out(id)
	var out []int32
	for _, l := range label {
		if i := c.g.Labels[l].Fair; i >= 0 && !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	return out
}

func (c *checker) possible(id uint32, constraint int32) bool {
	return slices.Contains(c.constraints(id), constraint)
}

// trace turns a run into evidence. Where it rests the trace ends in a loop of
// no step.
func (c *checker) trace(r run) *evidence.Trace {
	t := &evidence.Trace{Steps: []evidence.Step{{State: c.g.Values(r.start)}}, Loop: -1}
	at := r.start
	for _, mv := range r.moves {
		if mv.Label == graph.Rest {
			t.Loop = len(t.Steps) - 1
			break
		}
		t.Steps = append(t.Steps, c.g.Step(c.m, at, mv))
		at = mv.To
	}
	return t
}

// lassoTrace turns a lasso into evidence.
func (c *checker) lassoTrace(l lasso) (t *evidence.Trace, rests bool) {
	t = c.trace(l.stem)
	round := c.trace(run{start: l.stem.end(), moves: l.loop})
	t.Loop = len(t.Steps) - 1
	if round.Loop >= 0 {
		return t, true
	}
	last := len(round.Steps) - 1
	t.Steps, t.Back = append(t.Steps, round.Steps[1:last]...), round.Steps[last]
	return t, false
}
