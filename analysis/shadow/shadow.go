// Package shadow reports local names that hide another one: of the state, or
// of the body around them. What is meant is then not what is read.
package shadow

import (
	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/typecheck/types"
)

// Analyzer follows the scopes of the language. It looks at all declarations
// each time: a name that is declared anywhere may be hidden by any.
var Analyzer = &analysis.Analyzer{
	Name: "shadow", Doc: "local names that hide a variable, a constant or another local name",
	Codes: []diag.Code{Hidden}, Sound: true, Complete: true,
	Module: func(p *analysis.ModulePass) analysis.Result {
		for _, u := range p.Index.Units {
			if u.Broken {
				continue
			}
			switch u.Decl.(type) {
			case *ast.Machine, *ast.Model, *ast.Scenario: // a model speaks of elements and mutations
			default:
				f := &finder{ModulePass: p, unit: u}
				f.node(u.Decl)
			}
		}
		return nil
	},
}

// scope is the innermost name with those around it.
type scope struct {
	up *scope
	id *ast.Ident
}

type finder struct {
	*analysis.ModulePass
	unit  *analysis.Unit
	scope *scope
}

// declare brings names into scope, after looking at what they hide.
func (f *finder) declare(ids ...*ast.Ident) {
	for _, id := range ids {
		if id == nil || id.Name == "_" || id.Name == "" {
			continue
		}
		f.hides(id)
		f.scope = &scope{f.scope, id}
	}
}

func (f *finder) hides(id *ast.Ident) {
	for s := f.scope; s != nil; s = s.up {
		if s.id.Name == id.Name {
			f.report(id, s.id.Span(), "another local name")
			return
		}
	}
	if p, ok := f.unit.Object.(*types.Process); ok {
		for _, v := range p.Vars {
			if v.Name() == id.Name && v.Span() != id.Span() {
				f.report(id, v.Span(), "a variable of the process")
				return
			}
		}
	}
	members := f.Info.Root.Members
	if m := f.unit.Machine; m != nil && m.Members[id.Name] != nil {
		members = m.Members
	}
	switch obj := members[id.Name].(type) {
	case *types.Var:
		f.report(id, obj.Span(), "a variable of the machine")
	case *types.Const:
		f.report(id, obj.Span(), "a constant")
	}
}

// scoped runs g and forgets the names that it declares.
func (f *finder) scoped(g func()) {
	old := f.scope
	g()
	f.scope = old
}

// node follows the scopes below a node.
func (f *finder) node(n ast.Node) {
	switch n := n.(type) {
	case nil:
	case *ast.Block:
		if n != nil {
			f.scoped(func() { f.below(n) })
		}
	case *ast.LetStmt:
		f.below(n)
		f.declare(n.Name)
	case *ast.VarStmt:
		f.below(n)
		if _, state := f.Info.Defs[n.Name].(*types.ProcessVar); !state {
			f.declare(n.Name)
		}
	case *ast.Binder:
		f.below(n)
		f.declare(n.Names...)
	case *ast.Param:
		f.below(n)
		f.declare(n.Name)
	case *ast.Pick:
		f.below(n) // its names go on to the end of the block
	case *ast.Field:
		f.field(n)
	case *ast.Pattern:
		f.declare(n.Binds...)
	case *ast.Let:
		f.node(n.Value)
		f.scoped(func() { f.declare(n.Name); f.node(n.Body) })
	case *ast.Match:
		f.node(n.X)
		for i := range n.Arms {
			f.scoped(func() { f.node(&n.Arms[i].Pattern); f.node(n.Arms[i].Body) })
		}
	case *ast.MatchStmt:
		f.node(n.X)
		for i := range n.Arms {
			f.scoped(func() { f.node(&n.Arms[i].Pattern); f.node(n.Arms[i].Body) })
		}
	default:
		f.compound(n)
	}
}

// compound are nodes whose names end with them.
func (f *finder) compound(n ast.Node) {
	switch n := n.(type) {
	case *ast.SetComp:
		f.comprehension(n.Binders, n.Cond, n.Elem)
	case *ast.SeqComp:
		f.comprehension(n.Binders, n.Cond, n.Elem)
	case *ast.MapComp:
		f.comprehension(n.Binders, n.Cond, n.Key, n.Value)
	case *ast.Fold:
		f.node(n.Init)
		f.scoped(func() {
			f.declare(n.Acc)
			f.comprehension(n.Binders, nil, n.Body)
		})
	case *ast.RefinedType:
		f.node(n.Base)
		f.scoped(func() { f.declare(n.Var); f.node(n.Pred) })
	case *ast.Quant, *ast.Choose, *ast.For:
		f.scoped(func() { f.below(n) })
	default:
		f.below(n)
	}
}

// comprehension declares its names before it reads what stands to their left.
func (f *finder) comprehension(binders []ast.Binder, cond ast.Expr, results ...ast.Expr) {
	f.scoped(func() {
		for i := range binders {
			f.node(&binders[i])
		}
		if cond != nil {
			f.node(cond)
		}
		for _, e := range results {
			f.node(e)
		}
	})
}

// field is a parameter of a function, proc or process, not a field of a type.
func (f *finder) field(n *ast.Field) {
	switch f.unit.Decl.(type) {
	case *ast.Func, *ast.Proc, *ast.Process, *ast.Theorem:
		f.declare(n.Name)
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
