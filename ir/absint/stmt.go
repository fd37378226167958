package absint

import (
	"math"
	"slices"

	"github.com/spec-lang/spec/ir"
)

// exec returns what is known after a body; nil if no way leads through it.
func (x *run) exec(body []ir.Stmt, at *env) *env {
	for _, s := range body {
		if at == nil {
			return nil
		}
		if x.notes != nil {
			x.note(s).reached = true
		}
		at = x.stmt(s, at)
		if x.notes != nil && at != nil {
			x.note(s).passed = true
		}
	}
	return at
}

func (x *run) stmt(s ir.Stmt, at *env) *env {
	switch s := s.(type) {
	case *ir.Assign:
		return x.assign(s, at)
	case *ir.Declare:
		v := x.eval(s.Value, at)
		if v.Empty() {
			return nil
		}
		return at.bind(s.Local, v)
	case *ir.IfStmt:
		var yes, no *env
		c := x.eval(s.Cond, at)
		if c.Has(ir.Bool(true)) {
			yes = x.exec(s.Then, x.assume(s.Cond, true, at))
		}
		if c.Has(ir.Bool(false)) {
			no = x.exec(s.Else, x.assume(s.Cond, false, at))
		}
		return yes.join(no)
	case *ir.ForStmt:
		return x.forLoop(s, at)
	case *ir.WhileStmt:
		return x.whileLoop(s, at)
	case *ir.EitherStmt:
		var out *env
		for _, b := range s.Branches {
			out = out.join(x.exec(b, at))
		}
		return out
	case *ir.PickStmt:
		return x.pick(s, at)
	case *ir.AssertStmt:
		return x.await(s, s.Cond, at)
	case *ir.AwaitStmt:
		return x.await(nil, s.Cond, at)
	case *ir.ReturnStmt:
		x.result = x.result.join(x.eval(s.Value, at))
		return nil
	}
	panic("absint: a statement of unknown kind")
}

// await goes on where a condition is true. A failed assertion is an error.
func (x *run) await(assert *ir.AssertStmt, cond ir.Expr, at *env) *env {
	c := x.eval(cond, at)
	if assert != nil && c.Has(ir.Bool(false)) {
		x.fail(assert)
	}
	if !c.Has(ir.Bool(true)) {
		return nil
	}
	return x.assume(cond, true, at)
}

// pick takes each of few elements alone, and joins what is known after them.
func (x *run) pick(s *ir.PickStmt, at *env) *env {
	var out *env
	for _, l := range x.elements(ir.Binder{Local: s.Local, Domain: s.Domain}, leaf{at: at, n: count(1), alone: true}, 1) {
		in := x.chosen(s.Domain, s.Local, l.at)
		if in != nil && s.Where != nil {
			if !x.eval(s.Where, in).Has(ir.Bool(true)) {
				continue
			}
			in = x.assume(s.Where, true, in)
		}
		out = out.join(in)
	}
	return out
}

// chosen supposes that the value of a name is an element of a domain.
func (x *run) chosen(domain ir.Expr, l *ir.Local, at *env) *env {
	if _, ok := domainOf(domain); ok {
		return at
	}
	var out *env
	x.aside(func() {
		if c := x.eval(domain, at); !c.Empty() {
			out = x.restrict(domain, at.local(l).with(c), at)
		}
	})
	return out
}

// forLoop follows the elements in order where they are known, else runs the
// body as often as it takes.
func (x *run) forLoop(s *ir.ForStmt, at *env) *env {
	for _, l := range x.elements(ir.Binder{Local: s.Local, Domain: s.Domain}, leaf{at: at, n: count(1), alone: true}, 1) {
		v := l.at.local(s.Local)
		times := x.times
		if l.n.Hi == nil {
			x.times = math.MaxInt32
		}
		step := func(at *env) *env { return x.exec(s.Body, at.bind(s.Local, v)) }
		switch {
		case at == nil:
		case l.alone && l.n.same(count(1)):
			at = step(at)
		case l.alone:
			at = at.join(step(at))
		default:
			at = x.repeatBody(at, step)
		}
		x.times = times
	}
	return at
}

