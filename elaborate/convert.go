package elaborate

import (
	"math/big"

	"github.com/spec-lang/spec/ir"
)

// convert gives x the type want. Literals are made with that type; anything
// else is wrapped in ir.Convert, which checks what may not fit.
func (b *builder) convert(x ir.Expr, want *ir.Type) ir.Expr {
	from := x.Type()
	if want == nil || from == want || from == b.invalid || want == b.invalid {
		return x
	}
	if y, ok := b.retype(x, want); ok {
		return y
	}
	if !ir.Converts(from, want) {
		b.fault(x.Span(), "expected %s, found %s", want, x.Type())
		return b.bad(x.Span())
	}
	y := &ir.Convert{Node: node(want, x.Span()), X: x}
	if b.join(from, want) != want {
		b.oblige(want.String(), x.Span(), y)
	}
	return y
}

// retype returns x as an expression of type want if x is built from literals
// that are values of it, so that nothing has to be checked.
func (b *builder) retype(x ir.Expr, want *ir.Type) (ir.Expr, bool) {
	if x.Type() == want {
		return x, true
	}
	switch x := x.(type) {
	case *ir.Lit:
		n, ok := x.Value.(ir.Int)
		if !ok || !fits(n.Int, want) {
			return nil, false
		}
		return &ir.Lit{Node: node(want, x.Loc), Value: x.Value}, true
	case *ir.Apply:
		return b.retypeApply(x, want)
	case *ir.If:
		then, ok := b.retype(x.Then, want)
		els, ok2 := b.retype(x.Else, want)
		return &ir.If{Node: node(want, x.Loc), Cond: x.Cond, Then: then, Else: els}, ok && ok2
	case *ir.Make:
		return b.retypeMake(x, want)
	}
	return nil, false
}

func (b *builder) retypeApply(x *ir.Apply, want *ir.Type) (ir.Expr, bool) {
	if x.T.Kind != want.Kind {
		return nil, false
	}
	switch x.Op {
	case ir.SeqLit:
		if want.Max >= 0 && len(x.Args) > want.Max {
			return nil, false
		}
	case ir.SetLit, ir.BagLit:
	default:
		return nil, false
	}
	args := make([]ir.Expr, len(x.Args))
	for i, a := range x.Args {
		y, ok := b.retype(a, want.Elem)
		if !ok {
			return nil, false
		}
		args[i] = y
	}
	return apply(x.Op, want, x.Loc, args...), true
}

func (b *builder) retypeMake(x *ir.Make, want *ir.Type) (ir.Expr, bool) {
	if !ir.Converts(x.T, want) {
		return nil, false
	}
	fields := want.Fields
	if want.Kind == ir.SumKind {
		fields = want.Variants[x.Variant].Fields
	}
	args := make([]ir.Expr, len(x.Args))
	for i, a := range x.Args {
		y, ok := b.retype(a, fields[i].Type)
		if !ok {
			return nil, false
		}
		args[i] = y
	}
	return &ir.Make{Node: node(want, x.Loc), Variant: x.Variant, Args: args}, true
}

// join returns the smallest type that values of both x and y have, or nil.
func (b *builder) join(x, y *ir.Type) *ir.Type {
	switch {
	case x == y || y == b.invalid:
		return x
	case x == b.invalid:
		return y
	case !ir.Converts(x, y):
		return nil
	}
	switch x.Kind {
	case ir.IntKind, ir.RangeKind:
		if x.Kind == ir.IntKind || y.Kind == ir.IntKind {
			return b.t.Int()
		}
		return b.t.Range(least(x.Lo, y.Lo), most(x.Hi, y.Hi))
	case ir.SetKind:
		return b.t.Set(b.join(x.Elem, y.Elem))
	case ir.BagKind:
		return b.t.Bag(b.join(x.Elem, y.Elem))
	case ir.SeqKind:
		longest := max(x.Max, y.Max)
		if x.Max < 0 || y.Max < 0 {
			longest = -1
		}
		return b.t.Seq(b.join(x.Elem, y.Elem), longest)
	case ir.FuncKind:
		return b.t.Func(x.Key, b.join(x.Elem, y.Elem))
	case ir.MapKind:
		return b.t.Map(b.join(x.Key, y.Key), b.join(x.Elem, y.Elem))
	case ir.SumKind:
		if x.Option {
			return b.t.Option(b.join(x.Elem, y.Elem))
		}
	}
	if x.Generic != "" {
		return b.joinGeneric(x, y)
	}
	elems := make([]*ir.Type, len(x.Fields))
	for i, f := range x.Fields {
		elems[i] = b.join(f.Type, y.Fields[i].Type)
	}
	return b.t.Tuple(elems...)
}

// joinGeneric returns the instance of a generic type whose values include
// those of the other, nil if neither does.
func (b *builder) joinGeneric(x, y *ir.Type) *ir.Type {
	for _, t := range []*ir.Type{x, y} {
		wide := true
		fields := func(f, g []ir.Field, of []ir.Field) {
			for i := range of {
				wide = wide && b.join(f[i].Type, g[i].Type) == of[i].Type
			}
		}
		fields(x.Fields, y.Fields, t.Fields)
		for i, v := range t.Variants {
			fields(x.Variants[i].Fields, y.Variants[i].Fields, v.Fields)
		}
		if wide {
			return t
		}
	}
	return nil
}

func least(a, b *big.Int) *big.Int {
	if a.Cmp(b) <= 0 {
		return a
	}
	return b
}

func most(a, b *big.Int) *big.Int {
	if a.Cmp(b) >= 0 {
		return a
	}
	return b
}

// agree converts x and y to their common type. Where one is a literal that
// fits the other's type, that is the common type.
func (b *builder) agree(x, y ir.Expr) (ir.Expr, ir.Expr, *ir.Type) {
	if y2, ok := b.retype(y, x.Type()); ok {
		return x, y2, x.Type()
	}
	if x2, ok := b.retype(x, y.Type()); ok {
		return x2, y, y.Type()
	}
	t := b.join(x.Type(), y.Type())
	if t == nil {
		b.fault(y.Span(), "expected %s, found %s", x.Type(), y.Type())
		return b.bad(x.Span()), b.bad(y.Span()), b.invalid
	}
	return b.convert(x, t), b.convert(y, t), t
}
