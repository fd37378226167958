// Package unreachable reports statements that no way through a body reaches.
//
// What stands directly after `return`, `goto` or `loop` the checker reports
// (E0325); this analyzer follows the graph further: after an `if` both of whose
// branches leave, after an `either` that always leaves, at labels that nothing
// goes to.
package unreachable

import (
	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/analysis/cfg"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
)

// Analyzer is complete for what the shape of a body says: a condition that is
// never true makes nothing unreachable here.
var Analyzer = &analysis.Analyzer{
	Name: "unreachable", Doc: "statements that no way through a body reaches",
	Codes: []diag.Code{Unreachable}, Sound: true, Complete: true,
	Requires: []*analysis.Analyzer{cfg.Analyzer},
	Decl: func(p *analysis.DeclPass) analysis.Result {
		if g := cfg.Of(p); g != nil {
			f := finder{p, g}
			f.list(body(p.Unit.Decl))
		}
		return nil
	},
}

func body(d ast.Decl) []ast.Stmt {
	var blk *ast.Block
	switch d := d.(type) {
	case *ast.Action:
		blk = d.Body
	case *ast.Func:
		blk = d.Body
	case *ast.Proc:
		blk = d.Body
	case *ast.Process:
		blk = d.Body
	case *ast.Init:
		blk = d.Body
	}
	if blk == nil {
		return nil
	}
	return blk.Stmts
}

type finder struct {
	*analysis.DeclPass
	g *cfg.Graph
}

// list reports the first statement of each part of a list that is dead.
func (f finder) list(stmts []ast.Stmt) {
	dead := false
	for i, s := range stmts {
		was := dead
		dead = !f.g.Home[s].Live
		switch {
		case !dead:
			f.inside(s)
		case !was && !(i > 0 && leaves(stmts[i-1]) && !isLabel(s)):
			f.report(s)
		}
	}
}

// inside looks at the blocks of a live statement.
func (f finder) inside(s ast.Stmt) {
	ast.Walk(s, func(n ast.Node) bool {
		b, ok := n.(*ast.Block)
		if ok {
			f.list(b.Stmts)
		}
		return !ok
	})
}

// leaves reports whether the checker has said that what follows never runs.
func leaves(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.Return, *ast.Goto, *ast.Loop:
		return true
	}
	return false
}

func isLabel(s ast.Stmt) bool {
	_, ok := s.(*ast.Label)
	return ok
}
