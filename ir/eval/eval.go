// Package eval is the judge: the meaning of the kernel, written to be read.
//
// It is slow and obvious on purpose and shares no code with any engine. Every
// engine is tested against it, and every violation is replayed on it before
// it is reported.
//
//   - Expr and Holds evaluate expressions in an Env.
//   - Initial, Successors and Step compute the outcomes of the initial
//     statements and of actions.
//
// Integers are exact. What goes wrong (a division by zero, a missing key) is
// an Error that shows the values, never a panic and never a default. The
// order of everything is fixed: operands from left to right, elements in
// canonical order, Forall and Exists up to the binding that decides, an
// assignment's indices before its value. The guard, the domains of parameters
// and Old read the state before the step; the body reads its own writes.
package eval

import (
	"github.com/spec-lang/spec/ir"
)

// Env is where an expression is evaluated.
type Env struct {
	// State is the current state, by ir.Var.Index.
	State []ir.Value
	// Old is the state before the step, nil where there is none.
	Old []ir.Value
	// Locals are the bound names; nil means none.
	Locals *Locals
	// Taken is the step that taken(A(x)) asks about, nil where there is none.
	Taken *Taken
}

// Taken is an action with the arguments it was taken with.
type Taken struct {
	Action *ir.Action
	Args   []ir.Value
}

// Locals are bound names with their values. They are immutable; nil has none.
type Locals struct {
	local *ir.Local
	value ir.Value
	rest  *Locals
}

// With returns l with a name bound, in place of an earlier binding of it.
func (l *Locals) With(local *ir.Local, v ir.Value) *Locals {
	if _, bound := l.Lookup(local); bound {
		l = l.without(local)
	}
	return &Locals{local, v, l}
}

func (l *Locals) without(local *ir.Local) *Locals {
	if l.local == local {
		return l.rest
	}
	return &Locals{l.local, l.value, l.rest.without(local)}
}

// Lookup returns the value of a name and whether it is bound.
func (l *Locals) Lookup(local *ir.Local) (ir.Value, bool) {
	for ; l != nil; l = l.rest {
		if l.local == local {
			return l.value, true
		}
	}
	return nil, false
}

// Bind returns env with one more name bound.
func (env *Env) Bind(local *ir.Local, v ir.Value) *Env {
	n := *env
	n.Locals = env.Locals.With(local, v)
	return &n
}

// Expr returns the value of e. Temporal operators are an Error: they do not
// speak about a state.
func Expr(e ir.Expr, env *Env) (ir.Value, *Error) {
	return newScope(env).eval(e)
}

// Holds returns the truth of e, a bool.
func Holds(e ir.Expr, env *Env) (bool, *Error) {
	return newScope(env).holds(e)
}

// scope is an Env at work: it also counts the steps of the evaluation. It is
// passed by value.
type scope struct {
	state, old []ir.Value
	locals     *Locals
	taken      *Taken
	meter      *meter
}

// meter counts what ir.MaxSteps and ir.MaxDepth limit.
type meter struct{ steps, depth int }

func newScope(env *Env) scope {
	return scope{env.State, env.Old, env.Locals, env.Taken, &meter{}}
}

func (s scope) bind(local *ir.Local, v ir.Value) scope {
	s.locals = s.locals.With(local, v)
	return s
}

func (s scope) holds(e ir.Expr) (bool, *Error) {
	v, err := s.eval(e)
	if err != nil {
		return false, err
	}
	b, ok := v.(ir.Bool)
	if !ok {
		return false, illFormed(e.Span(), "%s is not a bool", ir.Format(v))
	}
	return bool(b), nil
}

func (s scope) evalAll(es []ir.Expr) ([]ir.Value, *Error) {
	vs := make([]ir.Value, len(es))
	for i, e := range es {
		v, err := s.eval(e)
		if err != nil {
			return nil, err
		}
		vs[i] = v
	}
	return vs, nil
}

