package mc_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc"
)

// TestLongerRuns: in a large system the run that is found first is shown, and
// the report says that there may be shorter ones; in a small one there are none.
func TestLongerRuns(t *testing.T) {
	for n, want := range map[int64]bool{20: false, 220: true} {
		b := irtest.New("Grid")
		side := b.Ints(0, n)
		x, y := b.Var("x", side), b.Var("y", side)
		at := func(v *ir.Var, i int64) ir.Expr { return b.Op(ir.Eq, b.Get(v), b.To(side, b.I(i))) }
		up := func(v *ir.Var) ir.Stmt {
			return b.Put(v, b.To(side, b.Op(ir.Add, b.To(b.Int(), b.Get(v)), b.I(1))))
		}
		b.Init(b.Put(x, b.To(side, b.I(0))), b.Put(y, b.To(side, b.I(0))))
		b.Action("Right", nil, b.Op(ir.Not, at(x, n)), up(x))
		b.Action("Up", nil, b.Op(ir.Not, at(y, n)), up(y))
		b.Action("Stay", nil, at(x, 5))
		p := b.Prop(ir.Temporal, "Leaves", b.OpT(b.Bool(), ir.Eventually, at(x, 6)))
		b.Sys.Checks = []ir.Check{{Prop: p, Depth: -1}}
		res, err := mc.Check(context.Background(), b.Sys, mc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		f := res.Findings[slices.IndexFunc(res.Findings, func(f evidence.Finding) bool { return f.Prop == p })]
		if f.Verdict != evidence.Violated || f.Depth != 5 {
			t.Errorf("%d: got %v at depth %d: %s", n, f.Verdict, f.Depth, f.Why)
		}
		told := slices.ContainsFunc(res.Basis.Notes, func(s string) bool {
			return strings.Contains(s, "there may be a run against Leaves with fewer steps before its loop")
		})
		if told != want {
			t.Errorf("%d: shorter runs are not ruled out: %v, want %v; %q", n, told, want, res.Basis.Notes)
		}
	}
}
