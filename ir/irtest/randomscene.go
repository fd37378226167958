package irtest

import "github.com/spec-lang/spec/ir"

// scenario adds a run of a few actions. Its free variables stand as arguments
// first, which is where they get their types in a text.
func (g *gen) scenario(name string) {
	g.locals = nil
	run := &ir.ScenarioRun{Refuse: g.one(3)}
	for range 1 + g.r.IntN(3) {
		a := pick(g, g.Sys.Actions)
		st := ir.ScenarioStep{Action: a, Span: g.at()}
		for _, p := range a.Params {
			st.Args = append(st.Args, g.argument(run, p))
		}
		run.Steps = append(run.Steps, st)
		if g.one(2) {
			run.Steps = append(run.Steps, ir.ScenarioStep{Expect: g.formula(1), Span: g.at()})
		}
	}
	g.locals = nil
	g.Prop(ir.Scenario, name, nil).Run = run
}

func (g *gen) argument(run *ir.ScenarioRun, p *ir.Param) ir.Expr {
	t := p.Local.Type
	switch {
	case g.one(3), !p.ByType: // what a domain is read as may be wider than t
		return g.leaf(t)
	case len(run.Free) < 2:
		l := g.fresh(t)
		run.Free = append(run.Free, l)
		g.locals = append(g.locals, l)
		return g.Use(l)
	}
	for _, l := range run.Free {
		if l.Type == t && !g.one(4) {
			return g.Use(l)
		}
	}
	return g.leaf(t)
}
