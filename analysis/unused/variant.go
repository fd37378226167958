package unused

import (
	"github.com/spec-lang/spec/analysis/term"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// variants reports variants of which no value is made: nothing names them
// other than to match or compare, and nothing goes through all values of the
// enum. An enum that nothing uses is reported as a whole.
func (f *finder) variants() {
	all := f.enumerated()
	asked := f.askedFor()
	for _, u := range f.Index.Units {
		t, ok := u.Object.(*types.TypeName)
		if !ok || all[t] || !f.Index.Settled(nil) || !f.used(u) || u.Machine != nil && !f.inUse(u.Machine) {
			continue
		}
		for _, v := range t.Variants {
			if at, made := f.made(v, asked); !made {
				f.variant(v, at)
			}
		}
	}
}

// made reports whether a variant is named where a value of it is made, and
// where else it is named.
func (f *finder) made(v *types.Variant, asked map[ast.Node]bool) (at source.Span, made bool) {
	for _, u := range f.Index.Users(v) {
		for _, use := range u.Uses {
			if use.Object != types.Object(v) {
				continue
			}
			if !asked[use.Node] {
				return at, true
			}
			at = use.Node.Span()
		}
	}
	return at, false
}

// askedFor are the places that name a variant to match it or to compare with
// it.
func (f *finder) askedFor() map[ast.Node]bool {
	out := map[ast.Node]bool{}
	for e := range f.Info.Patterns {
		out[e] = true
	}
	ast.Walk(f.Info.Root.File, func(n ast.Node) bool {
		b, ok := n.(*ast.Binary)
		if !ok {
			return true
		}
		switch b.Op {
		case ast.Eq, ast.Ne:
			out[term.Unparen(b.X)], out[term.Unparen(b.Y)] = true, true
		case ast.In, ast.NotIn:
			out[term.Unparen(b.X)] = true
			if set, ok := term.Unparen(b.Y).(*ast.SetLit); ok {
				for _, e := range set.Elems {
					out[term.Unparen(e)] = true
				}
			}
		}
		return true
	})
	return out
}

// enumerated are the types of which something goes through all values: named
// as a set, the type of a parameter of an action or process, the key of a
// total function, or part of one of these.
func (f *finder) enumerated() map[*types.TypeName]bool {
	s := spread{all: map[*types.TypeName]bool{}}
	for e, obj := range f.Info.Uses {
		if t, ok := obj.(*types.TypeName); ok {
			if set, ok := f.Info.Types[e].(*types.Set); ok {
				s.spread(set.Elem)
			}
			s.name(t)
		}
	}
	ast.Walk(f.Info.Root.File, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Values:
			s.spread(f.Info.Written[n.Type])
		case *ast.Param:
			s.spread(f.Info.Written[n.Type])
		case *ast.Process:
			if n.Param != nil {
				s.spread(f.Info.Written[n.Param.Type])
			}
		case *ast.FuncType:
			s.spread(f.Info.Written[n.Key])
		case *ast.Start:
			for _, t := range f.Info.Written {
				s.spread(t)
			}
		case *ast.Const:
			if n.Value == nil { // a model of another file may bind it
				s.spread(f.Info.Written[n.Type])
			}
		}
		return true
	})
	return s.all
}

// spread collects the declared types that values of a type are made of.
type spread struct{ all map[*types.TypeName]bool }

func (s spread) name(t *types.TypeName) {
	if s.all[t] {
		return
	}
	s.all[t] = true
	for _, v := range t.Variants {
		for _, field := range v.Fields {
			s.spread(field.T)
		}
	}
	for _, field := range t.Fields {
		s.spread(field.T)
	}
}

func (s spread) spread(t types.Type) {
	if t == nil {
		return
	}
	if n, ok := t.(*types.Named); ok {
		s.name(n.Obj)
	}
	types.Rebuild(t, func(part types.Type) types.Type {
		s.spread(part)
		return part
	})
}
