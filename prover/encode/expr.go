package encode

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/prover/term"
)

// Env is where an expression has its value: states by ir.Var.Index, and bound
// names. It is passed by value.
type Env struct {
	State, Old []Value
	Locals     *Locals
}

// Locals are bound names with their values; nil has none.
type Locals struct {
	local *ir.Local
	value Value
	rest  *Locals
}

// Bind returns env with one more name bound.
func (env Env) Bind(l *ir.Local, v Value) Env {
	env.Locals = &Locals{l, v, env.Locals}
	return env
}

func (env Env) lookup(l *ir.Local) Value {
	for at := env.Locals; at != nil; at = at.rest {
		if at.local == l {
			return at.value
		}
	}
	return nil
}

// Holds returns the truth of x, and when it has a value at all.
func (e *Encoder) Holds(x ir.Expr, env Env) (truth, ok *term.Term) {
	v, ok := e.expr(x, env)
	return one(v), ok
}

// expr returns the value of x and when it has one.
func (e *Encoder) expr(x ir.Expr, env Env) (Value, *term.Term) {
	before := e.at
	e.at = x.Span()
	v, ok := e.plain(x, env)
	e.at = before
	return v, ok
}

// junk is what stands where nothing could be said.
func (e *Encoder) junk(t *ir.Type) (Value, *term.Term) {
	return e.symbol("any "+t.String(), t, nil), e.b.Truth(true)
}

func (e *Encoder) plain(x ir.Expr, env Env) (Value, *term.Term) {
	yes := e.b.Truth(true)
	switch x := x.(type) {
	case *ir.Lit:
		return e.Literal(x.Value, x.T), yes
	case *ir.LocalRef:
		if v := env.lookup(x.Local); v != nil {
			return v, yes
		}
	case *ir.VarRef:
		state := env.State
		if x.Old {
			state = env.Old
		}
		if x.Var.Index < len(state) && state[x.Var.Index] != nil {
			return state[x.Var.Index], yes
		}
	case *ir.ConstRef:
		if e.open(x.T) {
			return e.constant(x.Const), yes
		}
		return e.Literal(x.Const.Value, x.T), yes
	case *ir.Apply:
		return e.operator(x, env)
	case *ir.Convert:
		v, ok := e.expr(x.X, env)
		return v, e.b.And(ok, e.because(e.fits(v, x.T), InType, 0, nil))
	case *ir.If:
		c, okc := e.Holds(x.Cond, env)
		a, oka := e.expr(x.Then, env)
		b, okb := e.expr(x.Else, env)
		return e.choice(c, a, b, x.T), e.b.And(okc, e.b.Ite(c, oka, okb))
	case *ir.Let:
		v, ok := e.expr(x.Value, env)
		body, okb := e.expr(x.Body, env.Bind(x.Local, v))
		return body, e.b.And(ok, okb)
	case *ir.Make:
		args, ok := e.exprs(x.Args, env)
		if x.T.Kind == ir.StructKind {
			return &Struct{args}, ok
		}
		return e.tagged(x.T, x.Variant, args), ok
	case *ir.FieldOf:
		v, ok := e.expr(x.X, env)
		return v.(*Struct).Fields[x.Index], ok
	case *ir.WithField:
		v, ok := e.expr(x.X, env)
		f, okf := e.expr(x.Value, env)
		return withField(v.(*Struct), x.Index, f), e.b.And(ok, okf)
	case *ir.Is:
		v, ok := e.expr(x.X, env)
		return scalar(e.is(v.(*Sum), x.X.Type(), x.Variant)), ok
	case *ir.Payload:
		v, ok := e.expr(x.X, env)
		s := v.(*Sum)
		return e.payload(s, x.X.Type(), x.Variant)[x.Index], e.b.And(ok, e.because(e.is(s, x.X.Type(), x.Variant), OfVariant, 0, nil))
	case *ir.Bind:
		return e.binding(x, env)
	case *ir.Call:
		return e.call(x, env)
	case *ir.ActionPred:
		return e.enabled(x, env)
	}
	return e.junk(x.Type())
}

