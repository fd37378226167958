package irtest

import "github.com/spec-lang/spec/ir"

// truth is a bool.
func (g *gen) truth(depth int) ir.Expr {
	b := func() ir.Expr { return g.expr(g.Bool(), depth) }
	switch g.r.IntN(12) {
	case 0:
		return g.Op(ir.Not, b())
	case 1, 2:
		return g.Op(pick(g, []ir.Op{ir.And, ir.Or, ir.Implies, ir.Iff}), b(), b())
	case 3:
		t := pick(g, g.pool)
		return g.Op(pick(g, []ir.Op{ir.Eq, ir.Ne}), g.expr(t, depth), g.expr(t, depth))
	case 4, 5:
		t := pick(g, []*ir.Type{g.Int(), g.Ints(0, 2), g.Duration(), g.SortOf(g.Sys.Sorts[1])})
		return g.Op(pick(g, []ir.Op{ir.Lt, ir.Le, ir.Gt, ir.Ge}), g.expr(t, depth), g.expr(t, depth))
	case 6:
		return g.membership(depth)
	case 7:
		t := g.Set(pick(g, g.small))
		return g.Op(ir.Subset, g.expr(t, depth), g.expr(t, depth))
	case 8:
		for _, t := range g.pool {
			if t.Kind == ir.SumKind && g.one(2) {
				return &ir.Is{Node: g.node(g.Bool()), X: g.expr(t, depth), Variant: g.r.IntN(len(t.Variants))}
			}
		}
	case 9:
		if g.ask {
			return g.actionPred(depth)
		}
	}
	return g.quantifier(pick(g, []ir.BindKind{ir.Forall, ir.Exists}), g.Bool(), g.Bool(), depth)
}

func (g *gen) membership(depth int) ir.Expr {
	t := pick(g, g.small)
	n := g.r.IntN(4)
	if n == 0 && g.packed {
		n = 3
	}
	switch n {
	case 0:
		return g.Op(ir.In, g.expr(t, depth), g.expr(g.Map(t, g.Int()), depth))
	case 1:
		return g.Op(ir.In, g.expr(g.Int(), depth), g.Op(ir.Interval, g.expr(g.Int(), depth), g.expr(g.Int(), depth)))
	case 2:
		s := g.Set(t)
		return g.Op(ir.In, g.expr(s, depth), g.OpT(g.Set(s), ir.Powerset, g.expr(s, depth)))
	}
	return g.Op(ir.In, g.expr(t, depth), g.domain(t, depth))
}

// quantifier is a Bind of a kind over one or two names.
func (g *gen) quantifier(kind ir.BindKind, t, body *ir.Type, depth int) ir.Expr {
	elem := pick(g, g.small)
	l := g.fresh(elem)
	domain := g.domain
	if kind == ir.SeqOf {
		domain = func(t *ir.Type, depth int) ir.Expr { return g.expr(g.Seq(t, -1), depth) }
	}
	e := g.Bind(t, kind, l, domain(elem, depth), nil, nil)
	g.with(l, func() {
		fill := func() {
			if g.one(4) {
				e.Cond = g.expr(g.Bool(), 0)
			}
			e.Body = g.expr(body, depth)
		}
		if !g.one(4) {
			fill()
			return
		}
		m := g.fresh(pick(g, g.small))
		e.Binders = append(e.Binders, ir.Binder{Local: m, Domain: domain(m.Type, 0)})
		g.with(m, fill)
	})
	return e
}

func (g *gen) actionPred(depth int) ir.Expr {
	a := pick(g, g.Sys.Actions)
	e := &ir.ActionPred{Node: g.node(g.Bool()), Taken: g.taken && g.one(2), Action: a}
	if e.Any = len(a.Params) > 0 && g.one(2); !e.Any {
		for _, p := range a.Params {
			e.Args = append(e.Args, g.expr(p.Local.Type, depth))
		}
	}
	return e
}

