package encode

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/prover/term"
)

// binding returns the value of a quantifier, aggregate or comprehension.
func (e *Encoder) binding(x *ir.Bind, env Env) (Value, *term.Term) {
	switch x.Kind {
	case ir.Forall, ir.Exists:
		truth, ok := e.over(x.Kind == ir.Forall, x.Binders, x.Cond, env, func(env Env) (*term.Term, *term.Term) { return e.Holds(x.Body, env) })
		return scalar(truth), ok
	case ir.Choose:
		return e.choose(x, env)
	case ir.SetOf:
		return e.setOf(x, env)
	case ir.FuncOf:
		return e.funcOf(x, env)
	case ir.MapOf:
		return e.mapOf(x, env)
	case ir.SeqOf:
		return e.seqOf(x, env)
	case ir.Min, ir.Max:
		return e.extremum(x, env)
	case ir.Count:
		if len(x.Binders) == 1 {
			return e.countOf(x, env)
		}
	}
	return e.folded(x, env)
}

// over says of the first result of body that it is so for all bindings, or
// for some; and of the second that it is so for all.
func (e *Encoder) over(all bool, binders []ir.Binder, cond ir.Expr, env Env, body func(Env) (truth, ok *term.Term)) (truth, ok *term.Term) {
	if len(binders) == 0 {
		return e.filtered(all, cond, env, body)
	}
	first := binders[0]
	in, okd := e.expr(first.Domain, env)
	inner := func(v Value) (*term.Term, *term.Term) {
		return e.over(all, binders[1:], cond, env.Bind(first.Local, v), body)
	}
	t := first.Domain.Type()
	if q, isSeq := in.(*Seq); isSeq {
		truth, ok = e.bind(all, first.Local.Name, e.b.Int, func(i *term.Term) (*term.Term, *term.Term) {
			truth, ok := inner(q.At(i))
			return e.guarded(all, e.isIndex(i, q.Len), truth, ok)
		})
	} else {
		truth, ok = e.quantified(all, t.Elem, first.Local.Name, func(v Value) (*term.Term, *term.Term) {
			is := e.member(v, in, t)
			if is.Op == term.False {
				return e.b.Truth(all), e.b.Truth(true)
			}
			truth, ok := inner(v)
			return e.guarded(all, is, truth, ok)
		})
	}
	return truth, e.b.And(okd, ok)
}

// guarded restricts a quantified condition to where c holds.
func (e *Encoder) guarded(all bool, c, truth, ok *term.Term) (*term.Term, *term.Term) {
	if all {
		return e.b.Implies(c, truth), e.b.Implies(c, ok)
	}
	return e.b.And(c, truth), e.b.Implies(c, ok)
}

func (e *Encoder) filtered(all bool, cond ir.Expr, env Env, body func(Env) (truth, ok *term.Term)) (*term.Term, *term.Term) {
	truth, ok := body(env)
	if cond == nil {
		return truth, ok
	}
	c, okc := e.Holds(cond, env)
	truth, ok = e.guarded(all, c, truth, ok)
	return truth, e.b.And(okc, ok)
}

// choose is some value that cond allows: the least one where the order of
// values is known.
func (e *Encoder) choose(x *ir.Bind, env Env) (Value, *term.Term) {
	l := x.Binders[0].Local
	in, okd := e.expr(x.Binders[0].Domain, env)
	if _, isSeq := in.(*Seq); isSeq {
		e.give("a choice from a sequence")
		return e.junk(x.T)
	}
	fit := func(v Value) (*term.Term, *term.Term) {
		is := e.member(v, in, x.Binders[0].Domain.Type())
		if x.Cond == nil {
			return is, e.b.Truth(true)
		}
		c, okc := e.Holds(x.Cond, env.Bind(l, v))
		return e.b.And(is, c), e.b.Implies(is, okc)
	}
	exists, ok := e.quantified(false, l.Type, l.Name, fit)
	chosen := e.symbol(e.name(l.Name), l.Type, exists.Open())
	fits, _ := fit(chosen)
	e.fact(e.b.Forall(exists.Open(), e.b.Implies(exists, e.b.And(fits, e.least(chosen, l.Type, fit)))))
	return chosen, e.b.And(okd, ok, e.because(exists, SomeFits, 0, nil))
}

// least says that no value that fits comes before v in canonical order.
func (e *Encoder) least(v Value, t *ir.Type, fit func(Value) (*term.Term, *term.Term)) *term.Term {
	known := t.Kind == ir.SortKind && (!e.free[t.Sort] || t.Sort.Order == ir.Ordered)
	if !t.IsNumeric() && !known {
		return e.b.Truth(true)
	}
	return e.every(t, func(y Value) *term.Term {
		c, _ := fit(y)
		return e.b.Implies(c, e.b.Not(e.less(y, v, t)))
	})
}

