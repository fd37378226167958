package irtest

import "github.com/spec-lang/spec/ir"

// widen adds types of more values than are easily listed.
func (g *gen) widen() {
	line := g.Sort("Line", 20, ir.Ordered)
	round := g.Sort("Round", 18, ir.Ring)
	pair := g.Record("Pair", ir.Field{Name: "at", Type: g.Ints(0, 40)}, ir.Field{Name: "inner", Type: pick(g, g.small)})
	g.pool = append(g.pool, g.Ints(0, 40), g.Ints(-25, 25), line, round, pair,
		g.Option(g.Ints(0, 40)), g.Set(line), g.Seq(g.Ints(-25, 25), 5), g.Func(line, g.Ints(0, 40)), g.Func(g.Bool(), pair))
	if !g.packed {
		g.pool = append(g.pool, g.Map(g.Ints(0, 40), pick(g, g.small)))
	}
}

// count declares counters: one that runs up to a limit by a step, and back;
// one that goes down as long as a comparison holds.
func (g *gen) count() {
	m := g.Var("m", g.Int())
	g.Init(g.Put(m, g.I(int64(g.r.IntN(9)))))
	near := func(v *ir.Var) ir.Expr {
		return g.Op(pick(g, []ir.Op{ir.Add, ir.Sub}), g.Get(v), g.I(int64(g.r.IntN(5))))
	}
	far := near(m)
	limits := g.Op(pick(g, []ir.Op{ir.Gt, ir.Ge}), far, g.I(int64(-g.r.IntN(40))))
	if g.one(2) {
		limits = g.Op(pick(g, []ir.Op{ir.Lt, ir.Le}), g.I(int64(-g.r.IntN(40))), far)
	}
	g.Action("Less", nil, limits, g.Put(m, g.Op(ir.Sub, g.Get(m), g.I(int64(1+g.r.IntN(3))))))

	limit, step := int64(g.r.IntN(60)), int64(1+g.r.IntN(4))
	n := g.Var("n", g.Int())
	g.Init(g.Put(n, g.I(int64(g.r.IntN(3)))))
	by := func(k int64) ir.Stmt { return g.Put(n, g.Op(ir.Add, g.Get(n), g.I(k))) }
	g.Action("Up", nil, g.Op(pick(g, []ir.Op{ir.Lt, ir.Le}), near(n), g.I(limit)), by(step))
	if g.one(2) {
		g.Action("Down", nil, g.Op(ir.Ge, g.Get(n), g.I(2*step)), by(-2*step))
	}
	if g.one(2) {
		g.Action("Back", nil, g.Op(ir.Eq, g.Op(ir.Mod, g.Get(n), g.I(7)), g.I(0)), g.Put(n, g.I(0)))
	}
	g.Sys.Actions[len(g.Sys.Actions)-1].Internal = g.one(2)
	seen := g.Sys.Funcs[len(g.Sys.Funcs)-1]
	args := make([]ir.Expr, len(seen.Params))
	for i, p := range seen.Params {
		args[i] = g.literal(p.Type)
	}
	g.Action("Look", nil, g.Op(ir.Ne, g.Call(seen, args...), g.literal(seen.Result)), g.Put(n, g.I(0)))
}

// contracts adds an assumption, and what functions require and ensure. The
// assumption is true; what functions say is not looked at by the evaluator.
func (g *gen) contracts() {
	c := g.Sys.Consts[0]
	same := &ir.ConstRef{Node: g.node(c.Type), Const: c}
	g.Sys.Assumes = append(g.Sys.Assumes, &ir.Clause{Cond: g.Op(ir.Eq, same, g.Val(c.Type, c.Value)), Span: g.at()})
	f := g.Sys.Funcs[0]
	f.ResultLocal = g.Local("result", f.Result)
	state := g.state
	g.state = false
	g.within(func() {
		g.locals, g.mutable = f.Params, nil
		f.Requires = append(f.Requires, &ir.Clause{Cond: g.expr(g.Bool(), 1), Span: g.at()})
		g.locals = append(g.locals[:len(g.locals):len(g.locals)], f.ResultLocal)
		f.Ensures = append(f.Ensures, &ir.Clause{Cond: g.expr(g.Bool(), 1), Span: g.at()})
	})
	g.state = state
}

// stored is a value where a type has a condition.
func (g *gen) stored(t *ir.Type, depth int) ir.Expr {
	l := g.fresh(t)
	e := g.Bind(t, ir.Choose, l, g.OpT(g.Set(t), ir.SetLit, g.expr(t, depth)), nil, nil)
	e.Stored = true
	g.with(l, func() {
		e.Cond = g.expr(g.Bool(), 0)
		if !g.one(10) { // rarely an error
			e.Cond = g.Op(ir.Or, e.Cond, g.Op(ir.Eq, g.Use(l), g.Use(l)))
		}
	})
	return e
}

// rare are statements that are rare: a part of a name is assigned; a loop has
// choices in it.
func (g *gen) rare(depth int) []ir.Stmt {
	if g.one(2) && depth > 0 {
		return g.while(func(int) []ir.Stmt { return []ir.Stmt{g.Either(g.block(0), g.block(0))} })
	}
	l := g.fresh(pick(g, []*ir.Type{g.Sys.Named[len(g.Sys.Named)-1], g.Func(pick(g, g.small), pick(g, g.small))}))
	d := &ir.Declare{Pos: g.pos(), Local: l, Value: g.expr(l.Type, 1), Mutable: true}
	t := ir.Target{Local: l, Path: g.path(l.Type), Span: g.at()}
	set := &ir.Assign{Pos: g.pos(), Target: t, Value: g.clamp(g.expr(t.Type(), 2))}
	g.locals = append(g.locals[:len(g.locals):len(g.locals)], l)
	g.mutable = append(g.mutable[:len(g.mutable):len(g.mutable)], l)
	return []ir.Stmt{d, set}
}
