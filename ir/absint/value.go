package absint

import (
	"math/big"
	"slices"
	"strings"

	"github.com/spec-lang/spec/ir"
)

// Value is a set of values of one type: what an expression may be. It is
// immutable. Up to maxListed values are listed one by one; more are described by
// their parts:
//
//   - a number by a Num, an element of a sort by that of its index;
//   - a sum by its variants, with a Value for each field of a possible one
//     (an option that is never none has one variant);
//   - a struct by its fields; a function by the value of each key, or one for
//     all keys if they are many;
//   - a set, bag, sequence or map by its length, what its elements (the keys
//     of a map) may be, and which are certainly in it.
type Value struct {
	shape  *shape
	listed bool
	few    []ir.Value // if listed, in canonical order

	num   Num        // the number; length of a string or collection
	elem  *Value     // of a set, bag or sequence: its elements; of a map: its keys
	must  []ir.Value // of a set, bag or map: certain elements or keys, in order
	parts []*Value   // of a struct: fields; of a function or map: values
	alts  [][]*Value // of a sum: fields by variant, nil if it is not possible
}

// Type returns the type of the values.
func (v *Value) Type() *ir.Type { return v.shape.t }

// Empty reports whether there is no value at all.
func (v *Value) Empty() bool { return v.listed && len(v.few) == 0 }

// Single returns the only value, nil if there are others or none.
func (v *Value) Single() ir.Value {
	if v.listed && len(v.few) == 1 {
		return v.few[0]
	}
	return nil
}

// List returns the values in canonical order, if they are listed.
func (v *Value) List() ([]ir.Value, bool) { return v.few, v.listed }

// Num returns what is known of a number, nothing of other types.
func (v *Value) Num() (Num, bool) {
	if !v.shape.t.IsNumeric() {
		return Num{}, false
	}
	return v.number(), true
}

// Length is how many elements a collection may have, or bytes a string.
func (v *Value) Length() Num { return v.length() }

// single is the Value of one value.
func (s *shape) single(v ir.Value) *Value {
	if b, ok := v.(ir.Bool); ok {
		if b {
			return s.bools[1]
		}
		return s.bools[0]
	}
	return &Value{shape: s, listed: true, few: []ir.Value{v}}
}

// list is the Value of the given values, in any order; it takes the slice.
func (s *shape) list(vs []ir.Value) *Value {
	if len(vs) == 1 {
		return s.single(vs[0])
	}
	vs = ir.MakeSet(vs).Elems
	if len(vs) <= s.most {
		return &Value{shape: s, listed: true, few: vs}
	}
	out := s.bottom
	for _, v := range vs {
		out = out.join(s.single(v).loosened())
	}
	return out
}

// numeric is the Value of a numeric type or of indices of a sort.
func (s *shape) numeric(n Num) *Value {
	return (&Value{shape: s, num: n}).norm()
}

func (v *Value) number() Num {
	if !v.listed {
		return v.num
	}
	n := Num{none: true}
	for _, x := range v.few {
		n = n.join(numberOf(x))
	}
	return n
}

func numberOf(v ir.Value) Num {
	if e, ok := v.(ir.Elem); ok {
		return count(e.Index)
	}
	return exactly(v.(ir.Int).Int)
}

// loosened describes values, if there are any, by their parts.
func (v *Value) loosened() *Value {
	if !v.listed || len(v.few) == 0 {
		return v
	}
	out := v.shape.describe(v.few[0])
	for _, x := range v.few[1:] {
		out = out.joinParts(v.shape.describe(x))
	}
	return out
}

// describe is the Value of one value by its parts.
func (s *shape) describe(x ir.Value) *Value {
	v := &Value{shape: s}
	switch x := x.(type) {
	case ir.Int:
		v.num = exactly(x.Int)
	case ir.Elem:
		v.num = count(x.Index)
	case ir.Str:
		v.num = count(len(x))
	case ir.SumValue:
		v.alts = make([][]*Value, len(s.alts))
		v.alts[x.Variant] = singles(s.alts[x.Variant], x.Args)
	case ir.StructValue:
		v.parts = singles(s.fields, x.Fields)
	case ir.SetValue:
		v.num, v.elem, v.must = count(size(x)), s.elem.list(slices.Clone(x.Elems)), certain(x.Elems)
	case ir.BagValue:
		v.num, v.elem, v.must = count(size(x)), s.elem.list(slices.Clone(x.Elems)), certain(x.Elems)
	case ir.SeqValue:
		v.num, v.elem = count(size(x)), s.elem.list(slices.Clone(x.Elems))
	case ir.MapValue:
		s.describeMap(v, x)
	}
	return v
}

