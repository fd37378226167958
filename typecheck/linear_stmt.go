package typecheck

import (
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

func (l *linear) stmts(list []ast.Stmt) {
	for _, s := range list {
		l.stmt(s)
	}
}

func (l *linear) block(b *ast.Block) {
	if b != nil {
		l.stmts(b.Stmts)
	}
}

func (l *linear) stmt(s ast.Stmt) {
	l.at = s.Span()
	switch s := s.(type) {
	case *ast.Assign:
		l.assign(s)
	case *ast.LetStmt:
		l.give(s.Value)
		l.own(l.local(s.Name))
	case *ast.VarStmt:
		if s.Value != nil {
			l.give(s.Value)
		}
		l.own(l.local(s.Name))
	case *ast.Pick:
		l.bind(s.Binders)
		l.observe(s.Where)
	case *ast.IfStmt:
		l.look(s.Cond)
		l.branches(func() {
			l.assume(s.Cond, true)
			l.block(s.Then)
		}, func() {
			l.assume(s.Cond, false)
			if s.Else != nil {
				l.stmt(s.Else)
			}
		})
	case *ast.BlockStmt:
		l.scope(func() { l.block(s.Body) })
	case *ast.MatchStmt:
		from := l.scrutinee(s.X)
		var ways []func()
		for i := range s.Arms {
			arm := &s.Arms[i]
			ways = append(ways, func() {
				l.pattern(&arm.Pattern, from)
				l.block(arm.Body)
			})
		}
		l.branches(ways...)
	case *ast.For:
		l.domains(s.Binders)
		l.repeat(func() {
			l.bound(s.Binders)
			l.block(s.Body)
		})
	case *ast.While:
		l.observe(s.Cond)
		for _, inv := range s.Invariants {
			l.observe(inv)
		}
		l.repeat(func() { l.block(s.Body) })
	case *ast.Loop:
		l.repeat(func() { l.block(s.Body) })
		l.dead = true
	case *ast.Either:
		var ways []func()
		for _, b := range s.Branches {
			ways = append(ways, func() { l.block(b) })
		}
		l.branches(ways...)
	case *ast.Assert:
		l.observe(s.Cond)
	case *ast.Await:
		l.observe(s.Cond)
		l.assume(s.Cond, true)
	case *ast.CallStmt:
		l.callStmt(s)
	case *ast.Return:
		if s.Value != nil {
			l.give(s.Value)
		}
		l.leave(s.Span())
	case *ast.Goto:
		l.leave(s.Span())
	case *ast.Label:
		if !l.dead {
			l.leave(s.Span())
		}
		l.dead = false
	}
}

// leave is the end of a step or function before the end of its body.
func (l *linear) leave(at source.Span) {
	l.end(at)
	clear(l.parts)
	l.dead = true
}

func (l *linear) local(id *ast.Ident) *types.Local {
	obj, _ := l.c.info.Defs[id].(*types.Local)
	return obj
}

func (l *linear) bind(bs []ast.Binder) {
	l.domains(bs)
	l.bound(bs)
}

func (l *linear) domains(bs []ast.Binder) {
	for i := range bs {
		l.observe(bs[i].Domain)
	}
}

func (l *linear) bound(bs []ast.Binder) {
	for i := range bs {
		for _, id := range bs[i].Names {
			l.lend(l.local(id), bs[i].Domain)
		}
	}
}

func (l *linear) assign(s *ast.Assign) {
	t := l.c.info.Types[s.Target]
	if !isLinear(t) {
		if s.Op == ast.Set {
			l.give(s.Value)
		} else {
			l.look(s.Value) // a part of a plain value is a copy
		}
		l.indices(s.Target)
		return
	}
	a, ok := l.state(s.Target)
	switch {
	case s.Op == ast.Set:
		l.give(s.Value)
		l.indices(s.Target)
		if ok {
			l.store(a, s.Target.Span(), t, l.isEmpty(s.Value))
		} else {
			l.assignLocal(s)
		}
	case s.Op == ast.AddSet || s.Op == ast.UnionSet:
		l.give(s.Value)
		l.look(s.Target)
		if ok {
			l.forget(a)
		}
	case s.Op == ast.SubSet:
		l.remove(s)
	default:
		l.look(s.Value)
		l.c.errLinearRemoved(s.Value.Span(), assignText[s.Op], exprText(s.Target))
	}
}

// indices looks at what stands in brackets on the left side.
func (l *linear) indices(e ast.Expr) {
	switch e := e.(type) {
	case *ast.Paren:
		l.indices(e.X)
	case *ast.Select:
		l.indices(e.X)
	case *ast.Index:
		l.look(e.I)
		l.indices(e.X)
	}
}

// assignLocal assigns a variable of the body, whose value must have been used.
func (l *linear) assignLocal(s *ast.Assign) {
	n, ok := unparen(s.Target).(*ast.Name)
	if !ok {
		l.c.errLinearOver(s.Target.Span(), access{}, "")
		return
	}
	obj, _ := l.c.info.Uses[n].(*types.Local)
	h, ok := l.holds[obj]
	if !ok {
		return
	}
	if h.depth < l.depth {
		l.c.errLinearRepeated(s.Target.Span(), obj, "a loop")
		return
	}
	if h.state == owned {
		l.c.errLinearOver(s.Target.Span(), access{obj: obj}, "")
	}
	l.holds[obj] = hold{local: obj, depth: h.depth}
}

// remove is `s -= x`: it takes the element x, a name bound in s, out of s.
func (l *linear) remove(s *ast.Assign) {
	l.look(s.Target)
	if n, ok := unparen(s.Value).(*ast.Name); ok {
		obj, _ := l.c.info.Uses[n].(*types.Local)
		h, tracked := l.holds[obj]
		a, _ := l.place(s.Target)
		if tracked && h.state == stale {
			l.c.errLinearStale(s.Value.Span(), obj, h)
			return
		}
		if tracked && h.state == member && h.depth == l.depth && h.from.obj != nil && h.from.same(a) && a.known() {
			l.outdateMembers(a, obj, s.Value.Span())
			l.holds[obj] = hold{local: obj, depth: l.depth}
			return
		}
	}
	l.look(s.Value)
	l.c.errLinearRemoved(s.Value.Span(), "-=", exprText(s.Target))
}

// outdateMembers marks other elements of a set that x has been taken out of:
// they may be x.
func (l *linear) outdateMembers(set access, x *types.Local, at source.Span) {
	for obj, h := range l.holds {
		if obj != x && h.state == member && h.from.mayMeet(set) && !l.apart[pair{obj, x}] {
			h.state, h.at = stale, at
			l.holds[obj] = h
		}
	}
}

func (l *linear) callStmt(s *ast.CallStmt) {
	if s.Call == nil {
		return
	}
	callee := l.c.info.Uses[s.Call.Fun]
	args := paramsOf(callee)
	for i, a := range s.Call.Args {
		if i < len(args) && isLinear(args[i].T) && !drawn(callee, i) {
			l.give(a.Value)
		} else {
			l.look(a.Value)
		}
	}
	l.called(callee, l.c.info.Paths[s.Call.Fun], s.Span())
}

// drawn reports whether a parameter of an action is an element of a set: it is
// in that set, and the caller keeps what it passes.
func drawn(callee types.Object, i int) bool {
	a, ok := callee.(*types.Action)
	return ok && a.Decl.Params[i].In != nil
}

// scrutinee is what patterns take apart: a part of the state, which keeps its
// value until it is used, or a value that is used by this.
func (l *linear) scrutinee(x ast.Expr) matched {
	m := matched{x: x, typ: l.c.info.Types[x]}
	if !isLinear(m.typ) {
		l.look(x)
		return m
	}
	if a, ok := l.state(x); ok {
		l.look(x)
		m.from, m.state = a, true
		return m
	}
	l.give(x)
	return m
}

// matched is a value that patterns are for.
type matched struct {
	x     ast.Expr
	typ   types.Type
	from  access
	state bool // it is a part of the state
}

// pattern begins the locals that a pattern binds.
func (l *linear) pattern(p *ast.Pattern, m matched) {
	if !isLinear(m.typ) {
		return
	}
	for i := range p.Or {
		l.pattern(&p.Or[i], m)
	}
	types := l.payload(p, m.typ)
	if m.state {
		if p.Name != nil && !anyLinear(types) && m.from.known() {
			l.parts[m.from.text()] = part{access: m.from}
		}
		for _, id := range p.Binds {
			if obj := l.local(id); obj != nil && isLinear(obj.T) {
				l.holds[obj] = hold{local: obj, state: held, depth: l.depth, from: m.from, by: p}
			}
		}
		return
	}
	if p.Wild && len(p.Or) == 0 || p.Name != nil && len(p.Binds) == 0 && anyLinear(types) {
		l.c.errLinearUnbound(p.Span(), exprText(m.x))
	}
	for i, id := range p.Binds {
		if i < len(types) && isLinear(types[i]) && id.Name == "_" {
			l.c.errLinearUnbound(id.Span(), exprText(m.x))
			continue
		}
		l.own(l.local(id))
	}
}

// payload lists the types of what the variant of a pattern holds.
func (l *linear) payload(p *ast.Pattern, t types.Type) []types.Type {
	switch u := under(t).(type) {
	case *types.Option:
		if n, ok := p.Name.(*ast.Name); ok && n.Name == "some" {
			return []types.Type{u.Elem}
		}
	case *types.Named:
		if v := l.c.info.Patterns[p.Name]; v != nil {
			var out []types.Type
			for _, f := range v.Fields {
				out = append(out, fieldType(u, f))
			}
			return out
		}
	}
	return nil
}

func anyLinear(ts []types.Type) bool {
	for _, t := range ts {
		if isLinear(t) {
			return true
		}
	}
	return false
}
