package repeated

import (
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
)

// Repeated occurs where something expensive is computed again.
const Repeated diag.Code = "A1007"

func (f finder) report(e, first ast.Expr) {
	if e == first {
		return
	}
	f.Report(diag.Diagnostic{
		Code: Repeated, Severity: diag.Info, Span: e.Span(),
		Message: f.Quote(e.Span()) + " has been computed before, with the same result",
		Help:    "name it with `let` where it is computed first",
		Related: []diag.Related{{Span: first.Span(), Message: "it is computed here"}},
	})
}
