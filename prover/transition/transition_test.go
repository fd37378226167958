package transition_test

import (
	"fmt"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/ir/print"
	"github.com/spec-lang/spec/prover/transition"
)

// systems calls f for packed systems of every kind.
func systems(t *testing.T, random uint64, f func(t *testing.T, s *transition.System)) {
	try := func(name string, sys *ir.System) {
		sys.Checks = nil
		for _, p := range sys.Props {
			sys.Checks = append(sys.Checks, ir.Check{Prop: p, Depth: -1})
		}
		if s, err := transition.New(sys); err == nil {
			t.Run(name, func(t *testing.T) { f(t, s) })
		}
	}
	for _, k := range irtest.Systems() {
		try(k.Name, k.Sys)
	}
	for seed := range random {
		try(fmt.Sprint(seed), irtest.RandomPacked(seed))
	}
}

// TestMeanings compares what bits mean with what they are, in the states that
// can be reached.
func TestMeanings(t *testing.T) {
	names := 0
	systems(t, 150, func(t *testing.T, s *transition.System) {
		meanings := s.Meanings()
		if len(meanings) != s.States {
			t.Fatalf("%d meanings of %d bits", len(meanings), s.States)
		}
		seen := map[string]bool{}
		for _, m := range meanings {
			if seen[print.Expr(m)] {
				t.Errorf("two bits mean %s", print.Expr(m))
			}
			seen[print.Expr(m)] = true
			names++
		}
		for _, state := range irtest.ExploreUpTo(s.Sys, 20).States {
			for j, want := range s.Bits(state) {
				if got, err := eval.Holds(meanings[j], &eval.Env{State: state}); err != nil || got != want {
					t.Fatalf("%s in %s: got %v, %v, want %v", print.Expr(meanings[j]), irtest.Key(state), got, err, want)
				}
			}
		}
	})
	if names < 500 {
		t.Errorf("only %d bits", names)
	}
}

// TestSteps compares the function from bits to bits with the judge.
func TestSteps(t *testing.T) {
	steps := 0
	systems(t, 150, func(t *testing.T, s *transition.System) {
		if s.Inputs > 10 {
			return
		}
		for _, state := range irtest.ExploreUpTo(s.Sys, 6).States {
			want := map[string]bool{}
			if transition.Inside(s.Sys, state) {
				for _, o := range eval.Successors(s.Sys, state) {
					if o.Err == nil && o.Assert == nil {
						want[irtest.Key(o.State)] = true
					}
				}
			}
			got := map[string]bool{}
			leaves := append(s.Bits(state), make([]bool, s.Inputs)...)
			for n := range 1 << s.Inputs {
				for i := range s.Inputs {
					leaves[s.States+i] = n>>i&1 != 0
				}
				v := s.Graph.Evaluate(leaves)
				if !s.Moves.Value(v) {
					continue
				}
				next := make([]bool, s.States)
				for j, l := range s.Next {
					next[j] = l.Value(v)
				}
				got[irtest.Key(s.Values(next))] = true
				steps++
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("from %s: got %v, want %v", irtest.Key(state), got, want)
			}
		}
	})
	if steps < 1000 {
		t.Errorf("only %d steps", steps)
	}
}
