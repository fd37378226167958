// Package deadstore reports assignments whose value nothing reads: it is
// overwritten first on every way on, or belongs to a name that ends with the
// body.
package deadstore

import (
	"slices"

	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/analysis/cfg"
	"github.com/spec-lang/spec/analysis/dataflow"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// Analyzer speaks of variables as a whole, so a part that is assigned twice
// escapes it, as does the value that a local variable is declared with.
var Analyzer = &analysis.Analyzer{
	Name: "deadstore", Doc: "assignments whose value nothing reads",
	Codes: []diag.Code{DeadStore}, Sound: true,
	Requires: []*analysis.Analyzer{cfg.Analyzer},
	Decl: func(p *analysis.DeclPass) analysis.Result {
		if g := cfg.Of(p); g != nil {
			f := finder{DeclPass: p, g: g}
			f.find()
		}
		return nil
	},
}

type finder struct {
	*analysis.DeclPass
	g        *cfg.Graph
	reaching map[*cfg.Block]dataflow.Set[dataflow.Definition] // nil until something is found
}

func (f *finder) find() {
	live := dataflow.NewLive(f.Info, f.g)
	for _, b := range f.g.Blocks {
		if !b.Live {
			continue
		}
		live.After(b, func(n ast.Node, after dataflow.Set[types.Object]) {
			s, ok := n.(*ast.Assign)
			if !ok {
				return
			}
			for _, obj := range dataflow.AccessOf(f.Info, s).Writes {
				if !after[obj] {
					f.report(s, obj)
				}
			}
		})
	}
}

// overwrites are the places that a definition reaches and that assign its
// variable again.
func (f *finder) overwrites(def dataflow.Definition) []source.Span {
	if f.reaching == nil {
		f.reaching = dataflow.Reaching(f.Info, f.g)
	}
	var out []source.Span
	for _, b := range f.g.Blocks {
		defs := dataflow.Set[dataflow.Definition]{}
		for d := range f.reaching[b] {
			defs[d] = true
		}
		for _, n := range b.Nodes {
			if defs[def] && n != def.Node && slices.Contains(dataflow.AccessOf(f.Info, n).Writes, def.Object) {
				out = append(out, n.Span())
			}
			dataflow.Define(f.Info, n, defs)
		}
	}
	return out
}
