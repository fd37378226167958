package bmc_test

import (
	"context"
	"errors"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/prover/bmc"
	"github.com/spec-lang/spec/prover/transition"
)

// system is a System in bits.
func system(t *testing.T, sys *ir.System) *transition.System {
	t.Helper()
	s, err := transition.New(sys)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestDeepen finds each target in its step and not before, once.
func TestDeepen(t *testing.T) {
	sys := system(t, irtest.Philosophers(3))
	s := bmc.New(context.Background(), sys)
	defer s.Close()
	var deadlock *transition.Target
	for _, x := range sys.Targets {
		if x.Prop.Kind == ir.Deadlock {
			deadlock = x
		}
	}
	for d := range 7 {
		if ok, err := s.Deepen(); !ok || err != nil || s.Depth() != d {
			t.Fatal(ok, err, s.Depth())
		}
		// That nothing follows is seen when the next step is looked for.
		h := s.Hit(deadlock)
		if (h != nil) != (d >= 4) || h != nil && (h.Depth != 3 || len(h.Trace.Steps) != 4) {
			t.Errorf("at depth %d: %+v", d, h)
		}
	}
	if s.Initial() != 1 {
		t.Errorf("%d initial states", s.Initial())
	}
}

// TestInitial tells no initial state, one, and several apart.
func TestInitial(t *testing.T) {
	none := irtest.Peterson()
	none.Init = append(none.Init, &ir.AwaitStmt{Cond: &ir.Lit{Node: ir.Node{T: none.Types.Bool()}, Value: ir.Bool(false)}})
	for _, tt := range []struct {
		sys  *ir.System
		want int
	}{{none, 0}, {irtest.TwoPhase(2), 1}, {irtest.Peterson(), 2}} {
		s := bmc.New(context.Background(), system(t, tt.sys))
		defer s.Close()
		if ok, err := s.Deepen(); !ok || err != nil || s.Initial() != tt.want {
			t.Errorf("%s: %d initial states, %v, want %d", tt.sys.Machine, s.Initial(), err, tt.want)
		}
	}
}

// TestDisagreement spoils a target: what the judge does not confirm is an
// error, and never a violation.
func TestDisagreement(t *testing.T) {
	sys := system(t, irtest.TwoPhase(2))
	sys.Targets[0].State = sys.Inside
	s := bmc.New(context.Background(), sys)
	defer s.Close()
	_, err := s.Deepen()
	if d := (*explain.Disagreement)(nil); !errors.As(err, &d) || s.Hit(sys.Targets[0]) != nil {
		t.Errorf("got %v", err)
	}
}

func TestStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s := bmc.New(ctx, system(t, irtest.TwoPhase(2)))
	defer s.Close()
	cancel()
	if ok, err := s.Deepen(); ok || err != nil || s.Depth() != -1 {
		t.Error(ok, err, s.Depth())
	}
}
