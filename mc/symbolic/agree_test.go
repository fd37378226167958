package symbolic_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc"
	"github.com/spec-lang/spec/mc/symbolic"
)

// exhaust asks for every property and every figure.
func exhaust(sys *ir.System) {
	sys.Checks = nil
	for _, p := range sys.Props {
		sys.Checks = append(sys.Checks, ir.Check{Prop: p, Depth: -1})
	}
	sys.Expect = ir.Expect{States: 0, Generated: -1, Depth: -1, ViolatedDepth: -1, DeadlockDepth: -1}
}

// text is what two engines must agree on.
func text(res *evidence.Result) string {
	var s strings.Builder
	fmt.Fprintf(&s, "%+v basis %d cuts %d\n", res.States, res.Basis.Kind, res.Basis.Cuts)
	for _, f := range res.Findings {
		if f.Prop.Kind == ir.Temporal {
			continue // loops differ
		}
		fmt.Fprintf(&s, "%s %s at %d %v %s\n", f.Prop.Label(), f.Verdict, f.Depth, f.Span, f.Why)
		if f.Trace != nil {
			for _, st := range f.Trace.Steps {
				name := ""
				if st.Action != nil {
					name = st.Action.Name + "(" + irtest.Key(st.Args) + ")"
				}
				fmt.Fprintf(&s, "  %s", name)
				for _, v := range st.State {
					if v != nil {
						fmt.Fprintf(&s, " %s", ir.Format(v))
					}
				}
				s.WriteByte('\n')
			}
		}
	}
	for _, a := range res.Coverage.Actions {
		fmt.Fprintf(&s, "%s taken %d enabled %d blocked %v\n", a.Action.Name, a.Taken, a.Enabled, a.Blocked)
	}
	return s.String()
}

