//go:build peers

package bench

import (
	"bytes"
	"cmp"
	"os/exec"
	"slices"
	"testing"
)

// rounds is how often each side runs; what is printed is the median.
const rounds = 5

// A run is one finished search.
type run struct {
	states  uint64
	seconds float64
	bytes   float64 // of memory for each stored state
	passes  bool    // nothing is found that should not be
}

func (r run) rate() float64 { return float64(r.states) / r.seconds }

// alternate runs a and b in turn, so that a slow minute of the machine hits
// both, and returns the median of each.
func alternate(a, b func() run) (run, run) {
	var as, bs []run
	for range rounds {
		as = append(as, a())
		bs = append(bs, b())
	}
	return median(as), median(bs)
}

// median is the run that took the median time.
func median(runs []run) run {
	runs = slices.Clone(runs)
	slices.SortFunc(runs, func(a, b run) int { return cmp.Compare(a.seconds, b.seconds) })
	return runs[len(runs)/2]
}

// command runs a program to its end and returns what it printed.
func command(t *testing.T, dir, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %q: %v\n%s%s", name, args, err, out, errs.Bytes())
	}
	return out
}
