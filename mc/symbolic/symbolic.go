// Package symbolic decides properties of packed systems on sets of states,
// kept as binary decision diagrams: it never lists the states, and so 2^40 of
// them may cost no more than a thousand. McMillan, "Symbolic Model Checking",
// Kluwer 1993.
//
// It goes breadth-first, one layer of states after the other, so that depths
// are those of shortest runs. Steps are a relation for each action and each of
// its arguments; a relation says nothing of bits that do not change.
// Counterexamples are the same as those of package mc: the layers are walked
// backwards from what was found, and forwards by the judge, who takes the first
// step in his order that stays within.
//
// Branching time is computed on sets too, and linear time on the product with
// the automaton of the negation: the runs that are fair are found by one
// fixpoint for both. Trees of reasons come from package ctl, on the states that
// are near enough to be listed.
//
// When it pays: states of many parts that hardly depend on each other, or many
// more states than memory. When it does not: arithmetic, and long queues. It is
// chosen by hand.
package symbolic

import (
	"context"
	"errors"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/circuit"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc"
	"github.com/spec-lang/spec/mc/limit"
)

// Engine is what results of this engine are signed with.
const Engine = "symbolic, binary decision diagrams"

// Options say how to search. The zero Options set no limits.
type Options struct {
	Limits   mc.Limits   // memory is that of the diagrams
	Progress func(Event) // called after each layer; may be nil
	// Slicing leaves out the variables that no answer depends on. Counts are of
	// what is left then.
	Slicing bool
}

// Event is how far a search has come.
type Event struct {
	Distinct uint64 // states, at most 2^64-1
	Depth    int
	Nodes    int // of the diagrams
	Memory   uint64
	Elapsed  time.Duration
}

// nodeBytes is what a node may cost with its share of the tables.
const nodeBytes = 64

// Check searches the reachable states of sys and decides the properties that
// its model checks. What ends a search, and what the result is then, is as for
// mc.Check.
//
// A system that is not packed is no error: everything is Unknown, and the
// limit says why. Counts that do not fit are given as 2^64-1.
func Check(ctx context.Context, sys *ir.System, opt Options) (*evidence.Result, error) {
	if opt.Slicing {
		return sliced(ctx, sys, opt)
	}
	ctx, cancel := limit.Time(ctx, opt.Limits.Time)
	defer cancel()
	start := time.Now()
	c, err := circuit.Build(sys)
	if err != nil {
		return refused(sys, err), nil
	}
	most := 0
	if opt.Limits.Memory > 0 {
		most = max(int(opt.Limits.Memory/nodeBytes), 1)
	}
	s := &search{sys: sys, opt: opt, ctx: ctx, start: start, space: newSpace(c, most, func() bool { return ctx.Err() != nil })}
	if s.goal, err = newGoal(s.space); err != nil {
		return refused(sys, err), nil
	}
	s.run()
	res := s.result()
	if err := s.branching(res); err != nil {
		return nil, err
	}
	s.linear(res)
	mc.Scenarios(ctx, res)
	mc.Refinements(ctx, mc.Options{Limits: opt.Limits}, res)
	s.explainUnknown(res)
	res.Memory = s.space.t.Bytes()
	res.Time = time.Since(start)
	return res, nil
}

// refused is the result for a system without a circuit.
func refused(sys *ir.System, err error) *evidence.Result {
	res := &evidence.Result{System: sys, Engine: Engine, Basis: evidence.Basis{Limit: err.Error() + "; use --engine explicit"}}
	var e *circuit.Error
	for i := range sys.Checks {
		f := evidence.Finding{Prop: sys.Checks[i].Prop, Check: &sys.Checks[i], Why: res.Basis.Limit}
		if errors.As(err, &e) {
			f.Span = e.Span
		}
		res.Findings = append(res.Findings, f)
	}
	for _, a := range sys.Actions {
		res.Coverage.Actions = append(res.Coverage.Actions,
			evidence.ActionCount{Action: a, Blocked: make([]uint64, len(ir.Conjuncts(a.Guard)))})
	}
	return res
}
