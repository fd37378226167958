package state

import (
	"fmt"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/typecheck/types"
)

// Codes of this package.
const (
	NeverRead    diag.Code = "A1020" // no answer depends on a variable
	NeverWritten diag.Code = "A1021" // a variable keeps its first value
)

func (f *finder) neverRead(v types.Object) {
	message, help := fmt.Sprintf("%s is written and never read: no answer depends on it", v.Name()), "remove it with its assignments, or say in a property what it is for"
	if !f.flow.written[v] {
		message, help = fmt.Sprintf("nothing uses variable %s", v.Name()), "remove it"
	}
	d := diag.Diagnostic{Code: NeverRead, Severity: diag.Warning, Span: v.Span(), Message: message, Help: help}
	if at, ok := f.flow.feeds[v]; ok {
		d.Related = []diag.Related{{Span: at, Message: "it is read only here, for what nothing reads"}}
	}
	f.Report(d)
}

func (f *finder) neverWritten(v types.Object, value ast.Expr, typ ast.Type) {
	text := "const " + v.Name() + " "
	if typ != nil {
		text += f.Files.Text(typ.Span()) + " "
	}
	f.Report(diag.Diagnostic{
		Code: NeverWritten, Severity: diag.Warning, Span: v.Span(),
		Message: fmt.Sprintf("%s never changes: nothing assigns it", v.Name()),
		Help:    "declare what never changes as `" + text + "= " + f.Files.Text(value.Span()) + "`, or assign it in an action",
	})
}
