package ctl

import (
	"slices"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/irtest"
)

// naive labels small systems as the textbook says, with the judge: it lists
// all states and steps, computes least fixed points by going over all states
// until nothing changes, and looks for fair loops by trying all sets of states.
type naive struct {
	t      *testing.T
	sys    *ir.System
	states [][]ir.Value
	number map[string]int
	steps  []naiveStep
	fair   []bool // where a fair run begins
}

type naiveStep struct {
	from, to int
	// serves names the instance of fairness, "" if there is none.
	serves string
	strong bool
}

func newNaive(t *testing.T, sys *ir.System) *naive {
	v := &naive{t: t, sys: sys, number: map[string]int{}}
	for _, o := range eval.Initial(sys) {
		v.add(o.State)
	}
	for i := 0; i < len(v.states); i++ {
		outcomes := eval.Successors(sys, v.states[i])
		for _, o := range outcomes {
			if o.Err != nil || o.Assert != nil {
				t.Fatalf("a step fails: %v", o.Err)
			}
			v.steps = append(v.steps, naiveStep{i, v.add(o.State), instanceOf(o.Action, o.Args), o.Action.Fair == ir.Strong})
		}
		if len(outcomes) == 0 {
			v.steps = append(v.steps, naiveStep{from: i, to: i})
		}
	}
	v.fair = v.always(slices.Repeat([]bool{true}, len(v.states)))
	return v
}

// instanceOf names what the fairness of a step is counted by.
func instanceOf(a *ir.Action, args []ir.Value) string {
	if a.Fair == ir.Unfair {
		return ""
	}
	name := a.Name
	for i, p := range a.Params {
		if p.ByType && !a.FairAny {
			name += "," + ir.Format(args[i])
		}
	}
	return name
}

func (v *naive) add(state []ir.Value) int {
	k := irtest.Key(state)
	n, ok := v.number[k]
	if !ok {
		n = len(v.states)
		v.number[k] = n
		v.states = append(v.states, state)
	}
	return n
}

// holds is where a formula is true, under the names that are bound.
func (v *naive) holds(e ir.Expr, names *eval.Locals) []bool {
	out := make([]bool, len(v.states))
	if !temporal(e) {
		for i, s := range v.states {
			ok, err := eval.Holds(e, &eval.Env{State: s, Locals: names})
			if err != nil {
				v.t.Fatal(err)
			}
			out[i] = ok
		}
		return out
	}
	switch e := e.(type) {
	case *ir.Bind:
		if len(e.Binders) != 1 {
			v.t.Fatal("one binder at a time")
		}
		for i := range out {
			out[i] = e.Kind == ir.Forall
		}
		for x := range ir.Values(e.Binders[0].Local.Type) {
			for i, ok := range v.holds(e.Body, names.With(e.Binders[0].Local, x)) {
				if e.Kind == ir.Forall {
					out[i] = out[i] && ok
				} else {
					out[i] = out[i] || ok
				}
			}
		}
	case *ir.Let:
		for i, s := range v.states {
			x, err := eval.Expr(e.Value, &eval.Env{State: s, Locals: names})
			if err != nil {
				v.t.Fatal(err)
			}
			out[i] = v.holds(e.Body, names.With(e.Local, x))[i]
		}
	case *ir.If:
		c, x, y := v.holds(e.Cond, names), v.holds(e.Then, names), v.holds(e.Else, names)
		for i := range out {
			out[i] = c[i] && x[i] || !c[i] && y[i]
		}
	case *ir.Apply:
		var a [][]bool
		for _, x := range e.Args {
			a = append(a, v.holds(x, names))
		}
		return v.apply(e.Op, a)
	}
	return out
}

func each(f func(i int) bool, n int) []bool {
	out := make([]bool, n)
	for i := range out {
		out[i] = f(i)
	}
	return out
}

