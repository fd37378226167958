package explain_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/ir/irtest"
)

// find searches sys breadth-first for the first run that bad says ends badly.
// The last outcome may be a failure.
func find(t *testing.T, sys *ir.System, bad func(steps []evidence.Step, o eval.Outcome) bool) *evidence.Trace {
	t.Helper()
	var queue [][]evidence.Step
	seen := map[string]bool{}
	try := func(steps []evidence.Step, o eval.Outcome) *evidence.Trace {
		next := append(steps[:len(steps):len(steps)], evidence.Step{Action: o.Action, Args: o.Args, State: o.State})
		if bad(next, o) {
			return &evidence.Trace{Steps: next, Loop: -1}
		}
		if o.Err == nil && o.Assert == nil && !seen[irtest.Key(o.State)] {
			seen[irtest.Key(o.State)] = true
			queue = append(queue, next)
		}
		return nil
	}
	for _, o := range eval.Initial(sys) {
		if tr := try(nil, o); tr != nil {
			return tr
		}
	}
	for len(queue) > 0 {
		steps := queue[0]
		queue = queue[1:]
		for _, o := range eval.Successors(sys, steps[len(steps)-1].State) {
			if tr := try(steps, o); tr != nil {
				return tr
			}
		}
	}
	t.Fatal("no such run")
	return nil
}

func violates(e ir.Expr) func([]evidence.Step, eval.Outcome) bool {
	return func(steps []evidence.Step, o eval.Outcome) bool {
		env := &eval.Env{State: o.State}
		if len(steps) > 1 {
			env.Old = steps[len(steps)-2].State
		}
		ok, err := eval.Holds(e, env)
		return err == nil && !ok
	}
}

func fails(_ []evidence.Step, o eval.Outcome) bool { return o.Err != nil || o.Assert != nil }

// result makes a result of one finding.
func result(sys *ir.System, p *ir.Property, tr *evidence.Trace) *evidence.Result {
	return &evidence.Result{System: sys, Findings: []evidence.Finding{
		{Prop: p, Verdict: evidence.Violated, Depth: len(tr.Steps) - 1, Trace: tr}}}
}

// brokenTwoPhase is two-phase commit whose coordinator commits unheard.
func brokenTwoPhase() (*ir.System, *ir.Property) {
	sys := irtest.TwoPhase(2)
	for _, a := range sys.Actions {
		if a.Name == "Commit" {
			a.Guard = ir.Conjuncts(a.Guard)[0]
		}
	}
	return sys, sys.Props[0]
}

func show(bs []evidence.Binding) []string {
	var out []string
	for _, b := range bs {
		out = append(out, fmt.Sprintf("%s = %s (%s)", b.Local.Name, ir.Format(b.Value), b.Note))
	}
	return out
}

func TestFailingInvariant(t *testing.T) {
	sys, p := brokenTwoPhase()
	res := result(sys, p, find(t, sys, violates(p.Formula)))
	if err := explain.Fill(res); err != nil {
		t.Fatal(err)
	}
	f := res.Findings[0].Failing
	if f.Expr != p.Formula {
		t.Errorf("the failing part is not the whole formula, which is one negation")
	}
	want := []string{"a = RM.1 (Committed since #3)", "b = RM.2 (Aborted since #1)"}
	if f.Bindings[0].Note[:7] == "Aborted" {
		t.Errorf("the roles are swapped: %q", show(f.Bindings))
	}
	if diff := cmp.Diff(len(want), len(f.Bindings)); diff != "" {
		t.Fatalf("%q: %s", show(f.Bindings), diff)
	}
	for _, b := range show(f.Bindings) {
		if !strings.Contains(b, "since #") {
			t.Errorf("%q does not say since when", b)
		}
	}
}

func TestFailingConjunct(t *testing.T) {
	b := irtest.New("M")
	x, y := b.Var("x", b.Int()), b.Var("y", b.Int())
	b.Init(b.Put(x, b.I(0)), b.Put(y, b.I(5)))
	b.Action("Inc", nil, nil, b.Put(x, b.Op(ir.Add, b.Get(x), b.I(1))))
	bad := b.Op(ir.Lt, b.Get(x), b.I(2))
	p := b.Prop(ir.Invariant, "P", b.Every(b.Op(ir.Eq, b.Get(y), b.I(5)), bad, b.Op(ir.Ne, b.Get(x), b.I(2))))
	res := result(b.Sys, p, find(t, b.Sys, violates(p.Formula)))
	if err := explain.Fill(res); err != nil {
		t.Fatal(err)
	}
	f := res.Findings[0].Failing
	if f.Expr != bad {
		t.Errorf("got part %v, want the second conjunct", f.Expr)
	}
	if diff := cmp.Diff([]string{"x = 2 (since #2)"}, show(f.Bindings)); diff != "" {
		t.Error(diff)
	}
}

