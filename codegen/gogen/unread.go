package gogen

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
)

// readAll gives locals that nothing reads a use, which Go demands. Most are
// not declared to begin with; what remains is read only where this package
// has left something out, as in `x = x`.
func readAll(text string) (string, error) {
	fset := token.NewFileSet()
	tree, err := parser.ParseFile(fset, "", text, parser.ParseComments)
	if err != nil {
		return "", err
	}
	var ends []int
	var lines []string
	for _, d := range tree.Decls {
		fun, ok := d.(*ast.FuncDecl)
		if !ok || fun.Body == nil {
			continue
		}
		declared, read, written := map[string]int{}, map[string]bool{}, map[*ast.Ident]bool{}
		ast.Inspect(fun.Body, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BlockStmt:
				localsOf(fset, n.List, declared)
			case *ast.CaseClause:
				localsOf(fset, n.Body, declared)
			case *ast.AssignStmt:
				for _, x := range n.Lhs {
					if id, ok := x.(*ast.Ident); ok {
						written[id] = true
					}
				}
			case *ast.RangeStmt:
				for _, x := range []ast.Expr{n.Key, n.Value} {
					if id, ok := x.(*ast.Ident); ok {
						written[id] = true
						declared[id.Name] = fset.Position(n.Body.Lbrace).Offset + 1
					}
				}
			case *ast.Ident:
				read[n.Name] = read[n.Name] || !written[n]
			}
			return true
		})
		for _, name := range slices.Sorted(maps.Keys(declared)) {
			if name != "_" && !read[name] {
				ends, lines = append(ends, declared[name]), append(lines, "\n_ = "+name)
			}
		}
	}
	for len(ends) > 0 { // from the end, so that offsets stay right
		last := slices.Index(ends, slices.Max(ends))
		text = text[:ends[last]] + lines[last] + text[ends[last]:]
		ends, lines = slices.Delete(ends, last, last+1), slices.Delete(lines, last, last+1)
	}
	return text, nil
}

// localsOf notes where the declarations among statements end: behind them a
// line can be put.
func localsOf(fset *token.FileSet, list []ast.Stmt, declared map[string]int) {
	for _, s := range list {
		a, ok := s.(*ast.AssignStmt)
		if !ok || a.Tok != token.DEFINE {
			continue
		}
		for _, x := range a.Lhs {
			if id, ok := x.(*ast.Ident); ok {
				declared[id.Name] = fset.Position(a.End()).Offset
			}
		}
	}
}
