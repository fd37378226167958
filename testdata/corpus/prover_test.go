package corpus_test

import (
	"context"
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
	if definite < 50 {
		t.Errorf("only %d verdicts were compared", definite)
	}
}

// patience is how long a model may take: three of the Lamport mutexes take
// longer, and are left undecided.
const patience = 3 * time.Second

func sameByProof(t *testing.T, sys *ir.System) int {
	t.Helper()
	want, err := mc.Check(context.Background(), sys, mc.Options{Limits: mc.Limits{States: 3000}})
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(want.Basis.Limit, "the limit") {
		return 0
	}
	got, err := prover.Check(context.Background(), sys, prover.Options{Limits: prover.Limits{Time: patience}})
	if err != nil {
		t.Fatal(err)
	}
	definite := 0
	for i := range sys.Checks {
		f, w := got.Findings[i], want.Findings[i]
		if f.Verdict == evidence.Unknown || w.Verdict == evidence.Unknown {
			continue
		}
		definite++
		if f.Verdict != w.Verdict || f.Trace != nil && (f.Depth < w.Depth || f.Depth > w.Depth && got.Shortest) {
			t.Errorf("%s %s at %d, want %s at %d", f.Prop.Label(), f.Verdict, f.Depth, w.Verdict, w.Depth)
		}
	}
	for _, c := range evidence.Judge(got).Complaints {
		if !c.Undecided {
			t.Error(c.Diagnostic.Message)
		}
	}
	if err := explain.Fill(got); err != nil {
		t.Error(err)
	}
	return definite
}