func TestFailingStep(t *testing.T) {
	b := irtest.New("M")
	x := b.Var("x", b.Int())
	b.Init(b.Put(x, b.I(0)))
	b.Action("Flip", nil, nil, b.Put(x, b.Op(ir.Sub, b.I(1), b.Get(x))))
	p := b.Prop(ir.Step, "Up", b.Op(ir.Lt, b.Before(x), b.Get(x)))
	tr := find(t, b.Sys, func(steps []evidence.Step, o eval.Outcome) bool { return len(steps) == 2 })
	if err := explain.Fill(result(b.Sys, p, tr)); err == nil {
		t.Error("a step that satisfies the property is taken for a violation")
	}
	tr = &evidence.Trace{Steps: append(tr.Steps, evidence.Step{Action: b.Sys.Actions[0], State: tr.Steps[0].State}), Loop: -1}
	res := result(b.Sys, p, tr)
	if err := explain.Fill(res); err != nil {
		t.Fatal(err)
	}
	want := []string{"old(x) = 1 ()", "x = 0 (since #2)"}
	if diff := cmp.Diff(want, show(res.Findings[0].Failing.Bindings)); diff != "" {
		t.Error(diff)
	}
}

func TestStuck(t *testing.T) {
	sys := irtest.Philosophers(2)
	p := &ir.Property{Kind: ir.Deadlock}
	tr := find(t, sys, func(_ []evidence.Step, o eval.Outcome) bool { return len(eval.Successors(sys, o.State)) == 0 })
	res := result(sys, p, tr)
	if err := explain.Fill(res); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range res.Findings[0].Stuck {
		guards := ir.Conjuncts(b.Action.Guard)
		part := 0
		for i, g := range guards {
			if g == b.Expr {
				part = i + 1
			}
		}
		got = append(got, fmt.Sprintf("%s(%s) part %d: %s", b.Action.Name, ir.Format(b.Args[0].Value), part, b.Reason))
	}
	want := []string{
		"TakeLeft(Seat.1) part 1: at[Seat.1] = HasLeft",
		"TakeRight(Seat.1) part 2: fork[Seat.2] = false",
		"Leave(Seat.1) part 1: at[Seat.1] = HasLeft",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestFailuresReplay(t *testing.T) {
	for _, tt := range []struct {
		name string
		sys  *ir.System
		kind ir.PropKind
	}{
		{"division by zero", irtest.Divide(), ir.Evaluation},
		{"assertion", irtest.Asserting(), ir.Assertion},
		{"outside its type", irtest.Overflow(), ir.Evaluation},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tr := find(t, tt.sys, fails)
			if err := explain.Fill(result(tt.sys, &ir.Property{Kind: tt.kind}, tr)); err != nil {
				t.Error(err)
			}
			tr.Steps = tr.Steps[:1]
			if err := explain.Fill(result(tt.sys, &ir.Property{Kind: tt.kind}, tr)); err == nil {
				t.Error("a run that does not fail is taken for one that does")
			}
		})
	}
}

func TestReplayRefuses(t *testing.T) {
	for _, tt := range []struct {
		name  string
		spoil func(*evidence.Result)
		why   string
	}{
		{"a state that is not initial", func(r *evidence.Result) { r.Findings[0].Trace.Steps[0].State = r.Findings[0].Trace.Steps[1].State }, "step #0: init"},
		{"a step that is not possible", func(r *evidence.Result) {
			steps := r.Findings[0].Trace.Steps
			steps[2].Action = steps[1].Action
		}, "step #2"},
		{"a loop that does not close", func(r *evidence.Result) { r.Findings[0].Trace.Loop = 0 }, "leads back to #0"},
		{"another property", func(r *evidence.Result) { r.Findings[0].Prop = r.System.Props[1] }, "the formula is true"},
		{"a state that is not stuck", func(r *evidence.Result) { r.Findings[0].Prop = &ir.Property{Kind: ir.Deadlock} }, "has a successor"},
		{"no states", func(r *evidence.Result) { r.Findings[0].Trace.Steps = nil }, "empty"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sys, p := brokenTwoPhase()
			res := result(sys, p, find(t, sys, violates(p.Formula)))
			tt.spoil(res)
			err := explain.Fill(res)
			var d *explain.Disagreement
			if !errors.As(err, &d) || !strings.Contains(d.Error(), tt.why) {
				t.Errorf("got %v, want a disagreement that says %q", err, tt.why)
			}
		})
	}
}

func TestFollow(t *testing.T) {
	sys, p := brokenTwoPhase()
	tr := find(t, sys, violates(p.Formula))
	matches := func(i int, s []ir.Value) bool { return irtest.Key(s) == irtest.Key(tr.Steps[i].State) }
	anyAction := func(int, *ir.Action) bool { return true }
	got, err := explain.Follow(sys, len(tr.Steps), matches, anyAction)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range got.Steps {
		if s.Action != tr.Steps[i].Action {
			t.Errorf("step %d is %v, want %v", i, s.Action, tr.Steps[i].Action)
		}
	}
	wrong := func(i int, s []ir.Value) bool { return matches(i, s) && i != 2 }
	if _, err := explain.Follow(sys, len(tr.Steps), wrong, anyAction); err == nil || !strings.Contains(err.Error(), "state #2") {
		t.Errorf("got %v, want an error about state #2", err)
	}
}
