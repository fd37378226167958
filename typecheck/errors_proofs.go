package typecheck

import (
	"fmt"
	"strings"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/typecheck/types"
)

func (c *checker) errNotTheorem(id *ast.Ident, obj types.Object, of *types.Theorem) {
	d := diag.Diagnostic{Code: NotTheorem, Span: id.Span(), Message: "there is no theorem " + id.Name}
	switch obj.(type) {
	case nil:
		var names []string
		for _, n := range memberNames(c.mod.Members) {
			if t, ok := c.mod.Members[n].(*types.Theorem); ok && t.Span().Lo < of.Span().Lo {
				names = append(names, n)
			}
		}
		d.Help = suggestion(nearest(id.Name, names))
	case *types.Theorem:
		d.Message = fmt.Sprintf("%s stands below %s, so its proof cannot be used here", id.Name, of.Name())
		d.Help, d.Related = "move it above "+of.Name(), declaredHere(obj)
	default:
		d.Message = fmt.Sprintf("expected a theorem, found %s: %s", id.Name, kindOf(obj))
		d.Related = declaredHere(obj)
	}
	c.report(d)
}

func (c *checker) errUnknownMethod(id *ast.Ident) {
	help := "write by " + strings.Join(proofMethods[:len(proofMethods)-1], ", ") + " or " + proofMethods[len(proofMethods)-1]
	if near := nearest(id.Name, proofMethods); near != "" {
		help = "did you mean " + near + "?"
	}
	c.report(diag.Diagnostic{Code: UnknownMethod, Span: id.Span(), Message: "there is no proof by " + id.Name, Help: help})
}

func (c *checker) errProofShape(at ast.Node, message, help string) {
	c.report(diag.Diagnostic{Code: ProofShape, Span: at.Span(), Message: message, Help: help})
}
