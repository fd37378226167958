package absint

import (
	"github.com/spec-lang/spec/ir"
)

// assume returns what is known where e has turned out true, or with want
// false where it has turned out false; nil if it never does.
func (x *run) assume(e ir.Expr, want bool, at *env) (out *env) {
	x.aside(func() { out = x.suppose(e, want, at) })
	return out
}

func (x *run) suppose(e ir.Expr, want bool, at *env) *env {
	switch e := e.(type) {
	case *ir.Apply:
		switch e.Op {
		case ir.Not:
			return x.suppose(e.Args[0], !want, at)
		case ir.And, ir.Or:
			_, operands := chain(e)
			if want == (e.Op == ir.And) {
				return x.every(operands, want, at)
			}
			return x.some(operands, want, at)
		case ir.Implies:
			return x.supposeImplies(e, want, at)
		}
	case *ir.If:
		var yes, no *env
		if in := x.suppose(e.Cond, true, at); in != nil {
			yes = x.suppose(e.Then, want, in)
		}
		if in := x.suppose(e.Cond, false, at); in != nil {
			no = x.suppose(e.Else, want, in)
		}
		return yes.join(no)
	case *ir.Let:
		v := x.eval(e.Value, at)
		if v.Empty() {
			return nil
		}
		in := x.suppose(e.Body, want, at.bind(e.Local, v))
		if in == nil {
			return nil
		}
		return x.restrict(e.Value, in.local(e.Local), in)
	case *ir.Call:
		if e.Func.Value != nil && !x.deep(e.Func) {
			return x.supposeCall(e, want, at)
		}
	case *ir.Bind:
		if (e.Kind == ir.Forall) == want && (e.Kind == ir.Forall || e.Kind == ir.Exists) {
			at = x.supposeBind(e, want, at)
		}
	}
	if at == nil {
		return nil
	}
	return x.atom(e, want, at)
}

// every supposes that all operands come to want.
func (x *run) every(operands []ir.Expr, want bool, at *env) *env {
	for _, op := range operands {
		if at = x.suppose(op, want, at); at == nil {
			return nil
		}
	}
	return at
}

// some supposes that an operand comes to want, and those before it do not.
func (x *run) some(operands []ir.Expr, want bool, at *env) *env {
	var out *env
	for _, op := range operands {
		out = out.join(x.suppose(op, want, at))
		if at = x.suppose(op, !want, at); at == nil {
			return out
		}
	}
	return out
}

func (x *run) supposeImplies(e *ir.Apply, want bool, at *env) *env {
	in := x.suppose(e.Args[0], true, at)
	if in != nil {
		in = x.suppose(e.Args[1], want, in)
	}
	if !want {
		return in
	}
	return x.suppose(e.Args[0], false, at).join(in)
}

// supposeCall looks into a function and brings what it says of its parameters
// back to the arguments.
func (x *run) supposeCall(e *ir.Call, want bool, at *env) *env {
	args := x.evalAll(e.Args, at)
	if args == nil {
		return nil
	}
	in := &env{now: at.now, old: at.old}
	for i, p := range e.Func.Params {
		in.locals = append(in.locals, bound{p, args[i]})
	}
	x.calls = append(x.calls, e.Func)
	in = x.suppose(e.Func.Value, want, in)
	x.calls = x.calls[:len(x.calls)-1]
	if in == nil {
		return nil
	}
	out := &env{now: in.now, old: in.old, locals: at.locals}
	for i, p := range e.Func.Params {
		if out = x.restrict(e.Args[i], in.local(p), out); out == nil {
			return nil
		}
	}
	return out
}

// supposeBind makes use of a `forall` that is true, or of an `exists` that is
// false: of every binding that is sure to be there the body says the same.
func (x *run) supposeBind(e *ir.Bind, want bool, at *env) *env {
	if e.Cond != nil {
		return at
	}
	for _, l := range x.leaves(e, at) {
		if !l.alone || !l.sure() {
			continue
		}
		in := *l.at
		in.now, in.old = at.now, at.old
		next := x.suppose(e.Body, want, &in)
		if next == nil {
			return nil
		}
		at = &env{now: next.now, old: next.old, locals: at.locals}
	}
	return at
}

// maxTried is how large an expression may be that is tried for each value of
// what it reads.
const maxTried = 200

// atom supposes of an expression what its parts do not say alone.
func (x *run) atom(e ir.Expr, want bool, at *env) *env {
	v := x.eval(e, at)
	if !v.Has(ir.Bool(want)) {
		return nil
	}
	if v.Single() != nil {
		return at
	}
	if at = x.restrict(e, v.shape.single(ir.Bool(want)), at); at == nil {
		return nil
	}
	r := x.rootsOf(e)
	if r.opaque || r.size > maxTried || x.trying || x.tired() {
		return at
	}
	x.trying = true
	defer func() { x.trying = false }()
	for _, l := range r.locals {
		v := at.local(l)
		if v == nil {
			continue
		}
		if v = x.try(e, want, v, func(v *Value) *env { return at.bind(l, v) }); v.Empty() {
			return nil
		}
		at = at.bind(l, v)
	}
	at = x.tryVars(r.vars, e, want, at, at.now, (*env).set)
	if at != nil {
		at = x.tryVars(r.olds, e, want, at, at.old, (*env).setOld)
	}
	return at
}

func (x *run) tryVars(vars []*ir.Var, e ir.Expr, want bool, at *env, state []*Value, set func(*env, *ir.Var, *Value) *env) *env {
	for _, w := range vars {
		if w.Index >= len(state) || state[w.Index] == nil {
			continue
		}
		v := x.try(e, want, state[w.Index], func(v *Value) *env { return set(at, w, v) })
		if v.Empty() {
			return nil
		}
		if v != state[w.Index] {
			at = set(at, w, v)
		}
	}
	return at
}

// try keeps those of a few values with which e may be as wanted.
func (x *run) try(e ir.Expr, want bool, v *Value, with func(*Value) *env) *Value {
	if !v.listed || len(v.few) < 2 {
		return v
	}
	few := keep(v.few, func(y ir.Value) bool { return x.eval(e, with(v.shape.single(y))).Has(ir.Bool(want)) })
	if len(few) == len(v.few) {
		return v
	}
	return &Value{shape: v.shape, listed: true, few: few}
}
