package porder

import "github.com/spec-lang/spec/ir"

// entry splits a body into a condition without which it has no way through,
// and the body with the awaits that the condition stands for taken out: those
// that come before anything else but deciding which way to go. The condition
// is nil if there are none. What would fail in the body fails in it.
func (c *cells) entry(body []ir.Stmt) (ir.Expr, []ir.Stmt) {
	if len(body) == 0 {
		return nil, body
	}
	switch s := body[0].(type) {
	case *ir.AwaitStmt:
		more, rest := c.entry(body[1:])
		if more == nil {
			return s.Cond, rest
		}
		return &ir.Apply{Node: ir.Node{T: c.bool, Loc: s.Loc}, Op: ir.And, Args: []ir.Expr{s.Cond, more}}, rest
	case *ir.IfStmt:
		then, restThen := c.entry(s.Then)
		els, restElse := c.entry(s.Else)
		if then == nil && els == nil {
			break
		}
		cond := &ir.If{Node: ir.Node{T: c.bool, Loc: s.Loc}, Cond: s.Cond, Then: c.orTrue(then, s), Else: c.orTrue(els, s)}
		plain := &ir.IfStmt{Pos: s.Pos, Cond: s.Cond, Then: restThen, Else: restElse}
		return cond, append([]ir.Stmt{plain}, body[1:]...)
	}
	return nil, body
}

func (c *cells) orTrue(e ir.Expr, s ir.Stmt) ir.Expr {
	if e != nil {
		return e
	}
	return &ir.Lit{Node: ir.Node{T: c.bool, Loc: s.Span()}, Value: ir.Bool(true)}
}
