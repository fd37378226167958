package mc

import (
	"context"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/ctl"
	"github.com/spec-lang/spec/mc/program"
)

// beside is what is decided beside a search of states, and on all states
// that the System has: scenarios, formulas of branching time, and properties of
// runs.
type beside struct {
	prog     *program.Program
	bounds   []*program.Predicate
	scenes   map[*ir.Property]*scene
	formulas map[*ir.Property]*ctl.Formula
	runs     []*ir.Property
}

// newBeside compiles what is decided beside a search with goal g, before the
// first Machine of prog.
func newBeside(prog *program.Program, c *program.Compiler, g *goal, props []*ir.Property) *beside {
	b := &beside{prog: prog, bounds: g.bounds, scenes: map[*ir.Property]*scene{}, formulas: map[*ir.Property]*ctl.Formula{}}
	for _, p := range props {
		switch p.Kind {
		case ir.Scenario:
			b.scenes[p] = newScene(p.Run, c)
		case ir.CTL:
			b.formulas[p] = ctl.Prepare(c, p)
		case ir.Temporal:
			b.runs = append(b.runs, p)
		}
	}
	return b
}

// decide decides what b is about in res. Failed says that some step or
// property is known to have no value.
func (b *beside) decide(ctx context.Context, opt Options, failed bool, res *evidence.Result) {
	playAll(ctx, b.prog, b.scenes, res)
	b.branch(ctx, opt, failed, res)
	b.follow(ctx, opt, res)
}
