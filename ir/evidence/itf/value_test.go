package itf_test

import (
	"encoding/json"
	"math/big"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence/itf"
)

func TestEncode(t *testing.T) {
	tab := &ir.Table{}
	huge, _ := new(big.Int).SetString("123456789012345678901234567890", 10)
	one, two := ir.NewInt(1), ir.NewInt(2)
	sort := tab.SortOf(&ir.Sort{Name: "RM", Elems: []string{"a", "b"}})
	plain := tab.Sum("Vote", []ir.Variant{{Name: "Yes"}, {Name: "No"}})
	sum := tab.Sum("Msg", []ir.Variant{{Name: "Ping"}, {Name: "Data", Fields: []ir.Field{{Name: "n", Type: tab.Int()}}},
		{Name: "Pair", Fields: []ir.Field{{Name: "a", Type: tab.Int()}, {Name: "b", Type: tab.Int()}}}})
	rec := tab.Struct("Rec", []ir.Field{{Name: "x", Type: tab.Int()}, {Name: "ok", Type: tab.Bool()}})
	tup := tab.Tuple(tab.Int(), tab.Bool())
	for _, tt := range []struct {
		name  string
		typ   *ir.Type
		in    ir.Value
		itf   string
		plain string // "" if the same
	}{
		{"bool", tab.Bool(), ir.Bool(true), `true`, ""},
		{"integer", tab.Int(), ir.NewInt(-3), `{"#bigint":"-3"}`, `-3`},
		{"huge integer", tab.Int(), ir.Int{Int: huge}, `{"#bigint":"123456789012345678901234567890"}`, ""},
		{"string", tab.String(), ir.Str("a\"b<"), `"a\"b\u003c"`, ""},
		{"element", sort, ir.Elem{Sort: sort.Sort, Index: 1}, `"b"`, ""},
		{"plain enum", plain, ir.SumValue{Type: plain, Variant: 1}, `"No"`, ""},
		{"variant without payload", sum, ir.SumValue{Type: sum}, `{"tag":"Ping","value":{"#tup":[]}}`, ""},
		{"variant with one", sum, ir.SumValue{Type: sum, Variant: 1, Args: []ir.Value{one}},
			`{"tag":"Data","value":{"#bigint":"1"}}`, `{"tag":"Data","value":1}`},
		{"variant with two", sum, ir.SumValue{Type: sum, Variant: 2, Args: []ir.Value{one, two}},
			`{"tag":"Pair","value":{"#tup":[{"#bigint":"1"},{"#bigint":"2"}]}}`, `{"tag":"Pair","value":{"#tup":[1,2]}}`},
		{"struct", rec, ir.StructValue{Type: rec, Fields: []ir.Value{one, ir.Bool(false)}}, `{"x":{"#bigint":"1"},"ok":false}`, `{"x":1,"ok":false}`},
		{"tuple", tup, ir.StructValue{Type: tup, Fields: []ir.Value{one, ir.Bool(false)}}, `{"#tup":[{"#bigint":"1"},false]}`, `{"#tup":[1,false]}`},
		{"set", tab.Set(tab.Bool()), ir.MakeSet([]ir.Value{ir.Bool(true), ir.Bool(false)}), `{"#set":[false,true]}`, ""},
		{"bag", tab.Bag(tab.Bool()), ir.BagValue{Elems: []ir.Value{ir.Bool(true)}, Counts: []int{2}}, `{"#map":[[true,{"#bigint":"2"}]]}`, `{"#map":[[true,2]]}`},
		{"map", tab.Map(tab.Bool(), tab.Bool()), ir.MapValue{Keys: []ir.Value{ir.Bool(true)}, Vals: []ir.Value{ir.Bool(false)}}, `{"#map":[[true,false]]}`, ""},
		{"sequence", tab.Seq(tab.Bool(), -1), ir.SeqValue{Elems: []ir.Value{ir.Bool(true), ir.Bool(true)}}, `[true,true]`, ""},
		{"no value yet", tab.Bool(), nil, `null`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.plain == "" {
				tt.plain = tt.itf
			}
			for want, plain := range map[string]bool{tt.itf: false, tt.plain: tt.plain != tt.itf} {
				got := itf.Encode(tt.typ, tt.in, plain)
				if string(got) != want || !json.Valid(got) {
					t.Errorf("got %s, want %s", got, want)
				}
			}
		})
	}
}

// TestMatchesInAnyOrder reads a trace as another tool may write it: sets and
// fields in another order, integers as numbers.
func TestMatchesInAnyOrder(t *testing.T) {
	tab := &ir.Table{}
	typ := tab.Set(tab.Int())
	sys := &ir.System{Vars: []*ir.Var{{Name: "s", Type: typ}}}
	state := []ir.Value{ir.MakeSet([]ir.Value{ir.NewInt(1), ir.NewInt(12), ir.NewInt(2)})}
	rec, err := itf.Read([]byte(`{"loop":0,"vars":["s"],"states":[{"s":{"#set":[2,{"#bigint":"12"},1]}},{"s":{"#set":[2,3]}},{"other":1}]}`), "")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []bool{true, false, false} {
		if got := rec.States[i].Matches(sys, state); got != want {
			t.Errorf("state %d: got %v, want %v", i, got, want)
		}
	}
	if rec.Loop != 0 {
		t.Errorf("got loop %d, want 0", rec.Loop)
	}
}
