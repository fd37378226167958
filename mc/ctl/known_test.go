package ctl

import (
	"context"
	"fmt"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc/graph"
	"github.com/spec-lang/spec/mc/program"
)

// builder makes formulas for a system of irtest.
func builder(sys *ir.System) *irtest.B {
	b := irtest.New("Formula")
	b.Table = sys.Types
	return b
}

// decide returns the verdict on a formula.
func decide(sys *ir.System, e ir.Expr) evidence.Finding {
	prog, c := program.Compile(sys)
	p := &ir.Property{Kind: ir.CTL, Name: "P", Formula: e}
	f := Prepare(c, p)
	opt := graph.Options{}
	for _, b := range sys.Bounds {
		opt.Bounds = append(opt.Bounds, c.Predicate(b.Cond))
	}
	out := evidence.Finding{Prop: p}
	Check(context.Background(), prog, graph.Build(context.Background(), prog, opt), f, &out)
	return out
}

// all says something of each element of the first sort, some of some element.
func all(b *irtest.B, t *ir.Type, body func(x ir.Expr) ir.Expr) ir.Expr {
	l := b.Local("x", t)
	return b.All(l, b.Values(t), body(b.Use(l)))
}

func some(b *irtest.B, t *ir.Type, body func(x ir.Expr) ir.Expr) ir.Expr {
	l := b.Local("x", t)
	return b.Some(l, b.Values(t), body(b.Use(l)))
}

