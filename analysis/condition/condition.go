// Package condition reports conditions that come to the same whatever happens:
// comparisons that types and constants decide, and parts of a condition that
// exclude one another.
package condition

import (
	"maps"

	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/analysis/cfg"
	"github.com/spec-lang/spec/analysis/fold"
	"github.com/spec-lang/spec/analysis/term"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/typecheck/types"
)

// Analyzer claims that a condition, wherever it is evaluated and has a value,
// has always the same one. `true` and `false` as they are written are meant.
var Analyzer = &analysis.Analyzer{
	Name: "condition", Doc: "conditions that are always true or always false",
	Codes: []diag.Code{Decided, Contradiction}, Sound: true,
	Requires: []*analysis.Analyzer{cfg.Analyzer},
	Decl: func(p *analysis.DeclPass) analysis.Result {
		f := &finder{DeclPass: p}
		f.declaration()
		return nil
	},
}

type finder struct {
	*analysis.DeclPass
	env fold.Env // what is known where the finder is
	// claim: that it is true is the purpose of what is looked at, as in assert.
	claim bool
}

// declaration looks at the conditions of a declaration. The mutations of a
// model are wrong on purpose.
func (f *finder) declaration() {
	switch d := f.Unit.Decl.(type) {
	case *ast.Model:
		for _, it := range d.Items {
			if b, ok := it.(*ast.Bound); ok {
				f.root(b.Cond)
			}
		}
	case *ast.Action:
		f.flow(d.Guard)
	case *ast.Func:
		f.claim = true
		for _, e := range append(d.Requires, d.Ensures...) {
			f.find(e)
		}
		f.claim = false
		f.flow(nil)
	case *ast.Proc, *ast.Process, *ast.Init:
		f.flow(nil)
	case *ast.Property:
		f.root(d.Formula)
	case *ast.Terminal:
		f.root(d.Cond)
	case *ast.Scenario, *ast.Theorem: // a theorem is meant to be always true
	case *ast.Machine: // its members are declarations of their own
	default:
		f.find(d)
	}
}

// flow looks at a body, with what is known at each place of it.
func (f *finder) flow(guard ast.Expr) {
	g := cfg.Of(f.DeclPass)
	if g == nil {
		return
	}
	known := fold.Constants(f.Info, g, guard)
	for _, b := range g.Blocks {
		in, reached := known[b]
		if !reached {
			continue
		}
		f.env = maps.Clone(in)
		for _, n := range b.Nodes {
			f.node(n, n == ast.Node(b.Cond) || guard != nil && n == ast.Node(guard), isClaim(b, n))
			fold.Step(f.Info, n, guard, f.env)
		}
	}
}

// isClaim reports whether a node of a block is an invariant or a measure of
// the loop that the block decides: what stands before the condition.
func isClaim(b *cfg.Block, n ast.Node) bool {
	e, ok := n.(ast.Expr)
	return ok && b.Cond != nil && e != b.Cond && len(b.Preds) > 1
}

func (f *finder) node(n ast.Node, cond, claim bool) {
	f.claim = claim
	switch n := n.(type) {
	case *ast.Assert:
		f.claim = true
		f.root(n.Cond)
	case *ast.Await:
		f.root(n.Cond)
	case ast.Expr:
		if cond {
			f.root(n)
		} else {
			f.find(n)
		}
	default:
		f.find(n)
	}
	f.claim = false
}

// root looks at a whole condition, which may be a single name.
func (f *finder) root(e ast.Expr) {
	if e == nil || f.find(e) {
		return
	}
	if name, ok := term.Unparen(e).(*ast.Name); ok {
		f.decide(name)
	}
}

// find looks at everything below a node and reports whether it has found
// anything.
func (f *finder) find(n ast.Node) bool {
	switch n := n.(type) {
	case nil:
		return false
	case *ast.Old, ast.Type, *ast.Block:
		return false // another state, or looked at elsewhere
	case *ast.Binary:
		return f.binary(n)
	case *ast.Unary:
		return f.find(n.X) || f.decide(n)
	}
	return f.below(n)
}

func (f *finder) below(n ast.Node) bool {
	found := false
	ast.Walk(n, func(c ast.Node) bool {
		if c == n {
			return true
		}
		if f.find(c) {
			found = true
		}
		return false
	})
	return found
}

// binary looks at an operator and, at the top of a chain of && or ||, at what
// its parts say together.
func (f *finder) binary(e *ast.Binary) bool {
	found := false
	for _, x := range term.Chain(e) {
		found = f.find(x) || found
	}
	if found {
		return true
	}
	switch e.Op {
	case ast.And, ast.Or:
		return f.decide(e) || f.together(e)
	case ast.Implies, ast.Iff, ast.Eq, ast.Ne, ast.Lt, ast.Le, ast.Gt, ast.Ge, ast.In, ast.NotIn:
		return f.decide(e)
	}
	return false
}

// decide reports a condition that has only one value.
func (f *finder) decide(e ast.Expr) bool {
	if f.Info.Types[e] != types.Type(types.Bool) {
		return false
	}
	v := fold.Eval(f.Info, e, f.env)
	if v.Kind != fold.Truth || f.claim && v.True {
		return false
	}
	f.decided(e, v.True, f.why(e))
	return true
}

// why says what is known of the sides of a comparison.
func (f *finder) why(e ast.Expr) string {
	b, ok := e.(*ast.Binary)
	if !ok {
		return ""
	}
	for _, side := range []ast.Expr{b.X, b.Y} {
		v := fold.Eval(f.Info, side, f.env)
		if text := v.String(); text != "" && !f.literal(side) {
			return ": " + f.Quote(side.Span()) + " is " + text + " here"
		}
	}
	return ""
}

// literal reports whether an expression shows its value.
func (f *finder) literal(e ast.Expr) bool {
	switch e := term.Unparen(e).(type) {
	case *ast.IntLit, *ast.BoolLit:
		return true
	case *ast.Unary:
		return f.literal(e.X)
	case *ast.Name, *ast.Select:
		_, variant := f.Info.Uses[e].(*types.Variant)
		return variant
	}
	return false
}
