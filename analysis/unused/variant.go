package unused

import (
	"github.com/spec-lang/spec/analysis/term"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// variants reports variants of which no value is made: nothing names them
// other than to match or compare, and nothing goes through all values of the
// enum or of what it is part of. An enum that nothing uses is reported as a whole.
func (f *finder) variants() {
	for _, u := range f.Index.Units {
		t, ok := u.Object.(*types.TypeName)
		if !ok || f.ranged.all[t] || !f.Index.Settled(nil) || !f.used(u) || u.Machine != nil && !f.inUse(u.Machine) {
			continue
		}
		for _, v := range t.Variants {
			if at, made := f.made(v); !made {
				f.variant(v, at)
			}
		}
	}
}

// made reports whether a variant is named where a value of it is made, and
// where else it is named.
func (f *finder) made(v *types.Variant) (at source.Span, made bool) {
	for _, u := range f.Index.Users(v) {
		for _, use := range u.Uses {
			if use.Object != types.Object(v) {
				continue
			}
			if !f.asked[use.Node] {
				return at, true
			}
			at = use.Node.Span()
		}
	}
	return at, false
}

// asks notes the variants that a comparison names.
func (f *finder) asks(b *ast.Binary) {
	switch b.Op {
	case ast.Eq, ast.Ne:
		f.asked[term.Unparen(b.X)], f.asked[term.Unparen(b.Y)] = true, true
	case ast.In, ast.NotIn:
		f.asked[term.Unparen(b.X)] = true
		if set, ok := term.Unparen(b.Y).(*ast.SetLit); ok {
			for _, e := range set.Elems {
				f.asked[term.Unparen(e)] = true
			}
		}
	}
}

// namedAsSets notes the types that stand for the set of their values.
func (f *finder) namedAsSets() {
	for e, obj := range f.Info.Uses {
		if t, ok := obj.(*types.TypeName); ok {
			if set, ok := f.Info.Types[e].(*types.Set); ok {
				f.ranged.spread(set.Elem)
			}
			f.ranged.name(t)
		}
	}
}

// ranges notes the types of which a node goes through all values: the type of
// a parameter of an action or process, the key of a total function.
func (f *finder) ranges(n ast.Node) {
	switch n := n.(type) {
	case *ast.Values:
		f.ranged.spread(f.Info.Written[n.Type])
	case *ast.Param:
		f.ranged.spread(f.Info.Written[n.Type])
	case *ast.Process:
		if n.Param != nil {
			f.ranged.spread(f.Info.Written[n.Param.Type])
		}
	case *ast.FuncType:
		f.ranged.spread(f.Info.Written[n.Key])
	case *ast.Start:
		for _, t := range f.Info.Written {
			f.ranged.spread(t)
		}
	case *ast.Const:
		if n.Value == nil { // a model of another file may bind it
			f.ranged.spread(f.Info.Written[n.Type])
		}
	}
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
