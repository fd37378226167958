package theorem_test

import (
	"context"
	"strings"
	"testing"

	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/prover/theorem"
)

// fake is a solver that says what it is told to.
type fake struct {
	answer solver.Answer
	err    error
	asked  *solver.Query
}

func (f *fake) Name() string { return "fake 1.0" }

func (f *fake) Solve(_ context.Context, q *solver.Query) (solver.Answer, error) {
	f.asked = q
	return f.answer, f.err
}

// TestBySolver: what a solver says is believed and marked; everything else it
// may say proves nothing.
func TestBySolver(t *testing.T) {
	const text = `module s

func twice(n int) int = n * 2

theorem Even(n int, m int): n > m => twice(n) > twice(m) {
    assume h: n > m
    by smt
}
`
	says := func(s solver.Status) solver.Answer {
		return solver.Answer{Status: s, Solver: "fake 1.0", Why: "too hard"}
	}
	for _, c := range []struct {
		solver solver.Solver
		want   evidence.Verdict
		say    string
	}{
		{&fake{answer: says(solver.Unsat)}, evidence.Holds, "what fake 1.0 says"},
		{&fake{answer: says(solver.Sat)}, evidence.Unknown, "fake 1.0 finds a case in which this is not so"},
		{&fake{answer: says(solver.Unknown)}, evidence.Unknown, "fake 1.0 does not know: too hard"},
		{&fake{err: &solver.Fault{Solver: "fake 1.0", What: "it crashed"}}, evidence.Unknown, "solver fake 1.0: it crashed"},
		{nil, evidence.Unknown, "install z3 or cvc5"},
	} {
		res := theorem.Prove(context.Background(), theory(t, "s.spec", text), c.solver)[0]
		if said := res.Why + strings.Join(res.Rests, ""); res.Verdict != c.want || !strings.Contains(said, c.say) {
			t.Errorf("%s: %s, want %s: %s", res.Verdict, said, c.want, c.say)
		}
		if f, ok := c.solver.(*fake); ok && len(f.asked.Asserts) != 3 {
			t.Errorf("%d assertions; want the assumption, the negated claim and the definition of twice", len(f.asked.Asserts))
		}
	}
}
