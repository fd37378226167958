package explain

import (
	"fmt"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
)

// branch replays what a tree of reasons shows: its runs step by step, and that
// what it says about single states is so. It returns what is wrong, "" if
// nothing is.
func (r run) branch(b *evidence.Branch) string {
	names := locals(b)
	if !temporal(b.Expr) && !truth(b.Expr, &eval.Env{State: b.State, Locals: names}, b.Holds) {
		return fmt.Sprintf("a part of the formula is not %v", b.Holds)
	}
	for _, t := range runs(b) {
		if why := r.wander(t, b.State); why != "" {
			return why
		}
	}
	for _, p := range b.Parts {
		at := b.State
		if p.Step > 0 && (b.Trace == nil || p.Step >= len(b.Trace.Steps)) {
			return fmt.Sprintf("there is no step %d", p.Step)
		}
		if p.Step > 0 {
			at = b.Trace.Steps[p.Step].State
		}
		if !slices.EqualFunc(at, p.Branch.State, ir.Equal) {
			return fmt.Sprintf("a part is about another state than that of step %d", p.Step)
		}
		if why := r.branch(p.Branch); why != "" {
			return why
		}
	}
	return ""
}

// runs are the runs that b shows itself.
func runs(b *evidence.Branch) []*evidence.Trace {
	var ts []*evidence.Trace
	if b.Trace != nil {
		ts = append(ts, b.Trace)
	}
	if b.Region != nil && b.Region.Exit != nil {
		ts = append(ts, b.Region.Exit)
	}
	return ts
}

// wander replays a run from any state.
func (r run) wander(t *evidence.Trace, from []ir.Value) string {
	if len(t.Steps) == 0 || !slices.EqualFunc(t.Steps[0].State, from, ir.Equal) {
		return "a run begins in another state"
	}
	f := *r.f
	f.Trace = t
	inner := run{r.sys, &f}
	for i := 1; i < len(t.Steps); i++ {
		if !slices.ContainsFunc(inner.outcomes(i), func(o eval.Outcome) bool { return reaches(o, t.Steps[i].State) }) {
			return fmt.Sprintf("%s does not lead to the next state of a run", stepName(t.Steps[i]))
		}
	}
	return inner.loop()
}

func locals(b *evidence.Branch) *eval.Locals {
	var l *eval.Locals
	for _, x := range b.Bindings {
		l = l.With(x.Local, x.Value)
	}
	return l
}

func temporal(e ir.Expr) bool {
	found := false
	ir.Walk(e, func(t ir.Tree) bool {
		a, ok := t.(*ir.Apply)
		found = found || ok && ir.Ops[a.Op].Temporal
		return !found
	})
	return found
}

// lacksValue reports whether a part of a formula of branching time that is
// about single states has no value in env.
func lacksValue(e ir.Expr, env *eval.Env) bool {
	if !temporal(e) {
		_, err := eval.Holds(e, env)
		return err != nil
	}
	switch e := e.(type) {
	case *ir.Bind:
		return bindLacksValue(e, e.Binders, env)
	case *ir.Let:
		v, err := eval.Expr(e.Value, env)
		return err != nil || lacksValue(e.Body, env.Bind(e.Local, v))
	case *ir.If:
		return lacksValue(e.Cond, env) || lacksValue(e.Then, env) || lacksValue(e.Else, env)
	case *ir.Apply:
		return slices.ContainsFunc(e.Args, func(a ir.Expr) bool { return lacksValue(a, env) })
	}
	return false
}

func bindLacksValue(e *ir.Bind, rest []ir.Binder, env *eval.Env) bool {
	if len(rest) == 0 {
		return e.Cond != nil && lacksValue(e.Cond, env) || lacksValue(e.Body, env)
	}
	return slices.ContainsFunc(elements(rest[0].Domain, env), func(v ir.Value) bool {
		return bindLacksValue(e, rest[1:], env.Bind(rest[0].Local, v))
	})
}

// trapped returns why nothing is possible in the state where the run of a tree
// ends, nil if something is.
func (r run) trapped() []evidence.Blocked {
	last := r.f.Branch
	for last.Next() != nil {
		last = last.Next()
	}
	for _, p := range last.Parts {
		if p.Branch.Region != nil {
			last = p.Branch
		}
	}
	end := r.f.Trace.Steps[r.last()].State
	if !last.Rests && (last.Region == nil || last.Region.States > 1) || len(eval.Successors(r.sys, end)) > 0 {
		return nil
	}
	return stuck(r.sys, end)
}
