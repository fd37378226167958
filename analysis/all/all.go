// Package all lists every analyzer.
package all

import (
	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/analysis/condition"
	"github.com/spec-lang/spec/analysis/deadstore"
	"github.com/spec-lang/spec/analysis/unreachable"
)

// Analyzers returns every analyzer of this tool. It is the only list: what is
// not in it does not run.
func Analyzers() []*analysis.Analyzer {
	return []*analysis.Analyzer{
		unreachable.Analyzer,
		deadstore.Analyzer,
		condition.Analyzer,
	}
}
