package simulate_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc/simulate"
)

// runText is a run with what it shows.
func runText(tr *evidence.Trace, f *evidence.Finding) string {
	s := ""
	for _, st := range tr.Steps {
		if st.Action != nil {
			s += st.Action.Name + irtest.Key(st.Args)
		}
		s += "\n"
	}
	if f != nil {
		s += fmt.Sprintf("%s at %d %v", f.Prop.Label(), f.Depth, f.Why)
	}
	return s
}

// agree compares runs with those of the judge that draw the same numbers.
func agree(t *testing.T, sys *ir.System, depth int) {
	t.Helper()
	if len(sys.Bounds) > 0 {
		return // the judge's walk does not know bounds
	}
	for seed := range uint64(5) {
		rng := rand.New(rand.NewPCG(seed, 0))
		want, wf := irtest.Walk(sys, depth, rng.IntN)
		got, gf := simulate.Take(sys, simulate.Options{Seed: seed, Depth: depth}, 0)
		if want == nil || got == nil {
			if want != nil || got != nil {
				t.Errorf("seed %d: got %v, want %v", seed, got, want)
			}
			continue
		}
		if diff := cmp.Diff(runText(want, wf), runText(got, gf)); diff != "" {
			t.Errorf("seed %d (-want +got):\n%s", seed, diff)
		}
	}
}

func TestTakeAgreesWithTheJudge(t *testing.T) {
	for _, k := range irtest.Systems() {
		t.Run(k.Name, func(t *testing.T) { agree(t, k.Sys, 30) })
	}
	for seed := range uint64(40) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { agree(t, irtest.Random(seed), 6) })
	}
}

// figures are what must not depend on the number of workers.
type figures struct {
	States   evidence.States
	Basis    evidence.Basis
	Sample   evidence.Sample
	Findings []string
	Actions  []string
}

func figuresOf(res *evidence.Result) figures {
	out := figures{States: res.States, Basis: res.Basis, Sample: *res.Sample}
	out.Basis.BoundOf, out.Sample.Parts = nil, nil
	for _, f := range res.Findings {
		s := fmt.Sprintf("%s %v %s %+v", f.Prop.Label(), f.Verdict, f.Why, f.Estimate)
		if f.Trace != nil {
			s += "\n" + runText(f.Trace, nil)
		}
		out.Findings = append(out.Findings, s)
	}
	for _, a := range res.Coverage.Actions {
		out.Actions = append(out.Actions, fmt.Sprint(a.Action.Name, a.Taken, a.Enabled, a.Blocked, a.Passed))
	}
	for _, p := range res.Sample.Parts {
		out.Actions = append(out.Actions, fmt.Sprint(p.Prop.Name, p.Runs))
	}
	return out
}

// TestSameForAnyWorkers also replays what is found on the judge.
func TestSameForAnyWorkers(t *testing.T) {
	for _, k := range irtest.Systems() {
		for _, s := range []simulate.Scheduler{simulate.Uniform, simulate.Actions, simulate.Priorities} {
			t.Run(fmt.Sprint(k.Name, s), func(t *testing.T) {
				opt := simulate.Options{Runs: 200, Depth: 20, Seed: 3, Scheduler: s, Workers: 1}
				one := simulate.Check(context.Background(), k.Sys, opt)
				if err := explain.Fill(one); err != nil {
					t.Fatal(err)
				}
				opt.Workers = 3
				three := simulate.Check(context.Background(), k.Sys, opt)
				if diff := cmp.Diff(figuresOf(one), figuresOf(three)); diff != "" {
					t.Errorf("one worker and three (-one +three):\n%s", diff)
				}
			})
		}
	}
}

