package encode

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/prover/term"
)

// A sequence knows how often something is among its first k elements: Prefix,
// for 0 <= k <= Len. That is enough for permutations, since a change of one
// element and two sequences put together are differences and sums of counts. Of
// a sequence of which nothing is known, a count of k elements is that of k-1
// and the one at k-1; each count that is asked for brings that fact, once, so
// that solvers need no induction for a step of a loop.

// prefix is Prefix of a symbol.
func (e *Encoder) prefix(name string, t *ir.Type, args []*term.Term, q *Seq) func(Value, *term.Term) *term.Term {
	count := func(x Value, k *term.Term) *term.Term {
		in := e.table(name+".count", t.Elem, with(args, k), func(name string, args []*term.Term) Value {
			return scalar(e.apply(name, e.b.Int, args))
		}, nil)
		return one(in(x))
	}
	known := map[[2]*term.Term]bool{}
	return func(x Value, k *term.Term) *term.Term {
		n := count(x, k)
		if known[[2]*term.Term{n, k}] {
			return n
		}
		known[[2]*term.Term{n, k}] = true
		b, last := e.b, e.b.Add(k, e.b.I(-1))
		before := count(x, last)
		fact := b.And(
			b.Implies(b.Le(k, b.I(0)), b.Eq(n, b.I(0))),
			b.Implies(b.And(b.Lt(b.I(0), k), b.Le(k, q.Len)),
				b.And(b.Eq(n, b.Add(before, e.oneIf(e.Same(q.At(last), x, t.Elem)))), b.Le(b.I(0), before), b.Le(before, last))))
		e.fact(b.Forall(fact.Open(), fact))
		return n
	}
}

func (e *Encoder) oneIf(c *term.Term) *term.Term { return e.b.Ite(c, e.b.I(1), e.b.I(0)) }

// occurrences is how often x is in q.
func (e *Encoder) howOften(q *Seq, x Value) *term.Term {
	if q.Prefix == nil {
		e.give("how often something is in a sequence that is computed element by element")
		return e.b.I(0)
	}
	return q.Prefix(x, q.Len)
}

// countedIn are the counts of vs, of type t.
func (e *Encoder) countedIn(vs []Value, t *ir.Type) func(Value, *term.Term) *term.Term {
	return func(x Value, k *term.Term) *term.Term {
		n := e.b.I(0)
		for i, v := range vs {
			n = e.b.Add(n, e.oneIf(e.b.And(e.b.Lt(e.b.I(i), k), e.Same(v, x, t.Elem))))
		}
		return n
	}
}

// countedWith are the counts of q with v instead of what is at index at.
func (e *Encoder) countedWith(q *Seq, t *ir.Type, at *term.Term, v Value) func(Value, *term.Term) *term.Term {
	if q.Prefix == nil {
		return nil
	}
	return func(x Value, k *term.Term) *term.Term {
		old, now := e.oneIf(e.Same(q.At(at), x, t.Elem)), e.oneIf(e.Same(v, x, t.Elem))
		n := q.Prefix(x, k)
		return e.b.Ite(e.b.Lt(at, k), e.b.Add(n, now, e.b.Neg(old)), n)
	}
}

// countedAfter are the counts of y behind those of x.
func (e *Encoder) countedAfter(x, y *Seq) func(Value, *term.Term) *term.Term {
	if x.Prefix == nil || y.Prefix == nil {
		return nil
	}
	return func(v Value, k *term.Term) *term.Term {
		behind := e.b.Add(x.Prefix(v, x.Len), y.Prefix(v, e.b.Add(k, e.b.Neg(x.Len))))
		return e.b.Ite(e.b.Le(k, x.Len), x.Prefix(v, k), behind)
	}
}

// countedFrom are the counts of q from lo on.
func (e *Encoder) countedFrom(q *Seq, lo *term.Term) func(Value, *term.Term) *term.Term {
	if q.Prefix == nil {
		return nil
	}
	return func(x Value, k *term.Term) *term.Term {
		return e.b.Add(q.Prefix(x, e.b.Add(lo, k)), e.b.Neg(q.Prefix(x, lo)))
	}
}

func (e *Encoder) countedEither(c *term.Term, x, y *Seq) func(Value, *term.Term) *term.Term {
	if x.Prefix == nil || y.Prefix == nil {
		return nil
	}
	return func(v Value, k *term.Term) *term.Term { return e.b.Ite(c, x.Prefix(v, k), y.Prefix(v, k)) }
}
