package encode

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/prover/term"
)

// Value is a value of the kernel whose parts are terms. Collections are given
// by what may be asked of them: a set by its members, a function by its
// results. So a variable of type [RM]set[Msg] becomes plain relations, and no
// solver needs to know of sets.
type Value interface{ value() }

type (
	// Scalar is a bool, a number, a string or an element of a sort.
	Scalar struct{ T *term.Term }
	// Sum is a value of an enum or option: which variant, and what each
	// variant holds, nil where it is certain that the value is not of it.
	Sum struct {
		Tag  *term.Term
		Args [][]Value
	}
	// Struct is a struct or tuple.
	Struct struct{ Fields []Value }
	// Set says what is in it.
	Set struct{ Has func(Value) *term.Term }
	// Bag says how often something is in it.
	Bag struct{ Count func(Value) *term.Term }
	// Func is a total function.
	Func struct{ At func(Value) Value }
	// Map is a partial function; At means nothing outside Has.
	Map struct {
		Has func(Value) *term.Term
		At  func(Value) Value
	}
	// Seq is a sequence; At means nothing outside 0..Len-1. Prefix is how often
	// a value is among the first k elements; nil if that cannot be said.
	Seq struct {
		Len    *term.Term
		At     func(*term.Term) Value
		Prefix func(x Value, k *term.Term) *term.Term
	}
)

func (*Scalar) value() {}
func (*Sum) value()    {}
func (*Struct) value() {}
func (*Set) value()    {}
func (*Bag) value()    {}
func (*Func) value()   {}
func (*Map) value()    {}
func (*Seq) value()    {}

func scalar(t *term.Term) Value { return &Scalar{t} }

// one returns the term of a scalar.
func one(v Value) *term.Term { return v.(*Scalar).T }

// tagged is a value of variant i of sum type t.
func (e *Encoder) tagged(t *ir.Type, i int, args []Value) Value {
	s := &Sum{Tag: e.b.Elem(e.tags(t), i), Args: make([][]Value, len(t.Variants))}
	s.Args[i] = args
	return s
}

// payload is what variant i of v holds, anything if it is of another variant.
func (e *Encoder) payload(v *Sum, t *ir.Type, i int) []Value {
	fields := t.Variants[i].Fields
	if v.Args[i] != nil || len(fields) == 0 {
		return v.Args[i]
	}
	out := make([]Value, len(fields))
	for j, f := range fields {
		out[j] = e.symbol("any "+f.Type.String(), f.Type, nil)
	}
	return out
}

func (e *Encoder) is(v *Sum, t *ir.Type, i int) *term.Term {
	return e.b.Eq(v.Tag, e.b.Elem(e.tags(t), i))
}

// Literal is the value v of type t.
func (e *Encoder) Literal(v ir.Value, t *ir.Type) Value {
	switch v := v.(type) {
	case ir.Bool:
		return scalar(e.b.Truth(bool(v)))
	case ir.Int:
		return scalar(e.b.Num(v.Int))
	case ir.Str:
		return scalar(e.text(string(v)))
	case ir.Elem:
		return scalar(e.b.Elem(e.sortOf(t), v.Index))
	case ir.SumValue:
		return e.tagged(t, v.Variant, e.literals(v.Args, t.Variants[v.Variant].Fields))
	case ir.StructValue:
		return &Struct{e.literals(v.Fields, t.Fields)}
	case ir.SetValue:
		return &Set{func(x Value) *term.Term { return e.among(x, v.Elems, t.Elem) }}
	case ir.BagValue:
		return &Bag{func(x Value) *term.Term {
			n := e.b.I(0)
			for i, y := range v.Elems {
				n = e.b.Ite(e.Same(x, e.Literal(y, t.Elem), t.Elem), e.b.I(v.Counts[i]), n)
			}
			return n
		}}
	case ir.MapValue:
		return e.literalMap(v, t)
	case ir.SeqValue:
		return e.sequence(v.Elems, t)
	}
	return scalar(e.b.Truth(false))
}

