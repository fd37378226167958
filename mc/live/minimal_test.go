package live_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc/live"
)

// runner goes through all short runs of a system that end in a loop, with
// nothing but the judge.
type runner struct {
	sys   *ir.System
	prop  *ir.Property
	after map[string][]evidence.Step
	left  int // runs
}

func (r *runner) steps(state []ir.Value) []evidence.Step {
	key := irtest.Key(state)
	if _, ok := r.after[key]; !ok {
		var out []evidence.Step
		for _, o := range eval.Successors(r.sys, state) {
			out = append(out, evidence.Step{Action: o.Action, Args: o.Args, State: o.State, Span: o.Action.NameSpan})
		}
		if len(out) == 0 {
			out = []evidence.Step{{State: state}}
		}
		r.after[key] = out
	}
	return r.after[key]
}

// violated reports whether some run with so many steps before its loop, and
// so many in it, violates the property.
func (r *runner) violated(stem, loop int) bool {
	for _, o := range eval.Initial(r.sys) {
		if r.on([]evidence.Step{{State: o.State}}, stem, loop) {
			return true
		}
	}
	return false
}

func (r *runner) on(run []evidence.Step, stem, loop int) bool {
	for _, s := range r.steps(run[len(run)-1].State) {
		if len(run) < stem+loop {
			if r.on(append(run[:len(run):len(run)], s), stem, loop) {
				return true
			}
			continue
		}
		if irtest.Key(s.State) != irtest.Key(run[stem].State) {
			continue
		}
		if r.left--; r.left < 0 {
			return false
		}
		f := evidence.Finding{Prop: r.prop, Verdict: evidence.Violated, Depth: stem, Trace: &evidence.Trace{Steps: run, Loop: stem, Back: s}}
		res := &evidence.Result{System: r.sys, Findings: []evidence.Finding{f}}
		if explain.Fill(res) == nil && res.Findings[0].Verdict == evidence.Violated {
			return true
		}
	}
	return false
}

// TestShortest compares the runs that violate properties of random systems
// with all short ones: none has fewer steps before its loop, and none of those
// with as many has fewer in it.
func TestShortest(t *testing.T) {
	n := uint64(250)
	if os.Getenv("SPEC_SOAK") != "" {
		n = 5000
	}
	whole, stems := 0, 0
	for seed := range n {
		r := rand.New(rand.NewPCG(seed, 11))
		k := randomSystem(r)
		for i := range 3 {
			k.prop(fmt.Sprintf("P%d", i), k.random(r, 4+r.IntN(5)))
		}
		res := check(t, k.Sys, live.Options{})
		if len(res.Longer) > 0 {
			t.Fatalf("seed %d: a small system takes more effort than there is", seed)
		}
		for i, f := range res.Findings {
			if f.Verdict != evidence.Violated {
				continue
			}
			all := &runner{sys: k.Sys, prop: k.Sys.Props[i], after: map[string][]evidence.Step{}, left: 400}
			stem, loop := f.Trace.Loop, len(f.Trace.Steps)-f.Trace.Loop
			for a := range stem {
				for b := 1; b <= 4; b++ {
					if all.violated(a, b) {
						t.Fatalf("seed %d, property %d: %s has %d steps before its loop, want %d", seed, i, trace(f), stem, a)
					}
				}
			}
			for b := 1; b < min(loop, 5); b++ {
				if all.violated(stem, b) {
					t.Fatalf("seed %d, property %d: the loop of %s has %d steps, want %d", seed, i, trace(f), loop, b)
				}
			}
			if all.left >= 0 {
				whole++
			}
			if stem > 0 {
				stems++
			}
		}
	}
	t.Logf("%d runs compared with all that are short, %d with steps before the loop", whole, stems)
	if whole < int(n)/2 || stems < int(n)/4 {
		t.Errorf("only %d runs are compared with all, %d have steps before the loop", whole, stems)
	}
}
