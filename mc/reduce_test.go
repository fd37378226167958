package mc_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc"
)

// ways are all reductions that a search can have, with one worker and with
// several.
var ways = map[string]mc.Options{
	"symmetry":               {Workers: 1, Reductions: mc.Reductions{Symmetry: mc.Always, PartialOrder: mc.Never}},
	"symmetry, 3 workers":    mc.Lonely(mc.Options{Workers: 3, Reductions: mc.Reductions{Symmetry: mc.Always, PartialOrder: mc.Never}}, 1),
	"partial order":          {Workers: 1, Reductions: mc.Reductions{Symmetry: mc.Never, PartialOrder: mc.Always}},
	"partial order, 3":       mc.Lonely(mc.Options{Workers: 3, Reductions: mc.Reductions{Symmetry: mc.Never, PartialOrder: mc.Always}}, 1),
	"once large":             mc.Large(mc.Options{Workers: 1}, 10),
	"once large, 2 workers":  mc.Large(mc.Lonely(mc.Options{Workers: 2}, 5), 10),
	"depth-first, few steps": {Order: mc.DepthFirst, Reductions: mc.Reductions{Symmetry: mc.Never, PartialOrder: mc.Always}},
}

// verdicts are what no reduction may change; depths too, breadth-first.
func verdicts(t *testing.T, sys *ir.System, opt mc.Options) (list []string, res *evidence.Result) {
	t.Helper()
	res, err := mc.Check(context.Background(), sys, opt)
	if err != nil {
		t.Fatal(err)
	}
	if err := explain.Fill(res); err != nil {
		t.Fatal(err)
	}
	for _, f := range res.Findings {
		if f.Prop.Kind == ir.Temporal || f.Prop.Kind == ir.CTL || f.Prop.Kind == ir.Scenario {
			continue
		}
		s := f.Prop.Label() + " " + f.Verdict.String()
		if f.Trace != nil && opt.Order == mc.BreadthFirst {
			s += fmt.Sprint(" at ", f.Depth)
		}
		list = append(list, s)
	}
	return list, res
}

// warnings are what a result that looks well may hide.
func warnings(res *evidence.Result) (actions, parts []string) {
	for _, d := range evidence.Warnings(res) {
		if d.Code == evidence.ActionNeverTaken {
			actions = append(actions, d.Message)
		} else {
			parts = append(parts, fmt.Sprint(d.Message, d.Span))
		}
	}
	return actions, parts
}

// sameWarnings compares what is said never to happen. Partial order reduction
// does not know of parts of properties.
func sameWarnings(t *testing.T, name string, got, want *evidence.Result) {
	t.Helper()
	actions, parts := warnings(got)
	wantActions, wantParts := warnings(want)
	if !slices.Equal(actions, wantActions) {
		t.Errorf("%s: got %q, want %q", name, actions, wantActions)
	}
	said := slices.ContainsFunc(got.Basis.Notes, func(n string) bool { return strings.HasPrefix(n, "parts of properties") })
	if !slices.Equal(parts, wantParts) && !(said && parts == nil) {
		t.Errorf("%s: got %q, want %q", name, parts, wantParts)
	}
}

// sameVerdicts compares every reduction with the whole search.
func sameVerdicts(t *testing.T, sys *ir.System) {
	t.Helper()
	if tooBig(t, sys) {
		return
	}
	for name, opt := range ways {
		want, whole := verdicts(t, sys, mc.Options{Workers: 1, Order: opt.Order})
		got, res := verdicts(t, sys, opt)
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
		sameWarnings(t, name, res, whole)
		if res.States.Distinct > whole.States.Distinct {
			t.Errorf("%s: %d states, without it %d", name, res.States.Distinct, whole.States.Distinct)
		}
	}
}

func TestReductionsKeepVerdicts(t *testing.T) {
	for _, k := range irtest.Systems() {
		t.Run(k.Name, func(t *testing.T) { sameVerdicts(t, k.Sys) })
	}
	n := uint64(60)
	if os.Getenv("SPEC_SOAK") != "" {
		n = 10_000
	}
	seeds := []uint64{179, 1933} // found faults once
	for seed := range n {
		seeds = append(seeds, seed)
	}
	for _, seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			sameVerdicts(t, irtest.Random(seed))
			sameVerdicts(t, irtest.RandomPacked(seed))
		})
	}
}

// TestSymmetryCountsAll: the orbits add up to the whole space.
func TestSymmetryCountsAll(t *testing.T) {
	sys := irtest.TwoPhase(4)
	exhaust(sys)
	_, whole := verdicts(t, sys, mc.Options{})
	_, res := verdicts(t, sys, mc.Lonely(mc.Options{Workers: 2, Reductions: mc.Reductions{Symmetry: mc.Always}}, 5))
	want := fmt.Sprintf("symmetry of RM: %d states were visited for %d", res.States.Distinct, whole.States.Distinct)
	if !res.Reduced || len(res.Basis.Notes) == 0 || res.Basis.Notes[0] != want {
		t.Errorf("got notes %q, want %q first", res.Basis.Notes, want)
	}
}

