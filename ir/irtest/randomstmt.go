package irtest

import (
	"fmt"

	"github.com/spec-lang/spec/ir"
)

// body is one to three statements.
func (g *gen) body(depth int) []ir.Stmt {
	var out []ir.Stmt
	out = append(out, g.assign())
	for range g.r.IntN(3) {
		out = append(out, g.stmt(depth)...)
	}
	return out
}

func (g *gen) block(depth int) (out []ir.Stmt) {
	g.within(func() { out = g.body(depth) })
	return out
}

func (g *gen) stmt(depth int) []ir.Stmt {
	choices := 14
	if depth == 0 {
		choices = 8
	}
	one := func(s ir.Stmt) []ir.Stmt { return []ir.Stmt{s} }
	if g.wide && g.one(6) {
		return g.rare(depth)
	}
	switch g.r.IntN(choices) {
	default:
		return one(g.assign())
	case 4:
		return one(g.declare())
	case 5:
		t := pick(g, g.small)
		l := g.fresh(t)
		domain := g.domain(t, 1)
		var where ir.Expr
		g.with(l, func() {
			if g.one(2) {
				where = g.expr(g.Bool(), 1)
			}
		})
		g.locals = append(g.locals[:len(g.locals):len(g.locals)], l)
		return one(g.Pick(l, domain, where))
	case 6:
		cond := g.expr(g.Bool(), 1)
		if !g.one(6) {
			cond = g.Op(ir.Or, g.True(), cond)
		}
		return one(g.Assert(cond))
	case 7:
		if g.one(2) {
			return one(g.assign())
		}
		return one(&ir.AwaitStmt{Pos: g.pos(), Cond: g.expr(g.Bool(), 1)})
	case 8, 9:
		s := &ir.IfStmt{Pos: g.pos(), Cond: g.expr(g.Bool(), 1), Then: g.block(depth - 1)}
		if g.one(2) {
			s.Else = g.block(depth - 1)
		}
		return one(s)
	case 10:
		t := pick(g, g.small)
		l := g.fresh(t)
		s := &ir.ForStmt{Pos: g.pos(), Local: l, Domain: g.domain(t, 1)}
		g.with(l, func() { s.Body = g.block(0) })
		return one(s)
	case 11:
		return g.while(g.block)
	case 12, 13:
		return one(g.Either(g.block(depth-1), g.block(depth-1)))
	}
}

func (g *gen) assign() ir.Stmt {
	if len(g.mutable) > 0 && g.one(3) {
		l := pick(g, g.mutable)
		return &ir.Assign{Pos: g.pos(), Target: ir.Target{Local: l, Span: g.at()}, Value: g.clamp(g.expr(l.Type, 2))}
	}
	v := pick(g, g.Sys.Vars)
	path := g.path(v.Type)
	t := ir.Target{Var: v, Path: path, Span: g.at()}
	return &ir.Assign{Pos: ir.Pos{Loc: t.Span}, Target: t, Value: g.clamp(g.expr(t.Type(), 3))}
}

// path is a way to a part of a value of type t, often empty.
func (g *gen) path(t *ir.Type) []ir.Access {
	if g.one(3) {
		return nil
	}
	switch t.Kind {
	case ir.StructKind:
		if t.IsTuple() {
			return nil // a part of a tuple has no name to assign to
		}
		i := g.r.IntN(len(t.Fields))
		return append([]ir.Access{{Field: i}}, g.path(t.Fields[i].Type)...)
	case ir.FuncKind:
		return append([]ir.Access{{Index: g.expr(t.Key, 1)}}, g.path(t.Elem)...)
	case ir.MapKind:
		return []ir.Access{{Index: g.expr(t.Key, 1)}}
	case ir.SeqKind:
		if g.one(4) { // often an error
			return []ir.Access{{Index: g.I(0)}}
		}
	}
	return nil
}

func (g *gen) declare() ir.Stmt {
	l := g.fresh(pick(g, g.pool))
	s := &ir.Declare{Pos: g.pos(), Local: l, Value: g.expr(l.Type, 2), Mutable: g.one(2)}
	g.locals = append(g.locals[:len(g.locals):len(g.locals)], l)
	if s.Mutable {
		g.mutable = append(g.mutable[:len(g.mutable):len(g.mutable)], l)
	}
	return s
}

