// Package diag is what the toolchain has to say about a text.
//
// A Diagnostic is data; renderers are files of this package. Each Code is
// declared in the errors.go of the package that reports it, has one
// constructor there and one page under docs/errors. Blocks: E00xx syntax,
// E01xx names, E02xx types, E03xx actions and models, E04xx elaboration,
// A1xxx analysis, M2xxx search, G4xxx generation, X9xxx internal.
package diag

import (
	"cmp"
	"slices"

	"github.com/spec-lang/spec/lang/source"
)

// Code is the stable name of a kind of diagnostic.
type Code string

// Severity says how bad a diagnostic is. The zero value is the safest one.
type Severity int

// An Error stops everything that comes after the stage that reports it; a
// Warning and an Info stop nothing.
const (
	Error Severity = iota
	Warning
	Info
)

func (s Severity) String() string { return [...]string{"error", "warning", "info"}[s] }

// Related is a second place that helps to understand a diagnostic.
type Related struct {
	Span    source.Span
	Message string
}

// Diagnostic says one thing about one place. Message is lower case without a
// period and quotes source text; Help says what to write.
type Diagnostic struct {
	Code     Code
	Severity Severity
	Span     source.Span
	Message  string
	Help     string
	Related  []Related
	Fixes    []Fix // alternatives, the best one first
}

// Fix is a change of the text after which the diagnostic is gone. Its edits
// belong together and do not overlap.
type Fix struct {
	Title string // what it does, as an order: `remove parameter n`
	Edits []Edit
}

// Edit replaces the text of a span; an empty span inserts.
type Edit struct {
	Span source.Span
	Text string
}

// List is a list of diagnostics in no particular order.
type List []Diagnostic

// Add appends d.
func (l *List) Add(d Diagnostic) { *l = append(*l, d) }

// HasErrors reports whether any diagnostic is an Error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == Error })
}

// Sorted returns the diagnostics by file and position, without repetitions.
func (l List) Sorted() List {
	out := slices.Clone(l)
	slices.SortStableFunc(out, func(a, b Diagnostic) int {
		return cmp.Or(cmp.Compare(a.Span.File, b.Span.File), cmp.Compare(a.Span.Lo, b.Span.Lo),
			cmp.Compare(a.Span.Hi, b.Span.Hi), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
	return slices.CompactFunc(out, func(a, b Diagnostic) bool {
		return a.Span == b.Span && a.Code == b.Code && a.Message == b.Message
	})
}
