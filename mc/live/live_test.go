package live_test

import (
	"context"
	"strings"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/ir/verify"
	"github.com/spec-lang/spec/mc/live"
)

// check decides the temporal properties of sys and lets the judge confirm what
// is violated.
func check(t *testing.T, sys *ir.System, opt live.Options) *live.Result {
	t.Helper()
	var props []*ir.Property
	for _, p := range sys.Props {
		if p.Kind == ir.Temporal {
			props = append(props, p)
		}
	}
	res := live.Check(context.Background(), sys, props, opt)
	if err := explain.Fill(&evidence.Result{System: sys, Findings: res.Findings}); err != nil {
		t.Fatal(err)
	}
	return res
}

func (k kit) prop(name string, f ir.Expr) { k.Prop(ir.Temporal, name, f) }

// kit builds systems with the operators of linear time.
type kit struct{ *irtest.B }

func (k kit) always(e ir.Expr) ir.Expr      { return k.OpT(k.Bool(), ir.Always, e) }
func (k kit) eventually(e ir.Expr) ir.Expr  { return k.OpT(k.Bool(), ir.Eventually, e) }
func (k kit) leads(p, q ir.Expr) ir.Expr    { return k.OpT(k.Bool(), ir.LeadsTo, p, q) }
func (k kit) is(v *ir.Var, n int64) ir.Expr { return k.Op(ir.Eq, k.Get(v), k.To(v.Type, k.I(n))) }
func (k kit) set(v *ir.Var, n int64) ir.Stmt {
	return k.Put(v, k.To(v.Type, k.I(n)))
}

func (k kit) action(name string, fair ir.Fairness, guard ir.Expr, body ...ir.Stmt) *ir.Action {
	a := k.Action(name, nil, guard, body...)
	a.Fair = fair
	return a
}

func (k kit) taken(a *ir.Action, args ...ir.Expr) ir.Expr {
	return &ir.ActionPred{Node: ir.Node{T: k.Bool(), Loc: a.Span}, Taken: true, Action: a, Args: args, Any: len(args) == 0}
}

func (k kit) enabled(a *ir.Action) ir.Expr {
	return &ir.ActionPred{Node: ir.Node{T: k.Bool(), Loc: a.Span}, Action: a, Any: true}
}

func newKit(name string) kit { return kit{irtest.New(name)} }

// trace writes the actions of a run: the loop stands in brackets.
func trace(f evidence.Finding) string {
	var parts []string
	name := func(s evidence.Step) string {
		if s.Action == nil {
			return "rest"
		}
		return s.Action.Name + strings.TrimSuffix(irtest.Key(s.Args), ";")
	}
	for i, s := range f.Trace.Steps {
		if i > 0 {
			parts = append(parts, name(s))
		}
		if i == f.Trace.Loop {
			parts = append(parts, "(")
		}
	}
	return strings.Join(append(parts, name(f.Trace.Back), ")"), " ")
}

// toggle goes between 0 and 1 with Up and Down; Out leads to 2 from 1 only,
// and there the run ends.
func toggle(outFair ir.Fairness) (kit, *ir.Var, *ir.Action) {
	k := newKit("Toggle")
	x := k.Var("x", k.Ints(0, 2))
	k.Init(k.set(x, 0))
	k.action("Up", ir.Weak, k.is(x, 0), k.set(x, 1))
	k.action("Down", ir.Weak, k.is(x, 1), k.set(x, 0))
	out := k.action("Out", outFair, k.is(x, 1), k.set(x, 2))
	return k, x, out
}

