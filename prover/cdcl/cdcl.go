// Package cdcl is a small solver that says how it has come to its answers: it
// logs what it learns as a DRAT proof. It is there for certificates, and to ask
// a second opinion; package sat is faster and says nothing.
//
// It is the algorithm of the textbooks: two watched literals, learning up to
// the first unique implication point, activities, saved phases, restarts. Marques-
// Silva and Sakallah, "GRASP", IEEE Trans. Computers 48 (1999); Moskewicz et al.,
// "Chaff", DAC 2001; Eén and Sörensson, "An extensible SAT-solver", SAT 2003.
package cdcl

import (
	"context"
	"slices"

	"github.com/spec-lang/spec/prover/cnf"
	"github.com/spec-lang/spec/prover/drat"
)

// Answer is what Solve comes to.
type Answer int

// Answers. Stopped is the zero value: the context ended first.
const (
	Stopped Answer = iota
	Sat
	Unsat
)

// Solve decides a formula. If the answer is Unsat and log is not nil, log has
// become a refutation; if it is Sat, model has the value of each variable.
func Solve(ctx context.Context, f *cnf.Formula, log *drat.Proof) (a Answer, model []bool) {
	s := newSolver(f.Vars, log)
	for _, c := range f.Clauses {
		if !s.input(c) {
			s.learnt(nil)
			return Unsat, nil
		}
	}
	return s.solve(ctx)
}

// lit is twice a variable, plus one if it is negated; variables count from 0.
type lit int32

func (l lit) not() lit { return l ^ 1 }
func (l lit) v() int   { return int(l >> 1) }

func inner(l cnf.Lit) lit {
	if l < 0 {
		return lit(2*(-l-1) + 1)
	}
	return lit(2 * (l - 1))
}

func outer(l lit) cnf.Lit {
	if l&1 != 0 {
		return -cnf.Lit(l>>1 + 1)
	}
	return cnf.Lit(l>>1 + 1)
}

// clause has its watched literals first; of a reason the first is the one that
// it implies.
type clause struct {
	lits    []lit
	levels  int // distinct decision levels when it was learnt; 0 of inputs
	dead    bool
	visited int // conflicts when it was last of use
}

// watcher is a clause that has to be looked at when a literal becomes false,
// unless the blocker is true.
type watcher struct {
	c       *clause
	blocker lit
}

type solver struct {
	log       *drat.Proof
	watches   [][]watcher // by literal that became true
	value     []int8      // by literal: 1 true, -1 false, 0 open
	level     []int       // by variable
	reason    []*clause
	phase     []bool
	trail     []lit
	limits    []int // length of the trail where each decision was made
	head      int
	learned   []*clause
	order     heap
	seen      []bool
	conflicts int
}

func newSolver(n int, log *drat.Proof) *solver {
	s := &solver{log: log, watches: make([][]watcher, 2*n), value: make([]int8, 2*n), level: make([]int, n),
		reason: make([]*clause, n), phase: make([]bool, n), seen: make([]bool, n)}
	s.order.init(n)
	return s
}

// input adds a clause of the formula; false if the clauses are refuted.
func (s *solver) input(c []cnf.Lit) bool {
	var lits []lit
	for _, l := range c {
		m := inner(l)
		if slices.Contains(lits, m.not()) {
			return true
		}
		if !slices.Contains(lits, m) {
			lits = append(lits, m)
		}
	}
	// Those that are not false come first, to be watched.
	n := 0
	for i, l := range lits {
		if s.value[l] >= 0 && n < 2 {
			lits[i], lits[n] = lits[n], l
			n++
		}
	}
	if n == 0 {
		return false
	}
	cl := &clause{lits: lits}
	if len(lits) > 1 {
		s.attach(cl)
	}
	if n == 1 && s.value[lits[0]] == 0 {
		s.assign(lits[0], cl)
		return s.propagate() == nil
	}
	return true
}

func (s *solver) attach(c *clause) {
	s.watches[c.lits[0].not()] = append(s.watches[c.lits[0].not()], watcher{c, c.lits[1]})
	s.watches[c.lits[1].not()] = append(s.watches[c.lits[1].not()], watcher{c, c.lits[0]})
}

func (s *solver) assign(l lit, why *clause) {
	s.value[l], s.value[l.not()] = 1, -1
	s.level[l.v()], s.reason[l.v()] = len(s.limits), why
	s.trail = append(s.trail, l)
}

// learnt logs a clause.
func (s *solver) learnt(c []lit) {
	if s.log != nil {
		s.log.Add(exported(c))
	}
}

func exported(c []lit) []cnf.Lit {
	out := make([]cnf.Lit, len(c))
	for i, l := range c {
		out[i] = outer(l)
	}
	return out
}

// propagate assigns what follows from single clauses. It returns one that is
// false, or nil.
func (s *solver) propagate() *clause {
	for ; s.head < len(s.trail); s.head++ {
		p := s.trail[s.head]
		list := s.watches[p]
		kept := list[:0]
		for i, w := range list {
			if s.value[w.blocker] > 0 {
				kept = append(kept, w)
				continue
			}
			if w.c.dead || s.rewatch(w.c, p.not()) {
				continue
			}
			first := w.c.lits[0]
			kept = append(kept, watcher{w.c, first})
			switch s.value[first] {
			case -1:
				s.watches[p] = append(kept, list[i+1:]...)
				s.head = len(s.trail)
				return w.c
			case 0:
				s.assign(first, w.c)
			}
		}
		s.watches[p] = kept
	}
	return nil
}

// rewatch finds another literal of c to watch than one that became false. If
// there is none, that one is second.
func (s *solver) rewatch(c *clause, fell lit) bool {
	if c.lits[0] == fell {
		c.lits[0], c.lits[1] = c.lits[1], fell
	}
	if s.value[c.lits[0]] > 0 {
		return false
	}
	for k := 2; k < len(c.lits); k++ {
		if s.value[c.lits[k]] >= 0 {
			c.lits[1], c.lits[k] = c.lits[k], fell
			s.watches[c.lits[1].not()] = append(s.watches[c.lits[1].not()], watcher{c, c.lits[0]})
			return true
		}
	}
	return false
}

func (s *solver) back(level int) {
	if len(s.limits) <= level {
		return
	}
	at := s.limits[level]
	for _, l := range s.trail[at:] {
		s.value[l], s.value[l.not()] = 0, 0
		s.phase[l.v()] = l&1 == 0
		s.order.push(l.v())
	}
	s.trail, s.limits, s.head = s.trail[:at], s.limits[:level], at
}
