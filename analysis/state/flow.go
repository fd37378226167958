package state

import (
	"github.com/spec-lang/spec/analysis/term"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

// flow says where the values of variables go. It is the cone of influence of
// M. Weiser, "Program slicing", ICSE 1981, for variables as a whole.
type flow struct {
	info     *typecheck.Info
	written  map[types.Object]bool
	observed map[types.Object]bool // something other than an assignment reads it
	// into has, for a variable, those whose values are computed from it; feeds
	// one place where that happens.
	into  map[types.Object][]types.Object
	feeds map[types.Object]source.Span
}

func newFlow(info *typecheck.Info) *flow {
	return &flow{info, map[types.Object]bool{}, map[types.Object]bool{}, map[types.Object][]types.Object{}, map[types.Object]source.Span{}}
}

// walk notes what a declaration does. Clauses that bound effects read nothing.
func (f *flow) walk(d ast.Decl) {
	if _, ok := d.(*ast.Machine); ok {
		return // its members are declarations of their own
	}
	ast.Walk(d, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.EffectClause:
			return false
		case *ast.Assign:
			f.assign(n)
			return false
		case *ast.Var:
			f.initial(f.info.Defs[n.Name], n.Value, n.In)
			return false
		case *ast.VarStmt:
			if v, ok := f.info.Defs[n.Name].(*types.ProcessVar); ok {
				f.initial(v, n.Value)
				return false
			}
		case *ast.Mutate:
			return f.mutate(n)
		case ast.Expr:
			f.read(n)
		}
		return true
	})
}

func (f *flow) read(e ast.Expr) {
	switch obj := f.info.Uses[e].(type) {
	case *types.Var, *types.ProcessVar:
		f.observed[obj] = true
	}
}

// mutate is a model's change of an initial value: the target is written.
func (f *flow) mutate(n *ast.Mutate) bool {
	if !n.IsVar {
		return true
	}
	if v := f.info.Uses[term.Unparen(n.Target)]; v != nil {
		f.written[v] = true
		f.initial(v, n.Value)
		return false
	}
	return true
}

func (f *flow) initial(v types.Object, values ...ast.Expr) {
	for _, e := range values {
		f.flows(e, v)
	}
}

// assign: values flow from the right side and from the indices of the target.
func (f *flow) assign(n *ast.Assign) {
	e := term.Unparen(n.Target)
	var indices []ast.Expr
	for f.info.Uses[e] == nil {
		switch t := e.(type) {
		case *ast.Index:
			indices = append(indices, t.I)
			e = term.Unparen(t.X)
			continue
		case *ast.Select:
			e = term.Unparen(t.X)
			continue
		}
		break
	}
	v := f.info.Uses[e]
	switch v.(type) {
	case *types.Var, *types.ProcessVar:
		f.written[v] = true
		for _, from := range append(indices, n.Value) {
			f.flows(from, v)
		}
		return
	}
	for _, from := range append(indices, n.Value) { // into a local name
		ast.Walk(from, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok {
				f.read(e)
			}
			return true
		})
	}
}

// flows notes that what e reads goes into v. What a called function reads, its
// own declaration has.
func (f *flow) flows(e ast.Expr, v types.Object) {
	ast.Walk(e, func(n ast.Node) bool {
		x, ok := n.(ast.Expr)
		if !ok {
			return true
		}
		switch from := f.info.Uses[x].(type) {
		case *types.Var, *types.ProcessVar:
			f.into[from] = append(f.into[from], v)
			if from != v {
				f.feeds[from] = x.Span()
			}
		}
		return true
	})
}

// observe follows values until nothing changes.
func (f *flow) observe() {
	for changed := true; changed; {
		changed = false
		for from, targets := range f.into {
			for _, v := range targets {
				if f.observed[v] && !f.observed[from] {
					f.observed[from], changed = true, true
				}
			}
		}
	}
}
