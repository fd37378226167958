// Package constant reports variables that are assigned and keep their first
// value all the same, and parts of guards that are always true.
package constant

import (
	"fmt"

	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/analysis/facts"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

// Codes of this package.
const (
	Constant  diag.Code = "A1230" // a variable that is assigned but has one value
	GuardTrue diag.Code = "A1231" // a part of a guard that is always true
)

// Analyzer claims of a variable that it has but one value in every reachable
// state of every model; of a part of a guard that it is true of every value of
// the types of which the parts before it are, whatever the actions do: in the
// few states of a small model much is true that is not meant to be.
var Analyzer = &analysis.Analyzer{
	Name: "constant", Doc: "variables that never change though they are assigned, guards that never hold anything back",
	Codes: []diag.Code{Constant, GuardTrue}, Sound: true,
	Requires: []*analysis.Analyzer{facts.Analyzer},
	System: func(p *analysis.SystemPass) analysis.Result {
		if f := facts.Of(p); f != nil {
			variables(p, f)
			guards(p, f)
		}
		return nil
	},
}

func variables(p *analysis.SystemPass, f *facts.Facts) {
	assigned := map[source.Span]source.Span{} // where, by declaration
	for _, a := range p.Sys.Actions {
		ir.WalkBody(a.Body, func(t ir.Tree) bool {
			if s, ok := t.(*ir.Assign); ok && s.Target.Var != nil && f.Trees.Reached(s) {
				assigned[s.Target.Var.Span] = s.Loc
			}
			return true
		})
	}
	var constant facts.Ballot
	for _, v := range p.Sys.Vars {
		constant.Vote(v.Span, f.Var(v).Single() != nil)
	}
	for _, v := range p.Sys.Vars {
		at, ok := assigned[v.Span]
		if !ok || !constant.Holds(v.Span) {
			continue
		}
		constant.Vote(v.Span, false) // said once
		p.Report(diag.Diagnostic{Code: Constant, Severity: diag.Warning, Span: v.Span,
			Message: fmt.Sprintf("%s never changes: every assignment gives it the value that it has", v.Name),
			Help:    "make it a const, or see what the assignments were to do",
			Related: []diag.Related{{Span: at, Message: "this changes nothing"}}})
	}
}

func guards(p *analysis.SystemPass, f *facts.Facts) {
	var always facts.Ballot
	trees := f.Types.Guards()
	each := func(visit func(a *ir.Action, part ir.Expr)) {
		for _, a := range p.Sys.Actions {
			for _, part := range ir.Conjuncts(a.Guard) {
				if a.Span.Holds(part.Span()) && part.Span() != a.NameSpan && trees.Value(part) != nil {
					visit(a, part)
				}
			}
		}
	}
	each(func(a *ir.Action, part ir.Expr) {
		always.Vote(part.Span(), trees.Value(part).Single() == ir.Bool(true))
	})
	each(func(a *ir.Action, part ir.Expr) {
		if !always.Holds(part.Span()) {
			return
		}
		always.Vote(part.Span(), false)
		p.Report(diag.Diagnostic{Code: GuardTrue, Severity: diag.Info, Span: part.Span(),
			Message: fmt.Sprintf("this part of the guard of %s holds nothing back: by their types, it is true of all that comes to it", a.Name),
			Help:    "remove it, or write it as an assert if it is there for readers"})
	})
}
