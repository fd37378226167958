package corpus_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/mc"
	"github.com/spec-lang/spec/mc/symbolic"
	"github.com/spec-lang/spec/workspace"
)

// TestSymbolic compares sets of states with states one by one, on the models
// that are packed and small.
func TestSymbolic(t *testing.T) {
	files, err := filepath.Glob("*.spec")
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, file := range files {
		snap := workspace.New().Snapshot(file)
		for _, m := range snap.Models() {
			if sys, _ := snap.System(m); sys != nil && sameBySets(t, m.Name(), sys) {
				compared++
			}
		}
	}
	t.Log(compared, "models are the same")
	if compared < 5 {
		t.Errorf("only %d models of the corpus are packed and small", compared)
	}
}

func sameBySets(t *testing.T, name string, sys *ir.System) bool {
	t.Helper()
	want, err := mc.Check(context.Background(), sys, mc.Options{Limits: mc.Limits{States: 3000}})
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(want.Basis.Limit, "the limit") {
		return false
	}
	got, err := symbolic.Check(context.Background(), sys, symbolic.Options{Limits: mc.Limits{Memory: 16 << 20}})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(got.Basis.Limit, "no circuit") || strings.Contains(got.Basis.Limit, "bytes of memory") {
		return false
	}
	if got.States != want.States || got.Basis.Kind != want.Basis.Kind {
		t.Errorf("%s: %+v, want %+v", name, got.States, want.States)
	}
	if err := explain.Fill(got); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	for i, f := range got.Findings {
		w := want.Findings[i]
		// Loops are not the same: one is shortest, the other only its way there.
		deep := f.Prop.Kind != ir.Temporal && f.Trace != nil && f.Depth != w.Depth
		if f.Verdict != w.Verdict || deep || (f.Trace == nil) != (w.Trace == nil) {
			t.Errorf("%s: %s %s at %d (%s), want %s at %d", name, f.Prop.Label(), f.Verdict, f.Depth, f.Why, w.Verdict, w.Depth)
		}
	}
	return true
}
