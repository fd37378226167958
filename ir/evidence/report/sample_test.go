package report_test

import (
	"strings"
	"testing"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/evidence/report"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/lang/source"
)

const sampleText = `module twophase

machine TwoPhase {
    action Prepare(r RM) when vote[r] == Working { ... }
    action Quit(r RM) when vote[r] == Working { ... }
    action Collect(r RM) when verdict == none && PreparedBy(r) in net { ... }
    action Commit when verdict == none { ... }       // the guard, weakened
    action Abort when verdict == none { ... }
    action HearCommit(r RM) when Commit in net { ... }
    action HearAbort(r RM) when Abort in net { ... }

    invariant Consistent: not exists a, b in RM:
        vote[a] == Committed && vote[b] == Aborted   // the whole point
}
model Bug of TwoPhase { RM = 2; expect states 288 }
`

// at is the place of a text in the sample.
func at(s string) source.Span {
	i := strings.Index(sampleText, s)
	return source.Span{File: "ex/twophase.spec", Lo: i, Hi: i + len(s)}
}

var formulaText = sampleText[strings.Index(sampleText, "not exists"):strings.Index(sampleText, "   // the whole")]

// sample is two-phase commit with a coordinator that commits unheard, with the
// run that shows it, as a search finds it.
func sample(t *testing.T) *report.Report {
	t.Helper()
	sys := irtest.TwoPhase(2)
	sys.Model, sys.Span = "Bug", at("model Bug")
	for _, a := range sys.Actions {
		a.NameSpan = at(a.Name + "(r")
		if len(a.Params) == 0 {
			a.NameSpan = at(a.Name + " when")
		}
		if a.Name == "Commit" {
			a.Guard = ir.Conjuncts(a.Guard)[0]
		}
	}
	p := sys.Props[0]
	p.Span = at(formulaText)
	p.Formula.(*ir.Apply).Loc = p.Span
	check := &ir.Check{Prop: p, Depth: -1}
	f := evidence.Finding{Prop: p, Check: check, Verdict: evidence.Violated, Depth: 3,
		Trace: play(t, sys, "Quit(RM.2)", "Commit()", "HearCommit(RM.1)")}
	res := &evidence.Result{System: sys, Engine: "breadth-first, exact store", Shortest: true, Findings: []evidence.Finding{f}, Time: 3 * time.Millisecond,
		States: evidence.States{Distinct: 41, Generated: 60, Depth: 3, Initial: 1}}
	for _, a := range sys.Actions {
		res.Coverage.Actions = append(res.Coverage.Actions, evidence.ActionCount{Action: a, Taken: 4, Enabled: 3})
	}
	if err := explain.Fill(res); err != nil {
		t.Fatal(err)
	}
	files := source.Set{}
	files.Add(source.NewFile("ex/twophase.spec", sampleText))
	return report.New(files, []*evidence.Result{res}, nil)
}

// play makes the run of the given calls, taking the first outcome of each.
func play(t *testing.T, sys *ir.System, calls ...string) *evidence.Trace {
	t.Helper()
	tr := &evidence.Trace{Steps: []evidence.Step{{State: eval.Initial(sys)[0].State}}, Loop: -1}
	for _, call := range calls {
		found := false
		for _, o := range eval.Successors(sys, tr.Steps[len(tr.Steps)-1].State) {
			args := make([]string, len(o.Args))
			for i, v := range o.Args {
				args[i] = ir.Format(v)
			}
			if !found && o.Action.Name+"("+strings.Join(args, ", ")+")" == call {
				found = true
				tr.Steps = append(tr.Steps, evidence.Step{Action: o.Action, Args: o.Args, State: o.State})
			}
		}
		if !found {
			t.Fatalf("%s is not possible", call)
		}
	}
	return tr
}
