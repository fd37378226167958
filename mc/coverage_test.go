package mc_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc"
)

type counts struct {
	Taken, Enabled uint64
	Blocked        []uint64
}

// TestCoverage compares the counters with what the judge says in each state.
func TestCoverage(t *testing.T) {
	sys := irtest.TwoPhase(3)
	exhaust(sys)
	want := make([]counts, len(sys.Actions))
	for i, a := range sys.Actions {
		want[i].Blocked = make([]uint64, len(ir.Conjuncts(a.Guard)))
	}
	for _, state := range irtest.Explore(sys).States {
		last := -1
		for _, o := range eval.Successors(sys, state) {
			c := &want[o.Action.Index]
			c.Taken++
			if o.Action.Index != last {
				last = o.Action.Index
				c.Enabled++
			}
		}
		for i, a := range sys.Actions {
			for _, r := range arguments(a) {
				for j, g := range ir.Conjuncts(a.Guard) {
					if ok, _ := eval.Holds(g, &eval.Env{State: state, Locals: r}); !ok {
						want[i].Blocked[j]++
						break
					}
				}
			}
		}
	}
	res, err := mc.Check(context.Background(), sys, mc.Options{Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range res.Coverage.Actions {
		if diff := cmp.Diff(want[i], counts{c.Taken, c.Enabled, c.Blocked}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.Action.Name, diff)
		}
	}
}

// arguments binds the one parameter of an action, or none.
func arguments(a *ir.Action) []*eval.Locals {
	if len(a.Params) == 0 {
		return []*eval.Locals{nil}
	}
	var out []*eval.Locals
	l := a.Params[0].Local
	for v := range ir.Values(l.Type) {
		out = append(out, (*eval.Locals)(nil).With(l, v))
	}
	return out
}

// TestVacuity: what never matters is reported, what matters once is not.
func TestVacuity(t *testing.T) {
	b := irtest.New("Vacuous")
	x := b.Var("x", b.Int())
	b.Init(b.Put(x, b.I(0)))
	b.Action("Inc", nil, b.Op(ir.Lt, b.Get(x), b.I(3)), b.Put(x, b.Op(ir.Add, b.Get(x), b.I(1))))
	b.Sys.Terminal = b.True()
	is := func(n int64) ir.Expr { return b.Op(ir.Eq, b.Get(x), b.I(n)) }
	was := func(n int64) ir.Expr { return b.Op(ir.Eq, b.Before(x), b.I(n)) }
	upTo := func() ir.Expr { return b.Op(ir.Interval, b.I(5), b.Get(x)) }
	b.Prop(ir.Invariant, "Matters", b.Op(ir.Implies, is(3), b.True()))
	b.Prop(ir.Invariant, "Never", b.Op(ir.Implies, is(4), b.False()))
	b.Prop(ir.Invariant, "EmptyDomain", b.All(b.Local("n", b.Int()), upTo(), b.False()))
	b.Prop(ir.Step, "StepMatters", b.Op(ir.Implies, was(2), is(3)))
	b.Prop(ir.Step, "StepNever", b.Op(ir.Implies, was(3), b.False()))
	b.Prop(ir.Invariant, "Behind", b.Op(ir.Implies, is(1), b.Op(ir.Implies, is(2), b.False())))
	res, err := mc.Check(context.Background(), b.Sys, mc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, v := range res.Coverage.Vacuous {
		got = append(got, v.Prop.Name)
	}
	if diff := cmp.Diff([]string{"Never", "EmptyDomain", "StepNever", "Behind"}, got); diff != "" {
		t.Errorf("vacuous (-want +got):\n%s", diff)
	}
}
