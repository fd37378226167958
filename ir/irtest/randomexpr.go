package irtest

import (
	"math/big"

	"github.com/spec-lang/spec/ir"
)

// expr is an expression of type t, up to depth operators deep.
func (g *gen) expr(t *ir.Type, depth int) ir.Expr {
	if depth <= 0 || g.one(8) {
		return g.leaf(t)
	}
	if g.one(3) {
		return g.general(t, depth-1)
	}
	return g.special(t, depth-1)
}

// leaf is a name or a literal.
func (g *gen) leaf(t *ir.Type) ir.Expr {
	var names []ir.Expr
	if g.state {
		for _, v := range g.Sys.Vars {
			if v.Type == t {
				names = append(names, g.Get(v), g.Get(v))
				if g.old {
					names = append(names, g.Before(v))
				}
			}
		}
	}
	for _, l := range g.locals {
		if l.Type == t {
			names = append(names, g.Use(l))
		}
	}
	for _, c := range g.Sys.Consts {
		if c.Type == t {
			names = append(names, &ir.ConstRef{Node: g.node(t), Const: c})
		}
	}
	if len(names) > 0 && !g.one(4) {
		return pick(g, names)
	}
	return g.literal(t)
}

// few reports whether t has at most 8 values.
func few(t *ir.Type) bool {
	n, ok := ir.Card(t)
	return ok && n.Cmp(big.NewInt(8)) <= 0
}

// domain is a collection of elements of type t.
func (g *gen) domain(t *ir.Type, depth int) ir.Expr {
	switch n := g.r.IntN(6); {
	case n < 2 && few(t):
		return g.Values(t)
	case n == 2:
		return g.expr(g.Seq(t, -1), depth)
	case n == 3 && !g.packed:
		return g.expr(g.Bag(t), depth)
	}
	return g.expr(g.Set(t), depth)
}

// inhabited is a set of t that is not empty.
func (g *gen) inhabited(t *ir.Type, depth int) ir.Expr {
	if few(t) && g.one(2) {
		return g.Values(t)
	}
	return g.Op(ir.Union, g.expr(g.Set(t), depth), g.Op(ir.SetLit, g.leaf(t)))
}

// mostly returns e, which may be an evaluation error, behind a test that it
// is not, or one time in ten without.
func (g *gen) mostly(test, e func() ir.Expr) ir.Expr {
	x := e()
	if g.one(10) {
		return x
	}
	return g.Cond(test(), x, g.leaf(x.Type()))
}

// general is an expression of any type t.
func (g *gen) general(t *ir.Type, depth int) ir.Expr {
	if g.wide && g.one(12) {
		return g.stored(t, depth)
	}
	n := g.r.IntN(12)
	if n == 3 && g.packed {
		n = 4
	}
	switch n {
	case 0:
		return g.Cond(g.expr(g.Bool(), depth), g.expr(t, depth), g.expr(t, depth))
	case 1:
		l := g.fresh(pick(g, g.pool))
		e := &ir.Let{Node: g.node(t), Local: l, Value: g.expr(l.Type, depth)}
		g.with(l, func() { e.Body = g.expr(t, depth) })
		return e
	case 2:
		key := pick(g, g.small)
		return g.Op(ir.Get, g.expr(g.Func(key, t), depth), g.expr(key, depth))
	case 3:
		return g.fromMap(t, depth)
	case 4:
		return g.fromSeq(t, depth)
	case 5:
		return g.field(t, depth)
	case 6:
		return g.payload(t, depth)
	case 7:
		return g.call(t, depth)
	case 8:
		acc, elem := g.fresh(t), pick(g, g.small)
		l := g.fresh(elem)
		e := g.Bind(t, ir.Fold, l, g.domain(elem, depth), nil, nil)
		e.Acc, e.Init = acc, g.expr(t, depth)
		g.with(l, func() {
			if g.one(4) {
				e.Cond = g.expr(g.Bool(), 0)
			}
			g.with(acc, func() { e.Body = g.clamp(g.expr(t, depth)) })
		})
		return e
	case 9:
		l := g.fresh(t)
		domain := g.inhabited(t, depth)
		if g.one(6) {
			domain = g.expr(g.Set(t), depth)
		}
		e := g.Bind(t, ir.Choose, l, domain, nil, nil)
		if g.one(4) {
			g.with(l, func() { e.Cond = g.Op(ir.Or, g.expr(g.Bool(), depth), g.Op(ir.Eq, g.Use(l), g.Use(l))) })
		}
		return e
	case 10:
		if t.IsNumeric() || t.Kind == ir.SortKind && t.Sort.Order == ir.Ordered {
			return g.extremum(t, depth)
		}
	}
	return g.special(t, depth)
}

