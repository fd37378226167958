// Package all lists every analyzer.
package all

import (
	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/analysis/condition"
	"github.com/spec-lang/spec/analysis/constant"
	"github.com/spec-lang/spec/analysis/dead"
	"github.com/spec-lang/spec/analysis/deadstore"
	"github.com/spec-lang/spec/analysis/fails"
	"github.com/spec-lang/spec/analysis/grows"
	"github.com/spec-lang/spec/analysis/measure"
	"github.com/spec-lang/spec/analysis/order"
	"github.com/spec-lang/spec/analysis/repeated"
	"github.com/spec-lang/spec/analysis/same"
	"github.com/spec-lang/spec/analysis/shadow"
	"github.com/spec-lang/spec/analysis/state"
	"github.com/spec-lang/spec/analysis/terminal"
	"github.com/spec-lang/spec/analysis/unchecked"
	"github.com/spec-lang/spec/analysis/unreachable"
	"github.com/spec-lang/spec/analysis/unused"
	"github.com/spec-lang/spec/analysis/vacuous"
)

// Analyzers returns every analyzer of this tool. It is the only list: what is
// not in it does not run.
func Analyzers() []*analysis.Analyzer {
	return []*analysis.Analyzer{
		unreachable.Analyzer,
		measure.Analyzer,
		deadstore.Analyzer,
		condition.Analyzer,
		same.Analyzer,
		repeated.Analyzer,
		unused.Analyzer,
		shadow.Analyzer,
		unchecked.Analyzer,
		state.Analyzer,
		grows.Analyzer,
		order.Analyzer,
		terminal.Analyzer,
		dead.Analyzer,
		fails.Analyzer,
		vacuous.Analyzer,
		constant.Analyzer,
	}
}
