package encode_test

import (
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/prover/encode"
	"github.com/spec-lang/spec/prover/term"
)

// TestInductionIsNotCircular: what a recursive function promises is known of a
// call only if its measure is smaller. A promise that is false would make
// everything true otherwise, the case without a call included.
func TestInductionIsNotCircular(t *testing.T) {
	b := irtest.New("Circle")
	n := b.Local("n", b.Int())
	f := b.Function("f", []*ir.Local{n}, b.Int(), nil)
	f.Value = b.Cond(b.Op(ir.Le, b.Use(n), b.I(0)), b.I(0), b.Call(f, b.Op(ir.Sub, b.Use(n), b.I(1))))
	f.Decreases = b.Use(n)
	f.ResultLocal = b.Local("result", b.Int())
	f.Ensures = []*ir.Clause{{Cond: b.False()}}
	bank := term.NewBank()
	e := encode.New(bank, b.Sys, nil)
	p := e.Prove(f)
	if err := e.Err(); err != nil {
		t.Fatal(err)
	}
	if bank.And(e.Facts()...).Op == term.False {
		t.Error("the facts contradict each other")
	}
	ensured := false
	for _, g := range p.Goals {
		ensured = ensured || g.Kind == encode.Ensured && g.Path.Op != term.False
	}
	if !ensured {
		t.Error("nothing is left to show that false is ensured")
	}
}
