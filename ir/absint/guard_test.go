package absint_test

import (
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/absint"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/irtest"
)

// instances calls visit for every choice of the parameters of an action.
func instances(a *ir.Action, params []*ir.Param, env *eval.Env, visit func(*eval.Env)) {
	if len(params) == 0 {
		visit(env)
		return
	}
	d, err := eval.Expr(params[0].Domain, env)
	if err != nil {
		return
	}
	var elems []ir.Value
	switch d := d.(type) {
	case ir.SetValue:
		elems = d.Elems
	case ir.BagValue:
		elems = d.Elems
	case ir.SeqValue:
		elems = d.Elems
	}
	for _, v := range elems {
		instances(a, params[1:], env.Bind(params[0].Local, v), visit)
	}
}

// TestGuards compares what is known of the parts of guards with what they are
// in the reachable states, and what is known from types alone with both.
func TestGuards(t *testing.T) {
	always, never := 0, 0
	for seed := range samples() {
		sys := random(seed)
		trees, types := absint.Of(sys).Trees(), absint.OfTypes(sys)
		for _, a := range sys.Actions {
			for _, part := range ir.Conjuncts(a.Guard) {
				if v := trees.Value(part); v != nil && v.Single() != nil && v.Single().(ir.Bool) {
					always++
				} else if v != nil && !v.Has(ir.Bool(true)) {
					never++
				}
			}
		}
		for _, s := range irtest.ExploreUpTo(sys, states(12)).States {
			for _, v := range sys.Vars {
				if !types.Var(v).Has(s[v.Index]) {
					t.Fatalf("seed %d: %s cannot be %s by its type", seed, v.Name, ir.Format(s[v.Index]))
				}
			}
			for _, a := range sys.Actions {
				instances(a, a.Params, &eval.Env{State: s, Old: s}, func(env *eval.Env) {
					for _, part := range ir.Conjuncts(a.Guard) {
						got, err := eval.Expr(part, env)
						if err != nil {
							if !mayFail(trees, part) {
								t.Fatalf("seed %d: a part of the guard of %s fails: %v", seed, a.Name, err)
							}
							return
						}
						if v := trees.Value(part); v == nil || !v.Has(got) {
							t.Fatalf("seed %d: a part of the guard of %s is %v, against %v", seed, a.Name, got, v)
						}
						if !got.(ir.Bool) {
							return
						}
					}
				})
			}
		}
	}
	t.Logf("%d parts are always true, %d never", always, never)
	if always == 0 || never == 0 {
		t.Error("nothing was claimed")
	}
}

// mayFail reports whether some part of e may fail.
func mayFail(trees absint.Trees, e ir.Expr) bool {
	fails := false
	ir.Walk(e, func(t ir.Tree) bool {
		fails = fails || trees.MayFail(t)
		if c, ok := t.(*ir.Call); ok {
			fails = fails || c.Func.Value == nil || mayFail(trees, c.Func.Value)
		}
		return !fails
	})
	return fails
}
