// Package measure reports loops and recursive functions that cannot come to an
// end: nothing that happens on the way round changes what decides about it.
package measure

import (
	"slices"

	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/analysis/cfg"
	"github.com/spec-lang/spec/analysis/dataflow"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/typecheck/types"
)

// Analyzer claims that the measure is the same on every way round.
var Analyzer = &analysis.Analyzer{
	Name: "measure", Doc: "loops and recursive calls whose condition or measure never changes",
	Codes: []diag.Code{Steady}, Sound: true,
	Decl: func(p *analysis.DeclPass) analysis.Result {
		f := finder{p}
		switch d := p.Unit.Decl.(type) {
		case *ast.Func:
			f.recursion(d)
			f.loops(d)
		case *ast.Action, *ast.Proc, *ast.Process, *ast.Init:
			f.loops(d)
		}
		return nil
	},
}

type finder struct{ *analysis.DeclPass }

func (f finder) loops(d ast.Decl) {
	ast.Walk(d, func(n ast.Node) bool {
		if s, ok := n.(*ast.While); ok && s.Body != nil {
			f.while(s)
		}
		return true
	})
}

// while compares what a condition and a measure read with what the body
// writes. Where a body has a label, others may write as well.
func (f finder) while(s *ast.While) {
	written := dataflow.Set[types.Object]{}
	yields := false
	for _, b := range cfg.New(&ast.Proc{Body: s.Body}).Blocks {
		for _, n := range b.Nodes {
			a := dataflow.AccessOf(f.Info, n)
			for _, obj := range slices.Concat(a.Writes, a.Changes) {
				written[obj] = true
			}
			yields = yields || a.Yields
		}
	}
	if yields || leaves(s.Body) {
		return
	}
	switch {
	case !f.readsAny(s.Cond, written):
		f.report(s.Cond.Span(), s.Body.Span(), "the condition of this loop is not changed by its body: once it goes round it never ends")
	case s.Decreases != nil && !f.readsAny(s.Decreases, written):
		f.report(s.Decreases.Span(), s.Body.Span(), "the measure of this loop is not changed by its body, so it does not go down")
	}
}

// leaves reports whether a body may end the loop in another way.
func leaves(b *ast.Block) bool {
	found := false
	ast.Walk(b, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.Return, *ast.Goto:
			found = true
		}
		return !found
	})
	return found
}

func (f finder) readsAny(e ast.Expr, written dataflow.Set[types.Object]) bool {
	return slices.ContainsFunc(dataflow.AccessOf(f.Info, e).Reads, func(obj types.Object) bool { return written[obj] })
}

// recursion looks for calls of a function by itself that hand on unchanged
// everything that its measure reads.
func (f finder) recursion(d *ast.Func) {
	fn, ok := f.Unit.Object.(*types.Function)
	if !ok || d.Decreases == nil {
		return
	}
	reads := dataflow.AccessOf(f.Info, d.Decreases).Reads
	inBody := func(n ast.Node) bool {
		call, ok := n.(*ast.Call)
		if ok && f.Info.Uses[call.Fun] == types.Object(fn) && f.handsOn(call, fn, reads) {
			f.report(call.Span(), d.Decreases.Span(), "the measure "+f.Quote(d.Decreases.Span())+" is not changed by this call, so it does not go down")
		}
		return true
	}
	if d.Body != nil {
		ast.Walk(d.Body, inBody)
	}
	ast.Walk(d.Value, inBody)
}

func (f finder) handsOn(call *ast.Call, fn *types.Function, reads []types.Object) bool {
	for _, obj := range reads {
		i := slices.IndexFunc(fn.Args, func(l *types.Local) bool { return types.Object(l) == obj })
		if i < 0 || i >= len(call.Args) {
			if i < 0 && dataflow.IsState(obj) {
				continue // a function changes no state
			}
			return false
		}
		if name, ok := call.Args[i].Value.(*ast.Name); !ok || f.Info.Uses[name] != obj {
			return false
		}
	}
	return true
}
