package explain

import (
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
)

// lasso evaluates formulas of linear time on an infinite run, by what they
// say: place i is step i of the trace, and after the last comes the loop.
type lasso struct {
	trace *evidence.Trace
	known map[at]bool
	err   *eval.Error
}

// at is a formula in a place, with the names that are bound around it.
type at struct {
	e      ir.Expr
	i      int
	locals *eval.Locals
}

func (l *lasso) next(i int) int {
	if i+1 < len(l.trace.Steps) {
		return i + 1
	}
	return l.trace.Loop
}

// env is where conditions on place i and on the step from there are evaluated.
func (l *lasso) env(i int, locals *eval.Locals) *eval.Env {
	step := l.trace.Back
	if i+1 < len(l.trace.Steps) {
		step = l.trace.Steps[i+1]
	}
	return &eval.Env{State: l.trace.Steps[i].State, Locals: locals, Taken: &eval.Taken{Action: step.Action, Args: step.Args}}
}

// holds is the truth of e in place i.
func (l *lasso) holds(e ir.Expr, i int, locals *eval.Locals) bool {
	key := at{e, i, locals}
	if v, ok := l.known[key]; ok {
		return v
	}
	v := l.value(e, i, locals)
	l.known[key] = v
	return v
}

func (l *lasso) value(e ir.Expr, i int, locals *eval.Locals) bool {
	if !temporal(e) {
		ok, err := eval.Holds(e, l.env(i, locals))
		if err != nil && l.err == nil {
			l.err = err
		}
		return ok
	}
	switch e := e.(type) {
	case *ir.Apply:
		return l.operator(e, i, locals)
	case *ir.Bind:
		_, found := spot{expr: e, env: l.env(i, locals)}.instance(e, e.Binders, func(s spot) bool {
			return l.holds(e.Body, i, s.env.Locals) == (e.Kind == ir.Exists)
		})
		return found == (e.Kind == ir.Exists)
	case *ir.Let:
		v, err := eval.Expr(e.Value, l.env(i, locals))
		if err != nil {
			l.err = err
			return false
		}
		return l.holds(e.Body, i, locals.With(e.Local, v))
	case *ir.If:
		if l.holds(e.Cond, i, locals) {
			return l.holds(e.Then, i, locals)
		}
		return l.holds(e.Else, i, locals)
	}
	return false
}

func (l *lasso) operator(e *ir.Apply, i int, locals *eval.Locals) bool {
	arg := func(k int) func(int) bool { return func(j int) bool { return l.holds(e.Args[k], j, locals) } }
	not := func(f func(int) bool) func(int) bool { return func(j int) bool { return !f(j) } }
	any := func(int) bool { return true }
	switch e.Op {
	case ir.Not:
		return !arg(0)(i)
	case ir.And:
		return arg(0)(i) && arg(1)(i)
	case ir.Or:
		return arg(0)(i) || arg(1)(i)
	case ir.Implies:
		return !arg(0)(i) || arg(1)(i)
	case ir.Iff:
		return arg(0)(i) == arg(1)(i)
	case ir.NextTime:
		return arg(0)(l.next(i))
	case ir.Eventually:
		return l.until(i, any, arg(0))
	case ir.Always:
		return !l.until(i, any, not(arg(0)))
	case ir.Until:
		return l.until(i, arg(0), arg(1))
	case ir.Unless:
		return !l.until(i, not(arg(1)), func(j int) bool { return !arg(0)(j) && !arg(1)(j) })
	case ir.Release:
		return !l.until(i, not(arg(0)), not(arg(1)))
	case ir.LeadsTo:
		return !l.until(i, any, func(j int) bool { return arg(0)(j) && !l.until(j, any, arg(1)) })
	}
	return false
}

// until walks on from place i: q is true in some place, and p in all before.
func (l *lasso) until(i int, p, q func(int) bool) bool {
	for range l.trace.Steps {
		switch {
		case q(i):
			return true
		case !p(i):
			return false
		}
		i = l.next(i)
	}
	return false
}

// instance finds the first values of binders that the condition of e and the
// test allow.
func (s spot) instance(e *ir.Bind, rest []ir.Binder, test func(spot) bool) (spot, bool) {
	if len(rest) == 0 {
		return s, (e.Cond == nil || truth(e.Cond, s.env, true)) && test(s)
	}
	for _, v := range elements(rest[0].Domain, s.env) {
		if at, ok := s.bind(rest[0].Local, v).instance(e, rest[1:], test); ok {
			return at, true
		}
	}
	return s, false
}

