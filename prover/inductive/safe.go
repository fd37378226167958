package inductive

import (
	"context"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/prover/wp"
)

// Safe asks whether no step of sys fails, with an evaluation error or a false
// assertion, where lemmas hold: invariants that are proved. It is IsInductive
// if none does, NotDecided otherwise: that a step fails in some state does not
// say that the state can be reached.
func Safe(ctx context.Context, sys *ir.System, lemmas []*ir.Property, free []*ir.Sort, opt Options) (*evidence.Induction, error) {
	if opt.Limit == 0 {
		opt.Limit = defaultLimit
	}
	s := &search{ctx: ctx, sys: sys, opt: opt, proof: &evidence.Induction{With: lemmas}}
	all, err := wp.Safe(sys, wp.Rules{Free: free, Lemmas: lemmas})
	if err != nil {
		s.proof.Why = err.Error()
		return s.proof, nil
	}
	for _, o := range all {
		if !s.met(o, opt.Limit) {
			return s.proof, ctx.Err()
		}
	}
	s.proof.Outcome, s.proof.Every = evidence.IsInductive, free
	return s.proof, nil
}
