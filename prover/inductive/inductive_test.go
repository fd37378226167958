package inductive_test

import (
	"context"
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/prover/inductive"
	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/prover/term"
)

// scripted answers queries by what it is told; what it is asked for the value
// of has the value of its name, or 0.
type scripted struct {
	status solver.Status
	values map[string]int64
	err    error
	asked  int
}

func (s *scripted) Name() string { return "scripted" }

func (s *scripted) Solve(_ context.Context, q *solver.Query) (solver.Answer, error) {
	s.asked++
	a := solver.Answer{Status: s.status, Solver: "scripted", Why: "it is only a script", Values: solver.Values{}}
	if s.status == solver.Sat && q.Need != nil {
		for need := q.Need(a.Values); len(need) > 0; need = q.Need(a.Values) {
			for _, t := range need {
				a.Values[t] = s.value(t)
			}
		}
	}
	return a, s.err
}

func (s *scripted) value(t *term.Term) solver.Value {
	return solver.Value{Int: big.NewInt(s.values[t.Fn.Name]), Bool: s.values[t.Fn.Name] != 0}
}

// counter counts to three; x <= 3 is inductive, x < 3 is not even true, x != -1
// is true but not inductive.
func counter() (*ir.System, map[string]*ir.Property) {
	b := irtest.New("Counter")
	x := b.Var("x", b.Int())
	b.Init(b.Put(x, b.I(0)))
	b.Action("Up", nil, b.Op(ir.Lt, b.Get(x), b.I(3)), b.Put(x, b.Op(ir.Add, b.Get(x), b.I(1))))
	props := map[string]*ir.Property{
		"Low":      b.Prop(ir.Invariant, "Low", b.Op(ir.Le, b.Get(x), b.I(3))),
		"Lower":    b.Prop(ir.Invariant, "Lower", b.Op(ir.Lt, b.Get(x), b.I(3))),
		"Positive": b.Prop(ir.Invariant, "Positive", b.Op(ir.Ne, b.Get(x), b.I(-1))),
	}
	return b.Sys, props
}

func TestOutcomes(t *testing.T) {
	for _, tt := range []struct {
		name   string
		prop   string
		solver scripted
		want   evidence.InductionOutcome
		why    string
	}{
		{"the solver says so", "Low", scripted{status: solver.Unsat}, evidence.IsInductive, ""},
		{"a step that breaks it", "Lower", scripted{status: solver.Sat, values: map[string]int64{"x": 2}}, evidence.NotInductive, ""},
		{"a step that breaks it and cannot be reached", "Positive", scripted{status: solver.Sat, values: map[string]int64{"x": -2}}, evidence.NotInductive, ""},
		{"a model in which the step is not possible", "Lower", scripted{status: solver.Sat, values: map[string]int64{"x": 7}}, evidence.NotDecided, "its model is no counterexample: invariant Lower is not true before the step"},
		{"a model in which the step keeps it", "Lower", scripted{status: solver.Sat, values: map[string]int64{"x": 1}}, evidence.NotDecided, "its model is no counterexample: invariant Lower is true after the step"},
		{"nobody knows", "Low", scripted{status: solver.Unknown}, evidence.NotDecided, "scripted does not know: it is only a script"},
		{"a solver that crashes", "Low", scripted{err: &solver.Fault{Solver: "scripted", What: "it ended without an answer"}}, evidence.NotDecided, "solver scripted: it ended without an answer"},
	} {
		sys, props := counter()
		if tt.solver.status == solver.Sat { // the initial state is not what is asked about
			sys.Init = sys.Init[:0:0]
			sys.Init = append(sys.Init, initTo(sys, 0))
		}
		got, err := inductive.Check(t.Context(), sys, props[tt.prop], inductive.Options{Solver: skipInitial(&tt.solver)})
		if err != nil {
			t.Fatal(err)
		}
		if got.Outcome != tt.want || !strings.Contains(got.Why, tt.why) {
			t.Errorf("%s: got %v, %q, want %v, %q", tt.name, got.Outcome, got.Why, tt.want, tt.why)
		}
		if (got.Counter != nil) != (tt.want == evidence.NotInductive) {
			t.Errorf("%s: counterexample is %v", tt.name, got.Counter)
		}
	}
}

