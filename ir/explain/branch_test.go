package explain_test

import (
	"errors"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/ir/irtest"
)

// counting is a run of the Counter to n and why AG x < n is false.
func counting(sys *ir.System, b *irtest.B, n int64) *evidence.Finding {
	x := b.Op(ir.Lt, b.Get(sys.Vars[0]), b.I(n))
	p := &ir.Property{Kind: ir.CTL, Name: "P", Formula: b.Op(ir.AG, x)}
	state := func(i int64) []ir.Value { return []ir.Value{ir.NewInt(i)} }
	t := &evidence.Trace{Loop: -1, Steps: []evidence.Step{{State: state(0)}}}
	for i := range n {
		t.Steps = append(t.Steps, evidence.Step{Action: sys.Actions[0], State: state(i + 1)})
	}
	leaf := &evidence.Branch{Expr: x, State: state(n)}
	root := &evidence.Branch{Expr: p.Formula, State: state(0), Trace: t, Parts: []evidence.Part{{Step: int(n), Branch: leaf}}}
	return &evidence.Finding{Prop: p, Verdict: evidence.Violated, Trace: t, Branch: root}
}

// TestReplayOfBranches: a tree that is not so is refused.
func TestReplayOfBranches(t *testing.T) {
	for _, tt := range []struct {
		name  string
		spoil func(*evidence.Branch)
		ok    bool
	}{
		{"right", func(*evidence.Branch) {}, true},
		{"a part is not false", func(b *evidence.Branch) { b.Parts[0].Branch.Holds = true }, false},
		{"of another state", func(b *evidence.Branch) { b.Parts[0].Step = 1 }, false},
		{"of no step", func(b *evidence.Branch) { b.Parts[0].Step = 9 }, false},
		{"from another state", func(b *evidence.Branch) { b.State = b.Parts[0].Branch.State }, false},
		{"a step left out", func(b *evidence.Branch) {
			fake := &evidence.Trace{Loop: -1, Steps: []evidence.Step{b.Trace.Steps[0], b.Trace.Steps[2]}}
			b.Parts[0].Step, b.Trace = 1, fake
		}, false},
		{"a loop that is none", func(b *evidence.Branch) {
			fake := *b.Trace
			fake.Loop = 0
			b.Trace = &fake
		}, false},
		{"an exit that is none", func(b *evidence.Branch) {
			b.Region = &evidence.Region{Exit: &evidence.Trace{Loop: -1, Steps: []evidence.Step{b.Trace.Steps[0], b.Trace.Steps[2]}}}
		}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sys := irtest.Counter()
			b := irtest.New("Formula")
			b.Table = sys.Types
			f := counting(sys, b, 2)
			tt.spoil(f.Branch)
			err := explain.Fill(&evidence.Result{System: sys, Findings: []evidence.Finding{*f}})
			var d *explain.Disagreement
			if tt.ok != (err == nil) || err != nil && !errors.As(err, &d) {
				t.Errorf("got %v, want ok %v", err, tt.ok)
			}
		})
	}
}
