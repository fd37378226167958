package ctl

import (
	"context"
	"os"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc/graph"
	"github.com/spec-lang/spec/mc/program"
)

// samples is how many random systems a test looks at.
func samples(few uint64) uint64 {
	if os.Getenv("SPEC_SOAK") != "" {
		return 50 * few
	}
	return few
}

// checked is what the engine says of a formula.
type checked struct {
	c    *checker
	root *node
	f    evidence.Finding
}

func engine(sys *ir.System, e ir.Expr, bound ir.Expr, l graph.Limits) checked {
	prog, comp := program.Compile(sys)
	p := &ir.Property{Kind: ir.CTL, Name: "P", Formula: e}
	f := Prepare(comp, p)
	opt := graph.Options{Limits: l}
	if bound != nil {
		opt.Bounds = append(opt.Bounds, comp.Predicate(bound))
	}
	g := graph.Build(context.Background(), prog, opt)
	out := evidence.Finding{Prop: p}
	Check(context.Background(), prog, g, f, &out)
	c := newChecker(context.Background(), prog, g)
	return checked{c, f.root, out}
}

// TestAgainstNaive compares, in every state, with what the textbook says, and
// looks at all that is shown.
func TestAgainstNaive(t *testing.T) {
	verdicts := map[evidence.Verdict]int{}
	for seed := range samples(1500) {
		k := irtest.NewKripke(seed)
		e := k.Branching(1 + int(seed%3))
		v := newNaive(t, k.Sys)
		want, got := v.holds(e, nil), engine(k.Sys, e, nil, graph.Limits{})
		label := got.c.label(got.root)
		if got.c.n != len(v.states) {
			t.Fatalf("seed %d: %d states, want %d", seed, got.c.n, len(v.states))
		}
		for i, ok := range want {
			id := got.id(t, v.states[i])
			if label.must.has(id) != ok || label.may.has(id) != ok {
				t.Fatalf("seed %d: state %d: must %v, may %v, want %v", seed, i, label.must.has(id), label.may.has(id), ok)
			}
		}
		holds := true
		for _, o := range eval.Initial(k.Sys) {
			holds = holds && want[v.number[irtest.Key(o.State)]]
		}
		if (got.f.Verdict == evidence.Holds) != holds || (got.f.Verdict == evidence.Violated) == holds {
			t.Fatalf("seed %d: %v, want %v", seed, got.f.Verdict, holds)
		}
		verdicts[got.f.Verdict]++
		if b := got.f.Branch; b != nil {
			b.Walk(func(b *evidence.Branch) { v.confirm(b, seed) })
			v.replay(got.f.Trace, seed)
		}
	}
	if verdicts[evidence.Holds] < 200 || verdicts[evidence.Violated] < 200 {
		t.Errorf("verdicts: %v, want enough of both", verdicts)
	}
}

func (k checked) id(t *testing.T, state []ir.Value) uint32 {
	for id := range uint32(k.c.n) {
		if irtest.Key(k.c.g.Values(id)) == irtest.Key(state) {
			return id
		}
	}
	t.Fatalf("state %s is not in the graph", irtest.Key(state))
	return 0
}

// TestPartial: whatever a bound or a limit leaves out, what is said for sure of
// the rest is so.
func TestPartial(t *testing.T) {
	sure, open := 0, 0
	for seed := range samples(1500) {
		k := irtest.NewKripke(seed)
		e := k.Branching(1 + int(seed%3))
		v := newNaive(t, k.Sys)
		want := v.holds(e, nil)
		var bound ir.Expr
		l := graph.Limits{}
		switch seed % 3 {
		case 0:
			bound = k.AtOneOf(2)
		case 1:
			l.States = 1 + seed/3%4
		default:
			l.Depth = 1 + int(seed/3%3)
		}
		got := engine(k.Sys, e, bound, l)
		label := got.c.label(got.root)
		for id := range uint32(got.c.n) {
			ok := want[v.number[irtest.Key(got.c.g.Values(id))]]
			if label.must.has(id) && !ok || !label.may.has(id) && ok {
				t.Fatalf("seed %d: state %d: must %v, may %v, want %v", seed, id, label.must.has(id), label.may.has(id), ok)
			}
			if label.must.has(id) == label.may.has(id) {
				sure++
			} else {
				open++
			}
		}
		if got.f.Verdict == evidence.Unknown && got.f.Why == "" {
			t.Errorf("seed %d: unknown without a reason", seed)
		}
		if b := got.f.Branch; b != nil {
			b.Walk(func(b *evidence.Branch) { v.confirm(b, seed) })
			v.replay(got.f.Trace, seed)
		}
	}
	if sure < 1000 || open < 1000 {
		t.Errorf("%d sure and %d open, want enough of both", sure, open)
	}
}
