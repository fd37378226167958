package ir_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/irtest"
)

// TestMustMatter looks at which parts are named, by their places.
func TestMustMatter(t *testing.T) {
	b := irtest.New("Parts")
	x := b.Var("x", b.Int())
	node := b.Sort("Node", 2, ir.Unordered)
	nobody := b.Sort("Nobody", 0, ir.Unordered)
	is := func(n int64) ir.Expr { return b.Op(ir.Eq, b.Get(x), b.I(n)) }
	var want []ir.Expr
	part := func(e ir.Expr) ir.Expr { want = append(want, e); return e }
	for _, tt := range []struct {
		name string
		make func() ir.Expr
	}{
		{"a plain condition", func() ir.Expr { return is(1) }},
		{"an implication", func() ir.Expr { return b.Op(ir.Implies, part(is(1)), is(2)) }},
		{"two in a row", func() ir.Expr { return b.Op(ir.Implies, part(is(1)), b.Op(ir.Implies, part(is(2)), is(3))) }},
		{"conjuncts", func() ir.Expr { return b.Every(b.Op(ir.Implies, part(is(1)), is(2)), is(3)) }},
		{"a disjunct", func() ir.Expr { return b.Op(ir.Or, is(1), b.Op(ir.Implies, part(is(2)), is(3))) }},
		{"a branch", func() ir.Expr { return b.Cond(is(1), b.Op(ir.Implies, part(is(2)), is(3)), is(4)) }},
		{"a type always has values", func() ir.Expr { return b.All(b.Local("n", node), b.Values(node), is(1)) }},
		{"unless the model leaves it empty", func() ir.Expr { return part(b.All(b.Local("n", nobody), b.Values(nobody), is(1))) }},
		{"a set may be empty", func() ir.Expr {
			return part(b.All(b.Local("n", b.Int()), b.Op(ir.Interval, b.I(1), b.Get(x)), is(1)))
		}},
		{"below a quantifier", func() ir.Expr {
			return b.All(b.Local("n", node), b.Values(node), b.Op(ir.Implies, part(is(1)), is(2)))
		}},
		{"not what is denied", func() ir.Expr { return b.Op(ir.Not, b.Op(ir.Implies, is(1), is(2))) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			want = nil
			p := &ir.Property{Kind: ir.Invariant, Name: "I", Formula: tt.make()}
			var spans, got []any
			for _, e := range want {
				spans = append(spans, e.Span())
			}
			for _, part := range ir.MustMatter(b.Sys, p) {
				got = append(got, part.Span)
			}
			if diff := cmp.Diff(spans, got); diff != "" {
				t.Errorf("parts (-want +got):\n%s", diff)
			}
		})
	}
	if parts := ir.MustMatter(b.Sys, &ir.Property{Kind: ir.Witness, Formula: b.Op(ir.Implies, is(1), is(2))}); parts != nil {
		t.Errorf("a witness says what it says: got %v", parts)
	}
}
