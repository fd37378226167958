//go:build solvers

// Package induction_test proves the specs of this folder with real solvers, which
// `make deps` installs. What their absence means is tested with fakes, in
// prover/solver and prover/inductive.
package induction_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spec-lang/spec/elaborate"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc"
	"github.com/spec-lang/spec/prover/encode"
	"github.com/spec-lang/spec/prover/hoare"
	"github.com/spec-lang/spec/prover/inductive"
	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/prover/term"
	"github.com/spec-lang/spec/prover/wp"
	"github.com/spec-lang/spec/typecheck/types"
	"github.com/spec-lang/spec/workspace"
)

// model is a model of a spec of this folder.
type model struct {
	snap *workspace.Snapshot
	*types.Model
}

func models(t *testing.T) []model {
	t.Helper()
	paths, err := filepath.Glob("*.spec")
	if err != nil || len(paths) == 0 {
		t.Fatal("no specs", err)
	}
	var out []model
	ws := workspace.New()
	for _, p := range paths {
		s := ws.Snapshot(p)
		if s.Diags.HasErrors() {
			t.Fatalf("%s: %v", p, s.Diags)
		}
		for _, m := range s.Models() {
			out = append(out, model{s, m})
		}
	}
	return out
}

func (m model) system(t *testing.T, sizes map[string]int) *ir.System {
	t.Helper()
	sys, diags := elaborate.Resized(m.snap.Info, m.Model, sizes)
	if sys == nil {
		t.Fatal(diags)
	}
	return sys
}

func (m model) resize(sizes map[string]int) *ir.System {
	sys, _ := elaborate.Resized(m.snap.Info, m.Model, sizes)
	return sys
}

// want is what becomes of each inductive invariant: for every size of all
// sorts, or the step that breaks it.
var want = map[string]string{
	"peterson Two Mutex":          "inductive",
	"peterson NoTurn Mutex":       "P_give breaks Turn",
	"readers Three Exclusive":     "inductive for every size of Client",
	"readers Selfish Exclusive":   "Write breaks Exclusive",
	"token Three Mutex":           "inductive for every size of Node",
	"token Generous Mutex":        "Pass breaks Token",
	"lease Two TokensDiffer":      "inductive for every size of Client",
	"lease Two HolderWrites":      "inductive for every size of Client",
	"lease Amnesia TokensDiffer":  "Expire breaks Issued",
	"lease Amnesia HolderWrites":  "Expire breaks HolderWrites",
	"ring Three OneLeader":        "inductive for every size of Node Id",
	"ring Polite OneLeader":       "Relay breaks Back",
	"dlock Small OnePerEpoch":     "inductive for every size of Node Epoch",
	"dlock Same OnePerEpoch":      "Hand breaks OneGrant",
	"majority Three OneLeader":    "inductive for every size of Server",
	"majority Half OneLeader":     "Lead breaks Most",
	"paxos Small Agreement":       "inductive for every size of Acceptor Quorum Round Value",
	"paxos Stubborn Agreement":    "ProposeNew breaks Safe",
	"loops Good Full":             "inductive",
	"loops Silent Full":           "not decided",
	"twophase Small Consistent":   "inductive for every size of RM",
	"twophase BareTwo Consistent": "Quit breaks Consistent",
}

func TestProofs(t *testing.T) {
	solvers := solver.Find(t.Context())
	if len(solvers) < 2 {
		t.Fatalf("z3 and cvc5 are not both here: run `make deps`; found %d", len(solvers))
	}
	seen := 0
	for _, m := range models(t) {
		sys := m.system(t, nil)
		for _, p := range sys.Props {
			if !p.Inductive {
				continue
			}
			name := fmt.Sprintf("%s %s %s", sys.Module, sys.Model, p.Name)
			seen++
			start := time.Now()
			ind, err := inductive.Check(t.Context(), sys, p, inductive.Options{Solver: &solver.Portfolio{Solvers: solvers}, Resize: m.resize})
			if err != nil {
				t.Fatal(err)
			}
			if got := said(ind); got != want[name] {
				t.Errorf("%s: got %q (%s), want %q", name, got, ind.Why, want[name])
			}
			t.Logf("%s: %s, %d obligations, %s", name, said(ind), ind.Obligations, time.Since(start).Round(10*time.Millisecond))
		}
	}
	if seen != len(want) {
		t.Errorf("%d invariants were asked about, want %d", seen, len(want))
	}
}

func said(ind *evidence.Induction) string {
	switch ind.Outcome {
	case evidence.IsInductive:
		s := "inductive"
		for i, sort := range ind.Every {
			if i == 0 {
				s += " for every size of"
			}
			s += " " + sort.Name
		}
		return s
	case evidence.NotInductive:
		return ind.Counter.Action.Name + " breaks " + ind.Counter.Prop.Name
	}
	return "not decided"
}

// TestSizes: what is proved for every size is so at the sizes that a search
// can visit.
func TestSizes(t *testing.T) {
	visited := uint64(0)
	for _, m := range models(t) {
		sys := m.system(t, nil)
		if !strings.HasPrefix(want[fmt.Sprintf("%s %s %s", sys.Module, sys.Model, first(sys))], "inductive") {
			continue
		}
		for n := 1; n <= 3; n++ {
			sizes := map[string]int{}
			for _, s := range wp.Free(sys) {
				sizes[s.Name] = n
			}
			at := m.system(t, sizes)
			res, err := mc.Check(context.Background(), at, mc.Options{Limits: mc.Limits{States: 50_000}})
			if err != nil {
				t.Fatal(err)
			}
			visited += res.States.Distinct
			for _, f := range res.Findings {
				if f.Prop.Kind == ir.Invariant && f.Verdict == evidence.Violated {
					t.Errorf("%s, all sorts of size %d: %s is violated", sys.Module, n, f.Prop.Name)
				}
			}
		}
	}
	if visited < 50_000 {
		t.Errorf("only %d states were visited", visited)
	}
}

