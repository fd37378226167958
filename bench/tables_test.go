//go:build peers

package bench

import (
	"fmt"
	"testing"
)

// Each test prints the rows of one table of docs/performance.md and fails if the
// two sides do not agree on what they searched.

// TestSpeed is a search on one core, without reduction, beside Spin's.
func TestSpeed(t *testing.T) {
	spec := buildSpec(t)
	fmt.Println("\n| model | states | spec states/s | B/state | first | Spin states/s | B/state | ratio |\n|---|---|---|---|---|---|---|---|")
	for _, d := range chosen(safety) {
		spin := exhaustive(t, d)
		a, b := alternate(
			func() run { return runSpec(t, spec, d, "--workers", "1") },
			func() run { return spin.run(t) })
		if a.states+d.extra != b.states {
			t.Errorf("%s: %d states here, %d in Spin", d.name, a.states, b.states)
		}
		// One state, and then the limit: exit code 3.
		first := milliseconds(t, 3, spec, "verify", "--max-states", "1", "--model", d.model, d.specFile())
		fmt.Printf("| %s | %s | %s | %.1f | %.0f ms | %s | %.1f | %.2f |\n", d.name, count(a.states),
			thousands(a.rate()), a.bytes, first, thousands(b.rate()), b.bytes, a.rate()/b.rate())
	}
}

// TestWorkers is the same search with two workers and with one.
func TestWorkers(t *testing.T) {
	spec := buildSpec(t)
	fmt.Println("\n| model | states/s, 1 worker | 2 workers | ratio |\n|---|---|---|---|")
	for _, d := range chosen(safety) {
		one, two := alternate(
			func() run { return runSpec(t, spec, d, "--workers", "1") },
			func() run { return runSpec(t, spec, d, "--workers", "2") })
		if one.states != two.states {
			t.Errorf("%s: %d states with one worker, %d with two", d.name, one.states, two.states)
		}
		fmt.Printf("| %s | %s | %s | %.2f |\n", d.name, thousands(one.rate()), thousands(two.rate()), two.rate()/one.rate())
	}
}

// TestReduction is how many states partial order reduction leaves on each side.
func TestReduction(t *testing.T) {
	spec := buildSpec(t)
	fmt.Println("\n| model | states | spec, reduced | Spin, reduced | ratio |\n|---|---|---|---|---|")
	for _, d := range chosen(safety) {
		all := exhaustive(t, d).run(t)
		a := runSpec(t, spec, d, "--workers", "1", reduction)
		b := reduced(t, d).run(t)
		if !a.passes || !b.passes {
			t.Errorf("%s: with reduction it passes here: %v, in Spin: %v", d.name, a.passes, b.passes)
		}
		fmt.Printf("| %s | %s | %s | %s | %.2f |\n", d.name, count(all.states-d.extra),
			count(a.states), count(b.states-d.extra), float64(a.states)/float64(b.states-d.extra))
	}
}

// TestSets is the symbolic engine beside the explicit one with one worker.
func TestSets(t *testing.T) {
	spec := buildSpec(t)
	fmt.Println("\n| model | states | one by one | sets of states | ratio |\n|---|---|---|---|---|")
	for _, d := range chosen(sets) {
		a, b := alternate(
			func() run { return runSpec(t, spec, d, "--workers", "1") },
			func() run { return runSpec(t, spec, d, "--engine", "symbolic") })
		if !a.passes || !b.passes || a.states != b.states {
			t.Errorf("%s: %d states, passes %v one by one; %d and %v by sets", d.name, a.states, a.passes, b.states, b.passes)
		}
		fmt.Printf("| %s | %s | %.3f s | %.3f s | %.2f |\n", d.name, count(a.states), a.seconds, b.seconds, a.seconds/b.seconds)
	}
}

// TestLiveness is the search for a weakly fair run on which a response never
// comes, beside Spin's. The two store different things (Spin pairs of a state and a
// state of the claim), so what is compared is the time.
func TestLiveness(t *testing.T) {
	spec := buildSpec(t)
	fmt.Println("\n| model | spec | Spin -a -f | ratio |\n|---|---|---|---|")
	for _, d := range chosen(response) {
		spin := acceptance(t, d)
		a, b := alternate(
			func() run { return runSpec(t, spec, d, "--workers", "1") },
			func() run { return spin.run(t) })
		if !a.passes || !b.passes {
			t.Errorf("%s: it passes here: %v, in Spin: %v", d.name, a.passes, b.passes)
		}
		fmt.Printf("| %s | %.2f s | %.2f s | %.2f |\n", d.name, a.seconds, b.seconds, b.seconds/a.seconds)
	}
}

// TestSmall is the time from the command to the verdict, a whole process.
func TestSmall(t *testing.T) {
	spec := buildSpec(t)
	fmt.Println("\n| model | states | command to verdict |\n|---|---|---|")
	for _, d := range chosen(small) {
		ms := milliseconds(t, 0, spec, "verify", "--model", d.model, d.specFile())
		fmt.Printf("| %s | %s | %.0f ms |\n", d.name, count(runSpec(t, spec, d).states), ms)
	}
}

// thousands rounds a rate to thousands: the rest is noise.
func thousands(rate float64) string { return count(uint64(rate/1000+0.5) * 1000) }

// count writes a number with a comma before each three digits.
func count(n uint64) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", count(n/1000), n%1000)
}
