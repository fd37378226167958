package induction_test

import (
	"context"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/prover/induction"
	"github.com/spec-lang/spec/prover/sat"
	"github.com/spec-lang/spec/prover/transition"
)

// ring counts round to n and has an unreachable ring of the same size beside
// it, from which it can fall out. Bad is never so, but on the ring that is not
// reached it takes more steps to see that the longer one may stay there.
func ring(n int64) *ir.System {
	b := irtest.New("Ring")
	x := b.Var("x", b.Ints(0, 2*n))
	at := func() ir.Expr { return b.To(b.Int(), b.Get(x)) }
	put := func(e ir.Expr) ir.Stmt { return b.Put(x, b.To(x.Type, e)) }
	b.Init(put(b.I(0)))
	round := func(from ir.Expr, to ir.Expr) ir.Expr {
		return b.Cond(b.Op(ir.Eq, at(), from), to, b.Op(ir.Add, at(), b.I(1)))
	}
	b.Action("Inner", nil, b.Op(ir.Lt, at(), b.I(n)), put(round(b.I(n-1), b.I(0))))
	b.Action("Outer", nil, b.Every(b.Op(ir.Ge, at(), b.I(n)), b.Op(ir.Lt, at(), b.I(2*n))), put(round(b.I(2*n-1), b.I(n))))
	b.Action("Fall", nil, b.Op(ir.Eq, at(), b.I(n)), put(b.I(2*n)))
	b.Sys.Terminal = b.True()
	b.Prop(ir.Invariant, "Never", b.Op(ir.Ne, at(), b.I(2*n)))
	return b.Sys
}

// TestSimplePaths needs as many steps as the ring has states: without the
// constraint that no state comes twice no number would do.
func TestSimplePaths(t *testing.T) {
	for _, n := range []int64{2, 4, 7} {
		sys, err := transition.New(ring(n))
		if err != nil {
			t.Fatal(err)
		}
		e := induction.New(context.Background(), sys)
		defer e.Close()
		for range n {
			e.Longer()
			if got := e.Step(sys.Targets[0]); got != sat.Sat {
				t.Errorf("%d states, k = %d: %s", n, e.K(), got)
			}
		}
		e.Longer()
		if got := e.Step(sys.Targets[0]); got != sat.Unsat || !e.Simple() {
			t.Errorf("%d states, k = %d: %s", n, e.K(), got)
		}
	}
}

func TestStops(t *testing.T) {
	sys, err := transition.New(ring(2))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	e := induction.New(ctx, sys)
	defer e.Close()
	cancel()
	if got := e.Step(sys.Targets[0]); got != sat.Stopped {
		t.Errorf("got %s", got)
	}
}
