package ir

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// Value is a value of the language. Values are immutable and compared by
// Compare; two values of one type are the same exactly if Compare says 0.
type Value interface{ value() }

// Values.
type (
	// Bool is a bool.
	Bool bool
	// Int is a value of a numeric type: int, range, duration or instant.
	Int struct{ *big.Int }
	// Str is a string.
	Str string
	// Elem is element Index of a sort.
	Elem struct {
		Sort  *Sort
		Index int
	}
	// SumValue is a value of an enum or option.
	SumValue struct {
		Type    *Type
		Variant int
		Args    []Value
	}
	// StructValue is a struct or tuple.
	StructValue struct {
		Type   *Type
		Fields []Value
	}
	// SetValue holds distinct elements in canonical order.
	SetValue struct{ Elems []Value }
	// BagValue holds distinct elements in canonical order with their counts,
	// each at least 1.
	BagValue struct {
		Elems  []Value
		Counts []int
	}
	// MapValue is a total or partial function: distinct keys in canonical
	// order, each with its value.
	MapValue struct {
		Keys []Value
		Vals []Value
	}
	// SeqValue is a sequence.
	SeqValue struct{ Elems []Value }
)

func (Bool) value()        {}
func (Int) value()         {}
func (Str) value()         {}
func (Elem) value()        {}
func (SumValue) value()    {}
func (StructValue) value() {}
func (SetValue) value()    {}
func (BagValue) value()    {}
func (MapValue) value()    {}
func (SeqValue) value()    {}

// NewInt returns the integer n.
func NewInt(n int64) Int { return Int{big.NewInt(n)} }

// Compare orders two values of one type canonically: false before true,
// integers by size, strings by bytes, elements of a sort by index, sums by
// variant and then by payload, structs and sequences lexicographically, sets,
// bags and maps as the sequence of their elements in order.
func Compare(a, b Value) int {
	switch a := a.(type) {
	case Bool:
		return compareBool(bool(a), bool(b.(Bool)))
	case Int:
		return a.Cmp(b.(Int).Int)
	case Str:
		return cmp.Compare(a, b.(Str))
	case Elem:
		return cmp.Compare(a.Index, b.(Elem).Index)
	case SumValue:
		b := b.(SumValue)
		if a.Variant != b.Variant { // payloads of different types do not compare
			return cmp.Compare(a.Variant, b.Variant)
		}
		return slices.CompareFunc(a.Args, b.Args, Compare)
	case StructValue:
		return slices.CompareFunc(a.Fields, b.(StructValue).Fields, Compare)
	case SetValue:
		return slices.CompareFunc(a.Elems, b.(SetValue).Elems, Compare)
	case BagValue:
		b := b.(BagValue)
		return cmp.Or(slices.CompareFunc(a.Elems, b.Elems, Compare), slices.Compare(a.Counts, b.Counts))
	case MapValue:
		b := b.(MapValue)
		return cmp.Or(slices.CompareFunc(a.Keys, b.Keys, Compare), slices.CompareFunc(a.Vals, b.Vals, Compare))
	case SeqValue:
		return slices.CompareFunc(a.Elems, b.(SeqValue).Elems, Compare)
	}
	panic("ir.Compare: nil value")
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// Equal reports whether two values of one type are the same.
func Equal(a, b Value) bool { return Compare(a, b) == 0 }

// MakeSet returns the set of the given values; it takes the slice.
func MakeSet(elems []Value) SetValue {
	slices.SortFunc(elems, Compare)
	return SetValue{slices.CompactFunc(elems, Equal)}
}

// Contains reports whether v is in the set.
func (s SetValue) Contains(v Value) bool {
	_, ok := slices.BinarySearchFunc(s.Elems, v, Compare)
	return ok
}

// Lookup returns the value of a key and whether there is one.
func (m MapValue) Lookup(key Value) (Value, bool) {
	i, ok := slices.BinarySearchFunc(m.Keys, key, Compare)
	if !ok {
		return nil, false
	}
	return m.Vals[i], true
}

// Format returns a value as it is written in the language, for one whose type
// does not matter. Durations are written as their integer of nanoseconds;
// FormatAs knows better.
func Format(v Value) string { return FormatAs(v, nil) }

// FormatAs returns a value of type t as it is written in the language. A nil
// t says nothing.
func FormatAs(v Value, t *Type) string {
	switch v := v.(type) {
	case Bool:
		return strconv.FormatBool(bool(v))
	case Int:
		if t != nil && (t.Kind == DurationKind || t.Kind == InstantKind) {
			return formatDuration(v.Int)
		}
		return v.String()
	case Str:
		return strconv.Quote(string(v))
	case Elem:
		return v.Sort.Elems[v.Index]
	case SumValue:
		variant := v.Type.Variants[v.Variant]
		if len(v.Args) == 0 {
			return variant.Name
		}
		parts := make([]string, len(v.Args))
		for i, a := range v.Args {
			parts[i] = FormatAs(a, variant.Fields[i].Type)
		}
		return variant.Name + "(" + strings.Join(parts, ", ") + ")"
	case StructValue:
		return formatStruct(v)
	case SetValue:
		return "{" + formatAll(v.Elems, t.elem()) + "}"
	case BagValue:
		return formatBag(v, t.elem())
	case MapValue:
		parts := make([]string, len(v.Keys))
		for i, k := range v.Keys {
			parts[i] = FormatAs(k, t.key()) + ": " + FormatAs(v.Vals[i], t.elem())
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case SeqValue:
		return "[" + formatAll(v.Elems, t.elem()) + "]"
	}
	return "?"
}

func (t *Type) elem() *Type {
	if t == nil {
		return nil
	}
	return t.Elem
}

func (t *Type) key() *Type {
	if t == nil {
		return nil
	}
	return t.Key
}

func formatAll(vs []Value, t *Type) string {
	parts := make([]string, len(vs))
	for i, v := range vs {
		parts[i] = FormatAs(v, t)
	}
	return strings.Join(parts, ", ")
}

func formatStruct(v StructValue) string {
	parts := make([]string, len(v.Fields))
	for i, f := range v.Fields {
		parts[i] = FormatAs(f, v.Type.Fields[i].Type)
		if !v.Type.IsTuple() {
			parts[i] = v.Type.Fields[i].Name + ": " + parts[i]
		}
	}
	return v.Type.Name + "(" + strings.Join(parts, ", ") + ")"
}

func formatBag(v BagValue, t *Type) string {
	var all []Value
	for i, e := range v.Elems {
		for range v.Counts[i] {
			all = append(all, e)
		}
	}
	return "{" + formatAll(all, t) + "}"
}

// units of durations, largest first.
var units = []struct {
	name string
	nano int64
}{{"h", 3_600_000_000_000}, {"min", 60_000_000_000}, {"s", 1_000_000_000}, {"ms", 1_000_000}, {"us", 1_000}, {"ns", 1}}

// formatDuration writes nanoseconds in the largest unit that leaves nothing.
func formatDuration(n *big.Int) string {
	if n.Sign() == 0 {
		return "0s"
	}
	for _, u := range units {
		q, r := new(big.Int).QuoRem(n, big.NewInt(u.nano), new(big.Int))
		if r.Sign() == 0 {
			return q.String() + u.name
		}
	}
	return n.String() + "ns"
}
