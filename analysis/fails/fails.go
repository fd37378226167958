// Package fails reports what cannot succeed: expressions and assignments that
// are evaluation errors whenever they are evaluated, assertions that are never
// true, choices that nothing fits, and loops that have nothing to go through.
package fails

import (
	"fmt"

	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/analysis/facts"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/diag"
)

// Codes of this package.
const (
	AlwaysFails diag.Code = "A1210" // an evaluation error each time
	NeverGoesOn diag.Code = "A1211" // a pick or await that no run goes past, a loop that never runs
)

// Analyzer claims that a search that comes to the place finds the error. What
// no run comes to is not looked at: see package dead.
var Analyzer = &analysis.Analyzer{
	Name: "fails", Doc: "expressions, assertions and choices that can never succeed",
	Codes: []diag.Code{AlwaysFails, NeverGoesOn}, Sound: true,
	Requires: []*analysis.Analyzer{facts.Analyzer},
	System: func(p *analysis.SystemPass) analysis.Result {
		if f := facts.Of(p); f != nil {
			(&finder{SystemPass: p, f: f}).find()
		}
		return nil
	},
}

type finder struct {
	*analysis.SystemPass
	f             *facts.Facts
	errors, stops facts.Ballot
}

func (f *finder) find() {
	f.each(func(t ir.Tree) {
		if f.evaluated(t) {
			f.errors.Vote(t.Span(), f.f.Trees.Fails(t) && f.says(t) != "")
		}
	}, func(s ir.Stmt) {
		f.stops.Vote(s.Span(), f.blocks(s))
	})
	f.each(func(t ir.Tree) {
		if f.evaluated(t) && f.f.Trees.Fails(t) && f.errors.Holds(t.Span()) {
			f.errors.Vote(t.Span(), false) // said once
			f.Report(diag.Diagnostic{Code: AlwaysFails, Severity: diag.Error, Span: t.Span(), Message: f.says(t),
				Help: "no run gets past this: mend it, or guard it so that it is never reached"})
		}
	}, func(s ir.Stmt) {
		if f.stops.Holds(s.Span()) {
			f.stops.Vote(s.Span(), false)
			f.stop(s)
		}
	})
}

// each visits the trees of steps, and the statements of the actions that have
// steps: what is wrong with the others, package dead says.
func (f *finder) each(tree func(ir.Tree), stmt func(ir.Stmt)) {
	facts.Walk(f.Sys, func(t ir.Tree) bool {
		tree(t)
		return true
	})
	for _, a := range f.Sys.Actions {
		if !f.f.Fires(a) {
			continue
		}
		ir.WalkBody(a.Body, func(t ir.Tree) bool {
			if s, ok := t.(ir.Stmt); ok && f.f.Trees.Reached(s) {
				stmt(s)
			}
			return true
		})
	}
}

// evaluated reports whether a run comes to an expression or to one of the
// statements that can fail.
func (f *finder) evaluated(t ir.Tree) bool {
	switch t := t.(type) {
	case ir.Expr:
		return f.f.Trees.Value(t) != nil && fallible(t)
	case *ir.Assign:
		return f.f.Trees.Reached(t)
	case *ir.AssertStmt: // `assert false` says that nothing comes here
		lit, ok := t.Cond.(*ir.Lit)
		return f.f.Trees.Reached(t) && !(ok && lit.Value == ir.Bool(false))
	}
	return false
}

// fallible reports whether an expression may be an error of its own.
func fallible(e ir.Expr) bool {
	switch e := e.(type) {
	case *ir.Apply:
		return ir.Ops[e.Op].Partial
	case *ir.Convert, *ir.Payload:
		return true
	case *ir.Bind:
		return e.Kind == ir.Min || e.Kind == ir.Max || e.Kind == ir.Choose
	}
	return false
}

// blocks reports whether a statement has nothing to do: not because an
// expression in it is an error.
func (f *finder) blocks(s ir.Stmt) bool {
	switch s := s.(type) {
	case *ir.PickStmt:
		return f.f.Trees.Blocks(s) && f.has(s.Domain)
	case *ir.AwaitStmt:
		return f.f.Trees.Blocks(s) && f.has(s.Cond)
	case *ir.ForStmt:
		if !f.has(s.Domain) {
			return false
		}
		n := f.f.Trees.Value(s.Domain).Length().Single()
		return n != nil && n.Sign() == 0
	}
	return false
}

// has reports whether an expression is evaluated and may have a value.
func (f *finder) has(e ir.Expr) bool {
	v := f.f.Trees.Value(e)
	return v != nil && !v.Empty()
}

func (f *finder) stop(s ir.Stmt) {
	d := diag.Diagnostic{Code: NeverGoesOn, Severity: diag.Warning, Span: s.Span(),
		Message: "this waits for ever: its condition is never true here", Help: "mend the condition, or remove this way through the body"}
	switch s := s.(type) {
	case *ir.PickStmt:
		d.Message = fmt.Sprintf("there is never a value for %s to pick", s.Local.Name)
		d.Help = "see that the set has elements that fit, or remove this way through the body"
	case *ir.ForStmt:
		d.Span = s.Domain.Span()
		d.Message = fmt.Sprintf("there is never a value for %s: %s is always empty here", s.Local.Name, f.Quote(d.Span))
		d.Help = "see what the loop is to go through, or remove it"
	}
	f.Report(d)
}
