package ir_test

import (
	"slices"
	"testing"

	"github.com/spec-lang/spec/ir"
)

func TestAsked(t *testing.T) {
	a, b, c := &ir.Property{Kind: ir.Step}, &ir.Property{Kind: ir.Invariant}, &ir.Property{Kind: ir.CTL}
	sys := &ir.System{Props: []*ir.Property{b, a, c, {Kind: ir.Step}}, Checks: []ir.Check{{Prop: a}, {Prop: c}, {Prop: b}, {Prop: a}}}
	if got := sys.Asked(ir.Invariant, ir.Step); !slices.Equal(got, []*ir.Property{a, b}) {
		t.Errorf("got %v, want the step and then the invariant", got)
	}
	if got := sys.Asked(ir.Temporal); got != nil {
		t.Errorf("got %v, want none", got)
	}
}
