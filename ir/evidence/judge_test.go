package evidence_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/lang/diag"
)

// none is an expectation that says nothing.
func none() ir.Expect {
	return ir.Expect{States: -1, Generated: -1, Depth: -1, DeadlockDepth: -1, ViolatedDepth: -1}
}

func finding(kind ir.PropKind, verdict evidence.Verdict, depth int, want ir.Outcome, wantDepth int) evidence.Finding {
	p := &ir.Property{Name: "P", Kind: kind}
	f := evidence.Finding{Prop: p, Verdict: verdict, Depth: depth,
		Check: &ir.Check{Prop: p, Expect: want, Depth: wantDepth}}
	if verdict == evidence.Violated || kind == ir.Witness && verdict == evidence.Holds {
		f.Trace = &evidence.Trace{Loop: -1}
	}
	return f
}

func builtIn(kind ir.PropKind, depth int) evidence.Finding {
	f := finding(kind, evidence.Violated, depth, ir.ExpectDefault, -1)
	f.Check = nil
	return f
}

func undecided(kind ir.PropKind) evidence.Finding {
	f := finding(kind, evidence.Unknown, 0, ir.ExpectDefault, -1)
	f.Check = nil
	return f
}

func TestJudge(t *testing.T) {
	const (
		holds, violated, unknown = evidence.Holds, evidence.Violated, evidence.Unknown
		exhaustive, bounded      = evidence.Exhaustive, evidence.Bounded
	)
	one := func(f evidence.Finding) []evidence.Finding { return []evidence.Finding{f} }
	for _, tt := range []struct {
		name     string
		basis    evidence.BasisKind
		findings []evidence.Finding
		expect   func(*ir.Expect)
		want     evidence.Standing
		codes    []diag.Code
	}{
		{"holds as expected", exhaustive, one(finding(ir.Invariant, holds, 0, ir.ExpectDefault, -1)), nil,
			evidence.AsExpected, nil},
		{"violated invariant", exhaustive, one(finding(ir.Invariant, violated, 4, ir.ExpectDefault, -1)), nil,
			evidence.Failed, []diag.Code{"M2001"}},
		{"violated as expected", exhaustive, one(finding(ir.Step, violated, 4, ir.ExpectViolated, 4)), nil,
			evidence.AsExpected, nil},
		{"violated too deep", exhaustive, one(finding(ir.Invariant, violated, 5, ir.ExpectViolated, 4)), nil,
			evidence.Failed, []diag.Code{"M2011"}},
		{"expected violation is missing", exhaustive, one(finding(ir.Invariant, holds, 0, ir.ExpectViolated, -1)), nil,
			evidence.Failed, []diag.Code{"M2010"}},
		{"witness at another depth", exhaustive, one(finding(ir.Witness, holds, 5, ir.ExpectHolds, 6)), nil,
			evidence.Failed, []diag.Code{"M2011"}},
		{"witness not reached", exhaustive, one(finding(ir.Witness, violated, 0, ir.ExpectDefault, -1)), nil,
			evidence.Failed, []diag.Code{"M2006"}},
		{"some property is expected to fail", exhaustive,
			[]evidence.Finding{finding(ir.Invariant, violated, 1, ir.ExpectDefault, -1), finding(ir.Step, holds, 0, ir.ExpectDefault, -1)},
			func(e *ir.Expect) { e.Outcome = ir.ExpectViolated }, evidence.AsExpected, nil},
		{"the first of several violations", exhaustive,
			[]evidence.Finding{finding(ir.Invariant, violated, 4, ir.ExpectDefault, -1), builtIn(ir.Evaluation, 2)},
			func(e *ir.Expect) { e.Outcome, e.ViolatedDepth = ir.ExpectViolated, 2 }, evidence.AsExpected, nil},
		{"the first violation at another depth", exhaustive, one(builtIn(ir.Evaluation, 2)),
			func(e *ir.Expect) { e.Outcome, e.ViolatedDepth = ir.ExpectViolated, 3 }, evidence.Failed, []diag.Code{"M2011"}},
		{"no property fails", exhaustive, one(finding(ir.Invariant, holds, 0, ir.ExpectDefault, -1)),
			func(e *ir.Expect) { e.Outcome = ir.ExpectViolated }, evidence.Failed, []diag.Code{"M2010"}},
		{"bounded without saying so", bounded, one(finding(ir.Invariant, unknown, 0, ir.ExpectDefault, -1)), nil,
			evidence.Inconclusive, []diag.Code{"M2013"}},
		{"bounded as expected", bounded, one(finding(ir.Invariant, unknown, 0, ir.ExpectDefault, -1)),
			func(e *ir.Expect) { e.Outcome = ir.ExpectBounded }, evidence.AsExpected, nil},
		{"nothing cut", exhaustive, one(finding(ir.Invariant, holds, 0, ir.ExpectHolds, -1)),
			func(e *ir.Expect) { e.Outcome = ir.ExpectBounded }, evidence.Failed, []diag.Code{"M2016"}},
		{"limit met", evidence.Partial, one(finding(ir.Invariant, unknown, 0, ir.ExpectDefault, -1)),
			func(e *ir.Expect) { e.States = 100 }, evidence.Inconclusive, []diag.Code{"M2014"}},
		{"proved as expected, states not counted", evidence.Inductive, one(finding(ir.Invariant, holds, 0, ir.ExpectDefault, -1)),
			func(e *ir.Expect) { e.States = 100 }, evidence.AsExpected, nil},
		{"found on the way to a proof, by a longer run", evidence.Inductive, one(finding(ir.Invariant, violated, 5, ir.ExpectViolated, 4)), nil,
			evidence.AsExpected, nil},
		{"found on the way to a proof, by too short a run", evidence.Inductive, one(finding(ir.Invariant, violated, 3, ir.ExpectViolated, 4)), nil,
			evidence.Failed, []diag.Code{"M2011"}},
		{"proved where a violation is expected", evidence.Inductive, one(finding(ir.Invariant, holds, 0, ir.ExpectViolated, -1)), nil,
			evidence.Failed, []diag.Code{"M2010"}},
		{"proved without cuts", evidence.Inductive, one(finding(ir.Invariant, holds, 0, ir.ExpectHolds, -1)),
			func(e *ir.Expect) { e.Outcome = ir.ExpectBounded }, evidence.Failed, []diag.Code{"M2016"}},
		{"proved, but whether it gets stuck is not decided", evidence.Partial,
			[]evidence.Finding{finding(ir.Invariant, holds, 0, ir.ExpectDefault, -1), undecided(ir.Deadlock)}, nil,
			evidence.Inconclusive, []diag.Code{"M2014"}},
		{"limit met beyond the expected count", evidence.Partial, one(finding(ir.Invariant, unknown, 0, ir.ExpectUnknown, -1)),
			func(e *ir.Expect) { e.States = 5 }, evidence.Failed, []diag.Code{"M2012"}},
		{"limit met and nothing asked by name", evidence.Partial, nil, nil, evidence.Inconclusive, []diag.Code{"M2014"}},
		{"limit met and nothing asked, as expected", evidence.Partial, nil,
			func(e *ir.Expect) { e.Outcome = ir.ExpectUnknown }, evidence.AsExpected, nil},
		{"bounded and nothing asked by name", bounded, nil, nil, evidence.Inconclusive, []diag.Code{"M2013"}},
		{"bounded and nothing asked, as expected", bounded, nil,
			func(e *ir.Expect) { e.Outcome = ir.ExpectBounded }, evidence.AsExpected, nil},
		{"counts of a search that a failure cut short", exhaustive, one(builtIn(ir.Evaluation, 0)),
			func(e *ir.Expect) { e.States = 99 }, evidence.Failed, []diag.Code{"M2005"}},
		{"another count", exhaustive, nil, func(e *ir.Expect) { e.States, e.Generated, e.Depth = 9, 20, 3 },
			evidence.Failed, []diag.Code{"M2012"}},
		{"deadlock", exhaustive, one(builtIn(ir.Deadlock, 3)), nil, evidence.Failed, []diag.Code{"M2003"}},
		{"deadlock as expected", exhaustive, one(builtIn(ir.Deadlock, 3)),
			func(e *ir.Expect) { e.Deadlock, e.DeadlockDepth = true, 3 }, evidence.AsExpected, nil},
		{"deadlock at another depth", exhaustive, one(builtIn(ir.Deadlock, 3)),
			func(e *ir.Expect) { e.Deadlock, e.DeadlockDepth = true, 2 }, evidence.Failed, []diag.Code{"M2011"}},
		{"no deadlock", exhaustive, nil, func(e *ir.Expect) { e.Deadlock = true }, evidence.Failed, []diag.Code{"M2017"}},
		{"evaluation error and assertion", exhaustive, []evidence.Finding{builtIn(ir.Evaluation, 1), builtIn(ir.Assertion, 2)}, nil,
			evidence.Failed, []diag.Code{"M2005", "M2004"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sys := &ir.System{Model: "M", Expect: none()}
			if tt.expect != nil {
				tt.expect(&sys.Expect)
			}
			res := &evidence.Result{System: sys, Engine: "test", Findings: tt.findings,
				Basis:  evidence.Basis{Kind: tt.basis, Limit: "the limit of 10 states"},
				States: evidence.States{Distinct: 10, Generated: 20, Depth: 3, Initial: 1}}
			if tt.basis == evidence.Inductive {
				res.States = evidence.States{Initial: 1}
			}
			got := evidence.Judge(res)
			var codes []diag.Code
			for _, c := range got.Complaints {
				codes = append(codes, c.Diagnostic.Code)
				if c.Finding != nil && c.Finding.Ok {
					t.Errorf("%s is complained of and ok", c.Finding.Prop.Label())
				}
			}
			if got.Standing != tt.want || !cmp.Equal(codes, tt.codes) {
				t.Errorf("got %v %v, want %v %v", got.Standing, codes, tt.want, tt.codes)
			}
		})
	}
}

