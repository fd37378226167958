// Package ic3 proves that targets are never come to by finding an inductive
// invariant that excludes them, clause by clause, each the answer to a state
// from which the target can be come to.
//
// Frame i holds of every state that at most i steps lead to. A state of the
// last frame that is bad, or a step away from one that has to be excluded, is
// generalised to a set of states, by cores of the solver, and then
// either steps back to an initial state, or is excluded by a clause that
// is as short as can be. When two frames are the same, their clauses are an
// invariant. Bradley, "SAT-based model checking without unrolling", VMCAI 2011;
// Eén, Mishchenko and Brayton, "Efficient implementation of property directed
// reachability", FMCAD 2011.
//
// Frames say nothing of targets, so one Engine serves all of them, one after
// the other. It does the same things in the same order at every run.
package ic3

import (
	"context"
	"errors"
	"slices"

	"github.com/spec-lang/spec/ir/circuit"
	"github.com/spec-lang/spec/prover/sat"
	"github.com/spec-lang/spec/prover/transition"
)

// Kind is what a Run comes to.
type Kind int

// Kinds of Outcome. Ended is the zero value: the context ended first.
const (
	Ended Kind = iota
	Proved
	Found
)

// Outcome is the end of a Run.
type Outcome struct {
	Kind Kind
	// Invariant are sets of states that are excluded, with Proved: what is in
	// none of them is an inductive invariant without the target.
	Invariant []Cube
	// Path are the states of a run, in bits, of which the last is the target or
	// a step away from it, with Found. It need not be a shortest one.
	Path [][]bool
}

// errEnded says that the context ended within a query.
var errEnded = errors.New("the context ended")

// Engine holds the frames.
type Engine struct {
	ctx    context.Context
	sys    *transition.System
	main   *reach
	lift   *lift
	first  *initial
	frames [][]Cube // by the last level at which a cube is excluded; none at 0
	always []Cube   // excluded at all levels
	top    int      // the last level of the run
	seq    int
}

// New returns an Engine, which has to be closed.
func New(ctx context.Context, sys *transition.System) *Engine {
	e := &Engine{ctx: ctx, sys: sys, frames: make([][]Cube, 2)}
	e.main, e.lift, e.first = newReach(e), newLift(ctx, sys), newInitial(ctx, sys)
	return e
}

// Close frees the engine.
func (e *Engine) Close() {
	e.main.Close()
	e.lift.Close()
	e.first.Close()
}

// Run goes on until a target is excluded for good, or can be come to. Look is
// called after each frame with its number and how many clauses there are; it
// may be nil.
func (e *Engine) Run(t *transition.Target, look func(level, clauses int)) Outcome {
	bad := e.sys.Bad(t)
	for e.top = 1; ; e.top++ {
		path, err := e.exclude(bad)
		switch {
		case err != nil:
			return Outcome{}
		case path != nil:
			return Outcome{Kind: Found, Path: path}
		}
		proved, err := e.propagate()
		switch {
		case err != nil:
			return Outcome{}
		case proved:
			return e.trim(bad)
		case look != nil:
			look(e.top, e.clauses())
		}
	}
}

func (e *Engine) clauses() int {
	n := len(e.always)
	for _, f := range e.frames {
		n += len(f)
	}
	return n
}

// exclude empties the last frame of states from which something bad is a step
// away. If that cannot be, it returns a run to one.
func (e *Engine) exclude(bad circuit.Lit) ([][]bool, error) {
	for {
		switch e.main.bad(bad, e.top) {
		case sat.Stopped:
			return nil, errEnded
		case sat.Unsat:
			return nil, nil
		}
		x, u := e.main.model()
		cube, err := e.lift.bad(bad, x, u)
		if err != nil {
			return nil, err
		}
		if path, err := e.block(&obligation{cube: cube, level: e.top, inputs: u}); path != nil || err != nil {
			return path, err
		}
	}
}

// propagate moves clauses up as far as they hold. It reports whether nothing is
// left behind at some level up to the last: from there on all frames are the
// same, and what they exclude is excluded for good.
func (e *Engine) propagate() (bool, error) {
	if e.top+1 == len(e.frames) {
		e.frames = append(e.frames, nil)
		e.main.grow()
	}
	for i := 1; i <= e.top; i++ {
		for _, c := range append([]Cube(nil), e.frames[i]...) {
			if !e.has(i, c) {
				continue // something shorter has come
			}
			core, answer := e.main.after(c, i)
			switch answer {
			case sat.Stopped:
				return false, errEnded
			case sat.Unsat:
				stronger, err := e.first.apart(core, c)
				if err != nil {
					return false, err
				}
				e.add(stronger, i+1)
			}
		}
		if len(e.frames[i]) == 0 {
			e.settle(i)
			return true, nil
		}
	}
	return false, nil
}

// settle excludes for good what is excluded above a level.
func (e *Engine) settle(level int) {
	for _, f := range e.frames[level:] {
		e.always = append(e.always, f...)
	}
	e.frames = e.frames[:max(level, 2)]
	e.main.Close()
	e.main.build()
}

func (e *Engine) has(level int, c Cube) bool {
	return slices.ContainsFunc(e.frames[level], c.equal)
}

// add excludes a cube up to a level. What it contains needs no clause of its
// own up to there.
func (e *Engine) add(c Cube, level int) {
	for i := 1; i <= level; i++ {
		kept := e.frames[i][:0]
		for _, d := range e.frames[i] {
			if !c.contains(d) {
				kept = append(kept, d)
			}
		}
		e.frames[i] = kept
	}
	e.frames[level] = append(e.frames[level], c)
	e.main.exclude(c, level)
}

// excluded reports whether some clause excludes all of a cube at a level.
func (e *Engine) excluded(c Cube, level int) bool {
	contains := func(d Cube) bool { return d.contains(c) }
	for _, f := range e.frames[level:] {
		if slices.ContainsFunc(f, contains) {
			return true
		}
	}
	return slices.ContainsFunc(e.always, contains)
}
