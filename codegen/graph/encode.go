package graph

import (
	"strconv"
	"strings"

	"github.com/spec-lang/spec/ir"
)

// Encode appends a value as words with a space before each: a number as it
// is, a bool as 0 or 1, an element of a sort as its index, a string quoted; a
// sum as its variant and payload, a struct as its fields; a total function as
// its values in the order of the keys. Of other collections the first word is
// the number of elements: of a map, each key is followed by its value; of a
// bag, each element by its count.
func Encode(b *strings.Builder, v ir.Value) {
	encode(b, v, nil)
}

// EncodeAs is Encode for a value of type t: total functions, unlike maps, go
// without their keys.
func EncodeAs(b *strings.Builder, v ir.Value, t *ir.Type) { encode(b, v, t) }

func encode(b *strings.Builder, v ir.Value, t *ir.Type) {
	word := func(n int) { b.WriteString(" " + strconv.Itoa(n)) }
	elem, key := part(t, func(t *ir.Type) *ir.Type { return t.Elem }), part(t, func(t *ir.Type) *ir.Type { return t.Key })
	switch v := v.(type) {
	case ir.Bool:
		if v {
			word(1)
		} else {
			word(0)
		}
	case ir.Int:
		b.WriteString(" " + v.String())
	case ir.Str:
		b.WriteString(" " + quoted(string(v)))
	case ir.Elem:
		word(v.Index)
	case ir.SumValue:
		word(v.Variant)
		for i, a := range v.Args {
			encode(b, a, part(t, func(t *ir.Type) *ir.Type { return t.Variants[v.Variant].Fields[i].Type }))
		}
	case ir.StructValue:
		for i, f := range v.Fields {
			encode(b, f, part(t, func(t *ir.Type) *ir.Type { return t.Fields[i].Type }))
		}
	case ir.SetValue:
		word(len(v.Elems))
		for _, e := range v.Elems {
			encode(b, e, elem)
		}
	case ir.BagValue:
		word(len(v.Elems))
		for i, e := range v.Elems {
			encode(b, e, elem)
			word(v.Counts[i])
		}
	case ir.MapValue:
		total := t != nil && t.Kind == ir.FuncKind
		if !total {
			word(len(v.Keys))
		}
		for i, k := range v.Keys {
			if !total {
				encode(b, k, key)
			}
			encode(b, v.Vals[i], elem)
		}
	case ir.SeqValue:
		word(len(v.Elems))
		for _, e := range v.Elems {
			encode(b, e, elem)
		}
	}
}

func part(t *ir.Type, of func(*ir.Type) *ir.Type) *ir.Type {
	if t == nil {
		return nil
	}
	return of(t)
}

// quoted is a string without spaces: as in Go, with spaces escaped.
func quoted(s string) string {
	return strings.ReplaceAll(strconv.QuoteToASCII(s), " ", `\x20`)
}
