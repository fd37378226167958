package shadow

import (
	"fmt"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

// Hidden occurs where a local name hides a variable, constant or local name.
const Hidden diag.Code = "A1013"

func (f *finder) report(id *ast.Ident, old source.Span, what string) {
	f.Report(diag.Diagnostic{
		Code: Hidden, Severity: diag.Warning, Span: id.Span(),
		Message: fmt.Sprintf("%s hides %s of the same name", id.Name, what),
		Help:    "give it another name",
		Related: []diag.Related{{Span: old, Message: id.Name + " is declared here"}},
	})
}
