// Package resolution refutes formulas of first-order logic: it looks for the
// empty clause among what follows from theirs, and returns a proof that package
// kernel checks.
//
// The search is the given-clause algorithm of W. McCune (OTTER, 1994): the
// lightest clause that was not used yet is resolved with all that were, one in
// five times the oldest one; what a clause subsumes is dropped (J. A. Robinson,
// 1965). Equality is an ordinary predicate with its axioms.
package resolution

import (
	"context"
	"errors"
	"slices"

	"github.com/spec-lang/spec/prover/kernel"
)

// Errors of Refute.
var (
	// ErrSaturated says that nothing more follows: there is no refutation.
	ErrSaturated = errors.New("nothing more follows, and no contradiction is among it")
	// ErrLimit says that the search gave up.
	ErrLimit = errors.New("too many steps")
)

// Refute returns a proof of false from proofs of formulas. It gives up after a
// number of clauses, or when ctx ends.
func Refute(ctx context.Context, premises []*kernel.Proof, goals []*kernel.Term, limit int) (*kernel.Proof, error) {
	s := &search{limit: limit}
	for i, g := range goals {
		for j, c := range kernel.Clauses(g, i) {
			s.add(c, kernel.Step{Premise: i, Clause: j, Parent1: -1, Parent2: -1})
		}
	}
	empty, err := s.run(ctx)
	if err != nil {
		return nil, err
	}
	return &kernel.Proof{Rule: kernel.Refute, From: premises, Steps: s.path(empty)}, nil
}

// search is a set of clauses: those before done were resolved with each other.
type search struct {
	all     []*clause
	used    []*clause
	waiting []*clause
	limit   int
	turn    int
	empty   *clause
}

type clause struct {
	kernel.Clause
	step   kernel.Step // parents are indices into search.all
	index  int
	weight int
	gone   bool // subsumed
}

// add keeps a clause unless it says nothing new.
func (s *search) add(c kernel.Clause, step kernel.Step) {
	if tautology(c) || slices.ContainsFunc(s.used, func(o *clause) bool { return !o.gone && subsumes(o.Clause, c) }) ||
		slices.ContainsFunc(s.waiting, func(o *clause) bool { return subsumes(o.Clause, c) }) {
		return
	}
	n := &clause{Clause: c, step: step, index: len(s.all), weight: weight(c)}
	s.all = append(s.all, n)
	if len(c) == 0 && s.empty == nil {
		s.empty = n
	}
	for _, o := range s.used {
		o.gone = o.gone || subsumes(c, o.Clause)
	}
	s.waiting = slices.DeleteFunc(s.waiting, func(o *clause) bool { return subsumes(c, o.Clause) })
	s.waiting = append(s.waiting, n)
}

func (s *search) run(ctx context.Context) (*clause, error) {
	for s.empty == nil {
		switch {
		case len(s.waiting) == 0:
			return nil, ErrSaturated
		case len(s.all) > s.limit:
			return nil, ErrLimit
		case ctx.Err() != nil:
			return nil, ctx.Err()
		}
		given := s.next()
		s.used = append(s.used, given)
		s.factors(given)
		for _, other := range s.used {
			if s.empty == nil && !other.gone {
				s.resolvents(given, other)
			}
		}
	}
	return s.empty, nil
}

// next takes the lightest clause that waits, or from time to time the oldest.
func (s *search) next() *clause {
	s.turn++
	best := 0
	for i, c := range s.waiting {
		if s.turn%5 != 0 && c.weight < s.waiting[best].weight {
			best = i
		}
	}
	c := s.waiting[best]
	s.waiting = slices.Delete(s.waiting, best, best+1)
	return c
}

func (s *search) factors(c *clause) {
	for i := range c.Clause {
		for j := i + 1; j < len(c.Clause); j++ {
			if f, ok := kernel.Factor(c.Clause, i, j); ok {
				s.add(f, kernel.Step{Parent1: c.index, Parent2: -1, Lit1: i, Lit2: j})
			}
		}
	}
}

func (s *search) resolvents(a, b *clause) {
	for i := range a.Clause {
		for j := range b.Clause {
			if a.Clause[i].Neg == b.Clause[j].Neg {
				continue
			}
			if r, ok := kernel.Resolve(a.Clause, b.Clause, i, j); ok {
				s.add(r, kernel.Step{Parent1: a.index, Parent2: b.index, Lit1: i, Lit2: j})
			}
		}
	}
}

// path is the steps that lead to a clause, and no others.
func (s *search) path(to *clause) []kernel.Step {
	place := map[int]int{}
	var steps []kernel.Step
	var visit func(i int) int
	visit = func(i int) int {
		if at, ok := place[i]; ok {
			return at
		}
		st := s.all[i].step
		if st.Parent1 >= 0 {
			st.Parent1 = visit(st.Parent1)
		}
		if st.Parent2 >= 0 {
			st.Parent2 = visit(st.Parent2)
		}
		place[i] = len(steps)
		steps = append(steps, st)
		return place[i]
	}
	visit(to.index)
	return steps
}
