package irtest

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
)

// Walk is a random run on the judge, the twin of those that package simulate
// takes. It takes up to n steps from an initial state. Of k possibilities it takes
// number choose(k), which is in 0..k-1. It ends early where no step is
// possible and at the first violation of an invariant, step property,
// assertion or evaluation, which is then a Finding with the run as its trace;
// a deadlock is one too. If there is no initial state the trace is nil.
func Walk(sys *ir.System, n int, choose func(k int) int) (*evidence.Trace, *evidence.Finding) {
	w := walker{sys: sys, trace: &evidence.Trace{Loop: -1}}
	next := eval.Initial(sys)
	if len(next) == 0 {
		return nil, nil
	}
	for {
		if f := w.take(next[choose(len(next))]); f != nil {
			return w.trace, f
		}
		if len(w.trace.Steps) > n {
			return w.trace, nil
		}
		if next = eval.Successors(sys, w.last().State); len(next) == 0 {
			return w.trace, w.deadlock()
		}
	}
}

type walker struct {
	sys   *ir.System
	trace *evidence.Trace
}

func (w *walker) last() evidence.Step { return w.trace.Steps[len(w.trace.Steps)-1] }

// take adds the step to an outcome and looks whether it violates anything.
func (w *walker) take(o eval.Outcome) *evidence.Finding {
	step := evidence.Step{Action: o.Action, Args: o.Args, State: o.State}
	if o.Action != nil {
		step.Span = o.Action.NameSpan
	}
	w.trace.Steps = append(w.trace.Steps, step)
	switch {
	case o.Err != nil:
		return w.failed(o.Err)
	case o.Assert != nil:
		f := w.violated(&ir.Property{Kind: ir.Assertion, Span: o.Assert.Span()})
		f.Failing = &evidence.Failing{Expr: o.Assert.Cond}
		return f
	}
	env := &eval.Env{State: o.State}
	if n := len(w.trace.Steps); n > 1 {
		env.Old = w.trace.Steps[n-2].State
		env.Taken = &eval.Taken{Action: o.Action, Args: o.Args}
	}
	for _, c := range w.sys.Checks {
		if c.Prop.Kind != ir.Invariant && (c.Prop.Kind != ir.Step || env.Old == nil) {
			continue
		}
		ok, err := eval.Holds(c.Prop.Formula, env)
		if err != nil {
			return w.failed(err)
		}
		if !ok {
			return w.violated(c.Prop)
		}
	}
	return nil
}

func (w *walker) violated(p *ir.Property) *evidence.Finding {
	return &evidence.Finding{Prop: p, Verdict: evidence.Violated, Depth: len(w.trace.Steps) - 1, Trace: w.trace}
}

func (w *walker) failed(err *eval.Error) *evidence.Finding {
	kind := ir.Evaluation
	if err.Kind == eval.AssertFailed {
		kind = ir.Assertion
	}
	f := w.violated(&ir.Property{Kind: kind, Span: err.Span})
	f.Why = err.Msg
	return f
}

// deadlock is the finding of a last state without successors, nil if the state
// is terminal.
func (w *walker) deadlock() *evidence.Finding {
	if w.sys.Terminal != nil {
		terminal, err := eval.Holds(w.sys.Terminal, &eval.Env{State: w.last().State})
		if err != nil {
			return w.failed(err)
		}
		if terminal {
			return nil
		}
	}
	return w.violated(&ir.Property{Kind: ir.Deadlock, Span: w.sys.Span})
}
