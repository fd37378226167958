package deadstore

import (
	"fmt"

	"github.com/spec-lang/spec/analysis/dataflow"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/typecheck/types"
)

// DeadStore occurs where a value is assigned that nothing reads.
const DeadStore diag.Code = "A1003"

func (f *finder) report(s *ast.Assign, obj types.Object) {
	d := diag.Diagnostic{
		Code: DeadStore, Severity: diag.Warning, Span: s.Span(),
		Message: fmt.Sprintf("nothing reads this value of %s", obj.Name()),
		Help:    "remove the assignment, or read " + obj.Name() + " before it gets another value",
		Fixes:   []diag.Fix{{Title: "remove the assignment", Edits: []diag.Edit{{Span: s.Span(), Text: "skip"}}}},
	}
	for _, at := range f.overwrites(dataflow.Definition{Object: obj, Node: s}) {
		d.Related = append(d.Related, diag.Related{Span: at, Message: obj.Name() + " gets another value here"})
	}
	f.Report(d)
}
