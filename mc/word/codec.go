package word

import (
	"math/bits"
	"slices"

	"github.com/spec-lang/spec/ir"
)

// Encode returns the word of a value of the type of r.
func (r *Rep) Encode(v ir.Value) uint64 {
	switch v := v.(type) {
	case ir.Bool:
		if v {
			return 1
		}
		return 0
	case ir.Int:
		if r.Form == Integer {
			return r.pool.BigInt(v.Int)
		}
		return uint64(v.Int64() - r.Lo)
	case ir.Str:
		return r.String(string(v))
	case ir.Elem:
		return uint64(v.Index)
	case ir.SumValue:
		return r.Sum(v.Variant, encodeFields(v.Args, r.Variants[v.Variant]))
	case ir.StructValue:
		return r.Struct(encodeFields(v.Fields, r.Fields))
	case ir.SetValue:
		words := encodeAll(v.Elems, r.Elem)
		if r.Form == Packed {
			return r.Mask(words)
		}
		return r.node(words)
	case ir.BagValue:
		words := encodeAll(v.Elems, r.Elem)
		for _, n := range v.Counts {
			words = append(words, uint64(n))
		}
		return r.node(words)
	case ir.MapValue:
		if r.Type.Kind == ir.FuncKind {
			return r.Func(encodeAll(v.Vals, r.Elem))
		}
		return r.node(append(encodeAll(v.Keys, r.Key), encodeAll(v.Vals, r.Elem)...))
	case ir.SeqValue:
		return r.Seq(encodeAll(v.Elems, r.Elem))
	}
	panic("word: a value of unknown kind")
}

func (r *Rep) node(words []uint64) uint64 { return uint64(r.pool.Intern(words)) }

func encodeAll(vs []ir.Value, r *Rep) []uint64 {
	words := make([]uint64, len(vs))
	for i, v := range vs {
		words[i] = r.Encode(v)
	}
	return words
}

func encodeFields(vs []ir.Value, parts []Part) []uint64 {
	words := make([]uint64, len(vs))
	for i, v := range vs {
		words[i] = parts[i].Rep.Encode(v)
	}
	return words
}

// String returns the word of a string.
func (r *Rep) String(s string) uint64 {
	words := make([]uint64, 1+(len(s)+7)/8)
	words[0] = uint64(len(s))
	for i := range len(s) {
		words[1+i/8] |= uint64(s[i]) << (i % 8 * 8)
	}
	return r.node(words)
}

// Text returns the string of a word.
func (r *Rep) Text(w uint64) string {
	words := r.pool.Words(uint32(w))
	if len(words) == 0 {
		return ""
	}
	b := make([]byte, words[0])
	for i := range b {
		b[i] = byte(words[1+i/8] >> (i % 8 * 8))
	}
	return string(b)
}

// Sum returns the word of a variant with the given fields.
func (r *Rep) Sum(variant int, fields []uint64) uint64 {
	if r.Form == Packed {
		w := uint64(variant) << r.Payload
		for i, p := range r.Variants[variant] {
			w |= fields[i] << p.Shift
		}
		return w
	}
	var buf [8]uint64
	return r.node(append(append(buf[:0], uint64(variant)), fields...))
}

// Variant returns the variant of a word.
func (r *Rep) Variant(w uint64) int {
	if r.Form == Packed {
		return int(w >> r.Payload)
	}
	return int(r.pool.Words(uint32(w))[0])
}

// Struct returns the word of a struct with the given fields.
func (r *Rep) Struct(fields []uint64) uint64 {
	if r.Form != Packed {
		return r.node(fields)
	}
	w := uint64(0)
	for i, p := range r.Fields {
		w |= fields[i] << p.Shift
	}
	return w
}

// Part returns a field of a struct or of a variant.
func (r *Rep) Part(w uint64, p Part) uint64 {
	if r.Form == Packed {
		return p.Get(w)
	}
	return r.pool.Words(uint32(w))[p.Index]
}

// Mask returns the word of a packed set with the given elements.
func (r *Rep) Mask(elems []uint64) uint64 {
	w := uint64(0)
	for _, e := range elems {
		w |= 1 << r.Elems.Rank(e)
	}
	return w
}

// Func returns the word of a total function with the given values, in order
// of their keys.
func (r *Rep) Func(vals []uint64) uint64 {
	if r.Form != Packed {
		return r.node(vals)
	}
	w := uint64(0)
	for _, v := range vals {
		w = w<<r.Elem.Bits | v
	}
	return w
}

