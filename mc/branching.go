package mc

import (
	"context"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/ctl"
	"github.com/spec-lang/spec/mc/graph"
	"github.com/spec-lang/spec/mc/program"
)

// newFormulas compiles the properties of branching time that the model checks.
func newFormulas(sys *ir.System, c *program.Compiler) map[*ir.Property]*ctl.Formula {
	formulas := map[*ir.Property]*ctl.Formula{}
	for _, p := range sys.Asked(ir.CTL) {
		formulas[p] = ctl.Prepare(c, p)
	}
	return formulas
}

// branch decides the properties of branching time, on a graph of their own.
func (s *search) branch(ctx context.Context, formulas map[*ir.Property]*ctl.Formula, res *evidence.Result) {
	if len(formulas) == 0 {
		return
	}
	l := s.opt.Limits
	g := graph.Build(ctx, s.prog, graph.Options{Bounds: s.goal.bounds, Progress: s.opt.graphProgress(),
		Limits: graph.Limits{States: l.States, Memory: l.Memory, Depth: l.Depth}})
	res.Memory = max(res.Memory, s.prog.Pool.Bytes()+g.Bytes())
	var fault *ctl.Fault
	for i := range res.Findings {
		f := &res.Findings[i]
		if f.Prop.Kind != ir.CTL {
			continue
		}
		if at := ctl.Check(ctx, s.prog, g, formulas[f.Prop], f); fault == nil {
			fault = at
		}
	}
	if fault != nil && s.goal.evaluation.hit == nil {
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