// setOf is {body for ...}: what some binding gives.
func (e *Encoder) setOf(x *ir.Bind, env Env) (Value, *term.Term) {
	_, ok := e.over(true, x.Binders, x.Cond, env, func(env Env) (*term.Term, *term.Term) {
		_, ok := e.expr(x.Body, env)
		return e.b.Truth(true), ok
	})
	if r, is := x.Body.(*ir.LocalRef); is && len(x.Binders) == 1 && r.Local == x.Binders[0].Local {
		return &Set{e.within(x.Binders[0], x.Cond, env)}, ok
	}
	return &Set{func(y Value) *term.Term {
		truth, _ := e.over(false, x.Binders, x.Cond, env, func(env Env) (*term.Term, *term.Term) {
			v, _ := e.expr(x.Body, env)
			return e.Same(y, v, x.T.Elem), e.b.Truth(true)
		})
		return truth
	}}, ok
}

// within says of a value that a binder may take it.
func (e *Encoder) within(bd ir.Binder, cond ir.Expr, env Env) func(Value) *term.Term {
	in, _ := e.expr(bd.Domain, env)
	return func(v Value) *term.Term {
		is := e.member(v, in, bd.Domain.Type())
		if cond == nil {
			return is
		}
		c, _ := e.Holds(cond, env.Bind(bd.Local, v))
		return e.b.And(is, c)
	}
}

func (e *Encoder) funcOf(x *ir.Bind, env Env) (Value, *term.Term) {
	l := x.Binders[0].Local
	_, ok := e.quantified(true, l.Type, l.Name, func(k Value) (*term.Term, *term.Term) {
		_, ok := e.expr(x.Body, env.Bind(l, k))
		return e.b.Truth(true), e.b.Implies(e.fits(k, l.Type), ok)
	})
	return &Func{func(k Value) Value {
		v, _ := e.expr(x.Body, env.Bind(l, k))
		return v
	}}, ok
}

// mapOf is a map whose keys are the values of its binder.
func (e *Encoder) mapOf(x *ir.Bind, env Env) (Value, *term.Term) {
	k, is := x.Key.(*ir.LocalRef)
	if !is || len(x.Binders) != 1 || k.Local != x.Binders[0].Local {
		e.give("a map whose keys are computed")
		return e.junk(x.T)
	}
	_, ok := e.over(true, x.Binders, x.Cond, env, func(env Env) (*term.Term, *term.Term) {
		_, ok := e.expr(x.Body, env)
		return e.b.Truth(true), ok
	})
	return &Map{e.within(x.Binders[0], x.Cond, env), func(key Value) Value {
		v, _ := e.expr(x.Body, env.Bind(k.Local, key))
		return v
	}}, ok
}

// seqOf is a sequence computed from another, element by element.
func (e *Encoder) seqOf(x *ir.Bind, env Env) (Value, *term.Term) {
	in, okd := e.expr(x.Binders[0].Domain, env)
	q, isSeq := in.(*Seq)
	if !isSeq || len(x.Binders) != 1 || x.Cond != nil {
		e.give("a sequence made of a set, or of a part of a sequence")
		return e.junk(x.T)
	}
	l := x.Binders[0].Local
	ok := e.indices(q.Len, func(i *term.Term) *term.Term {
		_, ok := e.expr(x.Body, env.Bind(l, q.At(i)))
		return ok
	})
	return &Seq{Len: q.Len, At: func(i *term.Term) Value {
		v, _ := e.expr(x.Body, env.Bind(l, q.At(i)))
		return v
	}}, e.b.And(okd, ok)
}

// extremum is a number that some binding gives, and none goes beyond.
func (e *Encoder) extremum(x *ir.Bind, env Env) (Value, *term.Term) {
	if !x.T.IsNumeric() {
		e.give("the least or greatest of what is no number")
		return e.junk(x.T)
	}
	compare := func(all bool, c *term.Term, p func(y, c *term.Term) *term.Term) (*term.Term, *term.Term) {
		return e.over(all, x.Binders, x.Cond, env, func(env Env) (*term.Term, *term.Term) {
			y, ok := e.expr(x.Body, env)
			return p(one(y), c), ok
		})
	}
	some, ok := compare(false, nil, func(_, _ *term.Term) *term.Term { return e.b.Truth(true) })
	all, _ := compare(true, e.b.I(0), e.b.Eq)
	open := e.b.And(some, all).Open()
	c := e.apply(e.name(map[bool]string{true: "min", false: "max"}[x.Kind == ir.Min]), e.b.Int, open)
	found, _ := compare(false, c, e.b.Eq)
	beyond, _ := compare(true, c, func(y, c *term.Term) *term.Term {
		if x.Kind == ir.Min {
			return e.b.Le(c, y)
		}
		return e.b.Le(y, c)
	})
	e.fact(e.b.Forall(open, e.b.Implies(some, e.b.And(found, beyond))))
	return scalar(c), e.b.And(ok, e.because(some, SomeFits, 0, nil))
}

