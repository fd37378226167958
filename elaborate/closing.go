package elaborate

import (
	"math/big"
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/typecheck/types"
)

// namedKey identifies an instance of an enum or struct. The machine instance
// matters only to types that mention a sort or constant of their machine.
type namedKey struct {
	obj  *types.TypeName
	in   *instance // nil where it does not matter
	args string
}

// typ closes a type: constants become numbers, type parameters and sorts what
// they stand for.
func (s *scope) typ(t types.Type) *ir.Type {
	b := s.b
	switch t := t.(type) {
	case types.Basic:
		return b.basic(t)
	case *types.Range:
		return s.rangeType(t)
	case *types.Sort:
		return b.sortType(s.in, t.Obj)
	case *types.Named:
		return s.namedType(t)
	case *types.Option:
		return s.elem(t.Elem, b.t.Option)
	case *types.Set:
		return s.elem(t.Elem, b.t.Set)
	case *types.Bag:
		return s.elem(t.Elem, b.t.Bag)
	case *types.Seq:
		return s.seqType(t)
	case *types.Func:
		return s.totalFunc(t)
	case *types.Map:
		return s.keyed(t.Key, t.Elem, b.t.Map)
	case *types.Tuple:
		elems := make([]*ir.Type, len(t.Elems))
		for i, e := range t.Elems {
			elems[i] = s.typ(e)
			if elems[i] == b.invalid {
				return b.invalid
			}
		}
		return b.t.Tuple(elems...)
	case *types.Refined:
		return s.typ(t.Base)
	case *types.Linear:
		return s.typ(t.Elem)
	case *types.Param:
		if closed := s.targs[t.Name]; closed != nil {
			return closed
		}
	}
	return b.invalid
}

func (b *builder) basic(t types.Basic) *ir.Type {
	switch t {
	case types.Bool:
		return b.t.Bool()
	case types.Int:
		return b.t.Int()
	case types.String:
		return b.t.String()
	case types.Duration:
		return b.t.Duration()
	case types.Instant:
		return b.t.Instant()
	}
	return b.invalid
}

func (s *scope) elem(elem types.Type, of func(*ir.Type) *ir.Type) *ir.Type {
	if e := s.typ(elem); e != s.b.invalid {
		return of(e)
	}
	return s.b.invalid
}

func (s *scope) keyed(key, elem types.Type, of func(k, e *ir.Type) *ir.Type) *ir.Type {
	k, e := s.typ(key), s.typ(elem)
	if k == s.b.invalid || e == s.b.invalid {
		return s.b.invalid
	}
	return of(k, e)
}

// totalFunc closes a type whose values have all of its keys.
func (s *scope) totalFunc(t *types.Func) *ir.Type {
	closed := s.keyed(t.Key, t.Elem, s.b.t.Func)
	if closed == s.b.invalid {
		return closed
	}
	if n, finite := ir.Card(closed.Key); finite && n.Cmp(big.NewInt(ir.MaxElems)) > 0 {
		s.b.tooManyKeys(t, n)
		return s.b.invalid
	}
	return closed
}

func (s *scope) rangeType(t *types.Range) *ir.Type {
	lo, ok := s.constInt(t.Lo)
	hi, ok2 := s.constInt(t.Hi)
	if !ok || !ok2 {
		return s.b.invalid
	}
	if lo.Cmp(hi) > 0 {
		s.b.noValues(t, lo, hi)
		return s.b.invalid
	}
	return s.b.t.Range(lo, hi)
}

// maxSeq is the largest bound of a sequence type that means anything.
const maxSeq = 1 << 24

func (s *scope) seqType(t *types.Seq) *ir.Type {
	elem := s.typ(t.Elem)
	if elem == s.b.invalid {
		return elem
	}
	if t.Max == nil {
		return s.b.t.Seq(elem, -1)
	}
	n, ok := s.constInt(t.Max)
	if !ok {
		return s.b.invalid
	}
	if n.Sign() < 0 || !n.IsInt64() || n.Int64() > maxSeq {
		s.b.badLength(t.Max, n)
		return s.b.invalid
	}
	return s.b.t.Seq(elem, int(n.Int64()))
}

