package absint

import (
	"slices"

	"github.com/spec-lang/spec/ir"
)

// env is what is known at a place: of the state, of the state before the step
// and of the names in scope. It is immutable; a nil env is a place that no run
// comes to.
type env struct {
	now, old []*Value // by ir.Var.Index; nil where there is no value yet
	locals   []bound
}

type bound struct {
	local *ir.Local
	v     *Value
}

func (at *env) local(l *ir.Local) *Value {
	for i := len(at.locals) - 1; i >= 0; i-- {
		if at.locals[i].local == l {
			return at.locals[i].v
		}
	}
	return nil
}

// bind returns at with a name bound, in place of an earlier binding of it.
func (at *env) bind(l *ir.Local, v *Value) *env {
	n := *at
	i := slices.IndexFunc(at.locals, func(b bound) bool { return b.local == l })
	if i < 0 {
		n.locals = append(slices.Clip(at.locals), bound{l, v})
		return &n
	}
	n.locals = slices.Clone(at.locals)
	n.locals[i].v = v
	return &n
}

// set returns at with another value of a variable.
func (at *env) set(x *ir.Var, v *Value) *env {
	n := *at
	n.now = slices.Clone(at.now)
	n.now[x.Index] = v
	return &n
}

// setOld returns at with another value of a variable before the step.
func (at *env) setOld(x *ir.Var, v *Value) *env {
	n := *at
	n.old = slices.Clone(at.old)
	n.old[x.Index] = v
	return &n
}

// join is what is known where two ways meet. Names that only one of them
// knows are out of scope there.
func (at *env) join(o *env) *env { return at.merge(o, (*Value).join) }

func (at *env) merge(o *env, f func(v, w *Value) *Value) *env {
	switch {
	case at == nil:
		return o
	case o == nil || at == o:
		return at
	}
	n := &env{now: mergeAll(at.now, o.now, f), old: mergeAll(at.old, o.old, f)}
	for _, b := range at.locals {
		if v := o.local(b.local); v != nil {
			n.locals = append(n.locals, bound{b.local, f(b.v, v)})
		}
	}
	return n
}

func mergeAll(vs, ws []*Value, f func(v, w *Value) *Value) []*Value {
	if len(vs) == 0 || len(ws) == 0 || &vs[0] == &ws[0] {
		return vs
	}
	out := make([]*Value, len(vs))
	for i, v := range vs {
		switch w := ws[i]; {
		case v == nil:
			out[i] = w
		case w == nil || v == w:
			out[i] = v
		default:
			out[i] = f(v, w)
		}
	}
	return out
}

// same reports whether two places know the same of the state and of the names
// that o knows.
func (at *env) same(o *env) bool {
	if at == nil || o == nil {
		return at == o
	}
	alike := func(v, w *Value) bool { return v == w || v != nil && w != nil && v.same(w) }
	return slices.EqualFunc(at.now, o.now, alike) && slices.EqualFunc(at.old, o.old, alike) &&
		!slices.ContainsFunc(o.locals, func(b bound) bool { return !alike(at.local(b.local), b.v) })
}
