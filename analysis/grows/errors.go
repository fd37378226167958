package grows

import (
	"fmt"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/typecheck/types"
)

// Grows occurs where an action that stays possible makes a value larger.
const Grows diag.Code = "A1030"

func (f finder) report(s *ast.Assign, obj, model types.Object) {
	f.Report(diag.Diagnostic{
		Code: Grows, Severity: diag.Warning, Span: s.Span(),
		Message: fmt.Sprintf("%s grows each time %s happens, and nothing ever stops that: there are infinitely many states", obj.Name(), f.act.Name()),
		Help:    fmt.Sprintf("bound it: in the guard, such as `when %s`, by a type such as %s, or in the model with `bound`", limit(f.Info, s), bounded(f.Info, s)),
		Related: []diag.Related{{Span: model.Span(), Message: "model " + model.Name() + " sets no bound to it"}},
	})
}
