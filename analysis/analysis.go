// Package analysis finds mistakes before any search: it runs analyzers over
// checked declarations and over the kernels of models.
//
// An Analyzer is data: what it is called, which codes it reports, what it
// claims, and a function. There are three kinds, by what the function is given:
//
//   - Decl sees one declaration at a time: an action, a function, a process.
//     What it found is kept as long as neither the declaration nor anything
//     that it depends on has changed.
//   - Module sees the root module as a whole, by its Index of what uses what.
//     It runs each time and has to be quick.
//   - System sees the ir.System of one model, and is kept like a Decl.
//
// An analyzer may require others of its own kind and read their results; the
// control-flow graph is made once for all that need it. The shape is that of
// golang.org/x/tools/go/analysis, cut down to what one module needs: no facts
// of other modules, no flags.
//
// Declarations with errors, and all that depend on one, are left out: what
// they mean is not known.
//
// Codes: A10xx are reported by Decl and Module analyzers, A11xx by searches
// (see ir/evidence), A12xx by System analyzers.
package analysis

import (
	"fmt"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

// Analyzer describes one analysis. Exactly one of Decl, Module and System is
// set.
type Analyzer struct {
	Name string // one word; unique
	Doc  string // one sentence: what is reported
	// Codes are all that it reports; none if it only has results for others.
	Codes []diag.Code
	// Sound: whatever it reports is so, in every run of every model.
	Sound bool
	// Complete: whatever is so is reported.
	Complete bool
	// Requires are analyzers of the same kind whose results this one reads.
	Requires []*Analyzer

	Decl   func(*DeclPass) Result
	Module func(*ModulePass) Result
	System func(*SystemPass) Result
}

// Result is what an analyzer hands to those that require it; nil if nothing.
// The package of the analyzer says of which type it is and has a function
// that reads it from a pass, such as cfg.Of.
type Result any

// Pass is what all passes have.
type Pass struct {
	// Files are the texts that spans point into.
	Files source.Set

	analyzer *Analyzer
	results  map[*Analyzer]Result
	diags    *diag.List
}

// Report reports d, whose code must be one of the analyzer's.
func (p *Pass) Report(d diag.Diagnostic) {
	if !slices.Contains(p.analyzer.Codes, d.Code) {
		panic(fmt.Sprintf("analyzer %s reports %s, which is not among its codes", p.analyzer.Name, d.Code))
	}
	p.diags.Add(d)
}

// ResultOf returns the result of an analyzer that this one requires.
func (p *Pass) ResultOf(a *Analyzer) Result {
	if !slices.Contains(p.analyzer.Requires, a) {
		panic(fmt.Sprintf("analyzer %s reads %s, which it does not require", p.analyzer.Name, a.Name))
	}
	return p.results[a]
}

// DeclPass is an analyzer at one declaration.
type DeclPass struct {
	Pass
	Info  *typecheck.Info
	Index *Index
	Unit  *Unit
}

// ModulePass is an analyzer at the root module. Units with errors are in the
// Index too: see Unit.Broken.
type ModulePass struct {
	Pass
	Info  *typecheck.Info
	Index *Index
}

// SystemPass is an analyzer at a model.
type SystemPass struct {
	Pass
	Model *types.Model
	Sys   *ir.System
}

// Program is what a Driver runs its analyzers over.
type Program struct {
	Info  *typecheck.Info
	Files source.Set
	// Diags are those of parsing and checking.
	Diags diag.List
	// System returns the kernel of a model, nil if it has errors.
	System func(*types.Model) *ir.System
}
