package ctl

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/irtest"
)

// confirm checks one node of a tree: that what it claims is so, that its run is
// one and shows it, and that its region is what it says.
func (v *naive) confirm(b *evidence.Branch, seed uint64) {
	at := v.number[irtest.Key(b.State)]
	names := namesOf(b)
	if v.holds(b.Expr, names)[at] != b.Holds {
		v.t.Fatalf("seed %d: %s is said to be %v in state %d", seed, b.Expr, b.Holds, at)
	}
	for _, p := range b.Parts {
		where := at
		if p.Step > 0 {
			where = v.number[irtest.Key(b.Trace.Steps[p.Step].State)]
		}
		if v.number[irtest.Key(p.Branch.State)] != where {
			v.t.Fatalf("seed %d: a part is about another state than step %d", seed, p.Step)
		}
	}
	if b.Trace != nil {
		v.replay(b.Trace, seed)
		v.shows(b, names, seed)
	}
	if b.Region != nil {
		v.encloses(b, names, at, seed)
	}
	if b.Trace == nil && b.Region == nil && len(b.Parts) == 0 && temporal(b.Expr) {
		if _, ok := b.Expr.(*ir.Bind); !ok {
			v.t.Fatalf("seed %d: nothing shows that %s is %v", seed, b.Expr, b.Holds)
		}
	}
}

func namesOf(b *evidence.Branch) *eval.Locals {
	var names *eval.Locals
	for _, x := range b.Bindings {
		names = names.With(x.Local, x.Value)
	}
	return names
}

// replay checks that a trace is a run, and that it is fair if it is infinite.
func (v *naive) replay(tr *evidence.Trace, seed uint64) {
	in := make([]bool, len(v.states))
	var loop []naiveStep
	all := tr.Steps
	if tr.Loop >= 0 && tr.Back.Action != nil {
		all = append(slices.Clip(all), tr.Back)
	}
	for i, s := range all {
		to := v.number[irtest.Key(s.State)]
		if i == 0 {
			continue
		}
		from := all[i-1].State
		outcomes := eval.Step(v.sys, s.Action, s.Args, from)
		if !slices.ContainsFunc(outcomes, func(o eval.Outcome) bool { return slices.EqualFunc(o.State, s.State, ir.Equal) }) {
			v.t.Fatalf("seed %d: step %d is none", seed, i)
		}
		if tr.Loop >= 0 && i > tr.Loop {
			in[to] = true
			loop = append(loop, naiveStep{v.number[irtest.Key(from)], to, instanceOf(s.Action, s.Args), s.Action.Fair == ir.Strong})
		}
	}
	last := len(tr.Steps) - 1
	switch {
	case tr.Loop < 0:
	case tr.Back.Action == nil:
		if tr.Loop != last || len(eval.Successors(v.sys, tr.Steps[last].State)) > 0 {
			v.t.Fatalf("seed %d: the run does not rest at %d", seed, tr.Loop)
		}
	case irtest.Key(tr.Steps[tr.Loop].State) != irtest.Key(tr.Back.State):
		v.t.Fatalf("seed %d: the loop does not close", seed)
	default:
		w := *v
		w.steps = slices.DeleteFunc(slices.Clone(v.steps), func(s naiveStep) bool { return in[s.from] && in[s.to] && !slices.Contains(loop, s) })
		// What is possible in a state is possible, taken or not.
		for _, s := range v.steps {
			w.steps = append(w.steps, naiveStep{s.from, len(in), s.serves, s.strong})
		}
		if !w.just(append(in, false)) {
			v.t.Fatalf("seed %d: the loop is unfair", seed)
		}
	}
}

// shows checks that a run shows what its node says.
func (v *naive) shows(b *evidence.Branch, names *eval.Locals, seed uint64) {
	var a [][]bool
	op := b.Expr.(*ir.Apply)
	for _, x := range op.Args {
		a = append(a, v.holds(x, names))
	}
	var at []int
	for _, s := range b.Trace.Steps {
		at = append(at, v.number[irtest.Key(s.State)])
	}
	last := len(at) - 1
	all := func(ids []int, s []bool, want bool) bool {
		return !slices.ContainsFunc(ids, func(i int) bool { return s[i] != want })
	}
	ok := false
	switch op.Op {
	case ir.EX, ir.AX:
		ok = a[0][at[last]] == b.Holds && (last == 1 || last == 0 && b.Rests)
	case ir.EF, ir.AG:
		ok = a[0][at[last]] == b.Holds
	case ir.EG, ir.AF:
		ok = b.Trace.Loop >= 0 && all(at, a[0], b.Holds)
	case ir.EU:
		ok = all(at[:last], a[0], true) && a[1][at[last]]
	case ir.AU:
		ok = all(at, a[1], false) && (b.Trace.Loop >= 0 || !a[0][at[last]])
	}
	if !ok {
		v.t.Fatalf("seed %d: the run does not show that %s is %v", seed, op.Op, b.Holds)
	}
}

// encloses checks a region: its size and exits, and that it goes no further.
func (v *naive) encloses(b *evidence.Branch, names *eval.Locals, at int, seed uint64) {
	op := b.Expr.(*ir.Apply)
	var a [][]bool
	for _, x := range op.Args {
		a = append(a, v.holds(x, names))
	}
	inside := make([]bool, len(v.states))
	for i := range inside {
		switch op.Op {
		case ir.EF, ir.AG:
			inside[i] = true
		case ir.EG, ir.AF:
			inside[i] = a[0][i] != b.Holds
		case ir.EU:
			inside[i] = a[0][i] && !a[1][i]
		case ir.AU:
			inside[i] = !a[1][i]
		}
	}
	in, out, loops := make([]bool, len(inside)), make([]bool, len(inside)), false
	in[at] = op.Op != ir.EX && op.Op != ir.AX
	for range len(v.states) + 1 {
		for _, s := range v.steps {
			switch {
			case op.Op == ir.EX || op.Op == ir.AX:
				in[s.to] = in[s.to] || s.from == at
			case !in[s.from]:
			case inside[s.to]:
				in[s.to] = true
			default:
				out[s.to] = true
			}
		}
	}
	for bits := range 1 << len(in) {
		some := each(func(i int) bool { return bits>>i&1 != 0 && in[i] }, len(in))
		loops = loops || len(v.list(some)) > 0 && v.round(some)
	}
	r := b.Region
	if int(r.States) != len(v.list(in)) || int(r.Exits) != len(v.list(out)) {
		v.t.Fatalf("seed %d: %s %v: a region of %d states and %d exits, want %d and %d", seed, op.Op, b.Holds, r.States, r.Exits, len(v.list(in)), len(v.list(out)))
	}
	if op.Op != ir.EX && op.Op != ir.AX && (r.Longest < 0) != loops {
		v.t.Fatalf("seed %d: longest is %d, loops %v", seed, r.Longest, loops)
	}
	if (op.Op == ir.AF || op.Op == ir.EG || op.Op == ir.AU) && loops && len(r.Unfair) == 0 {
		v.t.Fatalf("seed %d: runs must leave the region, and nothing says why", seed)
	}
	for _, f := range r.Fixed {
		for _, i := range v.list(in) {
			if !ir.Equal(v.states[i][f.Var.Index], f.Value) {
				v.t.Fatalf("seed %d: %s is not always the same", seed, f.Var.Name)
			}
		}
	}
	if r.Exit != nil {
		v.replay(r.Exit, seed)
		if last := r.Exit.Steps[len(r.Exit.Steps)-1]; !out[v.number[irtest.Key(last.State)]] {
			v.t.Fatalf("seed %d: the exit is none", seed)
		}
	}
}
