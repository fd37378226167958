package unused

import (
	"fmt"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// Codes of this package.
const (
	Declaration diag.Code = "A1010" // nothing uses a declaration
	Variant     diag.Code = "A1011" // nothing makes a variant of an enum
	Parameter   diag.Code = "A1012" // nothing reads a parameter or quantified name
)

func (f *finder) declaration(what string, obj types.Object, whole source.Span, help string) {
	f.Report(diag.Diagnostic{
		Code: Declaration, Severity: diag.Warning, Span: obj.Span(),
		Message: fmt.Sprintf("nothing uses %s %s", what, obj.Name()), Help: help,
		Fixes: f.removal(what+" "+obj.Name(), whole),
	})
}

func (f *finder) removal(what string, whole source.Span) []diag.Fix {
	if !whole.IsValid() {
		return nil
	}
	return []diag.Fix{{Title: "remove " + what, Edits: []diag.Edit{f.Removal(whole)}}}
}

func (f *finder) variant(v *types.Variant, named source.Span) {
	d := diag.Diagnostic{
		Code: Variant, Severity: diag.Warning, Span: v.Span(),
		Message: fmt.Sprintf("no value of %s is ever %s", v.Enum.Name(), v.Name()),
		Help:    "remove it, or make such a value somewhere",
	}
	if named.IsValid() {
		d.Related = []diag.Related{{Span: named, Message: "it is only asked for, here"}}
	}
	f.Report(d)
}

func (f *finder) parameter(id *ast.Ident, what, help string) {
	f.Report(diag.Diagnostic{
		Code: Parameter, Severity: diag.Warning, Span: id.Span(),
		Message: fmt.Sprintf("%s %s is never used", what, id.Name), Help: help,
		Fixes: []diag.Fix{{Title: "call it _", Edits: []diag.Edit{{Span: id.Span(), Text: "_"}}}},
	})
}
