package elaborate

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// flow lowers statements: of a function if result is set, of a step of a
// process if proc is, otherwise of an action, a proc or init. What may leave
// a body early, labels and gotos, stands only in processes.
type flow struct {
	s      *scope
	result types.Type
	proc   *process
	// active holds the loops of a process that were entered since the last
	// label: entering one again would be a cycle without a label.
	active map[ast.Stmt]bool
}

// cont is what follows a statement: the rest of its block, and what follows
// that block.
type cont struct {
	stmts []ast.Stmt
	next  *cont
}

// plain lowers statements that control runs through from top to bottom.
func (f *flow) plain(stmts []ast.Stmt) []ir.Stmt {
	var out []ir.Stmt
	for _, st := range stmts {
		out = append(out, f.stmt(st)...)
	}
	return out
}

// seq lowers statements and then k, up to the next label on every path.
func (f *flow) seq(stmts []ast.Stmt, k *cont) []ir.Stmt {
	var out []ir.Stmt
	for i, st := range stmts {
		switch st := st.(type) {
		case *ast.Label:
			return append(out, f.jump(st.Name.Name, st)...)
		case *ast.Goto:
			return append(out, f.jump(st.Label.Name, st)...)
		}
		if jumps(st) {
			return append(out, f.split(st, &cont{stmts[i+1:], k})...)
		}
		out = append(out, f.stmt(st)...)
	}
	if k != nil {
		return append(out, f.seq(k.stmts, k.next)...)
	}
	return append(out, f.jump(doneLabel, f.proc.obj.Decl)...)
}

// jump sets the program counter.
func (f *flow) jump(label string, at ast.Node) []ir.Stmt {
	if label == f.s.step {
		return nil
	}
	p := f.proc
	i, ok := p.index[label]
	if !ok {
		f.s.b.missing(at, "label")
		return nil
	}
	target := ir.Target{Var: p.pc, Span: at.Span()}
	if f.s.self != nil {
		target.Path = []ir.Access{{Index: ref(f.s.self, at.Span())}}
	}
	return []ir.Stmt{&ir.Assign{Pos: ir.Pos{Loc: at.Span()}, Target: target,
		Value: &ir.Make{Node: node(p.labels, at.Span()), Variant: i}}}
}

// split lowers a statement that may leave early or cross a label; what
// follows it goes into each branch.
func (f *flow) split(st ast.Stmt, rest *cont) []ir.Stmt {
	b, pos := f.s.b, ir.Pos{Loc: st.Span()}
	switch st := st.(type) {
	case *ast.IfStmt:
		cond := f.s.condition(st.Cond)
		then := f.seq(st.Then.Stmts, rest)
		return f.s.b.branch(pos, cond, then, f.seq(elseOf(st), rest))
	case *ast.BlockStmt:
		return f.seq(st.Body.Stmts, rest)
	case *ast.Either:
		x := &ir.EitherStmt{Pos: pos}
		for _, br := range st.Branches {
			x.Branches = append(x.Branches, f.seq(br.Stmts, rest))
		}
		return []ir.Stmt{x}
	case *ast.MatchStmt:
		return f.matchStmt(st, func(body *ast.Block) []ir.Stmt { return f.seq(body.Stmts, rest) })
	case *ast.Loop:
		return f.again(st, func() []ir.Stmt { return f.seq(st.Body.Stmts, &cont{[]ast.Stmt{st}, rest}) })
	case *ast.While:
		return f.again(st, func() []ir.Stmt {
			cond := f.s.condition(st.Cond)
			body := f.seq(st.Body.Stmts, &cont{[]ast.Stmt{st}, rest})
			return f.s.b.branch(pos, cond, body, f.seq(rest.stmts, rest.next))
		})
	}
	b.leavesFor(st)
	return nil
}

// branch is an if without an empty first branch.
func (b *builder) branch(pos ir.Pos, cond ir.Expr, then, els []ir.Stmt) []ir.Stmt {
	if len(then) == 0 && len(els) > 0 {
		cond = apply(ir.Not, b.t.Bool(), cond.Span(), cond)
		then, els = els, nil
	}
	return []ir.Stmt{&ir.IfStmt{Pos: pos, Cond: cond, Then: then, Else: els}}
}

// again lowers a loop once; a second time without a label between is an error.
func (f *flow) again(st ast.Stmt, body func() []ir.Stmt) []ir.Stmt {
	if f.active[st] {
		f.s.b.noLabelOnCycle(st)
		return nil
	}
	f.active[st] = true
	defer delete(f.active, st)
	return body()
}

func elseOf(st *ast.IfStmt) []ast.Stmt {
	switch e := st.Else.(type) {
	case *ast.BlockStmt:
		return e.Body.Stmts
	case nil:
		return nil
	default:
		return []ast.Stmt{e}
	}
}

// jumps reports whether control may leave st other than at its end.
func jumps(st ast.Stmt) bool {
	switch st := st.(type) {
	case *ast.Label, *ast.Goto, *ast.Loop:
		return true
	case *ast.IfStmt:
		return anyJumps(st.Then.Stmts) || anyJumps(elseOf(st))
	case *ast.BlockStmt:
		return anyJumps(st.Body.Stmts)
	case *ast.Either:
		for _, br := range st.Branches {
			if anyJumps(br.Stmts) {
				return true
			}
		}
	case *ast.MatchStmt:
		for _, arm := range st.Arms {
			if anyJumps(arm.Body.Stmts) {
				return true
			}
		}
	case *ast.For:
		return anyJumps(st.Body.Stmts)
	case *ast.While:
		return anyJumps(st.Body.Stmts)
	}
	return false
}

func anyJumps(stmts []ast.Stmt) bool {
	for _, st := range stmts {
		if jumps(st) {
			return true
		}
	}
	return false
}