func initTo(sys *ir.System, n int64) ir.Stmt {
	v := sys.Vars[0]
	return &ir.Assign{Target: ir.Target{Var: v}, Value: &ir.Lit{Node: ir.Node{T: v.Type}, Value: ir.NewInt(n)}}
}

// skipInitial answers for initial states that they are fine, and leaves the
// rest to s. Obligations of initial states have no guard.
func skipInitial(s *scripted) solver.Solver { return initially{s} }

type initially struct{ *scripted }

func (s initially) Solve(ctx context.Context, q *solver.Query) (solver.Answer, error) {
	for _, a := range q.Asserts {
		if a.Name == "guard" {
			return s.scripted.Solve(ctx, q)
		}
	}
	return solver.Answer{Status: solver.Unsat, Solver: "scripted"}, nil
}

// TestExcluding: other invariants that are false before the step are named.
func TestExcluding(t *testing.T) {
	sys, props := counter()
	got, err := inductive.Check(t.Context(), sys, props["Positive"],
		inductive.Options{Solver: skipInitial(&scripted{status: solver.Sat, values: map[string]int64{"x": -2}})})
	if err != nil || got.Counter == nil {
		t.Fatal(got, err)
	}
	if ex := got.Counter.Excluding; len(ex) != 0 {
		t.Errorf("excluded by %s, want nothing: all are true at -2", ex[0].Name)
	}
	b := irtest.New("Known")
	x := b.Var("x", b.Int())
	b.Init(b.Put(x, b.I(0)))
	b.Action("Jump", nil, b.Op(ir.Eq, b.Get(x), b.I(5)), b.Put(x, b.I(9)))
	p := b.Prop(ir.Invariant, "Small", b.Op(ir.Lt, b.Get(x), b.I(9)))
	b.Prop(ir.Invariant, "Zero", b.Op(ir.Eq, b.Get(x), b.I(0)))
	got, err = inductive.Check(t.Context(), b.Sys, p,
		inductive.Options{Solver: skipInitial(&scripted{status: solver.Sat, values: map[string]int64{"x": 5}})})
	if err != nil || got.Counter == nil || len(got.Counter.Excluding) != 1 || got.Counter.Excluding[0].Name != "Zero" {
		t.Errorf("got %+v, %v, want the counterexample that Zero excludes", got, err)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	sys, props := counter()
	_, err := inductive.Check(ctx, sys, props["Low"], inductive.Options{Solver: &scripted{err: ctx.Err()}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the error of the context", err)
	}
}

// TestSizedSorts: where a constant depends on the size of a sort, a proof is
// for that size alone, and says so.
func TestSizedSorts(t *testing.T) {
	for _, sized := range []bool{false, true} {
		b := irtest.New("Sizes")
		node := b.Sort("Node", 2, ir.Unordered)
		node.Sort.Sized = sized
		in := b.Var("in", b.Set(node))
		b.Init(b.Put(in, b.OpT(b.Set(node), ir.SetLit)))
		p := b.Prop(ir.Invariant, "In", b.Op(ir.Subset, b.Get(in), b.Values(node)))
		got, err := inductive.Check(t.Context(), b.Sys, p, inductive.Options{Solver: &scripted{status: solver.Unsat}})
		if err != nil || got.Outcome != evidence.IsInductive {
			t.Fatal(got, err)
		}
		if every := len(got.Every) == 1; every == sized || sized != strings.Contains(got.Why, "depend on the size of Node") {
			t.Errorf("sized %v: for every size is %v, %q", sized, every, got.Why)
		}
	}
}
