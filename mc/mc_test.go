package mc_test

import (
	"context"
	"slices"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc"
)

// exhaust makes Check visit everything: the model asks for something that no
// trace decides.
func exhaust(sys *ir.System) {
	sys.Checks = append(sys.Checks, ir.Check{Prop: &ir.Property{Kind: ir.Invariant, Name: "True",
		Formula: &ir.Lit{Node: ir.Node{T: sys.Types.Bool()}, Value: ir.Bool(true)}}, Depth: -1})
}

func TestKnownSystems(t *testing.T) {
	for _, k := range irtest.Systems() {
		t.Run(k.Name, func(t *testing.T) {
			exhaust(k.Sys)
			res, err := mc.Check(context.Background(), k.Sys, mc.Options{})
			if err != nil {
				t.Fatal(err)
			}
			compare(t, res, k.Want, k.Props)
			if err := explain.Fill(res); err != nil {
				t.Error(err)
			}
		})
	}
}

// lacksValue reports whether a formula of branching time has no value
// somewhere, which the twin does not look for.
func lacksValue(res *evidence.Result) bool {
	return slices.ContainsFunc(res.Findings, func(f evidence.Finding) bool {
		return f.Prop.Kind == ir.CTL && f.Verdict == evidence.Unknown && f.Span.IsValid()
	})
}

// compare checks a complete search against known figures.
func compare(t *testing.T, res *evidence.Result, want irtest.Figures, props []int) {
	t.Helper()
	got := irtest.Figures{Distinct: int(res.States.Distinct), Generated: int(res.States.Generated), Initial: int(res.States.Initial),
		Depth: res.States.Depth, Cuts: int(res.Basis.Cuts), Deadlock: -1, Error: -1, Assert: -1}
	for _, f := range res.Findings[len(res.System.Checks):] {
		switch f.Prop.Kind {
		case ir.Deadlock:
			got.Deadlock = f.Depth
		case ir.Assertion:
			got.Assert = f.Depth
		case ir.Evaluation:
			got.Error = f.Depth
		}
	}
	if got != want {
		t.Errorf("figures: got %+v, want %+v", got, want)
	}
	for i, depth := range props {
		f := res.Findings[i]
		if f.Prop.Kind == ir.CTL || f.Prop.Kind == ir.Temporal {
			continue // packages ctl and live have twins of their own
		}
		if (f.Trace != nil) != (depth >= 0) || f.Trace != nil && f.Depth != depth {
			t.Errorf("%s: got depth %d with trace %v, want depth %d", f.Prop.Label(), f.Depth, f.Trace != nil, depth)
		}
		if f.Trace != nil && len(f.Trace.Steps) != f.Depth+1 {
			t.Errorf("%s: trace of %d states to depth %d", f.Prop.Label(), len(f.Trace.Steps), f.Depth)
		}
	}
}
