package mc

import (
	"context"
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/graph"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/refine"
)

// Refinements decides the refinements of a result, whatever engine it is of, on a
// graph of their own, which has all states that the limits of opt leave room for.
func Refinements(ctx context.Context, opt Options, res *evidence.Result) {
	sys := res.System
	if len(sys.Asked(ir.Refines)) == 0 {
		return
	}
	prog, c := program.Compile(sys)
	var bounds []*program.Predicate
	for _, b := range sys.Bounds {
		bounds = append(bounds, c.Predicate(b.Cond))
	}
	l := opt.Limits
	g := graph.Build(ctx, prog, graph.Options{Bounds: bounds, Progress: opt.graphProgress(),
		Limits: graph.Limits{States: l.States, Memory: l.Memory, Depth: l.Depth}})
	res.Memory = max(res.Memory, prog.Pool.Bytes()+g.Bytes())
	for i := range res.Findings {
		f := &res.Findings[i]
		if f.Prop.Kind != ir.Refines {
			continue
		}
		*f = evidence.Finding{Prop: f.Prop, Check: f.Check}
		refine.Check(ctx, prog, g, f)
		if res.Reduced || res.Uncounted() {
			res.Basis.Notes = append(res.Basis.Notes, fmt.Sprintf("%s is decided on %d states, of which none is left out", f.Prop.Label(), g.Len()))
		}
	}
}
