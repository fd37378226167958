package typecheck

import (
	"strings"

	"github.com/spec-lang/spec/lang/ast"
)

// exprText renders short expressions as they are written; "..." stands for
// what is too long to quote.
func exprText(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.IntLit:
		return e.Value.String()
	case *ast.StringLit:
		return `"` + e.Value + `"`
	case *ast.BoolLit:
		if e.Value {
			return "true"
		}
		return "false"
	case *ast.Name:
		return e.Name
	case *ast.Paren:
		return "(" + exprText(e.X) + ")"
	case *ast.Select:
		if e.Sel != nil {
			return exprText(e.X) + "." + e.Sel.Name
		}
	case *ast.Index:
		return exprText(e.X) + "[" + exprText(e.I) + "]"
	case *ast.Call:
		var args []string
		for _, a := range e.Args {
			args = append(args, exprText(a.Value))
		}
		return exprText(e.Fun) + "(" + strings.Join(args, ", ") + ")"
	case *ast.SetLit:
		return listText("{", e.Elems, "}")
	case *ast.SeqLit:
		return listText("[", e.Elems, "]")
	case *ast.Tuple:
		return listText("(", e.Elems, ")")
	case *ast.AtLabel:
		return exprText(e.X) + "@" + identName(e.Label)
	case *ast.Unary:
		switch e.Op {
		case ast.Neg, ast.Bang:
			return unaryText[e.Op] + exprText(e.X)
		}
		return unaryText[e.Op] + " " + exprText(e.X)
	case *ast.Binary:
		x, y := exprText(e.X), exprText(e.Y)
		if len(x)+len(y) < 30 {
			return x + " " + binaryText[e.Op] + " " + y
		}
	}
	return "..."
}

func listText(open string, es []ast.Expr, end string) string {
	var parts []string
	for _, e := range es {
		parts = append(parts, exprText(e))
	}
	if text := open + strings.Join(parts, ", ") + end; len(text) < 40 {
		return text
	}
	return "..."
}