// TestKnown has systems with answers worked out by hand, each beside one that
// differs in little and has another answer.
func TestKnown(t *testing.T) {
	for _, tt := range []struct {
		name string
		make func() kit
		want string // "" if the property holds, else the run
	}{
		{"weak fairness lets an action starve that is possible now and then", func() kit {
			k, x, _ := toggle(ir.Weak)
			k.prop("Ends", k.eventually(k.is(x, 2)))
			return k
		}, "( Up Down )"},
		{"strong fairness does not", func() kit {
			k, x, _ := toggle(ir.Strong)
			k.prop("Ends", k.eventually(k.is(x, 2)))
			return k
		}, ""},
		{"without fairness an action need not happen", func() kit {
			k, _, out := toggle(ir.Unfair)
			k.prop("Ends", k.eventually(k.taken(out)))
			return k
		}, "( Up Down )"},
		{"infinitely often possible", func() kit {
			k, _, out := toggle(ir.Weak)
			k.prop("Often", k.Op(ir.Or, k.eventually(k.taken(out)), k.always(k.eventually(k.enabled(out)))))
			return k
		}, ""},
		{"possible for ever is another matter", func() kit {
			k, _, out := toggle(ir.Weak)
			k.prop("Often", k.Op(ir.Or, k.eventually(k.taken(out)), k.eventually(k.always(k.enabled(out)))))
			return k
		}, "( Up Down )"},
		{"the end of a run is repeated", func() kit {
			k, x, _ := toggle(ir.Strong)
			k.prop("Stays", k.eventually(k.always(k.is(x, 2))))
			return k
		}, ""},
		{"and nothing is taken there", func() kit {
			k, x, out := toggle(ir.Strong)
			k.prop("Takes", k.leads(k.is(x, 2), k.taken(out)))
			return k
		}, "Up Out ( rest )"},
		{"a step that changes nothing is taken", func() kit {
			k := newKit("Idle")
			x := k.Var("x", k.Ints(0, 1))
			k.Init(k.set(x, 0))
			a := k.action("Idle", ir.Weak, nil, k.set(x, 0))
			k.prop("Idles", k.always(k.eventually(k.taken(a))))
			k.action("Other", ir.Unfair, nil, k.set(x, 0))
			return k
		}, ""},
		{"if it is fair", func() kit {
			k := newKit("Idle")
			x := k.Var("x", k.Ints(0, 1))
			k.Init(k.set(x, 0))
			a := k.action("Idle", ir.Unfair, nil, k.set(x, 0))
			k.prop("Idles", k.always(k.eventually(k.taken(a))))
			k.action("Other", ir.Unfair, nil, k.set(x, 0))
			return k
		}, "( Other )"},
		{"fairness for each value", func() kit { return served(false) }, ""},
		{"fairness for any value", func() kit { return served(true) }, "Serve1 ( Serve1 )"},
		{"the next state", func() kit {
			k, x, _ := toggle(ir.Weak)
			k.prop("Next", k.OpT(k.Bool(), ir.NextTime, k.is(x, 1)))
			return k
		}, ""},
		{"the one after", func() kit {
			k, x, _ := toggle(ir.Weak)
			k.prop("Next", k.OpT(k.Bool(), ir.NextTime, k.OpT(k.Bool(), ir.NextTime, k.is(x, 0))))
			return k
		}, "Up Out ( rest )"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			k := tt.make()
			if err := verify.System(k.Sys); err != nil {
				t.Fatal(err)
			}
			f := check(t, k.Sys, live.Options{}).Findings[0]
			switch {
			case f.Verdict == evidence.Unknown:
				t.Fatalf("unknown: %s", f.Why)
			case tt.want == "" && f.Verdict == evidence.Violated:
				t.Errorf("violated by %s", trace(f))
			case tt.want != "" && f.Verdict == evidence.Holds:
				t.Errorf("holds, want %s", tt.want)
			case tt.want != "" && trace(f) != tt.want:
				t.Errorf("got %s, want %s", trace(f), tt.want)
			}
		})
	}
}

// served is a counter that serves numbers 0 and 1: it may always serve any.
func served(any bool) kit {
	k := newKit("Serve")
	n := k.Ints(0, 1)
	x := k.Var("x", n)
	k.Init(k.set(x, 0))
	p := k.Param("n", n)
	a := k.Action("Serve", []*ir.Param{p}, nil, k.Put(x, k.Use(p.Local)))
	a.Fair, a.FairAny = ir.Weak, any
	k.prop("Zero", k.Op(ir.And, k.always(k.eventually(k.taken(a))), k.always(k.eventually(k.taken(a, k.To(n, k.I(0)))))))
	return k
}

// TestExistential has a fair action whose parameter is drawn from the state:
// it must happen again and again, but with any of the values.
func TestExistential(t *testing.T) {
	for _, byType := range []bool{false, true} {
		k := newKit("Exist")
		n := k.Ints(0, 1)
		x := k.Var("x", n)
		k.Init(k.set(x, 0))
		p := k.ParamIn("n", k.Values(n))
		p.ByType = byType
		a := k.Action("Serve", []*ir.Param{p}, nil, k.Put(x, k.Use(p.Local)))
		a.Fair = ir.Weak
		k.prop("Zero", k.always(k.eventually(k.taken(a, k.To(n, k.I(0))))))
		k.prop("Some", k.always(k.eventually(k.taken(a))))
		res := check(t, k.Sys, live.Options{})
		if holds := res.Findings[0].Verdict == evidence.Holds; holds != byType {
			t.Errorf("by type %v: each value is served: %v", byType, holds)
		}
		if res.Findings[1].Verdict != evidence.Holds {
			t.Errorf("by type %v: nothing is served", byType)
		}
	}
}

