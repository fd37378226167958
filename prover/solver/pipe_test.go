package solver_test

import (
	"context"
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/prover/term"
)

// fake is a program that reads as a solver does and answers as it is told.
func fake(script string) *solver.Pipe {
	return &solver.Pipe{Program: "fake 1.0", Path: "/bin/sh", Args: []string{"-c", script}, Grace: 50 * time.Millisecond}
}

// until reads lines until one is the command.
func until(command string) string {
	return `while read -r line; do case "$line" in "` + command + `"*) break;; esac; done; `
}

// question asks whether x > 0 and p, for values of both.
func question() (*solver.Query, *term.Term, *term.Term) {
	b := term.NewBank()
	x := b.Apply(b.Func("x", nil, b.Int))
	p := b.Apply(b.Func("p", nil, b.Bool))
	need := func(v solver.Values) []*term.Term {
		if len(v) > 0 {
			return nil
		}
		return []*term.Term{x, p}
	}
	return &solver.Query{Asserts: []solver.Assertion{{Name: "positive", Term: b.Lt(b.I(0), x)}, {Name: "p", Term: p}}, Need: need}, x, p
}

func TestAnswers(t *testing.T) {
	q, x, p := question()
	check := until("(check-sat)")
	a, err := fake(check+`echo unsat; `+until("(get-unsat-core)")+`echo "(positive |p|)"`).Solve(t.Context(), q)
	if err != nil || a.Status != solver.Unsat || !slices.Equal(a.Core, []string{"positive", "p"}) || a.Solver != "fake 1.0" {
		t.Errorf("unsat: got %+v, %v", a, err)
	}
	a, err = fake(check+`echo "; a comment"; echo sat; `+until("(get-value")+`echo "((|x| (- 7)) (|p| true))"; cat >/dev/null`).Solve(t.Context(), q)
	if err != nil || a.Status != solver.Sat || a.Values[x].Int.Cmp(big.NewInt(-7)) != 0 || !a.Values[p].Bool {
		t.Errorf("sat: got %+v, %v", a, err)
	}
	a, err = fake(check+`echo unknown; `+until("(get-info")+`echo '(:reason-unknown "incomplete quantifiers")'`).Solve(t.Context(), q)
	if err != nil || a.Status != solver.Unknown || a.Why != "it gave up: incomplete quantifiers" {
		t.Errorf("unknown: got %+v, %v", a, err)
	}
}

// TestFaults: a program that does not do its job is never believed.
func TestFaults(t *testing.T) {
	check := until("(check-sat)")
	for _, tt := range []struct{ name, script, want string }{
		{"crashes at once", `echo "no licence" >&2; exit 3`, "no licence"},
		{"crashes while it thinks", check + `kill -9 $$`, "it ended without an answer"},
		{"answers nothing", check + `exit 0`, "it ended without an answer"},
		{"answers garbage", check + `echo "Segmentation fault"`, "expected sat, unsat or unknown, found Segmentation"},
		{"answers a list", check + `echo "(sat unsat)"`, "expected sat, unsat or unknown, found (sat unsat)"},
		{"closes too much", check + `echo ")"`, "a bracket that closes nothing"},
		{"complains", check + `echo '(error "line 1: what?")'`, `it complains: (error "line 1: what?")`},
		{"has no core", check + `echo unsat; ` + until("(get-unsat-core)") + `echo core`, "expected a list of assertions, found core"},
		{"has too few values", check + `echo sat; ` + until("(get-value") + `echo "((x 1))"`, "expected 2 values"},
		{"has no value", check + `echo sat; ` + until("(get-value") + `echo "((x many) (p true))"`, "expected a value of sort Int, found many"},
		{"has a value of another sort", check + `echo sat; ` + until("(get-value") + `echo "((x 1) (p 1))"`, "expected a value of sort Bool, found 1"},
		{"nests without end", check + `yes "(" | head -c 100000`, "nested too deeply"},
	} {
		q, _, _ := question()
		a, err := fake(tt.script).Solve(t.Context(), q)
		var f *solver.Fault
		if !errors.As(err, &f) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %+v, %v, want a fault with %q", tt.name, a, err, tt.want)
		}
	}
	q, _, _ := question()
	if _, err := (&solver.Pipe{Program: "nothing", Path: "/no/such/program"}).Solve(t.Context(), q); err == nil {
		t.Error("a program that does not exist answers")
	}
}

// TestHangs: a program that does not stop is stopped, and nothing is known.
func TestHangs(t *testing.T) {
	for _, script := range []string{until("(check-sat)") + `exec sleep 60`, `exec sleep 60`} {
		q, _, _ := question()
		q.Limit = 20 * time.Millisecond
		a, err := fake(script).Solve(t.Context(), q)
		if err != nil || a.Status != solver.Unknown || a.Why != "no answer within 20ms" {
			t.Errorf("got %+v, %v", a, err)
		}
	}
}

// TestCancelled: who asked does not want to know any more.
func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	q, _, _ := question()
	q.Need = func(solver.Values) []*term.Term {
		cancel() // the program is at work: it has just said sat
		return []*term.Term{q.Asserts[1].Term}
	}
	if _, err := fake(until("(check-sat)")+`echo sat; exec sleep 60`).Solve(ctx, q); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the error of the context", err)
	}
}

func TestPortfolio(t *testing.T) {
	check := until("(check-sat)")
	unsat := check + `echo unsat; ` + until("(get-unsat-core)") + `echo "()"`
	sat := check + `echo sat; cat >/dev/null`
	unknown := check + `echo unknown; ` + until("(get-info") + `echo '(:reason-unknown "tired")'`
	for _, tt := range []struct {
		name  string
		mode  solver.Mode
		says  []string
		want  solver.Status
		fault bool
	}{
		{"first answer", solver.Race, []string{check + `exec sleep 60`, unsat}, solver.Unsat, false},
		{"answer beside a crash", solver.Race, []string{`exit 1`, sat}, solver.Sat, false},
		{"nobody knows", solver.Race, []string{unknown, unknown}, solver.Unknown, false},
		{"all crash", solver.Race, []string{`exit 1`, `exit 1`}, solver.Unknown, true},
		{"the second knows", solver.InTurn, []string{unknown, unsat}, solver.Unsat, false},
		{"the first knows", solver.InTurn, []string{sat, check + `exec sleep 60`}, solver.Sat, false},
		{"all crash in turn", solver.InTurn, []string{`exit 1`, `exit 1`}, solver.Unknown, true},
		{"all agree", solver.Agree, []string{unsat, unsat}, solver.Unsat, false},
		{"one does not know", solver.Agree, []string{unsat, unknown}, solver.Unknown, false},
		{"they contradict each other", solver.Agree, []string{unsat, sat}, solver.Unknown, true},
		{"one crashes", solver.Agree, []string{unsat, `exit 1`}, solver.Unknown, true},
	} {
		p := &solver.Portfolio{Mode: tt.mode}
		for _, s := range tt.says {
			p.Solvers = append(p.Solvers, fake(s))
		}
		q, _, _ := question()
		q.Need = nil
		a, err := p.Solve(t.Context(), q)
		if (err != nil) != tt.fault || a.Status != tt.want {
			t.Errorf("%s: got %s, %v, want %s", tt.name, a.Status, err, tt.want)
		}
	}
}