// TestFindsWhatIsThere: what random runs show of the known systems is what
// their figures say, and is no shorter than the shortest way.
func TestFindsWhatIsThere(t *testing.T) {
	for _, k := range irtest.Systems() {
		t.Run(k.Name, func(t *testing.T) {
			res := simulate.Check(context.Background(), k.Sys, simulate.Options{Runs: 500, Depth: 40, Seed: 1})
			byKind := map[ir.PropKind]int{ir.Deadlock: k.Want.Deadlock, ir.Assertion: k.Want.Assert, ir.Evaluation: k.Want.Error}
			for _, f := range res.Findings {
				want, ok := byKind[f.Prop.Kind]
				if !ok {
					want = k.Props[slices.Index(k.Sys.Props, f.Prop)]
				}
				switch {
				case want < 0 && f.Trace != nil:
					t.Errorf("%s: found at depth %d what is not there", f.Prop.Label(), f.Depth)
				case want >= 0 && f.Trace == nil:
					t.Errorf("%s is there at depth %d: not found", f.Prop.Label(), want)
				case f.Trace != nil && f.Depth < want:
					t.Errorf("%s: found at depth %d, the shortest way has %d", f.Prop.Label(), f.Depth, want)
				case f.Trace == nil && f.Verdict != evidence.Unknown:
					t.Errorf("%s: %v without a trace", f.Prop.Label(), f.Verdict)
				}
				delete(byKind, f.Prop.Kind)
			}
			for kind, depth := range byKind {
				if depth >= 0 && kind != ir.Evaluation {
					t.Errorf("%v is there at depth %d: not found", kind, depth)
				}
			}
		})
	}
}

// pacer goes up and down between 0 and n; at n it is over.
func pacer(n int64) *ir.System {
	b := irtest.New("Pacer")
	x := b.Var("x", b.Int())
	b.Init(b.Put(x, b.I(0)))
	b.Action("Up", nil, nil, b.Put(x, b.Op(ir.Add, b.Get(x), b.I(1))))
	b.Action("Down", nil, b.Op(ir.Gt, b.Get(x), b.I(0)), b.Put(x, b.Op(ir.Sub, b.Get(x), b.I(1))))
	b.Prop(ir.Invariant, "Low", b.Op(ir.Lt, b.Get(x), b.I(n)))
	return b.Sys
}

// TestShortens: what the end of a run does not need is left out of its trace.
func TestShortens(t *testing.T) {
	sys := pacer(5)
	opt := simulate.Options{Runs: 1, Depth: 1000, Seed: 4}
	long, _ := simulate.Take(sys, opt, 0)
	res := simulate.Check(context.Background(), sys, opt)
	if n := len(long.Steps) - 1; n <= 5 {
		t.Fatalf("the run has %d steps, nothing to shorten", n)
	}
	if f := res.Findings[0]; f.Verdict != evidence.Violated || f.Depth != 5 || len(f.Trace.Steps) != 6 {
		t.Errorf("got %v at depth %d, want violated at depth 5", f.Verdict, f.Depth)
	}
	if err := explain.Fill(res); err != nil {
		t.Error(err)
	}
}

// exact is the probability that a run of at most depth steps shows a property
// if every outcome, or every action and then every outcome of it, is equally
// likely.
func exact(sys *ir.System, depth int, byAction bool, shows func(state []ir.Value) bool) float64 {
	type mass struct {
		state []ir.Value
		p     float64
	}
	now := map[string]mass{}
	add := func(to map[string]mass, state []ir.Value, p float64) {
		key := irtest.Key(state)
		to[key] = mass{state, to[key].p + p}
	}
	initial := eval.Initial(sys)
	for _, o := range initial {
		add(now, o.State, 1/float64(len(initial)))
	}
	total := 0.0
	for range depth + 1 {
		next := map[string]mass{}
		for _, m := range now {
			if shows(m.state) {
				total += m.p
				continue
			}
			out := eval.Successors(sys, m.state)
			per := map[*ir.Action]float64{}
			for _, o := range out {
				per[o.Action]++
			}
			for _, o := range out {
				share := 1 / float64(len(out))
				if byAction {
					share = 1 / float64(len(per)) / per[o.Action]
				}
				add(next, o.State, m.p*share)
			}
		}
		now = next
	}
	return total
}

