package elaborate

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
)

// arrange puts what was made on demand into the order of the source.
func (b *builder) arrange() {
	rank := map[string]int{}
	for i, m := range b.info.Modules {
		if m.File != nil {
			rank[m.File.Span().File] = i
		}
	}
	place := func(at source.Span) [2]int { return [2]int{rank[at.File], at.Lo} }
	sortBy(b.sys.Sorts, func(s *ir.Sort) [2]int { return place(s.Span) })
	sortBy(b.sys.Consts, func(c *ir.Const) [2]int { return place(c.Span) })
	b.pruneNamed()
	sortBy(b.sys.Named, func(t *ir.Type) [2]int { return place(b.namedAt[t]) })
	sortBy(b.sys.Funcs, func(f *ir.Func) [2]int { return place(f.Span) })
	b.pruneObligations()
	sortBy(b.sys.Obligations, func(o *ir.Obligation) [2]int { return place(o.Span) })
}

// pruneObligations drops those whose test did not become part of the System:
// some expressions are lowered only to see their type.
func (b *builder) pruneObligations() {
	checks := map[ir.Tree]bool{}
	b.sys.Walk(func(t ir.Tree) bool {
		switch t.(type) {
		case *ir.Convert, *ir.Bind:
			checks[t] = true
		}
		return true
	})
	b.sys.Obligations = slices.DeleteFunc(b.sys.Obligations, func(o *ir.Obligation) bool { return o.Check != nil && !checks[o.Check] })
}

// sortBy sorts by place, keeping the order of what shares a place.
func sortBy[T any](list []T, place func(T) [2]int) {
	slices.SortStableFunc(list, func(x, y T) int {
		p, q := place(x), place(y)
		return slices.Compare(p[:], q[:])
	})
}

// pruneNamed drops the enums and structs that nothing in the System is of:
// closing the type that a literal would have without its place makes some.
func (b *builder) pruneNamed() {
	used := map[*ir.Type]bool{}
	var use func(*ir.Type)
	use = func(t *ir.Type) {
		if t != nil && !used[t] {
			used[t] = true
			t.Parts(use)
		}
	}
	for _, v := range b.sys.Vars {
		use(v.Type)
	}
	for _, c := range b.sys.Consts {
		use(c.Type)
	}
	for _, f := range b.sys.Funcs {
		use(f.Result)
		for _, p := range f.Params {
			use(p.Type)
		}
	}
	b.sys.Walk(func(t ir.Tree) bool {
		if e, ok := t.(ir.Expr); ok {
			use(e.Type())
		}
		return true
	})
	for _, p := range b.sys.Props {
		if p.Refines == nil {
			continue
		}
		for _, v := range p.Refines.Abstract.Vars {
			use(v.Type)
		}
		for _, e := range p.Refines.Map {
			ir.Walk(e, func(t ir.Tree) bool {
				if e, ok := t.(ir.Expr); ok {
					use(e.Type())
				}
				return true
			})
		}
	}
	b.sys.Named = slices.DeleteFunc(b.sys.Named, func(t *ir.Type) bool { return !used[t] })
}
