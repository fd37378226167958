package symbolic_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc/symbolic"
)

// naive labels states one by one, by the definitions.
type naive struct {
	states [][]ir.Value
	next   [][]int
}

func newNaive(sys *ir.System) *naive {
	n := &naive{states: irtest.Explore(sys).States}
	at := map[string]int{}
	for i, s := range n.states {
		at[irtest.Key(s)] = i
	}
	for i, s := range n.states {
		var next []int
		for _, o := range eval.Successors(sys, s) {
			next = append(next, at[irtest.Key(o.State)])
		}
		if len(next) == 0 {
			next = []int{i}
		}
		n.next = append(n.next, next)
	}
	return n
}

// iterate repeats f, which may look at its own last answer, until nothing
// changes.
func (n *naive) iterate(start bool, f func(old []bool, i int) bool) []bool {
	old := slices.Repeat([]bool{start}, len(n.states))
	for {
		now := make([]bool, len(old))
		for i := range now {
			now[i] = f(old, i)
		}
		if slices.Equal(now, old) {
			return now
		}
		old = now
	}
}

// label returns where e is true, nil if it has no value somewhere.
func (n *naive) label(e ir.Expr) []bool {
	a, ok := e.(*ir.Apply)
	if !ok || !ir.Ops[a.Op].Temporal && a.Op != ir.Implies {
		out := make([]bool, len(n.states))
		for i, s := range n.states {
			v, err := eval.Holds(e, &eval.Env{State: s})
			if err != nil {
				return nil
			}
			out[i] = v
		}
		return out
	}
	p := n.label(a.Args[0])
	q := p
	if len(a.Args) > 1 {
		q = n.label(a.Args[1])
	}
	if p == nil || q == nil {
		return nil
	}
	some := func(s []bool, i int) bool { return slices.ContainsFunc(n.next[i], func(j int) bool { return s[j] }) }
	all := func(s []bool, i int) bool { return !slices.ContainsFunc(n.next[i], func(j int) bool { return !s[j] }) }
	switch a.Op {
	case ir.Implies:
		return n.iterate(false, func(_ []bool, i int) bool { return !p[i] || q[i] })
	case ir.EX:
		return n.iterate(false, func(_ []bool, i int) bool { return some(p, i) })
	case ir.AX:
		return n.iterate(false, func(_ []bool, i int) bool { return all(p, i) })
	case ir.EF:
		return n.iterate(false, func(o []bool, i int) bool { return p[i] || some(o, i) })
	case ir.AF:
		return n.iterate(false, func(o []bool, i int) bool { return p[i] || all(o, i) })
	case ir.EG:
		return n.iterate(true, func(o []bool, i int) bool { return p[i] && some(o, i) })
	case ir.AG:
		return n.iterate(true, func(o []bool, i int) bool { return p[i] && all(o, i) })
	case ir.EU:
		return n.iterate(false, func(o []bool, i int) bool { return q[i] || p[i] && some(o, i) })
	case ir.AU:
		return n.iterate(false, func(o []bool, i int) bool { return q[i] || p[i] && all(o, i) })
	}
	panic("an operator that is not of branching time")
}

// kripke is a random graph of six states; terminal ones have no successor.
func kripke(seed uint64) (*ir.System, *irtest.B, *ir.Var) {
	b := irtest.New("Kripke")
	at := b.Var("at", b.Ints(0, 5))
	x := b.Local("x", at.Type)
	b.Init(b.Put(at, b.Val(at.Type, ir.NewInt(0))))
	h := seed*0x9e3779b97f4a7c15 + 1
	bit := func() bool {
		h ^= h << 13
		h ^= h >> 7
		h ^= h << 17
		return h>>20&3 == 0
	}
	for from := range int64(6) {
		to := ir.SetValue{}
		for j := range int64(6) {
			if bit() {
				to.Elems = append(to.Elems, ir.NewInt(j))
			}
		}
		b.Action(fmt.Sprint("A", from), nil, b.Op(ir.Eq, b.Get(at), b.Val(at.Type, ir.NewInt(from))),
			b.Pick(x, b.Val(b.Set(at.Type), to), nil), b.Put(at, b.Use(x)))
	}
	b.Sys.Terminal = b.True()
	return b.Sys, b, at
}

// TestBranchingTime compares with labels found by definition, for every pair
// of operators.
func TestBranchingTime(t *testing.T) {
	ops := []ir.Op{ir.AG, ir.AF, ir.AX, ir.EG, ir.EF, ir.EX, ir.AU, ir.EU}
	seen := map[evidence.Verdict]int{}
	for seed := range uint64(40) {
		sys, b, at := kripke(seed)
		atom := func(set ...int64) ir.Expr {
			s := ir.SetValue{}
			for _, n := range set {
				s.Elems = append(s.Elems, ir.NewInt(n))
			}
			return b.Op(ir.In, b.Get(at), b.Val(b.Set(at.Type), s))
		}
		make := func(op ir.Op, x, y ir.Expr) ir.Expr {
			if ir.Ops[op].Arity == 2 {
				return b.OpT(b.Bool(), op, x, y)
			}
			return b.OpT(b.Bool(), op, x)
		}
		for i, outer := range ops {
			for _, inner := range ops {
				in := make(inner, atom(0, 2, 3), atom(1, 4))
				b.Prop(ir.CTL, fmt.Sprint(outer, inner, i), make(outer, in, atom(5, 1)))
				b.Prop(ir.CTL, fmt.Sprint(inner, outer, i), make(outer, atom(0, 1, 2, 3), in))
			}
		}
		exhaust(sys)
		res, err := symbolic.Check(context.Background(), sys, symbolic.Options{})
		if err != nil {
			t.Fatal(err)
		}
		n := newNaive(sys)
		for _, f := range res.Findings {
			want := evidence.Violated
			if n.label(f.Prop.Formula)[0] {
				want = evidence.Holds
			}
			seen[f.Verdict]++
			if f.Verdict != want {
				t.Errorf("graph %d, %s: got %s, want %s (%s)", seed, f.Prop.Name, f.Verdict, want, f.Why)
			}
		}
	}
	if seen[evidence.Holds] < 500 || seen[evidence.Violated] < 500 {
		t.Errorf("the verdicts are lopsided: %v", seen)
	}
}
