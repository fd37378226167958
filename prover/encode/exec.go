package encode

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/prover/term"
)

// Way is how far a body has come: all ways through it at once. What it chose
// are symbols, and Path is what must be true of them for this to be a way.
type Way struct {
	Env
	Path   *term.Term
	Result Value // of a function, where done

	typ  *ir.Type   // of Result
	done *term.Term // it has returned
	ok   *term.Term // no evaluation was an error
}

// Ok is when no evaluation on the way was an error and no assertion false.
func (w Way) Ok() *term.Term { return w.ok }

// Start is a way at the beginning of a body.
func Start(b *term.Bank, env Env) Way {
	return Way{Env: env, Path: b.Truth(true), done: b.Truth(false), ok: b.Truth(true)}
}

// Exec continues w through body.
func (e *Encoder) Exec(body []ir.Stmt, w Way) Way {
	for _, st := range body {
		if w.done.Op == term.True || e.err != nil {
			return w
		}
		e.at = st.Span()
		next := e.stmt(st, w)
		w = e.either(w.done, w, next)
	}
	return w
}

// either is the way x if c, else the way y.
func (e *Encoder) either(c *term.Term, x, y Way) Way {
	switch c.Op {
	case term.True:
		return x
	case term.False:
		return y
	}
	out := Way{Env: y.Env, Path: e.b.Ite(c, x.Path, y.Path), done: e.b.Ite(c, x.done, y.done), ok: e.b.Ite(c, x.ok, y.ok)}
	out.State = make([]Value, len(y.State))
	for i := range out.State {
		out.State[i] = e.choice(c, x.State[i], y.State[i], e.vars[i])
	}
	out.Locals = e.eitherLocals(c, x.Locals, y.Locals)
	switch {
	case x.Result == nil:
		out.Result, out.typ = y.Result, y.typ
	case y.Result == nil:
		out.Result, out.typ = x.Result, x.typ
	default:
		out.Result, out.typ = e.choice(c, x.Result, y.Result, x.typ), x.typ
	}
	return out
}

// eitherLocals joins the names that both ways know.
func (e *Encoder) eitherLocals(c *term.Term, x, y *Locals) *Locals {
	if x == y {
		return x
	}
	env := Env{}
	other := Env{Locals: y}
	known := Env{Locals: x}
	var names []*ir.Local
	seen := map[*ir.Local]bool{}
	for at := x; at != nil; at = at.rest {
		if !seen[at.local] && other.lookup(at.local) != nil {
			seen[at.local] = true
			names = append(names, at.local)
		}
	}
	for i := len(names) - 1; i >= 0; i-- {
		l := names[i]
		env = env.Bind(l, e.choice(c, known.lookup(l), other.lookup(l), l.Type))
	}
	return env.Locals
}

func (w Way) assume(b *term.Bank, c *term.Term) Way {
	w.Path = b.And(w.Path, c)
	return w
}

// where is w in a branch that is taken if c: what must be shown there may use
// that.
func (e *Encoder) where(w Way, c *term.Term) Way {
	if e.proof == nil {
		return w // either says so
	}
	return w.assume(e.b, c)
}

// checked notes that ok must be true here: nothing is an error.
func (e *Encoder) checked(w Way, ok *term.Term) Way {
	if e.proof != nil && len(e.calling) == 0 {
		e.noError(w, ok)
		return w.assume(e.b, ok)
	}
	w.ok = e.b.And(w.ok, e.b.Implies(w.Path, ok))
	return w
}

func (e *Encoder) stmt(st ir.Stmt, w Way) Way {
	switch st := st.(type) {
	case *ir.Assign:
		return e.assign(st, w)
	case *ir.Declare:
		v, ok := e.expr(st.Value, w.Env)
		w = e.checked(w, ok)
		w.Env = w.Bind(st.Local, v)
		return w
	case *ir.IfStmt:
		c, ok := e.Holds(st.Cond, w.Env)
		w = e.checked(w, ok)
		return e.either(c, e.Exec(st.Then, e.where(w, c)), e.Exec(st.Else, e.where(w, e.b.Not(c))))
	case *ir.EitherStmt:
		return e.branches(st.Branches, w)
	case *ir.PickStmt:
		return e.pick(st, w)
	case *ir.AwaitStmt:
		c, ok := e.Holds(st.Cond, w.Env)
		return e.checked(w, ok).assume(e.b, c)
	case *ir.AssertStmt:
		c, ok := e.Holds(st.Cond, w.Env)
		return e.asserted(w, ok, c)
	case *ir.ReturnStmt:
		v, ok := e.expr(st.Value, w.Env)
		w = e.checked(w, ok)
		w.Result, w.typ, w.done = v, st.Value.Type(), e.b.Truth(true)
		return w
	case *ir.ForStmt:
		return e.loop(st, w)
	case *ir.WhileStmt:
		return e.while(st, w)
	}
	e.give("a statement of this kind")
	return w
}

