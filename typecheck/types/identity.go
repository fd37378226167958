package types

import "slices"

// Identical reports whether a and b are the same type. Ranges and bounds are
// the same if their ends are written alike. Refined types are the same only
// if they come from one declaration.
func Identical(a, b Type) bool {
	if a == b {
		return true
	}
	switch a := a.(type) {
	case *Range:
		b, ok := b.(*Range)
		return ok && a.String() == b.String()
	case *Sort:
		b, ok := b.(*Sort)
		return ok && a.Obj == b.Obj
	case *Named:
		b, ok := b.(*Named)
		return ok && a.Obj == b.Obj && slices.Equal(a.Via, b.Via) && slices.EqualFunc(a.Args, b.Args, Identical)
	case *Option:
		b, ok := b.(*Option)
		return ok && Identical(a.Elem, b.Elem)
	case *Set:
		b, ok := b.(*Set)
		return ok && Identical(a.Elem, b.Elem)
	case *Bag:
		b, ok := b.(*Bag)
		return ok && Identical(a.Elem, b.Elem)
	case *Func:
		b, ok := b.(*Func)
		return ok && Identical(a.Key, b.Key) && Identical(a.Elem, b.Elem)
	case *Map:
		b, ok := b.(*Map)
		return ok && Identical(a.Key, b.Key) && Identical(a.Elem, b.Elem)
	case *Seq:
		b, ok := b.(*Seq)
		return ok && Identical(a.Elem, b.Elem) && sameBound(a, b)
	case *Tuple:
		b, ok := b.(*Tuple)
		return ok && slices.EqualFunc(a.Elems, b.Elems, Identical)
	case *Refined:
		b, ok := b.(*Refined)
		return ok && a.Decl == b.Decl && Identical(a.Base, b.Base) && slices.EqualFunc(a.Values, b.Values, sameValue)
	case *Linear:
		b, ok := b.(*Linear)
		return ok && Identical(a.Elem, b.Elem)
	case *Param:
		b, ok := b.(*Param)
		return ok && a.Name == b.Name
	}
	return false
}

func sameValue(a, b Value) bool { return a.Param == b.Param && exprText(a.Arg) == exprText(b.Arg) }

func sameBound(a, b *Seq) bool {
	if a.Max == nil || b.Max == nil {
		return a.Max == nil && b.Max == nil
	}
	return exprText(a.Max) == exprText(b.Max)
}

// Rebuild returns t with f applied to each of its direct parts, and t itself if
// nothing changed. Types without parts come back as they are.
func Rebuild(t Type, f func(Type) Type) Type {
	switch t := t.(type) {
	case *Named:
		if args, changed := mapAll(t.Args, f); changed {
			return &Named{t.Obj, args, t.Via}
		}
	case *Option:
		if e := f(t.Elem); e != t.Elem {
			return &Option{e}
		}
	case *Set:
		if e := f(t.Elem); e != t.Elem {
			return &Set{e}
		}
	case *Bag:
		if e := f(t.Elem); e != t.Elem {
			return &Bag{e}
		}
	case *Func:
		if k, e := f(t.Key), f(t.Elem); k != t.Key || e != t.Elem {
			return &Func{k, e}
		}
	case *Map:
		if k, e := f(t.Key), f(t.Elem); k != t.Key || e != t.Elem {
			return &Map{k, e}
		}
	case *Seq:
		if e := f(t.Elem); e != t.Elem {
			return &Seq{e, t.Max}
		}
	case *Tuple:
		if elems, changed := mapAll(t.Elems, f); changed {
			return &Tuple{elems}
		}
	case *Refined:
		if b := f(t.Base); b != t.Base {
			return &Refined{b, t.Decl, t.Values, t.Written}
		}
	case *Linear:
		if e := f(t.Elem); e != t.Elem {
			return &Linear{e}
		}
	}
	return t
}

func mapAll(ts []Type, f func(Type) Type) (out []Type, changed bool) {
	out = make([]Type, len(ts))
	for i, t := range ts {
		out[i] = f(t)
		changed = changed || out[i] != t
	}
	return out, changed
}
