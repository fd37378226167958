// Package repeated reports quantifiers and comprehensions that a step has
// computed already, on every way, without anything that they read changing in
// between.
package repeated

import (
	"maps"
	"slices"

	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/analysis/cfg"
	"github.com/spec-lang/spec/analysis/dataflow"
	"github.com/spec-lang/spec/analysis/term"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/typecheck/types"
)

// Analyzer solves available expressions; after J. Cocke, "Global common
// subexpression elimination", SIGPLAN Notices 5 (1970).
var Analyzer = &analysis.Analyzer{
	Name: "repeated", Doc: "quantifiers and comprehensions that are computed again with the same result",
	Codes: []diag.Code{Repeated}, Sound: true,
	Requires: []*analysis.Analyzer{cfg.Analyzer},
	Decl: func(p *analysis.DeclPass) analysis.Result {
		if g := cfg.Of(p); g != nil && len(g.Blocks) > 0 {
			f := finder{p, guard(p.Unit.Decl)}
			f.find(g)
		}
		return nil
	},
}

// guard is evaluated before the step begins: a name for a part of it cannot be
// used in the body.
func guard(d ast.Decl) ast.Expr {
	if a, ok := d.(*ast.Action); ok {
		return a.Guard
	}
	return nil
}

type finder struct {
	*analysis.DeclPass
	guard ast.Expr
}

// available are the expressions that have been computed, by their text.
type available map[string]computed

// computed is an expression with what it reads.
type computed struct {
	expr  ast.Expr
	reads []types.Object
}

func (f finder) find(g *cfg.Graph) {
	in := dataflow.Solve(g, dataflow.Problem[available]{
		Boundary: available{}, Merge: both, Equal: func(a, b available) bool { return len(a) == len(b) },
		Flow: func(b *cfg.Block, in available, _ int) (available, bool) {
			out := maps.Clone(in)
			for _, n := range b.Nodes {
				f.node(n, out, false)
			}
			return out, true
		},
	})
	for _, b := range g.Blocks {
		if before, reached := in[b]; reached {
			out := maps.Clone(before)
			for _, n := range b.Nodes {
				f.node(n, out, true)
			}
		}
	}
}

// both keeps what is available on both ways; sets only shrink, so their size
// tells whether they changed.
func both(a, b available) available {
	out := available{}
	for k, e := range a {
		if _, ok := b[k]; ok {
			out[k] = e
		}
	}
	return out
}

// node adds what a node computes and drops what it changes.
func (f finder) node(n ast.Node, have available, report bool) {
	if e, ok := n.(ast.Expr); !ok || e != f.guard {
		for _, e := range expensive(n) {
			key := term.Key(e)
			first, again := have[key]
			if again && report {
				f.report(e, first.expr)
			}
			if !again {
				have[key] = computed{e, dataflow.AccessOf(f.Info, e).Reads}
			}
		}
	}
	a := dataflow.AccessOf(f.Info, n)
	changed := dataflow.Set[types.Object]{}
	for _, obj := range append(a.Writes, a.Changes...) {
		changed[obj] = true
	}
	if len(changed) == 0 && !a.Yields {
		return
	}
	maps.DeleteFunc(have, func(_ string, e computed) bool {
		return a.Yields || slices.ContainsFunc(e.reads, func(obj types.Object) bool { return changed[obj] })
	})
}

// expensive are the outermost quantifiers and comprehensions of a node that it
// computes whenever it is reached.
func expensive(n ast.Node) []ast.Expr {
	var out []ast.Expr
	ast.Walk(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Quant, *ast.SetComp, *ast.SeqComp, *ast.MapComp, *ast.Fold:
			out = append(out, n.(ast.Expr))
			return false
		case *ast.Binary:
			if n.Op == ast.And || n.Op == ast.Or || n.Op == ast.Implies {
				out = append(out, expensive(n.X)...)
				return false
			}
		case *ast.If:
			out = append(out, expensive(n.Cond)...)
			return false
		case *ast.Let, *ast.Match, *ast.Choose, *ast.Old, *ast.Binder, *ast.Pick, *ast.For:
			return false // names of their own, or another state
		}
		return true
	})
	return out
}
