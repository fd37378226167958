package ctl

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc/graph"
	"github.com/spec-lang/spec/mc/program"
)

// kripke makes random systems of one variable, at, and formulas about it.
type kripke struct {
	*irtest.B
	r    *rand.Rand
	n    int
	t    *ir.Type
	at   *ir.Var
	free []*ir.Local
}

func newKripke(seed uint64) *kripke {
	k := &kripke{B: irtest.New("Kripke"), r: rand.New(rand.NewPCG(seed, 7))}
	k.n = 2 + k.r.IntN(6)
	k.t = k.Ints(0, int64(k.n-1))
	k.at = k.Var("at", k.t)
	x := k.Local("x", k.t)
	k.Init(k.Pick(x, k.Val(k.Set(k.t), k.some(3, true)), nil), k.Put(k.at, k.Use(x)))
	for i := range 1 + k.r.IntN(4) {
		k.action(fmt.Sprintf("A%d", i))
	}
	return k
}

// some is a set of states, each with odds of one in k.
func (k *kripke) some(odds int, never0 bool) ir.Value {
	s := ir.SetValue{}
	for i := range k.n {
		if k.r.IntN(odds) == 0 {
			s.Elems = append(s.Elems, ir.NewInt(int64(i)))
		}
	}
	if never0 && len(s.Elems) == 0 {
		s.Elems = append(s.Elems, ir.NewInt(0))
	}
	return s
}

// action leads from each state to any of some, perhaps for each of two
// arguments.
func (k *kripke) action(name string) {
	targets := k.Set(k.t)
	table := func() ir.Expr {
		m := ir.MapValue{}
		for i := range k.n {
			m.Keys, m.Vals = append(m.Keys, ir.NewInt(int64(i))), append(m.Vals, k.some(4, false))
		}
		return k.Op(ir.Get, k.Val(k.Func(k.t, targets), m), k.Get(k.at))
	}
	to := table()
	var params []*ir.Param
	if k.r.IntN(3) == 0 {
		p := k.Param("b", k.Bool())
		if k.r.IntN(3) == 0 {
			p = k.ParamIn("b", k.Values(k.Bool()))
		}
		params, to = append(params, p), k.Cond(k.Use(p.Local), table(), table())
	}
	x := k.Local("x", k.t)
	a := k.Action(name, params, nil, k.Pick(x, to, nil), k.Put(k.at, k.Use(x)))
	a.Fair = ir.Fairness(k.r.IntN(3))
	a.FairAny = k.r.IntN(3) == 0
}

var branching = []ir.Op{ir.AG, ir.AF, ir.AX, ir.EG, ir.EF, ir.EX, ir.AU, ir.EU, ir.And, ir.Or, ir.Implies, ir.Iff, ir.Not}

func (k *kripke) formula(depth int) ir.Expr {
	if depth == 0 {
		if len(k.free) > 0 && k.r.IntN(2) == 0 {
			return k.Op(ir.Eq, k.Get(k.at), k.Use(k.free[k.r.IntN(len(k.free))]))
		}
		return k.Op(ir.In, k.Get(k.at), k.Val(k.Set(k.t), k.some(2, false)))
	}
	switch k.r.IntN(12) {
	case 0:
		l := k.Local("y", k.t)
		k.free = append(k.free, l)
		body := k.formula(depth - 1)
		k.free = k.free[:len(k.free)-1]
		if k.r.IntN(3) == 0 {
			return &ir.Let{Node: ir.Node{T: k.Bool()}, Local: l, Value: k.Get(k.at), Body: body}
		}
		if k.r.IntN(2) == 0 {
			return k.All(l, k.Values(k.t), body)
		}
		return k.Some(l, k.Values(k.t), body)
	case 1:
		return k.Cond(k.formula(depth-1), k.formula(depth-1), k.formula(depth-1))
	}
	op := branching[k.r.IntN(len(branching))]
	args := []ir.Expr{k.formula(depth - 1)}
	if ir.Ops[op].Arity == 2 {
		args = append(args, k.formula(depth-1))
	}
	return k.Op(op, args...)
}

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
		k := newKripke(seed)
		e := k.formula(1 + int(seed%3))
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
		k := newKripke(seed)
		e := k.formula(1 + int(seed%3))
		v := newNaive(t, k.Sys)
		want := v.holds(e, nil)
		var bound ir.Expr
		l := graph.Limits{}
		switch seed % 3 {
		case 0:
			bound = k.Op(ir.In, k.Get(k.at), k.Val(k.Set(k.t), k.some(2, false)))
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
