package mc_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc"
)

// endless counts for ever.
func endless() *ir.System {
	b := irtest.New("Endless")
	x := b.Var("x", b.Int())
	b.Init(b.Put(x, b.I(0)))
	b.Action("Up", nil, nil, b.Put(x, b.Op(ir.Add, b.Get(x), b.I(1))))
	b.Action("Twice", nil, nil, b.Put(x, b.Op(ir.Mul, b.Get(x), b.I(2))))
	b.Prop(ir.Invariant, "Positive", b.Op(ir.Ge, b.Get(x), b.I(0)))
	b.Prop(ir.Witness, "Minus", b.Op(ir.Lt, b.Get(x), b.I(0)))
	return b.Sys
}

func TestLimits(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	replaced, replace := context.WithCancelCause(context.Background())
	replace(errors.New("a newer version of the file"))
	for _, tt := range []struct {
		name string
		ctx  context.Context
		in   mc.Limits
		want string
	}{
		{"states", context.Background(), mc.Limits{States: 1000}, "the limit of 1000 states"},
		{"depth", context.Background(), mc.Limits{Depth: 7}, "the limit of 7 steps"},
		{"time", context.Background(), mc.Limits{Time: 20 * time.Millisecond}, "the time limit of 20ms"},
		{"memory", context.Background(), mc.Limits{Memory: 4 << 20}, "the limit of 4194304 bytes of memory"},
		{"cancelled", cancelled, mc.Limits{}, "interrupted"},
		{"cancelled with a cause", replaced, mc.Limits{}, "a newer version of the file"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res, err := mc.Check(tt.ctx, endless(), mc.Options{Limits: tt.in})
			if err != nil {
				t.Fatal(err)
			}
			if res.Basis.Kind != evidence.Partial || res.Basis.Limit != tt.want {
				t.Errorf("got basis %v, limit %q, want %q", res.Basis.Kind, res.Basis.Limit, tt.want)
			}
			for _, f := range res.Findings {
				if f.Verdict != evidence.Unknown || f.Why != tt.want {
					t.Errorf("%s: got %v because %q, want unknown because %q", f.Prop.Label(), f.Verdict, f.Why, tt.want)
				}
			}
		})
	}
}

func TestDepthLimitStillFinds(t *testing.T) {
	sys := irtest.Counter()
	res, err := mc.Check(context.Background(), sys, mc.Options{Limits: mc.Limits{Depth: 3}})
	if err != nil {
		t.Fatal(err)
	}
	if f := res.Findings[1]; f.Verdict != evidence.Violated || f.Depth != 3 {
		t.Errorf("got %v at depth %d, want violated at depth 3", f.Verdict, f.Depth)
	}
}

// TestNotDecided asks for what this engine does not decide.
func TestNotDecided(t *testing.T) {
	sys := irtest.Counter()
	formula := sys.Props[0].Formula
	soon := &ir.Apply{Node: ir.Node{T: sys.Types.Bool()}, Op: ir.Within, Args: []ir.Expr{
		&ir.Lit{Node: ir.Node{T: sys.Types.Duration()}, Value: ir.NewInt(5)}, formula}}
	sys.Checks = append(sys.Checks, ir.Check{Prop: &ir.Property{Kind: ir.Temporal, Name: "P", Formula: soon}})
	res, err := mc.Check(context.Background(), sys, mc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if f := res.Findings[len(res.Findings)-1]; f.Verdict != evidence.Unknown || f.Why == "" {
		t.Errorf("%s: got %v because %q, want unknown with a reason", f.Prop.Label(), f.Verdict, f.Why)
	}
}

func TestProgress(t *testing.T) {
	var last mc.Event
	_, err := mc.Check(context.Background(), endless(), mc.Options{
		Workers:  2,
		Limits:   mc.Limits{States: 300_000},
		Progress: func(e mc.Event) { last = e },
	})
	if err != nil {
		t.Fatal(err)
	}
	if last.Distinct == 0 || last.Generated < last.Distinct-1 || last.Memory == 0 {
		t.Errorf("got %+v", last)
	}
}
