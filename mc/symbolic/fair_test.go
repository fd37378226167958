package symbolic_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc"
	"github.com/spec-lang/spec/mc/symbolic"
)

// samples is how many random systems a test looks at: more with SPEC_SOAK.
func samples(few uint64) uint64 {
	if os.Getenv("SPEC_SOAK") != "" {
		return 50 * few
	}
	return few
}

// fairly compares the verdicts of both engines on random formulas about random
// systems with fairness, and lets the judge confirm what sets of states find.
func fairly(t *testing.T, kind ir.PropKind, formula func(k *irtest.Kripke, seed uint64) ir.Expr) {
	t.Helper()
	seen, fair := map[evidence.Verdict]int{}, 0
	seeds := []uint64{11301} // strong fairness on the way to a loop, seldom at random
	for seed := range samples(800) {
		seeds = append(seeds, seed)
	}
	for _, seed := range seeds {
		k := irtest.NewKripke(seed)
		k.Prop(kind, "P", formula(k, seed))
		k.Sys.Terminal = k.True()
		exhaust(k.Sys)
		got, err := symbolic.Check(context.Background(), k.Sys, symbolic.Options{})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		want, err := mc.Check(context.Background(), k.Sys, mc.Options{Workers: 1})
		if err != nil {
			t.Fatal(err)
		}
		g, w := got.Findings[0], want.Findings[0]
		if g.Verdict != w.Verdict {
			t.Fatalf("seed %d: %s by sets (%s), %s one by one (%s)", seed, g.Verdict, g.Why, w.Verdict, w.Why)
		}
		if note := strings.Join(got.Basis.Notes, "; "); strings.Contains(note, "one by one") {
			t.Fatalf("seed %d: %s", seed, note)
		}
		if (g.Trace == nil) != (w.Trace == nil) {
			t.Fatalf("seed %d: with a trace %v, want %v", seed, g.Trace != nil, w.Trace != nil)
		}
		if err := explain.Fill(got); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if got.Findings[0].Verdict != w.Verdict {
			t.Fatalf("seed %d: the judge does not confirm that it is %s", seed, w.Verdict)
		}
		seen[g.Verdict]++
		for _, a := range k.Sys.Actions {
			if a.Fair != ir.Unfair {
				fair++
				break
			}
		}
	}
	t.Log(seen, fair, "with fairness")
	if seen[evidence.Holds] < 150 || seen[evidence.Violated] < 150 || fair < 400 {
		t.Errorf("verdicts %v, %d with fairness: want enough of each", seen, fair)
	}
}

func TestFairBranchingTime(t *testing.T) {
	fairly(t, ir.CTL, func(k *irtest.Kripke, seed uint64) ir.Expr { return k.Branching(1 + int(seed%3)) })
}

func TestFairLinearTime(t *testing.T) {
	fairly(t, ir.Temporal, func(k *irtest.Kripke, seed uint64) ir.Expr { return k.Linear(1 + int(seed%2)) })
}
