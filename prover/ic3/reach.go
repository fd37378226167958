package ic3

import (
	"context"

	"github.com/spec-lang/spec/ir/circuit"
	"github.com/spec-lang/spec/prover/cnf"
	"github.com/spec-lang/spec/prover/sat"
	"github.com/spec-lang/spec/prover/transition"
)

// spares is how many variables a solver has for clauses of one query each.
// When they are used up it is built anew, without what they left behind.
const spares = 1500

// unit is one step of the system in a solver.
type unit struct {
	*sat.Solver
	sys    *transition.System
	enc    *cnf.Encoder
	now    cnf.Frame
	x      []cnf.Lit // bits of the state
	u      []cnf.Lit // inputs
	y      []cnf.Lit // bits of the state after the step
	moves  cnf.Lit
	spares []cnf.Lit
}

func newUnit(ctx context.Context, sys *transition.System) *unit {
	s := &unit{Solver: sat.New(ctx), sys: sys}
	s.enc = cnf.NewEncoder(sys.Graph, s.Solver)
	s.now = s.enc.Free()
	for j := range sys.States {
		s.x = append(s.x, s.enc.Lit(s.now, sys.State(j), cnf.Both))
	}
	for j := range sys.Inputs {
		s.u = append(s.u, s.enc.Lit(s.now, sys.Input(j), cnf.Both))
	}
	for j := range sys.States {
		next, y := s.enc.Lit(s.now, sys.Next[j], cnf.Both), s.Var()
		s.Add(-y, next)
		s.Add(y, -next)
		s.y = append(s.y, y)
	}
	s.moves = s.enc.Lit(s.now, sys.Moves, cnf.Both)
	for range spares {
		s.spares = append(s.spares, s.Var())
	}
	return s
}

// spare is a variable for the clause of one query.
func (s *unit) spare() cnf.Lit {
	v := s.spares[len(s.spares)-1]
	s.spares = s.spares[:len(s.spares)-1]
	return v
}

// signed is the literal of a cube in terms of the given variables.
func signed(l int, vars []cnf.Lit) cnf.Lit {
	if l < 0 {
		return -vars[bit(l)]
	}
	return vars[bit(l)]
}

// without are literals of which one is true outside of a cube, after those
// given.
func without(clause []cnf.Lit, c Cube, vars []cnf.Lit) []cnf.Lit {
	for _, l := range c {
		clause = append(clause, -signed(l, vars))
	}
	return clause
}

// values are assumptions that fix variables to the values of a model.
func values(vars []cnf.Lit, model []bool) []cnf.Lit {
	out := make([]cnf.Lit, len(vars))
	for i, v := range vars {
		if out[i] = v; !model[i] {
			out[i] = -v
		}
	}
	return out
}

// reach is a solver with the frames.
type reach struct {
	*unit
	e      *Engine
	levels []cnf.Lit // of each frame; true where its clauses are asked for
	done   cnf.Lit   // of the last query, whose model may still be read; 0 if there is none
}

func newReach(e *Engine) *reach {
	r := &reach{e: e}
	r.build()
	return r
}

func (r *reach) build() {
	r.unit = newUnit(r.e.ctx, r.e.sys)
	r.levels, r.done = nil, 0
	r.Add(r.enc.Lit(r.now, r.sys.Typed, cnf.Pos))
	start := r.enc.Free()
	init := r.Var()
	r.levels = append(r.levels, init)
	r.Add(-init, r.enc.Lit(start, r.sys.Begins, cnf.Pos))
	for j, l := range r.sys.Init {
		b := r.enc.Lit(start, l, cnf.Both)
		r.Add(-init, -r.x[j], b)
		r.Add(-init, r.x[j], -b)
	}
	for _, c := range r.e.always {
		r.Add(without(nil, c, r.x)...)
	}
	for level := 1; level < len(r.e.frames); level++ {
		r.grow()
		for _, c := range r.e.frames[level] {
			r.exclude(c, level)
		}
	}
}

// grow adds a frame without clauses.
func (r *reach) grow() { r.levels = append(r.levels, r.Var()) }

// exclude adds the clause of a cube.
func (r *reach) exclude(c Cube, level int) {
	r.Add(without([]cnf.Lit{-r.levels[level]}, c, r.x)...)
}

// frame are assumptions that the state is in a frame.
func (r *reach) frame(level int) []cnf.Lit {
	if level == 0 {
		return append([]cnf.Lit(nil), r.levels...)
	}
	return append([]cnf.Lit(nil), r.levels[level:]...)
}

// bad asks for a state of a frame from which something bad is a step away.
func (r *reach) bad(bad circuit.Lit, level int) sat.Answer {
	return r.Solve(append(r.frame(level), r.enc.Lit(r.now, bad, cnf.Pos))...)
}

// relative asks for a step from a state of a frame, outside of the cube, to
// one in it. If there is none, it returns the part of the cube that is enough
// for that.
func (r *reach) relative(c Cube, level int) (Cube, sat.Answer) {
	if len(r.spares) == 0 {
		r.Close()
		r.build()
	}
	r.finish()
	r.done = r.spare()
	r.Add(without([]cnf.Lit{-r.done}, c, r.x)...)
	return r.into(c, append(r.frame(level), r.moves, r.done))
}

// after is relative for a cube that the frame excludes already.
func (r *reach) after(c Cube, level int) (Cube, sat.Answer) {
	return r.into(c, append(r.frame(level), r.moves))
}

// into asks for a step into a cube.
func (r *reach) into(c Cube, assume []cnf.Lit) (Cube, sat.Answer) {
	for _, l := range c {
		assume = append(assume, signed(l, r.y))
	}
	answer := r.Solve(assume...)
	if answer != sat.Unsat {
		return nil, answer
	}
	why := map[cnf.Lit]bool{}
	for _, l := range r.Core() {
		why[l] = true
	}
	var core Cube
	for _, l := range c {
		if why[signed(l, r.y)] {
			core = append(core, l)
		}
	}
	return core, answer
}

// finish forgets the clause of the last query.
func (r *reach) finish() {
	if r.done != 0 {
		r.Add(-r.done)
		r.done = 0
	}
}

// model is the state and the inputs that the last query found.
func (r *reach) model() (x, u []bool) {
	x, u = make([]bool, len(r.x)), make([]bool, len(r.u))
	for i, l := range r.x {
		x[i] = r.Value(l)
	}
	for i, l := range r.u {
		u[i] = r.Value(l)
	}
	return x, u
}
