package report

import (
	"math/big"
	"strings"

	"github.com/spec-lang/spec/ir"
)

// Show returns a value of type t as people write it: like ir.Format, with
// durations in their units and a function that is the same everywhere as
// `{_: v}`.
func Show(t *ir.Type, v ir.Value) string {
	switch v := v.(type) {
	case nil:
		return "(no value yet)"
	case ir.Int:
		if t.Kind == ir.DurationKind || t.Kind == ir.InstantKind {
			return showDuration(v.Int)
		}
	case ir.SumValue:
		if len(v.Args) > 0 {
			variant := v.Type.Variants[v.Variant]
			return variant.Name + "(" + showFields(variant.Fields, v.Args) + ")"
		}
	case ir.StructValue:
		if t.IsTuple() {
			return "(" + showFields(t.Fields, v.Fields) + ")"
		}
		parts := make([]string, len(v.Fields))
		for i, f := range v.Fields {
			parts[i] = t.Fields[i].Name + ": " + Show(t.Fields[i].Type, f)
		}
		return t.Name + "(" + strings.Join(parts, ", ") + ")"
	case ir.SetValue:
		return "{" + showAll(t.Elem, v.Elems) + "}"
	case ir.BagValue:
		return "bag(" + showAll(t.Elem, occurrences(v)) + ")"
	case ir.MapValue:
		return showMap(t, v)
	case ir.SeqValue:
		return "[" + showAll(t.Elem, v.Elems) + "]"
	}
	return ir.Format(v)
}

func showAll(t *ir.Type, vs []ir.Value) string {
	parts := make([]string, len(vs))
	for i, v := range vs {
		parts[i] = Show(t, v)
	}
	return strings.Join(parts, ", ")
}

func showFields(fields []ir.Field, vs []ir.Value) string {
	parts := make([]string, len(vs))
	for i, v := range vs {
		parts[i] = Show(fields[i].Type, v)
	}
	return strings.Join(parts, ", ")
}

func showMap(t *ir.Type, m ir.MapValue) string {
	if t.Kind == ir.FuncKind && len(m.Vals) > 1 && uniform(m.Vals) {
		return "{_: " + Show(t.Elem, m.Vals[0]) + "}"
	}
	parts := make([]string, len(m.Keys))
	for i, k := range m.Keys {
		parts[i] = Show(t.Key, k) + ": " + Show(t.Elem, m.Vals[i])
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func uniform(vs []ir.Value) bool {
	for _, v := range vs[1:] {
		if !ir.Equal(v, vs[0]) {
			return false
		}
	}
	return true
}

func occurrences(b ir.BagValue) []ir.Value {
	var all []ir.Value
	for i, e := range b.Elems {
		for range b.Counts[i] {
			all = append(all, e)
		}
	}
	return all
}

// units of durations, largest first, in nanoseconds.
var units = [...]struct {
	name string
	size int64
}{{"h", 3600e9}, {"min", 60e9}, {"s", 1e9}, {"ms", 1e6}, {"us", 1e3}}

// showDuration writes nanoseconds in the largest unit that divides them.
func showDuration(ns *big.Int) string {
	if ns.Sign() == 0 {
		return "0s"
	}
	var quo, rem big.Int
	for _, u := range units {
		if quo.QuoRem(ns, big.NewInt(u.size), &rem); rem.Sign() == 0 {
			return quo.String() + u.name
		}
	}
	return ns.String() + "ns"
}
