package encode

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/prover/term"
)

// operator returns the value of x and when it has one.
func (e *Encoder) operator(x *ir.Apply, env Env) (Value, *term.Term) {
	if ir.Ops[x.Op].Temporal {
		e.give("%s, which speaks about a whole run", x.Op)
		return e.junk(x.T)
	}
	switch x.Op {
	case ir.And, ir.Or, ir.Implies:
		a, oka := e.Holds(x.Args[0], env)
		b, okb := e.Holds(x.Args[1], env)
		switch x.Op {
		case ir.And:
			return scalar(e.b.And(a, b)), e.b.And(oka, e.b.Implies(a, okb))
		case ir.Or:
			return scalar(e.b.Or(a, b)), e.b.And(oka, e.b.Or(a, okb))
		}
		return scalar(e.b.Implies(a, b)), e.b.And(oka, e.b.Implies(a, okb))
	}
	vs, ok := e.exprs(x.Args, env)
	a := application{Apply: x, e: e, b: e.b, v: vs}
	row := operators[x.Op]
	if row == nil {
		e.give("what %s means", x.Op)
		return e.junk(x.T)
	}
	v := row(&a)
	for _, n := range a.needs {
		e.because(n, needed(x), 0, nil)
	}
	return v, e.b.And(append(a.needs, ok)...)
}

// application is an operator with its operands. needs is when it has a value.
type application struct {
	*ir.Apply
	e     *Encoder
	b     *term.Bank
	v     []Value
	needs []*term.Term
}

func (a *application) t(i int) *term.Term { return one(a.v[i]) }
func (a *application) typ(i int) *ir.Type { return a.Args[i].Type() }
func (a *application) need(c *term.Term)  { a.needs = append(a.needs, c) }
func (a *application) set(i int) *Set     { return a.v[i].(*Set) }

func (a *application) give(what string, args ...any) Value {
	a.e.give(what, args...)
	v, _ := a.e.junk(a.T)
	return v
}

// truth is an operator whose result is a term.
func truth(f func(*application) *term.Term) func(*application) Value {
	return func(a *application) Value { return scalar(f(a)) }
}

// sets is an operator on two sets, member by member.
func sets(f func(b *term.Bank, x, y *term.Term) *term.Term) func(*application) Value {
	return func(a *application) Value {
		x, y := a.set(0), a.set(1)
		return &Set{func(v Value) *term.Term { return f(a.b, x.Has(v), y.Has(v)) }}
	}
}

// bags is an operator on two bags, count by count.
func bags(f func(b *term.Bank, x, y *term.Term) *term.Term) func(*application) Value {
	return func(a *application) Value {
		x, y := a.v[0].(*Bag), a.v[1].(*Bag)
		return &Bag{func(v Value) *term.Term { return f(a.b, x.Count(v), y.Count(v)) }}
	}
}

// less compares numbers or elements of an ordered sort.
func less(a *application, x, y int) *term.Term { return a.e.less(a.v[x], a.v[y], a.typ(0)) }