// asserted notes that an assertion must hold; beyond it it does.
func (e *Encoder) asserted(w Way, ok, c *term.Term) Way {
	if e.proof != nil && len(e.calling) == 0 {
		w = e.checked(w, ok)
		e.goal(cause{kind: Asserted, span: e.at}, w, c)
		return w.assume(e.b, c)
	}
	return e.checked(w, e.b.And(ok, c)).assume(e.b, c)
}

// branches takes any one branch.
func (e *Encoder) branches(bodies [][]ir.Stmt, w Way) Way {
	out := e.Exec(bodies[len(bodies)-1], w)
	for i := len(bodies) - 2; i >= 0; i-- {
		c := e.apply(e.name("branch"), e.b.Bool, nil)
		out = e.either(c, e.Exec(bodies[i], w), out)
	}
	return out
}

func (e *Encoder) pick(st *ir.PickStmt, w Way) Way {
	in, ok := e.expr(st.Domain, w.Env)
	w = e.checked(w, ok)
	v := e.Symbol(e.name(st.Local.Name), st.Local.Type)
	w.Env = w.Bind(st.Local, v)
	w = w.assume(e.b, e.member(v, in, st.Domain.Type()))
	if st.Where == nil {
		return w
	}
	c, okc := e.Holds(st.Where, w.Env)
	return e.checked(w, okc).assume(e.b, c)
}

// loop runs the body once for each value that may be an element.
func (e *Encoder) loop(st *ir.ForStmt, w Way) Way {
	in, ok := e.expr(st.Domain, w.Env)
	w = e.checked(w, ok)
	for _, m := range e.members(in, st.Domain.Type()) {
		inner := w
		inner.Env = w.Bind(st.Local, m.value)
		more := e.b.And(m.is, e.b.Not(w.done))
		w = e.either(more, e.Exec(st.Body, e.where(inner, more)), w)
	}
	return w
}

// assign evaluates the indices of the target, then the value, and stores it.
func (e *Encoder) assign(st *ir.Assign, w Way) Way {
	keys := make([]Value, len(st.Target.Path))
	for i, a := range st.Target.Path {
		if a.Index != nil {
			k, ok := e.expr(a.Index, w.Env)
			keys[i] = k
			w = e.checked(w, ok)
		}
	}
	v, ok := e.expr(st.Value, w.Env)
	w = e.checked(w, ok)
	t := st.Target
	if t.Var == nil {
		v, ok = e.store(w.lookup(t.Local), t.Root(), t.Path, keys, v)
		w = e.checked(w, ok)
		w.Env = w.Bind(t.Local, v)
		return w
	}
	v, ok = e.store(w.State[t.Var.Index], t.Root(), t.Path, keys, v)
	w = e.checked(w, ok)
	w.State = append([]Value{}, w.State...)
	w.State[t.Var.Index] = v
	return w
}

// store is old, of type t, with v at path.
func (e *Encoder) store(old Value, t *ir.Type, path []ir.Access, keys []Value, v Value) (Value, *term.Term) {
	if len(path) == 0 {
		return v, e.b.Truth(true)
	}
	if path[0].Index == nil {
		s, f := old.(*Struct), path[0].Field
		part, ok := e.store(s.Fields[f], t.Fields[f].Type, path[1:], keys[1:], v)
		return withField(s, f, part), ok
	}
	ok := e.b.Truth(true)
	if len(path) > 1 {
		part, okp := e.get(old, keys[0])
		e.because(okp, placed(t), 0, nil)
		v, ok = e.store(part, t.Elem, path[1:], keys[1:], v)
		ok = e.b.And(okp, ok)
	}
	out, okp := e.put(old, t, keys[0], v)
	e.because(okp, placed(t), 0, nil)
	return out, e.b.And(ok, okp)
}