// TestFair holds the reasons why a loop is fair to what they say.
func TestFair(t *testing.T) {
	k, x, _ := toggle(ir.Weak)
	k.action("Skip", ir.Unfair, nil)
	k.prop("Ends", k.eventually(k.is(x, 2)))
	f := check(t, k.Sys, live.Options{}).Findings[0]
	var got []string
	for _, r := range f.Fair {
		got = append(got, r.Action.Name+[...]string{"", " taken", " disabled", " not asked"}[r.How])
	}
	want := "Up taken, Down taken, Out disabled, Skip not asked"
	if strings.Join(got, ", ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, ", "), want)
	}
	if b := f.Fair[2].Blocked; b.Expr == nil || b.Reason != "x = 0" {
		t.Errorf("Out is disabled because %v, %q", b.Expr, b.Reason)
	}
}

// TestUnknown has what cannot be decided: it is said, never guessed.
func TestUnknown(t *testing.T) {
	for _, tt := range []struct {
		name string
		make func(k kit, x *ir.Var)
		opt  live.Options
		want string
	}{
		{"time", func(k kit, x *ir.Var) {
			k.prop("P", k.OpT(k.Bool(), ir.Within, k.Val(k.Duration(), ir.NewInt(5)), k.is(x, 2)))
		}, live.Options{}, "`within` needs time"},
		{"a bound", func(k kit, x *ir.Var) {
			k.Bound(k.Op(ir.Not, k.is(x, 2)))
			k.prop("P", k.always(k.Op(ir.Not, k.is(x, 2))))
		}, live.Options{}, "no violation within the bound, which cut 1 states off"},
		{"a limit of states", func(k kit, x *ir.Var) {
			k.prop("P", k.always(k.True()))
			k.prop("Q", k.eventually(k.is(x, 2)))
		}, live.Options{States: 0, Memory: 1}, "the limit of 1 bytes of memory"},
		{"no value", func(k kit, x *ir.Var) {
			div := k.Op(ir.Div, k.I(1), k.Op(ir.Sub, k.To(k.Int(), k.Get(x)), k.I(1)))
			k.prop("P", k.always(k.Op(ir.Lt, div, k.I(5))))
		}, live.Options{}, "it has no value in some state"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			k, x, _ := toggle(ir.Strong)
			tt.make(k, x)
			fs := check(t, k.Sys, tt.opt).Findings
			f := fs[len(fs)-1]
			if f.Verdict != evidence.Unknown || !strings.Contains(f.Why, tt.want) {
				t.Errorf("got %v, %q, want unknown, %q", f.Verdict, f.Why, tt.want)
			}
		})
	}
}

// TestBoundedViolation finds a loop within a bound: that is a violation.
func TestBoundedViolation(t *testing.T) {
	k, x, _ := toggle(ir.Weak)
	k.Bound(k.Op(ir.Not, k.is(x, 2)))
	k.prop("P", k.eventually(k.is(x, 2)))
	if f := check(t, k.Sys, live.Options{}).Findings[0]; f.Verdict != evidence.Violated {
		t.Errorf("got %v: %s", f.Verdict, f.Why)
	}
}

// TestCutIsPossible has a fair action that leads out of the bound at every
// step: it is possible, so a loop without it is not fair.
func TestCutIsPossible(t *testing.T) {
	for fair, want := range map[ir.Fairness]evidence.Verdict{ir.Unfair: evidence.Violated, ir.Weak: evidence.Unknown} {
		k := newKit("Cut")
		x := k.Var("x", k.Ints(0, 2))
		k.Init(k.set(x, 0))
		k.action("Spin", ir.Unfair, nil)
		k.action("Leave", fair, nil, k.set(x, 2))
		k.Bound(k.Op(ir.Not, k.is(x, 2)))
		k.prop("P", k.eventually(k.is(x, 2)))
		if f := check(t, k.Sys, live.Options{}).Findings[0]; f.Verdict != want {
			t.Errorf("fairness %d: got %v: %s, want %v", fair, f.Verdict, f.Why, want)
		}
	}
}

func TestInterrupted(t *testing.T) {
	k, x, _ := toggle(ir.Weak)
	k.prop("P", k.eventually(k.is(x, 2)))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if f := live.Check(ctx, k.Sys, k.Sys.Props, live.Options{}).Findings[0]; f.Verdict != evidence.Unknown || f.Why != "interrupted" {
		t.Errorf("got %v, %q", f.Verdict, f.Why)
	}
}

