package mc

import (
	"context"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/live"
	"github.com/spec-lang/spec/mc/program"
)

// runs are the properties of runs that a model asks for; plan is nil if there
// are none.
type runs struct {
	props []*ir.Property
	plan  *live.Plan
}

func newRuns(sys *ir.System, c *program.Compiler) *runs {
	r := &runs{}
	seen := map[*ir.Property]bool{}
	for _, check := range sys.Checks {
		if p := check.Prop; p.Kind == ir.Temporal && !seen[p] {
			seen[p] = true
			r.props = append(r.props, p)
		}
	}
	if len(r.props) > 0 {
		r.plan = live.Prepare(sys, c, r.props)
	}
	return r
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
