package measure

import (
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

// Steady occurs where a condition or measure never changes in a loop or call.
const Steady diag.Code = "A1002"

func (f finder) report(at, why source.Span, message string) {
	f.Report(diag.Diagnostic{
		Code: Steady, Severity: diag.Warning, Span: at, Message: message,
		Help:    "change on the way round what it depends on",
		Related: []diag.Related{{Span: why, Message: "nothing here changes it"}},
	})
}
