package unchecked

import (
	"fmt"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/typecheck/types"
)

// Unchecked occurs where models of a machine leave a property out.
const Unchecked diag.Code = "A1014"

func (f finder) report(p types.Object, other *ast.Model) {
	f.Report(diag.Diagnostic{
		Code: Unchecked, Severity: diag.Warning, Span: p.Span(),
		Message: fmt.Sprintf("no model checks %s", p.Name()),
		Help:    fmt.Sprintf("write `check %s` in a model, or `check all`", p.Name()),
		Related: []diag.Related{{Span: other.Name.Span(), Message: "model " + other.Name.Name + " checks others"}},
	})
}