func (g *gen) integer(depth int) ir.Expr {
	n := func() ir.Expr { return g.expr(g.Int(), depth) }
	t := pick(g, g.small)
	kind := g.r.IntN(12)
	if g.packed && (kind == 6 || kind == 9) {
		kind = 5
	}
	switch kind {
	case 0:
		return g.Op(ir.Neg, n())
	case 1, 2:
		return g.Op(pick(g, []ir.Op{ir.Add, ir.Sub, ir.Mul}), n(), n())
	case 3:
		return g.Op(pick(g, []ir.Op{ir.Div, ir.Mod}), n(), g.divisor(g.Int(), depth))
	case 4:
		return g.OpT(g.Int(), ir.Div, g.expr(g.Duration(), depth), g.divisor(g.Duration(), depth))
	case 5:
		c := pick(g, []*ir.Type{g.Set(t), g.Bag(t), g.Map(t, g.Int()), g.Seq(t, -1), g.Seq(t, 2), g.String()})
		if g.packed {
			c = pick(g, []*ir.Type{g.Set(t), g.Seq(t, -1), g.Seq(t, 2)})
		}
		return g.Op(ir.Len, g.expr(c, depth))
	case 6:
		return g.Op(ir.CountOf, g.expr(pick(g, []*ir.Type{g.Bag(t), g.Seq(t, -1)}), depth), g.expr(t, depth))
	case 7:
		return g.quantifier(ir.Count, g.Int(), g.Bool(), depth)
	case 8:
		return g.quantifier(ir.Sum, g.Int(), g.Int(), depth)
	case 9:
		return g.Op(ir.Len, g.mapOf(g.Map(t, pick(g, g.small)), depth))
	}
	return g.To(g.Int(), g.expr(pick(g, []*ir.Type{g.Ints(0, 2), g.Ints(-1, 1)}), depth))
}

// divisor is rarely zero.
func (g *gen) divisor(t *ir.Type, depth int) ir.Expr {
	if g.one(10) {
		return g.expr(t, depth)
	}
	unit := int64(1)
	if t.Kind == ir.DurationKind {
		unit = milli
	}
	return g.Val(t, ir.NewInt(unit*pick(g, []int64{1, 2, 3, -2})))
}

func (g *gen) duration(depth int) ir.Expr {
	d := g.Duration()
	x := func() ir.Expr { return g.expr(d, depth) }
	n := func() ir.Expr { return g.expr(g.Int(), depth) }
	switch g.r.IntN(7) {
	case 0:
		return g.Op(ir.Neg, x())
	case 1:
		return g.OpT(d, ir.Mul, n(), x())
	case 2:
		return g.OpT(d, ir.Mul, x(), n())
	case 3:
		return g.OpT(d, ir.Div, x(), g.divisor(g.Int(), depth))
	case 4:
		return g.Op(ir.Mod, x(), g.divisor(d, depth))
	case 5:
		if g.instants {
			return g.OpT(d, ir.Sub, g.expr(g.Instant(), depth), g.expr(g.Instant(), depth))
		}
	}
	return g.Op(pick(g, []ir.Op{ir.Add, ir.Sub}), x(), x())
}

func (g *gen) setOf(t *ir.Type, depth int) ir.Expr {
	s := func() ir.Expr { return g.expr(t, depth) }
	switch n := g.r.IntN(9); {
	case n == 0:
		return g.OpT(t, ir.SetLit, g.list(t.Elem, depth)...)
	case n < 4:
		return g.Op(pick(g, []ir.Op{ir.Union, ir.Inter, ir.Diff}), s(), s())
	case n == 4 && few(t.Elem):
		return g.Values(t.Elem)
	case n < 6 && t.Elem.Kind == ir.IntKind:
		return g.Op(ir.Interval, g.expr(t.Elem, depth), g.expr(t.Elem, depth))
	case n < 6 && t.Elem.Kind == ir.SetKind:
		return g.OpT(t, ir.Powerset, g.expr(t.Elem, depth))
	case n >= 6 && g.packed:
		return g.Op(ir.ToSet, g.expr(g.Seq(t.Elem, -1), depth))
	case n == 6:
		return g.Op(ir.ToSet, g.expr(pick(g, []*ir.Type{g.Seq(t.Elem, -1), g.Bag(t.Elem)}), depth))
	case n == 7:
		return g.Op(ir.Keys, g.expr(g.Map(t.Elem, g.Bool()), depth))
	}
	return g.quantifier(ir.SetOf, t, t.Elem, depth)
}

