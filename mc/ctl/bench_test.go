package ctl

import (
	"context"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc/graph"
	"github.com/spec-lang/spec/mc/program"
)

// fairTwoPhase is two-phase commit in which every action is fair.
func fairTwoPhase(n int, f ir.Fairness) *ir.System {
	sys := irtest.TwoPhase(n)
	for _, a := range sys.Actions {
		a.Fair = f
	}
	return sys
}

// BenchmarkLabel measures building the graph, and labelling it with a formula
// that nests an operator on fair runs.
func BenchmarkLabel(b *testing.B) {
	for _, fair := range []ir.Fairness{ir.Unfair, ir.Weak, ir.Strong} {
		sys := fairTwoPhase(6, fair)
		prog, c := program.Compile(sys)
		fb := builder(sys)
		undecided := fb.Op(ir.Eq, fb.Get(sys.Vars[3]), fb.Make(sys.Vars[3].Type, 0))
		p := &ir.Property{Kind: ir.CTL, Formula: fb.Op(ir.AG, fb.Op(ir.AF, fb.Op(ir.Not, undecided)))}
		f := Prepare(c, p)
		var g *graph.Graph
		name := [...]string{"unfair", "weak", "strong"}[fair]
		b.Run("graph/"+name, func(b *testing.B) {
			for b.Loop() {
				g = graph.Build(context.Background(), prog, graph.Options{})
			}
			b.ReportMetric(float64(g.Len())*float64(b.N)/b.Elapsed().Seconds(), "states/s")
			b.ReportMetric(float64(g.Bytes())/float64(g.Edges()), "B/step")
		})
		b.Run("label/"+name, func(b *testing.B) {
			for b.Loop() {
				out := evidence.Finding{Prop: p}
				if Check(context.Background(), prog, g, f, &out); out.Verdict == evidence.Unknown {
					b.Fatal(out.Why)
				}
			}
			b.ReportMetric(float64(g.Edges())*float64(b.N)/b.Elapsed().Seconds(), "steps/s")
		})
	}
}
