// Package same reports operators whose sides are the same, choices that come
// to the same, and assignments of a variable to itself.
package same

import (
	"reflect"

	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/analysis/term"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
)

// Analyzer compares what is written, so `a + b` and `b + a` differ.
var Analyzer = &analysis.Analyzer{
	Name: "same", Doc: "operators with the same on both sides, choices between the same",
	Codes: []diag.Code{Same}, Sound: true,
	Decl: func(p *analysis.DeclPass) analysis.Result {
		switch p.Unit.Decl.(type) {
		case *ast.Machine, *ast.Model, *ast.Theorem: // a model is wrong on purpose, and a law may have the same on both sides
		default:
			f := finder{p, map[*ast.Binary]bool{}}
			ast.Walk(p.Unit.Decl, f.visit)
		}
		return nil
	},
}

type finder struct {
	*analysis.DeclPass
	inner map[*ast.Binary]bool // operators of chains that have been looked at
}

func (f finder) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.Binary:
		f.binary(n)
	case *ast.If:
		if n.Then != nil && n.Else != nil && same(n.Then, n.Else) {
			f.report(n.Span(), n.Else.Span(), "both branches are "+f.Quote(n.Then.Span())+", so the condition decides nothing", "write the value alone, or mend one branch", f.keep(n, n.Then))
		}
	case *ast.IfStmt:
		f.ifStmt(n)
	case *ast.Either:
		f.either(n)
	case *ast.Assign:
		if n.Op == ast.Set && same(n.Target, n.Value) {
			fix := &diag.Fix{Title: "write skip", Edits: []diag.Edit{{Span: n.Span(), Text: "skip"}}}
			f.report(n.Span(), n.Value.Span(), f.Quote(n.Target.Span())+" is assigned to itself", "remove it: what is not assigned stays as it is", fix)
		}
	}
	return true
}

// doubtful are the operators that say nothing with the same on both sides.
func doubtful(op ast.BinaryOp) bool {
	switch op {
	case ast.Add, ast.Mul, ast.Concat, ast.Range:
		return false
	}
	return true
}

// idempotent are the operators of which one side is enough then.
func idempotent(op ast.BinaryOp) bool {
	switch op {
	case ast.And, ast.Or, ast.Union, ast.Inter:
		return true
	}
	return false
}

// binary compares the operands of a chain with one another, at its top.
func (f finder) binary(e *ast.Binary) {
	if !doubtful(e.Op) || f.inner[e] {
		return
	}
	operands := term.Chain(e)
	if len(operands) == 2 && !alike(operands[0], operands[1]) {
		return
	}
	seen := map[string]ast.Expr{term.Key(operands[0]): operands[0]}
	for i, node := range f.nodes(e, len(operands)-1) {
		one := operands[i+1]
		key := term.Key(one)
		if twin := seen[key]; twin != nil {
			f.both(node, twin)
			continue
		}
		seen[key] = one
	}
}

// nodes are the n operators of a chain, the innermost first.
func (f finder) nodes(e *ast.Binary, n int) []*ast.Binary {
	out := make([]*ast.Binary, n)
	for i := n - 1; ; i-- {
		out[i] = e
		if i == 0 {
			return out
		}
		e = term.Unparen(e.X).(*ast.Binary)
		f.inner[e] = true
	}
}

// alike is a quick look at two expressions: without it they differ.
func alike(a, b ast.Expr) bool {
	return reflect.TypeOf(term.Unparen(a)) == reflect.TypeOf(term.Unparen(b))
}

func (f finder) both(e *ast.Binary, twin ast.Expr) {
	var fix *diag.Fix
	help := "mend one side"
	if idempotent(e.Op) {
		fix = f.keep(e, e.X)
		help = "remove one, or mend it"
	}
	f.report(e.Span(), twin.Span(), f.Quote(e.Y.Span())+" stands on both sides", help, fix)
}

// keep replaces an expression by a part of it.
func (f finder) keep(e, part ast.Expr) *diag.Fix {
	text := f.Files.Text(part.Span())
	return &diag.Fix{Title: "write " + f.Quote(part.Span()) + " alone", Edits: []diag.Edit{{Span: e.Span(), Text: text}}}
}

func (f finder) ifStmt(s *ast.IfStmt) {
	b, ok := s.Else.(*ast.BlockStmt)
	if ok && s.Then != nil && b.Body != nil && same(s.Then, b.Body) {
		f.report(s.Span(), b.Span(), "both branches do the same, so the condition decides nothing", "write the statements alone, or mend one branch", nil)
	}
}

func (f finder) either(s *ast.Either) {
	seen := map[string]*ast.Block{}
	for _, b := range s.Branches {
		if b == nil {
			continue
		}
		if old := seen[term.Key(b)]; old != nil {
			f.report(b.Span(), old.Span(), "this branch does what another one does", "remove it, or mend it", nil)
			continue
		}
		seen[term.Key(b)] = b
	}
}

func same(a, b ast.Node) bool { return term.Key(a) == term.Key(b) }