func (x *run) whileLoop(s *ir.WhileStmt, at *env) *env {
	times := x.times
	x.times = math.MaxInt32 // how often is not known
	x.step(s)
	at = x.repeatBody(at, func(at *env) *env {
		if !x.eval(s.Cond, at).Has(ir.Bool(true)) {
			return nil
		}
		if at = x.assume(s.Cond, true, at); at == nil {
			return nil
		}
		return x.exec(s.Body, at)
	})
	x.times = times
	if !x.eval(s.Cond, at).Has(ir.Bool(false)) {
		return nil
	}
	return x.assume(s.Cond, false, at)
}

// repeatBody returns what is known after any number of steps.
func (x *run) repeatBody(at *env, step func(*env) *env) *env {
	for i := 0; ; i++ {
		next := at.join(step(at))
		if next.same(at) {
			return at
		}
		if i >= patience {
			next = at.merge(next, func(v, w *Value) *Value {
				if j := v.join(w); j.same(v) {
					return v
				}
				return v.widen(w, x.within(i))
			})
		}
		at = next
	}
}

func (x *run) assign(s *ir.Assign, at *env) *env {
	keys := make([]*Value, len(s.Target.Path))
	for i, a := range s.Target.Path {
		if a.Index == nil {
			continue
		}
		if keys[i] = x.eval(a.Index, at); keys[i].Empty() {
			return nil
		}
	}
	v := x.eval(s.Value, at)
	if v.Empty() {
		return nil
	}
	t := s.Target
	var old *Value
	switch {
	case len(t.Path) == 0:
	case t.Var == nil:
		if old = at.local(t.Local); old == nil {
			old = x.shapes.of(t.Local.Type).top
		}
	default:
		if old = at.now[t.Var.Index]; old == nil {
			x.fail(s)
			return nil
		}
	}
	if v = x.store(s, old, t.Path, keys, v); v.Empty() {
		return nil
	}
	if t.Var == nil {
		return at.bind(t.Local, v)
	}
	return at.set(t.Var, v)
}

// store returns old with v at a path.
func (x *run) store(site ir.Tree, old *Value, path []ir.Access, keys []*Value, v *Value) *Value {
	if len(path) == 0 {
		return v
	}
	s := old.shape
	if path[0].Index == nil {
		f := path[0].Field
		part := x.store(site, old.field(s.fields[f], f), path[1:], keys[1:], v)
		if part.Empty() {
			return s.bottom
		}
		return old.withField(f, part)
	}
	if len(path) > 1 {
		inner := operation{x, site, ir.Get, s.elem, []*Value{old, keys[0]}}.value()
		if inner.Empty() {
			return s.bottom
		}
		if v = x.store(site, inner, path[1:], keys[1:], v); v.Empty() {
			return s.bottom
		}
	}
	return operation{x, site, ir.Put, s, []*Value{old, keys[0], v}}.value()
}

// stmts adds what statements read. A variable of which a part is assigned is
// read as well.
func (r *roots) stmts(body []ir.Stmt) {
	r.body(func(visit func(ir.Tree) bool) {
		ir.WalkBody(body, func(t ir.Tree) bool {
			if a, ok := t.(*ir.Assign); ok && a.Target.Var != nil && len(a.Target.Path) > 0 {
				add(&r.vars, a.Target.Var)
			}
			return visit(t)
		})
	}, map[*ir.Local]bool{}, nil)
}

// written are the variables that statements assign.
func written(body []ir.Stmt) []*ir.Var {
	var out []*ir.Var
	ir.WalkBody(body, func(t ir.Tree) bool {
		if a, ok := t.(*ir.Assign); ok && a.Target.Var != nil {
			add(&out, a.Target.Var)
		}
		return true
	})
	return slices.Clip(out)
}
