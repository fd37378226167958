package unreachable

import (
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
)

// Unreachable occurs where no way through a body reaches a statement.
const Unreachable diag.Code = "A1001"

func (f finder) report(s ast.Stmt) {
	d := diag.Diagnostic{
		Code: Unreachable, Severity: diag.Warning, Span: s.Span(),
		Message: "this statement never runs: every way through the body leaves before it",
		Help:    "remove it, or let one of the branches above go on",
	}
	if l, ok := s.(*ast.Label); ok {
		d.Span = l.Name.Span()
		d.Message = "nothing leads to label " + l.Name.Name
		d.Help = "remove what stands there, or write `goto " + l.Name.Name + "` somewhere"
	}
	f.Report(d)
}
