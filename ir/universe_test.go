package ir_test

import (
	"math/big"
	"slices"
	"testing"

	"github.com/spec-lang/spec/ir"
)

func rng(tab *ir.Table, lo, hi int64) *ir.Type { return tab.Range(big.NewInt(lo), big.NewInt(hi)) }

func TestCardAndValues(t *testing.T) {
	var tab ir.Table
	node := tab.SortOf(&ir.Sort{Name: "Node", Elems: []string{"Node.1", "Node.2", "Node.3"}})
	void := tab.SortOf(&ir.Sort{Name: "Void"})
	b, n, small := tab.Bool(), tab.Int(), rng(&tab, 1, 3)
	msg := tab.Sum("Msg", []ir.Variant{{Name: "A"}, {Name: "B", Fields: []ir.Field{{Name: "x", Type: node}, {Name: "y", Type: b}}}})
	inf := int64(-1)
	for _, tt := range []struct {
		name  string
		t     *ir.Type
		want  int64
		first string
		last  string
	}{
		{"bool", b, 2, "false", "true"},
		{"int", n, inf, "", ""},
		{"string", tab.String(), inf, "", ""},
		{"duration", tab.Duration(), inf, "", ""},
		{"instant", tab.Instant(), inf, "", ""},
		{"range", small, 3, "1", "3"},
		{"sort", node, 3, "Node.1", "Node.3"},
		{"empty sort", void, 0, "", ""},
		{"enum", msg, 7, "A", "B(Node.3, true)"},
		{"option", tab.Option(small), 4, "none", "some(3)"},
		{"option of int", tab.Option(n), inf, "", ""},
		{"tuple", tab.Tuple(b, small), 6, "(false, 1)", "(true, 3)"},
		{"tuple with an empty part", tab.Tuple(n, void), 0, "", ""},
		{"struct", tab.Struct("S", []ir.Field{{Name: "a", Type: node}}), 3, "S(a: Node.1)", "S(a: Node.3)"},
		{"set", tab.Set(node), 8, "{}", "{Node.3}"},
		{"set of sets", tab.Set(tab.Set(b)), 16, "{}", "{{true}}"},
		{"bag", tab.Bag(b), inf, "", ""},
		{"bag of nothing", tab.Bag(void), 1, "{}", "{}"},
		{"function", tab.Func(b, small), 9, "{false: 1, true: 1}", "{false: 3, true: 3}"},
		{"function from nothing", tab.Func(void, n), 1, "{}", "{}"},
		{"function to nothing", tab.Func(b, void), 0, "", ""},
		{"map", tab.Map(b, small), 16, "{}", "{true: 3}"},
		{"map of int", tab.Map(b, n), inf, "", ""},
		{"map from int", tab.Map(n, b), inf, "", ""},
		{"sequence", tab.Seq(b, -1), inf, "", ""},
		{"bounded sequence", tab.Seq(b, 2), 7, "[]", "[true, true]"},
		{"sequence of none", tab.Seq(n, 0), 1, "[]", "[]"},
	} {
		card, ok := ir.Card(tt.t)
		if ok != (tt.want >= 0) || ok && card.Int64() != tt.want {
			t.Errorf("%s: Card = %v, %v, want %d", tt.name, card, ok, tt.want)
		}
		if !ok {
			continue
		}
		vs := slices.Collect(ir.Values(tt.t))
		if int64(len(vs)) != tt.want {
			t.Errorf("%s: %d values, want %d", tt.name, len(vs), tt.want)
		}
		if len(vs) > 0 && (ir.Format(vs[0]) != tt.first || ir.Format(vs[len(vs)-1]) != tt.last) {
			t.Errorf("%s: from %s to %s, want from %s to %s", tt.name, ir.Format(vs[0]), ir.Format(vs[len(vs)-1]), tt.first, tt.last)
		}
		for i, v := range vs {
			if !ir.Fits(v, tt.t) {
				t.Errorf("%s: %s does not fit", tt.name, ir.Format(v))
			}
			if i > 0 && ir.Compare(vs[i-1], v) >= 0 {
				t.Errorf("%s: %s does not stand before %s", tt.name, ir.Format(vs[i-1]), ir.Format(v))
			}
		}
	}
}

