// Package sat decides clauses: gini behind the few operations that the engines
// need. It is incremental: clauses can be added between two calls, and what is
// assumed for one call leaves no trace.
package sat

import (
	"context"

	"github.com/go-air/gini"
	"github.com/go-air/gini/inter"
	"github.com/go-air/gini/z"

	"github.com/spec-lang/spec/prover/cnf"
)

// Answer is what a call of Solve comes to.
type Answer int

// Answers. Stopped is the zero value: the context ended first.
const (
	Stopped Answer = iota
	Sat
	Unsat
)

func (a Answer) String() string { return [...]string{"stopped", "satisfiable", "unsatisfiable"}[a] }

// Solver holds clauses. It is for one goroutine, and has to be closed.
type Solver struct {
	g       *gini.Gini
	ctx     context.Context
	ctl     inter.Solve
	end     func() bool // of the watch on ctx; false if it has begun to stop
	vars    z.Var
	core    []cnf.Lit
	refuted bool // whatever is assumed
}

// New returns an empty Solver whose calls end with ctx.
//
// Gini looks at its control every few thousand propagations. The control comes
// with the first call, of which nothing is asked, and one goroutine waits for
// ctx, however many calls there are: verdicts, models and cores do not depend
// on timing.
func New(ctx context.Context) *Solver {
	s := &Solver{g: gini.New(), ctx: ctx}
	s.ctl = s.g.GoSolve()
	s.ctl.Wait()
	s.end = context.AfterFunc(ctx, func() { s.ctl.Stop() })
	return s
}

// Close frees the solver.
func (s *Solver) Close() {
	if s.end() {
		return
	}
	// The control waits for a result: of a call that ends at once.
	s.g.Add(z.LitNull)
	s.g.GoSolve()
}

// Var returns a new variable.
func (s *Solver) Var() cnf.Lit {
	s.vars++
	return cnf.Lit(s.vars)
}

func lit(l cnf.Lit) z.Lit {
	if l < 0 {
		return z.Var(-l).Neg()
	}
	return z.Var(l).Pos()
}

// Add adds a clause, for good.
func (s *Solver) Add(clause ...cnf.Lit) {
	for _, l := range clause {
		s.g.Add(lit(l))
	}
	s.g.Add(z.LitNull)
}

// Solve decides the clauses under assumptions.
func (s *Solver) Solve(assume ...cnf.Lit) Answer {
	s.core = nil
	switch {
	case s.refuted:
		return Unsat
	case s.ctx.Err() != nil:
		return Stopped
	}
	for _, l := range assume {
		s.g.Assume(lit(l))
	}
	switch s.g.Solve() {
	case 1:
		return Sat
	case -1:
		s.why(assume)
		return Unsat
	}
	return Stopped
}

// why keeps the assumptions that the solver blames. If there are none it has
// refuted the clauses; that has to be kept, too, since gini forgets it when the
// next clause is added.
func (s *Solver) why(assume []cnf.Lit) {
	blamed := map[z.Lit]bool{}
	for _, l := range s.g.Why(nil) {
		blamed[l] = true
	}
	for _, l := range assume {
		if z := lit(l); blamed[z] {
			s.core = append(s.core, l)
			delete(blamed, z)
		}
	}
	s.refuted = len(s.core) == 0
}

// Value is the truth of a literal in the model of the last call, which was
// Sat. Clauses must not be added before it is read.
func (s *Solver) Value(l cnf.Lit) bool { return s.g.Value(lit(l)) }

// Core returns assumptions of the last call, which was Unsat, that are enough
// for that, in the order in which they were given.
func (s *Solver) Core() []cnf.Lit { return s.core }