func (s scope) eval(e ir.Expr) (ir.Value, *Error) {
	switch e := e.(type) {
	case *ir.Lit:
		return e.Value, nil
	case *ir.LocalRef:
		if v, ok := s.locals.Lookup(e.Local); ok {
			return v, nil
		}
		return nil, illFormed(e.Loc, "%s has no value here", e.Local.Name)
	case *ir.VarRef:
		return s.variable(e)
	case *ir.ConstRef:
		return e.Const.Value, nil
	case *ir.Apply:
		return s.apply(e)
	case *ir.Convert:
		return s.convert(e)
	case *ir.If:
		c, err := s.holds(e.Cond)
		switch {
		case err != nil:
			return nil, err
		case c:
			return s.eval(e.Then)
		}
		return s.eval(e.Else)
	case *ir.Let:
		v, err := s.eval(e.Value)
		if err != nil {
			return nil, err
		}
		return s.bind(e.Local, v).eval(e.Body)
	case *ir.Make:
		args, err := s.evalAll(e.Args)
		if err != nil {
			return nil, err
		}
		if e.T.Kind == ir.StructKind {
			return ir.StructValue{Type: e.T, Fields: args}, nil
		}
		return ir.SumValue{Type: e.T, Variant: e.Variant, Args: args}, nil
	case *ir.FieldOf:
		v, err := s.eval(e.X)
		if err != nil {
			return nil, err
		}
		return v.(ir.StructValue).Fields[e.Index], nil
	case *ir.WithField:
		return s.withField(e)
	case *ir.Is:
		v, err := s.eval(e.X)
		if err != nil {
			return nil, err
		}
		return ir.Bool(v.(ir.SumValue).Variant == e.Variant), nil
	case *ir.Payload:
		v, err := s.eval(e.X)
		if err != nil {
			return nil, err
		}
		sum := v.(ir.SumValue)
		if sum.Variant != e.Variant {
			return nil, wrongVariant(e, sum)
		}
		return sum.Args[e.Index], nil
	case *ir.Bind:
		return s.binding(e)
	case *ir.Call:
		return s.call(e)
	case *ir.ActionPred:
		return s.actionPred(e)
	}
	return nil, illFormed(e.Span(), "an expression of a kind that the evaluator does not know")
}

func (s scope) variable(e *ir.VarRef) (ir.Value, *Error) {
	state := s.state
	if e.Old {
		state = s.old
	}
	switch {
	case e.Var.Index >= len(state) && e.Old:
		return nil, illFormed(e.Loc, "old(%s) has no value: there is no state before this one", e.Var.Name)
	case e.Var.Index >= len(state) || state[e.Var.Index] == nil:
		return nil, illFormed(e.Loc, "%s is read before it has a value", e.Var.Name)
	}
	return state[e.Var.Index], nil
}

func (s scope) withField(e *ir.WithField) (ir.Value, *Error) {
	v, err := s.eval(e.X)
	if err != nil {
		return nil, err
	}
	f, err := s.eval(e.Value)
	if err != nil {
		return nil, err
	}
	return setField(v.(ir.StructValue), e.Index, f), nil
}

func (s scope) call(e *ir.Call) (ir.Value, *Error) {
	args, err := s.evalAll(e.Args)
	if err != nil {
		return nil, err
	}
	if err := s.meter.step(e.Loc); err != nil {
		return nil, err
	}
	if s.meter.depth >= ir.MaxDepth {
		return nil, tooDeep(e.Loc, e.Func.Name)
	}
	s.meter.depth++
	defer func() { s.meter.depth-- }()
	s.locals = nil
	for i, p := range e.Func.Params {
		s = s.bind(p, args[i])
	}
	if e.Func.Value != nil {
		return s.eval(e.Func.Value)
	}
	return s.result(e)
}

// result runs the body of the called function, which has one way through.
func (s scope) result(e *ir.Call) (ir.Value, *Error) {
	ways := s.exec(e.Func.Body, []way{{state: s.state, locals: s.locals}})
	if len(ways) != 1 {
		return nil, illFormed(e.Loc, "function %s has %d results", e.Func.Name, len(ways))
	}
	switch w := ways[0]; {
	case w.err != nil:
		return nil, w.err
	case w.assert != nil:
		return nil, assertFailed(w.assert)
	case w.result == nil:
		return nil, illFormed(e.Loc, "function %s ends without a result", e.Func.Name)
	default:
		return w.result, nil
	}
}
