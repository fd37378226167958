package cnf_test

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/spec-lang/spec/ir/circuit"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/prover/cdcl"
	"github.com/spec-lang/spec/prover/cnf"
	"github.com/spec-lang/spec/prover/transition"
)

// TestEncode compares clauses with the graph, in two frames of random systems:
// of a literal that is used from one side, only that side is promised, and it
// is enough to ask whether it can be so.
func TestEncode(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	compared := 0
	for seed := range uint64(80) {
		s, err := transition.New(irtest.RandomPacked(seed))
		if err != nil {
			continue
		}
		literals := append([]circuit.Lit{s.Moves, s.Inside, s.Typed, s.Moves.Not()}, s.Next...)
		for _, x := range s.Targets {
			literals = append(literals, s.Bad(x), s.Bad(x).Not())
		}
		leaves := make([]bool, s.States+s.Inputs)
		for i := range leaves {
			leaves[i] = r.IntN(2) == 0
		}
		first := s.Graph.Evaluate(leaves)
		second := make([]bool, len(leaves))
		for j, l := range s.Next {
			second[j] = l.Value(first)
		}
		copy(second[s.States:], leaves[s.States:])
		after := s.Graph.Evaluate(second)
		for _, l := range literals {
			for _, use := range []cnf.Use{cnf.Pos, cnf.Neg, cnf.Both} {
				for i, values := range [][]bool{first, after} {
					want := l.Value(values)
					promised := use == cnf.Both || (use == cnf.Pos) != want
					if got := possible(s, leaves, l, use, i == 1); !got(want) || promised && got(!want) {
						t.Fatalf("seed %d, %d steps later: a literal that is %v, used as %d", seed, i, want, use)
					}
				}
				compared++
			}
		}
	}
	if compared < 1000 {
		t.Errorf("only %d comparisons", compared)
	}
}

// possible says whether the literal of l can be true, or false, if the leaves
// have some values: in their frame, or a step later with the same inputs.
func possible(s *transition.System, leaves []bool, l circuit.Lit, use cnf.Use, later bool) func(bool) bool {
	return func(value bool) bool {
		f := &cnf.Formula{}
		e := cnf.NewEncoder(s.Graph, f)
		at := e.Free()
		fix := func(at cnf.Frame, leaf circuit.Lit, on bool) {
			x := e.Lit(at, leaf, cnf.Both)
			if !on {
				x = -x
			}
			f.Add(x)
		}
		for j := range s.States {
			fix(at, s.State(j), leaves[j])
		}
		for j := range s.Inputs {
			fix(at, s.Input(j), leaves[s.States+j])
		}
		if later {
			at = e.After(at, s.Next)
			for j := range s.Inputs {
				fix(at, s.Input(j), leaves[s.States+j])
			}
		}
		x := e.Lit(at, l, use)
		if !value {
			x = -x
		}
		f.Add(x)
		answer, _ := cdcl.Solve(context.Background(), f, nil)
		return answer == cdcl.Sat
	}
}