// TestReductionsSayWhyNot: what is refused is said, with the reason.
func TestReductionsSayWhyNot(t *testing.T) {
	sys := irtest.Counter()
	_, res := verdicts(t, sys, mc.Options{Reductions: mc.Reductions{PartialOrder: mc.Always}})
	if !slices.ContainsFunc(res.Basis.Notes, func(n string) bool { return strings.HasPrefix(n, "no partial order reduction: ") }) || res.Reduced {
		t.Errorf("got notes %q", res.Basis.Notes)
	}
}

// TestSmallSearchesAreWhole: without being asked for, nothing is left out of a
// small search, nor of one whose figures the model states.
func TestSmallSearchesAreWhole(t *testing.T) {
	sys := irtest.TwoPhase(4)
	exhaust(sys)
	if _, res := verdicts(t, sys, mc.Options{}); res.Reduced || len(res.Basis.Notes) > 0 {
		t.Errorf("small: reduced, %q", res.Basis.Notes)
	}
	if _, res := verdicts(t, sys, mc.Large(mc.Options{}, 50)); !res.Reduced {
		t.Errorf("large: not reduced, %q", res.Basis.Notes)
	}
	sys.Expect.States = int64(1)
	if _, res := verdicts(t, sys, mc.Large(mc.Options{}, 50)); res.Reduced {
		t.Errorf("figures: reduced, %q", res.Basis.Notes)
	}
}

// TestFewStepsAreLookedAt: a step that is taken instead of others raises its
// alarm.
func TestFewStepsAreLookedAt(t *testing.T) {
	b := irtest.New("Apart")
	p, q := b.Var("p", b.Bool()), b.Var("q", b.Bool())
	b.Init(b.Put(p, b.False()), b.Put(q, b.False()))
	b.Action("Jump", nil, b.Op(ir.Not, b.Get(p)), b.Put(p, b.True()))
	b.Action("Walk", nil, b.Op(ir.Not, b.Get(q)), b.Put(q, b.True()))
	b.Sys.Terminal = b.True()
	b.Prop(ir.Step, "Still", b.Op(ir.Implies, b.Get(p), b.Before(p)))
	list, res := verdicts(t, b.Sys, ways["partial order"])
	if list[0] != "step Still violated at 1" || res.States.Distinct > 3 {
		t.Errorf("got %q after %d states, notes %q, want a violation at 1 with at most 3 states", list, res.States.Distinct, res.Basis.Notes)
	}
}

// TestWarningsUnderReductions: that an action is never taken is known under
// every reduction, of parts of properties partial order says that it is not.
// The profile has what each did.
func TestWarningsUnderReductions(t *testing.T) {
	b := irtest.New("Apart")
	who := b.Sort("Who", 3, ir.Unordered)
	on, never, last := b.Var("on", b.Func(who, b.Bool())), b.Var("never", b.Bool()), b.Var("last", b.Bool())
	w := b.Param("w", who)
	b.Init(b.Put(on, b.OpT(on.Type, ir.ConstFunc, b.False())), b.Put(never, b.False()), b.Put(last, b.False()))
	b.Action("Switch", []*ir.Param{w}, b.Op(ir.Not, b.At(on, b.Use(w.Local))), b.PutAt(on, b.Use(w.Local), b.True()), b.Put(last, b.True()))
	b.Action("Rest", nil, b.Get(never), b.Put(last, b.False()))
	b.Sys.Terminal = b.True()
	b.Prop(ir.Invariant, "Says", b.Op(ir.Implies, b.Get(never), b.False()))
	for _, tt := range []struct {
		reductions mc.Reductions
		parts      int
		want       string
	}{
		{mc.Reductions{}, 1, "[]"},
		{mc.Reductions{Slicing: mc.Always, Symmetry: mc.Never, PartialOrder: mc.Never}, 1, "[{slicing 2 3 variable}]"},
		{mc.Reductions{Slicing: mc.Never, Symmetry: mc.Always, PartialOrder: mc.Never}, 1, "[{symmetry of Who 4 8 state}]"},
		{mc.Reductions{Slicing: mc.Never, Symmetry: mc.Never, PartialOrder: mc.Always}, 0, "[{all steps under partial order 2 4 state}]"},
	} {
		res, err := mc.Check(context.Background(), b.Sys, mc.Options{Workers: 1, Profile: true, Reductions: tt.reductions})
		if err != nil {
			t.Fatal(err)
		}
		actions, parts := warnings(res)
		said := slices.ContainsFunc(res.Basis.Notes, func(n string) bool { return strings.HasPrefix(n, "parts of properties") })
		if len(actions) != 1 || len(parts) != tt.parts || said != (tt.parts == 0) {
			t.Errorf("%+v: got %q, %q, notes %q", tt.reductions, actions, parts, res.Basis.Notes)
		}
		if got := fmt.Sprint(res.Profile.Reduced); got != tt.want {
			t.Errorf("%+v: got %s, want %s", tt.reductions, got, tt.want)
		}
	}
}
