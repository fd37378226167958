package explain_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/ir/irtest"
)

// TestSmallestPart looks for the false part of formulas about a machine with
// n, which is 2, and level, which is 0 for RM.1 and 5 for RM.2.
func TestSmallestPart(t *testing.T) {
	for _, tt := range []struct {
		name    string
		formula func(w *small) (whole, part ir.Expr)
		want    []string
	}{
		{"a comparison", func(w *small) (ir.Expr, ir.Expr) {
			e := w.b.Op(ir.Lt, w.n(), w.b.I(1))
			return e, e
		}, []string{"n = 2 (from the start)"}},
		{"under a quantifier without a conjunction", func(w *small) (ir.Expr, ir.Expr) {
			e := w.b.All(w.r, w.rms(), w.low())
			return e, e
		}, []string{"r = RM.2 (5 from the start)"}},
		{"a conjunct under a quantifier", func(w *small) (ir.Expr, ir.Expr) {
			part := w.low()
			return w.b.All(w.r, w.rms(), w.b.Every(w.b.Op(ir.Eq, w.n(), w.b.I(2)), part)), part
		}, []string{"r = RM.2 (5 from the start)"}},
		{"a conjunct of a function", func(w *small) (ir.Expr, ir.Expr) {
			p, part := w.b.Local("p", w.rm), w.b.False()
			f := w.b.Function("f", []*ir.Local{p}, w.b.Bool(), w.b.Every(w.b.True(), part))
			return w.b.Call(f, w.b.Val(w.rm, ir.Elem{Sort: w.rm.Sort, Index: 0})), part
		}, []string{"p = RM.1 ()"}},
		{"a branch", func(w *small) (ir.Expr, ir.Expr) {
			part := w.b.Op(ir.Lt, w.n(), w.b.I(2))
			return w.b.Cond(w.b.Op(ir.Eq, w.n(), w.b.I(2)), part, w.b.True()), part
		}, []string{"n = 2 (from the start)"}},
		{"an implication", func(w *small) (ir.Expr, ir.Expr) {
			e := w.b.Op(ir.Implies, w.b.Some(w.r, w.rms(), w.b.Op(ir.Not, w.low())), w.b.Op(ir.Gt, w.n(), w.b.I(2)))
			return e, e
		}, []string{"r = RM.2 (5 from the start)", "n = 2 (from the start)"}},
		{"a disjunction", func(w *small) (ir.Expr, ir.Expr) {
			e := w.b.Op(ir.Or, w.b.Op(ir.Lt, w.n(), w.b.I(0)), w.b.Op(ir.Gt, w.n(), w.b.I(9)))
			return e, e
		}, []string{"n = 2 (from the start)"}},
		{"a let", func(w *small) (ir.Expr, ir.Expr) {
			l, part := w.b.Local("twice", w.b.Int()), ir.Expr(nil)
			part = w.b.Op(ir.Lt, w.b.Use(l), w.b.I(3))
			body := w.b.Every(w.b.True(), part)
			return &ir.Let{Node: ir.Node{T: w.b.Bool()}, Local: l, Value: w.b.Op(ir.Mul, w.n(), w.b.I(2)), Body: body}, part
		}, []string{"twice = 4 ()"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newSmall()
			whole, part := tt.formula(w)
			p := w.b.Prop(ir.Invariant, "P", whole)
			tr := &evidence.Trace{Steps: []evidence.Step{{State: eval.Initial(w.b.Sys)[0].State}}, Loop: -1}
			res := result(w.b.Sys, p, tr)
			if err := explain.Fill(res); err != nil {
				t.Fatal(err)
			}
			f := res.Findings[0].Failing
			if f.Expr != part {
				t.Errorf("got another part: %#v", f.Expr)
			}
			if diff := cmp.Diff(tt.want, show(f.Bindings)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

type small struct {
	b     *irtest.B
	rm    *ir.Type
	r     *ir.Local
	count *ir.Var
	level *ir.Var
}

func newSmall() *small {
	w := &small{b: irtest.New("Small")}
	w.rm = w.b.Sort("RM", 2, ir.Unordered)
	w.r = w.b.Local("r", w.rm)
	w.count, w.level = w.b.Var("n", w.b.Int()), w.b.Var("level", w.b.Func(w.rm, w.b.Int()))
	w.b.Init(w.b.Put(w.count, w.b.I(2)), w.b.Put(w.level, w.b.OpT(w.level.Type, ir.ConstFunc, w.b.I(0))),
		w.b.PutAt(w.level, w.b.Val(w.rm, ir.Elem{Sort: w.rm.Sort, Index: 1}), w.b.I(5)))
	return w
}

func (w *small) n() ir.Expr   { return w.b.Get(w.count) }
func (w *small) rms() ir.Expr { return w.b.Values(w.rm) }
func (w *small) low() ir.Expr { return w.b.Op(ir.Lt, w.b.At(w.level, w.b.Use(w.r)), w.b.I(3)) }

func TestWalk(t *testing.T) {
	first := func(int) int { return 0 }
	for _, tt := range []struct {
		name  string
		sys   *ir.System
		steps int // at most
		want  int // taken
		kind  ir.PropKind
	}{
		{"to a violation", irtest.Counter(), 9, 3, ir.Invariant},
		{"as far as asked", irtest.TwoPhase(2), 3, 3, 0},
		{"to a deadlock", irtest.Philosophers(2), 9, 2, ir.Deadlock},
		{"to an evaluation error", irtest.Divide(), 9, 4, ir.Evaluation},
		{"to a failed assertion", irtest.Asserting(), 9, 4, ir.Assertion},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tr, f := irtest.Walk(tt.sys, tt.steps, first)
			kind := ir.PropKind(0)
			if f != nil {
				kind = f.Prop.Kind
			}
			if kind != tt.kind || len(tr.Steps)-1 != tt.want {
				t.Fatalf("got %v after %d steps, want %v after %d", kind, len(tr.Steps)-1, tt.kind, tt.want)
			}
			if f == nil {
				f = &evidence.Finding{Prop: &ir.Property{Kind: ir.Scenario}, Verdict: evidence.Holds, Trace: tr}
			}
			if err := explain.Fill(&evidence.Result{System: tt.sys, Findings: []evidence.Finding{*f}}); err != nil {
				t.Errorf("the run does not replay: %v", err)
			}
		})
	}
}
