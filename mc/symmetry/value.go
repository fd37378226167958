package symmetry

import (
	"slices"

	"github.com/spec-lang/spec/ir"
)

// names reports whether a value tells elements of the sort apart: whether some
// renaming changes it. It tries renamings that all others are made of.
func (j *judge) names(v ir.Value) bool {
	n := len(j.sort.Elems)
	if j.sort.Order == ir.Ring {
		return !ir.Equal(v, renamed(v, j.sort, func(i int) int { return (i + 1) % n }))
	}
	for k := range n - 1 {
		swap := func(i int) int {
			switch i {
			case k:
				return k + 1
			case k + 1:
				return k
			}
			return i
		}
		if !ir.Equal(v, renamed(v, j.sort, swap)) {
			return true
		}
	}
	return false
}

// renamed returns a value with the elements of a sort renamed.
func renamed(v ir.Value, s *ir.Sort, to func(int) int) ir.Value {
	all := func(vs []ir.Value) []ir.Value {
		out := make([]ir.Value, len(vs))
		for i, v := range vs {
			out[i] = renamed(v, s, to)
		}
		return out
	}
	switch v := v.(type) {
	case ir.Elem:
		if v.Sort == s {
			return ir.Elem{Sort: s, Index: to(v.Index)}
		}
	case ir.SumValue:
		return ir.SumValue{Type: v.Type, Variant: v.Variant, Args: all(v.Args)}
	case ir.StructValue:
		return ir.StructValue{Type: v.Type, Fields: all(v.Fields)}
	case ir.SeqValue:
		return ir.SeqValue{Elems: all(v.Elems)}
	case ir.SetValue:
		return ir.MakeSet(all(v.Elems))
	case ir.BagValue:
		keys := all(v.Elems)
		out := ir.BagValue{Elems: ir.MakeSet(slices.Clone(keys)).Elems, Counts: make([]int, len(keys))}
		for i, k := range keys {
			at, _ := slices.BinarySearchFunc(out.Elems, k, ir.Compare)
			out.Counts[at] = v.Counts[i]
		}
		return out
	case ir.MapValue:
		keys, vals := all(v.Keys), all(v.Vals)
		out := ir.MapValue{Keys: ir.MakeSet(slices.Clone(keys)).Elems, Vals: make([]ir.Value, len(vals))}
		for i, k := range keys {
			at, _ := slices.BinarySearchFunc(out.Keys, k, ir.Compare)
			out.Vals[at] = vals[i]
		}
		return out
	}
	return v
}