// TestEstimatesAgainstExactProbabilities computes the probabilities of tiny
// Markov chains and looks whether the intervals hold them. Seeds are fixed, so
// this passes always or never.
func TestEstimatesAgainstExactProbabilities(t *testing.T) {
	for _, tt := range []struct {
		name  string
		sys   *ir.System
		prop  int
		depth int
	}{
		{"pacer", pacer(4), 0, 12},
		{"jugs", irtest.DieHard(), 1, 8},
		{"two-phase commit", irtest.TwoPhase(2), 2, 4},
		{"Peterson", irtest.Peterson(), 1, 5},
	} {
		for _, s := range []simulate.Scheduler{simulate.Uniform, simulate.Actions} {
			t.Run(fmt.Sprint(tt.name, s), func(t *testing.T) {
				p := tt.sys.Props[tt.prop]
				want := exact(tt.sys, tt.depth, s == simulate.Actions, func(state []ir.Value) bool {
					ok, err := eval.Holds(p.Formula, &eval.Env{State: state})
					return err == nil && ok == (p.Kind == ir.Witness)
				})
				res := simulate.Check(context.Background(), tt.sys, simulate.Options{Runs: 4000, Depth: tt.depth, Seed: 11, Scheduler: s, Confidence: 0.999})
				e := res.Findings[tt.prop].Estimate
				if want < e.Low || want > e.High || e.High-e.Low > 0.06 {
					t.Errorf("got %d of %d, between %.4f and %.4f; exactly %.4f", e.Hits, e.Runs, e.Low, e.High, want)
				}
			})
		}
	}
}

// TestDistinctEstimate compares with the number of states, all of which the
// runs visit.
func TestDistinctEstimate(t *testing.T) {
	for _, k := range irtest.Systems() {
		if k.Want.Cuts > 0 || k.Want.Error >= 0 || k.Want.Assert >= 0 || k.Want.Deadlock >= 0 {
			continue
		}
		t.Run(k.Name, func(t *testing.T) {
			res := simulate.Check(context.Background(), k.Sys, simulate.Options{Runs: 4000, Depth: 60, Seed: 5})
			got, want := float64(res.Sample.Distinct), float64(k.Want.Distinct)
			if got > 1.02*want+1 || got < 0.9*want-1 {
				t.Errorf("estimated %.0f states, there are %.0f", got, want)
			}
		})
	}
}

func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancelCause(context.Background())
	opt := simulate.Options{Runs: 1 << 30, Depth: 20, Seed: 1, Workers: 2}
	opt.Progress = func(simulate.Event) { cancel(errors.New("interrupted")) }
	res := simulate.Check(ctx, irtest.TwoPhase(2), opt)
	if res.Basis.Limit != "interrupted" || res.Basis.Runs == 0 || res.Sample.Asked != 1<<30 {
		t.Fatalf("got limit %q after %d runs", res.Basis.Limit, res.Basis.Runs)
	}
	if got := evidence.Judge(res).Standing; got != evidence.Inconclusive {
		t.Errorf("an interrupted simulation stands as %v", got)
	}
	// The runs that count are the first ones.
	opt.Runs, opt.Progress = res.Basis.Runs, nil
	again := simulate.Check(context.Background(), irtest.TwoPhase(2), opt)
	if diff := cmp.Diff(again.Findings[2].Estimate, res.Findings[2].Estimate); diff != "" {
		t.Errorf("not the first %d runs (-again +interrupted):\n%s", opt.Runs, diff)
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	none := simulate.Check(stopped, irtest.TwoPhase(2), opt)
	if none.Basis.Kind != evidence.Partial || none.Findings[0].Verdict != evidence.Unknown || none.Findings[0].Why != "interrupted" {
		t.Errorf("without any run got %+v", none.Basis)
	}
}

// TestNoInitialState: that is known without any run.
func TestNoInitialState(t *testing.T) {
	b := irtest.New("Nothing")
	x := b.Var("x", b.Int())
	l := b.Local("n", b.Int())
	b.Init(b.Pick(l, b.Op(ir.Interval, b.I(1), b.I(0)), nil), b.Put(x, b.Use(l)))
	res := simulate.Check(context.Background(), b.Sys, simulate.Options{})
	if got := evidence.Judge(res).Standing; got != evidence.Broken {
		t.Errorf("got standing %v", got)
	}
}
