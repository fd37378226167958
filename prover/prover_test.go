package prover_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/prover"
)

// lift goes from 0 to 5. Each formula is given what the floor is.
func lift(formulas ...func(b *irtest.B, floor ir.Expr) ir.Expr) *ir.System {
	b := irtest.New("Lift")
	x := b.Var("floor", b.Ints(0, 5))
	floor := func() ir.Expr { return b.To(b.Int(), b.Get(x)) }
	b.Init(b.Put(x, b.To(x.Type, b.I(0))))
	b.Action("Up", nil, b.Op(ir.Lt, floor(), b.I(5)), b.Put(x, b.To(x.Type, b.Op(ir.Add, floor(), b.I(1)))))
	b.Sys.Terminal = b.True()
	for i, f := range formulas {
		b.Prop(ir.Invariant, string(rune('P'+i)), f(b, floor()))
	}
	return b.Sys
}

// below is true up to a floor, has no value there, and is false above if so is
// after.
func below(floor int64, after bool) func(*irtest.B, ir.Expr) ir.Expr {
	return func(b *irtest.B, at ir.Expr) ir.Expr {
		fails := b.Op(ir.Eq, b.Op(ir.Div, b.I(1), b.Op(ir.Sub, at, b.I(floor))), b.I(7))
		return b.Cond(b.Op(ir.Eq, at, b.I(floor)), fails, b.Cond(b.Op(ir.Gt, at, b.I(floor)), b.Val(b.Bool(), ir.Bool(after)), b.True()))
	}
}

func verdicts(t *testing.T, sys *ir.System, opt prover.Options) (out []string) {
	t.Helper()
	res, err := prover.Check(context.Background(), sys, opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range res.Findings {
		out = append(out, strings.TrimSpace(f.Prop.Label()+" "+f.Verdict.String()+" "+f.Why))
	}
	return out
}

// TestNoValue tells properties without a value from those that are violated:
// what fails after a property is decided is not evaluated any more.
func TestNoValue(t *testing.T) {
	always := func(b *irtest.B, at ir.Expr) ir.Expr { return b.Op(ir.Le, at, b.I(5)) }
	early := func(b *irtest.B, at ir.Expr) ir.Expr {
		return b.Op(ir.And, b.Op(ir.Ne, at, b.I(2)), below(4, true)(b, at))
	}
	const division = "no evaluation error violated division by zero: 1 / 0"
	for _, tt := range []struct {
		name string
		sys  *ir.System
		want []string
	}{
		{"no value", lift(always, below(3, true)), []string{"invariant P holds", "invariant Q unknown it has no value in some state", division}},
		{"no value, then violated", lift(always, below(3, false)), []string{"invariant P holds", "invariant Q violated", division}},
		{"violated, then no value", lift(always, early), []string{"invariant P holds", "invariant Q violated"}},
	} {
		for _, e := range []prover.Engine{prover.Portfolio, prover.IC3, prover.Induction} {
			if d := cmp.Diff(tt.want, verdicts(t, tt.sys, prover.Options{Engine: e})); d != "" {
				t.Errorf("%s, %s:\n%s", tt.name, e, d)
			}
		}
	}
}

// TestBounds looks only as far as the depth, and says so.
func TestBounds(t *testing.T) {
	sys := lift(below(9, true), func(b *irtest.B, at ir.Expr) ir.Expr { return b.Op(ir.Lt, at, b.I(4)) })
	limit := "nothing found within 3 steps, and longer runs were not looked at"
	want := []string{"invariant P unknown " + limit, "invariant Q unknown " + limit}
	if d := cmp.Diff(want, verdicts(t, sys, prover.Options{Engine: prover.BMC, Depth: 3})); d != "" {
		t.Error(d)
	}
	if got := verdicts(t, sys, prover.Options{Engine: prover.BMC, Depth: 4}); got[1] != "invariant Q violated" {
		t.Error(got)
	}
}

// TestLimits ends proofs early, for each reason.
func TestLimits(t *testing.T) {
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	always := func(b *irtest.B, at ir.Expr) ir.Expr { return b.Op(ir.Le, at, b.I(5)) }
	for _, tt := range []struct {
		want string
		ctx  context.Context
		lim  prover.Limits
	}{
		{"interrupted", ended, prover.Limits{}},
		{"the time limit of 1ns", context.Background(), prover.Limits{Time: time.Nanosecond}},
	} {
		for _, e := range engines {
			res, err := prover.Check(tt.ctx, lift(always), prover.Options{Engine: e, Limits: tt.lim})
			if err != nil {
				t.Fatal(err)
			}
			if f := res.Findings[0]; res.Basis.Kind != evidence.Partial || res.Basis.Limit != tt.want || f.Verdict != evidence.Unknown || f.Why != tt.want {
				t.Errorf("%s: %+v, %s %s", e, res.Basis, f.Verdict, f.Why)
			}
		}
	}
}
