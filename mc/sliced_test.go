package mc_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc"
)

// sliced are the ways in which a search may leave variables out.
var sliced = map[string]mc.Options{
	"slicing":                     {Workers: 1, Reductions: mc.Reductions{Slicing: mc.Always, Symmetry: mc.Never, PartialOrder: mc.Never}},
	"slicing, 3 workers":          mc.Lonely(mc.Options{Workers: 3, Reductions: mc.Reductions{Slicing: mc.Always, Symmetry: mc.Never, PartialOrder: mc.Never}}, 1),
	"slicing once large":          mc.Large(mc.Options{Workers: 1, Reductions: mc.Reductions{Symmetry: mc.Never, PartialOrder: mc.Never}}, 10),
	"slicing and symmetry":        {Workers: 1, Reductions: mc.Reductions{Slicing: mc.Always, Symmetry: mc.Always, PartialOrder: mc.Never}},
	"slicing and partial order":   {Workers: 1, Reductions: mc.Reductions{Slicing: mc.Always, Symmetry: mc.Never, PartialOrder: mc.Always}},
	"everything once it is large": mc.Large(mc.Options{Workers: 2}, 10),
}

// told is what a result says that no reduction may change.
func told(t *testing.T, sys *ir.System, opt mc.Options) (string, *evidence.Result) {
	t.Helper()
	res, err := mc.Check(context.Background(), sys, opt)
	if err != nil {
		t.Fatal(err)
	}
	if err := explain.Fill(res); err != nil {
		t.Errorf("%v: %v", opt.Reductions, err)
	}
	var b strings.Builder
	for _, f := range res.Findings {
		fmt.Fprintf(&b, "%s %s %q", f.Prop.Label(), f.Verdict, f.Why)
		if runs := f.Prop.Kind == ir.Temporal || f.Prop.Kind == ir.CTL; !runs || f.Check.Depth >= 0 {
			fmt.Fprintf(&b, " at %d", f.Depth)
		}
		if f.Check != nil && f.Check != &sys.Checks[slices.IndexFunc(sys.Checks, func(c ir.Check) bool { return c.Prop == f.Prop })] {
			b.WriteString(" of another check")
		}
		if f.Trace != nil && f.Prop.Kind != ir.Temporal && f.Prop.Kind != ir.CTL {
			for _, st := range f.Trace.Steps {
				if st.Action != nil && st.Action != sys.Actions[st.Action.Index] {
					t.Errorf("the trace is one of another %s", st.Action.Name)
				}
				fmt.Fprintf(&b, "\n  %s %s", irtest.Key(st.Args), irtest.Key(st.State))
			}
		}
		b.WriteByte('\n')
	}
	for i, c := range res.Coverage.Actions {
		if c.Action != sys.Actions[i] {
			t.Errorf("the coverage is about another %s", c.Action.Name)
		}
	}
	return b.String(), res
}

// remember adds a variable to a system that every action writes and nothing
// reads: which action was last, how many there were up to 5, or that modulo 3.
func remember(sys *ir.System, how uint64) {
	t := sys.Types.Int()
	node := ir.Node{T: t, Loc: sys.Span}
	num := func(n int64) ir.Expr { return &ir.Lit{Node: node, Value: ir.NewInt(n)} }
	h := &ir.Var{Name: "memory", Type: t, Index: len(sys.Vars), Span: sys.Span}
	put := func(e ir.Expr) ir.Stmt {
		return &ir.Assign{Pos: ir.Pos{Loc: sys.Span}, Target: ir.Target{Var: h, Span: sys.Span}, Value: e}
	}
	more := &ir.Apply{Node: node, Op: ir.Add, Args: []ir.Expr{&ir.VarRef{Node: node, Var: h}, num(1)}}
	sys.Vars = append(sys.Vars, h)
	sys.Init = append([]ir.Stmt{put(num(0))}, sys.Init...)
	for i, a := range sys.Actions {
		value := num(int64(i))
		switch how % 3 {
		case 1:
			value = &ir.Apply{Node: node, Op: ir.Mod, Args: []ir.Expr{more, num(3)}}
		case 2:
			full := &ir.Apply{Node: ir.Node{T: sys.Types.Bool(), Loc: sys.Span}, Op: ir.Ge, Args: []ir.Expr{more.Args[0], num(5)}}
			value = &ir.If{Node: node, Cond: full, Then: num(5), Else: more}
		}
		a.Body = append([]ir.Stmt{put(value)}, a.Body...)
	}
}

// TestSlicingChangesNothing compares all that is found out about random
// systems with and without what slicing leaves out: verdicts, depths, and
// traces step by step.
func TestSlicingChangesNothing(t *testing.T) {
	n, smaller, kinds := uint64(150), 0, map[string]int{}
	if os.Getenv("SPEC_SOAK") != "" {
		n = 10_000
	}
	seeds := []uint64{220, 814, 856, 996} // found faults once
	for seed := range n {
		seeds = append(seeds, seed)
	}
	for _, seed := range seeds {
		sys := irtest.Random(seed)
		remember(sys, seed)
		if k := int(seed) % len(sys.Checks); seed%2 == 0 {
			sys.Checks = sys.Checks[k : k+1] // so that the search does not end elsewhere
		}
		if irtest.ExploreUpTo(sys, 80).Distinct > 80 {
			continue
		}
		if seed%3 == 0 {
			sys.Checks[0].Depth = 1
		}
		want, whole := told(t, sys, mc.Options{Workers: 1, Reductions: mc.Reductions{Slicing: mc.Never, Symmetry: mc.Never, PartialOrder: mc.Never}})
		for name, opt := range sliced {
			got, res := told(t, sys, opt)
			if res.System != sys {
				t.Errorf("seed %d, %s: the result is of another system", seed, name)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("seed %d, %s (-without +with):\n%s", seed, name, diff)
			}
			if res.States.Distinct < whole.States.Distinct && name == "slicing" {
				smaller++
				for _, f := range res.Findings {
					if f.Trace != nil {
						kinds[fmt.Sprint(f.Prop.Kind, f.Trace.Loop >= 0)]++
					}
				}
				for _, note := range res.Basis.Notes {
					if strings.Contains(note, "is decided without slicing") {
						kinds["open"]++
					}
				}
			}
		}
	}
	t.Log(smaller, "systems were made smaller; traces by kind of property and whether they go round:", kinds)
	if smaller < 40 || kinds["open"] == 0 || len(kinds) < 8 {
		t.Errorf("%d systems were made smaller: %v", smaller, kinds)
	}
}
