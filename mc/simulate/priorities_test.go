package simulate_test

import (
	"context"
	"math"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc/simulate"
)

// race has two processes. One takes n steps, the other a single one, and it is
// a mistake if that comes exactly between steps at and at+1: an ordering bug
// of depth 2.
func race(n, at int64) *ir.System {
	b := irtest.New("Race")
	x, done, bad := b.Var("x", b.Int()), b.Var("done", b.Bool()), b.Var("bad", b.Bool())
	b.Init(b.Put(x, b.I(0)), b.Put(done, b.False()), b.Put(bad, b.False()))
	b.Action("Long_step", nil, b.Op(ir.Lt, b.Get(x), b.I(n)), b.Put(x, b.Op(ir.Add, b.Get(x), b.I(1)))).Process = "Long"
	b.Action("Short_step", nil, b.OpT(b.Bool(), ir.Not, b.Get(done)),
		b.Put(done, b.True()), b.Put(bad, b.Op(ir.Eq, b.Get(x), b.I(at)))).Process = "Short"
	b.Sys.Terminal = b.True()
	b.Prop(ir.Invariant, "Fine", b.OpT(b.Bool(), ir.Not, b.Get(bad)))
	return b.Sys
}

// TestPrioritiesKeepTheirGuarantee takes many runs and compares how often they
// fail with the guarantee. Uniform choice finds this bug once in 2^at runs.
func TestPrioritiesKeepTheirGuarantee(t *testing.T) {
	const n, at, runs = 20, 14, 20_000
	sys := race(n, at)
	opt := simulate.Options{Runs: runs, Depth: n + 1, Seed: 1, Scheduler: simulate.Priorities, BugDepth: 2}
	res := simulate.Check(context.Background(), sys, opt)
	g := res.Sample.Guarantee
	if g == nil || g.Threads != 2 || g.Steps != n+1 || math.Abs(g.AtLeast()-1.0/42) > 1e-12 {
		t.Fatalf("got guarantee %+v, want 1 in 42", g)
	}
	// The long one has the higher priority in half of the runs, and loses it
	// at the right one of n+1 places: here the guarantee is exact.
	if e := res.Findings[0].Estimate; e.Low > g.AtLeast() || e.High < g.AtLeast() {
		t.Errorf("%d of %d runs fail, guaranteed are %.0f", e.Hits, e.Runs, runs*g.AtLeast())
	}
	opt.Scheduler = simulate.Uniform
	if e := simulate.Check(context.Background(), sys, opt).Findings[0].Estimate; e.Hits > runs/1000 {
		t.Errorf("uniform choice fails in %d of %d runs, that is no test of priorities", e.Hits, runs)
	}
	// With bug depth 1 priorities never change: the order of two steps is all
	// that is found.
	opt.Scheduler, opt.BugDepth = simulate.Priorities, 1
	if e := simulate.Check(context.Background(), sys, opt).Findings[0].Estimate; e.Hits != 0 {
		t.Errorf("bug depth 1 finds a bug of depth 2 in %d runs", e.Hits)
	}
}

// TestPrioritiesAcrossSeeds: one run of each of many seeds.
func TestPrioritiesAcrossSeeds(t *testing.T) {
	sys, hits, seeds := race(8, 5), 0, 2000
	for seed := range seeds {
		_, f := simulate.Take(sys, simulate.Options{Depth: 9, Seed: uint64(seed), Scheduler: simulate.Priorities, BugDepth: 2}, 0)
		if f != nil {
			hits++
		}
	}
	if _, high := simulate.Interval(hits, seeds, 0.999); high < 1.0/18 {
		t.Errorf("%d of %d seeds fail, guaranteed are %d", hits, seeds, seeds/18)
	}
}

// TestThreadsAreProcesses: all steps of an instance of a process are one
// thread; without a process each instance of an action is one.
func TestThreadsAreProcesses(t *testing.T) {
	threads := func(sys *ir.System) int {
		res := simulate.Check(context.Background(), sys, simulate.Options{Runs: 50, Depth: 30, Seed: 2, Scheduler: simulate.Priorities})
		return res.Sample.Guarantee.Threads
	}
	sys := irtest.Peterson()
	plain := threads(sys)
	for _, a := range sys.Actions {
		a.Process = "Peterson"
	}
	if got := threads(sys); got != 2 || plain <= 2 {
		t.Errorf("got %d threads of processes and %d of actions, want 2 and more", got, plain)
	}
}
