//go:build solvers

package contracts_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/prover/encode"
	"github.com/spec-lang/spec/prover/hoare"
	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/prover/term"
	"github.com/spec-lang/spec/prover/wp"
)

func solvers(t *testing.T) solver.Solver {
	t.Helper()
	found := solver.Find(t.Context())
	if len(found) < 2 {
		t.Fatalf("z3 and cvc5 are not both here: run `make deps`; found %d", len(found))
	}
	return &solver.Portfolio{Solvers: found}
}

func TestWrongWithSolvers(t *testing.T) { refute(t, solvers(t)) }

// TestProved: every function of this folder is proved, for sorts of every size.
func TestProved(t *testing.T) {
	seen := 0
	prove(t, "*.spec", solvers(t), func(module string, files source.Set, c *evidence.Contract) {
		seen++
		if c.Verdict != evidence.Holds {
			t.Errorf("%s %s: %s: %s, at %s: %s", module, c.Func.Name, c.Verdict, c.Unmet.Goal, files.Text(c.Unmet.Span), c.Unmet.Why)
		}
	})
	if seen < 25 {
		t.Errorf("only %d functions", seen)
	}
}

// TestNothingFollowsFromNothing: where something is to be shown, something can
// be true. A path on which nothing can be true would prove everything.
func TestNothingFollowsFromNothing(t *testing.T) {
	all := solvers(t)
	paths, err := filepath.Glob("*.spec")
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, p := range paths {
		systems, files := functions(t, p)
		for _, f := range systems[0].Funcs {
			if !hoare.Asks(f) {
				continue
			}
			e := encode.New(term.NewBank(), systems[0], wp.Free(systems[0]))
			for _, goal := range e.Prove(f).Goals {
				q := &solver.Query{Limit: time.Second, Asserts: []solver.Assertion{{Name: "path", Term: goal.Path}}}
				for i, fact := range e.Facts() {
					q.Asserts = append(q.Asserts, solver.Assertion{Name: fmt.Sprintf("fact%d", i), Term: fact})
				}
				asked++
				if a, err := all.Solve(t.Context(), q); err != nil || a.Status == solver.Unsat {
					t.Errorf("%s, at %s: nothing comes here: %v", f.Name, files.Text(goal.Span), err)
				}
			}
		}
	}
	if asked < 80 {
		t.Errorf("only %d goals", asked)
	}
}

// TestOpen: what solvers do not know is not decided, and says what may help.
func TestOpen(t *testing.T) {
	systems, _ := functions(t, "open/cubes.spec")
	found, err := hoare.Check(t.Context(), systems[0], hoare.Options{Solver: solvers(t), Limit: time.Second})
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	if c := found[0]; c.Verdict != evidence.Unknown || !strings.HasPrefix(c.Unmet.Help, "unknown numbers are multiplied here") {
		t.Errorf("%s: %+v", c.Verdict, c.Unmet)
	}
}
