package mc_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc"
)

// merged compares a search of all states with one of their representatives:
// verdicts, depths, and that every trace can be replayed. It returns how many
// states each has.
func merged(t *testing.T, sys *ir.System) (all, few uint64) {
	t.Helper()
	exhaust(sys)
	check := func(opt mc.Options) *evidence.Result {
		opt.Workers = 1
		res, err := mc.Check(context.Background(), sys, opt)
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	full, less := check(mc.Options{Limits: mc.Limits{States: 5000}}), check(mc.Options{Reductions: mc.Reductions{Symmetry: mc.Always}})
	if full.Basis.Kind == evidence.Partial {
		return 0, 0
	}
	if len(full.Findings) != len(less.Findings) || full.States.Depth != less.States.Depth {
		t.Fatalf("got %d findings to depth %d, want %d to %d", len(less.Findings), less.States.Depth, len(full.Findings), full.States.Depth)
	}
	for i, want := range full.Findings {
		got := less.Findings[i]
		if got.Prop.Kind != want.Prop.Kind || got.Verdict != want.Verdict || got.Depth != want.Depth {
			t.Errorf("%s: got %s at depth %d, want %s at depth %d", want.Prop.Label(), got.Verdict, got.Depth, want.Verdict, want.Depth)
		}
	}
	if err := explain.Fill(less); err != nil {
		t.Error(err)
	}
	return full.States.Distinct, less.States.Distinct
}

// TestSymmetryKeepsVerdicts on systems with figures and random ones.
func TestSymmetryKeepsVerdicts(t *testing.T) {
	smaller := 0
	look := func(name string, sys *ir.System) {
		t.Run(name, func(t *testing.T) {
			if all, few := merged(t, sys); few < all {
				smaller++
			}
		})
	}
	for _, k := range irtest.Systems() {
		look(k.Name, k.Sys)
	}
	look("two-phase commit, 4", irtest.TwoPhase(4))
	look("philosophers, 5", irtest.Philosophers(5))
	for seed := range uint64(150) {
		look(fmt.Sprint(seed), irtest.Random(seed))
	}
	if smaller < 5 {
		t.Errorf("only %d systems were made smaller", smaller)
	}
}