func (e *Encoder) literals(vs []ir.Value, fields []ir.Field) []Value {
	out := make([]Value, len(vs))
	for i, v := range vs {
		out[i] = e.Literal(v, fields[i].Type)
	}
	return out
}

func (e *Encoder) among(x Value, elems []ir.Value, t *ir.Type) *term.Term {
	var any []*term.Term
	for _, y := range elems {
		any = append(any, e.Same(x, e.Literal(y, t), t))
	}
	return e.b.Or(any...)
}

func (e *Encoder) literalMap(v ir.MapValue, t *ir.Type) Value {
	at := func(k Value) Value {
		if len(v.Keys) == 0 {
			return e.symbol("any "+t.Elem.String(), t.Elem, nil)
		}
		out := e.Literal(v.Vals[len(v.Vals)-1], t.Elem)
		for i := len(v.Vals) - 2; i >= 0; i-- {
			out = e.choice(e.Same(k, e.Literal(v.Keys[i], t.Key), t.Key), e.Literal(v.Vals[i], t.Elem), out, t.Elem)
		}
		return out
	}
	if t.Kind == ir.FuncKind {
		return &Func{at}
	}
	return &Map{func(k Value) *term.Term { return e.among(k, v.Keys, t.Key) }, at}
}

func (e *Encoder) sequence(elems []ir.Value, t *ir.Type) Value {
	vs := make([]Value, len(elems))
	for i, v := range elems {
		vs[i] = e.Literal(v, t.Elem)
	}
	return e.listed(vs, t)
}

// listed is the sequence of vs, of type t.
func (e *Encoder) listed(vs []Value, t *ir.Type) Value {
	return &Seq{Len: e.b.I(len(vs)), Prefix: e.countedIn(vs, t), At: func(i *term.Term) Value {
		if len(vs) == 0 {
			return e.symbol("any "+t.Elem.String(), t.Elem, nil)
		}
		out := vs[len(vs)-1]
		for k := len(vs) - 2; k >= 0; k-- {
			out = e.choice(e.b.Eq(i, e.b.I(k)), vs[k], out, t.Elem)
		}
		return out
	}}
}

// choice is if c then x else y, of type t.
func (e *Encoder) choice(c *term.Term, x, y Value, t *ir.Type) Value {
	switch {
	case c.Op == term.True || x == y || y == nil:
		return x
	case c.Op == term.False || x == nil:
		return y
	}
	switch x := x.(type) {
	case *Scalar:
		return scalar(e.b.Ite(c, x.T, one(y)))
	case *Sum:
		return e.choiceSum(c, x, y.(*Sum), t)
	case *Struct:
		return &Struct{e.choices(c, x.Fields, y.(*Struct).Fields, t.Fields)}
	case *Set:
		y := y.(*Set)
		return &Set{func(v Value) *term.Term { return e.b.Ite(c, x.Has(v), y.Has(v)) }}
	case *Bag:
		y := y.(*Bag)
		return &Bag{func(v Value) *term.Term { return e.b.Ite(c, x.Count(v), y.Count(v)) }}
	case *Func:
		y := y.(*Func)
		return &Func{func(k Value) Value { return e.choice(c, x.At(k), y.At(k), t.Elem) }}
	case *Map:
		y := y.(*Map)
		return &Map{func(k Value) *term.Term { return e.b.Ite(c, x.Has(k), y.Has(k)) },
			func(k Value) Value { return e.choice(c, x.At(k), y.At(k), t.Elem) }}
	case *Seq:
		y := y.(*Seq)
		return &Seq{Len: e.b.Ite(c, x.Len, y.Len), Prefix: e.countedEither(c, x, y),
			At: func(i *term.Term) Value { return e.choice(c, x.At(i), y.At(i), t.Elem) }}
	}
	return x
}