// operators is the meaning of the operators that evaluate all operands.
var operators = [...]func(*application) Value{
	ir.Not: truth(func(a *application) *term.Term { return a.b.Not(a.t(0)) }),
	ir.Iff: truth(func(a *application) *term.Term { return a.b.Eq(a.t(0), a.t(1)) }),
	ir.Eq:  truth(func(a *application) *term.Term { return a.e.Same(a.v[0], a.v[1], a.typ(0)) }),
	ir.Ne:  truth(func(a *application) *term.Term { return a.b.Not(a.e.Same(a.v[0], a.v[1], a.typ(0))) }),
	ir.Neg: truth(func(a *application) *term.Term { return a.b.Neg(a.t(0)) }),
	ir.Add: truth(func(a *application) *term.Term { return a.b.Add(a.t(0), a.t(1)) }),
	ir.Sub: truth(func(a *application) *term.Term { return a.b.Add(a.t(0), a.b.Neg(a.t(1))) }),
	ir.Mul: truth(func(a *application) *term.Term { return a.b.Mul(a.t(0), a.t(1)) }),
	ir.Div: truth(func(a *application) *term.Term { return a.divide(a.quotient) }),
	ir.Mod: truth(func(a *application) *term.Term { return a.divide(a.remainder) }),
	ir.Lt:  truth(func(a *application) *term.Term { return less(a, 0, 1) }),
	ir.Gt:  truth(func(a *application) *term.Term { return less(a, 1, 0) }),
	ir.Le:  truth(func(a *application) *term.Term { return a.b.Not(less(a, 1, 0)) }),
	ir.Ge:  truth(func(a *application) *term.Term { return a.b.Not(less(a, 0, 1)) }),

	ir.Next: func(a *application) Value { return a.neighbour(true) },
	ir.Prev: func(a *application) Value { return a.neighbour(false) },

	ir.Universe: func(a *application) Value {
		return &Set{func(v Value) *term.Term { return a.e.fits(v, a.T.Elem) }}
	},
	ir.Interval: func(a *application) Value {
		return &Set{func(v Value) *term.Term { return a.b.And(a.b.Le(a.t(0), one(v)), a.b.Le(one(v), a.t(1))) }}
	},
	ir.SetLit: func(a *application) Value {
		return &Set{func(v Value) *term.Term { return a.among(v) }}
	},
	ir.In:     truth(func(a *application) *term.Term { return a.e.member(a.v[0], a.v[1], a.typ(1)) }),
	ir.Subset: truth(func(a *application) *term.Term { return a.e.subset(a.set(0), a.set(1), a.typ(0)) }),
	ir.Union:  sets(func(b *term.Bank, x, y *term.Term) *term.Term { return b.Or(x, y) }),
	ir.Inter:  sets(func(b *term.Bank, x, y *term.Term) *term.Term { return b.And(x, y) }),
	ir.Diff:   sets(func(b *term.Bank, x, y *term.Term) *term.Term { return b.And(x, b.Not(y)) }),
	ir.Powerset: func(a *application) Value {
		return &Set{func(v Value) *term.Term { return a.e.subset(v.(*Set), a.set(0), a.typ(0)) }}
	},
	ir.Len: truth(func(a *application) *term.Term { return a.length() }),
	ir.ToSet: func(a *application) Value {
		return &Set{func(v Value) *term.Term { return a.e.member(v, a.v[0], a.typ(0)) }}
	},
	ir.BagLit: func(a *application) Value {
		return &Bag{func(v Value) *term.Term { return a.occurrences(v) }}
	},
	ir.BagAdd: bags(func(b *term.Bank, x, y *term.Term) *term.Term { return b.Add(x, y) }),
	ir.BagSub: bags(func(b *term.Bank, x, y *term.Term) *term.Term {
		return b.Ite(b.Le(y, x), b.Add(x, b.Neg(y)), b.I(0))
	}),
	ir.CountOf: func(a *application) Value {
		if bag, ok := a.v[0].(*Bag); ok {
			return scalar(bag.Count(a.v[1]))
		}
		return scalar(a.e.howOften(a.v[0].(*Seq), a.v[1]))
	},
	ir.ConstFunc: func(a *application) Value { return &Func{func(Value) Value { return a.v[0] }} },
	ir.MapLit:    func(a *application) Value { return a.mapLit() },
	ir.Get:       func(a *application) Value { return a.get() },
	ir.Put: func(a *application) Value {
		v, ok := a.e.put(a.v[0], a.T, a.v[1], a.v[2])
		a.need(ok)
		return v
	},
	ir.RemoveKey: func(a *application) Value {
		m := a.v[0].(*Map)
		return &Map{func(k Value) *term.Term {
			return a.b.And(m.Has(k), a.b.Not(a.e.Same(k, a.v[1], a.T.Key)))
		}, m.At}
	},
	ir.Keys:   func(a *application) Value { return &Set{a.v[0].(*Map).Has} },
	ir.SeqLit: func(a *application) Value { return a.e.listed(a.v, a.T) },
	ir.Concat: func(a *application) Value { return a.concat() },
	ir.Slice:  func(a *application) Value { return a.slice() },
	ir.EU:     nil, // the last operator: the table is as long as ir.Ops
}

// divide is f where the divisor is not zero.
func (a *application) divide(f func(x, y *term.Term) *term.Term) *term.Term {
	a.need(a.b.Not(a.b.Eq(a.t(1), a.b.I(0))))
	return f(a.t(0), a.t(1))
}

// quotient is x / y as in Go: truncated. That of SMT-LIB leaves a remainder
// that is not negative.
func (a *application) quotient(x, y *term.Term) *term.Term {
	b := a.b
	up := b.Ite(b.Lt(b.I(0), y), b.I(1), b.I(-1))
	exact := b.Eq(b.Mod(x, y), b.I(0))
	return b.Ite(b.Or(b.Le(b.I(0), x), exact), b.Div(x, y), b.Add(b.Div(x, y), up))
}

// remainder is x % y as in Go: with the sign of x.
func (a *application) remainder(x, y *term.Term) *term.Term {
	b := a.b
	m := b.Mod(x, y)
	size := b.Ite(b.Lt(b.I(0), y), y, b.Neg(y))
	return b.Ite(b.Or(b.Le(b.I(0), x), b.Eq(m, b.I(0))), m, b.Add(m, b.Neg(size)))
}

