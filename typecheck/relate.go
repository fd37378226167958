package typecheck

import (
	"slices"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// under returns the type whose operations the values of t have: t without
// refinement and linearity, int for a range, and a sequence without its bound.
func under(t types.Type) types.Type {
	switch u := bare(t).(type) {
	case *types.Range:
		return types.Int
	case *types.Seq:
		if u.Max != nil {
			return &types.Seq{Elem: u.Elem}
		}
		return u
	case nil:
		return types.Invalid
	default:
		return u
	}
}

// bare returns t without refinement and linearity.
func bare(t types.Type) types.Type {
	for {
		switch u := t.(type) {
		case *types.Refined:
			t = u.Base
		case *types.Linear:
			t = u.Elem
		default:
			return t
		}
	}
}

// widen returns t with under applied at every depth: the type that all its
// relatives share. The key of a function stays: it is what the function is
// total on, and wider it would have no end.
func widen(t types.Type) types.Type {
	t = under(t)
	f, ok := t.(*types.Func)
	if !ok {
		return types.Rebuild(t, widen)
	}
	if e := widen(f.Elem); e != f.Elem {
		return &types.Func{Key: f.Key, Elem: e}
	}
	return f
}

// agree reports whether values of one type may stand where the other is
// expected: the types are the same but for ranges, bounds and refinements,
// which the place checks. A faulty type agrees with every type.
func agree(a, b types.Type) bool {
	if types.Identical(a, b) {
		return true
	}
	a, b = under(a), under(b)
	if a == types.Invalid || b == types.Invalid {
		return true
	}
	switch a := a.(type) {
	case *types.Named:
		b, ok := b.(*types.Named)
		return ok && a.Obj == b.Obj && slices.Equal(a.Via, b.Via) && agreeAll(a.Args, b.Args)
	case *types.Option:
		b, ok := b.(*types.Option)
		return ok && agree(a.Elem, b.Elem)
	case *types.Set:
		b, ok := b.(*types.Set)
		return ok && agree(a.Elem, b.Elem)
	case *types.Bag:
		b, ok := b.(*types.Bag)
		return ok && agree(a.Elem, b.Elem)
	case *types.Func:
		b, ok := b.(*types.Func)
		return ok && agree(a.Key, b.Key) && agree(a.Elem, b.Elem)
	case *types.Map:
		b, ok := b.(*types.Map)
		return ok && agree(a.Key, b.Key) && agree(a.Elem, b.Elem)
	case *types.Seq:
		b, ok := b.(*types.Seq)
		return ok && agree(a.Elem, b.Elem)
	case *types.Tuple:
		b, ok := b.(*types.Tuple)
		return ok && agreeAll(a.Elems, b.Elems)
	}
	return types.Identical(a, b)
}

func agreeAll(as, bs []types.Type) bool {
	if len(as) != len(bs) {
		return false
	}
	for i := range as {
		if !agree(as[i], bs[i]) {
			return false
		}
	}
	return true
}

// faulty reports whether some part of a type is not known, because of a fault
// that has been reported or because a literal does not tell it.
func faulty(t types.Type) bool {
	switch t := t.(type) {
	case types.Basic:
		return t == types.Invalid
	case *types.Range, *types.Sort, *types.Param:
		return false
	}
	found := false
	types.Rebuild(t, func(part types.Type) types.Type {
		found = found || faulty(part)
		return part
	})
	return found
}

// join returns the type of a value that is of a or of b, which agree.
func join(a, b types.Type) types.Type {
	switch {
	case a == types.Invalid || a == nil:
		return b
	case b == types.Invalid || b == nil || types.Identical(a, b):
		return a
	}
	return widen(a)
}

// substitute replaces type parameters by their arguments. A parameter without
// an argument stays.
func substitute(t types.Type, args map[string]types.Type) types.Type {
	if len(args) == 0 || t == nil {
		return t
	}
	if p, ok := t.(*types.Param); ok {
		if a := args[p.Name]; a != nil {
			return a
		}
		return t
	}
	return types.Rebuild(t, func(t types.Type) types.Type { return substitute(t, args) })
}

// binding pairs type parameters with arguments.
func binding(params []*types.Param, args []types.Type) map[string]types.Type {
	if len(params) == 0 {
		return nil
	}
	m := map[string]types.Type{}
	for i, p := range params {
		if i < len(args) {
			m[p.Name] = args[i]
		}
	}
	return m
}

// through gives a type of an instance's machine the meaning that it has for
// those who use the instance: sort parameters become their arguments, and
// ranges whose ends only that machine knows become int.
func through(t types.Type, path []*types.Instance) types.Type {
	for i := len(path) - 1; i >= 0 && t != nil; i-- {
		t = throughOne(t, path[i])
	}
	return t
}

func throughOne(t types.Type, inst *types.Instance) types.Type {
	switch t := t.(type) {
	case *types.Sort:
		for i, p := range inst.Machine.Params {
			if p == types.Object(t.Obj) && i < len(inst.Args) && inst.Args[i].Type != nil {
				return inst.Args[i].Type
			}
		}
	case *types.Range:
		if !literalEnd(t.Lo) || !literalEnd(t.Hi) {
			return types.Int
		}
	case *types.Seq:
		if t.Max != nil && !literalEnd(t.Max) {
			return &types.Seq{Elem: throughOne(t.Elem, inst)}
		}
	case *types.Refined:
		return throughOne(t.Base, inst)
	case *types.Named:
		if len(t.Via) > 0 || t.Obj.Owner() == types.Object(inst.Machine) && ofInstance(t.Obj, inst.Machine) {
			t = &types.Named{Obj: t.Obj, Args: t.Args, Via: append([]*types.Instance{inst}, t.Via...)}
		}
		return types.Rebuild(t, func(t types.Type) types.Type { return throughOne(t, inst) })
	}
	return types.Rebuild(t, func(t types.Type) types.Type { return throughOne(t, inst) })
}

// ofInstance reports whether a type of machine m mentions what each instance
// of m has of its own: its sorts and constants.
func ofInstance(obj *types.TypeName, m *types.Machine) bool {
	var mentions func(t types.Type) bool
	mentions = func(t types.Type) bool {
		switch t := t.(type) {
		case *types.Range:
			return !literalEnd(t.Lo) || !literalEnd(t.Hi)
		case *types.Refined:
			return true
		case *types.Sort:
			return t.Obj.Owner() == types.Object(m)
		case *types.Named:
			if t.Obj.Owner() == types.Object(m) && ofInstance(t.Obj, m) {
				return true
			}
		case *types.Seq:
			if t.Max != nil && !literalEnd(t.Max) {
				return true
			}
		}
		found := false
		types.Rebuild(t, func(part types.Type) types.Type { found = found || mentions(part); return part })
		return found
	}
	for _, f := range allFields(obj) {
		if mentions(f.Type()) {
			return true
		}
	}
	return false
}

// allFields lists the fields of a struct, or of all variants of an enum.
func allFields(obj *types.TypeName) []*types.Field {
	fields := slices.Clone(obj.Fields)
	for _, v := range obj.Variants {
		fields = append(fields, v.Fields...)
	}
	return fields
}

// fieldType is the type that a field has in a value of type n.
func fieldType(n *types.Named, f *types.Field) types.Type {
	return through(substitute(f.T, binding(n.Obj.Params, n.Args)), n.Via)
}

func literalEnd(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.IntLit:
		return true
	case *ast.Unary:
		return e.Op == ast.Neg && literalEnd(e.X)
	case *ast.Paren:
		return literalEnd(e.X)
	}
	return false
}

