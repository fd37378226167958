//go:build solvers && z3

package induction_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/prover/solver/native"
	"github.com/spec-lang/spec/prover/wp"
)

// grounded are the obligations of all specs at size 2, without
// quantifiers.
func grounded(t *testing.T) map[string]*solver.Query {
	out := map[string]*solver.Query{}
	for _, m := range models(t) {
		sizes := map[string]int{}
		for _, s := range wp.Free(m.system(t, nil)) {
			sizes[s.Name] = 2
		}
		sys := m.system(t, sizes)
		if functions[sys.Module] != nil {
			continue // its machine is there for what it calls
		}
		for _, p := range sys.Props {
			obligations, err := wp.Invariant(sys, p, wp.Rules{Lemmas: p.Using})
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range obligations {
				out[fmt.Sprintf("%s %s %s", sys.Module, sys.Model, o.Name)] = ground(o)
			}
		}
	}
	return out
}

// TestSameAnswers: the library and the programs answer the same, and are known
// to say both yes and no. Times are logged side by side.
func TestSameAnswers(t *testing.T) {
	all := append([]solver.Solver{native.Library{}}, solver.Find(t.Context())...)
	spent := make([]time.Duration, len(all))
	count := map[solver.Status]int{}
	for name, q := range grounded(t) {
		var first solver.Status
		for i, s := range all {
			start := time.Now()
			a, err := s.Solve(t.Context(), q)
			spent[i] += time.Since(start)
			switch {
			case err != nil || a.Status == solver.Unknown:
				t.Errorf("%s: %s: %s %v", name, s.Name(), a.Why, err)
			case i == 0:
				first = a.Status
				count[first]++
			case a.Status != first:
				t.Errorf("%s: %s says %s, %s says %s", name, all[0].Name(), first, s.Name(), a.Status)
			}
		}
	}
	for i, s := range all {
		t.Logf("%s: %.2f times as long as %s", s.Name(), float64(spent[i])/float64(spent[0]), all[0].Name())
	}
	t.Logf("%d contradictions, %d models", count[solver.Unsat], count[solver.Sat])
	if count[solver.Unsat] < 100 || count[solver.Sat] < 10 {
		t.Error("too few questions were compared")
	}
}
