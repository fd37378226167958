package word

import (
	"cmp"
	"math/bits"

	"github.com/spec-lang/spec/ir"
)

// Compare orders words of r as ir.Compare orders their values.
func (r *Rep) Compare(a, b uint64) int {
	switch {
	case a == b:
		return 0
	case r.Numeric:
		return cmp.Compare(a, b)
	case r.Form == Integer:
		return r.pool.CompareInt(a, b)
	}
	switch r.Type.Kind {
	case ir.StringKind:
		return cmp.Compare(r.Text(a), r.Text(b))
	case ir.SumKind:
		n, m := r.Variant(a), r.Variant(b)
		if n != m {
			return cmp.Compare(n, m)
		}
		return r.compareParts(a, b, r.Variants[n])
	case ir.StructKind:
		return r.compareParts(a, b, r.Fields)
	case ir.SetKind:
		if r.Form == Packed {
			return compareMasks(a, b)
		}
	case ir.BagKind:
		return r.compareRows(a, b, r.Elem, nil)
	case ir.MapKind:
		return r.compareRows(a, b, r.Key, r.Elem)
	case ir.FuncKind:
		if r.Form == Packed {
			return r.compareVals(a, b)
		}
	case ir.SeqKind:
		if r.Form == Packed {
			return r.compareItems(a, b)
		}
	}
	return compareAll(r.pool.Words(uint32(a)), r.pool.Words(uint32(b)), r.Elem)
}

func (r *Rep) compareParts(a, b uint64, parts []Part) int {
	for _, p := range parts {
		if c := p.Rep.Compare(r.Part(a, p), r.Part(b, p)); c != 0 {
			return c
		}
	}
	return 0
}

// compareMasks orders different sets as their elements in order: where they
// part at some element, the set that has it comes first, unless the other has
// nothing left.
func compareMasks(a, b uint64) int {
	part := bits.TrailingZeros64(a ^ b)
	if a>>part&1 == 1 {
		if b>>part == 0 {
			return 1
		}
		return -1
	}
	if a>>part == 0 {
		return -1
	}
	return 1
}

func (r *Rep) compareVals(a, b uint64) int {
	for i := range r.Keys.Len() {
		p := r.At(i)
		if c := r.Elem.Compare(p.Get(a), p.Get(b)); c != 0 {
			return c
		}
	}
	return 0
}

func (r *Rep) compareItems(a, b uint64) int {
	n, m := int(a&r.Len.Mask), int(b&r.Len.Mask)
	for i := range min(n, m) {
		p := r.Item(i)
		if c := r.Elem.Compare(p.Get(a), p.Get(b)); c != 0 {
			return c
		}
	}
	return cmp.Compare(n, m)
}

// compareRows orders nodes of which the first half is compared first; a nil
// second half is plain numbers.
func (r *Rep) compareRows(a, b uint64, first, second *Rep) int {
	x, y := r.pool.Words(uint32(a)), r.pool.Words(uint32(b))
	n, m := len(x)/2, len(y)/2
	if c := compareAll(x[:n], y[:m], first); c != 0 {
		return c
	}
	return compareAll(x[n:], y[m:], second)
}

func compareAll(a, b []uint64, r *Rep) int {
	for i := range min(len(a), len(b)) {
		if a[i] == b[i] {
			continue
		}
		if r == nil {
			return cmp.Compare(a[i], b[i])
		}
		return r.Compare(a[i], b[i])
	}
	return cmp.Compare(len(a), len(b))
}
