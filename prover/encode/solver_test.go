//go:build solvers

package encode_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/spec-lang/spec/prover/encode"
	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/prover/term"
)

// TestSolversAgreeWithJudge: of what does not fold to a value, a solver never
// excludes what the judge computes: all facts are true. Mostly it excludes
// everything else; it does not for choices without an order and for the sizes of
// sets whose elements cannot be listed.
func TestSolversAgreeWithJudge(t *testing.T) {
	all := &solver.Portfolio{Solvers: solver.Find(t.Context())}
	asked, only := 0, 0
	questions(samples(), func(q question) {
		truth, ok, g, facts, err := q.closed()
		var u *encode.Unsupported
		if errors.As(err, &u) || truth.Op == term.True || truth.Op == term.False {
			return
		}
		if q.fails {
			truth = ok // where the judge finds an error, ok is false
		}
		right, wrong := q.bank.Not(truth), truth
		if q.holds {
			right, wrong = wrong, right
		}
		ask := func(x *term.Term) solver.Status {
			query := &solver.Query{Limit: 5 * time.Second, Asserts: []solver.Assertion{{Name: "x", Term: x}}}
			for i, f := range append(facts, g.Limits()...) {
				query.Asserts = append(query.Asserts, solver.Assertion{Name: fmt.Sprintf("fact%d", i), Term: f})
			}
			a, err := all.Solve(t.Context(), query)
			if err != nil {
				t.Error(err)
			}
			return a.Status
		}
		asked++
		if ask(right) == solver.Unsat {
			t.Errorf("%s %v: solvers exclude that it is %v, as the judge says", q.sys.Machine, q.cond.Span(), q.holds)
		}
		if ask(wrong) == solver.Unsat {
			only++
		}
	})
	t.Logf("%d asked, of %d the solvers know the value", asked, only)
	if asked < 50 || only < asked/10 {
		t.Error("too few answers")
	}
}
