package hoare_test

import (
	"context"
	"math/big"
	"strings"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/prover/hoare"
	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/prover/term"
	"github.com/spec-lang/spec/workspace"
)

// scripted says of every goal what it is told; every number is value.
type scripted struct {
	status solver.Status
	value  int64
	err    error
	asked  int
}

func (s *scripted) Name() string { return "scripted" }

func (s *scripted) Solve(_ context.Context, q *solver.Query) (solver.Answer, error) {
	s.asked++
	a := solver.Answer{Status: s.status, Solver: "scripted", Why: "it is only a script", Values: solver.Values{}}
	if s.status == solver.Sat && q.Need != nil {
		for need := q.Need(a.Values); len(need) > 0; need = q.Need(a.Values) {
			for _, t := range need {
				a.Values[t] = solver.Value{Int: big.NewInt(s.value)}
			}
		}
	}
	return a, s.err
}

// system is a machine that calls the function f of the text, which has one
// argument.
func system(t *testing.T, text string) *ir.System {
	t.Helper()
	path := t.TempDir() + "/f.spec"
	text = "module f\n" + text + `
machine Use {
    var on bool = true
    action Go when on && f(1) == f(1) { on = false }
    terminal when !on
}
model All of Use { }
`
	ws := workspace.New()
	ws.SetOverlay(path, text)
	s := ws.Snapshot(path)
	if s.Diags.HasErrors() {
		t.Fatal(s.Diags)
	}
	sys, diags := s.System(s.Models()[0])
	if sys == nil {
		t.Fatal(diags)
	}
	return sys
}

func TestVerdicts(t *testing.T) {
	const loop = `
func f(n int) int
    requires n >= 0
    ensures result == n || n == 100 && result > 0
{
    var i = 0
    while i < n invariant i >= 0 decreases n - i { i += 1 }
    return i
}`
	const wrong = `
func f(n int) int
    requires n > 50
    ensures result != 0
    = n - 60`
	for _, tt := range []struct {
		name, text string
		solver     scripted
		want       evidence.Verdict
		why        string
	}{
		{"all goals are met", loop, scripted{status: solver.Unsat}, evidence.Holds, ""},
		{"nobody knows", loop, scripted{status: solver.Unknown}, evidence.Unknown, "scripted does not know: it is only a script"},
		{"a crash", loop, scripted{err: &solver.Fault{Solver: "scripted", What: "it ended"}}, evidence.Unknown, "solver scripted: it ended"},
		{"arguments for which it is right", loop, scripted{status: solver.Sat, value: 70}, evidence.Unknown, "the function is right for these arguments"},
		{"arguments that are not required", loop, scripted{status: solver.Sat, value: -70}, evidence.Unknown, "solver scripted: its model has arguments that are not required"},
		{"arguments for which it is wrong", wrong, scripted{status: solver.Sat, value: 60}, evidence.Violated, "the result is 0"},
		{"wrong for small arguments", "func f(n int) int\n    ensures result < 5\n    = n", scripted{status: solver.Unsat}, evidence.Violated, "the result is 5"},
		{"does not end", "func f(n int) int\n    decreases n\n    = f(n)", scripted{status: solver.Unsat}, evidence.Violated, "calls of f nest deeper"},
		{"cannot be said", "func f(n int) int\n    ensures len(str(n)) >= 0\n    = n\nfunc str(n int) string = if n == 0 then \"\" else \"a\"", scripted{status: solver.Unsat}, evidence.Unknown, "the prover cannot say the length of a string"},
	} {
		sys := system(t, tt.text)
		got, err := hoare.Check(t.Context(), sys, hoare.Options{Solver: &tt.solver})
		if err != nil || len(got) != 1 {
			t.Errorf("%s: got %d contracts, %v", tt.name, len(got), err)
			continue
		}
		c := got[0]
		why := ""
		if c.Unmet != nil {
			why = c.Unmet.Why
		}
		if c.Verdict != tt.want || !strings.Contains(why, tt.why) || (c.Unmet == nil) != (tt.want == evidence.Holds) {
			t.Errorf("%s: got %s, %q, want %s, %q", tt.name, c.Verdict, why, tt.want, tt.why)
		}
	}
}

// TestRests: what rests on a function that is not proved is not proved.
func TestRests(t *testing.T) {
	sys := system(t, `
func g(n int) int
    ensures result >= 0 || n > 20
    = if n > 20 then -1 else if n > 15 then 1 else 0
func f(n int) int
    ensures result >= 0 || n > 20
    = g(n)`)
	s := &failing{of: "g"}
	got, err := hoare.Check(t.Context(), sys, hoare.Options{Solver: s})
	if err != nil || len(got) != 2 {
		t.Fatal(got, err)
	}
	for _, c := range got {
		if c.Verdict != evidence.Unknown {
			t.Errorf("%s: got %s, want unknown", c.Func.Name, c.Verdict)
		}
	}
}

// failing knows everything but the goals of functions that call nothing.
type failing struct{ of string }

func (f *failing) Name() string { return "failing" }

func (f *failing) Solve(_ context.Context, q *solver.Query) (solver.Answer, error) {
	calls := false
	for _, a := range q.Asserts {
		a.Term.Walk(map[*term.Term]bool{}, func(t *term.Term) {
			calls = calls || t.Op == term.Apply && strings.HasPrefix(t.Fn.Name, "call "+f.of)
		})
	}
	if calls {
		return solver.Answer{Status: solver.Unsat, Solver: "failing"}, nil
	}
	return solver.Answer{Solver: "failing", Why: "it will not say"}, nil
}
