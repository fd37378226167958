package elaborate

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// callStmt puts the body of a proc, or the guard and body of an action, in the
// place of its call.
func (f *flow) callStmt(st *ast.CallStmt) []ir.Stmt {
	s := f.s
	if r := s.b.info.Actions[st.Call.Fun]; r != nil && r.Action != nil {
		return f.callAction(st, s.in.at(r.Path), r.Action)
	}
	in, obj := s.resolve(st.Call.Fun)
	p, ok := obj.(*types.Proc)
	if !ok {
		s.b.missing(st.Call.Fun, "meaning")
		return nil
	}
	if !s.b.enter(p) {
		s.b.missing(st, "end of calls")
		return nil
	}
	defer s.b.leave()
	inner := s.b.scope(in)
	out := s.arguments(inner, p.Args, st.Call.Args)
	body := p.Decl.Body
	if m := s.b.mutations[key{in, p}]; m != nil && m.Body != nil {
		body = m.Body
	}
	return append(out, (&flow{s: inner}).plain(body.Stmts)...)
}

// callAction makes the callee part of this step: its parameters must be in
// their domains and its guard must hold.
func (f *flow) callAction(st *ast.CallStmt, in *instance, a *types.Action) []ir.Stmt {
	s, b := f.s, f.s.b
	if !b.enter(a) {
		b.missing(st, "end of calls")
		return nil
	}
	defer b.leave()
	inner := b.scope(in)
	out := s.arguments(inner, a.Args, st.Call.Args)
	await := func(cond ir.Expr) {
		out = append(out, &ir.AwaitStmt{Pos: ir.Pos{Loc: st.Span()}, Cond: cond})
	}
	for i, p := range a.Decl.Params {
		if p.In == nil || i >= len(a.Args) || inner.locals[a.Args[i]] == nil {
			continue
		}
		domain := inner.expr(p.In, nil)
		if arg := inner.locals[a.Args[i]]; domain.Type() != b.invalid {
			await(apply(ir.In, b.t.Bool(), st.Span(), b.convert(ref(arg, st.Span()), domain.Type().Elem), domain))
		}
	}
	if guard := inner.condition(b.guardOf(in, a)); guard != nil {
		await(guard)
	}
	return append(out, (&flow{s: inner}).plain(b.bodyOf(in, a).Stmts)...)
}

// arguments binds the parameters of what is called to the arguments. A name
// that cannot change stands for itself.
func (s *scope) arguments(inner *scope, params []*types.Local, args []ast.Arg) []ir.Stmt {
	var out []ir.Stmt
	for i, p := range params {
		if i >= len(args) {
			break
		}
		t := inner.typ(p.Type())
		x := inner.stored(p.Type(), s.expr(args[i].Value, t))
		if l, ok := x.(*ir.LocalRef); ok && !s.b.mutable[l.Local] {
			inner.locals[p] = l.Local
			continue
		}
		out = append(out, &ir.Declare{Pos: ir.Pos{Loc: args[i].Value.Span()}, Local: inner.bindObj(p, t), Value: x})
	}
	return out
}

// guardOf returns the guard of an action under the mutations of the model.
func (b *builder) guardOf(in *instance, a *types.Action) ast.Expr {
	if m := b.mutations[key{in, a}]; m != nil && m.Guard != nil {
		return m.Guard
	}
	return a.Decl.Guard
}

// bodyOf returns the body of an action under the mutations of the model.
func (b *builder) bodyOf(in *instance, a *types.Action) *ast.Block {
	if m := b.mutations[key{in, a}]; m != nil && m.Body != nil {
		return m.Body
	}
	return a.Decl.Body
}
