//go:build solvers

package inductive_test

import (
	"math/big"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/prover/inductive"
	"github.com/spec-lang/spec/prover/solver"
)

// mostStates is how many states a system may have, reachable or not.
const mostStates = 3000

// states lists every state of sys that its types allow; nil if there are too
// many.
func states(sys *ir.System) [][]ir.Value {
	n := big.NewInt(1)
	for _, v := range sys.Vars {
		c, ok := ir.Card(v.Type)
		if !ok {
			return nil
		}
		if n.Mul(n, c); n.Cmp(big.NewInt(mostStates)) > 0 {
			return nil
		}
	}
	out := [][]ir.Value{nil}
	for _, v := range sys.Vars {
		var longer [][]ir.Value
		for _, head := range out {
			for x := range ir.Values(v.Type) {
				longer = append(longer, append(slices.Clone(head), x))
			}
		}
		out = longer
	}
	return out
}

// breaks reports whether an initial state or a step breaks p.
func breaks(sys *ir.System, p *ir.Property, all [][]ir.Value) bool {
	holds := func(s []ir.Value) bool {
		ok, err := eval.Holds(p.Formula, &eval.Env{State: s})
		return err == nil && ok
	}
	bad := func(os []eval.Outcome) bool {
		return slices.ContainsFunc(os, func(o eval.Outcome) bool { return o.Err == nil && o.Assert == nil && !holds(o.State) })
	}
	if bad(eval.Initial(sys)) {
		return true
	}
	return slices.ContainsFunc(all, func(s []ir.Value) bool { return holds(s) && bad(eval.Successors(sys, s)) })
}

// TestRandomSystems compares with looking at every state: what is proved is
// so, and what is refuted is not.
func TestRandomSystems(t *testing.T) {
	solvers := solver.Find(t.Context())
	opt := inductive.Options{Solver: &solver.Portfolio{Solvers: solvers}, Limit: 3 * time.Second}
	seeds := uint64(150)
	if os.Getenv("SPEC_SOAK") != "" {
		seeds = 2000
	}
	count := map[evidence.InductionOutcome]int{}
	every := 0
	for seed := range seeds {
		sys := irtest.RandomPacked(seed)
		all := states(sys)
		if all == nil {
			continue
		}
		for _, p := range sys.Props {
			if p.Kind != ir.Invariant {
				continue
			}
			got, err := inductive.Check(t.Context(), sys, p, opt)
			if err != nil {
				t.Fatal(err)
			}
			count[got.Outcome]++
			if got.Outcome == evidence.IsInductive && len(got.Every) > 0 {
				every++
			}
			if is := !breaks(sys, p, all); got.Outcome != evidence.NotDecided && is != (got.Outcome == evidence.IsInductive) {
				t.Errorf("seed %d, %s: inductive is %v, the prover says %v", seed, p.Name, is, got.Outcome)
			}
		}
	}
	t.Logf("%d inductive, %d of them for every size, %d not, %d not decided",
		count[evidence.IsInductive], every, count[evidence.NotInductive], count[evidence.NotDecided])
	if count[evidence.IsInductive] < 10 || count[evidence.NotInductive] < 10 {
		t.Error("too few verdicts")
	}
}
