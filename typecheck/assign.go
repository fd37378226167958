package typecheck

import (
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

func (c *checker) assign(s *ast.Assign) {
	t := c.target(s.Target)
	switch s.Op {
	case ast.Set:
		c.check(s.Value, t, exprText(s.Target))
	case ast.UnionSet, ast.InterSet:
		v := c.expr(s.Value, t)
		if c.wantSet(s.Target, t, assignText[s.Op]) && !agree(v, t) {
			c.errMismatch(s.Value, v, t, exprText(s.Target))
		}
	case ast.ConcatSet:
		c.concatSet(s, t)
	default:
		c.addSet(s, t)
	}
}

var assignText = map[ast.AssignOp]string{
	ast.Set: "=", ast.AddSet: "+=", ast.SubSet: "-=", ast.UnionSet: "|=", ast.InterSet: "&=", ast.ConcatSet: "++=",
}

func (c *checker) concatSet(s *ast.Assign, t types.Type) {
	v := c.expr(s.Value, t)
	switch u := under(t).(type) {
	case *types.Seq:
		if !agree(u, v) {
			if agree(u.Elem, v) {
				c.errElement(s, v, u)
				return
			}
			c.errMismatch(s.Value, v, t, exprText(s.Target))
		}
		return
	case types.Basic:
		if u == types.Invalid {
			return
		}
		if u == types.String {
			c.wantAgree(s.Value, v, t, exprText(s.Target))
			return
		}
	}
	c.errAssignOp(s, "++=", t)
}

func (c *checker) wantAgree(e ast.Expr, t, want types.Type, what string) {
	if !agree(t, want) {
		c.errMismatch(e, t, want, what)
	}
}

// addSet is `+=` and `-=`: on numbers and times, and of elements.
func (c *checker) addSet(s *ast.Assign, t types.Type) {
	op := assignText[s.Op]
	switch u := under(t).(type) {
	case types.Basic:
		c.addNumber(s, t, u)
		return
	case *types.Set:
		c.addElement(s, t, u.Elem)
		return
	case *types.Bag:
		c.addElement(s, t, u.Elem)
		return
	}
	c.expr(s.Value, nil)
	c.errAssignOp(s, op, t)
}

func (c *checker) addNumber(s *ast.Assign, t types.Type, u types.Basic) {
	v := c.expr(s.Value, nil)
	if u == types.Invalid || under(v) == types.Invalid {
		return
	}
	op := ast.Add
	if s.Op == ast.SubSet {
		op = ast.Sub
	}
	if r, ok := numeric(op, u, under(v)); ok && r == under(t) {
		return
	}
	if dimension(u) || dimension(under(v)) {
		c.errDimension(s, assignText[s.Op], t, v)
		return
	}
	if u == types.Int {
		c.errMismatch(s.Value, v, t, exprText(s.Target))
		return
	}
	c.errAssignOp(s, assignText[s.Op], t)
}

// addElement is `set += x` and `set -= x`; a set may also be taken away from
// a set. A value that could be both is an element.
func (c *checker) addElement(s *ast.Assign, t, elem types.Type) {
	hint := elem
	if _, nested := under(elem).(*types.Set); !nested && isSetForm(s.Value) {
		hint = t
	}
	v := c.expr(s.Value, hint)
	switch {
	case agree(v, elem):
		c.checkLiteralFits(s.Value, elem)
	case agree(v, t) && s.Op == ast.SubSet:
	case agree(v, t):
		c.errElement(s, v, t)
	default:
		c.errMismatch(s.Value, v, elem, "an element of "+exprText(s.Target))
	}
}

func isSetForm(e ast.Expr) bool {
	switch unparen(e).(type) {
	case *ast.SetLit, *ast.SetComp:
		return true
	}
	return false
}

// target finds the type of the place that is assigned and checks that it can
// be.
func (c *checker) target(e ast.Expr) types.Type {
	t := c.expr(e, nil)
	root := c.root(e)
	if root == nil {
		return t
	}
	obj := c.info.Uses[root]
	if why, help := c.fixed(obj, root); why != "" {
		c.errFixed(root, obj, why, help)
		return types.Invalid
	}
	return t
}

// root is the name at the bottom of a target; nil if the target is no place,
// which is reported.
func (c *checker) root(e ast.Expr) ast.Expr {
	for x := e; ; {
		switch y := x.(type) {
		case *ast.Paren:
			x = y.X
			continue
		case *ast.Index:
			x = y.X
			continue
		case *ast.Name:
			return c.named(y)
		case *ast.Select:
			if c.info.Uses[y] != nil {
				return y
			}
			f := c.info.Fields[y]
			if f == OptionValue {
				c.errTarget(e, "write `"+exprText(y.X)+" = some(v)`")
				return nil
			}
			x = y.X
			continue
		case *ast.BadExpr:
			return nil
		}
		if c.info.Types[e] != types.Invalid {
			c.errTarget(e, "assign a variable, or a part of one such as `x[k]` or `x.f`")
		}
		return nil
	}
}

// named returns n if it has been resolved, nil if that failed.
func (c *checker) named(n *ast.Name) ast.Expr {
	if c.info.Uses[n] == nil {
		return nil
	}
	return n
}

// fixed says why an object cannot be assigned here; "" if it can.
func (c *checker) fixed(obj types.Object, root ast.Expr) (why, help string) {
	switch obj := obj.(type) {
	case *types.Local:
		if obj.Mutable {
			return "", ""
		}
		return "a fixed name", "declare `var " + obj.Name() + " = ...` to assign it later"
	case *types.Var:
		if c.body == funcBody {
			return "state, and functions only read", "write a proc to change state"
		}
		if len(c.info.Paths[root]) > 0 {
			return "a variable of another machine", "call one of its actions"
		}
		return "", ""
	case *types.ProcessVar:
		if _, inside := root.(*ast.Name); inside {
			return "", ""
		}
		return "a variable of a process, which only that process assigns", "assign a variable of the machine instead"
	case *types.Const:
		return "a constant", "declare `var " + obj.Name() + "` for something that changes"
	}
	return kindOf(obj), "assign a variable"
}
