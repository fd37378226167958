package mc

import (
	"context"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/ctl"
	"github.com/spec-lang/spec/mc/graph"
)

// branch decides the properties of branching time, on a graph of their own.
func (b *beside) branch(ctx context.Context, l Limits, failed bool, res *evidence.Result) {
	if len(b.formulas) == 0 {
		return
	}
	g := graph.Build(ctx, b.prog, graph.Options{Bounds: b.bounds, Limits: graph.Limits{States: l.States, Memory: l.Memory, Depth: l.Depth}})
	res.Memory = max(res.Memory, b.prog.Pool.Bytes()+g.Bytes())
	var fault *ctl.Fault
	for i := range res.Findings {
		f := &res.Findings[i]
		if b.formulas[f.Prop] == nil {
			continue
		}
		if at := ctl.Check(ctx, b.prog, g, b.formulas[f.Prop], f); fault == nil {
			fault = at
		}
	}
	if fault != nil && !failed {
		broken(res, fault)
	}
	if len(g.Fair) > 0 {
		res.Basis.Notes = append(res.Basis.Notes, ctl.FairNote)
	}
}

// broken reports that a part of a formula has no value in some state.
func broken(res *evidence.Result, fault *ctl.Fault) {
	f := evidence.Finding{}
	out := &f
	for i := range res.Findings {
		if res.Findings[i].Prop.Kind == ir.Evaluation {
			out = &res.Findings[i]
		}
	}
	if out.Prop == nil {
		out.Prop = &ir.Property{Kind: ir.Evaluation, Span: fault.Span}
	}
	out.Verdict, out.Why, out.Span = evidence.Violated, fault.Why, fault.Span
	out.Trace, out.Depth = fault.Trace, len(fault.Trace.Steps)-1
	if out == &f {
		res.Findings = append(res.Findings, f)
	}
}
