package typecheck

import (
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// body is what kind of text a statement stands in.
type body int

const (
	noBody body = iota
	funcBody
	initBody
	actionBody
	procBody
	processBody
	scenarioBody
)

var bodyText = map[body]string{
	funcBody: "a function", initBody: "an init block", actionBody: "an action",
	procBody: "a proc", processBody: "a process", scenarioBody: "a scenario",
}

// block checks the statements of b in a scope of their own.
func (c *checker) block(b *ast.Block) {
	if b == nil {
		return
	}
	c.scoped(func() { c.stmts(b.Stmts) })
}

// stmts checks statements in the current scope.
func (c *checker) stmts(list []ast.Stmt) {
	for i, s := range list {
		if i > 0 && leaves(list[i-1]) {
			if _, label := s.(*ast.Label); !label {
				c.warnUnreachable(s, list[i-1])
			}
		}
		c.stmt(s)
	}
}

// leaves reports whether nothing directly after s ever runs.
func leaves(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.Return, *ast.Goto, *ast.Loop:
		return true
	}
	return false
}

func (c *checker) stmt(s ast.Stmt) {
	if !c.allowed(s) {
		return
	}
	switch s := s.(type) {
	case *ast.Assign:
		c.assign(s)
	case *ast.LetStmt:
		t := c.bound(s.Name, s.Type, s.Value)
		c.unused(c.declare(s.Name, t, false))
	case *ast.VarStmt:
		c.varStmt(s)
	case *ast.Pick:
		c.bind(s.Binders)
		if s.Where != nil {
			c.check(s.Where, types.Bool, "the condition after where")
		}
	case *ast.IfStmt:
		c.check(s.Cond, types.Bool, "the condition of if")
		c.block(s.Then)
		if s.Else != nil {
			c.stmt(s.Else)
		}
	case *ast.BlockStmt:
		c.block(s.Body)
	case *ast.MatchStmt:
		c.matchStmt(s)
	case *ast.For:
		c.scoped(func() {
			c.bind(s.Binders)
			c.block(s.Body)
		})
	case *ast.While:
		c.while(s)
	case *ast.Loop:
		c.block(s.Body)
	case *ast.Either:
		for _, b := range s.Branches {
			c.block(b)
		}
	case *ast.Assert:
		c.check(s.Cond, types.Bool, "the condition of assert")
	case *ast.Await:
		c.check(s.Cond, types.Bool, "the condition of await")
	case *ast.CallStmt:
		c.callStmt(s)
	case *ast.Return:
		c.returnStmt(s)
	case *ast.Expect:
		c.check(s.Cond, types.Bool, "the condition of expect")
	}
}

// allowed reports whether a statement may stand in this kind of body.
func (c *checker) allowed(s ast.Stmt) bool {
	ok, name, help := true, "", ""
	switch s.(type) {
	case *ast.Pick:
		name, ok = "pick", c.body != funcBody
		help = "a function has one result for its arguments: use `choose x in S where P`"
	case *ast.Either:
		name, ok = "either", c.body != funcBody
		help = "a function has one result for its arguments: use if or match"
	case *ast.Await:
		name, ok = "await", c.body != funcBody && c.body != initBody
		help = "only a step of an action or process can wait"
	case *ast.Loop:
		name, ok = "loop", c.body == processBody
		help = "only a process runs for ever: use `while c decreases d { }` or `for x in S { }`"
	case *ast.Label:
		name, ok = "a label", c.body == processBody
		help = "only a process has steps: an action is one step"
	case *ast.Goto:
		name, ok = "goto", c.body == processBody
		help = "only a process has labels to go to"
	case *ast.Return:
		name, ok = "return", c.body == funcBody
		help = "only a function has a result: use if and else to leave statements out"
	case *ast.Expect:
		name, ok = "expect", c.body == scenarioBody
		help = "write `assert P` for what must hold here"
	default:
		if c.body == scenarioBody {
			_, call := s.(*ast.CallStmt)
			_, let := s.(*ast.LetStmt)
			_, bad := s.(*ast.BadStmt)
			name, ok = "this statement", call || let || bad
			help = "a scenario is made of actions `A(x)`, `let v = e` and `expect P`"
		}
	}
	if !ok {
		c.errStmtPlace(s, name, bodyText[c.body], help)
	}
	return ok
}

func (c *checker) varStmt(s *ast.VarStmt) {
	if s.Value == nil {
		t := c.written(s.Type)
		c.errVarNeedsValue(s)
		c.declare(s.Name, t, true)
		return
	}
	if obj := c.info.Defs[s.Name]; obj != nil {
		return // a variable of a process, declared with it
	}
	var t types.Type
	if s.Type != nil {
		t = c.bound(s.Name, s.Type, s.Value)
	} else if t = c.expr(s.Value, nil); !isLinear(t) {
		t = widen(t)
	}
	c.unused(c.declare(s.Name, t, true))
}