// size is the length of a collection.
func size(x ir.Value) int {
	bag, ok := x.(ir.BagValue)
	if !ok {
		return len(elements(x))
	}
	n := 0
	for _, c := range bag.Counts {
		n += c
	}
	return n
}

func (s *shape) describeMap(v *Value, x ir.MapValue) {
	if s.t.Kind == ir.MapKind {
		v.num, v.elem, v.must = count(size(x)), s.key.list(slices.Clone(x.Keys)), certain(x.Keys)
	}
	v.parts = slices.Repeat([]*Value{s.elem.bottom}, s.width())
	for i, k := range x.Keys {
		at := s.slot(k)
		v.parts[at] = v.parts[at].join(s.elem.single(x.Vals[i]))
	}
}

// maxCertain is how many certain elements are kept.
const maxCertain = 64

func certain(vs []ir.Value) []ir.Value { return vs[:min(len(vs), maxCertain)] }

func singles(shapes []*shape, vs []ir.Value) []*Value {
	out := make([]*Value, len(vs))
	for i, v := range vs {
		out[i] = shapes[i].single(v)
	}
	return out
}

// Has reports whether x, a value of the type, is one of the values.
func (v *Value) Has(x ir.Value) bool {
	if v.listed {
		_, ok := slices.BinarySearchFunc(v.few, x, ir.Compare)
		return ok
	}
	switch x := x.(type) {
	case ir.Int, ir.Elem:
		return v.num.Has(numberOf(x).Lo)
	case ir.Str:
		return v.num.Has(big.NewInt(int64(len(x))))
	case ir.SumValue:
		return v.alts[x.Variant] != nil && haveAll(v.alts[x.Variant], x.Args)
	case ir.StructValue:
		return haveAll(v.parts, x.Fields)
	}
	sized := v.shape.t.Kind != ir.FuncKind
	return (!sized || v.num.Has(big.NewInt(int64(size(x)))) && within(v.must, x)) && v.hasElements(x)
}

func haveAll(vs []*Value, xs []ir.Value) bool {
	for i, x := range xs {
		if !vs[i].Has(x) {
			return false
		}
	}
	return true
}

func within(must []ir.Value, x ir.Value) bool {
	elems := elements(x)
	return !slices.ContainsFunc(must, func(m ir.Value) bool {
		_, ok := slices.BinarySearchFunc(elems, m, ir.Compare)
		return !ok
	})
}

// elements are the elements of a collection, of a map its keys.
func elements(x ir.Value) []ir.Value {
	switch x := x.(type) {
	case ir.SetValue:
		return x.Elems
	case ir.BagValue:
		return x.Elems
	case ir.SeqValue:
		return x.Elems
	case ir.MapValue:
		return x.Keys
	}
	return nil
}

func (v *Value) hasElements(x ir.Value) bool {
	if v.elem != nil && slices.ContainsFunc(elements(x), func(e ir.Value) bool { return !v.elem.Has(e) }) {
		return false
	}
	if m, ok := x.(ir.MapValue); ok {
		for i, k := range m.Keys {
			if !v.parts[v.shape.slot(k)].Has(m.Vals[i]) {
				return false
			}
		}
	}
	return true
}

// String describes the values as people would.
func (v *Value) String() string {
	if v.listed {
		parts := make([]string, len(v.few))
		for i, x := range v.few {
			parts[i] = ir.FormatAs(x, v.shape.t)
		}
		if len(parts) == 0 {
			return "nothing"
		}
		return strings.Join(parts, ", ")
	}
	switch v.shape.t.Kind {
	case ir.IntKind, ir.DurationKind, ir.InstantKind, ir.RangeKind:
		return v.num.String()
	case ir.SetKind, ir.BagKind, ir.SeqKind, ir.MapKind:
		return v.num.String() + " elements"
	}
	return "a value of " + v.shape.t.String()
}
