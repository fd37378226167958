package slice_test

import (
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/ir/slice"
)

// around is the run of a job that goes round for ever: the states of the slice
// in which x is 0, 1, 2, and back.
func around(s *slice.Slice, f *evidence.Finding) {
	state := func(x int64) []ir.Value { return []ir.Value{ir.NewInt(x), ir.NewInt(0), ir.NewInt(0)} }
	a := s.Sys.Actions[0]
	f.Trace = &evidence.Trace{Loop: 0, Steps: []evidence.Step{{State: state(0)}, {Action: a, State: state(1)}, {Action: a, State: state(2)}}}
	f.Trace.Back = evidence.Step{Action: a, State: state(0)}
}

// TestWhole carries a run around until what was left out comes back too, or
// says that it does not.
func TestWhole(t *testing.T) {
	for _, tt := range []struct {
		name   string
		value  func(j *job) ir.Expr // that hist gets
		steps  int
		isOpen bool
	}{
		{"after one round", func(j *job) ir.Expr { return j.Op(ir.Mod, j.more(), j.I(3)) }, 3, false},
		{"with an expected depth", func(j *job) ir.Expr { j.Sys.Expect.ViolatedDepth = 0; return j.Op(ir.Mod, j.more(), j.I(3)) }, 3, true},
		{"after two", func(j *job) ir.Expr { return j.Op(ir.Mod, j.more(), j.I(2)) }, 6, false},
		{"after five", func(j *job) ir.Expr { return j.Op(ir.Mod, j.more(), j.I(5)) }, 15, false},
		{"never", (*job).more, 3, true},
		{"to another state than at first", func(j *job) ir.Expr { return j.I(4) }, 3, true},
	} {
		j := newJob()
		j.step(tt.value(j))
		never := &ir.Property{Kind: ir.Temporal, Name: "Rests", Formula: j.Op(ir.Eventually, j.Op(ir.Always, j.Op(ir.Eq, j.Get(j.x), j.I(0))))}
		j.Sys.Props, j.Sys.Checks = []*ir.Property{never}, []ir.Check{{Prop: never, Depth: -1}}
		s, why := slice.Of(j.Sys)
		if s == nil {
			t.Fatal(why)
		}
		res := &evidence.Result{System: s.Sys, Findings: []evidence.Finding{{Prop: never, Verdict: evidence.Violated}},
			Coverage: evidence.Coverage{Actions: []evidence.ActionCount{{Action: s.Sys.Actions[0]}}}}
		f := &res.Findings[0]
		around(s, f)
		open := s.Whole(res)
		if res.System != j.Sys || res.Coverage.Actions[0].Action != j.Sys.Actions[0] || !tt.isOpen && f.Trace.Steps[1].Action != j.Sys.Actions[0] {
			t.Errorf("%s: the result is not about the whole system", tt.name)
		}
		if (len(open) == 1) != tt.isOpen || len(f.Trace.Steps) != tt.steps {
			t.Errorf("%s: got %d steps, open %v, want %d, %v", tt.name, len(f.Trace.Steps), open, tt.steps, tt.isOpen)
		}
		if err := explain.Fill(res); !tt.isOpen && err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// TestWholeBranch fills in a tree of reasons from the state that it begins in.
func TestWholeBranch(t *testing.T) {
	j := newJob()
	j.step(j.more())
	zero := j.Op(ir.Eq, j.Get(j.x), j.I(0))
	never := &ir.Property{Kind: ir.CTL, Name: "Stays", Formula: j.Op(ir.AG, zero)}
	j.Sys.Props, j.Sys.Checks = []*ir.Property{never}, []ir.Check{{Prop: never, Depth: -1}}
	s, why := slice.Of(j.Sys)
	if s == nil {
		t.Fatal(why)
	}
	part := func(x int64) []ir.Value { return []ir.Value{ir.NewInt(x), ir.NewInt(0), ir.NewInt(0)} }
	run := &evidence.Trace{Loop: -1, Steps: []evidence.Step{{State: part(0)}, {Action: s.Sys.Actions[0], State: part(1)}}}
	b := &evidence.Branch{Expr: never.Formula, State: part(0), Trace: run,
		Parts: []evidence.Part{{Step: 1, Branch: &evidence.Branch{Expr: zero, State: part(1)}}}}
	res := &evidence.Result{System: s.Sys, Findings: []evidence.Finding{{Prop: never, Verdict: evidence.Violated, Branch: b, Trace: run}}}
	if open := s.Whole(res); len(open) > 0 {
		t.Errorf("open: %v", open)
	}
	f := &res.Findings[0]
	if got := irtest.Key(f.Branch.Parts[0].Branch.State); got != irtest.Key([]ir.Value{ir.NewInt(1), ir.NewInt(1), ir.NewInt(7)}) {
		t.Errorf("the part is about %s", got)
	}
	if irtest.Key(f.Trace.Steps[1].State) != irtest.Key(f.Branch.Parts[0].Branch.State) {
		t.Errorf("the run comes to %s", irtest.Key(f.Trace.Steps[1].State))
	}
	if err := explain.Fill(res); err != nil {
		t.Error(err)
	}
}
