package profile_test

import (
	"fmt"
	"iter"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc/profile"
	"github.com/spec-lang/spec/mc/program"
)

// statesOf are the keys of all states of a System, the last first if reverse
// is set.
func statesOf(prog *program.Program, reverse bool) iter.Seq[[]uint64] {
	states := irtest.Explore(prog.Sys).States
	if reverse {
		slices.Reverse(states)
	}
	return func(yield func([]uint64) bool) {
		slots, key := make([]uint64, len(prog.Layout.Slots)+1), make([]uint64, prog.Layout.Words)
		for _, s := range states {
			prog.Layout.Encode(slots, s)
			prog.Layout.Pack(key, slots)
			if !yield(key) {
				return
			}
		}
	}
}

// TestWidths counts the values of variables in all states again.
func TestWidths(t *testing.T) {
	for _, k := range irtest.Systems() {
		t.Run(k.Name, func(t *testing.T) {
			prog, _ := program.Compile(k.Sys)
			got := profile.Widths(prog, statesOf(prog, false))
			states := irtest.Explore(k.Sys).States
			if got.Sampled != len(states) {
				t.Errorf("looked at %d states of %d", got.Sampled, len(states))
			}
			last := 1 << 30
			for _, w := range got.Variables {
				seen := map[string]bool{}
				for _, s := range states {
					seen[irtest.Key(s[w.Var.Index:w.Var.Index+1])] = true
				}
				if w.Values != len(seen) || w.Values > last {
					t.Errorf("%s: got %d values after %d, want %d", w.Var.Name, w.Values, last, len(seen))
				}
				last = w.Values
			}
		})
	}
}

// counter counts to n; its invariant calls a function.
func counter(n int64) *irtest.B {
	b := irtest.New("Counter")
	x := b.Var("x", b.Int())
	l := b.Local("n", b.Int())
	f := b.Function("small", []*ir.Local{l}, b.Bool(), b.Op(ir.Le, b.Use(l), b.I(n)))
	b.Init(b.Put(x, b.I(0)))
	b.Action("Up", nil, b.Op(ir.Lt, b.Get(x), b.I(n)), b.Put(x, b.Op(ir.Add, b.Get(x), b.I(1))))
	b.Prop(ir.Invariant, "Small", b.Call(f, b.Get(x)))
	b.Sys.Terminal = b.True()
	return b
}

// TestParts: in 11 states the guard is evaluated 11 times, the body 10, the
// invariant and what it calls 11.
func TestParts(t *testing.T) {
	prog, _ := program.Compile(counter(10).Sys)
	p := profile.Collect(prog, statesOf(prog, false))
	got := map[string]uint64{}
	work := uint64(0)
	for _, q := range p.Parts {
		got[q.Of] = q.Evaluations
		work += q.Work
	}
	want := map[string]uint64{"guard of Up": 11, "body of Up": 0, "invariant Small": 11, "func small": 11}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("evaluations (-want +got):\n%s", diff)
	}
	if work != p.Work || work < 11+10+11+11 {
		t.Errorf("work is %d, all parts have %d", p.Work, work)
	}
	if a := p.Actions[0]; a.Outcomes != 10 || a.Action.Name != "Up" {
		t.Errorf("got %d outcomes of %s", a.Outcomes, a.Action.Name)
	}
}

// TestSameInAnyOrder: the sample and what is counted on it do not depend on
// the order of the states.
func TestSameInAnyOrder(t *testing.T) {
	for _, k := range irtest.Systems() {
		prog, _ := program.Compile(k.Sys)
		one, two := profile.Collect(prog, statesOf(prog, false)), profile.Collect(prog, statesOf(prog, true))
		if diff := cmp.Diff(fmt.Sprint(one.Parts, one.Variables, one.Work), fmt.Sprint(two.Parts, two.Variables, two.Work)); diff != "" {
			t.Errorf("%s:\n%s", k.Name, diff)
		}
	}
}

func TestSampleIsBounded(t *testing.T) {
	prog, _ := program.Compile(counter(3 * profile.Most).Sys)
	slots, key := make([]uint64, len(prog.Layout.Slots)+1), make([]uint64, prog.Layout.Words)
	p := profile.Widths(prog, func(yield func([]uint64) bool) {
		for i := range int64(3 * profile.Most) {
			prog.Layout.Encode(slots, []ir.Value{ir.NewInt(i)})
			prog.Layout.Pack(key, slots)
			if !yield(key) {
				return
			}
		}
	})
	if p.Sampled != profile.Most || p.Variables[0].Values != profile.Most {
		t.Errorf("got %d states with %d values, want %d", p.Sampled, p.Variables[0].Values, profile.Most)
	}
}

// TestGrowing names what grows and keeps quiet about what does not.
func TestGrowing(t *testing.T) {
	b := irtest.New("Growth")
	n, log, seen, small := b.Var("n", b.Int()), b.Var("log", b.Seq(b.Bool(), -1)), b.Var("seen", b.Set(b.Bool())), b.Var("small", b.Ints(0, 3))
	plus := func(v *ir.Var) ir.Expr { return b.Op(ir.Add, b.Get(v), b.I(1)) }
	b.Init(b.Put(n, b.I(0)))
	b.Action("Count", nil, nil, b.Put(n, plus(n)))
	b.Action("Limited", nil, b.Op(ir.Lt, b.Get(n), b.I(9)), b.Put(n, plus(n)))
	b.Action("Reset", nil, nil, b.Put(n, b.I(0)))
	b.Action("Log", nil, nil, b.When(b.True(), b.Put(log, b.Op(ir.Concat, b.Get(log), b.Op(ir.SeqLit, b.True())))))
	b.Action("See", nil, nil, b.Put(seen, b.Op(ir.Union, b.Get(seen), b.Op(ir.SetLit, b.True()))))
	b.Action("Range", nil, nil, b.Put(small, b.To(small.Type, b.Op(ir.Add, b.To(b.Int(), b.Get(small)), b.I(1)))))
	names := func() []string {
		var out []string
		for _, g := range profile.Growing(b.Sys) {
			out = append(out, g.Action.Name+" "+g.Var.Name)
		}
		return out
	}
	if diff := cmp.Diff([]string{"Count n", "Log log"}, names()); diff != "" {
		t.Errorf("growing (-want +got):\n%s", diff)
	}
	b.Bound(b.Op(ir.Lt, b.Get(n), b.I(5)))
	if diff := cmp.Diff([]string{"Log log"}, names()); diff != "" {
		t.Errorf("with a bound on n (-want +got):\n%s", diff)
	}
}
