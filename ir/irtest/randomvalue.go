package irtest

import (
	"math/big"
	"slices"

	"github.com/spec-lang/spec/ir"
)

// value is a small value of t.
func (g *gen) value(t *ir.Type) ir.Value {
	switch t.Kind {
	case ir.BoolKind:
		return ir.Bool(g.one(2))
	case ir.IntKind:
		return ir.NewInt(int64(g.r.IntN(6) - 2))
	case ir.StringKind:
		return ir.Str(pick(g, []string{"", "a", "b"}))
	case ir.DurationKind, ir.InstantKind:
		return ir.NewInt(int64(g.r.IntN(3)) * milli)
	case ir.RangeKind:
		n := new(big.Int).Sub(t.Hi, t.Lo)
		return ir.Int{Int: n.Add(t.Lo, big.NewInt(g.r.Int64N(n.Int64()+1)))}
	case ir.SortKind:
		return ir.Elem{Sort: t.Sort, Index: g.r.IntN(len(t.Sort.Elems))}
	case ir.SumKind:
		v := g.r.IntN(len(t.Variants))
		return ir.SumValue{Type: t, Variant: v, Args: g.fields(t.Variants[v].Fields)}
	case ir.StructKind:
		return ir.StructValue{Type: t, Fields: g.fields(t.Fields)}
	case ir.SetKind:
		return ir.MakeSet(g.several(t.Elem, 3))
	case ir.BagKind:
		bag := ir.BagValue{Elems: ir.MakeSet(g.several(t.Elem, 2)).Elems}
		for range bag.Elems {
			bag.Counts = append(bag.Counts, 1+g.r.IntN(2))
		}
		return bag
	case ir.FuncKind:
		m := ir.MapValue{Keys: slices.Collect(ir.Values(t.Key))}
		for range m.Keys {
			m.Vals = append(m.Vals, g.value(t.Elem))
		}
		return m
	case ir.MapKind:
		m := ir.MapValue{Keys: ir.MakeSet(g.several(t.Key, 2)).Elems}
		for range m.Keys {
			m.Vals = append(m.Vals, g.value(t.Elem))
		}
		return m
	case ir.SeqKind:
		longest := 2
		if t.Max >= 0 {
			longest = min(longest, t.Max)
		}
		return ir.SeqValue{Elems: g.several(t.Elem, longest)}
	}
	panic("irtest: no values of type " + t.String())
}

const milli = 1_000_000

func (g *gen) several(t *ir.Type, most int) []ir.Value {
	vs := make([]ir.Value, g.r.IntN(most+1))
	for i := range vs {
		vs[i] = g.value(t)
	}
	return vs
}

func (g *gen) fields(fs []ir.Field) []ir.Value {
	var vs []ir.Value
	for _, f := range fs {
		vs = append(vs, g.value(f.Type))
	}
	return vs
}

func (g *gen) literal(t *ir.Type) ir.Expr { return g.Val(t, g.value(t)) }

// clamp brings e into a small part of its type, so that there are few states.
func (g *gen) clamp(e ir.Expr) ir.Expr {
	t := e.Type()
	if n, ok := ir.Card(t); ok && n.Cmp(big.NewInt(64)) <= 0 {
		return e
	}
	l := g.fresh(t)
	x := func() ir.Expr { return g.Use(l) }
	body := g.clamped(t, x)
	if body == nil {
		return e
	}
	return &ir.Let{Node: g.node(t), Local: l, Value: e, Body: body}
}

// clamped is what x becomes; nil if it is small enough.
func (g *gen) clamped(t *ir.Type, x func() ir.Expr) ir.Expr {
	span := func() ir.Expr { return g.Val(g.Duration(), ir.NewInt(3*milli)) }
	short := func(most int64, otherwise ir.Expr) ir.Expr {
		return g.Cond(g.Op(ir.Le, g.Op(ir.Len, x()), g.I(most)), x(), otherwise)
	}
	switch t.Kind {
	case ir.IntKind:
		if g.wide {
			return g.Op(ir.Mod, x(), g.I(50))
		}
		return g.Op(ir.Mod, x(), g.I(3))
	case ir.DurationKind:
		return g.Op(ir.Mod, x(), span())
	case ir.InstantKind:
		zero := func() ir.Expr { return g.Val(t, ir.NewInt(0)) }
		return g.Op(ir.Add, zero(), g.Op(ir.Mod, g.OpT(g.Duration(), ir.Sub, x(), zero()), span()))
	case ir.StringKind:
		return short(1, g.literal(t))
	case ir.BagKind:
		return short(2, g.OpT(t, ir.BagLit))
	case ir.StructKind:
		parts := make([]ir.Expr, len(t.Fields))
		for i, f := range t.Fields {
			parts[i] = g.clamp(&ir.FieldOf{Node: g.node(f.Type), X: x(), Index: i})
		}
		return g.Make(t, 0, parts...)
	case ir.SumKind:
		return g.clampedSum(t, x)
	case ir.SetKind:
		l := g.fresh(t.Elem)
		return g.Bind(t, ir.SetOf, l, short(2, g.OpT(t, ir.SetLit)), nil, g.clamp(g.Use(l)))
	case ir.SeqKind:
		if t.Max >= 0 {
			return nil
		}
		l := g.fresh(t.Elem)
		return g.Bind(t, ir.SeqOf, l, short(2, g.OpT(t, ir.Slice, x(), g.I(1), g.I(2))), nil, g.clamp(g.Use(l)))
	case ir.FuncKind:
		l := g.fresh(t.Key)
		return g.Bind(t, ir.FuncOf, l, g.Values(t.Key), nil, g.clamp(g.Op(ir.Get, x(), g.Use(l))))
	case ir.MapKind:
		l := g.fresh(t.Key)
		e := g.Bind(t, ir.MapOf, l, g.Op(ir.Keys, x()), nil, g.clamp(g.Op(ir.Get, x(), g.Use(l))))
		e.Key = g.Use(l)
		return e
	}
	return nil
}

// clampedSum takes the variants in turn.
func (g *gen) clampedSum(t *ir.Type, x func() ir.Expr) ir.Expr {
	e := x()
	for i, v := range t.Variants {
		if len(v.Fields) == 0 {
			continue
		}
		parts := make([]ir.Expr, len(v.Fields))
		for j, f := range v.Fields {
			parts[j] = g.clamp(&ir.Payload{Node: g.node(f.Type), X: x(), Variant: i, Index: j})
		}
		e = g.Cond(&ir.Is{Node: g.node(g.Bool()), X: x(), Variant: i}, g.Make(t, i, parts...), e)
	}
	return e
}
