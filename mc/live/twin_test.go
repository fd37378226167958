package live_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc/buchi"
	"github.com/spec-lang/spec/mc/live"
)

// The twin builds the product with the judge, closes it by repeated
// multiplication, and looks for fair components with nothing but the closure.

type twinNode struct{ state, auto int }

type twinEdge struct {
	from, to int // nodes
	marks    uint64
	name     string // of the constraint it belongs to
}

type twin struct {
	sys    *ir.System
	states [][]ir.Value
	on     []map[string]bool // by state: constraints that are possible
	nodes  []twinNode
	edges  []twinEdge
	roots  []int
	all    uint64
	kinds  map[string]ir.Fairness
}

// constraintOf names the constraint that a step belongs to.
func constraintOf(a *ir.Action, args []ir.Value) string {
	if a == nil || a.Fair == ir.Unfair {
		return ""
	}
	s := a.Name
	for i, p := range a.Params {
		if p.ByType && !a.FairAny {
			s += " " + ir.Format(args[i])
		}
	}
	return s
}

func newTwin(t *testing.T, sys *ir.System, prop *ir.Property) *twin {
	t.Helper()
	p, err := buchi.FromIR(sys, prop.Formula)
	if err != nil {
		t.Fatal(err)
	}
	aut, err := p.Negation()
	if err != nil {
		t.Fatal(err)
	}
	w := &twin{sys: sys, all: aut.All(), kinds: map[string]ir.Fairness{}}
	index := map[string]int{}
	state := func(s []ir.Value) int {
		key := irtest.Key(s)
		i, ok := index[key]
		if !ok {
			i = len(w.states)
			index[key] = i
			w.states = append(w.states, s)
		}
		return i
	}
	places := map[twinNode]int{}
	node := func(n twinNode) int {
		i, ok := places[n]
		if !ok {
			i = len(w.nodes)
			places[n] = i
			w.nodes = append(w.nodes, n)
		}
		return i
	}
	for _, o := range eval.Initial(sys) {
		for _, q := range aut.Initial {
			w.roots = append(w.roots, node(twinNode{state(o.State), q}))
		}
	}
	for i := 0; i < len(w.nodes); i++ {
		n := w.nodes[i]
		outcomes := eval.Successors(sys, w.states[n.state])
		if len(outcomes) == 0 {
			outcomes = []eval.Outcome{{State: w.states[n.state]}}
		}
		for len(w.on) <= n.state {
			w.on = append(w.on, map[string]bool{})
		}
		for _, o := range outcomes {
			name := constraintOf(o.Action, o.Args)
			if name != "" {
				w.on[n.state][name] = true
				w.kinds[name] = o.Action.Fair
			}
			letter := uint64(0)
			for k, prop := range p.Props {
				ok, err := eval.Holds(prop.Expr, &eval.Env{State: w.states[n.state], Taken: &eval.Taken{Action: o.Action, Args: o.Args}})
				if err != nil {
					t.Fatal(err)
				}
				if ok {
					letter |= 1 << k
				}
			}
			for _, e := range aut.Edges[n.auto] {
				if e.Label.Allows(letter) {
					w.edges = append(w.edges, twinEdge{i, node(twinNode{state(o.State), e.To}), e.Marks, name})
				}
			}
		}
	}
	return w
}

// closure is which of some nodes reach which, by one step or more.
func (w *twin) closure(in []bool) [][]bool {
	n := len(w.nodes)
	reach := make([][]bool, n)
	for i := range reach {
		reach[i] = make([]bool, n)
	}
	for _, e := range w.edges {
		if in[e.from] && in[e.to] {
			reach[e.from][e.to] = true
		}
	}
	for k := range n {
		for i := range n {
			if reach[i][k] {
				for j := range n {
					reach[i][j] = reach[i][j] || reach[k][j]
				}
			}
		}
	}
	return reach
}

// violated reports whether a fair accepting cycle lies among some nodes.
func (w *twin) violated(in []bool) bool {
	reach := w.closure(in)
	for v := range w.nodes {
		if !reach[v][v] {
			continue
		}
		member := make([]bool, len(w.nodes))
		for u := range w.nodes {
			member[u] = reach[v][u] && reach[u][v]
		}
		marks, taken := uint64(0), map[string]bool{}
		for _, e := range w.edges {
			if member[e.from] && member[e.to] {
				marks |= e.marks
				taken[e.name] = true
			}
		}
		if marks != w.all {
			continue
		}
		fair, again := true, false
		for name, kind := range w.kinds {
			always, never := true, true
			for u, n := range w.nodes {
				if member[u] {
					always = always && w.on[n.state][name]
					never = never && !w.on[n.state][name]
				}
			}
			switch {
			case taken[name]:
			case kind == ir.Weak && always:
				fair = false
			case kind == ir.Strong && !never:
				again = true
				for u, n := range w.nodes {
					member[u] = member[u] && !w.on[n.state][name]
				}
			}
		}
		if fair && (!again || w.violated(member)) {
			return true
		}
	}
	return false
}

