package typecheck

import (
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// checkModule checks every declaration of a module except its models.
func (c *checker) checkModule(m *types.Module) {
	c.inside(env{mod: m}, func() {
		for _, d := range m.File.Decls {
			c.decl(d)
		}
	})
}

// decl checks a declaration of a module or machine.
func (c *checker) decl(d ast.Decl) {
	switch d := d.(type) {
	case *ast.Assume:
		c.at(placeAssume, func() { c.check(d.Cond, types.Bool, "an assumption") })
	case *ast.Func:
		c.function(d)
	case *ast.Theorem:
		c.theorem(d)
	case *ast.Machine:
		if obj, ok := c.info.Defs[d.Name].(*types.Machine); ok {
			c.machineBody(obj)
		}
	case *ast.Model:
		return // models are checked last
	default:
		c.member(d)
	}
}

// declared resolves the object that an identifier declares.
func declared[T types.Object](c *checker, id *ast.Ident) (obj T, ok bool) {
	if id == nil {
		return obj, false
	}
	obj, ok = c.info.Defs[id].(T)
	if ok {
		c.resolve(obj)
		c.hidesBuiltin(id, obj)
	}
	return obj, ok
}

func (c *checker) function(d *ast.Func) {
	obj, ok := declared[*types.Function](c, d.Name)
	if !ok {
		return
	}
	c.scoped(func() {
		c.params = obj.Params
		c.openLocals(obj.Args)
		for _, r := range d.Requires {
			c.at(placeContract, func() { c.check(r, types.Bool, "a requires clause") })
		}
		c.scoped(func() {
			c.scope = &scope{c.scope, obj.Result}
			for _, r := range d.Ensures {
				c.at(placeEnsures, func() { c.check(r, types.Bool, "an ensures clause") })
			}
		})
		c.at(placeFunc, func() { c.functionBody(d, obj) })
		c.params = nil
	})
}

func (c *checker) functionBody(d *ast.Func, obj *types.Function) {
	if d.Decreases != nil {
		c.check(d.Decreases, types.Int, "the measure after decreases")
	}
	oldBody, oldResult, oldFn := c.body, c.result, c.fn
	c.body, c.result, c.fn = funcBody, obj.T, obj
	if d.Value != nil {
		c.check(d.Value, obj.T, "the result of "+obj.Name())
	}
	c.block(d.Body)
	c.body, c.result, c.fn = oldBody, oldResult, oldFn
	if d.Body != nil && !returns(d.Body) {
		c.errNoReturn(d)
	}
}

// openLocals brings parameters that are already declared into scope.
func (c *checker) openLocals(ls []*types.Local) {
	for _, l := range ls {
		if l.Name() != "_" && l.Name() != "" {
			c.scope = &scope{c.scope, l}
		}
	}
}

// machineBody checks the members of a machine.
func (c *checker) machineBody(m *types.Machine) {
	old := c.machine
	c.machine = m
	for _, p := range m.Params {
		c.resolve(p)
	}
	for _, d := range m.Decl.Members {
		c.decl(d)
	}
	c.machine = old
}

// member checks a declaration that has no body of functions in it.
func (c *checker) member(d ast.Decl) {
	switch d := d.(type) {
	case *ast.Sort:
		declared[*types.SortName](c, d.Name)
	case *ast.Enum:
		declared[*types.TypeName](c, d.Name)
	case *ast.Struct:
		declared[*types.TypeName](c, d.Name)
	case *ast.TypeDecl:
		declared[*types.TypeName](c, d.Name)
	case *ast.Const:
		declared[*types.Const](c, d.Name)
	case *ast.Var:
		c.stateVar(d)
	case *ast.Init:
		c.at(placeInit, func() { c.bodyOf(initBody, d.Body) })
	case *ast.Action:
		if obj, ok := declared[*types.Action](c, d.Name); ok {
			c.action(d, obj)
		}
	case *ast.Proc:
		if obj, ok := declared[*types.Proc](c, d.Name); ok {
			c.scoped(func() {
				c.openLocals(obj.Args)
				c.at(placeProc, func() { c.bodyOf(procBody, d.Body) })
			})
		}
	case *ast.Process:
		c.processDecl(d)
	case *ast.FairAny:
		c.fairAny(d)
	case *ast.Terminal:
		c.at(placeTerminal, func() { c.check(d.Cond, types.Bool, "a terminal condition") })
	case *ast.Property:
		c.property(d)
	case *ast.Scenario:
		c.scenario(d)
	case *ast.Use:
		declared[*types.Instance](c, d.As)
	case *ast.Sync:
		c.sync(d)
	case *ast.Refines:
		c.refines(d)
	}
}

// bodyOf checks a block as a body of the given kind.
func (c *checker) bodyOf(kind body, b *ast.Block) {
	old := c.body
	c.body = kind
	c.block(b)
	c.body = old
}

func (c *checker) stateVar(d *ast.Var) {
	obj, ok := declared[*types.Var](c, d.Name)
	if !ok {
		return
	}
	c.at(placeVar, func() {
		if d.Value != nil {
			c.check(d.Value, obj.T, obj.Name())
		}
		if d.In != nil {
			if elem := c.initialSet(d.In, obj.T); elem != nil {
				c.wantAgree(d.In, elem, obj.T, obj.Name())
			}
		}
	})
}

// initialSet is the set after `in` of a variable; the result is the type of
// its elements.
func (c *checker) initialSet(e ast.Expr, want types.Type) types.Type {
	t := c.expr(e, &types.Set{Elem: want})
	if elem := elemOf(t); elem != nil {
		return elem
	}
	c.errCollection(e, "a set, bag or sequence", t)
	return nil
}

func (c *checker) action(d *ast.Action, obj *types.Action) {
	c.scoped(func() {
		c.openLocals(obj.Args)
		if d.Guard != nil {
			c.at(placeGuard, func() { c.check(d.Guard, types.Bool, "a guard") })
		}
		c.at(placeAction, func() { c.bodyOf(actionBody, d.Body) })
	})
}

// returns reports whether every path through b returns.
func returns(b *ast.Block) bool {
	if b == nil || len(b.Stmts) == 0 {
		return false
	}
	switch s := b.Stmts[len(b.Stmts)-1].(type) {
	case *ast.Return, *ast.BadStmt:
		return true
	case *ast.IfStmt:
		return returns(s.Then) && returnsElse(s.Else)
	case *ast.BlockStmt:
		return returns(s.Body)
	case *ast.MatchStmt:
		for _, arm := range s.Arms {
			if !returns(arm.Body) {
				return false
			}
		}
		return len(s.Arms) > 0
	}
	return false
}

func returnsElse(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.BlockStmt:
		return returns(s.Body)
	case *ast.IfStmt:
		return returns(s.Then) && returnsElse(s.Else)
	}
	return false
}
