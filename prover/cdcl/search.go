package cdcl

import (
	"cmp"
	"context"
	"slices"
)

// unit is how many conflicts there are in the shortest stretch between two
// restarts, and firstReduce how many before learnt clauses are first thrown
// away.
const (
	unit        = 64
	firstReduce = 4000
)

func (s *solver) solve(ctx context.Context) (Answer, []bool) {
	if s.propagate() != nil {
		s.learnt(nil)
		return Unsat, nil
	}
	reduce := firstReduce
	for turn := 1; ; turn++ {
		for left := unit * luby(turn); left > 0; {
			conflict := s.propagate()
			switch {
			case conflict == nil && s.decide():
			case conflict == nil:
				return Sat, s.model()
			case len(s.limits) == 0:
				s.learnt(nil)
				return Unsat, nil
			default:
				s.resolve(conflict)
				left--
				if s.conflicts%256 == 0 && ctx.Err() != nil {
					return Stopped, nil
				}
			}
		}
		s.back(0)
		if s.conflicts > reduce {
			s.reduce()
			reduce = s.conflicts + firstReduce/2 + turn*unit
		}
		if ctx.Err() != nil {
			return Stopped, nil
		}
	}
}

// luby is the sequence 1 1 2 1 1 2 4 ... of Luby, Sinclair and Zuckerman, "Optimal
// speedup of Las Vegas algorithms", 1993, from 1.
func luby(i int) int {
	for k := 1; ; k++ {
		switch full := 1<<k - 1; {
		case i == full:
			return 1 << (k - 1)
		case i < full:
			return luby(i - (1<<(k-1) - 1))
		}
	}
}

// decide assigns the most active variable that is open; false if none is.
func (s *solver) decide() bool {
	for {
		v, ok := s.order.pop()
		if !ok {
			return false
		}
		if s.value[2*v] != 0 {
			continue
		}
		s.limits = append(s.limits, len(s.trail))
		l := lit(2*v + 1)
		if s.phase[v] {
			l = lit(2 * v)
		}
		s.assign(l, nil)
		return true
	}
}

func (s *solver) model() []bool {
	m := make([]bool, len(s.value)/2+1) // by variable, from 1
	for v := range len(s.value) / 2 {
		m[v+1] = s.value[2*v] > 0
	}
	return m
}

// resolve learns from a conflict and goes back to where that is of use.
func (s *solver) resolve(conflict *clause) {
	s.conflicts++
	c := s.analyze(conflict)
	s.learnt(c)
	cl := &clause{lits: c, levels: s.spread(c), visited: s.conflicts}
	back := 0
	if len(c) > 1 {
		second := 1
		for i, l := range c[1:] {
			if s.level[l.v()] > s.level[c[second].v()] {
				second = i + 1
			}
		}
		c[1], c[second] = c[second], c[1]
		back = s.level[c[1].v()]
	}
	s.back(back)
	if len(c) > 1 {
		s.attach(cl)
		s.learned = append(s.learned, cl)
	}
	s.assign(c[0], cl)
	s.order.decay()
}

// analyze resolves backwards to the first unique implication point, whose
// negation is the first literal of what it returns.
func (s *solver) analyze(conflict *clause) []lit {
	out := []lit{0}
	open, at := 0, len(s.trail)
	var p lit
	for c, first := conflict, true; ; first = false {
		c.visited = s.conflicts
		for i, l := range c.lits {
			if !first && i == 0 || s.seen[l.v()] || s.level[l.v()] == 0 {
				continue
			}
			s.seen[l.v()] = true
			s.order.bump(l.v())
			if s.level[l.v()] == len(s.limits) {
				open++
			} else {
				out = append(out, l)
			}
		}
		for at--; !s.seen[s.trail[at].v()]; at-- {
		}
		p = s.trail[at]
		if open--; open == 0 {
			break
		}
		s.seen[p.v()] = false
		c = s.reason[p.v()]
	}
	out[0] = p.not()
	marked := append([]lit(nil), out...)
	out = slices.DeleteFunc(out, func(l lit) bool { return l != out[0] && s.redundant(l) })
	for _, l := range marked {
		s.seen[l.v()] = false
	}
	return out
}

// redundant reports whether other literals of the clause, those that are
// marked as seen, are false only together with l.
func (s *solver) redundant(l lit) bool {
	c := s.reason[l.v()]
	if c == nil {
		return false
	}
	for _, m := range c.lits[1:] {
		if !s.seen[m.v()] && s.level[m.v()] > 0 {
			return false
		}
	}
	return true
}

// spread is how many decision levels the literals of a clause are from.
func (s *solver) spread(c []lit) int {
	seen := map[int]bool{}
	for _, l := range c {
		seen[s.level[l.v()]] = true
	}
	return len(seen)
}

// reduce forgets the half of the learnt clauses that were of least use. It is
// called where nothing is decided.
func (s *solver) reduce() {
	slices.SortStableFunc(s.learned, func(a, b *clause) int {
		return cmp.Or(cmp.Compare(min(a.levels, 8), min(b.levels, 8)), cmp.Compare(b.visited, a.visited))
	})
	kept := s.learned[:0]
	for i, c := range s.learned {
		if i < len(s.learned)/2 || c.levels <= 2 || s.reason[c.lits[0].v()] == c && s.value[c.lits[0]] > 0 {
			kept = append(kept, c)
			continue
		}
		c.dead = true
		if s.log != nil {
			s.log.Delete(exported(c.lits))
		}
	}
	s.learned = kept
}
