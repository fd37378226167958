package explain_test

import (
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/ir/irtest"
)

// TestBarriers: once at is 1 or 2 it changes between them for ever. Back is
// blocked by the same part in both, Skip by one part in each, Loose by a part
// that another argument passes.
func TestBarriers(t *testing.T) {
	b := irtest.New("Trap")
	at := b.Var("at", b.Ints(0, 2))
	to := func(n int64) ir.Expr { return b.To(at.Type, b.I(n)) }
	is := func(n int64) ir.Expr { return b.Op(ir.Eq, b.Get(at), to(n)) }
	isNot := func(n int64) ir.Expr { return b.Op(ir.Ne, b.Get(at), to(n)) }
	b.Init(b.Put(at, to(1)))
	toggle := b.Action("Toggle", nil, nil, b.Put(at, b.Cond(is(1), to(2), to(1))))
	b.Action("Back", nil, is(0), b.Put(at, to(0)))
	b.Action("Skip", nil, b.Op(ir.And, isNot(1), isNot(2)), b.Put(at, to(0)))
	p := b.Param("p", b.Bool())
	b.Action("Loose", []*ir.Param{p}, b.Op(ir.And, b.Use(p.Local), b.Op(ir.Not, b.Use(p.Local))), b.Put(at, to(0)))

	prop := &ir.Property{Kind: ir.CTL, Name: "P", Formula: b.Op(ir.EF, is(0))}
	state := []ir.Value{ir.NewInt(1)}
	run := &evidence.Trace{Steps: []evidence.Step{{State: state}}, Loop: -1}
	region := &evidence.Region{States: 2, Of: 2, Longest: -1, Possible: []*ir.Action{toggle}}
	f := evidence.Finding{Prop: prop, Verdict: evidence.Violated, Trace: run, Branch: &evidence.Branch{Expr: prop.Formula, State: state, Region: region}}
	if err := explain.Fill(&evidence.Result{System: b.Sys, Findings: []evidence.Finding{f}}); err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{"Back": true, "Skip": false, "Loose": false}
	if len(region.Barriers) != len(want) {
		t.Fatalf("%d barriers, want %d", len(region.Barriers), len(want))
	}
	for _, x := range region.Barriers {
		always, known := want[x.Action.Name]
		if !known || x.Always != always || x.Expr == nil {
			t.Errorf("%s: always %v for %v, want %v", x.Action.Name, x.Always, x.Expr, always)
		}
	}
}
