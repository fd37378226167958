// Package terminal reports `terminal` clauses that allow nothing: some action
// is possible wherever the clause holds, so no state of it is without a
// successor.
package terminal

import (
	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/analysis/cfg"
	"github.com/spec-lang/spec/analysis/term"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/typecheck/types"
)

// Analyzer knows an action to be possible if each part of its guard is a part
// of the clause and nothing in it waits or fails.
var Analyzer = &analysis.Analyzer{
	Name: "terminal", Doc: "terminal clauses in whose states an action is always possible",
	Codes: []diag.Code{Moot}, Sound: true,
	Module: func(p *analysis.ModulePass) analysis.Result {
		for _, u := range p.Index.Units {
			if d, ok := u.Decl.(*ast.Terminal); ok && !u.Broken && u.Machine != nil && p.Index.Settled(u.Machine) {
				f := finder{p, u.Machine}
				f.clause(d)
			}
		}
		return nil
	},
}

type finder struct {
	*analysis.ModulePass
	machine *types.Machine
}

func (f finder) clause(d *ast.Terminal) {
	given := map[string]bool{}
	for _, e := range conjuncts(d.Cond, nil) {
		if lit, ok := e.(*ast.BoolLit); ok && lit.Value {
			return // every state may be the last one: that is a way of saying that stopping is no matter
		}
		given[term.Key(e)] = true
	}
	for _, obj := range f.machine.Order {
		if a, ok := obj.(*types.Action); ok && f.possible(a, given) {
			f.report(d, a)
			return
		}
	}
}

// conjuncts are the parts of a condition that all have to be true.
func conjuncts(e ast.Expr, out []ast.Expr) []ast.Expr {
	if b, ok := term.Unparen(e).(*ast.Binary); ok && b.Op == ast.And {
		return conjuncts(b.Y, conjuncts(b.X, out))
	}
	return append(out, term.Unparen(e))
}

func (f finder) possible(a *types.Action, given map[string]bool) bool {
	if a.Decl.Internal || a.Decl.Body == nil {
		return false
	}
	for _, p := range a.Decl.Params {
		if p.In != nil || !inhabited(f.Info.Written[p.Type]) {
			return false
		}
	}
	if a.Decl.Guard != nil {
		for _, e := range conjuncts(a.Decl.Guard, nil) {
			if lit, ok := e.(*ast.BoolLit); !given[term.Key(e)] && !(ok && lit.Value) {
				return false
			}
		}
	}
	return f.runs(a)
}

// inhabited reports whether a type certainly has a value.
func inhabited(t types.Type) bool {
	switch t := t.(type) {
	case *types.Sort:
		return true // a model gives it one element or more
	case types.Basic:
		return t == types.Bool
	case *types.Named:
		for _, v := range t.Obj.Variants {
			if len(v.Fields) == 0 {
				return true
			}
		}
	}
	return false
}

// runs reports whether nothing in an action waits: then it has an outcome,
// or ends in a violation.
func (f finder) runs(a *types.Action) bool {
	for _, b := range cfg.New(a.Decl).Blocks {
		for _, n := range b.Nodes {
			switch n.(type) {
			case *ast.Await, *ast.Pick, *ast.CallStmt:
				return false
			}
		}
	}
	return true
}
