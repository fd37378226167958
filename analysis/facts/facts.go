// Package facts shares what abstract interpretation says of a model among the
// analyzers of kernels.
package facts

import (
	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/absint"
	"github.com/spec-lang/spec/lang/source"
)

// Facts are what is known of a model.
type Facts struct {
	*absint.Facts               // of its reachable states
	Types         *absint.Facts // of every value of its types
	Trees         absint.Trees
}

// Analyzer reports nothing: it computes Facts.
var Analyzer = &analysis.Analyzer{
	Name: "facts", Doc: "what every variable and expression of a model may be",
	Sound: true,
	System: func(p *analysis.SystemPass) analysis.Result {
		f := absint.Of(p.Sys)
		return &Facts{f, absint.OfTypes(p.Sys), f.Trees()}
	},
}

// Of returns the Facts of the model of a pass, whose analyzer requires
// Analyzer. It is nil of a model without an initial state.
func Of(p *analysis.SystemPass) *Facts {
	f := p.ResultOf(Analyzer).(*Facts)
	if !f.Starts() {
		return nil
	}
	return f
}

// Ballot joins what is said of places that stand in a System more than once:
// in several instances of a machine, or where a proc is called. A claim holds
// of a place if it does of everything there.
type Ballot struct {
	order []source.Span
	said  map[source.Span]bool
}

// Vote says whether a claim holds of one thing at a place.
func (b *Ballot) Vote(at source.Span, holds bool) {
	if b.said == nil {
		b.said = map[source.Span]bool{}
	}
	old, voted := b.said[at]
	if !voted {
		b.order = append(b.order, at)
	}
	b.said[at] = holds && (old || !voted)
}

// Holds reports whether a claim holds of everything at a place.
func (b *Ballot) Holds(at source.Span) bool { return b.said[at] }

// Walk visits the trees of steps: functions, initial statements, actions.
func Walk(sys *ir.System, visit func(ir.Tree) bool) {
	steps := ir.System{Funcs: sys.Funcs, Init: sys.Init, Actions: sys.Actions}
	steps.Walk(visit)
}