// TestKnownSystems has formulas whose truth anyone can see, each with a wrong
// sibling.
func TestKnownSystems(t *testing.T) {
	is := func(b *irtest.B, v *ir.Var, variant int) func(ir.Expr) ir.Expr {
		return func(x ir.Expr) ir.Expr {
			return b.Op(ir.Eq, b.At(v, x), b.Make(v.Type.Elem, variant))
		}
	}
	for _, tt := range []struct {
		name    string
		sys     *ir.System
		formula func(b *irtest.B, vs []*ir.Var) ir.Expr
		want    evidence.Verdict
	}{
		{"the counter comes to 3", irtest.Counter(), func(b *irtest.B, vs []*ir.Var) ir.Expr {
			return b.Op(ir.AF, b.Op(ir.AG, b.Op(ir.Eq, b.Get(vs[0]), b.I(3))))
		}, evidence.Holds},
		{"the counter can stay at 2", irtest.Counter(), func(b *irtest.B, vs []*ir.Var) ir.Expr {
			return b.Op(ir.EF, b.Op(ir.EG, b.Op(ir.Eq, b.Get(vs[0]), b.I(2))))
		}, evidence.Violated},
		{"it comes to 3 through less", irtest.Counter(), func(b *irtest.B, vs []*ir.Var) ir.Expr {
			return b.Op(ir.AU, b.Op(ir.Lt, b.Get(vs[0]), b.I(3)), b.Op(ir.Eq, b.Get(vs[0]), b.I(3)))
		}, evidence.Holds},
		{"it comes to 3 through less than 2", irtest.Counter(), func(b *irtest.B, vs []*ir.Var) ir.Expr {
			return b.Op(ir.EU, b.Op(ir.Lt, b.Get(vs[0]), b.I(2)), b.Op(ir.Eq, b.Get(vs[0]), b.I(3)))
		}, evidence.Violated},
		{"the next number is 1", irtest.Counter(), func(b *irtest.B, vs []*ir.Var) ir.Expr {
			return b.Op(ir.AX, b.Op(ir.Eq, b.Get(vs[0]), b.I(1)))
		}, evidence.Holds},
		{"the next number can be 2", irtest.Counter(), func(b *irtest.B, vs []*ir.Var) ir.Expr {
			return b.Op(ir.EX, b.Op(ir.Eq, b.Get(vs[0]), b.I(2)))
		}, evidence.Violated},
		{"the jugs can always be emptied", irtest.DieHard(), func(b *irtest.B, vs []*ir.Var) ir.Expr {
			return b.Op(ir.AG, b.Op(ir.EF, b.Every(b.Op(ir.Eq, b.Get(vs[0]), b.I(0)), b.Op(ir.Eq, b.Get(vs[1]), b.I(0)))))
		}, evidence.Holds},
		{"there will be 4 gallons", irtest.DieHard(), func(b *irtest.B, vs []*ir.Var) ir.Expr {
			return b.Op(ir.AF, b.Op(ir.Eq, b.Get(vs[1]), b.I(4)))
		}, evidence.Violated},
		{"everyone can commit", irtest.TwoPhase(3), func(b *irtest.B, vs []*ir.Var) ir.Expr {
			return b.Op(ir.EF, all(b, vs[0].Type.Key, is(b, vs[0], 2)))
		}, evidence.Holds},
		{"everyone can always commit", irtest.TwoPhase(3), func(b *irtest.B, vs []*ir.Var) ir.Expr {
			return b.Op(ir.AG, b.Op(ir.EF, all(b, vs[0].Type.Key, is(b, vs[0], 2))))
		}, evidence.Violated},
		{"who has committed stays so", irtest.TwoPhase(3), func(b *irtest.B, vs []*ir.Var) ir.Expr {
			return all(b, vs[0].Type.Key, func(x ir.Expr) ir.Expr {
				return b.Op(ir.AG, b.Op(ir.Implies, is(b, vs[0], 2)(x), b.Op(ir.AG, is(b, vs[0], 2)(x))))
			})
		}, evidence.Holds},
		{"who is prepared stays so", irtest.TwoPhase(3), func(b *irtest.B, vs []*ir.Var) ir.Expr {
			return all(b, vs[0].Type.Key, func(x ir.Expr) ir.Expr {
				return b.Op(ir.AG, b.Op(ir.Implies, is(b, vs[0], 1)(x), b.Op(ir.AG, is(b, vs[0], 1)(x))))
			})
		}, evidence.Violated},
		{"someone can always eat again", irtest.Philosophers(3), func(b *irtest.B, vs []*ir.Var) ir.Expr {
			return b.Op(ir.AG, b.Op(ir.EF, some(b, vs[0].Type.Key, is(b, vs[0], 2))))
		}, evidence.Violated},
		{"each can eat", irtest.Philosophers(3), func(b *irtest.B, vs []*ir.Var) ir.Expr {
			return all(b, vs[0].Type.Key, func(x ir.Expr) ir.Expr { return b.Op(ir.EF, is(b, vs[0], 2)(x)) })
		}, evidence.Holds},
		{"within the bound", irtest.Queue(), func(b *irtest.B, vs []*ir.Var) ir.Expr {
			return b.Op(ir.EF, b.Op(ir.Eq, b.Get(vs[2]), b.I(2)))
		}, evidence.Holds},
		{"beyond the bound", irtest.Queue(), func(b *irtest.B, vs []*ir.Var) ir.Expr {
			return b.Op(ir.EF, b.Op(ir.Eq, b.Get(vs[2]), b.I(90)))
		}, evidence.Unknown},
		{"behind a division by zero", irtest.Divide(), func(b *irtest.B, vs []*ir.Var) ir.Expr {
			return b.Op(ir.AG, b.True())
		}, evidence.Unknown},
		{"before a division by zero", irtest.Divide(), func(b *irtest.B, vs []*ir.Var) ir.Expr {
			return b.Op(ir.EX, b.True())
		}, evidence.Holds},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := decide(tt.sys, tt.formula(builder(tt.sys), tt.sys.Vars))
			if got.Verdict != tt.want {
				t.Errorf("got %v because %q, want %v", got.Verdict, got.Why, tt.want)
			}
			if got.Verdict == evidence.Violated && got.Branch == nil {
				t.Error("nothing shows it")
			}
		})
	}
}

// lamp is switched by Switch, and Flicker comes and goes while it is on.
func lamp(a ir.Fairness) (*irtest.B, *ir.Var, *ir.Var) {
	b := irtest.New("Lamp")
	on, ready := b.Var("on", b.Bool()), b.Var("ready", b.Bool())
	b.Init(b.Put(on, b.False()), b.Put(ready, b.False()))
	b.Action("Flicker", nil, b.Op(ir.Not, b.Get(on)), b.Put(ready, b.Op(ir.Not, b.Get(ready))))
	b.Action("Switch", nil, b.Every(b.Get(ready), b.Op(ir.Not, b.Get(on))), b.Put(on, b.True())).Fair = a
	return b, on, ready
}

