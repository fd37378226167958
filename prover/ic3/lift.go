package ic3

import (
	"context"

	"github.com/spec-lang/spec/ir/circuit"
	"github.com/spec-lang/spec/prover/cnf"
	"github.com/spec-lang/spec/prover/sat"
	"github.com/spec-lang/spec/prover/transition"
)

// lift generalises states: with the same inputs, what one of them does, all
// states do that share the bits of a core. Chockler, Ivrii, Matsliah, Moran and
// Nevo, "Incremental formal verification of hardware", FMCAD 2011.
type lift struct {
	*unit
	ctx context.Context
}

func newLift(ctx context.Context, sys *transition.System) *lift {
	return &lift{newUnit(ctx, sys), ctx}
}

// bad returns states that are bad with the inputs u, as x is.
func (l *lift) bad(bad circuit.Lit, x, u []bool) (Cube, error) {
	return l.core(x, u, -l.enc.Lit(l.now, bad, cnf.Neg))
}

// step returns states from which the inputs u lead into a cube, as from x.
func (l *lift) step(into Cube, x, u []bool) (Cube, error) {
	if len(l.spares) == 0 {
		l.Close()
		l.unit = newUnit(l.ctx, l.sys)
	}
	miss := l.spare()
	l.Add(without([]cnf.Lit{-miss, -l.moves}, into, l.y)...)
	c, err := l.core(x, u, miss)
	l.Add(-miss)
	return c, err
}

// core returns the bits of x that exclude, with the inputs u, an assumption.
func (l *lift) core(x, u []bool, against cnf.Lit) (Cube, error) {
	assume := append([]cnf.Lit{against}, values(l.u, u)...)
	switch l.Solve(append(assume, values(l.x, x)...)...) {
	case sat.Stopped:
		return nil, errEnded
	case sat.Sat:
		panic("ic3: a step that a solver has found is not one")
	}
	why := map[cnf.Lit]bool{}
	for _, m := range l.Core() {
		why[m] = true
	}
	var c Cube
	for j, m := range values(l.x, x) {
		if why[m] {
			if c = append(c, j+1); !x[j] {
				c[len(c)-1] = -(j + 1)
			}
		}
	}
	return c, nil
}

// initial is a solver with the initial states.
type initial struct {
	*sat.Solver
	x []cnf.Lit
}

func newInitial(ctx context.Context, sys *transition.System) *initial {
	i := &initial{Solver: sat.New(ctx)}
	enc := cnf.NewEncoder(sys.Graph, i.Solver)
	start := enc.Free()
	i.Add(enc.Lit(start, sys.Begins, cnf.Pos))
	for _, l := range sys.Init {
		x, v := i.Var(), enc.Lit(start, l, cnf.Both)
		i.Add(-x, v)
		i.Add(x, -v)
		i.x = append(i.x, x)
	}
	return i
}

// meets reports whether an initial state is in a cube.
func (i *initial) meets(c Cube) (bool, error) {
	answer := i.ask(c)
	if answer == sat.Stopped {
		return false, errEnded
	}
	return answer == sat.Sat, nil
}

// state is the initial state that meets has found.
func (i *initial) state() []bool {
	out := make([]bool, len(i.x))
	for j, l := range i.x {
		out[j] = i.Value(l)
	}
	return out
}

func (i *initial) ask(c Cube) sat.Answer {
	assume := make([]cnf.Lit, len(c))
	for k, l := range c {
		assume[k] = signed(l, i.x)
	}
	return i.Solve(assume...)
}

// apart returns a part of a cube without initial states: some of it, and as
// much more as that needs.
func (i *initial) apart(some, c Cube) (Cube, error) {
	meets, err := i.meets(some)
	if err != nil || !meets {
		return some, err
	}
	if answer := i.ask(c); answer != sat.Unsat {
		return nil, errEnded
	}
	why := map[cnf.Lit]bool{}
	for _, l := range i.Core() {
		why[l] = true
	}
	var more Cube
	for _, l := range c {
		if why[signed(l, i.x)] {
			more = append(more, l)
		}
	}
	return some.union(more), nil
}
