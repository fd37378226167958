package mc_test

import (
	"context"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc"
)

// mostStates is how many states of a random System are worth comparing.
const mostStates = 500

// TestRefinements compares verdicts and depths for random pairs of Systems with
// those of a search that knows nothing but the judge, with every reduction and
// without. Every violation is replayed.
func TestRefinements(t *testing.T) {
	n := uint64(200)
	if os.Getenv("SPEC_SOAK") != "" {
		n = 20000
	}
	seen := map[evidence.Verdict]int{}
	deep := 0
	for seed := range n {
		sys := pair(seed)
		if len(irtest.ExploreUpTo(sys, mostStates).States) > mostStates {
			continue
		}
		want, depth := twin(sys, sys.Props[0].Refines)
		seen[want]++
		deep = max(deep, depth)
		for _, use := range []mc.Use{mc.Never, mc.Always} {
			res, err := mc.Check(context.Background(), sys, mc.Options{Reductions: mc.Reductions{Slicing: use, Symmetry: use, PartialOrder: use}})
			if err != nil {
				t.Fatal(err)
			}
			f := res.Findings[0]
			if f.Prop != sys.Props[0] || f.Verdict != want || want == evidence.Violated && f.Depth != depth {
				t.Errorf("seed %d, reductions %v: got %v of %s at depth %d (%s), want %v at depth %d", seed, use, f.Verdict, f.Prop.Label(), f.Depth, f.Why, want, depth)
			}
			if f.Verdict == evidence.Unknown && f.Why == "" {
				t.Errorf("seed %d: nothing says why", seed)
			}
			if err := explain.Fill(res); err != nil {
				t.Errorf("seed %d: %v", seed, err)
			}
			if f := res.Findings[0]; (f.Above != nil) != (f.Verdict == evidence.Violated) {
				t.Errorf("seed %d: a violation is shown at one level", seed)
			}
		}
	}
	if seen[evidence.Holds] < 20 || seen[evidence.Violated] < 20 || seen[evidence.Unknown] < 5 || deep < 2 {
		t.Errorf("verdicts %v, violations to depth %d: the pairs are not of all kinds", seen, deep)
	}
}

// pair returns a random System that is to refine another one: itself with an
// action less or a guard more, by a mapping that forgets variables.
func pair(seed uint64) *ir.System {
	r := rand.New(rand.NewPCG(seed, 1))
	sys := irtest.Random(seed)
	states := irtest.ExploreUpTo(sys, 40).States
	value := func(v *ir.Var) ir.Expr {
		return &ir.Lit{Node: ir.Node{T: v.Type}, Value: states[r.IntN(len(states))][v.Index]}
	}
	read := func(v *ir.Var) ir.Expr { return &ir.VarRef{Node: ir.Node{T: v.Type}, Var: v} }
	above := *sys
	above.Props, above.Checks, above.Actions = nil, nil, nil
	for _, a := range sys.Actions {
		a := *a
		switch v := sys.Vars[r.IntN(len(sys.Vars))]; {
		case r.IntN(12) == 0:
			continue
		case r.IntN(4) == 0 && len(states) > 0:
			bar := &ir.Apply{Node: ir.Node{T: sys.Types.Bool()}, Op: ir.Ne, Args: []ir.Expr{read(v), value(v)}}
			if a.Guard == nil {
				a.Guard = bar
			} else {
				a.Guard = &ir.Apply{Node: bar.Node, Op: ir.And, Args: []ir.Expr{bar, a.Guard}}
			}
		}
		a.Index = len(above.Actions)
		above.Actions = append(above.Actions, &a)
	}
	of := &ir.Refinement{Abstract: &above, Anywhere: r.IntN(4) == 0}
	for _, v := range sys.Vars {
		if r.IntN(12) == 0 && len(states) > 0 {
			of.Map = append(of.Map, value(v))
		} else {
			of.Map = append(of.Map, read(v))
		}
	}
	p := &ir.Property{Name: "Above", Kind: ir.Refines, Refines: of, Span: sys.Span}
	sys.Props = []*ir.Property{p}
	sys.Checks = []ir.Check{{Prop: p, Depth: -1}}
	return sys
}

// twin searches the states of sys with the judge alone.
func twin(sys *ir.System, of *ir.Refinement) (evidence.Verdict, int) {
	type node struct {
		state, image []ir.Value
		depth        int
	}
	var queue []node
	seen, open := map[string]bool{}, false
	image := func(state []ir.Value) []ir.Value {
		var out []ir.Value
		for _, e := range of.Map {
			v, err := eval.Expr(e, &eval.Env{State: state})
			if err != nil {
				return nil
			}
			out = append(out, v)
		}
		return out
	}
	among := func(outcomes []eval.Outcome, state []ir.Value) bool {
		return slices.ContainsFunc(outcomes, func(o eval.Outcome) bool {
			return o.Err == nil && o.Assert == nil && irtest.Key(o.State) == irtest.Key(state)
		})
	}
	var next []eval.Outcome // of the abstract machine, from where the step begins
	reach := func(o eval.Outcome, from []ir.Value, depth int) bool {
		if o.Err != nil || o.Assert != nil {
			open = true
			return true
		}
		to := image(o.State)
		switch {
		case to == nil:
			return false
		case from == nil && !of.Anywhere && !among(next, to):
			return false
		case from != nil && irtest.Key(from) != irtest.Key(to) && !among(next, to):
			return false
		}
		for _, b := range sys.Bounds {
			if ok, err := eval.Holds(b.Cond, &eval.Env{State: o.State}); err != nil || !ok {
				open = true
				return true
			}
		}
		if key := irtest.Key(o.State); !seen[key] {
			seen[key] = true
			queue = append(queue, node{o.State, to, depth})
		}
		return true
	}
	next = eval.Initial(of.Abstract)
	for _, o := range eval.Initial(sys) {
		if !reach(o, nil, 0) {
			return evidence.Violated, 0
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		next = eval.Successors(of.Abstract, queue[0].image)
		for _, o := range eval.Successors(sys, queue[0].state) {
			if !reach(o, queue[0].image, queue[0].depth+1) {
				return evidence.Violated, queue[0].depth + 1
			}
		}
	}
	if open {
		return evidence.Unknown, 0
	}
	return evidence.Holds, 0
}