// finite reports whether a type has finitely many values in every model, and
// otherwise which part of it has not.
func finite(t types.Type) (bool, types.Type) {
	switch t := t.(type) {
	case types.Basic:
		return t == types.Bool || t == types.Invalid, t
	case *types.Range, *types.Sort, *types.Param:
		return true, nil
	case *types.Named:
		return finiteNamed(t)
	case *types.Option:
		return finite(t.Elem)
	case *types.Set:
		return finite(t.Elem)
	case *types.Func:
		return finiteAll(t.Key, t.Elem)
	case *types.Map:
		return finiteAll(t.Key, t.Elem)
	case *types.Tuple:
		return finiteAll(t.Elems...)
	case *types.Refined:
		return finite(t.Base)
	case *types.Linear:
		return finite(t.Elem)
	case *types.Seq:
		if t.Max != nil {
			return finite(t.Elem)
		}
	}
	return false, t
}

func finiteAll(ts ...types.Type) (bool, types.Type) {
	for _, t := range ts {
		if ok, part := finite(t); !ok {
			return false, part
		}
	}
	return true, nil
}

func finiteNamed(t *types.Named) (bool, types.Type) {
	for _, f := range allFields(t.Obj) {
		if ok, part := finite(substitute(f.T, binding(t.Obj.Params, t.Args))); !ok {
			return false, part
		}
	}
	return true, nil
}
