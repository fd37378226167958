package prover

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/prover/ic3"
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

// TestPaths shows violations by the paths that IC3 finds, where there is no time
// for shortest ones: they are replayed like any other.
func TestPaths(t *testing.T) {
	found := 0
	for seed := range uint64(120) {
		sys := irtest.RandomPacked(seed)
		for _, k := range []ir.PropKind{ir.Deadlock, ir.Assertion, ir.Evaluation} {
			sys.Checks = append(sys.Checks, ir.Check{Prop: &ir.Property{Kind: k, Span: sys.Span}, Depth: -1})
		}
		s, err := transition.New(sys)
		if err != nil {
			continue
		}
		for i := range s.Targets {
			if s.Targets[i].Role == transition.Asked {
				t.Run(fmt.Sprint(seed, " ", s.Targets[i].Label()), func(t *testing.T) { found += follow(t, s, s.Targets[i]) })
			}
		}
	}
	if found < 100 {
		t.Errorf("only %d paths", found)
	}
}

func follow(t *testing.T, sys *transition.System, target *transition.Target) int {
	t.Helper()
	e := ic3.New(context.Background(), sys)
	defer e.Close()
	out := e.Run(target, nil)
	if out.Kind != ic3.Found {
		return 0
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	r := newRun(ended, sys, Options{})
	defer r.close()
	if err := r.reach(target, out.Path); err != nil {
		t.Fatal(err)
	}
	res := r.result()
	if res.Shortest || r.search.Hit(target) == nil {
		t.Errorf("%+v", res.Basis)
	}
	if err := explain.Fill(res); err != nil {
		t.Error(err)
	}
	return 1
}
