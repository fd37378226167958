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
// Frames say nothing of targets, so one Engine serves all of them, also ones
// that come later. It does the same things in the same order at every run.
package ic3

import (
	"context"
	"errors"

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
	// Invariant are the sets of states that are excluded, with Proved: what is
	// in none of them is an inductive invariant without any of the targets.
	Invariant []Cube
	// Target can be come to in at most Length steps, with Found.
	Target *transition.Target
	Length int
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

// Level is the number of the last frame.
func (e *Engine) Level() int { return len(e.frames) - 1 }

// Clauses is how many clauses there are.
func (e *Engine) Clauses() int {
	n := 0
	for _, f := range e.frames {
		n += len(f)
	}
	return n
}

// Run goes on until all targets are excluded for good, or one of them can be
// come to.
func (e *Engine) Run(targets []*transition.Target) Outcome {
	for {
		for _, t := range targets {
			length, err := e.exclude(t)
			switch {
			case err != nil:
				return Outcome{}
			case length > 0:
				return Outcome{Kind: Found, Target: t, Length: length}
			}
		}
		level, err := e.propagate()
		switch {
		case err != nil:
			return Outcome{}
		case level > 0:
			return Outcome{Kind: Proved, Invariant: e.from(level)}
		}
	}
}

// exclude empties the last frame of states from which a target is a step
// away. If that cannot be, it returns an upper bound of the steps to it.
func (e *Engine) exclude(t *transition.Target) (int, error) {
	bad := e.sys.Bad(t)
	for {
		answer := e.main.bad(bad, e.Level())
		switch answer {
		case sat.Stopped:
			return 0, errEnded
		case sat.Unsat:
			return 0, nil
		}
		x, u := e.main.model()
		cube, err := e.lift.bad(bad, x, u)
		if err != nil {
			return 0, err
		}
		if length, err := e.block(&obligation{cube: cube, level: e.Level(), steps: 1}); length > 0 || err != nil {
			return length, err
		}
	}
}

// propagate begins a new frame, and moves clauses up as far as they hold. It
// returns the level from which on nothing is left behind, 0 if there is none.
func (e *Engine) propagate() (int, error) {
	e.frames = append(e.frames, nil)
	e.main.grow()
	for i := 1; i < e.Level(); i++ {
		for _, c := range append([]Cube(nil), e.frames[i]...) {
			if !e.has(i, c) {
				continue // something shorter has come
			}
			stronger, answer := e.main.relative(c, i)
			switch answer {
			case sat.Stopped:
				return 0, errEnded
			case sat.Unsat:
				stronger, err := e.first.apart(stronger, c)
				if err != nil {
					return 0, err
				}
				e.add(stronger, i+1)
			}
		}
		if len(e.frames[i]) == 0 {
			return i + 1, nil
		}
	}
	return 0, nil
}

// from are the cubes that are excluded at a level.
func (e *Engine) from(level int) []Cube {
	var out []Cube
	for _, f := range e.frames[level:] {
		out = append(out, f...)
	}
	return out
}

func (e *Engine) has(level int, c Cube) bool {
	for _, d := range e.frames[level] {
		if d.equal(c) {
			return true
		}
	}
	return false
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
	for _, f := range e.frames[level:] {
		for _, d := range f {
			if d.contains(c) {
				return true
			}
		}
	}
	return false
}
