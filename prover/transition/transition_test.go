package transition_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/irtest"
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

// TestPlaces compares random clauses of bits with what they are in terms of
// places: for the judge and as circuits, in the states that can be reached.
func TestPlaces(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	compared, longer := 0, 0
	systems(t, 150, func(t *testing.T, s *transition.System) {
		if s.States == 0 {
			return
		}
		places := transition.NewPlaces(s)
		states := irtest.ExploreUpTo(s.Sys, 20).States
		known := map[string]bool{}
		for range 40 {
			clause := map[int]int{}
			for range 1 + r.IntN(6) {
				bit := 1 + r.IntN(s.States)
				clause[bit] = bit * (1 - 2*r.IntN(2))
			}
			lits := slices.Sorted(maps.Values(clause))
			atoms, some := places.Atoms(lits)
			if len(atoms) < len(lits) {
				longer++
			}
			for _, a := range atoms {
				known[a.Place] = true
			}
			for _, state := range states {
				bits := s.Bits(state)
				want := slices.ContainsFunc(lits, func(l int) bool { return bits[max(l, -l)-1] == (l > 0) })
				if got := judged(t, s, places, atoms, state); got != want && some || !some && !want {
					t.Fatalf("%v in %s: got %v, want %v of bits %v", atoms, irtest.Key(state), got, want, lits)
				}
				compared++
			}
		}
		// Any values of a place make an atom, also those of which all bits are
		// false, as they are where the place is not there.
		for place := range known {
			for _, value := range []string{"Node.1", "Rank.1", "Seat.1", "Red", "Dot", "0", "true"} {
				atom := evidence.Atom{Place: place, Values: []string{value}}
				if places.Expr(atom) == nil {
					continue
				}
				for _, state := range states {
					judged(t, s, places, []evidence.Atom{atom, {Place: place, Values: atom.Values, Not: true}}, state)
				}
			}
		}
	})
	if compared < 10_000 || longer < 100 {
		t.Errorf("only %d comparisons, %d of clauses with bits of one place", compared, longer)
	}
}

// judged is whether an atom is true in a state.
func judged(t *testing.T, s *transition.System, places *transition.Places, atoms []evidence.Atom, state []ir.Value) bool {
	t.Helper()
	some := false
	for _, a := range atoms {
		is, err := eval.Holds(places.Expr(a), &eval.Env{State: state})
		l, ok := places.Lit(a)
		if err != nil || !ok || l.Value(s.Graph.Evaluate(s.Bits(state))) != is {
			t.Fatalf("%s in %s: the judge says %v, %v", a, irtest.Key(state), is, err)
		}
		some = some || is
	}
	return some
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
