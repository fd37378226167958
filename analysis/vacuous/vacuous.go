// Package vacuous reports properties that say nothing: that every value of the
// types meets, or none, or whose antecedent no reachable state meets.
package vacuous

import (
	"fmt"

	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/analysis/facts"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/diag"
)

// Codes of this package.
const (
	Tautology     diag.Code = "A1220" // true of all values of the types
	Contradiction diag.Code = "A1221" // true of none
	NeverMatters  diag.Code = "A1222" // a part is never about anything
)

// Analyzer takes a property with the types of its variables and constants
// only for the first two codes, and with all that is known of the reachable
// states for the third, which a search confirms (A1102).
var Analyzer = &analysis.Analyzer{
	Name: "vacuous", Doc: "properties that are true of everything, of nothing, or about nothing",
	Codes: []diag.Code{Tautology, Contradiction, NeverMatters}, Sound: true,
	Requires: []*analysis.Analyzer{facts.Analyzer},
	System: func(p *analysis.SystemPass) analysis.Result {
		f := facts.Of(p)
		if f == nil {
			return nil
		}
		for _, q := range p.Sys.Props {
			if q.Kind == ir.Invariant || q.Kind == ir.Step || q.Kind == ir.Witness {
				property(p, f, q)
			}
		}
		return nil
	},
}

func property(p *analysis.SystemPass, f *facts.Facts, q *ir.Property) {
	t := f.Types.Property(q)
	d := diag.Diagnostic{Severity: diag.Warning, Span: q.Formula.Span()}
	switch {
	case !t.False && !t.Error:
		d.Code = Tautology
		d.Message = fmt.Sprintf("%s is true whatever the state is, so it says nothing", q.Label())
		d.Help = "say what the actions have to keep, or remove it"
	case !t.True:
		d.Code = Contradiction
		d.Message = fmt.Sprintf("%s is true in no state at all", q.Label())
		d.Help = "look for parts that exclude one another"
	default:
		parts(p, f, q)
		return
	}
	p.Report(d)
}

func parts(p *analysis.SystemPass, f *facts.Facts, q *ir.Property) {
	for _, part := range ir.MustMatter(p.Sys, q) {
		holds := f.Truth
		if q.Kind == ir.Step {
			holds = f.Step
		}
		if holds(part.Once).True {
			continue
		}
		p.Report(diag.Diagnostic{Code: NeverMatters, Severity: diag.Warning, Span: part.Span,
			Message: fmt.Sprintf("%s: %s", q.Label(), part.Why),
			Help:    "see whether any action leads to the states that the property is about"})
	}
}
