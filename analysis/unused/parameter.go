package unused

import (
	"slices"

	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// parameters reports parameters of functions, procs and actions, and names of
// quantifiers, that nothing reads. What a function is called with costs
// nothing, but a parameter of an action that is not used makes the same step
// happen once for each of its values.
func (f *finder) parameters() {
	used := map[types.Object]bool{}
	for _, obj := range f.Info.Uses {
		if l, ok := obj.(*types.Local); ok {
			used[l] = true
		}
	}
	p := params{f, used}
	for _, u := range f.Index.Units {
		if !f.known(u) {
			continue
		}
		switch d := u.Decl.(type) {
		case *ast.Func:
			if d.Extern {
				continue
			}
			p.fields(d.Args)
		case *ast.Proc:
			p.fields(d.Args)
		case *ast.Action:
			if !f.joint(u) {
				p.action(d)
			}
		}
	}
	for _, q := range f.quants {
		p.quantified(q)
	}
}

// joint reports whether an action is part of a sync, where its parameters are
// also those of the others.
func (f *finder) joint(u *analysis.Unit) bool {
	return slices.ContainsFunc(f.Index.Users(u.Object), func(by *analysis.Unit) bool {
		_, sync := by.Decl.(*ast.Sync)
		return sync
	})
}

// known reports whether everything that may name a parameter of u is.
func (f *finder) known(u *analysis.Unit) bool {
	return u != nil && !u.Broken && (u.Machine == nil || f.Index.Settled(u.Machine))
}

type params struct {
	*finder
	used map[types.Object]bool
}

// idle reports whether an identifier declares a name that nothing reads.
func (p params) idle(id *ast.Ident) bool {
	if id == nil || id.Name == "_" || id.Name == "" {
		return false
	}
	obj, ok := p.Info.Defs[id].(*types.Local)
	return ok && !p.used[obj]
}

func (p params) fields(fs []ast.Field) {
	for i := range fs {
		if p.idle(fs[i].Name) {
			p.parameter(fs[i].Name, "parameter", "remove it with its arguments, or call it _")
		}
	}
}

func (p params) action(d *ast.Action) {
	for i := range d.Params {
		if p.idle(d.Params[i].Name) {
			p.parameter(d.Params[i].Name, "parameter", "remove it: the same step happens once for each of its values")
		}
	}
}

func (p params) quantified(q *ast.Quant) {
	for _, b := range q.Binders {
		for _, id := range b.Names {
			if p.idle(id) && p.known(p.Index.At(id.Span())) {
				p.parameter(id, "quantified name", "remove it, or call it _ if only the number of elements matters")
			}
		}
	}
}