func (g *gen) fromMap(t *ir.Type, depth int) ir.Expr {
	mt := g.Map(pick(g, g.small), t)
	m := &ir.Let{Node: g.node(t), Local: g.fresh(mt), Value: g.expr(mt, depth)}
	k := &ir.Let{Node: g.node(t), Local: g.fresh(mt.Key), Value: g.expr(mt.Key, depth)}
	m.Body = k
	k.Body = g.mostly(
		func() ir.Expr { return g.Op(ir.In, g.Use(k.Local), g.Use(m.Local)) },
		func() ir.Expr { return g.Op(ir.Get, g.Use(m.Local), g.Use(k.Local)) })
	return m
}

func (g *gen) fromSeq(t *ir.Type, depth int) ir.Expr {
	st := g.Seq(t, -1)
	q := &ir.Let{Node: g.node(t), Local: g.fresh(st), Value: g.expr(st, depth)}
	q.Body = g.mostly(
		func() ir.Expr { return g.Op(ir.Lt, g.I(0), g.Op(ir.Len, g.Use(q.Local))) },
		func() ir.Expr { return g.Op(ir.Get, g.Use(q.Local), g.I(0)) })
	return q
}

func (g *gen) field(t *ir.Type, depth int) ir.Expr {
	for _, st := range g.pool {
		for i, f := range st.Fields {
			if f.Type == t && !g.one(3) {
				return &ir.FieldOf{Node: g.node(t), X: g.expr(st, depth), Index: i}
			}
		}
	}
	return &ir.FieldOf{Node: g.node(t), X: g.expr(g.Tuple(g.Bool(), t), depth), Index: 1}
}

func (g *gen) payload(t *ir.Type, depth int) ir.Expr {
	st, variant := g.Option(t), 1
	for _, s := range g.Sys.Named {
		if s.Kind == ir.SumKind && len(s.Variants[1].Fields) > 0 && s.Variants[1].Fields[0].Type == t {
			st = s
		}
	}
	x := &ir.Let{Node: g.node(t), Local: g.fresh(st), Value: g.expr(st, depth)}
	x.Body = g.mostly(
		func() ir.Expr { return &ir.Is{Node: g.node(g.Bool()), X: g.Use(x.Local), Variant: variant} },
		func() ir.Expr { return &ir.Payload{Node: g.node(t), X: g.Use(x.Local), Variant: variant} })
	return x
}

func (g *gen) call(t *ir.Type, depth int) ir.Expr {
	for _, f := range g.Sys.Funcs {
		if f.Result == t {
			args := make([]ir.Expr, len(f.Params))
			for i, p := range f.Params {
				args[i] = g.expr(p.Type, depth)
			}
			return g.Call(f, args...)
		}
	}
	return g.special(t, depth)
}

func (g *gen) extremum(t *ir.Type, depth int) ir.Expr {
	elem := pick(g, g.small)
	l := g.fresh(elem)
	e := g.Bind(t, pick(g, []ir.BindKind{ir.Min, ir.Max}), l, g.inhabited(elem, depth), nil, nil)
	if g.one(6) {
		e.Binders[0].Domain = g.domain(elem, depth)
	}
	g.with(l, func() { e.Body = g.expr(t, depth) })
	return e
}