func (e *Encoder) choiceSum(c *term.Term, x, y *Sum, t *ir.Type) Value {
	out := &Sum{Tag: e.b.Ite(c, x.Tag, y.Tag), Args: make([][]Value, len(t.Variants))}
	for i, v := range t.Variants {
		switch {
		case x.Args[i] == nil:
			out.Args[i] = y.Args[i]
		case y.Args[i] == nil:
			out.Args[i] = x.Args[i]
		default:
			out.Args[i] = e.choices(c, x.Args[i], y.Args[i], v.Fields)
		}
	}
	return out
}

func (e *Encoder) choices(c *term.Term, xs, ys []Value, fields []ir.Field) []Value {
	out := make([]Value, len(xs))
	for i := range xs {
		out[i] = e.choice(c, xs[i], ys[i], fields[i].Type)
	}
	return out
}

// Same says that two values of type t are the same.
func (e *Encoder) Same(x, y Value, t *ir.Type) *term.Term {
	if x == y {
		return e.b.Truth(true)
	}
	switch x := x.(type) {
	case *Scalar:
		return e.b.Eq(x.T, one(y))
	case *Sum:
		return e.equalSum(x, y.(*Sum), t)
	case *Struct:
		return e.equalAll(x.Fields, y.(*Struct).Fields, t.Fields)
	case *Set:
		y := y.(*Set)
		return e.every(t.Elem, func(v Value) *term.Term { return e.b.Eq(x.Has(v), y.Has(v)) })
	case *Bag:
		y := y.(*Bag)
		return e.every(t.Elem, func(v Value) *term.Term { return e.b.Eq(x.Count(v), y.Count(v)) })
	case *Func:
		y := y.(*Func)
		return e.every(t.Key, func(k Value) *term.Term {
			return e.b.Implies(e.fits(k, t.Key), e.Same(x.At(k), y.At(k), t.Elem))
		})
	case *Map:
		y := y.(*Map)
		return e.every(t.Key, func(k Value) *term.Term {
			return e.b.And(e.b.Eq(x.Has(k), y.Has(k)), e.b.Implies(x.Has(k), e.Same(x.At(k), y.At(k), t.Elem)))
		})
	case *Seq:
		y := y.(*Seq)
		return e.b.And(e.b.Eq(x.Len, y.Len), e.indices(x.Len, func(i *term.Term) *term.Term {
			return e.Same(x.At(i), y.At(i), t.Elem)
		}))
	}
	return e.b.Truth(false)
}

func (e *Encoder) equalSum(x, y *Sum, t *ir.Type) *term.Term {
	all := []*term.Term{e.b.Eq(x.Tag, y.Tag)}
	for i, v := range t.Variants {
		if is := e.b.And(e.is(x, t, i), e.is(y, t, i)); len(v.Fields) > 0 && is.Op != term.False {
			all = append(all, e.b.Implies(is, e.equalAll(e.payload(x, t, i), e.payload(y, t, i), v.Fields)))
		}
	}
	return e.b.And(all...)
}

func (e *Encoder) equalAll(xs, ys []Value, fields []ir.Field) *term.Term {
	var all []*term.Term
	for i, f := range fields {
		all = append(all, e.Same(xs[i], ys[i], f.Type))
	}
	return e.b.And(all...)
}

// indices says that p holds for every index of a sequence of length n.
func (e *Encoder) indices(n *term.Term, p func(*term.Term) *term.Term) *term.Term {
	if n.Op == term.Number && n.N.IsInt64() && n.N.Int64() <= maxListed {
		var all []*term.Term
		for i := range int(n.N.Int64()) {
			all = append(all, p(e.b.I(i)))
		}
		return e.b.And(all...)
	}
	all, _ := e.bind(true, "i", e.b.Int, func(i *term.Term) (*term.Term, *term.Term) {
		return e.b.Implies(e.isIndex(i, n), p(i)), e.b.Truth(true)
	})
	return all
}
