// Package explain finds out why a verdict is what it is, with the reference
// evaluator and nothing else.
//
//   - Fill replays every trace of a result step by step. A trace that does not
//     replay is a Disagreement, a fault of the tool and never a verdict.
//   - For what is violated it finds the smallest part of the formula that is
//     false, the values of bound names that make it so, and since when the
//     places of the state that it reads have had their values.
//   - For a deadlock it finds, action by action, the part of the guard that
//     blocks, for the arguments that come closest.
//   - For a step that an abstract machine does not have it finds what the step
//     looks like there, and which of its steps come closest.
//   - Follow turns a recorded trace into a run again.
package explain

import (
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/lang/diag"
)

// ReplayDisagrees is the code of a Disagreement.
const ReplayDisagrees diag.Code = "X9002"

// Disagreement says that the reference evaluator does not confirm what an
// engine found.
type Disagreement struct {
	Finding *evidence.Finding
	Step    int // of the trace
	Why     string
}

func (d *Disagreement) Error() string {
	return fmt.Sprintf("internal error %s: the reference evaluator does not confirm the trace to %s: step #%d: %s",
		ReplayDisagrees, d.Finding.Prop.Label(), d.Step, d.Why)
}

// Fill replays the traces of res and fills in the reasons of its findings. The
// error is a *Disagreement; the result must not be shown then.
func Fill(res *evidence.Result) error {
	for i := range res.Findings {
		f := &res.Findings[i]
		if f.Trace == nil {
			continue
		}
		r := run{res.System, f}
		if err := r.replay(); err != nil {
			return err
		}
		if f.Trace != nil {
			r.reasons()
		}
	}
	return nil
}

// run is the trace to a finding.
type run struct {
	sys *ir.System
	f   *evidence.Finding
}

func (r run) last() int { return len(r.f.Trace.Steps) - 1 }

// env is where the formula of the property is evaluated at step i.
func (r run) env(i int) *eval.Env {
	s := r.f.Trace.Steps[i]
	env := &eval.Env{State: s.State}
	if i > 0 && r.f.Prop.Kind == ir.Step {
		env.Old = r.f.Trace.Steps[i-1].State
		env.Taken = &eval.Taken{Action: s.Action, Args: s.Args}
	}
	return env
}

func (r run) reasons() {
	switch f := r.f; f.Prop.Kind {
	case ir.Invariant, ir.Step:
		if f.Verdict == evidence.Violated {
			f.Failing = r.failing()
		}
	case ir.CTL:
		if f.Branch != nil {
			f.Stuck = r.trapped()
			f.Branch.Walk(r.fence)
		}
	case ir.Refines:
		f.Above = r.above()
	case ir.Deadlock:
		f.Stuck = stuck(r.sys, f.Trace.Steps[r.last()].State)
	}
}

func (r run) failing() *evidence.Failing {
	spot := narrow(r.f.Prop.Formula, r.env(r.last()))
	c := collect(spot.expr, spot.env, false)
	if !r.f.Span.IsValid() {
		r.f.Span = r.f.Prop.Span
	}
	return &evidence.Failing{Expr: spot.expr, Since: r.last(), Bindings: r.bindings(append(spot.bound, c.bound...), c.atoms)}
}
