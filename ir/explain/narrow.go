package explain

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
)

// bound is a name with its value.
type bound struct {
	local *ir.Local
	value ir.Value
}

// spot is a part of a formula with the names that are bound around it.
type spot struct {
	expr  ir.Expr
	env   *eval.Env
	bound []bound
}

func (s spot) bind(l *ir.Local, v ir.Value) spot {
	return spot{s.expr, s.env.Bind(l, v), append(s.bound[:len(s.bound):len(s.bound)], bound{l, v})}
}

func (s spot) at(e ir.Expr) spot { return spot{e, s.env, s.bound} }

// narrow returns the smallest part of e, false in env, whose being false makes
// e false, and that can still be read on its own: it goes down through
// conjunctions, and through what binds names around one.
func narrow(e ir.Expr, env *eval.Env) spot {
	s := spot{expr: e, env: env}
	if n, ok := s.narrow(); ok {
		return n
	}
	return s
}

// narrow goes down from s; ok says that it came to a conjunct.
func (s spot) narrow() (spot, bool) {
	switch e := s.expr.(type) {
	case *ir.Apply:
		if e.Op != ir.And {
			return s, false
		}
		for _, c := range ir.Conjuncts(e) {
			if isFalse(c, s.env) {
				return s.at(c).orNarrower(), true
			}
		}
	case *ir.Bind:
		if e.Kind != ir.Forall {
			return s, false
		}
		if at, ok := s.binding(e, false); ok {
			return at.at(e.Body).narrow()
		}
	case *ir.Let:
		if v, err := eval.Expr(e.Value, s.env); err == nil {
			return s.bind(e.Local, v).at(e.Body).narrow()
		}
	case *ir.If:
		return s.at(branch(e, s.env)).orNarrower(), true
	case *ir.Call:
		if body, ok := s.called(e); ok {
			return body.orNarrower(), true
		}
	}
	return s, false
}

func (s spot) orNarrower() spot {
	if n, ok := s.narrow(); ok {
		return n
	}
	return s
}

func branch(e *ir.If, env *eval.Env) ir.Expr {
	if isFalse(e.Cond, env) {
		return e.Else
	}
	return e.Then
}

// called is the body of a function that is one expression, with its
// parameters bound.
func (s spot) called(e *ir.Call) (spot, bool) {
	if e.Func.Value == nil {
		return s, false
	}
	inner := *s.env
	inner.Locals = nil
	out := spot{e.Func.Value, &inner, s.bound}
	for i, p := range e.Func.Params {
		v, err := eval.Expr(e.Args[i], s.env)
		if err != nil {
			return s, false
		}
		out = out.bind(p, v)
	}
	return out, true
}

func isFalse(e ir.Expr, env *eval.Env) bool { return truth(e, env, false) }

// truth reports whether e has the value want in env.
func truth(e ir.Expr, env *eval.Env, want bool) bool {
	got, err := eval.Holds(e, env)
	return err == nil && got == want
}

// binding finds the first values of the binders of e that its condition allows
// and for which its body has the value want.
func (s spot) binding(e *ir.Bind, want bool) (spot, bool) {
	return s.bindings(e, e.Binders, want)
}

func (s spot) bindings(e *ir.Bind, rest []ir.Binder, want bool) (spot, bool) {
	if len(rest) == 0 {
		if e.Cond != nil && !truth(e.Cond, s.env, true) {
			return s, false
		}
		return s, truth(e.Body, s.env, want)
	}
	for _, v := range elements(rest[0].Domain, s.env) {
		if at, ok := s.bind(rest[0].Local, v).bindings(e, rest[1:], want); ok {
			return at, true
		}
	}
	return s, false
}

// elements are the values that a binder or parameter over e takes; none if e
// has no value.
func elements(e ir.Expr, env *eval.Env) []ir.Value {
	v, err := eval.Expr(e, env)
	if err != nil {
		return nil
	}
	switch v := v.(type) {
	case ir.SetValue:
		return v.Elems
	case ir.BagValue:
		return v.Elems
	case ir.SeqValue:
		return v.Elems
	}
	return nil
}
