package prover_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/prover"
)

// checkAll asks for every property, and for no deadlock.
func checkAll(sys *ir.System) {
	sys.Checks = nil
	for _, p := range sys.Props {
		sys.Checks = append(sys.Checks, ir.Check{Prop: p, Depth: -1})
	}
	for _, k := range []ir.PropKind{ir.Deadlock, ir.Assertion, ir.Evaluation} {
		sys.Checks = append(sys.Checks, ir.Check{Prop: &ir.Property{Kind: k, Span: sys.Span}, Depth: -1})
	}
}

// truth is what the judge says of a property, visiting every state.
type truth struct {
	verdict evidence.Verdict
	depth   int  // of what decides it; -1 if nothing does or only all states do
	cut     bool // nothing decides it within the bounds: nothing may be said
}

// judged visits every state; nil if there are too many.
func judged(sys *ir.System) []truth {
	const most = 1500
	x := irtest.ExploreUpTo(sys, most)
	if x.Distinct > most {
		return nil
	}
	var out []truth
	for i := range sys.Checks {
		out = append(out, judge(sys, x, i))
	}
	return out
}

func judge(sys *ir.System, x *irtest.Result, i int) truth {
	p, at := sys.Checks[i].Prop, -1
	switch p.Kind {
	case ir.Invariant, ir.Step, ir.Witness:
		at = x.Props[i]
	case ir.Deadlock:
		at = deadlock(sys, x)
	case ir.Assertion:
		at = x.Assert
	case ir.Evaluation:
		at = x.Error
	}
	if k := p.Kind; k == ir.Temporal || k == ir.CTL || k == ir.Scenario || x.PropErr >= 0 && (k == ir.Assertion || k == ir.Evaluation) {
		// Which failures of properties count is more than the explorer says.
		return truth{verdict: evidence.Unknown, depth: -1}
	}
	clean := x.Cuts == 0 && x.PropErr < 0
	switch {
	case at >= 0 && p.Kind == ir.Witness:
		return truth{verdict: evidence.Holds, depth: at}
	case at >= 0:
		return truth{verdict: evidence.Violated, depth: at}
	case clean && p.Kind == ir.Witness:
		return truth{verdict: evidence.Violated, depth: -1}
	case clean:
		return truth{verdict: evidence.Holds, depth: -1}
	}
	return truth{evidence.Unknown, -1, x.PropErr < 0}
}

// deadlock is the depth of the first state that is stuck and not terminal. The
// explorer counts one where Terminal has no value, too: then it says nothing.
func deadlock(sys *ir.System, x *irtest.Result) int {
	if x.Deadlock < 0 || sys.Terminal == nil || x.PropErr < 0 {
		return x.Deadlock
	}
	for _, s := range x.States {
		if _, err := eval.Holds(sys.Terminal, &eval.Env{State: s}); err != nil {
			return -1
		}
	}
	return x.Deadlock
}

// agree compares an engine with the judge, and reports how many definite
// verdicts there were.
func agree(t *testing.T, sys *ir.System, engine prover.Engine, want []truth) int {
	t.Helper()
	res, err := prover.Check(context.Background(), sys, prover.Options{Engine: engine, Depth: 8})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(res.Basis.Limit, "no circuit") {
		return 0
	}
	if strings.Contains(res.Basis.Limit, "confirm") {
		t.Errorf("%s: %s", engine, res.Basis.Limit)
	}
	definite := 0
	for i, w := range want {
		f := res.Findings[i]
		if f.Verdict == evidence.Unknown && f.Why == "" {
			t.Errorf("%s: %s is unknown for no reason", engine, f.Prop.Label())
		}
		if w.cut && f.Verdict != evidence.Unknown {
			t.Errorf("%s: %s %s, but the bounds cut runs off", engine, f.Prop.Label(), f.Verdict)
		}
		if f.Verdict == evidence.Unknown || w.verdict == evidence.Unknown {
			continue
		}
		definite++
		switch {
		case f.Verdict != w.verdict:
			t.Errorf("%s: %s %s, want %s", engine, f.Prop.Label(), f.Verdict, w.verdict)
		case w.depth >= 0 && f.Depth != w.depth:
			t.Errorf("%s: %s at depth %d, want %d", engine, f.Prop.Label(), f.Depth, w.depth)
		case (f.Trace == nil) != (w.depth < 0) || (f.Proof == nil) != (w.depth >= 0):
			t.Errorf("%s: %s rests on trace %v, proof %v", engine, f.Prop.Label(), f.Trace != nil, f.Proof != nil)
		}
	}
	complete(t, engine, res, want)
	if err := explain.Fill(res); err != nil {
		t.Errorf("%s: %v", engine, err)
	}
	return definite
}

// complete demands of IC3, which needs no bound, that it decides everything
// that can be decided.
func complete(t *testing.T, engine prover.Engine, res *evidence.Result, want []truth) {
	t.Helper()
	if engine != prover.IC3 && engine != prover.Portfolio {
		return
	}
	for i, w := range want {
		if f := res.Findings[i]; w.verdict != evidence.Unknown && f.Verdict == evidence.Unknown {
			t.Errorf("%s: %s is unknown: %s", engine, f.Prop.Label(), f.Why)
		}
	}
}

var engines = []prover.Engine{prover.Portfolio, prover.BMC, prover.Induction, prover.IC3}

func TestAgreesOnKnownSystems(t *testing.T) {
	for _, k := range irtest.Systems() {
		checkAll(k.Sys)
		want := judged(k.Sys)
		for _, e := range engines {
			t.Run(k.Name+" "+e.String(), func(t *testing.T) { agree(t, k.Sys, e, want) })
		}
	}
}

// TestAgreesOnRandomSystems compares all engines with the judge on random
// packed Systems: 5,000 of them with SPEC_SOAK.
func TestAgreesOnRandomSystems(t *testing.T) {
	n, definite := uint64(200), map[prover.Engine]int{}
	if os.Getenv("SPEC_SOAK") != "" {
		n = 5_000
	}
	for seed := range n {
		sys := irtest.RandomPacked(seed)
		checkAll(sys)
		want := judged(sys)
		if want == nil {
			continue
		}
		for _, e := range engines {
			t.Run(fmt.Sprintf("%d %s", seed, e), func(t *testing.T) { definite[e] += agree(t, sys, e, want) })
		}
	}
	t.Log(definite)
	for _, e := range engines {
		if definite[e] < int(n)/2 {
			t.Errorf("%s gave only %d definite verdicts", e, definite[e])
		}
	}
}