// refuted checks that a lasso violates the property: it is fair, and the
// formula is false of it.
func (r run) refuted() string {
	t := r.f.Trace
	if t.Loop < 0 {
		return "the run has no loop"
	}
	l := &lasso{trace: t, known: map[at]bool{}}
	switch holds := l.holds(r.f.Prop.Formula, 0, nil); {
	case l.err != nil:
		r.undecided(l.err)
		return ""
	case holds:
		return "the formula is true of this run"
	}
	fair, why := fairness(r.sys, t)
	if why != "" {
		return why
	}
	r.f.Fair = fair
	return ""
}

// undecided takes a violation back: the engine needed no value where the judge
// found none, so that the run shows neither that the formula is true nor that
// it is false.
func (r run) undecided(err *eval.Error) {
	r.f.Verdict, r.f.Trace, r.f.Depth = evidence.Unknown, nil, 0
	r.f.Why = "it has no value in some state: " + err.Msg
}

// fairness says of each action, for the values that its fairness counts
// separately, why the loop of a run is fair to it; why is not "" if it is not.
func fairness(sys *ir.System, t *evidence.Trace) (out []evidence.Fair, why string) {
	loop := t.Steps[t.Loop:]
	for _, a := range sys.Actions {
		for _, args := range constraints(a) {
			c := constraint{a, args}
			f := evidence.Fair{Action: a, Args: c.bindings(), Step: -1}
			always, never, off := true, true, -1
			for i, s := range loop {
				on := c.possible(sys, s.State)
				always, never = always && on, never && !on
				if !on && off < 0 {
					off = t.Loop + i
				}
			}
			taken := c.taken(t)
			switch {
			case taken >= 0:
				f.How, f.Step = evidence.FairTaken, taken
			case a.Fair == ir.Weak && !always || a.Fair == ir.Strong && never:
				f.How, f.Step = evidence.FairDisabled, off
				f.Blocked = c.blocked(t.Steps[off].State)
			case a.Fair != ir.Unfair:
				return nil, fmt.Sprintf("the loop is not fair to %s", a.Name)
			case always:
				f.How = evidence.FairNotAsked
			}
			if f.How != 0 && (a.Fair != ir.Unfair || f.How == evidence.FairNotAsked) {
				out = append(out, f)
			}
		}
	}
	return out, ""
}

// constraint is an action with values for the parameters that its fairness
// counts separately; nil stands for any value.
type constraint struct {
	action *ir.Action
	args   []ir.Value
}

// constraints lists the choices of such values; of an action that is not fair
// there is one, with any values.
func constraints(a *ir.Action) [][]ir.Value {
	out := [][]ir.Value{nil}
	for _, p := range a.Params {
		var longer [][]ir.Value
		for _, args := range out {
			args = args[:len(args):len(args)]
			if !p.ByType || a.FairAny || a.Fair == ir.Unfair {
				longer = append(longer, append(args, nil))
				continue
			}
			for v := range ir.Values(p.Local.Type) {
				longer = append(longer, append(args, v))
			}
		}
		out = longer
	}
	return out
}

func (c constraint) bindings() []evidence.Binding {
	var out []evidence.Binding
	for i, v := range c.args {
		if v != nil {
			out = append(out, evidence.Binding{Local: c.action.Params[i].Local, Value: v})
		}
	}
	return out
}

func (c constraint) is(a *ir.Action, args []ir.Value) bool {
	if a != c.action {
		return false
	}
	for i, v := range c.args {
		if v != nil && (i >= len(args) || !ir.Equal(v, args[i])) {
			return false
		}
	}
	return true
}

func (c constraint) possible(sys *ir.System, state []ir.Value) bool {
	for _, o := range eval.Successors(sys, state) {
		if c.is(o.Action, o.Args) {
			return true
		}
	}
	return false
}

// taken is the first step of the loop that is of c, -1 if none is.
func (c constraint) taken(t *evidence.Trace) int {
	for i := t.Loop + 1; i < len(t.Steps); i++ {
		if c.is(t.Steps[i].Action, t.Steps[i].Args) {
			return i
		}
	}
	if c.is(t.Back.Action, t.Back.Args) {
		return len(t.Steps)
	}
	return -1
}

// blocked says why c is not possible in state.
func (c constraint) blocked(state []ir.Value) evidence.Blocked {
	return closest(c.action, state, c.args).blocked()
}
