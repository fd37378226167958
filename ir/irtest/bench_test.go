package irtest_test

import (
	"testing"

	"github.com/spec-lang/spec/ir/irtest"
)

// BenchmarkExplore says how many successors the judge computes per second:
// replaying a corpus needs some tens of thousands.
func BenchmarkExplore(b *testing.B) {
	sys := irtest.TwoPhase(3)
	n := 0
	for b.Loop() {
		n += irtest.Explore(sys).Generated
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "successors/s")
}