// namedType returns an instance of a declared enum, struct or type.
func (s *scope) namedType(t *types.Named) *ir.Type {
	b := s.b
	in := b.home(s.in, t.Obj)
	if len(t.Via) > 0 {
		in = s.in.at(t.Via)
	}
	targs := map[string]*ir.Type{}
	var suffix strings.Builder
	for i, a := range t.Args {
		closed := s.typ(a)
		if closed == b.invalid {
			return b.invalid
		}
		if i < len(t.Obj.Params) {
			targs[t.Obj.Params[i].Name] = closed
		}
		suffix.WriteString("_" + identifier(closed.String()))
	}
	inner := &scope{b: b, in: in, targs: targs}
	if t.Obj.Alias != nil {
		return inner.typ(t.Obj.Alias)
	}
	k := namedKey{obj: t.Obj, args: suffix.String()}
	name := t.Obj.Name() + suffix.String()
	if b.dependsOnMachine(t.Obj) {
		k.in, name = in, in.prefix+name
	}
	if old := b.named[k]; old != nil {
		return old
	}
	return b.newNamed(inner, t.Obj, k, name)
}

func (b *builder) newNamed(s *scope, obj *types.TypeName, k namedKey, name string) *ir.Type {
	name = b.unique(name, obj)
	var typ *ir.Type
	if len(obj.Variants) > 0 {
		typ = b.t.Sum(name, nil)
	} else {
		typ = b.t.Struct(name, nil)
	}
	if len(obj.Params) > 0 {
		typ.Generic = name[:len(name)-len(k.args)]
	}
	b.named[k] = typ
	b.namedAt[typ] = obj.Span()
	for _, v := range obj.Variants {
		typ.Variants = append(typ.Variants, ir.Variant{Name: v.Name(), Fields: s.fields(v.Fields)})
	}
	if len(obj.Variants) == 0 {
		typ.Fields = s.fields(obj.Fields)
	}
	b.sys.Named = append(b.sys.Named, typ)
	return typ
}

func (s *scope) fields(fields []*types.Field) []ir.Field {
	out := make([]ir.Field, len(fields))
	for i, f := range fields {
		out[i] = ir.Field{Name: f.Name(), Type: s.typ(f.Type())}
	}
	return out
}

// identifier makes an identifier of the text of a type: `set[Node]` becomes
// set_Node.
func identifier(text string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 127 {
			return r
		}
		return '_'
	}, text), "_")
}

// dependsOnMachine reports whether a type declared in a machine mentions a
// sort or constant of it, so that each instance of the machine has its own.
func (b *builder) dependsOnMachine(obj *types.TypeName) bool {
	if _, ok := obj.Owner().(*types.Machine); !ok {
		return false
	}
	if known, ok := b.depends[obj]; ok {
		return known
	}
	b.depends[obj] = false
	found := obj.Alias != nil && b.mentionsMachine(obj.Alias)
	for _, f := range obj.Fields {
		found = found || b.mentionsMachine(f.Type())
	}
	for _, v := range obj.Variants {
		for _, f := range v.Fields {
			found = found || b.mentionsMachine(f.Type())
		}
	}
	b.depends[obj] = found
	return found
}

func (b *builder) mentionsMachine(t types.Type) bool {
	switch t := t.(type) {
	case *types.Range, *types.Refined:
		return true
	case *types.Sort:
		_, ok := t.Obj.Owner().(*types.Machine)
		return ok
	case *types.Named:
		found := b.dependsOnMachine(t.Obj)
		for _, a := range t.Args {
			found = found || b.mentionsMachine(a)
		}
		return found
	case *types.Option:
		return b.mentionsMachine(t.Elem)
	case *types.Set:
		return b.mentionsMachine(t.Elem)
	case *types.Bag:
		return b.mentionsMachine(t.Elem)
	case *types.Seq:
		return t.Max != nil || b.mentionsMachine(t.Elem)
	case *types.Linear:
		return b.mentionsMachine(t.Elem)
	case *types.Func:
		return b.mentionsMachine(t.Key) || b.mentionsMachine(t.Elem)
	case *types.Map:
		return b.mentionsMachine(t.Key) || b.mentionsMachine(t.Elem)
	case *types.Tuple:
		for _, e := range t.Elems {
			if b.mentionsMachine(e) {
				return true
			}
		}
	}
	return false
}
