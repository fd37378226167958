package evidence_test

import (
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/irtest"
)

// TestJudgeRandomRuns: what must never happen may stay unknown, what must
// happen somewhere may not, and a longer way than expected is no contradiction.
func TestJudgeRandomRuns(t *testing.T) {
	tr := &evidence.Trace{Loop: -1, Steps: make([]evidence.Step, 6)}
	for _, tt := range []struct {
		name    string
		kind    ir.PropKind
		expect  ir.Outcome
		depth   int // expected
		verdict evidence.Verdict
		found   int // depth
		want    evidence.Standing
	}{
		{"nothing found", ir.Invariant, 0, -1, evidence.Unknown, 0, evidence.AsExpected},
		{"violated", ir.Invariant, 0, -1, evidence.Violated, 5, evidence.Failed},
		{"expected violation missing", ir.Invariant, ir.ExpectViolated, -1, evidence.Unknown, 0, evidence.Inconclusive},
		{"expected violation found", ir.Invariant, ir.ExpectViolated, -1, evidence.Violated, 5, evidence.AsExpected},
		{"found on a longer way", ir.Invariant, ir.ExpectViolated, 3, evidence.Violated, 5, evidence.AsExpected},
		{"found on a shorter way", ir.Invariant, ir.ExpectViolated, 9, evidence.Violated, 5, evidence.Failed},
		{"witness missing", ir.Witness, 0, -1, evidence.Unknown, 0, evidence.Inconclusive},
		{"witness met", ir.Witness, 0, -1, evidence.Holds, 5, evidence.AsExpected},
		{"witness that should not be", ir.Witness, ir.ExpectViolated, -1, evidence.Unknown, 0, evidence.AsExpected},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := irtest.New("M")
			p := b.Prop(tt.kind, "P", b.True())
			b.Sys.Checks[0].Expect, b.Sys.Checks[0].Depth = tt.expect, tt.depth
			f := evidence.Finding{Prop: p, Check: &b.Sys.Checks[0], Verdict: tt.verdict, Depth: tt.found, Estimate: &evidence.Estimate{Runs: 9}}
			if tt.verdict != evidence.Unknown {
				f.Trace = tr
			}
			res := &evidence.Result{System: b.Sys, Engine: "random runs", Findings: []evidence.Finding{f},
				States: evidence.States{Initial: 1}, Basis: evidence.Basis{Kind: evidence.Sampled, Runs: 9}}
			if got := evidence.Judge(res).Standing; got != tt.want {
				t.Errorf("got standing %v, want %v", got, tt.want)
			}
		})
	}
}

// TestEstimateWords: no words for no failures that sound like a proof, and no
// end of an interval is rounded to what it does not say.
func TestEstimateWords(t *testing.T) {
	for _, tt := range []struct {
		in   evidence.Estimate
		want string
	}{
		{evidence.Estimate{Runs: 10_000, High: 0.00046041, Confidence: 0.99},
			"0 of 10,000 runs failed: at most 0.047 % of such runs fail (99 % confidence)"},
		{evidence.Estimate{Hits: 3, Runs: 300, Low: 0.00209, High: 0.0291, Confidence: 0.999},
			"3 of 300 runs failed: 0.2 % to 3 % of such runs fail (99.9 % confidence)"},
		{evidence.Estimate{Hits: 9, Runs: 9, Low: 0.5994, High: 1, Confidence: 0.99},
			"9 of 9 runs failed: at least 59 % of such runs fail (99 % confidence)"},
		{evidence.Estimate{Runs: 1, High: 0.99999, Confidence: 0.99999},
			"0 of 1 run failed: at most 99.999 % of such runs fail (99.999 % confidence)"},
	} {
		if got := tt.in.Words(evidence.Verbs(ir.Invariant)); got != tt.want {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
}
