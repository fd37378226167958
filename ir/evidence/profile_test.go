package evidence_test

import (
	"math"
	"testing"

	"github.com/spec-lang/spec/ir/evidence"
)

// TestPredict: what is cut off half way is foretold within a factor of two if
// it has the usual shape, and growth that does not slow down has no end.
func TestPredict(t *testing.T) {
	bell := func(n int) (levels []uint64, total float64) {
		for i := range n {
			v := 1e6 * math.Exp(-math.Pow(float64(i-n/2)/float64(n)*6, 2)/2)
			levels = append(levels, uint64(v)+1)
			total += v
		}
		return levels, total
	}
	levels, total := bell(40)
	o, ok := evidence.Predict(levels[:24])
	if !ok || float64(o.Total) < total/2 || float64(o.Total) > 2*total {
		t.Errorf("got %+v of %.0f states", o, total)
	}
	var doubling []uint64
	for i := range 20 {
		doubling = append(doubling, 1<<i)
	}
	if o, ok := evidence.Predict(doubling); !ok || o.Total != 0 || math.Abs(o.Factor-2) > 1e-9 || o.Next != 1<<20 {
		t.Errorf("doubling: got %+v", o)
	}
	if o, ok := evidence.Predict([]uint64{1, 1, 1, 1, 1, 1}); !ok || o.Total != 0 || o.Next != 1 {
		t.Errorf("a line: got %+v", o)
	}
	for power := 1; power <= 4; power++ {
		var levels []uint64
		for i := range 30 {
			levels = append(levels, uint64(math.Pow(float64(i+1), float64(power))))
		}
		for n := 6; n <= 30; n++ {
			if o, ok := evidence.Predict(levels[:n]); !ok || o.Total != 0 {
				t.Errorf("growth like the power %d of the depth is said to end after %d levels: %+v", power, n, o)
			}
		}
	}
	if o, ok := evidence.Predict([]uint64{64, 32, 16, 8}); !ok || o.Total < 120 || o.Total > 130 {
		t.Errorf("halving: got %+v, want about 127", o)
	}
	if _, ok := evidence.Predict([]uint64{1, 2, 4}); ok {
		t.Error("three levels say something")
	}
}
