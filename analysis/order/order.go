// Package order reports what costs a search its symmetry: an order that is
// declared and that nothing looks at, and an element that is singled out.
package order

import (
	"strings"

	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/analysis/term"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/typecheck/types"
)

// Analyzer claims that no answer depends on the order that it reports. An
// order that is compared only with itself, say, escapes it.
var Analyzer = &analysis.Analyzer{
	Name: "order", Doc: "orders of sequences and sorts that nothing looks at",
	Codes: []diag.Code{UnseenSequence, UnseenSort, Arbitrary}, Sound: true,
	Module: func(p *analysis.ModulePass) analysis.Result {
		if p.Index.Closed() && p.Index.Settled(nil) {
			f := &finder{p, map[types.Object]bool{}, map[types.Object]bool{}, map[*types.SortName]bool{}}
			f.look()
			f.report()
		}
		return nil
	},
}

type finder struct {
	*analysis.ModulePass
	ordered map[types.Object]bool // variables whose order something looks at
	grown   map[types.Object]bool // variables that get elements
	sorts   map[*types.SortName]bool
}

func (f *finder) look() {
	for _, u := range f.Index.Units {
		if _, machine := u.Decl.(*ast.Machine); !machine {
			f.node(u.Decl)
		}
	}
}

// node looks at everything below a node. Where a sequence stands in a place
// that does not care about order, it is gone over.
func (f *finder) node(n ast.Node) {
	switch n := n.(type) {
	case ast.Expr:
		f.expr(n)
	case *ast.Assign:
		f.assign(n)
	case *ast.Param:
		f.careless(n.In)
	case *ast.EffectClause:
	case *ast.Use:
		f.arguments(n.Args, f.Info.Uses[n.Machine])
		f.below(n)
	case *ast.Model:
		f.arguments(n.Args, f.Info.Uses[n.Machine])
		f.below(n)
	default:
		f.below(n)
	}
}

func (f *finder) below(n ast.Node) {
	ast.Walk(n, func(c ast.Node) bool {
		if c == n {
			return true
		}
		f.node(c)
		return false
	})
}

// careless is a place where only the elements of a sequence matter.
func (f *finder) careless(e ast.Expr) {
	if e == nil {
		return
	}
	if _, ok := f.variable(e); !ok {
		f.node(e)
	}
}

// variable is the variable of a machine that an expression names.
func (f *finder) variable(e ast.Expr) (*types.Var, bool) {
	v, ok := f.Info.Uses[term.Unparen(e)].(*types.Var)
	return v, ok
}

func (f *finder) expr(e ast.Expr) {
	if v, ok := f.variable(e); ok {
		f.ordered[v] = true
		return
	}
	switch e := e.(type) {
	case *ast.Binary:
		f.binary(e)
	case *ast.Call:
		f.call(e)
	case *ast.Quant:
		f.quant(e)
	case *ast.Choose:
		f.choose(e)
	case *ast.Fold:
		for i := range e.Binders {
			f.sortOf(e.Binders[i].Domain)
		}
		f.below(e)
	case *ast.Unary:
		if e.Op == ast.Next || e.Op == ast.Prev {
			f.compares(e.X)
		}
		f.below(e)
	default:
		f.below(e)
	}
}

func (f *finder) binary(e *ast.Binary) {
	switch e.Op {
	case ast.In, ast.NotIn:
		f.node(e.X)
		f.careless(e.Y)
	case ast.Eq, ast.Ne:
		if empty(e.Y) {
			f.careless(e.X)
			return
		}
		f.below(e)
	case ast.Lt, ast.Le, ast.Gt, ast.Ge:
		f.compares(e.X)
		f.below(e)
	default:
		f.below(e)
	}
}

func empty(e ast.Expr) bool {
	s, ok := term.Unparen(e).(*ast.SeqLit)
	return ok && len(s.Elems) == 0
}

func (f *finder) call(e *ast.Call) {
	b, ok := f.Info.Uses[e.Fun].(*types.Builtin)
	if ok && (b.Ident == "len" || b.Ident == "toSet" || b.Ident == "count") {
		for _, a := range e.Args {
			f.careless(a.Value)
		}
		return
	}
	if ok {
		for _, a := range e.Args {
			f.compares(a.Value)
			f.sortOf(a.Value)
		}
	}
	f.below(e)
}

func (f *finder) quant(e *ast.Quant) {
	for i := range e.Binders {
		f.careless(e.Binders[i].Domain)
	}
	if e.Kind == ast.Min || e.Kind == ast.Max {
		f.compares(e.Body)
	}
	f.node(e.Body)
}

func (f *finder) choose(e *ast.Choose) {
	if lit, ok := e.Where.(*ast.BoolLit); e.Where == nil || ok && lit.Value {
		s, ok := f.Info.Uses[term.Unparen(e.Binder.Domain)].(*types.SortName)
		if ok && s.Order == ast.Unordered {
			f.arbitrary(e, s)
		}
	}
	f.sortOf(e.Binder.Domain)
	f.below(e)
}

func (f *finder) assign(n *ast.Assign) {
	v, whole := f.variable(n.Target)
	if whole && (n.Op == ast.ConcatSet || n.Op == ast.Set && empty(n.Value)) {
		f.grown[v] = f.grown[v] || n.Op == ast.ConcatSet
		f.node(n.Value)
		return
	}
	f.below(n)
}

// compares notes that the order of the type of e matters.
func (f *finder) compares(e ast.Expr) {
	if s, ok := f.Info.Types[e].(*types.Sort); ok {
		f.sorts[s.Obj] = true
	}
}

// sortOf notes that the order of the elements of a set matters.
func (f *finder) sortOf(e ast.Expr) {
	if set, ok := f.Info.Types[e].(*types.Set); ok {
		if s, ok := set.Elem.(*types.Sort); ok {
			f.sorts[s.Obj] = true
		}
	}
}

// arguments: a machine may ask for the order of a sort that it is given.
func (f *finder) arguments(args []ast.TypeArg, machine types.Object) {
	m, ok := machine.(*types.Machine)
	if !ok || len(args) != len(m.Params) {
		return
	}
	for i, a := range args {
		s, sort := f.Info.Written[a.Type].(*types.Sort)
		p, asks := m.Params[i].(*types.SortName)
		if sort && asks && p.Order != ast.Unordered {
			f.sorts[s.Obj] = true
		}
	}
}

func (f *finder) report() {
	for _, u := range f.Index.Units {
		switch obj := u.Object.(type) {
		case *types.Var:
			seq, ok := obj.T.(*types.Seq)
			if ok && f.grown[obj] && !f.ordered[obj] && starts(obj.Decl) {
				f.unseenSequence(obj, seq.Elem)
			}
		case *types.SortName:
			d := obj.Decl
			if d == nil || obj.Order == ast.Unordered || f.sorts[obj] || len(f.Index.Users(obj)) == 0 {
				continue
			}
			at := u.Span
			at.Lo = d.Name.Span().Hi
			f.unseenSort(obj, strings.TrimSpace(f.Files.Text(at)), at)
		}
	}
}

// starts reports whether a variable is empty at first.
func starts(d *ast.Var) bool { return d.Value != nil && empty(d.Value) }
