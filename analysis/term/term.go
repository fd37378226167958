// Package term tells whether two expressions say the same.
package term

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spec-lang/spec/lang/ast"
)

// Key is the same for two expressions exactly if they are written alike up to
// layout and parentheses. In one scope such expressions mean the same.
func Key(e ast.Node) string {
	var b strings.Builder
	write(&b, e)
	return b.String()
}

// Unparen is e without parentheses around it.
func Unparen(e ast.Expr) ast.Expr {
	for {
		p, ok := e.(*ast.Paren)
		if !ok {
			return e
		}
		e = p.X
	}
}

// Chain returns the operands that an operator joins, from left to right:
// those of `a && b && c` are a, b and c, but `a - b - c` has the operands `a - b`
// and c.
func Chain(e *ast.Binary) []ast.Expr {
	switch e.Op {
	case ast.And, ast.Or, ast.Union, ast.Inter:
	default:
		return []ast.Expr{e.X, e.Y}
	}
	var out []ast.Expr
	for {
		out = append(out, e.Y)
		x, ok := Unparen(e.X).(*ast.Binary)
		if !ok || x.Op != e.Op {
			out = append(out, e.X)
			slices.Reverse(out)
			return out
		}
		e = x
	}
}

func write(b *strings.Builder, n ast.Node) {
	if e, ok := n.(ast.Expr); ok {
		n = Unparen(e)
	}
	b.WriteString(strings.TrimPrefix(fmt.Sprintf("%T", n), "*ast."))
	b.WriteString(own(n))
	b.WriteByte('(')
	ast.Walk(n, func(c ast.Node) bool {
		if c == n {
			return true
		}
		write(b, c)
		return false
	})
	b.WriteByte(')')
}

// own is what a node has that is no node.
func own(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Ident:
		return n.Name
	case *ast.Name:
		return n.Name
	case *ast.IntLit:
		return n.Value.String()
	case *ast.DurationLit:
		return n.Value.String()
	case *ast.StringLit:
		return fmt.Sprintf("%q", n.Value)
	case *ast.BoolLit:
		return fmt.Sprint(n.Value)
	case *ast.Unary:
		return fmt.Sprint(n.Op)
	case *ast.Binary:
		return fmt.Sprint(n.Op)
	case *ast.Quant:
		return fmt.Sprint(n.Kind)
	case *ast.PathQuant:
		return fmt.Sprint(n.All)
	case *ast.ActionPred:
		return fmt.Sprint(n.Taken, n.NoArgs)
	case *ast.Pattern:
		return fmt.Sprint(n.Wild, n.HasArgs)
	case *ast.Assign:
		return fmt.Sprint(n.Op)
	case *ast.Slice:
		return fmt.Sprint(n.Lo != nil, n.Hi != nil)
	case *ast.MapLit:
		return fmt.Sprint(len(n.Entries), n.Default != nil)
	case *ast.SetComp:
		return fmt.Sprint(n.Cond != nil)
	case *ast.SeqComp:
		return fmt.Sprint(n.Cond != nil)
	case *ast.MapComp:
		return fmt.Sprint(n.Cond != nil)
	case *ast.Choose:
		return fmt.Sprint(n.Where != nil)
	}
	return ""
}
