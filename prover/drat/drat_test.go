package drat_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/prover/cdcl"
	"github.com/spec-lang/spec/prover/cnf"
	"github.com/spec-lang/spec/prover/cnf/cnftest"
	"github.com/spec-lang/spec/prover/drat"
)

func formula(clauses ...[]cnf.Lit) *cnf.Formula {
	f := &cnf.Formula{}
	for _, c := range clauses {
		f.Add(c...)
		for _, l := range c {
			f.Vars = max(f.Vars, l.Var())
		}
	}
	return f
}

type c = []cnf.Lit

func TestCheck(t *testing.T) {
	all := formula(c{1, 2}, c{1, -2}, c{-1, 2}, c{-1, -2})
	for _, tt := range []struct {
		name string
		f    *cnf.Formula
		text string
		want string // "" if the proof is right
	}{
		{"two steps", all, "1 0\n0\n", ""},
		{"the end may be left out", all, "1 0\n", ""},
		{"propagation alone", formula(c{1}, c{-1}), "", ""},
		{"a step is missing", all, "0\n", "step 1 of the proof does not follow"},
		{"no contradiction", formula(c{1, 2}), "1 2 0\n", "does not come to a contradiction"},
		{"what follows from nothing", formula(c{1, 2}), "1 0\n-1 0\n", "step 2"},
		{"deleted before it is needed", all, "d 1 2 0\n1 0\n0\n", "step 2"},
		{"deleted after it has fixed a literal", formula(c{1}, c{-1, 2}, c{-2, 3, 4}, c{-2, 3, -4}, c{-3}), "d 1 0\n3 0\n", ""},
		// x=3 is defined as the conjunction of 1 and 2: no resolvent says more.
		{"a definition", formula(c{1, 2}, c{1, -2}, c{-1, 2}, c{-1, -2}), "3 -1 -2 0\n-3 1 0\n-3 2 0\n1 0\n0\n", ""},
		{"a definition the other way round", formula(c{1, 2}, c{-3, 1}, c{3, 4}), "3 -1 0\n-3 -4 0\n", "step 2"},
	} {
		p, err := drat.Read(strings.NewReader(tt.text))
		if err != nil {
			t.Fatal(err)
		}
		err = drat.Check(context.Background(), tt.f, p)
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.want)
		}
	}
}

func TestRead(t *testing.T) {
	p := drat.Proof{{Clause: c{1, -2}}, {Delete: true, Clause: c{3}}, {}}
	if p[2].Clause = nil; p.String() != "1 -2 0\nd 3 0\n0\n" {
		t.Errorf("%q", p.String())
	}
	got, err := drat.Read(strings.NewReader(p.String()))
	if d := cmp.Diff(p, got); err != nil || d != "" {
		t.Error(err, d)
	}
	for _, wrong := range []string{"1 2\n", "d\n", "1 x 0\n", "1 0 2 0\n", "99999999999 0\n"} {
		if _, err := drat.Read(strings.NewReader(wrong)); err == nil {
			t.Errorf("%q is read", wrong)
		}
	}
}

// TestMutants spoils proofs: each is refused, or it is a proof all the same,
// of a formula that is not satisfiable. What is satisfiable is never refuted.
func TestMutants(t *testing.T) {
	refused := 0
	for seed := range uint64(25) {
		f := cnftest.Random(seed, 12)
		var log drat.Proof
		if answer, _ := cdcl.Solve(context.Background(), f, &log); answer != cdcl.Unsat {
			continue
		}
		for i := range f.Clauses {
			g := &cnf.Formula{Vars: f.Vars}
			g.Clauses = append(append(g.Clauses, f.Clauses[:i]...), f.Clauses[i+1:]...)
			if err := drat.Check(context.Background(), g, log); err != nil {
				refused++
			} else if cnftest.Satisfiable(g) {
				t.Fatalf("seed %d: refuted without clause %d, but satisfiable", seed, i)
			}
		}
		for i := range log {
			p := append(append(drat.Proof{}, log[:i]...), log[i+1:]...)
			if drat.Check(context.Background(), f, p) != nil {
				refused++
			}
		}
	}
	if refused < 50 {
		t.Errorf("only %d mutants were refused", refused)
	}
}