func TestCardOfHugeTypes(t *testing.T) {
	var tab ir.Table
	limit := new(big.Int).Lsh(big.NewInt(1), 4096)
	wide := rng(&tab, 0, 1<<40)
	for _, tt := range []struct {
		name string
		t    *ir.Type
	}{
		{"set", tab.Set(wide)},
		{"set of sets", tab.Set(tab.Set(wide))},
		{"function", tab.Func(wide, tab.Bool())},
		{"map", tab.Map(wide, tab.Bool())},
		{"sequence", tab.Seq(wide, 1<<40)},
	} {
		if n, ok := ir.Card(tt.t); !ok || n.Cmp(limit) != 0 {
			t.Errorf("%s: Card has %d bits, %v", tt.name, n.BitLen(), ok)
		}
	}
	if n, ok := ir.Card(tab.Func(wide, rng(&tab, 7, 7))); !ok || n.Int64() != 1 {
		t.Errorf("the only constant function: Card = %v, %v", n, ok)
	}
}

func TestFits(t *testing.T) {
	var tab ir.Table
	node := &ir.Sort{Name: "Node", Elems: []string{"Node.1"}}
	other := &ir.Sort{Name: "Node", Elems: []string{"Node.1"}}
	small, b := rng(&tab, 1, 3), tab.Bool()
	one, nine := ir.NewInt(1), ir.NewInt(9)
	seq := func(vs ...ir.Value) ir.Value { return ir.SeqValue{Elems: vs} }
	some := func(v ir.Value) ir.Value {
		return ir.SumValue{Type: tab.Option(tab.Int()), Variant: 1, Args: []ir.Value{v}}
	}
	for _, tt := range []struct {
		name string
		v    ir.Value
		t    *ir.Type
		want bool
	}{
		{"in range", one, small, true},
		{"out of range", nine, small, false},
		{"any int", nine, tab.Int(), true},
		{"bool for int", ir.Bool(true), tab.Int(), false},
		{"string", ir.Str("a"), tab.String(), true},
		{"element", ir.Elem{Sort: node}, tab.SortOf(node), true},
		{"element of another sort", ir.Elem{Sort: other}, tab.SortOf(node), false},
		{"option", some(one), tab.Option(small), true},
		{"option of too much", some(nine), tab.Option(small), false},
		{"short sequence", seq(one), tab.Seq(small, 1), true},
		{"long sequence", seq(one, one), tab.Seq(small, 1), false},
		{"bad element", seq(nine), tab.Seq(small, 1), false},
		{"set", ir.MakeSet([]ir.Value{one, nine}), tab.Set(small), false},
		{"bag", ir.BagValue{Elems: []ir.Value{one}, Counts: []int{9}}, tab.Bag(small), true},
		{"tuple", ir.StructValue{Fields: []ir.Value{one, nine}}, tab.Tuple(small, tab.Int()), true},
		{"map", ir.MapValue{Keys: []ir.Value{one}, Vals: []ir.Value{one}}, tab.Map(small, small), true},
		{"map key", ir.MapValue{Keys: []ir.Value{nine}, Vals: []ir.Value{one}}, tab.Map(small, small), false},
		{"partial for total", ir.MapValue{Keys: []ir.Value{ir.Bool(true)}, Vals: []ir.Value{one}}, tab.Func(b, small), false},
	} {
		if got := ir.Fits(tt.v, tt.t); got != tt.want {
			t.Errorf("%s: Fits(%s, %s) = %v, want %v", tt.name, ir.Format(tt.v), tt.t, got, tt.want)
		}
	}
}
