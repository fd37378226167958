package effects_test

import (
	"strings"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/effects"
	"github.com/spec-lang/spec/ir/irtest"
)

func text(s effects.Set) string {
	var parts []string
	for _, p := range s.Reads {
		parts = append(parts, p.String())
	}
	parts = append(parts, "->")
	for _, p := range s.Writes {
		sign := [...]string{"", "+", "-"}[p.How]
		parts = append(parts, sign+p.String())
	}
	return strings.Join(parts, " ; ")
}

func action(t *testing.T, sys *ir.System, name string) *ir.Action {
	t.Helper()
	for _, a := range sys.Actions {
		if a.Name == name {
			return a
		}
	}
	t.Fatalf("no action %s", name)
	return nil
}

func TestOf(t *testing.T) {
	sys := irtest.TwoPhase(3)
	for _, tt := range []struct{ action, want string }{
		{"Prepare", "vote[r] ; -> ; vote[r] ; +PreparedBy(r) in net"},
		{"Quit", "vote[r] ; -> ; vote[r]"},
		{"Collect", "verdict ; PreparedBy(r) in net ; -> ; +r in heard"},
	} {
		if got := text(effects.Of(action(t, sys, tt.action))); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.action, got, tt.want)
		}
	}
}

// TestConflict tells instances apart that touch one element from those that
// do not.
func TestConflict(t *testing.T) {
	sys := irtest.TwoPhase(3)
	rm := sys.Sorts[0]
	at := func(name string, i int) effects.Set {
		a := action(t, sys, name)
		return effects.Of(a).At(a, []ir.Value{ir.Elem{Sort: rm, Index: i}})
	}
	for _, tt := range []struct {
		a, b string
		i, j int
		want bool
	}{
		{"Prepare", "Prepare", 0, 1, false},
		{"Prepare", "Prepare", 0, 0, true},
		{"Prepare", "Quit", 0, 1, false},
		{"Prepare", "Quit", 0, 0, true},
		{"Prepare", "Collect", 0, 1, false},
		{"Prepare", "Collect", 0, 0, true}, // it sends what the other hears
		{"Collect", "Collect", 0, 0, false},
	} {
		if got := effects.Conflict(at(tt.a, tt.i), at(tt.b, tt.j)); got != tt.want {
			t.Errorf("%s(%d) and %s(%d): got %v", tt.a, tt.i, tt.b, tt.j, got)
		}
	}
	// Of parameters that are not known, any values may meet.
	if a := effects.Of(action(t, sys, "Prepare")); !effects.Conflict(a, a) {
		t.Error("two instances of Prepare never conflict")
	}
}

// TestIndices sees through names that stand for parameters, and not through
// those that stand for anything else.
func TestIndices(t *testing.T) {
	b := irtest.New("Indices")
	node := b.Sort("Node", 3, ir.Ring)
	at, own := b.Var("at", b.Func(node, b.Int())), b.Var("own", node)
	p := b.Param("n", node)
	q := b.Local("q", node)
	is := func(k ir.Expr) ir.Expr { return b.Op(ir.Eq, b.At(at, k), b.I(0)) }
	x := b.Local("x", node)
	f := b.Function("zero", []*ir.Local{x}, b.Bool(), is(b.Use(x)))
	n := func() ir.Expr { return b.Use(p.Local) }
	of := b.Var("of", b.Func(b.Set(node), b.Bool()))
	keyed := func(es ...ir.Expr) ir.Expr { return b.At(of, b.OpT(b.Set(node), ir.SetLit, es...)) }
	for _, tt := range []struct {
		name  string
		guard ir.Expr
		want  string
	}{
		{"a parameter", is(n()), "at[n] ; ->"},
		{"its neighbour", is(b.Op(ir.Next, n())), "at[next(n)] ; ->"},
		{"in the state", is(b.Get(own)), "own ; at[_] ; ->"},
		{"quantified", b.All(q, b.Values(node), is(b.Use(q))), "at[_] ; ->"},
		{"a function", b.Call(f, n()), "at[n] ; ->"},
		{"a function of the state", b.Call(f, b.Get(own)), "own ; at[_] ; ->"},
		{"let", &ir.Let{Node: ir.Node{T: b.Bool()}, Local: q, Value: n(), Body: is(b.Use(q))}, "at[n] ; ->"},
		{"a whole", b.Op(ir.Eq, b.Get(at), b.Get(at)), "at ; ->"},
		{"sets of several sizes", b.Every(keyed(), keyed(n()), keyed()), "of[{}] ; of[{}(n)] ; ->"},
		{"nothing", b.True(), "->"},
	} {
		a := b.Action(tt.name, []*ir.Param{p}, tt.guard)
		if got := text(effects.Of(a)); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestEnabled takes the parameters of an action that is asked about for any.
func TestEnabled(t *testing.T) {
	b := irtest.New("Asking")
	node := b.Sort("Node", 2, ir.Unordered)
	at := b.Var("at", b.Func(node, b.Bool()))
	p := b.Param("n", node)
	a := b.Action("A", []*ir.Param{p}, b.At(at, b.Use(p.Local)), b.PutAt(at, b.Use(p.Local), b.False()))
	ask := &ir.ActionPred{Node: ir.Node{T: b.Bool()}, Action: a, Any: true}
	if got, want := text(effects.OfExpr(ask)), "at[_] ; ->"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	a.Guard = b.Op(ir.And, b.At(at, b.Use(p.Local)), ask) // its own parameter is another one there
	if got, want := text(effects.Of(a)), "at[n] ; at[_] ; -> ; at[n]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
