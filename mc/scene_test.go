package mc_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/mc"
)

// script writes scenarios for a System by walking through it.
type script struct {
	sys *ir.System
	r   *rand.Rand
	run *ir.ScenarioRun
}

// argument is the value itself, or a free variable that must take it.
func (s *script) argument(p *ir.Param, v ir.Value) ir.Expr {
	t := p.Local.Type
	if n, ok := ir.Card(t); !ok || !n.IsInt64() || n.Int64() > 10 || s.r.IntN(2) == 0 {
		return &ir.Lit{Node: ir.Node{T: t}, Value: v}
	}
	for _, l := range s.run.Free {
		if l.Type == t && s.r.IntN(2) == 0 {
			return &ir.LocalRef{Node: ir.Node{T: t}, Local: l}
		}
	}
	l := &ir.Local{Name: fmt.Sprintf("v%d", len(s.run.Free)), Type: t}
	s.run.Free = append(s.run.Free, l)
	return &ir.LocalRef{Node: ir.Node{T: t}, Local: l}
}

// write makes a scenario of a walk; now and then it leaves a step out, so that
// what is left may be impossible.
func (s *script) write() *ir.Property {
	s.run = &ir.ScenarioRun{Refuse: s.r.IntN(3) == 0}
	next := eval.Initial(s.sys)
	for range 1 + s.r.IntN(4) {
		var good []eval.Outcome
		for _, o := range next {
			if o.Err == nil && o.Assert == nil {
				good = append(good, o)
			}
		}
		if len(good) == 0 {
			break
		}
		o := good[s.r.IntN(len(good))]
		if o.Action != nil && s.r.IntN(6) > 0 {
			step := ir.ScenarioStep{Action: o.Action}
			for i, p := range o.Action.Params {
				step.Args = append(step.Args, s.argument(p, o.Args[i]))
			}
			s.run.Steps = append(s.run.Steps, step)
		}
		if v := s.sys.Vars[s.r.IntN(len(s.sys.Vars))]; s.r.IntN(4) == 0 {
			at := ir.Node{T: v.Type}
			s.run.Steps = append(s.run.Steps, ir.ScenarioStep{Expect: &ir.Apply{Node: ir.Node{T: s.sys.Types.Bool()}, Op: ir.Eq,
				Args: []ir.Expr{&ir.VarRef{Node: at, Var: v}, &ir.Lit{Node: at, Value: o.State[v.Index]}}}})
		}
		next = eval.Successors(s.sys, o.State)
	}
	return &ir.Property{Kind: ir.Scenario, Name: "S", Run: s.run}
}

// naive tries every value of every variable and every way through the steps.
type naive struct {
	sys *ir.System
	run *ir.ScenarioRun
	far int
}

func (n *naive) any(free []*ir.Local, locals *eval.Locals) bool {
	if len(free) == 0 {
		for _, o := range eval.Initial(n.sys) {
			if o.Err == nil && o.Assert == nil && n.from(0, &eval.Env{State: o.State, Locals: locals}) {
				return true
			}
		}
		return false
	}
	for v := range ir.Values(free[0].Type) {
		if !n.used(free, v, locals) && n.any(free[1:], locals.With(free[0], v)) {
			return true
		}
	}
	return false
}

func (n *naive) used(free []*ir.Local, v ir.Value, locals *eval.Locals) bool {
	t := free[0].Type
	if t.Kind != ir.SortKind || t.Sort.Order != ir.Unordered {
		return false
	}
	for _, l := range n.run.Free[:len(n.run.Free)-len(free)] {
		if w, _ := locals.Lookup(l); l.Type == t && ir.Equal(v, w) {
			return true
		}
	}
	return false
}

func (n *naive) from(i int, env *eval.Env) bool {
	n.far = max(n.far, i)
	if i == len(n.run.Steps) {
		return true
	}
	step := n.run.Steps[i]
	if step.Action == nil {
		ok, err := eval.Holds(step.Expect, env)
		return ok && err == nil && n.from(i+1, env)
	}
	var args []ir.Value
	for _, a := range step.Args {
		v, err := eval.Expr(a, env)
		if err != nil {
			return false
		}
		args = append(args, v)
	}
	for _, o := range eval.Step(n.sys, step.Action, args, env.State) {
		if o.Err == nil && o.Assert == nil && n.from(i+1, &eval.Env{State: o.State, Old: env.State, Locals: env.Locals}) {
			return true
		}
	}
	return false
}

// TestScenariosAgree compares scenarios with what trying everything comes to.
func TestScenariosAgree(t *testing.T) {
	verdicts := map[evidence.Verdict]int{}
	for seed := range uint64(150) {
		sys := irtest.Random(seed)
		if tooBig(t, sys) {
			continue
		}
		s := script{sys: sys, r: rand.New(rand.NewPCG(seed, 7))}
		sys.Checks = nil
		for range 3 {
			sys.Checks = append(sys.Checks, ir.Check{Prop: s.write(), Depth: -1})
		}
		got, err := mc.Check(context.Background(), sys, mc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := explain.Fill(got); err != nil {
			t.Errorf("seed %d: %v", seed, err)
		}
		for i, c := range sys.Checks {
			f, run := got.Findings[i], c.Prop.Run
			n := naive{sys: sys, run: run}
			possible := n.any(run.Free, nil)
			want := evidence.Violated
			if possible != run.Refuse {
				want = evidence.Holds
			}
			if f.Verdict != want || (f.Trace != nil) != possible {
				t.Errorf("seed %d, scenario %d: got %v, want %v", seed, i, f.Verdict, want)
			}
			if why := fmt.Sprintf("no run gets past step %d of it", n.far+1); !possible && len(run.Steps) > 0 && f.Why != why {
				t.Errorf("seed %d, scenario %d: got %q, want %q", seed, i, f.Why, why)
			}
			verdicts[f.Verdict]++
		}
	}
	if verdicts[evidence.Holds] < 50 || verdicts[evidence.Violated] < 50 {
		t.Errorf("the scenarios are too much alike: %v", verdicts)
	}
}

// TestFreeVariablesDiffer: two variables of one unordered sort are different
// elements.
func TestFreeVariablesDiffer(t *testing.T) {
	for _, tt := range []struct {
		name  string
		nodes int
		want  evidence.Verdict
	}{
		{"enough elements", 2, evidence.Holds},
		{"too few", 1, evidence.Violated},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sys := irtest.TwoPhase(tt.nodes)
			rm := sys.Types.SortOf(sys.Sorts[0])
			a, b := &ir.Local{Name: "a", Type: rm}, &ir.Local{Name: "b", Type: rm}
			run := &ir.ScenarioRun{Free: []*ir.Local{a, b}}
			for _, l := range run.Free {
				run.Steps = append(run.Steps, ir.ScenarioStep{Action: sys.Actions[0], Args: []ir.Expr{&ir.LocalRef{Node: ir.Node{T: rm}, Local: l}}})
			}
			sys.Checks = []ir.Check{{Prop: &ir.Property{Kind: ir.Scenario, Name: "Both", Run: run}, Depth: -1}}
			res, err := mc.Check(context.Background(), sys, mc.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if f := res.Findings[0]; f.Verdict != tt.want {
				t.Errorf("got %v, want %v", f.Verdict, tt.want)
			}
		})
	}
}
