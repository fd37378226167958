package eval

import (
	"math/big"
	"slices"

	"github.com/spec-lang/spec/ir"
)

// application is an operator with the values of its operands.
type application struct {
	*ir.Apply
	v []ir.Value
}

func (a application) bool(i int) bool      { return bool(a.v[i].(ir.Bool)) }
func (a application) int(i int) *big.Int   { return a.v[i].(ir.Int).Int }
func (a application) set(i int) []ir.Value { return a.v[i].(ir.SetValue).Elems }

// apply evaluates an operator: the lazy ones and Universe here, the others
// by the table strict.
func (s scope) apply(e *ir.Apply) (ir.Value, *Error) {
	if ir.Ops[e.Op].Temporal {
		return nil, illFormed(e.Loc, "%s is not a state predicate: it speaks about a whole run", e.Op)
	}
	switch e.Op {
	case ir.And, ir.Or, ir.Implies:
		return s.connective(e)
	case ir.In:
		x, err := s.eval(e.Args[0])
		if err != nil {
			return nil, err
		}
		in, err := s.member(x, e.Args[1])
		return ir.Bool(in), err
	}
	vs, err := s.evalAll(e.Args)
	if err != nil {
		return nil, err
	}
	f := strict[e.Op]
	if f == nil {
		return nil, illFormed(e.Loc, "an operator that the evaluator does not know")
	}
	return f(application{e, vs})
}

// connective evaluates its second operand only if the first does not decide.
func (s scope) connective(e *ir.Apply) (ir.Value, *Error) {
	x, err := s.holds(e.Args[0])
	if err != nil {
		return nil, err
	}
	switch {
	case e.Op == ir.And && !x:
		return ir.Bool(false), nil
	case e.Op == ir.Or && x, e.Op == ir.Implies && !x:
		return ir.Bool(true), nil
	}
	y, err := s.holds(e.Args[1])
	return ir.Bool(y), err
}

// member reports whether x is in the collection e, without listing the
// elements of what may be huge.
func (s scope) member(x ir.Value, e ir.Expr) (bool, *Error) {
	if a, ok := e.(*ir.Apply); ok {
		switch a.Op {
		case ir.Universe:
			return ir.Fits(x, a.T.Elem), nil
		case ir.Interval:
			ends, err := s.evalAll(a.Args)
			return err == nil && ir.Compare(ends[0], x) <= 0 && ir.Compare(x, ends[1]) <= 0, err
		case ir.Powerset:
			all, err := s.eval(a.Args[0])
			return err == nil && subset(x.(ir.SetValue).Elems, all.(ir.SetValue)), err
		}
	}
	c, err := s.eval(e)
	if err != nil {
		return false, err
	}
	switch c := c.(type) {
	case ir.MapValue:
		_, ok := c.Lookup(x)
		return ok, nil
	default:
		return slices.ContainsFunc(elements(c), func(y ir.Value) bool { return ir.Equal(x, y) }), nil
	}
}

func subset(elems []ir.Value, of ir.SetValue) bool {
	return !slices.ContainsFunc(elems, func(v ir.Value) bool { return !of.Contains(v) })
}

func filter(elems []ir.Value, keep func(ir.Value) bool) ir.SetValue {
	var out []ir.Value
	for _, v := range elems {
		if keep(v) {
			out = append(out, v)
		}
	}
	return ir.SetValue{Elems: out}
}

// compared returns the operator that is true where the comparison of its
// operands is.
func compared(holds func(c int) bool) func(application) (ir.Value, *Error) {
	return func(a application) (ir.Value, *Error) { return ir.Bool(holds(ir.Compare(a.v[0], a.v[1]))), nil }
}

// computed returns the operator that computes an integer from two.
func computed(f func(z, x, y *big.Int) *big.Int) func(application) (ir.Value, *Error) {
	return func(a application) (ir.Value, *Error) {
		return ir.Int{Int: f(new(big.Int), a.int(0), a.int(1))}, nil
	}
}

// divided is computed with a check that the divisor is not zero.
func divided(f func(z, x, y *big.Int) *big.Int) func(application) (ir.Value, *Error) {
	return func(a application) (ir.Value, *Error) {
		if a.int(1).Sign() == 0 {
			return nil, divideByZero(a.Apply, a.v[0])
		}
		return computed(f)(a)
	}
}