func (c *checker) matchStmt(s *ast.MatchStmt) {
	t := c.expr(s.X, nil)
	cv := c.newCover(t)
	for i := range s.Arms {
		c.scoped(func() {
			c.pattern(&s.Arms[i].Pattern, t, cv)
			c.block(s.Arms[i].Body)
		})
	}
	c.covered(s.X, s, cv)
}

func (c *checker) while(s *ast.While) {
	c.check(s.Cond, types.Bool, "the condition of while")
	for _, inv := range s.Invariants {
		c.check(inv, types.Bool, "a loop invariant")
	}
	if s.Decreases != nil {
		c.check(s.Decreases, types.Int, "the measure after decreases")
	} else if c.body != processBody {
		c.errNoDecreases(s)
	}
	c.block(s.Body)
}

func (c *checker) returnStmt(s *ast.Return) {
	if s.Value == nil {
		if c.result != types.Invalid {
			c.errReturnNothing(s, c.result)
		}
		return
	}
	c.check(s.Value, c.result, "the result of "+c.fn.Name())
}

// callStmt is a proc, an action of this machine or one of an instance.
func (c *checker) callStmt(s *ast.CallStmt) {
	if s.Call == nil {
		return
	}
	obj, path := c.stmtCallee(s.Call.Fun)
	if obj == nil {
		c.argsAnyhow(s.Call)
		return
	}
	c.info.Uses[s.Call.Fun] = obj
	if len(path) > 0 {
		c.info.Paths[s.Call.Fun] = path
	}
	c.resolve(obj)
	switch obj := obj.(type) {
	case *types.Proc:
		if len(path) == 0 && c.body != scenarioBody && c.body != funcBody {
			c.stmtArgs(s.Call, obj, obj.Args, path)
			return
		}
	case *types.Action:
		if c.body != funcBody && c.body != initBody {
			c.info.Actions[s.Call.Fun] = &types.ActionRef{Path: path, Action: obj}
			c.stmtArgs(s.Call, obj, obj.Args, path)
			return
		}
	case *types.Sync:
		if c.body == scenarioBody {
			c.stmtArgs(s.Call, obj, obj.Args, path)
			return
		}
	}
	c.errCannotCall(s.Call.Fun, obj, bodyText[c.body])
	c.argsAnyhow(s.Call)
}

func (c *checker) stmtCallee(fun ast.Expr) (types.Object, []*types.Instance) {
	switch fun := fun.(type) {
	case *ast.Name:
		obj := c.scope.find(fun.Name)
		if obj == nil && c.machine != nil {
			obj = c.machine.Members[fun.Name]
		}
		if obj == nil {
			obj = c.lookup(fun.Name)
		}
		if obj == nil {
			if !c.brokenImport(fun.Name) {
				c.errUnknown(fun.Span(), fun.Name, c.nearestStep(fun.Name))
			}
		}
		return obj, nil
	case *ast.Select:
		q, ok := c.qualifier(fun.X)
		if ok && q.obj == nil || fun.Sel == nil {
			return nil, nil
		}
		if inst, isInst := q.obj.(*types.Instance); ok && isInst && inst.Machine != nil {
			if obj := inst.Machine.Members[fun.Sel.Name]; obj != nil {
				return obj, q.path
			}
			c.errNoMember(fun.Sel, exprText(fun.X), memberNames(inst.Machine.Members))
			return nil, nil
		}
	}
	if c.expr(fun, nil) != types.Invalid {
		c.errNotCallable(fun, "a value", "")
	}
	return nil, nil
}

// stmtArgs checks the arguments of an action or proc.
func (c *checker) stmtArgs(call *ast.Call, what types.Object, formal []*types.Local, path []*types.Instance) {
	if len(call.Args) != len(formal) {
		c.errArgCount(call.Span(), what.Name(), len(formal), len(call.Args), what)
		c.argsAnyhow(call)
		return
	}
	for i, a := range call.Args {
		if a.Name != nil {
			c.errNamedArg(a.Name, what)
		}
		c.check(a.Value, through(formal[i].T, path), "argument "+formal[i].Name()+" of "+what.Name())
	}
}

// nearestStep guesses which action or proc was meant.
func (c *checker) nearestStep(name string) string {
	var names []string
	if c.machine != nil {
		for _, n := range memberNames(c.machine.Members) {
			switch c.machine.Members[n].(type) {
			case *types.Action, *types.Proc, *types.Sync:
				names = append(names, n)
			}
		}
	}
	return suggestion(nearest(name, names))
}
