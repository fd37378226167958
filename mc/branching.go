package mc

import (
	"context"
	"time"

	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/ctl"
	"github.com/spec-lang/spec/mc/graph"
)

// branch decides the properties of branching time, on a graph of their own.
func (b *beside) branch(ctx context.Context, opt Options, failed bool, res *evidence.Result) {
	if len(b.formulas) == 0 {
		return
	}
	l := opt.Limits
	g := graph.Build(ctx, b.prog, graph.Options{Bounds: b.bounds, Progress: opt.graphProgress(),
		Limits: graph.Limits{States: l.States, Memory: l.Memory, Depth: l.Depth}})
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
		fault.Report(res)
	}
	if len(g.Fair) > 0 {
		res.Basis.Notes = append(res.Basis.Notes, ctl.FairNote)
	}
}

// graphProgress passes on how far the graph has come, as often as a search
// does.
func (o Options) graphProgress() func(graph.Progress) {
	if o.Progress == nil {
		return nil
	}
	start, last := time.Now(), time.Now()
	return func(p graph.Progress) {
		if now := time.Now(); now.Sub(last) >= progressInterval {
			last = now
			o.Progress(Event{Distinct: p.States, Generated: p.Steps, Queue: p.Queue, Depth: p.Depth, Memory: p.Memory, Elapsed: now.Sub(start), Graph: true})
		}
	}
}