// agree compares both engines, and reports whether the system is packed.
func agree(t *testing.T, sys *ir.System) bool {
	t.Helper()
	got, err := symbolic.Check(context.Background(), sys, symbolic.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(got.Basis.Limit, "no circuit") {
		return false
	}
	want, err := mc.Check(context.Background(), sys, mc.Options{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(text(want), text(got)); d != "" {
		t.Errorf("explicit and symbolic differ:\n%s", d)
	}
	for i, f := range got.Findings {
		if f.Prop.Kind == ir.Temporal && f.Verdict != want.Findings[i].Verdict && !strings.Contains(f.Why, "no circuit") {
			t.Errorf("%s is %s by sets (%s) and %s one by one", f.Prop.Label(), f.Verdict, f.Why, want.Findings[i].Verdict)
		}
	}
	return true
}

func TestAgreesOnKnownSystems(t *testing.T) {
	for _, k := range irtest.Systems() {
		t.Run(k.Name, func(t *testing.T) {
			exhaust(k.Sys)
			agree(t, k.Sys)
		})
	}
}

// TestAgreesOnRandomSystems compares both engines on random Systems: more of
// them with SPEC_SOAK.
func TestAgreesOnRandomSystems(t *testing.T) {
	n, packed := uint64(900), 0
	if os.Getenv("SPEC_SOAK") != "" {
		n = 20_000
	}
	for seed := range n {
		sys := irtest.Random(seed)
		exhaust(sys)
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			if agree(t, sys) {
				packed++
			}
		})
	}
	if packed < int(n)/20 {
		t.Errorf("only %d of %d random systems are packed", packed, n)
	}
}

// cells has n cells that are each switched on once, in any order: 2^n states.
func cells(n int) *ir.System {
	b := irtest.New("Cells")
	cell := b.Sort("Cell", n, ir.Unordered)
	on := b.Var("on", b.Set(cell))
	b.Init(b.Put(on, b.OpT(on.Type, ir.SetLit)))
	p := b.Param("c", cell)
	b.Action("Switch", []*ir.Param{p}, b.Op(ir.Not, b.Op(ir.In, b.Use(p.Local), b.Get(on))),
		b.Put(on, b.Op(ir.Union, b.Get(on), b.Op(ir.SetLit, b.Use(p.Local)))))
	b.Prop(ir.Witness, "All", b.Op(ir.Eq, b.Get(on), b.Values(cell)))
	exhaust(b.Sys)
	return b.Sys
}

// TestManyStates counts far more states than could be listed.
func TestManyStates(t *testing.T) {
	res, err := symbolic.Check(context.Background(), cells(40), symbolic.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if s := res.States; s.Distinct != 1<<40 || s.Depth != 40 || s.Generated != 1+40<<39 {
		t.Errorf("%+v", s)
	}
	if f := res.Findings[0]; f.Verdict != evidence.Holds || f.Depth != 40 || len(f.Trace.Steps) != 41 {
		t.Errorf("%s at %d", f.Verdict, f.Depth)
	}
}

// TestLimits ends searches early, for each reason.
func TestLimits(t *testing.T) {
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	for _, tt := range []struct {
		name, want string
		ctx        context.Context
		lim        mc.Limits
	}{
		{"states", "the limit of 100 states", context.Background(), mc.Limits{States: 100}},
		{"depth", "the limit of 3 steps", context.Background(), mc.Limits{Depth: 3}},
		{"memory", "bytes of memory", context.Background(), mc.Limits{Memory: 64 << 10}},
		{"interrupt", "interrupted", ended, mc.Limits{}},
	} {
		res, err := symbolic.Check(tt.ctx, cells(40), symbolic.Options{Limits: tt.lim})
		if err != nil {
			t.Fatal(err)
		}
		if res.Basis.Kind != evidence.Partial || !strings.Contains(res.Basis.Limit, tt.want) || res.Findings[0].Verdict != evidence.Unknown {
			t.Errorf("%s: %+v, %s", tt.name, res.Basis, res.Findings[0].Verdict)
		}
	}
}

// TestSlicing leaves out a variable that doubles the states and that nothing
// reads; everything else is as one by one.
func TestSlicing(t *testing.T) {
	sys := func() *ir.System {
		b := irtest.New("Mirror")
		digit := b.Ints(0, 7)
		x, seen := b.Var("x", digit), b.Var("seen", digit)
		b.Init(b.Put(x, b.To(digit, b.I(0))), b.Put(seen, b.To(digit, b.I(0))))
		b.Action("Up", nil, b.Op(ir.Lt, b.To(b.Int(), b.Get(x)), b.I(7)), b.Put(seen, b.Get(x)),
			b.Put(x, b.To(digit, b.Op(ir.Add, b.To(b.Int(), b.Get(x)), b.I(1)))))
		b.Action("Back", nil, b.Op(ir.Lt, b.I(0), b.To(b.Int(), b.Get(x))), b.Put(x, b.To(digit, b.I(0))))
		b.Prop(ir.Invariant, "Low", b.Op(ir.Lt, b.To(b.Int(), b.Get(x)), b.I(7)))
		return b.Sys
	}
	whole := sys()
	for _, tt := range []struct {
		slicing bool
		states  uint64
		note    string
	}{{false, 13, ""}, {true, 8, "slicing: no answer depends on seen"}} {
		res, err := symbolic.Check(context.Background(), whole, symbolic.Options{Slicing: tt.slicing})
		if err != nil {
			t.Fatal(err)
		}
		want, _ := mc.Check(context.Background(), whole, mc.Options{})
		f, g := res.Findings[0], want.Findings[0]
		notes := strings.Join(res.Basis.Notes, "; ")
		if res.System != whole || f.ID() == "" || f.ID() != g.ID() || res.Reduced != tt.slicing || notes != tt.note || res.States.Distinct != tt.states {
			t.Errorf("slicing %v: %d states, notes %q, trace %s, want %d, %q, %s", tt.slicing, res.States.Distinct, notes, f.ID(), tt.states, tt.note, g.ID())
		}
	}
}
