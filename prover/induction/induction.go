// Package induction proves that targets are never come to by k-induction: no
// run of k steps from anywhere comes to the target in its last state and not
// before. Together with a search that finds nothing in the first k states of
// any run, nothing is ever found. Sheeran, Singh and Stålmarck, "Checking safety
// properties using induction and a SAT-solver", FMCAD 2000.
//
// Runs are simple paths: they come to no state twice. Such constraints are
// added for states that the solver makes the same, one pair at a time. Eén and
// Sörensson, "Temporal induction by incremental SAT solving", BMC 2003.
package induction

import (
	"context"

	"github.com/spec-lang/spec/prover/cnf"
	"github.com/spec-lang/spec/prover/sat"
	"github.com/spec-lang/spec/prover/transition"
)

// Engine asks for steps of growing length.
type Engine struct {
	sys    *transition.System
	solver *sat.Solver
	enc    *cnf.Encoder
	frames []cnf.Frame
	apart  map[[2]int]bool // pairs of frames that are constrained to differ
}

// New returns an Engine, which has to be closed.
func New(ctx context.Context, sys *transition.System) *Engine {
	e := &Engine{sys: sys, solver: sat.New(ctx), apart: map[[2]int]bool{}}
	e.enc = cnf.NewEncoder(sys.Graph, e.solver)
	e.add(e.enc.Free())
	e.solver.Add(e.enc.Lit(e.frames[0], sys.Typed, cnf.Pos))
	return e
}

// Close frees the engine.
func (e *Engine) Close() { e.solver.Close() }

// K is how many steps the paths have.
func (e *Engine) K() int { return len(e.frames) - 1 }

// Longer makes the paths one step longer.
func (e *Engine) Longer() {
	last := e.frames[e.K()]
	e.solver.Add(e.enc.Lit(last, e.sys.Moves, cnf.Pos))
	e.add(e.enc.After(last, e.sys.Next))
}

// add appends a frame. The bits of its state are encoded now: models are not
// to be disturbed when they are read.
func (e *Engine) add(f cnf.Frame) {
	e.frames = append(e.frames, f)
	for j := range e.sys.States {
		e.enc.Lit(f, e.sys.State(j), cnf.Both)
	}
}

// Step asks whether some path of K steps comes to a target for the first time
// at its end. Unsat is the proof of the step; Sat says that there is one.
func (e *Engine) Step(t *transition.Target) sat.Answer {
	bad := e.sys.Bad(t)
	var assume []cnf.Lit
	for i, f := range e.frames {
		if i < e.K() {
			assume = append(assume, -e.enc.Lit(f, bad, cnf.Neg))
		} else {
			assume = append(assume, e.enc.Lit(f, bad, cnf.Pos))
		}
	}
	for {
		if answer := e.solver.Solve(assume...); answer != sat.Sat || !e.separate() {
			return answer
		}
	}
}

// Simple reports whether any proof so far may rest on paths being simple.
func (e *Engine) Simple() bool { return len(e.apart) > 0 }

// separate looks for states of the path that are the same and says that they
// must not be. It reports whether there are any.
func (e *Engine) separate() bool {
	values := make([]string, len(e.frames))
	for i, f := range e.frames {
		values[i] = e.values(f)
	}
	var pairs [][2]int
	for j := range values {
		for i := range j {
			if pair := [2]int{i, j}; values[i] == values[j] && !e.apart[pair] {
				pairs = append(pairs, pair)
			}
		}
	}
	for _, p := range pairs {
		e.apart[p] = true
		Differ(e.enc, e.solver, e.sys, e.frames[p[0]], e.frames[p[1]])
	}
	return len(pairs) > 0
}

// values is the state in a frame of the model.
func (e *Engine) values(f cnf.Frame) string {
	out := make([]byte, e.sys.States)
	for j := range out {
		if e.solver.Value(e.enc.Lit(f, e.sys.State(j), cnf.Both)) {
			out[j] = 1
		}
	}
	return string(out)
}

// Differ adds to a sink that the states in two frames differ.
func Differ(enc *cnf.Encoder, to cnf.Sink, sys *transition.System, f, g cnf.Frame) {
	some := make([]cnf.Lit, sys.States)
	for j := range some {
		x, y := enc.Lit(f, sys.State(j), cnf.Both), enc.Lit(g, sys.State(j), cnf.Both)
		some[j] = to.Var()
		to.Add(-some[j], x, y)
		to.Add(-some[j], -x, -y)
	}
	to.Add(some...)
}
