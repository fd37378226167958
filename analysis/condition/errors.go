package condition

import (
	"fmt"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
)

// Codes of this package.
const (
	Decided       diag.Code = "A1004" // a condition is always true, or always false
	Contradiction diag.Code = "A1005" // the parts of a condition exclude or complete one another
)

func (f *finder) decided(e ast.Expr, holds bool, why string) {
	help := "remove it, or compare with something that can be otherwise"
	if !holds {
		help = "what it guards never happens: remove that, or mend the condition"
	}
	f.Report(diag.Diagnostic{
		Code: Decided, Severity: diag.Warning, Span: e.Span(),
		Message: fmt.Sprintf("%s is always %t%s", f.Quote(e.Span()), holds, why), Help: help,
	})
}

func (f *finder) contradiction(e, a, b ast.Expr, holds bool) {
	message := fmt.Sprintf("%s and %s are never true together, so this is always false", f.Quote(a.Span()), f.Quote(b.Span()))
	help := "write || if one of them is enough, or mend one of them"
	if holds {
		message = fmt.Sprintf("%s or %s is true whatever happens, so this is always true", f.Quote(a.Span()), f.Quote(b.Span()))
		help = "write && if both are needed, or mend one of them"
	}
	f.Report(diag.Diagnostic{
		Code: Contradiction, Severity: diag.Warning, Span: e.Span(), Message: message, Help: help,
		Related: []diag.Related{{Span: a.Span(), Message: "one part"}, {Span: b.Span(), Message: "the other part"}},
	})
}
