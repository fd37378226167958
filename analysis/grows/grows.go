// Package grows reports actions that can be repeated for ever and make a value
// larger each time: their models have infinitely many states.
package grows

import (
	"slices"

	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/analysis/cfg"
	"github.com/spec-lang/spec/analysis/dataflow"
	"github.com/spec-lang/spec/analysis/term"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

// Analyzer claims that a machine has infinitely many states once the action is
// possible, unless an assertion fails or a value does not fit. Growth that
// something on the way bounds escapes it, and much growth that nothing bounds.
var Analyzer = &analysis.Analyzer{
	Name: "grows", Doc: "actions that make a value larger each time and always stay possible",
	Codes: []diag.Code{Grows}, Sound: true,
	Module: func(p *analysis.ModulePass) analysis.Result {
		for _, u := range p.Index.Units {
			if a, ok := u.Object.(*types.Action); ok && !u.Broken && !a.Decl.Internal && p.Index.Settled(u.Machine) {
				f := finder{p, u, a}
				f.action()
			}
		}
		return nil
	},
}

type finder struct {
	*analysis.ModulePass
	unit *analysis.Unit
	act  *types.Action
}

func (f finder) action() {
	d := f.act.Decl
	if d.Body == nil || !repeatable(f.Info, f.act) {
		return
	}
	for _, s := range d.Body.Stmts {
		a, ok := s.(*ast.Assign)
		if !ok || !enlarges(f.Info, a) {
			continue
		}
		obj := root(f.Info, a.Target)
		if model := f.unbounded(obj); obj != nil && model != nil && onlyOnce(f.Info, f.act, obj) {
			f.report(a, obj, model)
		}
	}
}

// repeatable reports whether nothing that decides if and how the action runs
// depends on what it writes: once it is possible, it is possible for ever.
func repeatable(info *typecheck.Info, a *types.Action) bool {
	e := info.Effects[a]
	g := cfg.New(a.Decl)
	if e == nil || g == nil {
		return false
	}
	for _, n := range deciders(g) {
		for _, obj := range dataflow.AccessOf(info, n).Reads {
			if slices.ContainsFunc(e.Writes, func(p typecheck.Path) bool { return p.Var == obj }) {
				return false
			}
		}
	}
	return true
}

// deciders are the nodes that decide which way is taken, and whether any is:
// calls among them, for what is called may wait.
func deciders(g *cfg.Graph) []ast.Node {
	var out []ast.Node
	for _, b := range g.Blocks {
		for _, n := range b.Nodes {
			switch n.(type) {
			case *ast.Assign, *ast.Skip, *ast.LetStmt, *ast.VarStmt:
			default:
				out = append(out, n)
			}
		}
	}
	return out
}

// enlarges reports whether an assignment makes its target larger whatever it
// was, and the type sets no end to that.
func enlarges(info *typecheck.Info, s *ast.Assign) bool {
	switch t := info.Types[s.Target].(type) {
	case types.Basic:
		return t == types.Int && (s.Op == ast.AddSet || s.Op == ast.SubSet) && nonzero(s.Value)
	case *types.Bag:
		return s.Op == ast.AddSet
	case *types.Seq:
		lit, ok := term.Unparen(s.Value).(*ast.SeqLit)
		return t.Max == nil && s.Op == ast.ConcatSet && ok && len(lit.Elems) > 0
	}
	return false
}

func nonzero(e ast.Expr) bool {
	n, ok := term.Unparen(e).(*ast.IntLit)
	return ok && n.Value.Sign() != 0
}

func limit(info *typecheck.Info, s *ast.Assign) string {
	if _, number := info.Types[s.Target].(types.Basic); number {
		return root(info, s.Target).Name() + " < 9"
	}
	return "len(" + root(info, s.Target).Name() + ") < 9"
}

func bounded(info *typecheck.Info, s *ast.Assign) string {
	if t, seq := info.Types[s.Target].(*types.Seq); seq {
		return "`[..9]" + t.Elem.String() + "`"
	}
	return "`0..9`"
}

// root is the variable of the machine that a target belongs to, nil if none.
func root(info *typecheck.Info, e ast.Expr) types.Object {
	for {
		e = term.Unparen(e)
		if v, ok := info.Uses[e].(*types.Var); ok {
			return v
		}
		switch t := e.(type) {
		case *ast.Index:
			e = t.X
		case *ast.Select:
			e = t.X
		default:
			return nil
		}
	}
}

// onlyOnce reports whether an action assigns a variable in one place.
func onlyOnce(info *typecheck.Info, a *types.Action, v types.Object) bool {
	n := 0
	ast.Walk(a.Decl.Body, func(node ast.Node) bool {
		if s, ok := node.(*ast.Assign); ok && root(info, s.Target) == v {
			n++
		}
		return true
	})
	return n == 1
}

// endsEarly reports whether a model looks for a violation, which ends its
// search.
func endsEarly(d *ast.Model) bool {
	return slices.ContainsFunc(d.Items, func(it ast.ModelItem) bool {
		switch it := it.(type) {
		case *ast.Check:
			return it.Expect != nil && it.Expect.Kind == ast.ExpectViolated
		case *ast.ExpectItem:
			return it.Expect.Kind == ast.ExpectViolated || it.Expect.Kind == ast.ExpectDeadlock
		}
		return false
	})
}

// unbounded is a model of the machine whose bounds do not mention a variable
// and that does not change the action, nil if there is none.
func (f finder) unbounded(v types.Object) types.Object {
	for _, u := range f.Index.Units {
		m, ok := u.Object.(*types.Model)
		if !ok || u.Broken || m.Machine != f.unit.Machine || endsEarly(m.Decl) {
			continue
		}
		if !slices.ContainsFunc(u.Uses, func(use analysis.Use) bool {
			return use.Object == v || use.Object == types.Object(f.act)
		}) {
			return m
		}
	}
	return nil
}
