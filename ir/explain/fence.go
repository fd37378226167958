package explain

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
)

// mostFenced is how many states of a region are looked at again.
const mostFenced = 500

// fence says of each action why it does not lead out of the region of a
// branch where steps stay inside, if nothing does.
func (r run) fence(b *evidence.Branch) {
	if b.Region == nil || b.Region.Exits > 0 || len(b.Region.Possible) == 0 || b.Holds {
		return // or nothing is possible at all: see trapped
	}
	states := r.reachable(b.State, int(min(b.Region.States, mostFenced)))
	all := uint64(len(states)) == b.Region.States
	for _, a := range r.sys.Actions {
		if slices.Contains(b.Region.Possible, a) {
			continue
		}
		s := closest(a, b.State, nil)
		always := all && s.seen > 0 && s.at.expr != nil && !slices.ContainsFunc(states, func(state []ir.Value) bool {
			return passes(a, s.at.expr, state)
		})
		b.Region.Barriers = append(b.Region.Barriers, evidence.Barrier{Blocked: s.blocked(), Always: always})
	}
}

// passes reports whether a part of the guard of an action is true in a state
// for some arguments.
func passes(a *ir.Action, part ir.Expr, state []ir.Value) bool {
	s := &search{action: a, only: part}
	s.instancesOf(spot{env: &eval.Env{State: state, Old: state}}, a.Params, nil)
	return s.passed > 0 || s.seen >= mostInstances
}

// reachable are the states that can be reached from one, up to n.
func (r run) reachable(state []ir.Value, n int) [][]ir.Value {
	out, seen := [][]ir.Value{state}, map[string]bool{key(state): true}
	for i := 0; i < len(out) && len(out) < n; i++ {
		for _, o := range eval.Successors(r.sys, out[i]) {
			if o.Err == nil && o.Assert == nil && !seen[key(o.State)] {
				seen[key(o.State)] = true
				out = append(out, o.State)
			}
		}
	}
	return out
}

func key(state []ir.Value) string {
	var b []byte
	for _, v := range state {
		b = append(append(b, ir.Format(v)...), 0)
	}
	return string(b)
}
