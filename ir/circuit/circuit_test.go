package circuit_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/circuit"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/irtest"
)

// outcomes lists what a step comes to in the state with the given bits, for
// every value of its inputs.
func outcomes(c *circuit.Circuit, s *circuit.Step, state []bool) []string {
	name := "init"
	if s.Action != nil {
		name = s.Action.Name
	}
	var out []string
	leaves := append(slices.Clone(state), make([]bool, s.Inputs)...)
	for n := range 1 << s.Inputs {
		for i := range s.Inputs {
			leaves[c.States+i] = n>>i&1 != 0
		}
		v := c.Graph.Evaluate(leaves)
		switch {
		case s.Error.Value(v):
			out = append(out, name+" error")
		case s.Assert.Value(v):
			out = append(out, name+" assert")
		case s.Valid.Value(v):
			bits := make([]bool, c.States)
			for i, l := range s.Next {
				bits[i] = l.Value(v)
			}
			out = append(out, name+" -> "+irtest.Key(c.Values(bits)))
		}
		if s.Inputs > 0 && s.Early.Value(v) && n > 0 && (s.Error.Value(v) || s.Assert.Value(v)) {
			return []string{"an early failure more than once"}
		}
	}
	return out
}

func judged(os []eval.Outcome) []string {
	var out []string
	for _, o := range os {
		name := "init"
		if o.Action != nil {
			name = o.Action.Name
		}
		switch {
		case o.Assert != nil:
			out = append(out, name+" assert")
		case o.Err != nil:
			out = append(out, name+" error")
		default:
			out = append(out, name+" -> "+irtest.Key(o.State))
		}
	}
	slices.Sort(out)
	return out
}

func enabled(os []eval.Outcome) map[*ir.Action]bool {
	m := map[*ir.Action]bool{}
	for _, o := range os {
		m[o.Action] = true
	}
	return m
}

// build returns the circuit of a System, nil if it is not packed.
func build(t *testing.T, sys *ir.System) *circuit.Circuit {
	t.Helper()
	c, err := circuit.Build(sys)
	var unsupported *circuit.Error
	if err != nil && (!errors.As(err, &unsupported) || unsupported.Msg == "") {
		t.Fatal(err)
	}
	return c
}

// agree compares circuit and judge in up to n states.
func agree(t *testing.T, c *circuit.Circuit, n int) {
	t.Helper()
	sys := c.Sys
	got := outcomes(c, c.Init, make([]bool, c.States))
	slices.Sort(got)
	if want := judged(eval.Initial(sys)); !slices.Equal(got, want) {
		t.Fatalf("initial:\n got %q\nwant %q", got, want)
	}
	for _, state := range irtest.ExploreUpTo(sys, n).States[:] {
		if n--; n < 0 {
			break
		}
		agreeIn(t, c, state)
	}
}

func agreeIn(t *testing.T, c *circuit.Circuit, state []ir.Value) {
	t.Helper()
	bits := c.Bits(state)
	if key := irtest.Key(c.Values(bits)); key != irtest.Key(state) {
		t.Fatalf("%s became %s", irtest.Key(state), key)
	}
	judge := eval.Successors(c.Sys, state)
	var got []string
	possible := map[*ir.Action]bool{}
	v := c.Graph.Evaluate(bits)
	for _, s := range c.Steps {
		got = append(got, outcomes(c, s, bits)...)
		if s.Enabled.Value(v) {
			possible[s.Action] = true
		}
	}
	slices.Sort(got)
	if want := judged(judge); !slices.Equal(got, want) {
		t.Fatalf("in %s:\n got %q\nwant %q", irtest.Key(state), got, want)
	}
	if want := enabled(judge); fmt.Sprint(possible) != fmt.Sprint(want) {
		t.Fatalf("in %s enabled are %v, want %v", irtest.Key(state), possible, want)
	}
	if !c.Valid.Value(v) {
		t.Fatalf("%s is no valid state", irtest.Key(state))
	}
	conditions(t, c, state, bits)
}

// conditions compares the properties that speak about one state.
func conditions(t *testing.T, c *circuit.Circuit, state []ir.Value, bits []bool) {
	t.Helper()
	for _, p := range c.Sys.Props {
		if p.Kind != ir.Invariant && p.Kind != ir.Witness {
			continue
		}
		cond, err := c.Condition(p.Formula)
		if err != nil {
			continue
		}
		want, fault := eval.Holds(p.Formula, &eval.Env{State: state})
		v := c.Graph.Evaluate(bits)
		if bad := cond.Error.Value(v) || cond.Assert.Value(v); bad != (fault != nil) {
			t.Fatalf("%s in %s: fails %v, want %v", p.Name, irtest.Key(state), bad, fault)
		}
		if fault == nil && cond.Holds.Value(v) != want {
			t.Fatalf("%s in %s: got %v, want %v", p.Name, irtest.Key(state), !want, want)
		}
	}
}

func TestAgreesOnKnownSystems(t *testing.T) {
	packed := 0
	for _, k := range irtest.Systems() {
		t.Run(k.Name, func(t *testing.T) {
			if c := build(t, k.Sys); c != nil {
				packed++
				agree(t, c, 60)
			}
		})
	}
	if packed < 4 {
		t.Errorf("only %d known systems are packed", packed)
	}
}

// TestAgreesOnRandomSystems compares circuit and judge on random Systems:
// more of them with SPEC_SOAK.
func TestAgreesOnRandomSystems(t *testing.T) {
	n, packed := uint64(600), 0
	if os.Getenv("SPEC_SOAK") != "" {
		n = 20_000
	}
	for seed := range n {
		c := build(t, irtest.Random(seed))
		if c == nil || c.Init.Inputs > 8 || slices.ContainsFunc(c.Steps, func(s *circuit.Step) bool { return s.Inputs > 6 }) {
			continue
		}
		packed++
		t.Run(fmt.Sprint(seed), func(t *testing.T) { agree(t, c, 12) })
	}
	if packed < int(n)/20 {
		t.Errorf("only %d of %d random systems are packed", packed, n)
	}
	t.Log(packed, "packed")
}

// TestOperators names the operators that no packed system of these tests has.
func TestOperators(t *testing.T) {
	seen := map[ir.Op]bool{}
	note := func(sys *ir.System) {
		if build(t, sys) == nil {
			return
		}
		sys.Walk(func(x ir.Tree) bool {
			if a, ok := x.(*ir.Apply); ok {
				seen[a.Op] = true
			}
			return true
		})
	}
	for _, k := range irtest.Systems() {
		note(k.Sys)
	}
	for seed := range uint64(600) {
		note(irtest.Random(seed))
	}
	for op, row := range ir.Ops {
		if row.Name != "" && !row.Temporal && !seen[ir.Op(op)] {
			t.Errorf("no packed system has the operator %s", row.Name)
		}
	}
}