// TestFairness: to an action that is possible again and again, but never
// stays so, only strong fairness makes a difference.
func TestFairness(t *testing.T) {
	for fair, want := range map[ir.Fairness]evidence.Verdict{
		ir.Unfair: evidence.Violated, ir.Weak: evidence.Violated, ir.Strong: evidence.Holds,
	} {
		b, on, _ := lamp(fair)
		if got := decide(b.Sys, b.Op(ir.AF, b.Get(on))); got.Verdict != want {
			t.Errorf("fairness %d: got %v, want %v", fair, got.Verdict, want)
		}
		if got := decide(b.Sys, b.Op(ir.EG, b.Op(ir.Not, b.Get(on)))); (got.Verdict == evidence.Holds) != (want == evidence.Violated) {
			t.Errorf("fairness %d: got %v of some run without", fair, got.Verdict)
		}
	}
}

// TestFairLoop: a run that is shown for ever serves a constraint that its
// shortest loop would leave out.
func TestFairLoop(t *testing.T) {
	b := irtest.New("Two")
	x, turned := b.Var("x", b.Ints(0, 3)), b.Var("turned", b.Bool())
	to := func(n int64) ir.Expr { return b.To(x.Type, b.I(n)) }
	at := func(n int64) ir.Expr { return b.Op(ir.Eq, b.Get(x), to(n)) }
	b.Init(b.Put(x, to(0)), b.Put(turned, b.False()))
	b.Action("Idle", nil, nil)
	b.Action("Go", nil, b.Op(ir.Lt, b.Get(x), to(3)), b.Put(x, b.To(x.Type, b.Op(ir.Add, b.To(b.Int(), b.Get(x)), b.I(1))))).Fair = ir.Weak
	b.Action("Home", nil, at(3), b.Put(x, to(0))).Fair = ir.Weak
	got := decide(b.Sys, b.Op(ir.AF, b.Get(turned)))
	if got.Verdict != evidence.Violated || got.Trace.Loop < 0 {
		t.Fatalf("got %v, want a run that goes round", got.Verdict)
	}
	taken := map[string]bool{}
	for _, s := range append(got.Trace.Steps[got.Trace.Loop+1:], got.Trace.Back) {
		taken[s.Action.Name] = true
	}
	if !taken["Go"] || !taken["Home"] {
		t.Errorf("the loop takes %v, want Go and Home among them", taken)
	}
	if got.Depth > 8 {
		t.Errorf("%d steps, want a short run", got.Depth)
	}
}

// TestShortest: the run to a violation of AG is as short as that of an
// invariant.
func TestShortest(t *testing.T) {
	sys := irtest.DieHard()
	b := builder(sys)
	if got := decide(sys, b.Op(ir.AG, b.Op(ir.Ne, b.Get(sys.Vars[1]), b.I(4)))); got.Verdict != evidence.Violated || got.Depth != 6 {
		t.Errorf("got %v at depth %d, want violated at depth 6", got.Verdict, got.Depth)
	}
}

