package ctl

import "github.com/spec-lang/spec/mc/graph"

// The three operators from which the others are made, over the states of a
// graph. Clarke, Emerson and Sistla, "Automatic verification of finite-state
// concurrent systems using temporal logic specifications", TOPLAS 8 (1986).
//
// With fairness, paths are fair ones. Every finite run can be carried on to a
// fair one, by taking in turn what is possible and owed (Apt, Francez and
// Katz, "Appraising fairness in languages for distributed programming",
// Distributed Computing 2 (1988)), so next and until are the same with
// fairness as without, and only EG asks for more.

// next is EX: where some step leads into s.
func (c *checker) next(t truth) truth {
	pre := func(s set) set {
		out := newSet(c.n)
		s.each(func(id uint32) {
			for _, from := range c.g.In(id) {
				out.add(from)
			}
		})
		return out
	}
	must := pre(t.must)
	if t.known() && c.open == nil {
		return exact(must)
	}
	return truth{must, pre(t.may).or(c.outside())}
}

// until is E[p U q]: where a run through p leads to q.
func (c *checker) until(p, q truth) truth {
	must := c.reach(p.must, q.must)
	if p.known() && q.known() && c.open == nil {
		return exact(must)
	}
	return truth{must, c.reach(p.may, q.may.or(p.may.and(c.outside())))}
}

// reach returns goal and the states from which states of through lead there.
func (c *checker) reach(through, goal set) set {
	out := goal.clone()
	var queue []uint32
	goal.each(func(id uint32) { queue = append(queue, id) })
	for len(queue) > 0 {
		id := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		for _, from := range c.g.In(id) {
			if !out.has(from) && through.has(from) {
				out.add(from)
				queue = append(queue, from)
			}
		}
	}
	return out
}

// always is EG: where a fair run stays in p for ever.
func (c *checker) always(p truth) truth {
	must := c.reach(p.must, c.loops(p.must))
	if p.known() && c.open == nil {
		return exact(must)
	}
	return truth{must, c.reach(p.may, c.loops(p.may).or(p.may.and(c.outside())))}
}

// loops returns the states of the fair components within s.
func (c *checker) loops(s set) set {
	out := newSet(c.n)
	for _, comp := range c.components(s) {
		for _, id := range comp {
			out.add(id)
		}
	}
	return out
}

// components returns the fair components within s: sets of states such that
// some fair run goes round in each for ever and sees all of it. In an open
// state it is not known what is possible, so that it is in none if there is
// fairness.
func (c *checker) components(s set) [][]uint32 {
	if c.open != nil && len(c.g.Fair) > 0 {
		s = s.without(c.open)
	}
	return newFairness(c.g).components(s)
}

// outside are the open states.
func (c *checker) outside() set {
	if c.open == nil {
		return newSet(c.n)
	}
	return c.open
}

func openSet(g *graph.Graph) set {
	if len(g.Open()) == 0 {
		return nil
	}
	s := newSet(g.Len())
	for _, id := range g.Open() {
		s.add(id)
	}
	return s
}
