package mc

import (
	"context"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/live"
	"github.com/spec-lang/spec/mc/program"
)

// runs are properties of runs; plan is nil if there are none.
type runs struct{ plan *live.Plan }

func newRuns(sys *ir.System, c *program.Compiler, props []*ir.Property) *runs {
	if len(props) == 0 {
		return &runs{}
	}
	return &runs{live.Prepare(sys, c, props)}
}

// decide decides the properties of runs in res.
func (r *runs) decide(ctx context.Context, prog *program.Program, lim Limits, res *evidence.Result) {
	if r.plan == nil {
		return
	}
	found := r.plan.Run(ctx, prog, live.Limits{States: lim.States, Memory: lim.Memory})
	byProp := map[*ir.Property]evidence.Finding{}
	for _, f := range found.Findings {
		byProp[f.Prop] = f
	}
	for i := range res.Findings {
		if f, ok := byProp[res.Findings[i].Prop]; ok {
			f.Check = res.Findings[i].Check
			res.Findings[i] = f
		}
	}
	res.Coverage.Vacuous = append(res.Coverage.Vacuous, found.Vacuous...)
	res.Memory = max(res.Memory, found.Memory)
}
