package live_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
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

// TestNoEffort: without an effort for shorter runs there is one all the same,
// in which nothing is said twice; and where nothing is said, it is a shortest.
func TestNoEffort(t *testing.T) {
	longer, same := 0, 0
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 13))
		k := randomSystem(r)
		for i := range 3 {
			k.prop(fmt.Sprintf("P%d", i), k.random(r, 4+r.IntN(5)))
		}
		res, most := check(t, k.Sys, live.Options{Effort: 1}), check(t, k.Sys, live.Options{})
		for i, f := range res.Findings {
			if f.Verdict != evidence.Violated {
				continue
			}
			stem, loop := words(f.Trace)
			if len(stem) > 0 && stem[len(stem)-1] == loop[len(loop)-1] {
				t.Errorf("seed %d: the last step before the loop of %s is the last one in it", seed, trace(f))
			}
			for n := 1; n < len(loop); n++ {
				if len(loop)%n == 0 && slices.Equal(loop[n:], loop[:len(loop)-n]) {
					t.Errorf("seed %d: the loop of %s is one of %d steps, again and again", seed, trace(f), n)
				}
			}
			switch best := most.Findings[i]; {
			case slices.Contains(res.Longer, f.Prop):
				longer++
			case f.Depth != best.Depth:
				t.Errorf("seed %d: %s is said to be shortest, and %s is shorter", seed, trace(f), trace(best))
			default:
				same++
			}
		}
	}
	if longer < 10 || same < 10 {
		t.Errorf("%d runs may be longer than others and %d may not", longer, same)
	}
}

// words writes the steps of a run, each with where it begins.
func words(t *evidence.Trace) (stem, loop []string) {
	var all []string
	for i, s := range append(t.Steps[1:len(t.Steps):len(t.Steps)], t.Back) {
		name := ""
		if s.Action != nil {
			name = s.Action.Name + irtest.Key(s.Args)
		}
		all = append(all, irtest.Key(t.Steps[i].State)+name+irtest.Key(s.State))
	}
	return all[:t.Loop], all[t.Loop:]
}