// while is a loop of a few iterations: a counter, its declaration, the loop.
func (g *gen) while(block func(int) []ir.Stmt) []ir.Stmt {
	i := g.fresh(g.Int())
	times := int64(1 + g.r.IntN(2))
	declare := &ir.Declare{Pos: g.pos(), Local: i, Value: g.I(0), Mutable: true}
	s := &ir.WhileStmt{Pos: g.pos(), Cond: g.Op(ir.Lt, g.Use(i), g.I(times)), Decreases: g.Op(ir.Sub, g.I(times), g.Use(i))}
	g.with(i, func() {
		if g.one(2) {
			s.Invariants = []ir.Expr{g.Op(ir.Le, g.Use(i), g.I(times))}
		}
		s.Body = block(0)
	})
	s.Body = append(s.Body, g.set(i, g.Op(ir.Add, g.Use(i), g.I(1))))
	return []ir.Stmt{declare, s}
}

func (g *gen) set(l *ir.Local, e ir.Expr) ir.Stmt {
	return &ir.Assign{Pos: g.pos(), Target: ir.Target{Local: l, Span: g.at()}, Value: e}
}

// functions makes one of each shape: an expression, a body with loops, and
// sometimes a recursive one.
func (g *gen) functions() {
	for i := range 1 + g.r.IntN(2) {
		g.within(func() { g.function(fmt.Sprintf("f%d", i+1)) })
	}
	if g.one(3) {
		g.within(g.recursive)
	}
}

func (g *gen) function(name string) {
	var params []*ir.Local
	for range 1 + g.r.IntN(2) {
		params = append(params, g.fresh(pick(g, g.pool)))
	}
	g.locals = params
	t := pick(g, g.pool)
	f := &ir.Func{Name: name, Params: params, Result: t, Span: g.at()}
	if g.one(2) {
		f.Value = g.expr(t, 2)
		g.Sys.Funcs = append(g.Sys.Funcs, f)
		return
	}
	acc := g.fresh(t)
	f.Body = append(f.Body, &ir.Declare{Pos: g.pos(), Local: acc, Value: g.expr(t, 1), Mutable: true})
	g.locals = append(g.locals[:len(g.locals):len(g.locals)], acc)
	change := func(int) []ir.Stmt { return []ir.Stmt{g.set(acc, g.clamp(g.expr(t, 2)))} }
	if g.one(2) {
		f.Body = append(f.Body, &ir.IfStmt{Pos: g.pos(), Cond: g.expr(g.Bool(), 1),
			Then: []ir.Stmt{&ir.ReturnStmt{Pos: g.pos(), Value: g.expr(t, 1)}}, Else: change(0)})
	}
	if g.one(2) {
		elem := pick(g, g.small)
		l := g.fresh(elem)
		loop := &ir.ForStmt{Pos: g.pos(), Local: l, Domain: g.domain(elem, 1)}
		g.with(l, func() { loop.Body = change(0) })
		f.Body = append(f.Body, loop)
	} else {
		f.Body = append(f.Body, g.while(change)...)
	}
	f.Body = append(f.Body, &ir.ReturnStmt{Pos: g.pos(), Value: g.Use(acc)})
	g.Sys.Funcs = append(g.Sys.Funcs, f)
}

// recursive is a function of an integer that counts down to zero.
func (g *gen) recursive() {
	n := g.fresh(g.Int())
	g.locals = []*ir.Local{n}
	t := pick(g, g.pool)
	f := &ir.Func{Name: "rec", Params: []*ir.Local{n}, Result: t, Span: g.at(), Decreases: g.Use(n)}
	base := g.expr(t, 1)
	l := g.fresh(t)
	less := g.Call(f, g.Op(ir.Sub, g.Use(n), g.I(1)))
	var step ir.Expr
	g.with(l, func() { step = g.clamp(g.expr(t, 1)) })
	few := g.Op(ir.In, g.Use(n), g.Op(ir.Interval, g.I(1), g.I(5)))
	f.Value = g.Cond(few, &ir.Let{Node: g.node(t), Local: l, Value: less, Body: step}, base)
	g.Sys.Funcs = append(g.Sys.Funcs, f)
}
