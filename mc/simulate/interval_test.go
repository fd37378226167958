package simulate_test

import (
	"math"
	"testing"

	"github.com/spec-lang/spec/mc/simulate"
)

// TestIntervalKnown compares with figures that are computed by hand (no hits,
// all hits, one trial) or stand in tables of the Clopper-Pearson interval.
func TestIntervalKnown(t *testing.T) {
	for _, tt := range []struct {
		hits, n    int
		confidence float64
		low, high  float64
	}{
		{0, 10_000, 0.99, 0, 1 - math.Pow(0.005, 1e-4)},
		{10, 10, 0.95, math.Pow(0.025, 0.1), 1},
		{0, 0, 0.99, 0, 1},
		{1, 2, 0.95, 1 - math.Sqrt(0.975), math.Sqrt(0.975)},
		{5, 20, 0.95, 0.08657, 0.49105},
		{10, 100, 0.95, 0.04900, 0.17622},
	} {
		low, high := simulate.Interval(tt.hits, tt.n, tt.confidence)
		if math.Abs(low-tt.low) > 1e-5 || math.Abs(high-tt.high) > 1e-5 {
			t.Errorf("%d of %d at %v: got %.5f to %.5f, want %.5f to %.5f", tt.hits, tt.n, tt.confidence, low, high, tt.low, tt.high)
		}
	}
}

// binomial is the probability of k hits in n trials.
func binomial(k, n int, p float64) float64 {
	choose := 1.0
	for i := range k {
		choose *= float64(n-i) / float64(i+1)
	}
	return choose * math.Pow(p, float64(k)) * math.Pow(1-p, float64(n-k))
}

// TestIntervalCovers adds up the exact probability that the interval misses
// the truth: no more than what it admits, whatever the truth is.
func TestIntervalCovers(t *testing.T) {
	const n, confidence = 25, 0.9
	for i := 1; i < 200; i++ {
		p := float64(i) / 200
		missed := 0.0
		for k := range n + 1 {
			if low, high := simulate.Interval(k, n, confidence); p < low || p > high {
				missed += binomial(k, n, p)
			}
		}
		if missed > 1-confidence {
			t.Errorf("p = %v: missed with %.4f", p, missed)
		}
	}
}