// enabled says that an action whose body never blocks is possible: its guard is
// true, for the arguments or for some.
func (e *Encoder) enabled(x *ir.ActionPred, env Env) (Value, *term.Term) {
	a := x.Action
	if x.Taken || blocks(a.Body) {
		e.give("%s of %s", map[bool]string{true: "what was taken", false: "whether it is enabled, since its body may block,"}[x.Taken], a.Name)
		return e.junk(x.T)
	}
	args, ok := e.exprs(x.Args, env)
	here := Env{State: env.State, Old: env.State}
	guard := func(env Env) (*term.Term, *term.Term) {
		if a.Guard == nil {
			return e.b.Truth(true), e.b.Truth(true)
		}
		return e.Holds(a.Guard, env)
	}
	if x.Any {
		binders := make([]ir.Binder, len(a.Params))
		for i, p := range a.Params {
			binders[i] = ir.Binder{Local: p.Local, Domain: p.Domain}
		}
		truth, okg := e.over(false, binders, nil, here, guard)
		return scalar(truth), e.b.And(ok, okg)
	}
	all := []*term.Term{}
	for i, p := range a.Params {
		in, okd := e.expr(p.Domain, here)
		ok = e.b.And(ok, e.b.Implies(e.b.And(all...), okd))
		all = append(all, e.member(args[i], in, p.Domain.Type()))
		here = here.Bind(p.Local, args[i])
	}
	truth, okg := guard(here)
	in := e.b.And(all...)
	return scalar(e.b.And(in, truth)), e.b.And(ok, e.b.Implies(in, okg))
}

// blocks reports whether some way through a body may end without a step.
func blocks(body []ir.Stmt) bool {
	found := false
	ir.WalkBody(body, func(t ir.Tree) bool {
		switch t.(type) {
		case *ir.PickStmt, *ir.AwaitStmt:
			found = true
		}
		return true
	})
	return found
}

func withField(s *Struct, i int, f Value) Value {
	fields := append([]Value{}, s.Fields...)
	fields[i] = f
	return &Struct{fields}
}

func (e *Encoder) exprs(xs []ir.Expr, env Env) ([]Value, *term.Term) {
	vs := make([]Value, len(xs))
	all := make([]*term.Term, len(xs))
	for i, x := range xs {
		vs[i], all[i] = e.expr(x, env)
	}
	return vs, e.b.And(all...)
}

// constant is a constant that mentions elements of a sort of any size: what
// the model says of it is only an example.
func (e *Encoder) constant(c *ir.Const) Value {
	name := "const " + c.Name
	v := e.symbol(name, c.Type, nil)
	if e.once(name) {
		e.fact(e.fits(v, c.Type))
	}
	return v
}

// once reports whether this is the first time that it is asked for name.
func (e *Encoder) once(name string) bool {
	if e.seen[name] {
		return false
	}
	e.seen[name] = true
	return true
}

// call puts the function in the place of its call.
func (e *Encoder) call(x *ir.Call, env Env) (Value, *term.Term) {
	args, ok := e.exprs(x.Args, env)
	f := x.Func
	if e.proof != nil && e.proof.byContract(f) {
		v, okc := e.called(x, args, env)
		return v, e.b.And(ok, okc)
	}
	if e.calling[f] {
		e.give("a call of %s, which calls itself", f.Name)
		return e.junk(x.T)
	}
	e.calling[f] = true
	defer delete(e.calling, f)
	inner := Env{State: env.State, Old: env.Old}
	for i, p := range f.Params {
		inner = inner.Bind(p, args[i])
	}
	if e.proof != nil {
		ok = e.b.And(ok, e.required(f, inner))
	}
	if f.Value != nil {
		v, okv := e.expr(f.Value, inner)
		return v, e.b.And(ok, okv)
	}
	if len(e.scope) > 0 && hasLoop(f.Body) {
		e.give("a call of %s for every value of a name, since it has a loop", f.Name)
		return e.junk(x.T)
	}
	w := e.Exec(f.Body, Start(e.b, inner))
	if w.Result == nil {
		return e.junk(x.T)
	}
	return w.Result, e.b.And(ok, w.Path, w.ok)
}
