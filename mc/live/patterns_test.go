package live_test

import (
	"context"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc"
	"github.com/spec-lang/spec/workspace"
)

// TestPatterns has the property patterns of Dwyer, Avrunin and Corbett on a
// system where all of them hold, and on wrong ones that each violate some. All
// verdicts are as the file says, and as the twin says.
func TestPatterns(t *testing.T) {
	snap := workspace.New().Snapshot("../../testdata/patterns.spec")
	if snap.Diags.HasErrors() {
		t.Fatal(snap.Diags)
	}
	held, violated := map[string]bool{}, map[string]bool{}
	for _, m := range snap.Models() {
		sys, diags := snap.System(m)
		if sys == nil {
			t.Fatal(diags)
		}
		res, err := mc.Check(context.Background(), sys, mc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range evidence.Judge(res).Complaints {
			t.Errorf("%s: %s", m.Name(), c.Diagnostic.Message)
		}
		for _, f := range res.Findings {
			if f.Prop.Kind != ir.Temporal {
				continue
			}
			if want := newTwin(t, sys, f.Prop).verdict(); f.Verdict != want {
				t.Errorf("%s: %s is %v, want %v", m.Name(), f.Prop.Name, f.Verdict, want)
			}
			if f.Verdict == evidence.Violated {
				violated[f.Prop.Name] = true
			} else if m.Name() == "Right" {
				held[f.Prop.Name] = true
			}
		}
	}
	if len(held) != 28 {
		t.Errorf("%d patterns hold where all is right, want 28", len(held))
	}
	for name := range held {
		if !violated[name] {
			t.Errorf("no machine violates %s", name)
		}
	}
}
