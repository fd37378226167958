package typecheck

import (
	"math/big"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// A type with value parameters is closed by putting its arguments in the
// place of the parameters: into the ends of ranges and the bounds of
// sequences as text, beside the predicates of refinements as values.

// closeType returns t with the parameters replaced by their arguments.
func (c *checker) closeType(t types.Type, args map[*types.Local]ast.Expr) types.Type {
	if len(args) == 0 {
		return t
	}
	switch u := t.(type) {
	case *types.Range:
		lo, hi := c.closeExpr(u.Lo, args), c.closeExpr(u.Hi, args)
		if lo != u.Lo || hi != u.Hi {
			return c.rangeOf(lo, hi)
		}
		return t
	case *types.Seq:
		elem := c.closeType(u.Elem, args)
		bound := u.Max
		if bound != nil {
			bound = c.closeExpr(bound, args)
		}
		if elem != u.Elem || bound != u.Max {
			return c.seqOf(elem, bound)
		}
		return t
	case *types.Refined:
		return c.closeRefined(u, args)
	}
	return types.Rebuild(t, func(part types.Type) types.Type { return c.closeType(part, args) })
}

func (c *checker) closeRefined(t *types.Refined, args map[*types.Local]ast.Expr) types.Type {
	closed := &types.Refined{Base: c.closeType(t.Base, args), Decl: t.Decl, Written: t.Written}
	for _, v := range t.Values {
		closed.Values = append(closed.Values, types.Value{Param: v.Param, Arg: c.closeExpr(v.Arg, args)})
	}
	given := map[*types.Local]bool{}
	for _, v := range t.Values {
		given[v.Param] = true
	}
	ast.Walk(t.Decl.Pred, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok {
			if l, ok := c.info.Uses[e].(*types.Local); ok && args[l] != nil && !given[l] {
				given[l] = true
				closed.Values = append(closed.Values, types.Value{Param: l, Arg: args[l]})
			}
		}
		return true
	})
	return closed
}

// closeExpr returns e with the parameters replaced. What is new is in no
// tree, and has its facts like every other expression.
func (c *checker) closeExpr(e ast.Expr, args map[*types.Local]ast.Expr) ast.Expr {
	var closed ast.Expr
	switch e := e.(type) {
	case *ast.Name:
		if l, ok := c.info.Uses[e].(*types.Local); ok && args[l] != nil {
			return args[l]
		}
		return e
	case *ast.Paren:
		if x := c.closeExpr(e.X, args); x != e.X {
			closed = &ast.Paren{At: e.At, X: x}
		}
	case *ast.Unary:
		if x := c.closeExpr(e.X, args); x != e.X {
			closed = &ast.Unary{At: e.At, Op: e.Op, X: x}
		}
	case *ast.Binary:
		if x, y := c.closeExpr(e.X, args), c.closeExpr(e.Y, args); x != e.X || y != e.Y {
			closed = folded(&ast.Binary{At: e.At, Op: e.Op, X: x, Y: y})
		}
	case *ast.If:
		cond, then, els := c.closeExpr(e.Cond, args), c.closeExpr(e.Then, args), c.closeExpr(e.Else, args)
		if cond != e.Cond || then != e.Then || els != e.Else {
			closed = &ast.If{At: e.At, Cond: cond, Then: then, Else: els}
		}
	case *ast.Call:
		closed = c.closeCall(e, args)
	}
	if closed == nil {
		return e
	}
	c.info.Types[closed] = c.info.Types[e]
	return closed
}

// folded is the number that a sum, difference or product of literals is, so
// that types read well; any other expression stays.
func folded(e *ast.Binary) ast.Expr {
	x, y, n := literalInt(e.X), literalInt(e.Y), new(big.Int)
	if x == nil || y == nil {
		return e
	}
	switch e.Op {
	case ast.Add:
		n.Add(x, y)
	case ast.Sub:
		n.Sub(x, y)
	case ast.Mul:
		n.Mul(x, y)
	default:
		return e
	}
	return &ast.IntLit{At: e.At, Value: n}
}

// closeCall returns nil if nothing changes.
func (c *checker) closeCall(e *ast.Call, args map[*types.Local]ast.Expr) ast.Expr {
	call, changed := &ast.Call{At: e.At, Fun: e.Fun}, false
	for _, a := range e.Args {
		value := c.closeExpr(a.Value, args)
		changed = changed || value != a.Value
		call.Args = append(call.Args, ast.Arg{Name: a.Name, Value: value})
	}
	if !changed {
		return nil
	}
	if inst, ok := c.info.Inst[e]; ok {
		c.info.Inst[call] = inst
	}
	return call
}
