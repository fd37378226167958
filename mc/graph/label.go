package graph

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/mc/program"
)

// numberer gives labels to steps. An action without a fairness, or with one as
// a whole, has one label. Of the others there is one for each choice of the
// parameters that are declared by a type.
type numberer struct {
	g      *Graph
	plain  []uint32   // by action: its label plus 1, 0 if it has none yet
	counts [][]int    // by action: which parameters count; nil if it has one label
	byArgs []argTable // by action
	args   []uint64
}

// argTable finds the label of arguments. Most actions have few instances, so
// the words of them all stand in one list behind a map of their hash.
type argTable map[uint64][]instance

type instance struct {
	args  []uint64
	label uint32
}

func newNumberer(g *Graph, sys *ir.System) *numberer {
	n := len(sys.Actions)
	u := &numberer{g: g, plain: make([]uint32, n), counts: make([][]int, n), byArgs: make([]argTable, n)}
	for i, a := range sys.Actions {
		if a.Fair == ir.Unfair || a.FairAny {
			continue
		}
		for j, p := range a.Params {
			if p.ByType {
				u.counts[i] = append(u.counts[i], j)
			}
		}
		u.byArgs[i] = argTable{}
	}
	return u
}

// label returns the label of the outcome that m emits. One whose arguments are
// not all known has that of no fairness.
func (u *numberer) label(m *program.Machine) uint32 {
	a := m.Action()
	counts := u.counts[a]
	if counts == nil {
		if u.plain[a] == 0 {
			u.plain[a] = u.add(m, nil) + 1
		}
		return u.plain[a] - 1
	}
	u.args = u.args[:0]
	for _, i := range counts {
		w, ok := m.ArgWord(i)
		if !ok {
			return u.unknown(a)
		}
		u.args = append(u.args, w)
	}
	h := hash(u.args)
	for _, in := range u.byArgs[a][h] {
		if slices.Equal(in.args, u.args) {
			return in.label
		}
	}
	l := u.add(m, counts)
	u.byArgs[a][h] = append(u.byArgs[a][h], instance{slices.Clone(u.args), l})
	return l
}

// unknown is the label of an action whose arguments are not known.
func (u *numberer) unknown(a int) uint32 {
	if u.plain[a] == 0 {
		u.g.Labels = append(u.g.Labels, Label{Action: int32(a), Fair: -1})
		u.plain[a] = uint32(len(u.g.Labels))
	}
	return u.plain[a] - 1
}

// add makes a label, with the constraint that it serves.
func (u *numberer) add(m *program.Machine, counts []int) uint32 {
	l := Label{Action: int32(m.Action()), Fair: -1}
	if a := u.g.prog.Sys.Actions[m.Action()]; a.Fair != ir.Unfair {
		c := Constraint{Action: a}
		for _, i := range counts {
			c.Args = append(c.Args, m.Args()[i])
		}
		l.Fair = int32(len(u.g.Fair))
		u.g.Fair = append(u.g.Fair, c)
	}
	u.g.Labels = append(u.g.Labels, l)
	return uint32(len(u.g.Labels) - 1)
}

func hash(words []uint64) uint64 {
	h := uint64(14695981039346656037) // FNV-1a, a word at a time
	for _, w := range words {
		h = (h ^ w) * 1099511628211
	}
	return h
}
