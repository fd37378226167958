package symbolic

import (
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/mc/buchi"
	"github.com/spec-lang/spec/mc/symbolic/bdd"
)

// pairs is a set of pairs of a state of the system and one of an automaton: a
// set of states for each state of the automaton.
type pairs []bdd.Node

// product is the reachable part of a system together with an automaton that
// reads it. Branching time needs the smallest one, of one state that reads
// anything.
type product struct {
	*search
	edges   [][]edge // by state of the automaton
	props   []buchi.Prop
	rests   bdd.Node // states where nothing is possible
	demands []demand
}

// edge is a transition of the automaton.
type edge struct {
	to    int
	label buchi.Label
	marks uint64
	where bdd.Node // states that the label allows
	// during are the states that it allows with each step, and last with no
	// step; nil if it says nothing of steps.
	during []bdd.Node
}

// demand is what an infinite run must meet again and again: an acceptance set
// of the automaton, or if via is not nil a fairness.
type demand struct {
	mark uint64
	via  *constraint
}

// constraint is a fairness of an action, or of the action with some values of
// the parameters that are declared by a type.
type constraint struct {
	action   *ir.Action
	args     []ir.Value // by parameter; nil stands for any
	steps    []bool     // which steps serve it
	possible bdd.Node   // where some of them is possible
}

func (c *constraint) strong() bool { return c.action.Fair == ir.Strong }

// anything is the product with the automaton that reads anything.
func (s *search) anything() *product {
	return s.newProduct([][]edge{{{where: s.reached}}}, 0)
}

// newProduct is the product with an automaton of so many acceptance sets.
func (s *search) newProduct(edges [][]edge, sets int) *product {
	b := s.space.t
	p := &product{search: s, edges: edges, rests: s.reached}
	for _, r := range s.space.steps {
		p.rests = b.Diff(p.rests, r.enabled)
	}
	for k := range sets {
		p.demands = append(p.demands, demand{mark: 1 << k})
	}
	for _, c := range s.constraints() {
		p.demands = append(p.demands, demand{via: c})
	}
	return p
}

// constraints are the demands of fairness of a system, in the order of steps.
func (s *search) constraints() []*constraint {
	var out []*constraint
	known := map[string]*constraint{}
	for i, r := range s.space.steps {
		a := r.step.Action
		if a.Fair == ir.Unfair {
			continue
		}
		args, key := make([]ir.Value, len(a.Params)), fmt.Sprint(a.Index)
		for j, p := range a.Params {
			if p.ByType && !a.FairAny {
				if args[j] = s.space.c.Arg(r.step, j); args[j] != nil {
					key += ";" + ir.Format(args[j])
				}
			}
		}
		c := known[key]
		if c == nil {
			c = &constraint{action: a, args: args, steps: make([]bool, len(s.space.steps))}
			known[key] = c
			out = append(out, c)
		}
		c.steps[i], c.possible = true, s.space.t.Or(c.possible, r.enabled)
	}
	return out
}

// each is a set of pairs by what f makes of each state of the automaton.
func (p *product) each(f func(q int) bdd.Node) pairs {
	out := make(pairs, len(p.edges))
	for q := range out {
		out[q] = f(q)
	}
	return out
}

func (p *product) and(x, y pairs) pairs {
	return p.each(func(q int) bdd.Node { return p.space.t.And(x[q], y[q]) })
}

func (p *product) or(x, y pairs) pairs {
	return p.each(func(q int) bdd.Node { return p.space.t.Or(x[q], y[q]) })
}

func (p *product) without(x, y pairs) pairs {
	return p.each(func(q int) bdd.Node { return p.space.t.Diff(x[q], y[q]) })
}

func (p *product) all() pairs { return p.each(func(int) bdd.Node { return p.reached }) }

func (x pairs) empty() bool {
	for _, n := range x {
		if n != bdd.False {
			return false
		}
	}
	return true
}

