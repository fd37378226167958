package corpus_test

import (
	"path/filepath"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/absint"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/workspace"
)

// agree compares what abstract interpretation claims of a model with what a
// search of it has found.
func agree(t *testing.T, sys *ir.System, res *evidence.Result) {
	t.Helper()
	facts := absint.Of(sys)
	for _, c := range res.Coverage.Actions {
		if c.Taken > 0 && !facts.Fires(c.Action) {
			t.Errorf("%s: %s is taken, and is said never to be", sys.Model, c.Action.Name)
		}
	}
	for _, f := range res.Findings {
		if k := f.Prop.Kind; f.Verdict == evidence.Violated && (k == ir.Invariant || k == ir.Step) && facts.Property(f.Prop) == (absint.Truth{True: true}) {
			t.Errorf("%s: %s is violated, and is said to be true in every state", sys.Model, f.Prop.Name)
		}
	}
}

// BenchmarkAbsint is the time of abstract interpretation of every model of the
// corpus.
func BenchmarkAbsint(b *testing.B) {
	files, err := filepath.Glob("*.spec")
	if err != nil || len(files) == 0 {
		b.Fatal("no files", err)
	}
	var systems []*ir.System
	for _, file := range files {
		snap := workspace.New().Snapshot(file)
		for _, m := range snap.Models() {
			sys, diags := snap.System(m)
			if sys == nil {
				b.Fatal(diags)
			}
			systems = append(systems, sys)
		}
	}
	for b.Loop() {
		for _, sys := range systems {
			absint.Of(sys)
		}
	}
	b.ReportMetric(float64(len(systems)), "models")
}
