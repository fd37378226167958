package same

import (
	"fmt"

	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

// Same occurs where two things that ought to differ are the same.
const Same diag.Code = "A1006"

func (f finder) report(at, twin source.Span, message, help string, fix *diag.Fix) {
	d := diag.Diagnostic{
		Code: Same, Severity: diag.Warning, Span: at, Message: message, Help: help,
		Related: []diag.Related{{Span: twin, Message: fmt.Sprintf("the same as %s", f.Quote(twin))}},
	}
	if fix != nil {
		d.Fixes = []diag.Fix{*fix}
	}
	f.Report(d)
}