// before is from where some step leads to x: one that serves via, if that is
// not nil, and reads an edge with all of the marks.
func (p *product) before(x pairs, via *constraint, marks uint64) pairs {
	b := p.space.t
	return p.each(func(q int) bdd.Node {
		out := bdd.False
		for _, e := range p.edges[q] {
			if e.marks&marks == marks && x[e.to] != bdd.False {
				out = b.Or(out, b.And(e.where, p.back(x[e.to], via, e.during)))
			}
		}
		return out
	})
}

// back is from where some step leads to some states.
func (p *product) back(states bdd.Node, via *constraint, during []bdd.Node) bdd.Node {
	b, out := p.space.t, bdd.False
	within := func(n bdd.Node, i int) bdd.Node {
		if during == nil {
			return n
		}
		return b.And(n, during[i])
	}
	if via == nil {
		out = within(b.And(states, p.rests), len(p.space.steps))
	}
	for i, r := range p.space.steps {
		if via == nil || via.steps[i] {
			out = b.Or(out, within(p.space.preimageBy(r, states), i))
		}
	}
	return out
}

// after is where some step leads from x.
func (p *product) after(x pairs) pairs {
	b, out := p.space.t, make(pairs, len(x))
	for q, edges := range p.edges {
		for _, e := range edges {
			from := b.And(x[q], e.where)
			within := func(i int) bdd.Node {
				if e.during == nil {
					return from
				}
				return b.And(from, e.during[i])
			}
			to := b.And(within(len(p.space.steps)), p.rests)
			for i, r := range p.space.steps {
				to = b.Or(to, p.space.image(r, within(i)))
			}
			out[e.to] = b.Or(out[e.to], b.And(to, p.reached))
		}
	}
	return out
}

// reach is goal and from where steps through others lead there, the least
// fixpoint of goal or through and before.
func (p *product) reach(through, goal pairs) pairs {
	for fresh := goal; !fresh.empty(); {
		fresh = p.without(p.and(through, p.before(fresh, nil, 0)), goal)
		goal = p.or(goal, fresh)
	}
	return goal
}

// closure is x and where steps within others lead from there.
func (p *product) closure(x, within pairs) pairs {
	for fresh := x; !fresh.empty(); {
		fresh = p.without(p.and(within, p.after(fresh)), x)
		x = p.or(x, fresh)
	}
	return x
}

// meets is where a demand is met within x: by the next step, or since a weak
// fairness asks for nothing where it is impossible.
func (p *product) meets(x pairs, d demand) pairs {
	out := p.and(x, p.before(x, d.via, d.mark))
	if d.via == nil || d.via.strong() {
		return out
	}
	return p.each(func(q int) bdd.Node { return p.space.t.Or(out[q], p.space.t.Diff(x[q], d.via.possible)) })
}

// fair is a part of x from each of whose pairs some run stays in it for ever
// and meets all demands, and that has every run within x that does so, but for
// the way to its loop. Emerson and Lei, "Modalities for model checking:
// branching time logic strikes back", Science of Computer Programming 8 (1987);
// for strong fairness with Kesten, Pnueli and Raviv, "Algorithmic verification
// of linear temporal logic specifications", ICALP 1998: what is possible but
// can never be taken is left out.
func (p *product) fair(x pairs) pairs {
	for {
		old := x
		x = p.endless(x)
		for _, d := range p.demands {
			x = p.owing(x, d)
		}
		if x.equal(old) {
			return x
		}
	}
}

func (x pairs) equal(y pairs) bool {
	for q, n := range x {
		if n != y[q] {
			return false
		}
	}
	return true
}

// endless is where runs stay in x for ever, the greatest fixpoint of x and
// before.
func (p *product) endless(x pairs) pairs {
	for {
		smaller := p.and(x, p.before(x, nil, 0))
		if smaller.equal(x) {
			return x
		}
		x = smaller
	}
}

// owing is the part of x where a demand can be met, or asks for nothing.
func (p *product) owing(x pairs, d demand) pairs {
	met := p.reach(x, p.meets(x, d))
	if d.via == nil || !d.via.strong() {
		return met
	}
	return p.each(func(q int) bdd.Node { return p.space.t.Or(met[q], p.space.t.Diff(x[q], d.via.possible)) })
}
