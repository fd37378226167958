package sat_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/spec-lang/spec/prover/cnf"
	"github.com/spec-lang/spec/prover/cnf/cnftest"
	"github.com/spec-lang/spec/prover/sat"
)

// load is a solver with the clauses of a formula.
func load(t *testing.T, ctx context.Context, f *cnf.Formula) *sat.Solver {
	t.Helper()
	s := sat.New(ctx)
	t.Cleanup(s.Close)
	for range f.Vars {
		s.Var()
	}
	for _, c := range f.Clauses {
		s.Add(c...)
	}
	return s
}

// TestRandom compares answers under assumptions, models and cores with
// those of trying everything, of one solver to which clauses are added.
func TestRandom(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 1))
		whole := cnftest.Random(seed, 4+int(seed%7))
		f := &cnf.Formula{Vars: whole.Vars}
		s := load(t, context.Background(), f)
		for _, c := range whole.Clauses {
			f.Add(c...)
			s.Add(c...)
			var assume []cnf.Lit
			for v := range f.Vars {
				if l := cnf.Lit(v + 1); r.IntN(4) == 0 {
					assume = append(assume, []cnf.Lit{l, -l}[r.IntN(2)])
				}
			}
			ask(t, s, f, assume)
		}
	}
}

func ask(t *testing.T, s *sat.Solver, f *cnf.Formula, assume []cnf.Lit) {
	t.Helper()
	under := func(ls []cnf.Lit) *cnf.Formula {
		g := &cnf.Formula{Vars: f.Vars, Clauses: slices.Clone(f.Clauses)}
		for _, l := range ls {
			g.Add(l)
		}
		return g
	}
	switch answer, want := s.Solve(assume...), cnftest.Satisfiable(under(assume)); {
	case want != (answer == sat.Sat) || answer == sat.Stopped:
		t.Fatalf("%v under %v: %s, satisfiable is %v", f.Clauses, assume, answer, want)
	case want:
		if !cnftest.Satisfies(under(assume), s.Value) {
			t.Fatalf("%v under %v: the model is none", f.Clauses, assume)
		}
	default:
		core := s.Core()
		for _, l := range core {
			if !slices.Contains(assume, l) {
				t.Fatalf("%v under %v: %d of the core is no assumption", f.Clauses, assume, l)
			}
		}
		if cnftest.Satisfiable(under(core)) {
			t.Fatalf("%v under %v: the core %v is not enough", f.Clauses, assume, core)
		}
	}
}

// TestStops ends a call that would take for ever, and then asks again.
func TestStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s := load(t, ctx, cnftest.Pigeons(13))
	time.AfterFunc(20*time.Millisecond, cancel)
	for range 2 {
		if answer := s.Solve(); answer != sat.Stopped {
			t.Errorf("got %s", answer)
		}
	}
}
