package elaborate

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// stmt lowers one statement that control runs through.
func (f *flow) stmt(st ast.Stmt) []ir.Stmt {
	s, pos := f.s, ir.Pos{Loc: st.Span()}
	one := func(x ir.Stmt) []ir.Stmt { return []ir.Stmt{x} }
	switch st := st.(type) {
	case *ast.Assign:
		return f.assign(st)
	case *ast.LetStmt:
		return one(f.declare(pos, st.Name, st.Type, st.Value, false))
	case *ast.VarStmt:
		if st.Value == nil {
			s.b.missing(st, "initial value")
			return nil
		}
		return one(f.declare(pos, st.Name, st.Type, st.Value, true))
	case *ast.Pick:
		return f.pick(st)
	case *ast.IfStmt:
		return one(&ir.IfStmt{Pos: pos, Cond: s.condition(st.Cond), Then: f.plain(st.Then.Stmts), Else: f.plain(elseOf(st))})
	case *ast.BlockStmt:
		return f.plain(st.Body.Stmts)
	case *ast.MatchStmt:
		return f.matchStmt(st, func(body *ast.Block) []ir.Stmt { return f.plain(body.Stmts) })
	case *ast.For:
		return f.forEach(st)
	case *ast.While:
		return one(f.while(st))
	case *ast.Either:
		x := &ir.EitherStmt{Pos: pos}
		for _, br := range st.Branches {
			x.Branches = append(x.Branches, f.plain(br.Stmts))
		}
		return one(x)
	case *ast.Assert:
		return one(&ir.AssertStmt{Pos: pos, Cond: s.condition(st.Cond)})
	case *ast.Await:
		return one(&ir.AwaitStmt{Pos: pos, Cond: s.condition(st.Cond)})
	case *ast.CallStmt:
		return f.callStmt(st)
	case *ast.Return:
		if f.result != nil && st.Value != nil {
			return one(&ir.ReturnStmt{Pos: pos, Value: s.stored(f.result, s.expr(st.Value, s.typ(f.result)))})
		}
	case *ast.Skip:
		return nil
	}
	s.b.missing(st, "meaning here")
	return nil
}

func (f *flow) declare(pos ir.Pos, id *ast.Ident, typ ast.Type, value ast.Expr, mutable bool) ir.Stmt {
	s := f.s
	var t *ir.Type
	switch {
	case typ != nil:
		t = s.written(typ)
	case mutable:
		if obj, ok := s.b.info.Defs[id].(*types.Local); ok {
			t = s.typ(obj.Type())
		}
	}
	x := s.expr(value, t)
	if typ != nil {
		x = s.stored(s.b.info.Written[typ], x)
	}
	l := s.bind(id, x.Type())
	s.b.mutable[l] = mutable
	return &ir.Declare{Pos: pos, Local: l, Value: x, Mutable: mutable}
}

// pick lowers the binders one by one; the condition is the last one's.
func (f *flow) pick(st *ast.Pick) []ir.Stmt {
	var out []ir.Stmt
	for _, bi := range f.s.binders(st.Binders) {
		out = append(out, &ir.PickStmt{Pos: ir.Pos{Loc: st.Span()}, Local: bi.Local, Domain: bi.Domain})
	}
	if len(out) > 0 {
		out[len(out)-1].(*ir.PickStmt).Where = f.s.condition(st.Where)
	}
	return out
}

// forEach nests one loop for each name. What several names go through is
// computed once, before the body can change it.
func (f *flow) forEach(st *ast.For) []ir.Stmt { return f.forBinders(st, st.Binders) }

func (f *flow) forBinders(st *ast.For, rest []ast.Binder) []ir.Stmt {
	if len(rest) == 0 {
		return f.plain(st.Body.Stmts)
	}
	s, bi, pos := f.s, rest[0], ir.Pos{Loc: st.Span()}
	domain := s.expr(bi.Domain, nil)
	again := func() ir.Expr { return s.expr(bi.Domain, nil) }
	var out []ir.Stmt
	if len(bi.Names) > 1 && !ir.Closed(domain) {
		l := &ir.Local{Name: "all", Type: domain.Type(), Span: domain.Span()}
		out = append(out, &ir.Declare{Pos: pos, Local: l, Value: domain})
		domain = ref(l, l.Span)
		again = func() ir.Expr { return ref(l, l.Span) }
	}
	var loops []*ir.ForStmt
	for i, id := range bi.Names {
		if i > 0 {
			domain = again()
		}
		loops = append(loops, &ir.ForStmt{Pos: pos, Local: s.bind(id, domain.Type().Elem), Domain: domain})
	}
	body := f.forBinders(st, rest[1:])
	for i := len(loops) - 1; i >= 0; i-- {
		loops[i].Body = body
		body = []ir.Stmt{loops[i]}
	}
	return append(out, body...)
}

func (f *flow) while(st *ast.While) ir.Stmt {
	x := &ir.WhileStmt{Pos: ir.Pos{Loc: st.Span()}, Cond: f.s.condition(st.Cond)}
	for _, inv := range st.Invariants {
		x.Invariants = append(x.Invariants, f.s.condition(inv))
	}
	if st.Decreases != nil {
		x.Decreases = f.s.expr(st.Decreases, nil)
	}
	x.Body = f.plain(st.Body.Stmts)
	return x
}

// matchStmt lowers a match to a chain of ifs; the last arm needs no test.
func (f *flow) matchStmt(st *ast.MatchStmt, lower func(*ast.Block) []ir.Stmt) []ir.Stmt {
	s, pos := f.s, ir.Pos{Loc: st.Span()}
	var patterns []ast.Pattern
	for _, arm := range st.Arms {
		patterns = append(patterns, arm.Pattern)
	}
	value := s.matched(st.X, patterns)
	if value.Type() == s.b.invalid {
		return nil
	}
	var out []ir.Stmt
	x := copyName(value)
	if x == nil {
		l := &ir.Local{Name: "m", Type: value.Type(), Span: st.X.Span()}
		out = append(out, &ir.Declare{Pos: ir.Pos{Loc: st.X.Span()}, Local: l, Value: value})
		x = func() ir.Expr { return ref(l, st.X.Span()) }
	}
	var chain []ir.Stmt
	for i := len(st.Arms) - 1; i >= 0; i-- {
		body := f.arm(st.Arms[i], x, lower)
		test := s.test(st.Arms[i].Pattern, x)
		if i == len(st.Arms)-1 || test == nil {
			chain = body
			continue
		}
		chain = []ir.Stmt{&ir.IfStmt{Pos: pos, Cond: test, Then: body, Else: chain}}
	}
	return append(out, chain...)
}

func (f *flow) arm(arm ast.StmtArm, x func() ir.Expr, lower func(*ast.Block) []ir.Stmt) []ir.Stmt {
	var out []ir.Stmt
	f.s.payload(arm.Pattern, x, func(id *ast.Ident, value ir.Expr) {
		out = append(out, &ir.Declare{Pos: ir.Pos{Loc: id.Span()}, Local: f.s.bind(id, value.Type()), Value: value})
	})
	return append(out, lower(arm.Body)...)
}
