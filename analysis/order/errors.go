package order

import (
	"fmt"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// Codes of this package.
const (
	UnseenSequence diag.Code = "A1040" // nothing looks at the order of a sequence
	UnseenSort     diag.Code = "A1041" // nothing uses the order of a sort
	Arbitrary      diag.Code = "A1042" // an element is singled out of a sort
)

func (f *finder) unseenSequence(v *types.Var, elem types.Type) {
	f.Report(diag.Diagnostic{
		Code: UnseenSequence, Severity: diag.Info, Span: v.Span(),
		Message: fmt.Sprintf("nothing looks at the order of %s, and each order is a state of its own", v.Name()),
		Help:    fmt.Sprintf("declare it as set[%s], or as bag[%s] if an element may be there twice", elem, elem),
	})
}

func (f *finder) unseenSort(s *types.SortName, word string, at source.Span) {
	f.Report(diag.Diagnostic{
		Code: UnseenSort, Severity: diag.Warning, Span: s.Span(),
		Message: fmt.Sprintf("nothing uses the order of sort %s: without it its elements are interchangeable, and a search visits fewer states", s.Name()),
		Help:    "declare it as `sort " + s.Name() + "`",
		Fixes:   []diag.Fix{{Title: "remove " + word, Edits: []diag.Edit{{Span: at}}}},
	})
}

func (f *finder) arbitrary(e *ast.Choose, s *types.SortName) {
	f.Report(diag.Diagnostic{
		Code: Arbitrary, Severity: diag.Warning, Span: e.Span(),
		Message: fmt.Sprintf("%s is always the same element of %s, which is then no longer like the others", f.Quote(e.Span()), s.Name()),
		Help:    fmt.Sprintf("write `pick %s in %s` if any element will do, or a condition after `where`", e.Binder.Names[0].Name, s.Name()),
	})
}
