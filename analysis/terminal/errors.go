package terminal

import (
	"fmt"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/typecheck/types"
)

// Moot occurs where an action is always possible in a terminal state.
const Moot diag.Code = "A1050"

func (f finder) report(d *ast.Terminal, a *types.Action) {
	f.Report(diag.Diagnostic{
		Code: Moot, Severity: diag.Warning, Span: d.Span(),
		Message: fmt.Sprintf("%s is possible wherever this is true, so no state of it is ever the last one", a.Name()),
		Help:    "remove the clause, or let the guard of " + a.Name() + " leave these states out",
		Related: []diag.Related{{Span: a.Span(), Message: a.Name() + " is declared here"}},
		Fixes:   []diag.Fix{{Title: "remove the clause", Edits: []diag.Edit{f.Removal(d.Span())}}},
	})
}
