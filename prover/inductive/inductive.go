// Package inductive asks whether invariants are inductive: whether the initial
// states satisfy them, and every step keeps them. An invariant is proved
// together with the lemmas that it names: a step starts where all of them hold,
// and ends where all of them do.
//
// A proof is tried for every size of the sorts first, where nothing else
// depends on how many elements they have. Then, for known sizes, the smallest
// first, a counterexample to induction is looked for: a state that satisfies
// the invariant and its lemmas, and a step from there that does not keep it.
// If there is none at the sizes of the model, the invariant is inductive there.
//
//   - IsInductive rests on the solvers that answered unsat.
//   - NotInductive has a state and a step that ir/eval has confirmed. It does
//     not say that the state can be reached: a search must.
//   - NotDecided says why nothing is known.
//
// After Manna and Pnueli, "Temporal verification of reactive systems: safety",
// 1995; counterexamples to induction after Bradley and Manna, "Checking safety
// by inductive generalization of counterexamples to induction", 2007.
package inductive

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/prover/wp"
)

// Options say who answers, and how hard to try.
type Options struct {
	// Solver answers for proofs, Models where a counterexample is looked for:
	// one that always gives the same. Nil means Solver.
	Solver, Models solver.Solver
	// Limit is how long a solver may take for one question; 0 means ten
	// seconds.
	Limit time.Duration
	// Resize returns the System with other sizes for its sorts, nil if it has
	// no meaning then. Nil means that only the sizes of the model are tried.
	Resize func(sizes map[string]int) *ir.System
	// Largest is how many elements sorts have at most where a counterexample
	// is looked for; 0 means 3. The sizes of the model are tried in any case.
	Largest int
}

const (
	defaultLimit   = 10 * time.Second
	defaultLargest = 3
	// quick is the share of the limit after which small sizes are tried: most
	// proofs are found at once or never.
	quick = 5
)

// Check asks whether p is inductive in sys, with the invariants that it uses.
// The error is that of the context: what solvers do wrong leaves it NotDecided.
func Check(ctx context.Context, sys *ir.System, p *ir.Property, opt Options) (*evidence.Induction, error) {
	if opt.Limit == 0 {
		opt.Limit = defaultLimit
	}
	if opt.Largest == 0 {
		opt.Largest = defaultLargest
	}
	if opt.Models == nil {
		opt.Models = opt.Solver
	}
	s := &search{ctx: ctx, sys: sys, opt: opt, proof: &evidence.Induction{With: together(p)}}
	s.run()
	if s.proof.Outcome == evidence.NotInductive && ctx.Err() == nil {
		s.proof.Suggest = s.suggest(p)
	}
	return s.proof, ctx.Err()
}

// together are p and what it uses, directly or not.
func together(p *ir.Property) []*ir.Property {
	out := []*ir.Property{p}
	for i := 0; i < len(out); i++ {
		for _, l := range out[i].Using {
			if !slices.Contains(out, l) {
				out = append(out, l)
			}
		}
	}
	return out
}

// search is one Check at work.
type search struct {
	ctx   context.Context
	sys   *ir.System
	opt   Options
	proof *evidence.Induction
}

// run tries to prove everything for every size, and what is left for known
// sizes.
func (s *search) run() {
	free := wp.Free(s.sys)
	var left []*wp.Obligation
	if len(free) > 0 {
		var ok bool
		if left, ok = s.everySize(free); ok && len(left) == 0 {
			s.proof.Outcome, s.proof.Every = evidence.IsInductive, free
			return
		}
	}
	if s.counterexample(free, left) {
		return
	}
	if len(left) > 0 && s.again(left) {
		s.proof.Outcome, s.proof.Every = evidence.IsInductive, free
		return
	}
	s.modelSize(free)
}

// everySize returns the obligations that are not met at once for every size;
// ok is false if some cannot be said.
func (s *search) everySize(free []*ir.Sort) (left []*wp.Obligation, ok bool) {
	all, err := obligations(s.sys, s.proof.With, free)
	if err != nil {
		s.proof.Why = err.Error()
		return nil, false
	}
	for _, o := range all {
		if !s.met(o, s.opt.Limit/quick) {
			left = append(left, o)
		}
	}
	return left, true
}

// again gives the full time to what is left.
func (s *search) again(left []*wp.Obligation) bool {
	for _, o := range left {
		if !s.met(o, s.opt.Limit) {
			return false
		}
	}
	return true
}

func obligations(sys *ir.System, props []*ir.Property, free []*ir.Sort) ([]*wp.Obligation, error) {
	var out []*wp.Obligation
	for _, p := range props {
		some, err := wp.Invariant(sys, p, wp.Rules{Free: free, Lemmas: props})
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// met asks whether an obligation is valid.
func (s *search) met(o *wp.Obligation, limit time.Duration) bool {
	a, err := s.opt.Solver.Solve(s.ctx, &solver.Query{Asserts: o.Asserts, Limit: limit})
	switch {
	case err != nil:
		s.proof.Why = o.Name + ": " + err.Error()
		return false
	case a.Status == solver.Unsat:
		s.credit(o, a)
		return true
	case a.Status == solver.Unknown:
		s.proof.Why = fmt.Sprintf("%s: %s does not know: %s", o.Name, a.Solver, a.Why)
	default:
		s.proof.Why = o.Name + ": not for every size, says " + a.Solver + ", with infinite sorts perhaps"
	}
	return false
}

func (s *search) credit(o *wp.Obligation, a solver.Answer) {
	s.proof.Obligations++
	if !slices.Contains(s.proof.By, a.Solver) {
		s.proof.By = append(s.proof.By, a.Solver)
		slices.Sort(s.proof.By)
	}
	for _, name := range a.Core {
		if p := o.Names[name]; p != nil && !slices.Contains(s.proof.Needed, p) {
			s.proof.Needed = append(s.proof.Needed, p)
		}
	}
}

// modelSize asks everything at the sizes of the model.
func (s *search) modelSize(free []*ir.Sort) {
	why := s.proof.Why
	s.proof.Obligations, s.proof.By, s.proof.Needed = 0, nil, nil
	all, err := obligations(s.sys, s.proof.With, nil)
	if err != nil {
		s.proof.Why = err.Error()
		return
	}
	for _, o := range all {
		c, a, err := s.ask(s.sys, s.proof.With, o)
		switch {
		case err != nil:
			s.proof.Why = o.Name + ": " + err.Error()
			return
		case c != nil:
			s.proof.Outcome, s.proof.Counter = evidence.NotInductive, c
			return
		case a.Status != solver.Unsat:
			s.proof.Why = fmt.Sprintf("%s: %s does not know: %s", o.Name, a.Solver, a.Why)
			return
		}
		s.credit(o, a)
	}
	s.proof.Outcome = evidence.IsInductive
	if len(free) == 0 && why == "" && len(s.sys.Sorts) > 0 {
		why = "constants, types or names of elements depend on the size of " + names(s.sys.Sorts)
	}
	s.proof.Why = why
}

func names(sorts []*ir.Sort) string {
	out := make([]string, len(sorts))
	for i, s := range sorts {
		out[i] = s.Name
	}
	return strings.Join(out, ", ")
}
