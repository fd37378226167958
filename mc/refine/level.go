package refine

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
)

// level is what is known of an abstract System: states by number, and of those
// that were asked about the steps.
type level struct {
	sys     *ir.System
	numbers map[string]int32
	states  [][]ir.Value
	initial map[int32]bool
	next    map[int32]map[int32]bool
}

func newLevel(sys *ir.System) *level {
	l := &level{sys: sys, numbers: map[string]int32{}, next: map[int32]map[int32]bool{}}
	l.initial = l.ends(eval.Initial(sys))
	return l
}

// number returns the number of a state, from 0.
func (l *level) number(state []ir.Value) int32 {
	var key []byte
	for _, v := range state {
		key = append(append(key, ir.Format(v)...), 0)
	}
	n, ok := l.numbers[string(key)]
	if !ok {
		n = int32(len(l.states))
		l.numbers[string(key)] = n
		l.states = append(l.states, slices.Clone(state))
	}
	return n
}

// leads reports whether a step leads from one state to another.
func (l *level) leads(from, to int32) bool {
	ends, ok := l.next[from]
	if !ok {
		ends = l.ends(eval.Successors(l.sys, l.states[from]))
		l.next[from] = ends
	}
	return ends[to]
}

// ends are the states that some outcomes come to. What fails comes to none.
func (l *level) ends(outcomes []eval.Outcome) map[int32]bool {
	out := map[int32]bool{}
	for _, o := range outcomes {
		if o.Err == nil && o.Assert == nil {
			out[l.number(o.State)] = true
		}
	}
	return out
}
