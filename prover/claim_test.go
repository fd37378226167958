package prover

import (
	"context"
	"strings"
	"testing"

	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/prover/transition"
)

// TestClaimsAreConfirmed hands in proofs that are none: nothing is claimed,
// and the reason is told.
func TestClaimsAreConfirmed(t *testing.T) {
	sys, err := transition.New(irtest.TwoPhase(2))
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range []*evidence.Proof{
		{},
		{K: 1},
		{Invariant: [][]evidence.Atom{{{Place: "nowhere", Values: []string{"true"}}}}},
		{Invariant: [][]evidence.Atom{{}}},
	} {
		r := newRun(context.Background(), sys, Options{})
		defer r.close()
		r.claim(sys.Targets[0], wrong)
		if r.proofs[sys.Targets[0]] != nil || !strings.Contains(r.limit, "a second solver does not confirm") {
			t.Errorf("%+v: %s", wrong, r.limit)
		}
	}
}