func (g *gen) mapping(t *ir.Type, depth int) ir.Expr {
	n := g.r.IntN(5)
	switch {
	case n == 0:
		return g.Op(ir.Put, g.expr(t, depth), g.expr(t.Key, depth), g.expr(t.Elem, depth))
	case t.Kind == ir.FuncKind && n < 3:
		return g.OpT(t, ir.ConstFunc, g.expr(t.Elem, depth))
	case t.Kind == ir.FuncKind:
		l := g.fresh(t.Key)
		e := g.Bind(t, ir.FuncOf, l, g.Values(t.Key), nil, nil)
		g.with(l, func() { e.Body = g.expr(t.Elem, depth) })
		return e
	case n == 1:
		return g.Op(ir.RemoveKey, g.expr(t, depth), g.expr(t.Key, depth))
	case n == 2:
		var entries []ir.Expr
		for range g.r.IntN(3) {
			entries = append(entries, g.expr(t.Key, depth), g.expr(t.Elem, depth))
		}
		return g.OpT(t, ir.MapLit, entries...)
	}
	return g.mapOf(t, depth)
}

func (g *gen) mapOf(t *ir.Type, depth int) ir.Expr {
	l := g.fresh(t.Key)
	e := g.Bind(t, ir.MapOf, l, g.domain(t.Key, depth), nil, nil)
	key := g.leaf(t.Key)
	g.with(l, func() {
		e.Key, e.Body = g.Use(l), g.expr(t.Elem, depth)
		if g.one(3) { // often two values for one key
			e.Key = key
		}
	})
	return e
}

func (g *gen) sequence(t *ir.Type, depth int) ir.Expr {
	if t.Max >= 0 {
		return g.short(t, depth)
	}
	s := func() ir.Expr { return g.expr(t, depth) }
	switch g.r.IntN(6) {
	case 0:
		return g.Op(ir.Concat, s(), s())
	case 1:
		q := &ir.Let{Node: g.node(t), Local: g.fresh(t), Value: s()}
		q.Body = g.mostly(
			func() ir.Expr { return g.Op(ir.Lt, g.I(0), g.Op(ir.Len, g.Use(q.Local))) },
			func() ir.Expr {
				return g.OpT(t, ir.Slice, g.Use(q.Local), g.I(1), g.Op(ir.Len, g.Use(q.Local)))
			})
		return q
	case 2:
		return g.To(t, g.expr(g.Seq(t.Elem, 2), depth))
	case 3:
		return g.quantifier(ir.SeqOf, t, t.Elem, depth)
	}
	return g.OpT(t, ir.SeqLit, g.list(t.Elem, depth)...)
}

// short is a sequence with a longest length.
func (g *gen) short(t *ir.Type, depth int) ir.Expr {
	if g.one(2) {
		all := g.list(t.Elem, depth)
		return g.OpT(t, ir.SeqLit, all[:min(len(all), t.Max)]...)
	}
	long := g.Seq(t.Elem, -1)
	q := &ir.Let{Node: g.node(t), Local: g.fresh(long), Value: g.expr(long, depth)}
	q.Body = g.mostly(
		func() ir.Expr { return g.Op(ir.Le, g.Op(ir.Len, g.Use(q.Local)), g.I(int64(t.Max))) },
		func() ir.Expr { return g.To(t, g.Use(q.Local)) })
	return q
}
