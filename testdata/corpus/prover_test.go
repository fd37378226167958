package corpus_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/mc"
	"github.com/spec-lang/spec/prover"
	"github.com/spec-lang/spec/workspace"
)

// TestProver compares proofs with visits of every state, on the models that
// are packed and small.
func TestProver(t *testing.T) {
	files, err := filepath.Glob("*.spec")
	if err != nil {
		t.Fatal(err)
	}
	definite := 0
	for _, file := range files {
		snap := workspace.New().Snapshot(file)
		for _, m := range snap.Models() {
			if sys, _ := snap.System(m); sys != nil {
				t.Run(short(file)+" "+m.Name(), func(t *testing.T) { definite += sameByProof(t, sys) })
			}
		}
	}
	t.Log(definite, "verdicts are the same")
}

func sameByProof(t *testing.T, sys *ir.System) int {
	t.Helper()
	want, err := mc.Check(context.Background(), sys, mc.Options{Limits: mc.Limits{States: 3000}})
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(want.Basis.Limit, "the limit") {
		return 0
	}
	got, err := prover.Check(context.Background(), sys, prover.Options{Limits: prover.Limits{Time: 10 * time.Second}})
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("SHOW") != "" {
		t.Log(got.Time, want.Time, got.Basis.Limit)
	}
	definite := 0
	for i := range sys.Checks {
		f, w := got.Findings[i], want.Findings[i]
		if f.Verdict == evidence.Unknown {
			if os.Getenv("SHOW") != "" && f.Prop.Kind!=ir.CTL && f.Prop.Kind!=ir.Temporal && f.Prop.Kind!=ir.Scenario {
				t.Log(f.Prop.Label(), f.Why)
			}
			continue
		}
		definite++
		if f.Verdict != w.Verdict || f.Depth != w.Depth && f.Trace != nil {
			t.Errorf("%s %s at %d, want %s at %d", f.Prop.Label(), f.Verdict, f.Depth, w.Verdict, w.Depth)
		}
	}
	if err := explain.Fill(got); err != nil {
		t.Error(err)
	}
	return definite
}