// Seq returns the word of a sequence.
func (r *Rep) Seq(elems []uint64) uint64 {
	if r.Form != Packed {
		return r.node(elems)
	}
	w := uint64(len(elems))
	for i, e := range elems {
		w |= e << r.Item(i).Shift
	}
	return w
}

// Elements appends to buf what a binder over a set, bag or sequence binds.
func (r *Rep) Elements(buf []uint64, w uint64) []uint64 {
	switch {
	case r.Type.Kind == ir.SetKind && r.Form == Packed:
		for ; w != 0; w &= w - 1 {
			buf = append(buf, r.Elems.Word(bits.TrailingZeros64(w)))
		}
		return buf
	case r.Type.Kind == ir.SeqKind && r.Form == Packed:
		for i := range int(w & r.Len.Mask) {
			buf = append(buf, r.Item(i).Get(w))
		}
		return buf
	case r.Type.Kind == ir.BagKind:
		words := r.pool.Words(uint32(w))
		return append(buf, words[:len(words)/2]...)
	}
	return append(buf, r.pool.Words(uint32(w))...)
}

// Values appends to buf the values of a total function in order of the keys.
func (r *Rep) Values(buf []uint64, w uint64) []uint64 {
	if r.Form != Packed {
		return append(buf, r.pool.Words(uint32(w))...)
	}
	for i := range r.Keys.Len() {
		buf = append(buf, r.At(i).Get(w))
	}
	return buf
}

// Decode returns the value of a word.
func (r *Rep) Decode(w uint64) ir.Value {
	t := r.Type
	switch t.Kind {
	case ir.BoolKind:
		return ir.Bool(w != 0)
	case ir.IntKind, ir.DurationKind, ir.InstantKind, ir.RangeKind:
		if r.Form == Packed {
			return ir.NewInt(int64(w) + r.Lo)
		}
		return ir.Int{Int: r.pool.Big(w)}
	case ir.StringKind:
		return ir.Str(r.Text(w))
	case ir.SortKind:
		return ir.Elem{Sort: t.Sort, Index: int(w)}
	case ir.SumKind:
		n := r.Variant(w)
		return ir.SumValue{Type: t, Variant: n, Args: r.decodeParts(w, r.Variants[n])}
	case ir.StructKind:
		return ir.StructValue{Type: t, Fields: r.decodeParts(w, r.Fields)}
	case ir.SetKind:
		return ir.SetValue{Elems: decodeAll(r.Elements(nil, w), r.Elem)}
	case ir.BagKind:
		words := r.pool.Words(uint32(w))
		b := ir.BagValue{Elems: decodeAll(words[:len(words)/2], r.Elem)}
		for _, n := range words[len(words)/2:] {
			b.Counts = append(b.Counts, int(n))
		}
		return b
	case ir.FuncKind:
		m := ir.MapValue{Vals: decodeAll(r.Values(nil, w), r.Elem)}
		for i := range r.Keys.Len() {
			m.Keys = append(m.Keys, r.Key.Decode(r.Keys.Word(i)))
		}
		return m
	case ir.MapKind:
		words := r.pool.Words(uint32(w))
		n := len(words) / 2
		return ir.MapValue{Keys: decodeAll(words[:n], r.Key), Vals: decodeAll(words[n:], r.Elem)}
	case ir.SeqKind:
		return ir.SeqValue{Elems: decodeAll(r.Elements(nil, w), r.Elem)}
	}
	panic("word: a type of unknown kind")
}

func (r *Rep) decodeParts(w uint64, parts []Part) []ir.Value {
	var vs []ir.Value
	for _, p := range parts {
		vs = append(vs, p.Rep.Decode(r.Part(w, p)))
	}
	return vs
}

func decodeAll(words []uint64, r *Rep) []ir.Value {
	var vs []ir.Value
	for _, w := range words {
		vs = append(vs, r.Decode(w))
	}
	return vs
}

// Zero returns the word of some value of the type of r, if it has any.
func (r *Rep) Zero() uint64 {
	if r.Form != Node {
		return 0
	}
	zeros := func(parts []Part) []uint64 {
		words := make([]uint64, len(parts))
		for i, p := range parts {
			words[i] = p.Rep.Zero()
		}
		return words
	}
	switch r.Type.Kind {
	case ir.StringKind:
		return r.String("")
	case ir.SumKind:
		return r.Sum(0, zeros(r.Variants[0]))
	case ir.StructKind:
		return r.Struct(zeros(r.Fields))
	case ir.FuncKind:
		if r.Keys != nil {
			return r.Func(slices.Repeat([]uint64{r.Elem.Zero()}, r.Keys.Len()))
		}
	}
	return 0
}
