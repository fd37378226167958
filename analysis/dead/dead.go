// Package dead reports actions that no reachable state has a step of.
package dead

import (
	"fmt"

	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/analysis/facts"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/diag"
)

// Dead occurs where an action is never taken.
const Dead diag.Code = "A1201"

// Analyzer claims that a search of any model would say the same (A1101). An
// action that a model mutates is as that model wants it.
var Analyzer = &analysis.Analyzer{
	Name: "dead", Doc: "actions that are never taken in any model",
	Codes: []diag.Code{Dead}, Sound: true,
	Requires: []*analysis.Analyzer{facts.Analyzer},
	System: func(p *analysis.SystemPass) analysis.Result {
		if f := facts.Of(p); f != nil {
			find(p, f)
		}
		return nil
	},
}

func find(p *analysis.SystemPass, f *facts.Facts) {
	var dead facts.Ballot
	for _, a := range p.Sys.Actions {
		dead.Vote(a.NameSpan, !f.Fires(a) && !mutated(a))
	}
	for _, a := range p.Sys.Actions {
		if dead.Holds(a.NameSpan) {
			dead.Vote(a.NameSpan, false) // said once
			report(p, f, a)
		}
	}
}

// mutated reports whether a model changes the guard or the body of an action.
func mutated(a *ir.Action) bool {
	if a.Guard != nil && !a.Span.Holds(a.Guard.Span()) {
		return true
	}
	return len(a.Body) > 0 && !a.Span.Holds(a.Body[0].Span())
}

func report(p *analysis.SystemPass, f *facts.Facts, a *ir.Action) {
	d := diag.Diagnostic{Code: Dead, Severity: diag.Warning, Span: a.NameSpan,
		Message: fmt.Sprintf("action %s is never taken", a.Name),
		Help:    "see that its parameters have values, or remove it"}
	if part := never(f, a); part != nil {
		d.Help = "see whether this part of its guard can ever be true"
		d.Related = []diag.Related{{Span: part.Span(), Message: "this is never true in a reachable state, if all that stands before it is"}}
		if part.Span() == a.NameSpan {
			d.Help = "see whether the steps before it ever end, or jump elsewhere"
			d.Related[0].Message = "nothing leads to this label"
		}
	} else if s := stop(f, a.Body); s != nil {
		d.Help = "see whether this can ever go on"
		d.Related = []diag.Related{{Span: s.Span(), Message: "no run goes past this"}}
	}
	p.Report(d)
}

// never is the first part of the guard that is evaluated and never true.
func never(f *facts.Facts, a *ir.Action) ir.Expr {
	for _, part := range ir.Conjuncts(a.Guard) {
		if v := f.Trees.Value(part); v != nil && !v.Has(ir.Bool(true)) {
			return part
		}
	}
	return nil
}

// stop is the statement of a body that no run goes past, if it is reached.
func stop(f *facts.Facts, body []ir.Stmt) ir.Stmt {
	for _, s := range body {
		if f.Trees.Blocks(s) {
			return s
		}
	}
	return nil
}