func (a *application) among(v Value) *term.Term {
	var any []*term.Term
	for _, x := range a.v {
		any = append(any, a.e.Same(v, x, a.T.Elem))
	}
	return a.b.Or(any...)
}

func (a *application) occurrences(v Value) *term.Term {
	n := a.b.I(0)
	for _, x := range a.v {
		n = a.b.Add(n, a.b.Ite(a.e.Same(v, x, a.T.Elem), a.b.I(1), a.b.I(0)))
	}
	return n
}

func (a *application) length() *term.Term {
	switch v := a.v[0].(type) {
	case *Set:
		return a.e.count(v.Has, a.typ(0).Elem)
	case *Map:
		return a.e.count(v.Has, a.typ(0).Key)
	case *Seq:
		return v.Len
	}
	return one(a.give("the length of a %s", map[bool]string{true: "bag", false: "string"}[a.typ(0).Kind == ir.BagKind]))
}

// member says that x is in a collection of type t.
func (e *Encoder) member(x, in Value, t *ir.Type) *term.Term {
	switch in := in.(type) {
	case *Set:
		return in.Has(x)
	case *Bag:
		return e.b.Lt(e.b.I(0), in.Count(x))
	case *Map:
		return in.Has(x)
	}
	q := in.(*Seq)
	return e.b.Not(e.indices(q.Len, func(i *term.Term) *term.Term { return e.b.Not(e.Same(x, q.At(i), t.Elem)) }))
}

func (e *Encoder) subset(x, y *Set, t *ir.Type) *term.Term {
	return e.every(t.Elem, func(v Value) *term.Term { return e.b.Implies(x.Has(v), y.Has(v)) })
}

func (a *application) mapLit() Value {
	var m Value = &Map{func(Value) *term.Term { return a.b.Truth(false) },
		func(Value) Value { return a.e.symbol("any "+a.T.Elem.String(), a.T.Elem, nil) }}
	for i := 0; i+1 < len(a.v); i += 2 {
		m, _ = a.e.put(m, a.T, a.v[i], a.v[i+1])
	}
	return m
}

func (a *application) get() Value {
	v, ok := a.e.get(a.v[0], a.v[1])
	a.need(ok)
	return v
}

// get is what stands at key in a function, map or sequence, and when.
func (e *Encoder) get(in, key Value) (Value, *term.Term) {
	switch in := in.(type) {
	case *Func:
		return in.At(key), e.b.Truth(true)
	case *Map:
		return in.At(key), in.Has(key)
	}
	q := in.(*Seq)
	return q.At(one(key)), e.isIndex(one(key), q.Len)
}

// isIndex says that i is an index of a sequence of length n.
func (e *Encoder) isIndex(i, n *term.Term) *term.Term {
	return e.b.And(e.b.Le(e.b.I(0), i), e.b.Lt(i, n))
}

// put returns in, of type t, with v at key, and when that is possible.
func (e *Encoder) put(in Value, t *ir.Type, key, v Value) (Value, *term.Term) {
	yes := e.b.Truth(true)
	switch in := in.(type) {
	case *Func:
		return &Func{func(k Value) Value { return e.choice(e.Same(k, key, t.Key), v, in.At(k), t.Elem) }}, yes
	case *Map:
		return &Map{func(k Value) *term.Term { return e.b.Or(e.Same(k, key, t.Key), in.Has(k)) },
			func(k Value) Value { return e.choice(e.Same(k, key, t.Key), v, in.At(k), t.Elem) }}, yes
	}
	q, at := in.(*Seq), one(key)
	return &Seq{Len: q.Len, Prefix: e.countedWith(q, t, at, v),
		At: func(i *term.Term) Value { return e.choice(e.b.Eq(i, at), v, q.At(i), t.Elem) }}, e.isIndex(at, q.Len)
}

func (a *application) concat() Value {
	x, ok := a.v[0].(*Seq)
	if !ok {
		return a.give("strings put together")
	}
	y := a.v[1].(*Seq)
	return &Seq{Len: a.b.Add(x.Len, y.Len), Prefix: a.e.countedAfter(x, y), At: func(i *term.Term) Value {
		return a.e.choice(a.b.Lt(i, x.Len), x.At(i), y.At(a.b.Add(i, a.b.Neg(x.Len))), a.T.Elem)
	}}
}

func (a *application) slice() Value {
	q, lo, hi := a.v[0].(*Seq), a.t(1), a.t(2)
	a.need(a.b.And(a.b.Le(a.b.I(0), lo), a.b.Le(lo, hi), a.b.Le(hi, q.Len)))
	return &Seq{Len: a.b.Add(hi, a.b.Neg(lo)), Prefix: a.e.countedFrom(q, lo),
		At: func(i *term.Term) Value { return q.At(a.b.Add(i, lo)) }}
}