func (e *Encoder) countOf(x *ir.Bind, env Env) (Value, *term.Term) {
	in, okd := e.expr(x.Binders[0].Domain, env)
	if _, isSeq := in.(*Seq); isSeq {
		return e.folded(x, env)
	}
	l := x.Binders[0].Local
	_, ok := e.over(true, x.Binders, x.Cond, env, func(env Env) (*term.Term, *term.Term) { return e.Holds(x.Body, env) })
	is := e.within(x.Binders[0], x.Cond, env)
	return scalar(e.count(func(v Value) *term.Term {
		truth, _ := e.Holds(x.Body, env.Bind(l, v))
		return e.b.And(is(v), truth)
	}, l.Type)), e.b.And(okd, ok)
}

// folded goes through the bindings one by one, which must be few.
func (e *Encoder) folded(x *ir.Bind, env Env) (Value, *term.Term) {
	yes := e.b.Truth(true)
	var acc Value
	var oks []*term.Term
	var step func(acc Value, env Env) (Value, *term.Term)
	switch x.Kind {
	case ir.Sum, ir.Count:
		acc = scalar(e.b.I(0))
		step = func(acc Value, env Env) (Value, *term.Term) {
			v, ok := e.expr(x.Body, env)
			n := one(v)
			if x.Kind == ir.Count {
				n = e.b.Ite(n, e.b.I(1), e.b.I(0))
			}
			return scalar(e.b.Add(one(acc), n)), ok
		}
	case ir.Fold:
		init, ok := e.expr(x.Init, env)
		acc, oks = init, append(oks, ok)
		step = func(acc Value, env Env) (Value, *term.Term) { return e.expr(x.Body, env.Bind(x.Acc, acc)) }
	default:
		e.give("%s", "this aggregate")
		return e.junk(x.T)
	}
	ok := e.walk(x.Binders, x.Cond, env, yes, func(env Env, when *term.Term) *term.Term {
		next, ok := step(acc, env)
		acc = e.choice(when, next, acc, x.T)
		return ok
	})
	return acc, e.b.And(append(oks, ok)...)
}

// walk visits every binding in order, with the condition that it is one. It
// returns when no evaluation is an error, those that visit returns included.
func (e *Encoder) walk(binders []ir.Binder, cond ir.Expr, env Env, when *term.Term, visit func(Env, *term.Term) *term.Term) *term.Term {
	if when.Op == term.False || e.err != nil {
		return e.b.Truth(true)
	}
	if len(binders) == 0 {
		okc := e.b.Truth(true)
		if cond != nil {
			var c *term.Term
			c, okc = e.Holds(cond, env)
			okc, when = e.b.Implies(when, okc), e.b.And(when, c)
		}
		return e.b.And(okc, e.b.Implies(when, visit(env, when)))
	}
	in, ok := e.expr(binders[0].Domain, env)
	all := []*term.Term{e.b.Implies(when, ok)}
	for _, m := range e.members(in, binders[0].Domain.Type()) {
		all = append(all, e.walk(binders[1:], cond, env.Bind(binders[0].Local, m.value), e.b.And(when, m.is), visit))
	}
	return e.b.And(all...)
}

// possible is what may be an element of a collection, and when it is.
type possible struct {
	value Value
	is    *term.Term
}

// members lists what may be in a collection of type t, in its order.
func (e *Encoder) members(in Value, t *ir.Type) []possible {
	var out []possible
	if q, ok := in.(*Seq); ok {
		n := t.Max
		if q.Len.Op == term.Number && q.Len.N.IsInt64() {
			n = int(q.Len.N.Int64())
		}
		if n < 0 || n > maxListed {
			e.give("one by one the elements of a sequence of any length")
			return nil
		}
		for i := range n {
			out = append(out, possible{q.At(e.b.I(i)), e.b.Lt(e.b.I(i), q.Len)})
		}
		return out
	}
	if e.open(t.Elem) || !few(t.Elem) {
		e.give("one by one the elements of a set of %s", t.Elem)
		return nil
	}
	for v := range ir.Values(t.Elem) {
		x := e.Literal(v, t.Elem)
		out = append(out, possible{x, e.member(x, in, t)})
	}
	return out
}

// Member says that v is an element of the value of in, and when that has one.
func (e *Encoder) Member(v Value, in ir.Expr, env Env) (is, ok *term.Term) {
	c, ok := e.expr(in, env)
	return e.member(v, c, in.Type()), ok
}
