package simulate

import (
	"math"
	"testing"

	"github.com/spec-lang/spec/ir/irtest"
)

// TestNoAllocation: a step of a run costs no memory once the tables of the
// walker have grown.
func TestNoAllocation(t *testing.T) {
	for _, s := range []Scheduler{Uniform, Actions, Priorities} {
		w := newWalker(newPlan(irtest.TwoPhase(3), Options{Scheduler: s, Seed: 1}.withDefaults()))
		for i := range 2000 {
			w.take(i)
		}
		i := 0
		if n := testing.AllocsPerRun(200, func() { w.take(i % 2000); i++ }); n != 0 {
			t.Errorf("scheduler %d: %g allocations for a run", s, n)
		}
	}
}

// TestSketch: the error of an estimate is within four of its standard errors.
func TestSketch(t *testing.T) {
	var s sketch
	n := 0
	for _, upTo := range []int{0, 1, 10, 1000, 30_000, 60_000, 1_000_000} {
		for ; n < upTo; n++ {
			s.add(hashWords(1, []uint64{uint64(n)}))
			s.add(hashWords(1, []uint64{uint64(n)}))
		}
		if got := float64(s.estimate()); math.Abs(got-float64(n)) > 4*0.0082*float64(n)+0.5 {
			t.Errorf("estimated %.0f of %d", got, n)
		}
	}
}
