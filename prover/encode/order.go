package encode

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/prover/term"
)

// less says x < y of numbers or of elements of an ordered sort.
func (e *Encoder) less(x, y Value, t *ir.Type) *term.Term {
	if t.Kind != ir.SortKind {
		return e.b.Lt(one(x), one(y))
	}
	return e.before(one(x), one(y), t)
}

// before is the order of an ordered sort t: by index if its elements are
// known, else any total order.
func (e *Encoder) before(x, y *term.Term, t *ir.Type) *term.Term {
	if e.free[t.Sort] {
		e.ordered(t)
		return e.lessFree(x, y, t)
	}
	s := e.sortOf(t)
	var any []*term.Term
	for i := range s.Elems {
		var above []*term.Term
		for j := i + 1; j < len(s.Elems); j++ {
			above = append(above, e.b.Eq(y, e.b.Elem(s, j)))
		}
		any = append(any, e.b.And(e.b.Eq(x, e.b.Elem(s, i)), e.b.Or(above...)))
	}
	return e.b.Or(any...)
}

func (e *Encoder) lessFree(x, y *term.Term, t *ir.Type) *term.Term {
	return e.apply("less "+t.Sort.Name, e.b.Bool, []*term.Term{x, y})
}

// ordered adds the axioms of a total order.
func (e *Encoder) ordered(t *ir.Type) {
	if !e.once("less " + t.Sort.Name) {
		return
	}
	s, b := e.sortOf(t), e.b
	x, y, z := b.Var("x", s), b.Var("y", s), b.Var("z", s)
	lt := func(x, y *term.Term) *term.Term { return e.lessFree(x, y, t) }
	e.fact(b.Forall([]*term.Term{x}, b.Not(lt(x, x))))
	e.fact(b.Forall([]*term.Term{x, y, z}, b.Implies(b.And(lt(x, y), lt(y, z)), lt(x, z))))
	e.fact(b.Forall([]*term.Term{x, y}, b.Or(lt(x, y), lt(y, x), b.Eq(x, y))))
}

// neighbour is the element after or before another.
func (a *application) neighbour(after bool) Value {
	s := a.T.Sort
	switch {
	case !a.e.free[s]:
		return a.knownNeighbour(after)
	case s.Order == ir.Ring:
		return scalar(a.e.around(a.t(0), a.T))
	}
	return a.nearest(after)
}

// knownNeighbour looks the element up.
func (a *application) knownNeighbour(after bool) Value {
	s, by := a.e.sortOf(a.T), -1
	if after {
		by = 1
	}
	n := len(s.Elems)
	out, edge := a.t(0), a.b.Truth(false)
	for i := range n {
		at, to := a.b.Eq(a.t(0), a.b.Elem(s, i)), i+by
		if a.T.Sort.Order == ir.Ring {
			to = (to + n) % n
		}
		if to < 0 || to >= n {
			edge = a.b.Or(edge, at)
			continue
		}
		out = a.b.Ite(at, a.b.Elem(s, to), out)
	}
	a.need(a.b.Not(edge))
	return scalar(out)
}

// nearest is the least element above another, or the greatest below.
func (a *application) nearest(after bool) Value {
	e, b, t := a.e, a.b, a.T
	e.ordered(t)
	name, lt := "next "+t.Sort.Name, func(x, y *term.Term) *term.Term { return e.lessFree(x, y, t) }
	if !after {
		name = "prev " + t.Sort.Name
		lt = func(x, y *term.Term) *term.Term { return e.lessFree(y, x, t) }
	}
	f := func(x *term.Term) *term.Term { return e.apply(name, e.sortOf(t), []*term.Term{x}) }
	if e.once(name) {
		x, y := b.Var("x", e.sortOf(t)), b.Var("y", e.sortOf(t))
		e.fact(b.Forall([]*term.Term{x, y}, b.Implies(lt(x, y), b.And(lt(x, f(x)), b.Not(lt(y, f(x)))))))
	}
	a.need(e.some(t, func(y Value) *term.Term { return lt(a.t(0), one(y)) }))
	return scalar(f(a.t(0)))
}

// around is the next element of a ring. That there is a way from every element
// to every other cannot be said in first order; that next is one to one can.
func (e *Encoder) around(x *term.Term, t *ir.Type) *term.Term {
	s := e.sortOf(t)
	next := func(x *term.Term) *term.Term { return e.apply("next "+t.Sort.Name, s, []*term.Term{x}) }
	back := func(x *term.Term) *term.Term { return e.apply("back "+t.Sort.Name, s, []*term.Term{x}) }
	if e.once("next " + t.Sort.Name) {
		v := e.b.Var("x", s)
		e.fact(e.b.Forall([]*term.Term{v}, e.b.And(e.b.Eq(back(next(v)), v), e.b.Eq(next(back(v)), v))))
	}
	return next(x)
}