func (v *naive) apply(op ir.Op, a [][]bool) []bool {
	n := len(v.states)
	not := func(s []bool) []bool { return each(func(i int) bool { return !s[i] }, n) }
	true_ := not(make([]bool, n))
	switch op {
	case ir.Not:
		return not(a[0])
	case ir.And:
		return each(func(i int) bool { return a[0][i] && a[1][i] }, n)
	case ir.Or:
		return each(func(i int) bool { return a[0][i] || a[1][i] }, n)
	case ir.Implies:
		return each(func(i int) bool { return !a[0][i] || a[1][i] }, n)
	case ir.Iff:
		return each(func(i int) bool { return a[0][i] == a[1][i] }, n)
	case ir.EX:
		return v.next(a[0])
	case ir.AX:
		return not(v.next(not(a[0])))
	case ir.EF:
		return v.until(true_, a[0])
	case ir.AG:
		return not(v.until(true_, not(a[0])))
	case ir.EG:
		return v.always(a[0])
	case ir.AF:
		return not(v.always(not(a[0])))
	case ir.EU:
		return v.until(a[0], a[1])
	case ir.AU: // no fair run on which q never comes, and none that loses p first
		lost := v.until(not(a[1]), each(func(i int) bool { return !a[0][i] && !a[1][i] }, n))
		never := v.always(not(a[1]))
		return each(func(i int) bool { return !lost[i] && !never[i] }, n)
	}
	v.t.Fatalf("what is %s", op)
	return nil
}

// next is where a step leads to where p is true and a fair run begins.
func (v *naive) next(p []bool) []bool {
	out := make([]bool, len(v.states))
	for _, s := range v.steps {
		out[s.from] = out[s.from] || p[s.to] && v.fair[s.to]
	}
	return out
}

func (v *naive) until(p, q []bool) []bool {
	goal := each(func(i int) bool { return q[i] && v.fair[i] }, len(q))
	return v.least(p, goal)
}

func (v *naive) least(p, goal []bool) []bool {
	out := slices.Clone(goal)
	for changed := true; changed; {
		changed = false
		for _, s := range v.steps {
			if p[s.from] && out[s.to] && !out[s.from] {
				out[s.from], changed = true, true
			}
		}
	}
	return out
}

// always is where a run through p leads to a set of states within p around
// which a fair run can go for ever. All sets are tried.
func (v *naive) always(p []bool) []bool {
	goal := make([]bool, len(v.states))
	if len(v.states) > 12 {
		v.t.Fatal("too many states for a test by all sets")
	}
	for bits := range 1 << len(v.states) {
		in := each(func(i int) bool { return bits>>i&1 != 0 }, len(p))
		if bits > 0 && !slices.ContainsFunc(v.list(in), func(i int) bool { return !p[i] }) && v.round(in) && v.just(in) {
			for _, i := range v.list(in) {
				goal[i] = true
			}
		}
	}
	return v.least(p, goal)
}

func (v *naive) list(in []bool) []int {
	var out []int
	for i, ok := range in {
		if ok {
			out = append(out, i)
		}
	}
	return out
}

// round reports whether a run can go around in a set and see all of it.
func (v *naive) round(in []bool) bool {
	for _, from := range v.list(in) {
		seen := make([]bool, len(in))
		for range in {
			for _, s := range v.steps {
				if in[s.from] && in[s.to] && (s.from == from || seen[s.from]) {
					seen[s.to] = true
				}
			}
		}
		for _, to := range v.list(in) {
			if !seen[to] {
				return false
			}
		}
	}
	return true
}

// just reports whether going around in a set, by all steps within it, is fair.
func (v *naive) just(in []bool) bool {
	for _, k := range v.steps {
		if k.serves == "" {
			continue
		}
		taken, somewhere, everywhere := false, false, true
		for _, i := range v.list(in) {
			here := false
			for _, s := range v.steps {
				if s.from == i && s.serves == k.serves {
					here = true
					taken = taken || in[s.to]
				}
			}
			somewhere, everywhere = somewhere || here, everywhere && here
		}
		if !taken && (everywhere || k.strong && somewhere) {
			return false
		}
	}
	return true
}
