package ctl

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/graph"
)

// region describes the states that runs from a state can be in until they
// leave the given ones.
func (c *checker) region(start uint32, inside set) *evidence.Region {
	members, exits := newSet(c.n), newSet(c.n)
	members.add(start)
	for queue := []uint32{start}; len(queue) > 0; {
		id := queue[0]
		queue = queue[1:]
		to, _ := c.g.Out(id)
		for _, t := range to {
			switch {
			case t == graph.Outside:
			case !inside.has(t):
				exits.add(t)
			case !members.has(t):
				members.add(t)
				queue = append(queue, t)
			}
		}
	}
	r := c.describe(members)
	if r.Exits = uint64(exits.len()); r.Exits > 0 {
		r.Exit = c.trace(c.path([]uint32{start}, members, exits.has))
	}
	r.Longest, r.Unfair = c.longest(start, members), c.unfair(members)
	return r
}

// nextRegion describes the states after one step.
func (c *checker) nextRegion(start uint32) *evidence.Region {
	members := newSet(c.n)
	to, _ := c.g.Out(start)
	for _, t := range to {
		if t != graph.Outside {
			members.add(t)
		}
	}
	return c.describe(members)
}

// describe says what is the same in all of some states.
func (c *checker) describe(members set) *evidence.Region {
	r := &evidence.Region{States: uint64(members.len()), Of: uint64(c.n), Longest: -1}
	here, there := c.takes(members), c.takes(c.all())
	for i, a := range c.prog.Sys.Actions {
		switch {
		case here[i]:
			r.Possible = append(r.Possible, a)
		case there[i]:
			r.Never = append(r.Never, a)
		}
	}
	first, same := c.constant(members)
	_, everywhere := c.constant(c.all())
	for i, v := range c.prog.Sys.Vars {
		if same[i] && !everywhere[i] {
			r.Fixed = append(r.Fixed, evidence.Fixed{Var: v, Value: first[i]})
		}
	}
	return r
}

// takes reports of each action whether it is possible in one of some states.
func (c *checker) takes(members set) []bool {
	out := make([]bool, len(c.prog.Sys.Actions))
	members.each(func(id uint32) {
		_, label := c.g.Out(id)
		for _, l := range label {
			if a := c.g.Labels[l].Action; a >= 0 {
				out[a] = true
			}
		}
	})
	return out
}

// constant returns the values of the variables in one of some states, and
// which of them are the same in all.
func (c *checker) constant(members set) (first []ir.Value, same []bool) {
	var want []uint64
	differs := make([]bool, len(c.slots))
	members.each(func(id uint32) {
		c.at(id)
		if want == nil {
			want = slices.Clone(c.slots)
		}
		for i, w := range c.slots {
			differs[i] = differs[i] || w != want[i]
		}
	})
	same = make([]bool, len(c.prog.Sys.Vars))
	for v := range same {
		lo, hi := c.prog.Layout.Span(v)
		same[v] = !slices.Contains(differs[lo:hi], true)
	}
	return c.prog.Layout.Decode(want), same
}

// longest is how many steps a run from a state can take in some states and to
// the first one outside; -1 if there is no limit.
func (c *checker) longest(start uint32, members set) int {
	into := map[uint32]int{}
	members.each(func(id uint32) {
		to, _ := c.g.Out(id)
		for _, t := range to {
			if t != graph.Outside && members.has(t) {
				into[t]++
			}
		}
	})
	if into[start] > 0 {
		return -1
	}
	depth, done, most := map[uint32]int{}, 0, 0
	for queue := []uint32{start}; len(queue) > 0; {
		id := queue[0]
		queue = queue[1:]
		done++
		most = max(most, depth[id]+1)
		to, _ := c.g.Out(id)
		for _, t := range to {
			if t == graph.Outside || !members.has(t) {
				continue
			}
			depth[t] = max(depth[t], depth[id]+1)
			if into[t]--; into[t] == 0 {
				queue = append(queue, t)
			}
		}
	}
	if done < members.len() {
		return -1
	}
	return most
}

// unfair returns the actions to which it would be unfair to stay in some states
// for ever.
func (c *checker) unfair(members set) []*ir.Action {
	f := newFairness(c.g)
	var all []uint32
	members.each(func(id uint32) { all = append(all, id) })
	owed := map[*ir.Action]bool{}
	f.split(all, func(comp []uint32) {
		f.tally(comp)
		for _, i := range f.touched {
			if k := &c.g.Fair[i]; !f.taken[i] && (k.Strong() || int(f.seen[i]) == len(comp)) {
				owed[k.Action] = true
			}
		}
	})
	var out []*ir.Action
	for _, a := range c.prog.Sys.Actions {
		if owed[a] {
			out = append(out, a)
		}
	}
	return out
}
