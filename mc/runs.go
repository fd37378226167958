package mc

import (
	"context"
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/live"
)

// follow decides the properties of runs, on a graph of their own.
func (b *beside) follow(ctx context.Context, opt Options, res *evidence.Result) {
	if len(b.runs) == 0 {
		return
	}
	l := opt.Limits
	found := live.Check(ctx, b.prog.Sys, b.runs, live.Options{States: l.States, Memory: l.Memory, Closures: opt.Code == Closures})
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
	for _, p := range found.Longer {
		res.Basis.Notes = append(res.Basis.Notes, longer(p))
	}
	res.Coverage.Vacuous = append(res.Coverage.Vacuous, found.Vacuous...)
	res.Memory = max(res.Memory, found.Memory)
}

// longer says that there may be a shorter run that violates a property.
func longer(p *ir.Property) string {
	return fmt.Sprintf("there may be a run against %s with fewer steps before its loop: not all were looked at", p.Name)
}
