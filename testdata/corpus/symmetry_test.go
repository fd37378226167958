package corpus_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/mc"
	"github.com/spec-lang/spec/workspace"
)

// TestMergedOrbits searches representatives only and compares with the counts
// of TestOrbits.
func TestMergedOrbits(t *testing.T) {
	for _, tt := range []struct {
		file, model string
		classes     uint64
	}{
		{"voting.spec", "Three", 77},
		{"paxos.spec", "One", 25},
		{"paxos.spec", "Three", 443},
	} {
		res, err := mc.Check(context.Background(), system(t, tt.file, tt.model), mc.Options{Reductions: mc.Reductions{Symmetry: mc.Always}})
		if err != nil {
			t.Fatal(err)
		}
		if res.States.Distinct != tt.classes {
			t.Errorf("%s: got %d states, want %d", tt.file, res.States.Distinct, tt.classes)
		}
	}
}

// TestSymmetryOverTheCorpus compares verdicts and depths of every model with
// and without.
func TestSymmetryOverTheCorpus(t *testing.T) {
	files, err := filepath.Glob("*.spec")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	smaller := 0
	for _, file := range files {
		snap := workspace.New().Snapshot(file)
		for _, m := range snap.Models() {
			sys, _ := snap.System(m)
			if sys == nil {
				t.Errorf("%s of %s does not elaborate", m.Name(), file)
				continue
			}
			t.Run(file+" "+m.Name(), func(t *testing.T) {
				if merges(t, sys) {
					smaller++
				}
			})
		}
	}
	if smaller < 5 {
		t.Errorf("only %d models were made smaller", smaller)
	}
}

// merges reports whether symmetry makes a model smaller.
func merges(t *testing.T, sys *ir.System) bool {
	full, err := mc.Check(context.Background(), sys, mc.Options{Limits: mc.Limits{States: 4000}})
	if err != nil {
		t.Fatal(err)
	}
	if full.Basis.Kind == evidence.Partial {
		return false
	}
	less, err := mc.Check(context.Background(), sys, mc.Options{Reductions: mc.Reductions{Symmetry: mc.Always}})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range full.Findings {
		if got := less.Findings[i]; got.Verdict != want.Verdict || got.Depth != want.Depth {
			t.Errorf("%s: got %s at depth %d, want %s at depth %d", want.Prop.Label(), got.Verdict, got.Depth, want.Verdict, want.Depth)
		}
	}
	if err := explain.Fill(less); err != nil {
		t.Error(err)
	}
	return less.States.Distinct < full.States.Distinct
}