func TestJudgeNoInitialState(t *testing.T) {
	res := &evidence.Result{System: &ir.System{Model: "M", Expect: none()}, Engine: "test",
		Basis: evidence.Basis{Kind: evidence.Exhaustive}}
	got := evidence.Judge(res)
	if got.Standing != evidence.Broken || got.Complaints[0].Diagnostic.Code != evidence.NoInitialState {
		t.Errorf("got %+v, want a broken model", got)
	}
}

func TestJudgeInitialisationFails(t *testing.T) {
	res := &evidence.Result{System: &ir.System{Model: "M", Expect: none()}, Engine: "test",
		Basis: evidence.Basis{Kind: evidence.Exhaustive}, Findings: []evidence.Finding{builtIn(ir.Evaluation, 0)}}
	got := evidence.Judge(res)
	if got.Standing != evidence.Failed || got.Complaints[0].Diagnostic.Code != evidence.EvaluationFailed {
		t.Errorf("got %+v, want the evaluation error", got)
	}
}

func TestWarnings(t *testing.T) {
	x := &ir.Local{Name: "x"}
	guard := &ir.Apply{Op: ir.And, Args: []ir.Expr{&ir.LocalRef{Local: x}, &ir.LocalRef{Local: x}}}
	a := &ir.Action{Name: "A", Guard: guard}
	res := &evidence.Result{System: &ir.System{Model: "M"}, Basis: evidence.Basis{Kind: evidence.Exhaustive}, States: evidence.States{Distinct: 1},
		Coverage: evidence.Coverage{Actions: []evidence.ActionCount{
			{Action: a, Blocked: []uint64{3, 0}}, {Action: &ir.Action{Name: "B"}, Taken: 1, Enabled: 1}}}}
	got := evidence.Warnings(res)
	if len(got) != 1 || got[0].Code != evidence.ActionNeverTaken || len(got[0].Related) != 1 {
		t.Errorf("got %v, want one warning with the guard that stops A", got)
	}
	res.Basis.Kind = evidence.Partial
	if got := evidence.Warnings(res); len(got) != 0 {
		t.Errorf("got %v of a search that did not end", got)
	}
}

func TestID(t *testing.T) {
	f := finding(ir.Invariant, evidence.Violated, 1, ir.ExpectDefault, -1)
	f.Trace.Steps = []evidence.Step{{State: []ir.Value{ir.NewInt(0)}}, {Action: &ir.Action{Name: "A"}, State: []ir.Value{ir.NewInt(1)}}}
	id := f.ID()
	if len(id) != 4 || f.ID() != id {
		t.Errorf("got %q, then %q", id, f.ID())
	}
	f.Trace.Steps[1].State[0] = ir.NewInt(2)
	if f.ID() == id {
		t.Errorf("another trace has the same id %q", id)
	}
}
