package ir_test

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/spec-lang/spec/ir"
)

// valueOf draws a value of a type. Sets, bags and maps are built from draws
// in any order, so that canonical order is what is tested.
func valueOf(t *rapid.T, typ *ir.Type) ir.Value {
	many := func(elem *ir.Type) []ir.Value {
		vs := make([]ir.Value, rapid.IntRange(0, 3).Draw(t, "len"))
		for i := range vs {
			vs[i] = valueOf(t, elem)
		}
		return vs
	}
	fields := func(fs []ir.Field) []ir.Value {
		vs := make([]ir.Value, len(fs))
		for i, f := range fs {
			vs[i] = valueOf(t, f.Type)
		}
		return vs
	}
	switch typ.Kind {
	case ir.BoolKind:
		return ir.Bool(rapid.Bool().Draw(t, "bool"))
	case ir.StringKind:
		return ir.Str(rapid.SampledFrom([]string{"", "a", "ab", "b"}).Draw(t, "string"))
	case ir.SortKind:
		return ir.Elem{Sort: typ.Sort, Index: rapid.IntRange(0, len(typ.Sort.Elems)-1).Draw(t, "elem")}
	case ir.SumKind:
		v := rapid.IntRange(0, len(typ.Variants)-1).Draw(t, "variant")
		return ir.SumValue{Type: typ, Variant: v, Args: fields(typ.Variants[v].Fields)}
	case ir.StructKind:
		return ir.StructValue{Type: typ, Fields: fields(typ.Fields)}
	case ir.SetKind:
		return ir.MakeSet(many(typ.Elem))
	case ir.SeqKind:
		return ir.SeqValue{Elems: many(typ.Elem)}
	case ir.BagKind:
		s := ir.MakeSet(many(typ.Elem))
		counts := make([]int, len(s.Elems))
		for i := range counts {
			counts[i] = rapid.IntRange(1, 2).Draw(t, "count")
		}
		return ir.BagValue{Elems: s.Elems, Counts: counts}
	case ir.MapKind:
		m := ir.MapValue{Keys: ir.MakeSet(many(typ.Key)).Elems}
		for range m.Keys {
			m.Vals = append(m.Vals, valueOf(t, typ.Elem))
		}
		return m
	}
	return ir.Int{Int: big.NewInt(rapid.Int64Range(-2, 2).Draw(t, "int"))}
}

func sampleTypes() []*ir.Type {
	var tab ir.Table
	node := tab.SortOf(&ir.Sort{Name: "Node", Elems: []string{"Node.1", "Node.2"}})
	n, b := tab.Int(), tab.Bool()
	sum := tab.Sum("Msg", []ir.Variant{{Name: "A"}, {Name: "B", Fields: []ir.Field{{Name: "x", Type: n}, {Name: "y", Type: b}}}})
	return []*ir.Type{b, n, tab.String(), tab.Duration(), node, sum, tab.Option(n), tab.Tuple(n, b), tab.Struct("S", []ir.Field{{Name: "a", Type: n}}),
		tab.Set(n), tab.Set(tab.Set(b)), tab.Bag(n), tab.Map(n, b), tab.Seq(n, -1), tab.Map(tab.Set(b), tab.Seq(sum, -1))}
}

func TestCompareIsATotalOrder(t *testing.T) {
	types := sampleTypes()
	rapid.Check(t, func(t *rapid.T) {
		typ := rapid.SampledFrom(types).Draw(t, "type")
		x, y, z := valueOf(t, typ), valueOf(t, typ), valueOf(t, typ)
		xy, yx := ir.Compare(x, y), ir.Compare(y, x)
		if xy != -yx {
			t.Fatalf("%s and %s: %d and %d", ir.Format(x), ir.Format(y), xy, yx)
		}
		if (xy == 0) != (ir.Format(x) == ir.Format(y)) {
			t.Fatalf("%s and %s: %d", ir.Format(x), ir.Format(y), xy)
		}
		if xy <= 0 && ir.Compare(y, z) <= 0 && ir.Compare(x, z) > 0 {
			t.Fatalf("%s <= %s <= %s", ir.Format(x), ir.Format(y), ir.Format(z))
		}
		if ir.Equal(x, y) != (xy == 0) {
			t.Fatalf("Equal(%s, %s) is not Compare == 0", ir.Format(x), ir.Format(y))
		}
		if !ir.Fits(x, typ) {
			t.Fatalf("%s does not fit %s", ir.Format(x), typ)
		}
	})
}