// TestCancelled: a context that ends leaves the formula open.
func TestCancelled(t *testing.T) {
	sys := irtest.Counter()
	prog, c := program.Compile(sys)
	p := &ir.Property{Kind: ir.CTL, Formula: builder(sys).Op(ir.AF, builder(sys).True())}
	f := Prepare(c, p)
	g := graph.Build(context.Background(), prog, graph.Options{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	out := evidence.Finding{Prop: p}
	if Check(ctx, prog, g, f, &out); out.Verdict != evidence.Unknown || out.Why != "interrupted" {
		t.Errorf("got %v because %q", out.Verdict, out.Why)
	}
}

// TestNoValue: where a part of a formula has no value, the state is said, unless
// the formula does not depend on it.
func TestNoValue(t *testing.T) {
	sys := irtest.Counter()
	b := builder(sys)
	x := func() ir.Expr { return b.Get(sys.Vars[0]) }
	ratio := func(n int64) ir.Expr {
		return b.Op(ir.Ge, b.Op(ir.Div, b.I(6), b.Op(ir.Sub, x(), b.I(n))), b.I(-9))
	}
	for _, tt := range []struct {
		name string
		e    ir.Expr
		want evidence.Verdict
		at   int // steps to the state without a value; -1 for none
	}{
		{"needed", b.Op(ir.AG, b.Op(ir.EF, ratio(2))), evidence.Holds, -1},
		{"needed everywhere", b.Op(ir.AG, ratio(2)), evidence.Unknown, 2},
		{"guarded", b.Op(ir.AG, b.Op(ir.Implies, b.Op(ir.Ne, x(), b.I(2)), b.Op(ir.AX, b.Op(ir.Or, b.Op(ir.Eq, x(), b.I(2)), ratio(2))))), evidence.Holds, -1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			prog, c := program.Compile(sys)
			p := &ir.Property{Kind: ir.CTL, Formula: tt.e}
			f := Prepare(c, p)
			out := evidence.Finding{Prop: p}
			fault := Check(context.Background(), prog, graph.Build(context.Background(), prog, graph.Options{}), f, &out)
			at := -1
			if fault != nil {
				at = len(fault.Trace.Steps) - 1
			}
			if out.Verdict != tt.want || at != tt.at || (fault != nil) != (out.Why != "") {
				t.Errorf("got %v because %q at %d, want %v at %d", out.Verdict, out.Why, at, tt.want, tt.at)
			}
		})
	}
}

// TestUnborn: if a way to begin fails, nothing is true of all runs.
func TestUnborn(t *testing.T) {
	b := irtest.New("Unborn")
	x := b.Var("x", b.Int())
	l := b.Local("d", b.Ints(0, 1))
	b.Init(b.Pick(l, b.Values(l.Type), nil), b.Put(x, b.Op(ir.Div, b.I(6), b.To(b.Int(), b.Use(l)))))
	if got := decide(b.Sys, b.Op(ir.AF, b.Op(ir.Eq, b.Get(x), b.I(6)))); got.Verdict != evidence.Unknown || got.Why == "" {
		t.Errorf("got %v because %q, want unknown", got.Verdict, got.Why)
	}
	if got := decide(b.Sys, b.Op(ir.AF, b.Op(ir.Eq, b.Get(x), b.I(5)))); got.Verdict != evidence.Violated {
		t.Errorf("got %v because %q, want violated", got.Verdict, got.Why)
	}
}

// TestPerhapsPossible: where it is not known whether an action is possible,
// going round without it is not known to be fair.
func TestPerhapsPossible(t *testing.T) {
	b := irtest.New("Perhaps")
	x, y := b.Var("x", b.Int()), b.Var("y", b.Bool())
	b.Init(b.Put(x, b.I(0)), b.Put(y, b.False()))
	b.Action("Turn", nil, nil, b.Put(x, b.Op(ir.Sub, b.I(1), b.Get(x))))
	q := b.ParamIn("q", b.Op(ir.SetLit, b.Op(ir.Div, b.I(6), b.Get(x))))
	b.Action("Set", []*ir.Param{q, b.Param("p", b.Bool())}, b.Op(ir.Not, b.Get(y)), b.Put(y, b.True())).Fair = ir.Weak
	if got := decide(b.Sys, b.Op(ir.EG, b.Op(ir.Not, b.Get(y)))); got.Verdict != evidence.Unknown {
		t.Errorf("got %v, want unknown", got.Verdict)
	}
}

// TestRegion: a trap says what does not change in it, and what is possible.
func TestRegion(t *testing.T) {
	b, on, ready := lamp(ir.Unfair)
	broken := b.Var("broken", b.Bool())
	b.Init(b.Put(broken, b.False()))
	b.Sys.Actions[1].Guard = b.Every(b.Get(ready), b.Op(ir.Not, b.Get(broken)))
	b.Action("Break", nil, b.Op(ir.Not, b.Get(on)), b.Put(broken, b.True()))
	got := decide(b.Sys, b.Op(ir.AG, b.Op(ir.EF, b.Get(on))))
	if got.Verdict != evidence.Violated || got.Depth != 1 || len(got.Branch.Parts) != 1 {
		t.Fatalf("got %v at depth %d, want violated by Break", got.Verdict, got.Depth)
	}
	r := got.Branch.Parts[0].Branch.Region
	var fixed, possible, never []string
	for _, f := range r.Fixed {
		fixed = append(fixed, f.Var.Name+" = "+ir.Format(f.Value))
	}
	for _, a := range r.Possible {
		possible = append(possible, a.Name)
	}
	for _, a := range r.Never {
		never = append(never, a.Name)
	}

	said := fmt.Sprint(r.States, r.Exits, r.Longest, fixed, possible, never)
	if want := "2 0 -1 [on = false broken = true] [Flicker Break] [Switch]"; said != want {
		t.Errorf("got %s, want %s", said, want)
	}
}
