package mc_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc"
)

// merged compares a search of all states with searches of their
// representatives: verdicts, depths, and every trace step by step. It returns
// how many states each has.
func merged(t *testing.T, sys *ir.System) (all, few uint64) {
	t.Helper()
	exhaust(sys)
	want, full := told(t, sys, mc.Options{Workers: 1, Limits: mc.Limits{States: 5000}})
	if full.Basis.Kind == evidence.Partial {
		return 0, 0
	}
	alone := mc.Options{Workers: 1, Reductions: mc.Reductions{Symmetry: mc.Always}}
	few = full.States.Distinct
	for _, opt := range []mc.Options{alone, mc.Lonely(mc.Options{Workers: 3, Reductions: alone.Reductions}, 1)} {
		got, less := told(t, sys, opt)
		if less.States.Depth != full.States.Depth {
			t.Errorf("got depth %d, want %d", less.States.Depth, full.States.Depth)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d workers (-all +representatives):\n%s", opt.Workers, diff)
		}
		few = less.States.Distinct
	}
	return full.States.Distinct, few
}

// crew is workers that start, work and end in any order, at most three of them
// at work. What the properties say goes wrong at many depths, and the first
// representatives that are found to do so are not the first states.
func crew(n int) *ir.System {
	b := irtest.New("Crew")
	w := b.Sort("W", n, ir.Unordered)
	phaseT := b.Enumerate("Phase", "Idle", "Ready", "Works", "Done")
	phase, busy, spent := b.Var("phase", b.Func(w, phaseT)), b.Var("busy", b.Set(w)), b.Var("spent", b.Int())
	b.Init(b.Put(phase, b.OpT(phase.Type, ir.ConstFunc, b.Make(phaseT, 0))), b.Put(busy, b.OpT(busy.Type, ir.SetLit)), b.Put(spent, b.I(0)))
	is := func(x ir.Expr, v int) ir.Expr { return b.Op(ir.Eq, b.At(phase, x), b.Make(phaseT, v)) }
	count := func(v int) ir.Expr {
		x := b.Local("x", w)
		return b.Bind(b.Int(), ir.Count, x, b.Values(w), nil, is(b.Use(x), v))
	}
	few := func(k int64) ir.Expr { return b.Op(ir.Lt, b.Op(ir.Len, b.Get(busy)), b.I(k)) }
	turn := func(name string, from, to int, set ir.Op, cond ir.Expr, more ...ir.Stmt) {
		p := b.Param("w", w)
		body := []ir.Stmt{b.PutAt(phase, b.Use(p.Local), b.Make(phaseT, to))}
		if set != 0 {
			body = append(body, b.Put(busy, b.Op(set, b.Get(busy), b.Op(ir.SetLit, b.Use(p.Local)))))
		}
		b.Action(name, []*ir.Param{p}, b.Every(is(b.Use(p.Local), from), cond), append(body, more...)...)
	}
	turn("Start", 0, 1, 0, b.True())
	turn("Work", 1, 2, ir.Union, few(3))
	turn("End", 2, 3, ir.Diff, b.True(), b.Put(spent, b.Op(ir.Div, b.I(6), b.Op(ir.Sub, count(3), b.I(2)))))
	turn("Rush", 0, 2, ir.Union, few(1)) // where Start and Work lead too
	b.Prop(ir.Invariant, "NeverThree", few(3))
	b.Prop(ir.Invariant, "NeverOneOfEach", b.Op(ir.Not, b.Every(b.Op(ir.Eq, count(1), b.I(1)), b.Op(ir.Eq, count(2), b.I(1)), b.Op(ir.Eq, count(3), b.I(1)))))
	b.Prop(ir.Step, "NeverFromTwo", b.Op(ir.Implies, b.Op(ir.Eq, b.Op(ir.Len, b.Before(busy)), b.I(2)), few(3)))
	b.Prop(ir.Witness, "AllReady", b.Op(ir.Eq, count(1), b.I(int64(n))))
	return b.Sys
}

// TestSymmetryKeepsVerdicts on systems with figures and random ones.
func TestSymmetryKeepsVerdicts(t *testing.T) {
	smaller := 0
	look := func(name string, sys *ir.System) {
		t.Run(name, func(t *testing.T) {
			if all, few := merged(t, sys); few < all {
				smaller++
			}
		})
	}
	for _, k := range irtest.Systems() {
		look(k.Name, k.Sys)
	}
	look("two-phase commit, 4", irtest.TwoPhase(4))
	look("philosophers, 5", irtest.Philosophers(5))
	look("crew, 3", crew(3))
	look("crew, 4", crew(4))
	for seed := range uint64(150) {
		look(fmt.Sprint(seed), irtest.Random(seed))
	}
	if smaller < 5 {
		t.Errorf("only %d systems were made smaller", smaller)
	}
}