func TestSetsAreCanonical(t *testing.T) {
	types := sampleTypes()
	rapid.Check(t, func(t *rapid.T) {
		typ := rapid.SampledFrom(types).Draw(t, "type")
		var vs []ir.Value
		for range rapid.IntRange(0, 5).Draw(t, "n") {
			vs = append(vs, valueOf(t, typ))
		}
		shuffled := rapid.Permutation(append(slices.Clone(vs), vs...)).Draw(t, "again")
		a, b := ir.MakeSet(slices.Clone(vs)), ir.MakeSet(shuffled)
		if !ir.Equal(a, b) {
			t.Fatalf("%s and %s", ir.Format(a), ir.Format(b))
		}
		for i, e := range a.Elems {
			if i > 0 && ir.Compare(a.Elems[i-1], e) >= 0 {
				t.Fatalf("%s is not in order", ir.Format(a))
			}
		}
		v := valueOf(t, typ)
		if a.Contains(v) != slices.ContainsFunc(vs, func(w ir.Value) bool { return ir.Equal(v, w) }) {
			t.Fatalf("%s in %s", ir.Format(v), ir.Format(a))
		}
	})
}

func TestFormatAs(t *testing.T) {
	var tab ir.Table
	d := tab.Duration()
	n := func(n int64) ir.Value { return ir.NewInt(n) }
	point := tab.Struct("Point", []ir.Field{{Name: "x", Type: tab.Int()}, {Name: "at", Type: d}})
	for _, tt := range []struct {
		v    ir.Value
		t    *ir.Type
		want string
	}{
		{n(0), d, "0s"},
		{n(7_200_000_000_000), d, "2h"},
		{n(90_000_000_000), d, "90s"},
		{n(-1500), d, "-1500ns"},
		{n(5_000_000), tab.Instant(), "5ms"},
		{n(5), nil, "5"},
		{ir.MakeSet([]ir.Value{n(1000), n(0)}), tab.Set(d), "{0s, 1us}"},
		{ir.StructValue{Type: point, Fields: []ir.Value{n(1), n(1000)}}, point, "Point(x: 1, at: 1us)"},
		{ir.SumValue{Type: tab.Option(d), Variant: 1, Args: []ir.Value{n(1000)}}, nil, "some(1us)"},
		{ir.BagValue{Elems: []ir.Value{n(1000)}, Counts: []int{2}}, tab.Bag(d), "{1us, 1us}"},
		{ir.MapValue{Keys: []ir.Value{n(1000)}, Vals: []ir.Value{n(2)}}, tab.Map(d, tab.Int()), "{1us: 2}"},
		{ir.SeqValue{Elems: []ir.Value{ir.Str("a\n")}}, tab.Seq(tab.String(), -1), `["a\n"]`},
	} {
		if got := ir.FormatAs(tt.v, tt.t); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
}

func TestCompareVariantsOfOtherPayloads(t *testing.T) {
	var tab ir.Table
	node := tab.SortOf(&ir.Sort{Name: "Node", Elems: []string{"Node.1"}})
	sum := tab.Sum("Item", []ir.Variant{
		{Name: "N", Fields: []ir.Field{{Name: "n", Type: node}}},
		{Name: "B", Fields: []ir.Field{{Name: "b", Type: tab.Option(node)}}},
	})
	n := ir.SumValue{Type: sum, Args: []ir.Value{ir.Elem{Sort: node.Sort}}}
	b := ir.SumValue{Type: sum, Variant: 1, Args: []ir.Value{ir.SumValue{Type: tab.Option(node)}}}
	if got := ir.Compare(n, b); got != -1 {
		t.Errorf("Compare(%s, %s) = %d, want -1", ir.Format(n), ir.Format(b), got)
	}
}
