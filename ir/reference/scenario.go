package reference

import (
	"fmt"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
)

// scenario tries every choice of the free variables and every way through the
// steps.
func (s *search) scenario(f *evidence.Finding) {
	p := player{sys: s.sys, run: f.Prop.Run}
	for _, o := range eval.Initial(s.sys) {
		if o.Err == nil && o.Assert == nil && p.choose(p.run.Free, nil, o) {
			break
		}
	}
	possible := p.trace != nil
	f.Verdict = evidence.Violated
	if possible != p.run.Refuse {
		f.Verdict = evidence.Holds
	}
	switch {
	case possible:
		f.Trace, f.Depth = p.trace, len(p.trace.Steps)-1
	case p.far < len(p.run.Steps):
		f.Why = fmt.Sprintf("no run gets past step %d of it", p.far+1)
		f.Span = p.run.Steps[p.far].Span
	}
}

// player looks for a run of a scenario.
type player struct {
	sys   *ir.System
	run   *ir.ScenarioRun
	far   int // steps that some run has taken
	trace *evidence.Trace
}

// choose gives the free variables values; those of one unordered sort differ.
func (p *player) choose(free []*ir.Local, locals *eval.Locals, start eval.Outcome) bool {
	if len(free) == 0 {
		return p.play(0, locals, []evidence.Step{{State: start.State}})
	}
	l := free[0]
	for v := range ir.Values(l.Type) {
		if l.Type.Kind == ir.SortKind && l.Type.Sort.Order == ir.Unordered && p.taken(l, v, locals) {
			continue
		}
		if p.choose(free[1:], locals.With(l, v), start) {
			return true
		}
	}
	return false
}

func (p *player) taken(l *ir.Local, v ir.Value, locals *eval.Locals) bool {
	return slices.ContainsFunc(p.run.Free, func(other *ir.Local) bool {
		w, ok := locals.Lookup(other)
		return ok && other.Type == l.Type && ir.Equal(v, w)
	})
}

func (p *player) play(i int, locals *eval.Locals, steps []evidence.Step) bool {
	p.far = max(p.far, i)
	if i == len(p.run.Steps) {
		p.trace = &evidence.Trace{Steps: steps, Loop: -1}
		return true
	}
	step, last := p.run.Steps[i], steps[len(steps)-1]
	env := &eval.Env{State: last.State, Locals: locals}
	if len(steps) > 1 {
		env.Old = steps[len(steps)-2].State
	}
	if step.Action == nil {
		ok, err := eval.Holds(step.Expect, env)
		return err == nil && ok && p.play(i+1, locals, steps)
	}
	args := make([]ir.Value, len(step.Args))
	for j, a := range step.Args {
		v, err := eval.Expr(a, env)
		if err != nil {
			return false
		}
		args[j] = v
	}
	for _, o := range eval.Step(p.sys, step.Action, args, last.State) {
		next := evidence.Step{Action: o.Action, Args: args, State: o.State, Span: o.Action.NameSpan}
		if o.Err == nil && o.Assert == nil && p.play(i+1, locals, append(steps[:len(steps):len(steps)], next)) {
			return true
		}
	}
	return false
}