// special is an expression made by what only types like t have.
func (g *gen) special(t *ir.Type, depth int) ir.Expr {
	switch t.Kind {
	case ir.BoolKind:
		return g.truth(depth)
	case ir.IntKind:
		return g.integer(depth)
	case ir.DurationKind:
		return g.duration(depth)
	case ir.InstantKind:
		if g.one(2) {
			return g.OpT(t, ir.Add, g.expr(g.Duration(), depth), g.expr(t, depth))
		}
		return g.OpT(t, pick(g, []ir.Op{ir.Add, ir.Sub}), g.expr(t, depth), g.expr(g.Duration(), depth))
	case ir.StringKind:
		return g.Op(ir.Concat, g.expr(t, depth), g.expr(t, depth))
	case ir.RangeKind:
		x := &ir.Let{Node: g.node(t), Local: g.fresh(g.Int()), Value: g.expr(g.Int(), depth)}
		lo, hi := g.Val(g.Int(), ir.Int{Int: t.Lo}), g.Val(g.Int(), ir.Int{Int: t.Hi})
		x.Body = g.mostly(
			func() ir.Expr { return g.Op(ir.In, g.Use(x.Local), g.Op(ir.Interval, lo, hi)) },
			func() ir.Expr { return g.To(t, g.Use(x.Local)) })
		return x
	case ir.SortKind:
		return g.neighbour(t, depth)
	case ir.SumKind:
		v := g.r.IntN(len(t.Variants))
		return g.Make(t, v, g.exprs(t.Variants[v].Fields, depth)...)
	case ir.StructKind:
		if g.one(3) {
			i := g.r.IntN(len(t.Fields))
			return &ir.WithField{Node: g.node(t), X: g.expr(t, depth), Index: i, Value: g.expr(t.Fields[i].Type, depth)}
		}
		return g.Make(t, 0, g.exprs(t.Fields, depth)...)
	case ir.SetKind:
		return g.setOf(t, depth)
	case ir.BagKind:
		switch g.r.IntN(3) {
		case 0:
			return g.Op(ir.BagAdd, g.expr(t, depth), g.expr(t, depth))
		case 1:
			return g.Op(ir.BagSub, g.expr(t, depth), g.expr(t, depth))
		}
		return g.OpT(t, ir.BagLit, g.list(t.Elem, depth)...)
	case ir.FuncKind, ir.MapKind:
		return g.mapping(t, depth)
	}
	return g.sequence(t, depth)
}

func (g *gen) exprs(fs []ir.Field, depth int) []ir.Expr {
	var es []ir.Expr
	for _, f := range fs {
		es = append(es, g.expr(f.Type, depth))
	}
	return es
}

func (g *gen) list(t *ir.Type, depth int) []ir.Expr {
	es := make([]ir.Expr, g.r.IntN(3))
	for i := range es {
		es[i] = g.expr(t, depth)
	}
	return es
}

func (g *gen) neighbour(t *ir.Type, depth int) ir.Expr {
	op := ir.Next
	switch t.Sort.Order {
	case ir.Unordered:
		return g.leaf(t)
	case ir.Ring:
		return g.Op(op, g.expr(t, depth))
	}
	end := len(t.Sort.Elems) - 1
	if g.one(2) {
		op, end = ir.Prev, 0
	}
	x := &ir.Let{Node: g.node(t), Local: g.fresh(t), Value: g.expr(t, depth)}
	x.Body = g.mostly(
		func() ir.Expr { return g.Op(ir.Ne, g.Use(x.Local), g.Val(t, ir.Elem{Sort: t.Sort, Index: end})) },
		func() ir.Expr { return g.Op(op, g.Use(x.Local)) })
	return x
}
