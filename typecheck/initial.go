package typecheck

import (
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// assigned is the set of variables that have a value on every path so far.
type assigned map[*types.Var]bool

func (a assigned) copy() assigned {
	b := assigned{}
	for v := range a {
		b[v] = true
	}
	return b
}

// meet keeps in a what all of the others have too.
func (a assigned) meet(others []assigned) {
	if len(others) == 0 {
		return
	}
	for v := range others[0] {
		all := true
		for _, o := range others[1:] {
			all = all && o[v]
		}
		if all {
			a[v] = true
		}
	}
}

// checkInits checks that the variables of each machine of a module get
// exactly one initial value, and none before it is known.
func (c *checker) checkInits(m *types.Module) {
	for _, obj := range m.Order {
		if mach, ok := obj.(*types.Machine); ok {
			c.checkInit(mach)
		}
	}
}

func (c *checker) checkInit(m *types.Machine) {
	has := assigned{}
	var open []*types.Var
	for _, d := range m.Decl.Members {
		v, ok := d.(*ast.Var)
		if !ok || v.Name == nil {
			continue
		}
		obj, ok := c.info.Defs[v.Name].(*types.Var)
		if !ok {
			continue
		}
		c.readsKnown(v.Value, has, m)
		c.readsKnown(v.In, has, m)
		if v.Value == nil && v.In == nil {
			open = append(open, obj)
			continue
		}
		has[obj] = true
	}
	inits := 0
	for _, d := range m.Decl.Members {
		if init, ok := d.(*ast.Init); ok && init.Body != nil {
			inits++
			c.initStmts(init.Body.Stmts, has, m)
		}
	}
	for _, v := range open {
		if !has[v] {
			c.errUninitialised(v, uninitialisedHelp(v, inits > 0))
		}
	}
}

func uninitialisedHelp(v *types.Var, hasInit bool) string {
	if hasInit {
		return "assign it on every path through init, or write `var " + v.Name() + " T = e`"
	}
	return "write `var " + v.Name() + " T = e`, `var " + v.Name() + " T in S`, or assign it in `init { }`"
}

// readsKnown reports variables of m that e reads and that have no value yet.
func (c *checker) readsKnown(e ast.Expr, has assigned, m *types.Machine) {
	if e == nil {
		return
	}
	s := c.newScan(nil)
	s.walk(e)
	c.absorb(s.out)
	for _, a := range s.out.reads {
		if v, ok := a.obj.(*types.Var); ok && len(a.via) == 0 && v.Owner() == types.Object(m) && !has[v] {
			c.errReadBeforeInit(a.span, v)
			return
		}
	}
}

func (c *checker) initStmts(list []ast.Stmt, has assigned, m *types.Machine) {
	for _, s := range list {
		c.initStmt(s, has, m)
	}
}

func (c *checker) initStmt(s ast.Stmt, has assigned, m *types.Machine) {
	switch s := s.(type) {
	case *ast.Assign:
		c.initAssign(s, has, m)
	case *ast.LetStmt:
		c.readsKnown(s.Value, has, m)
	case *ast.VarStmt:
		c.readsKnown(s.Value, has, m)
	case *ast.Assert:
		c.readsKnown(s.Cond, has, m)
	case *ast.Pick:
		c.readsDomains(s.Binders, has, m)
		c.readsKnown(s.Where, has, m)
	case *ast.IfStmt:
		c.readsKnown(s.Cond, has, m)
		c.initBranches(append([]*ast.Block{s.Then}, elseBlocks(s.Else)...), has, m)
	case *ast.BlockStmt:
		if s.Body != nil {
			c.initStmts(s.Body.Stmts, has, m)
		}
	case *ast.MatchStmt:
		c.readsKnown(s.X, has, m)
		c.initBranches(inner(s), has, m)
	case *ast.Either:
		c.initBranches(s.Branches, has, m)
	case *ast.For:
		c.readsDomains(s.Binders, has, m)
		if s.Body != nil {
			c.initStmts(s.Body.Stmts, has.copy(), m)
		}
	case *ast.While:
		c.readsKnown(s.Cond, has, m)
		if s.Body != nil {
			c.initStmts(s.Body.Stmts, has.copy(), m)
		}
	case *ast.CallStmt:
		c.initCall(s, has, m)
	}
}

func (c *checker) readsDomains(bs []ast.Binder, has assigned, m *types.Machine) {
	for i := range bs {
		c.readsKnown(bs[i].Domain, has, m)
	}
}

// elseBlocks is what runs if a condition is false; a missing else does
// nothing.
func elseBlocks(s ast.Stmt) []*ast.Block {
	if s == nil {
		return []*ast.Block{{}}
	}
	return []*ast.Block{elseBlock(s)}
}

func (c *checker) initBranches(bs []*ast.Block, has assigned, m *types.Machine) {
	var ends []assigned
	for _, b := range bs {
		end := has.copy()
		if b != nil {
			c.initStmts(b.Stmts, end, m)
		}
		ends = append(ends, end)
	}
	has.meet(ends)
}

func (c *checker) initAssign(s *ast.Assign, has assigned, m *types.Machine) {
	c.readsKnown(s.Value, has, m)
	name, whole := unparen(s.Target).(*ast.Name)
	if !whole || s.Op != ast.Set {
		c.readsKnown(s.Target, has, m)
		return
	}
	v, ok := c.info.Uses[name].(*types.Var)
	if !ok {
		return
	}
	if v.Decl.Value != nil || v.Decl.In != nil {
		c.errInitialTwice(s.Target.Span(), v)
	}
	has[v] = true
}

// initCall takes what a proc writes as assigned: its body is checked where it
// stands.
func (c *checker) initCall(s *ast.CallStmt, has assigned, m *types.Machine) {
	if s.Call == nil {
		return
	}
	e := c.effects[c.info.Uses[s.Call.Fun]]
	if e == nil {
		return
	}
	for _, a := range e.writes {
		if v, ok := a.obj.(*types.Var); ok && len(a.keys) == 0 {
			has[v] = true
		}
	}
}
