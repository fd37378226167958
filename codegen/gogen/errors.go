package gogen

import (
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

// Codes of this package.
const (
	NumberTooLarge diag.Code = "G4001" // a number of the spec is no int64
	TooManyKeys    diag.Code = "G4002" // a total function on too many keys
	TooManyValues  diag.Code = "G4003" // all values of a type that has too many
	NotGenerated   diag.Code = "G4004" // a property of whole runs, which has no Go
	NotExpressible diag.Code = "G4005" // a condition that has no Go
	GraphCut       diag.Code = "G4006" // the conformance test covers a part of the graph
	NoInitialState diag.Code = "G4007" // the model has no initial state to generate
	Broken         diag.Code = "X9004" // the generated code does not parse
)

func (g *gen) report(code diag.Code, at source.Span, help, format string, args ...any) {
	g.diags.Add(diag.Diagnostic{Code: code, Span: at, Message: fmt.Sprintf(format, args...), Help: help})
}

func (g *gen) numberTooLarge(at source.Span, n ir.Int) {
	g.report(NumberTooLarge, at, "generated code computes with int64: keep constants within it",
		"expected a number of 64 bits, found %s", n)
}

func (g *gen) tooManyKeys(t *ir.Type) {
	n, _ := ir.Card(t.Key)
	g.report(TooManyKeys, g.span(), "use a map, `map[K]V`, or generate from a smaller model",
		"expected a function on at most %d keys, found %s with %s", maxKeys, t, n)
}

func (g *gen) tooManyValues(at source.Span, t *ir.Type) {
	n, ok := ir.Card(t)
	count := "infinitely many"
	if ok {
		count = n.String()
	}
	g.report(TooManyValues, at, "draw from a smaller set, or generate from a smaller model",
		"expected a type with at most %d values to list, found %s with %s", ir.MaxElems, t, count)
}

func (g *gen) notGenerated(p *ir.Property) {
	g.diags.Add(diag.Diagnostic{Code: NotGenerated, Severity: diag.Info, Span: p.Span,
		Message: fmt.Sprintf("%s is not part of the generated package: it speaks about runs", p.Label()),
		Help:    "check it with `spec verify`"})
}

func (g *gen) notExpressible(at source.Span, what, why string) {
	g.report(NotExpressible, at, "write the condition itself: what must hold for the action to be possible",
		"%s cannot be generated: %s", what, why)
}

func (g *gen) graphCut(edges int) {
	g.diags.Add(diag.Diagnostic{Code: GraphCut, Severity: diag.Warning, Span: g.span(),
		Message: fmt.Sprintf("the state graph of %s has more than %d edges: the conformance test replays those of the states found first", g.modelName(), edges),
		Help:    "choose a smaller model with `--model`"})
}

func (g *gen) noInitialState() {
	g.report(NoInitialState, g.span(), "see what `init` demands: no choice satisfies it",
		"expected an initial state in %s, found none", g.modelName())
}

// span is where the model stands.
func (g *gen) span() source.Span { return g.sys.Span }

func (g *gen) modelName() string {
	if g.sys.Model == "" {
		return "machine " + g.sys.Machine
	}
	return "model " + g.sys.Model
}

// broken is a fault of this package: what it wrote is no Go.
func (g *gen) broken(err error) {
	g.report(Broken, g.span(), "this is a fault of spec: please report it", "the generated code does not parse: %v", err)
}