func first(sys *ir.System) string {
	for _, p := range sys.Props {
		if p.Inductive {
			return p.Name
		}
	}
	return ""
}

// TestNothingFollowsFromNothing: no proof rests on assertions that contradict
// each other without what is to be proved: every step is possible somewhere.
func TestNothingFollowsFromNothing(t *testing.T) {
	all := &solver.Portfolio{Solvers: solver.Find(t.Context())}
	for _, m := range models(t) {
		sys := m.system(t, nil)
		sizes := map[string]int{}
		for _, s := range wp.Free(sys) {
			sizes[s.Name] = 3
		}
		sys = m.system(t, sizes)
		for _, p := range sys.Props {
			if !p.Inductive {
				continue
			}
			obligations, err := wp.Invariant(sys, p, wp.Rules{Lemmas: p.Using})
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range obligations {
				q := ground(o)
				q.Asserts = slices.DeleteFunc(q.Asserts, func(a solver.Assertion) bool { return a.Name == "goal" })
				if a, err := all.Solve(t.Context(), q); err != nil || a.Status != solver.Sat {
					t.Errorf("%s %s, %s: %s %v: it follows from nothing", sys.Module, sys.Model, o.Name, a.Status, err)
				}
			}
		}
	}
}

// ground is an obligation without quantifiers over known elements.
func ground(o *wp.Obligation) *solver.Query {
	g := term.NewGrounder(o.Bank)
	q := &solver.Query{Limit: time.Minute}
	for _, a := range o.Asserts {
		q.Asserts = append(q.Asserts, solver.Assertion{Name: a.Name, Term: g.Ground(a.Term)})
	}
	for i, l := range g.Limits() {
		q.Asserts = append(q.Asserts, solver.Assertion{Name: fmt.Sprintf("limit%d", i), Term: l})
	}
	return q
}

// functions is the verdict on each function.
var functions = map[string]map[string]evidence.Verdict{
	"functions": {"power": evidence.Holds, "sumTo": evidence.Holds, "sumLoop": evidence.Holds, "gcdOf": evidence.Holds, "gcd": evidence.Holds,
		"search": evidence.Holds, "saturating": evidence.Holds, "refill": evidence.Holds, "backoff": evidence.Holds, "overlap": evidence.Holds,
		"sign": evidence.Holds},
	"laws":      {"mergeLaws": evidence.Holds, "growLaws": evidence.Holds, "quorums": evidence.Holds, "sorted": evidence.Holds, "learn": evidence.Holds},
	"wronglaws": {"mergeLaws": evidence.Violated, "quorums": evidence.Violated, "sorted": evidence.Violated, "learn": evidence.Violated},
	"wrongfunctions": {"search": evidence.Violated, "sumLoop": evidence.Unknown, "forever": evidence.Violated, "unguarded": evidence.Violated,
		"careless": evidence.Violated, "wrongSign": evidence.Violated},
}

func TestFunctions(t *testing.T) {
	opt := hoare.Options{Solver: &solver.Portfolio{Solvers: solver.Find(t.Context())}}
	seen := 0
	for _, m := range models(t) {
		sys := m.system(t, nil)
		want := functions[sys.Module]
		if want == nil {
			continue
		}
		seen++
		got, err := hoare.Check(t.Context(), sys, opt)
		if err != nil || len(got) != len(want) {
			t.Fatalf("%s: %d functions, want %d: %v", sys.Module, len(got), len(want), err)
		}
		for _, c := range got {
			why := ""
			if c.Unmet != nil {
				why = c.Unmet.Goal + ": " + c.Unmet.Why
			}
			if c.Verdict != want[c.Func.Name] {
				t.Errorf("%s %s: %s (%s), want %s", sys.Module, c.Func.Name, c.Verdict, why, want[c.Func.Name])
			}
			t.Logf("%s %s: %s, %d goals %s", sys.Module, c.Func.Name, c.Verdict, c.Goals, why)
		}
	}
	if seen != len(functions) {
		t.Errorf("%d specs with functions, want %d", seen, len(functions))
	}
}

// TestNoFunctionFollowsFromNothing: where something is to be shown of a
// function, something can be true.
func TestNoFunctionFollowsFromNothing(t *testing.T) {
	all := &solver.Portfolio{Solvers: solver.Find(t.Context())}
	asked := 0
	for _, m := range models(t) {
		sys := m.system(t, nil)
		if functions[sys.Module] == nil {
			continue
		}
		for _, f := range sys.Funcs {
			b := term.NewBank()
			e := encode.New(b, sys, wp.Free(sys))
			proof := e.Prove(f)
			for _, goal := range proof.Goals {
				q := &solver.Query{Limit: 2 * time.Second, Asserts: []solver.Assertion{{Name: "path", Term: goal.Path}}}
				for i, f := range e.Facts() {
					q.Asserts = append(q.Asserts, solver.Assertion{Name: fmt.Sprintf("fact%d", i), Term: f})
				}
				asked++
				if a, err := all.Solve(t.Context(), q); err != nil || a.Status == solver.Unsat && a.Solver != "" {
					t.Errorf("%s %s, %v at %v: nothing comes here: %v", sys.Module, f.Name, goal.Kind, goal.Span, err)
				}
			}
		}
	}
	if asked < 40 {
		t.Errorf("only %d goals", asked)
	}
}
