// Package prover decides properties of systems without visiting their states:
// by looking for short runs and for proofs by induction, with a solver.
//
// What is here works on packed systems (see ir/circuit) and needs nothing
// installed.
//
//   - Violated comes with a shortest trace, the same that package mc finds, or,
//     if a limit was met while that was looked for, with the one that IC3 has
//     found. It is replayed on ir/eval by ir/explain as any other.
//   - Holds comes with an inductive proof (evidence.Proof), and a second
//     solver, which shares no code with the first, has confirmed it. If the
//     bounds of the model cut runs off, the verdict is Unknown instead, and the
//     basis Bounded.
//   - Unknown says what was met first: a bound on the length of runs, a limit,
//     a variable that is not packed, or a kind of property that is not decided
//     here.
//
// Parts: transition (systems as one function on bits), cnf (circuits as
// clauses), sat (a fast solver), bmc, induction and ic3 (the engines), cdcl (a
// solver that logs proofs), drat (a checker of these), certificate.
package prover

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/circuit"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/prover/certificate"
	"github.com/spec-lang/spec/prover/transition"
)

// Engine is what looks for proofs and violations.
type Engine int

// Engines. The Portfolio tries short runs and induction first, then IC3.
const (
	Portfolio Engine = iota
	BMC              // bounded model checking: finds violations, proves nothing
	Induction        // k-induction
	IC3
)

func (e Engine) String() string {
	return "bounded model checking" + [...]string{", k-induction and IC3", "", ", k-induction", ", IC3"}[e]
}

// Limits bound a run. A zero field means no limit.
type Limits struct {
	Memory uint64        // bytes of the heap of the whole process
	Time   time.Duration // wall clock
}

// Options say how to prove. The zero Options are those of the portfolio without
// limits.
type Options struct {
	Engine Engine
	// Depth is how long runs may be for BMC, and how long the paths of
	// Induction; 0 means DefaultDepth. IC3 and the portfolio need no bound.
	Depth    int
	Limits   Limits
	Progress func(Event) // may be nil
}

// DefaultDepth is how deep BMC and Induction look if nothing is said.
const DefaultDepth = 100

// Event is how far a run has come.
type Event struct {
	Depth   int // to which everything was looked at for violations
	Level   int // frames of IC3
	Clauses int // of IC3
}

// Check decides the properties that the model of sys checks. The built-in ones
// are among the findings if they are asked for, violated, or not decided. Of
// States a result has only Initial: 0, 1, or 2 for more.
//
// A system that is not packed is no error: everything is Unknown, and the limit
// says why. The error is a *explain.Disagreement: a fault of the tool.
func Check(ctx context.Context, sys *ir.System, opt Options) (*evidence.Result, error) {
	res, _, err := Prove(ctx, sys, opt)
	return res, err
}

// Prove is Check; it also returns what was proved, in the form in which others
// can check it. That is more than the findings say: that no step fails, and that
// the bounds cut nothing, are claims of their own.
func Prove(ctx context.Context, sys *ir.System, opt Options) (*evidence.Result, []certificate.Claim, error) {
	if opt.Depth <= 0 {
		opt.Depth = DefaultDepth
	}
	if opt.Limits.Time > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, opt.Limits.Time, fmt.Errorf("the time limit of %s", opt.Limits.Time))
		defer cancel()
	}
	ctx, release := limitMemory(ctx, opt.Limits.Memory)
	defer release()
	start := time.Now()
	ts, err := transition.New(sys)
	if err != nil {
		return refused(sys, opt.Engine, err), nil, nil
	}
	r := newRun(ctx, ts, opt)
	defer r.close()
	if err := r.run(); err != nil {
		return nil, nil, err
	}
	res := r.result()
	res.Time = time.Since(start)
	return res, r.claims(), nil
}

// refused is the result for a system without a circuit.
func refused(sys *ir.System, engine Engine, err error) *evidence.Result {
	why := err.Error()
	var e *circuit.Error
	if errors.As(err, &e) {
		for _, v := range sys.Vars {
			if v.Span == e.Span {
				why = "variable " + v.Name + ": " + why
			}
		}
	}
	res := &evidence.Result{System: sys, Engine: engine.String(), States: evidence.States{Initial: 1},
		Basis: evidence.Basis{Limit: why + "; use --engine explicit"}}
	for i := range sys.Checks {
		f := evidence.Finding{Prop: sys.Checks[i].Prop, Check: &sys.Checks[i], Why: res.Basis.Limit}
		if e != nil {
			f.Span = e.Span
		}
		res.Findings = append(res.Findings, f)
	}
	return res
}

// ended says in words why a context ended.
func ended(ctx context.Context) string {
	switch err := context.Cause(ctx); {
	case errors.Is(err, context.Canceled):
		return "interrupted"
	case errors.Is(err, context.DeadlineExceeded):
		return "the time limit"
	default:
		return err.Error()
	}
}