// TestVacuous has an antecedent that is never true, and one that is.
func TestVacuous(t *testing.T) {
	for n, want := range map[int64]int{1: 0, 2: 1} {
		k := newKit("Vacuous")
		x := k.Var("x", k.Ints(0, 2))
		k.Init(k.set(x, 0))
		k.action("Up", ir.Weak, k.is(x, 0), k.set(x, 1))
		k.prop("P", k.leads(k.is(x, n), k.is(x, 1)))
		res := check(t, k.Sys, live.Options{})
		if len(res.Vacuous) != want || res.Findings[0].Verdict != evidence.Holds {
			t.Errorf("x == %d: %d vacuous parts, want %d; %v", n, len(res.Vacuous), want, res.Findings[0].Verdict)
		}
	}
}

// TestOnTheFly has systems with endlessly many states: a run that violates is
// found all the same, near and far, and always the same one.
func TestOnTheFly(t *testing.T) {
	for _, tt := range []struct {
		name      string
		far, near int64 // where it is possible to stay, and the option
		most      uint64
		longer    bool
	}{
		{"near", 5, 100, 200, true},
		{"far", 500, 100, 800, true},
		{"at once", 0, 100, 200, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			k := newKit("Endless")
			x := k.Var("x", k.Int())
			k.Init(k.set(x, 0))
			k.action("Stay", ir.Unfair, k.is(x, tt.far), k.set(x, tt.far))
			k.action("Go", ir.Unfair, nil, k.Put(x, k.Op(ir.Add, k.Get(x), k.I(1))))
			k.prop("Further", k.eventually(k.is(x, tt.far+20)))
			res := check(t, k.Sys, live.Options{Near: int(tt.near)})
			f := res.Findings[0]
			if f.Verdict != evidence.Violated || f.Depth != int(tt.far) || len(f.Trace.Steps) != f.Depth+1 {
				t.Fatalf("got %v: %s, depth %d", f.Verdict, f.Why, f.Depth)
			}
			if res.States > tt.most || len(res.Longer) > 0 != tt.longer || len(res.Vacuous) > 0 {
				t.Errorf("%d states visited, want at most %d; shorter runs not ruled out: %v, want %v", res.States, tt.most, len(res.Longer) > 0, tt.longer)
			}
			again := check(t, k.Sys, live.Options{Near: int(tt.near)})
			if again.States != res.States || trace(again.Findings[0]) != trace(f) {
				t.Errorf("%d states and %s at first, then %d and %s", res.States, trace(f), again.States, trace(again.Findings[0]))
			}
		})
	}
}

// TestFarFair: far from the initial states, fairness counts as it does near.
func TestFarFair(t *testing.T) {
	for fair, want := range map[ir.Fairness]evidence.Verdict{ir.Unfair: evidence.Violated, ir.Weak: evidence.Violated, ir.Strong: evidence.Holds} {
		k := newKit("Far")
		x, y := k.Var("x", k.Ints(0, 300)), k.Var("y", k.Ints(0, 2))
		k.Init(k.set(x, 0), k.set(y, 0))
		there := k.is(x, 300)
		k.action("Up", ir.Weak, k.Op(ir.And, there, k.is(y, 0)), k.set(y, 1))
		k.action("Down", ir.Weak, k.Op(ir.And, there, k.is(y, 1)), k.set(y, 0))
		k.action("Out", fair, k.Op(ir.And, there, k.is(y, 1)), k.set(y, 2))
		k.action("Go", ir.Unfair, k.Op(ir.Lt, k.Get(x), k.To(x.Type, k.I(300))), k.Put(x, k.To(x.Type, k.Op(ir.Add, k.To(k.Int(), k.Get(x)), k.I(1)))))
		k.prop("Ends", k.eventually(k.is(y, 2)))
		if f := check(t, k.Sys, live.Options{Near: 50}).Findings[0]; f.Verdict != want {
			t.Errorf("fairness %d: got %v: %s, want %v", fair, f.Verdict, f.Why, want)
		}
	}
}

// TestStateLimit: within the states that a limit allows, runs are looked at.
func TestStateLimit(t *testing.T) {
	for far, want := range map[int64]evidence.Verdict{5: evidence.Violated, 5000: evidence.Unknown} {
		k := newKit("Endless")
		x := k.Var("x", k.Int())
		k.Init(k.set(x, 0))
		k.action("Go", ir.Unfair, nil, k.Put(x, k.Op(ir.Add, k.Get(x), k.I(1))))
		k.action("Stay", ir.Unfair, k.is(x, far), k.set(x, far))
		k.prop("Further", k.eventually(k.is(x, far+20)))
		for _, near := range []int{10, 100} {
			if f := check(t, k.Sys, live.Options{States: 60, Near: near}).Findings[0]; f.Verdict != want || want == evidence.Unknown && f.Why != "the limit of 60 states" {
				t.Errorf("at %d, %d states near: got %v: %q, want %v", far, near, f.Verdict, f.Why, want)
			}
		}
	}
}
