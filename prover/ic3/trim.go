package ic3

import (
	"github.com/spec-lang/spec/ir/circuit"
	"github.com/spec-lang/spec/prover/cnf"
	"github.com/spec-lang/spec/prover/sat"
)

// trim finds, of all that is excluded for good, what is needed to exclude
// something bad: what a core needs for that, and then, as long as something
// is new, what a core needs to keep it.
func (e *Engine) trim(bad circuit.Lit) Outcome {
	s := newUnit(e.ctx, e.sys)
	defer s.Close()
	s.Add(s.enc.Lit(s.now, e.sys.Typed, cnf.Pos))
	index := map[cnf.Lit]int{}
	var all []cnf.Lit
	for i, c := range e.always {
		on := s.Var()
		s.Add(without([]cnf.Lit{-on}, c, s.x)...)
		index[on] = i
		all = append(all, on)
	}
	needed := make([]bool, len(all))
	var work []int
	need := func(what ...cnf.Lit) bool {
		switch s.Solve(append(what, all...)...) {
		case sat.Stopped:
			return false
		case sat.Sat:
			panic("ic3: what two frames share is not kept by a step")
		}
		for _, l := range s.Core() {
			if i, ok := index[l]; ok && !needed[i] {
				needed[i] = true
				work = append(work, i)
			}
		}
		return true
	}
	if !need(s.enc.Lit(s.now, bad, cnf.Pos)) {
		return Outcome{}
	}
	out := Outcome{Kind: Proved}
	for len(work) > 0 {
		what := []cnf.Lit{s.moves}
		for _, l := range e.always[work[0]] {
			what = append(what, signed(l, s.y))
		}
		work = work[1:]
		if !need(what...) {
			return Outcome{}
		}
	}
	for i, c := range e.always {
		if needed[i] {
			out.Invariant = append(out.Invariant, c)
		}
	}
	return out
}