// strict is the evaluation of the operators that evaluate all operands first.
var strict = [...]func(application) (ir.Value, *Error){
	ir.Not: func(a application) (ir.Value, *Error) { return ir.Bool(!a.bool(0)), nil },
	ir.Iff: compared(func(c int) bool { return c == 0 }),
	ir.Eq:  compared(func(c int) bool { return c == 0 }),
	ir.Ne:  compared(func(c int) bool { return c != 0 }),
	ir.Neg: func(a application) (ir.Value, *Error) { return ir.Int{Int: new(big.Int).Neg(a.int(0))}, nil },
	ir.Add: computed((*big.Int).Add),
	ir.Sub: computed((*big.Int).Sub),
	ir.Mul: computed((*big.Int).Mul),
	ir.Div: divided((*big.Int).Quo),
	ir.Mod: divided((*big.Int).Rem),
	ir.Lt:  compared(func(c int) bool { return c < 0 }),
	ir.Le:  compared(func(c int) bool { return c <= 0 }),
	ir.Gt:  compared(func(c int) bool { return c > 0 }),
	ir.Ge:  compared(func(c int) bool { return c >= 0 }),

	ir.Next: func(a application) (ir.Value, *Error) { return neighbour(a, 1) },
	ir.Prev: func(a application) (ir.Value, *Error) { return neighbour(a, -1) },

	ir.Universe: universe,
	ir.Interval: interval,
	ir.SetLit:   func(a application) (ir.Value, *Error) { return ir.MakeSet(slices.Clone(a.v)), nil },
	ir.Subset: func(a application) (ir.Value, *Error) {
		return ir.Bool(subset(a.set(0), a.v[1].(ir.SetValue))), nil
	},
	ir.Union: func(a application) (ir.Value, *Error) {
		return ir.MakeSet(slices.Concat(a.set(0), a.set(1))), nil
	},
	ir.Inter: func(a application) (ir.Value, *Error) {
		return filter(a.set(0), a.v[1].(ir.SetValue).Contains), nil
	},
	ir.Diff: func(a application) (ir.Value, *Error) {
		return filter(a.set(0), func(v ir.Value) bool { return !a.v[1].(ir.SetValue).Contains(v) }), nil
	},
	ir.Powerset: powerset,
	ir.Len:      func(a application) (ir.Value, *Error) { return ir.NewInt(int64(length(a.v[0]))), nil },
	ir.ToSet: func(a application) (ir.Value, *Error) {
		return ir.MakeSet(slices.Clone(elements(a.v[0]))), nil
	},
	ir.BagLit: func(a application) (ir.Value, *Error) {
		bag := ir.BagValue{}
		for _, v := range a.v {
			bag = addTo(bag, v, 1)
		}
		return bag, nil
	},
	ir.BagAdd: func(a application) (ir.Value, *Error) { return merge(a, 1), nil },
	ir.BagSub: func(a application) (ir.Value, *Error) { return merge(a, -1), nil },
	ir.CountOf: func(a application) (ir.Value, *Error) {
		return ir.NewInt(int64(occurrences(a.v[0], a.v[1]))), nil
	},
	ir.ConstFunc: constFunc,
	ir.MapLit: func(a application) (ir.Value, *Error) {
		m := ir.MapValue{}
		for i := 0; i+1 < len(a.v); i += 2 {
			m = put(m, a.v[i], a.v[i+1])
		}
		return m, nil
	},
	ir.Get: func(a application) (ir.Value, *Error) { return get(a.Loc, a.v[0], a.Args[0].Type(), a.v[1]) },
	ir.Put: func(a application) (ir.Value, *Error) {
		return putAt(a.Loc, a.v[0], a.T, a.v[1], a.v[2])
	},
	ir.RemoveKey: func(a application) (ir.Value, *Error) { return removeKey(a.v[0].(ir.MapValue), a.v[1]), nil },
	ir.Keys:      func(a application) (ir.Value, *Error) { return ir.SetValue{Elems: a.v[0].(ir.MapValue).Keys}, nil },
	ir.SeqLit:    func(a application) (ir.Value, *Error) { return ir.SeqValue{Elems: a.v}, nil },
	ir.Concat:    concat,
	ir.Slice:     slice,
	ir.EU:        nil, // the last operator: the table is as long as ir.Ops
}
