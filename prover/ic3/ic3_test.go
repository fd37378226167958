package ic3_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/prover/ic3"
	"github.com/spec-lang/spec/prover/transition"
)

func system(t *testing.T, sys *ir.System) *transition.System {
	t.Helper()
	s, err := transition.New(sys)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// outcomes runs an engine for all targets of a system, in order.
func outcomes(t *testing.T, sys *transition.System) []ic3.Outcome {
	t.Helper()
	e := ic3.New(context.Background(), sys)
	defer e.Close()
	var out []ic3.Outcome
	for _, x := range sys.Targets {
		out = append(out, e.Run(x, nil))
	}
	return out
}

// TestOutcomes compares with the known figures, and invariants with all
// reachable states. Two runs are the same.
func TestOutcomes(t *testing.T) {
	for _, k := range irtest.Systems() {
		if k.Name != "Peterson" && k.Name != "two-phase commit, 2" && k.Name != "philosophers, 3" {
			continue
		}
		sys := system(t, k.Sys)
		got := outcomes(t, sys)
		if d := cmp.Diff(got, outcomes(t, sys)); d != "" {
			t.Errorf("%s: two runs differ:\n%s", k.Name, d)
		}
		states := irtest.Explore(k.Sys).States
		for i, x := range sys.Targets {
			want := -1
			if i < len(k.Props) {
				want = k.Props[i]
			} else if x.Prop.Kind == ir.Deadlock {
				want = k.Want.Deadlock
			}
			name := fmt.Sprintf("%s: %s", k.Name, x.Label())
			switch o := got[i]; {
			case want < 0 && o.Kind != ic3.Proved, want >= 0 && (o.Kind != ic3.Found || len(o.Path) < want):
				t.Errorf("%s: %+v, want depth %d", name, o, want)
			case want < 0:
				excludes(t, name, sys, states, o.Invariant)
			}
		}
	}
}

// excludes demands that no reachable state is in a cube.
func excludes(t *testing.T, name string, sys *transition.System, states [][]ir.Value, cubes []ic3.Cube) {
	t.Helper()
	for _, state := range states {
		bits := sys.Bits(state)
		for _, c := range cubes {
			in := true
			for _, l := range c {
				in = in && bits[max(l, -l)-1] == (l > 0)
			}
			if in {
				t.Fatalf("%s: %v excludes the state %s", name, c, irtest.Key(state))
			}
		}
	}
}

func TestStops(t *testing.T) {
	sys := system(t, irtest.TwoPhase(2))
	ctx, cancel := context.WithCancel(context.Background())
	e := ic3.New(ctx, sys)
	defer e.Close()
	cancel()
	if o := e.Run(sys.Targets[0], nil); o.Kind != ic3.Ended {
		t.Errorf("%+v", o)
	}
}
