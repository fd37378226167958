//go:build peers

package bench

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc"
	"github.com/spec-lang/spec/prover"
	"github.com/spec-lang/spec/workspace"
)

// proved are packed models of which everything holds, wrong those that come to
// a violation.
var (
	proved = []struct{ file, model string }{
		{"corpus/peterson", "Two"}, {"corpus/lock", "Two"}, {"corpus/voting", "Three"},
		{"corpus/twophase", "Three"}, {"bench/twophase", "Seven"}, {"bench/twophase", "Eight"}, {"corpus/bakery", "Two"},
		{"bench/adding", "Small"}, {"bench/adding", "Large"}, {"bench/elevator", "Small"}, {"bench/elevator", "Large"},
		{"bench/leader_filters", "Two"}, {"bench/simple_allocator", "Large"},
	}
	wrong = []struct{ file, model string }{
		{"corpus/twophase", "Impatient"}, {"corpus/twophase", "Majority"}, {"corpus/peterson", "Swapped"}, {"corpus/prisoners", "OneEarly"},
		{"bench/elevator", "Rash"}, {"bench/bakery", "Ties"}, {"bench/adding", "Beyond"}, {"bench/simple_allocator", "Oversold"},
	}
)

func model(t *testing.T, file, name string) *ir.System {
	t.Helper()
	snap := workspace.New().Snapshot("../testdata/" + file + ".spec")
	for _, m := range snap.Models() {
		if m.Name() == name {
			sys, _ := snap.System(m)
			return sys
		}
	}
	t.Fatalf("%s has no model %s", file, name)
	return nil
}

// visit and prove are one run of each side; passes says that every question of
// the model has an answer.
func visit(t *testing.T, sys *ir.System, last **evidence.Result) run {
	t.Helper()
	start := time.Now()
	res, err := mc.Check(context.Background(), sys, mc.Options{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	*last = res
	return run{states: res.States.Distinct, seconds: time.Since(start).Seconds(), passes: decided(res)}
}

func prove(t *testing.T, sys *ir.System, e prover.Engine, last **evidence.Result) run {
	t.Helper()
	start := time.Now()
	res, err := prover.Check(context.Background(), sys, prover.Options{Engine: e, Limits: prover.Limits{Time: 2 * time.Minute}})
	if err != nil {
		t.Fatal(err)
	}
	*last = res
	return run{seconds: time.Since(start).Seconds(), passes: decided(res)}
}

func decided(res *evidence.Result) bool {
	for _, f := range res.Findings {
		if f.Verdict == evidence.Unknown {
			return false
		}
	}
	return true
}

// TestProofs is IC3 beside visiting every state, on one core.
func TestProofs(t *testing.T) {
	fmt.Println("\n| model | states | explicit | IC3 | clauses | ratio |\n|---|---|---|---|---|---|")
	for _, m := range proved {
		sys := model(t, m.file, m.model)
		var visited, proof *evidence.Result
		a, b := alternate(
			func() run { return visit(t, sys, &visited) },
			func() run { return prove(t, sys, prover.IC3, &proof) })
		if !a.passes || !b.passes {
			t.Errorf("%s %s: decided by visiting: %v, by proof: %v", m.file, m.model, a.passes, b.passes)
		}
		clauses := 0
		for i, f := range proof.Findings {
			if f.Verdict != visited.Findings[i].Verdict {
				t.Errorf("%s %s: %s %s, want %s", m.file, m.model, f.Prop.Label(), f.Verdict, visited.Findings[i].Verdict)
			}
			if f.Proof != nil {
				clauses = max(clauses, len(f.Proof.Invariant))
			}
		}
		fmt.Printf("| %s, %s | %s | %.1f ms | %.0f ms | %d | %.2g |\n", m.file, m.model, count(a.states), 1000*a.seconds, 1000*b.seconds, clauses, a.seconds/b.seconds)
	}
}

// TestRuns is bounded model checking beside visiting states, up to a violation.
func TestRuns(t *testing.T) {
	fmt.Println("\n| model | depth | states visited | explicit | BMC | ratio |\n|---|---|---|---|---|---|")
	for _, m := range wrong {
		sys := model(t, m.file, m.model)
		var visited, found *evidence.Result
		a, b := alternate(
			func() run { return visit(t, sys, &visited) },
			func() run { return prove(t, sys, prover.BMC, &found) })
		depth := 0
		for i, f := range visited.Findings {
			if g := found.Findings[i]; f.Verdict != g.Verdict || f.Depth != g.Depth {
				t.Errorf("%s %s: %s %s at %d, want %s at %d", m.file, m.model, f.Prop.Label(), g.Verdict, g.Depth, f.Verdict, f.Depth)
			}
			depth = max(depth, f.Depth)
		}
		fmt.Printf("| %s, %s | %d | %s | %.1f ms | %.0f ms | %.2g |\n", m.file, m.model, depth, count(a.states), 1000*a.seconds, 1000*b.seconds, a.seconds/b.seconds)
	}
}