func (w *twin) verdict() evidence.Verdict {
	in := make([]bool, len(w.nodes))
	for i := range in {
		in[i] = true
	}
	if w.violated(in) {
		return evidence.Violated
	}
	return evidence.Holds
}

// randomSystem has two small variables and a few actions that set them where
// they have some value.
func randomSystem(r *rand.Rand) kit {
	k := newKit("Random")
	n := k.Ints(0, int64(1+r.IntN(2)))
	size := n.Hi.Int64() + 1
	x, y := k.Var("x", n), k.Var("y", n)
	k.Init(k.set(x, 0), k.set(y, 0))
	for i := range 2 + r.IntN(4) {
		var params []*ir.Param
		value := func() ir.Expr { return k.To(n, k.I(r.Int64N(size))) }
		if r.IntN(3) == 0 {
			p := k.Param("p", n)
			if r.IntN(3) == 0 {
				p = k.ParamIn("p", k.Op(ir.SetLit, k.Get(x), value()))
			}
			params = []*ir.Param{p}
			value = func() ir.Expr { return k.Use(p.Local) }
		}
		guard := k.Op([]ir.Op{ir.Eq, ir.Ne, ir.Le}[r.IntN(3)], k.Get([]*ir.Var{x, y}[r.IntN(2)]), value())
		body := []ir.Stmt{k.Put([]*ir.Var{x, y}[r.IntN(2)], value())}
		if r.IntN(3) == 0 {
			body = append(body, k.set(y, r.Int64N(size)))
		}
		a := k.Action(fmt.Sprintf("A%d", i), params, guard, body...)
		a.Fair = ir.Fairness(r.IntN(3))
		a.FairAny = len(params) > 0 && a.Fair != ir.Unfair && r.IntN(3) == 0
	}
	return k
}

func (k kit) random(r *rand.Rand, size int) ir.Expr {
	if size <= 1 {
		a := k.Sys.Actions[r.IntN(len(k.Sys.Actions))]
		v := k.Sys.Vars[r.IntN(len(k.Sys.Vars))]
		n := k.To(v.Type, k.I(r.Int64N(v.Type.Hi.Int64()+1)))
		switch r.IntN(6) {
		case 0:
			return k.taken(a)
		case 1:
			if len(a.Params) == 1 {
				return k.taken(a, n)
			}
			return k.enabled(a)
		}
		return k.Op(ir.Eq, k.Get(v), n)
	}
	if size == 2 || r.IntN(3) == 0 {
		op := []ir.Op{ir.Not, ir.Always, ir.Eventually, ir.NextTime, ir.Always, ir.Eventually}[r.IntN(6)]
		return k.OpT(k.Bool(), op, k.random(r, size-1))
	}
	op := []ir.Op{ir.And, ir.Or, ir.Implies, ir.Iff, ir.Until, ir.Unless, ir.Release, ir.LeadsTo}[r.IntN(8)]
	left := 1 + r.IntN(size-2)
	return k.OpT(k.Bool(), op, k.random(r, left), k.random(r, size-1-left))
}

// TestTwin compares verdicts on random systems with the twin's; the judge
// confirms each violation besides.
func TestTwin(t *testing.T) {
	n := uint64(400)
	if os.Getenv("SPEC_SOAK") != "" {
		n = 20_000
	}
	verdicts := map[evidence.Verdict]int{}
	for seed := range n {
		r := rand.New(rand.NewPCG(seed, 7))
		k := randomSystem(r)
		for i := range 3 {
			k.prop(fmt.Sprintf("P%d", i), k.random(r, 2+r.IntN(5)))
		}
		near, far := check(t, k.Sys, live.Options{}).Findings, check(t, k.Sys, live.Options{Near: 1}).Findings
		for i, f := range near {
			want := newTwin(t, k.Sys, k.Sys.Props[i]).verdict()
			if f.Verdict != want {
				t.Fatalf("seed %d, property %d: got %v %s, want %v", seed, i, f.Verdict, f.Why, want)
			}
			if f := far[i]; f.Verdict != want {
				t.Fatalf("seed %d, property %d, depth first: got %v %s, want %v", seed, i, f.Verdict, f.Why, want)
			}
			verdicts[want]++
		}
	}
	if verdicts[evidence.Holds] < int(n)/4 || verdicts[evidence.Violated] < int(n)/4 {
		t.Errorf("the systems are not of both kinds: %v", verdicts)
	}
}
