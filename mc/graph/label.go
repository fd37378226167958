package graph

import (
	"encoding/binary"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/mc/program"
)

// numberer gives labels to steps. Steps of one action have one label, unless
// some of its arguments tell them apart: those that its fairness is for, and
// all of an action of which that is asked.
type numberer struct {
	g      *Graph
	plain  []uint32   // by action: its label plus 1 without arguments, 0 if it has none yet
	counts [][]int    // by action: which parameters count; nil if none do
	byArgs []argTable // by action
	words  [][]uint64 // by label: what counts of the arguments
	fair   map[string]int32
	args   []uint64
}

// argTable finds the label of arguments. Most actions have few instances, so
// the words of them all stand in one list behind a map of their hash.
type argTable map[uint64][]instance

type instance struct {
	args  []uint64
	label uint32
}

func newNumberer(g *Graph, told []bool) *numberer {
	actions := g.prog.Sys.Actions
	n := len(actions)
	u := &numberer{g: g, plain: make([]uint32, n), counts: counts(g.prog.Sys, told), byArgs: make([]argTable, n), words: [][]uint64{nil}, fair: map[string]int32{}}
	for i := range actions {
		u.byArgs[i] = argTable{}
	}
	return u
}

// counts lists by action which parameters tell labels apart.
func counts(sys *ir.System, told []bool) [][]int {
	out := make([][]int, len(sys.Actions))
	for i, a := range sys.Actions {
		for j := range a.Params {
			if i < len(told) && told[i] || servesEach(a, j) {
				out[i] = append(out[i], j)
			}
		}
	}
	return out
}

// servesEach reports whether the fairness of an action is for each value of a
// parameter.
func servesEach(a *ir.Action, j int) bool {
	return a.Fair != ir.Unfair && !a.FairAny && a.Params[j].ByType
}

// label returns the label of the outcome that m emits. One whose arguments are
// not all known has that of no fairness.
func (u *numberer) label(m *program.Machine) uint32 {
	a := m.Action()
	u.args = u.args[:0]
	for _, i := range u.counts[a] {
		w, ok := m.ArgWord(i)
		if !ok {
			return u.unknown(a)
		}
		u.args = append(u.args, w)
	}
	return u.of(a, u.args)
}

// of returns the label of an action with the arguments that count.
func (u *numberer) of(a int, args []uint64) uint32 {
	if len(args) == 0 {
		if u.plain[a] == 0 {
			u.plain[a] = u.add(a, nil) + 1
		}
		return u.plain[a] - 1
	}
	h := hash(args)
	for _, in := range u.byArgs[a][h] {
		if slices.Equal(in.args, args) {
			return in.label
		}
	}
	args = slices.Clone(args)
	l := u.add(a, args)
	u.byArgs[a][h] = append(u.byArgs[a][h], instance{args, l})
	return l
}

// unknown is the label of an action whose arguments are not known.
func (u *numberer) unknown(a int) uint32 {
	if u.plain[a] == 0 {
		u.plain[a] = u.enter(Label{Action: int32(a), Fair: -1}, nil) + 1
	}
	return u.plain[a] - 1
}

func (u *numberer) enter(l Label, args []uint64) uint32 {
	u.g.Labels, u.words = append(u.g.Labels, l), append(u.words, args)
	return uint32(len(u.g.Labels) - 1)
}

// add makes a label, with the constraint that it serves.
func (u *numberer) add(action int, args []uint64) uint32 {
	a := u.g.system().Actions[action]
	if a.Fair == ir.Unfair {
		return u.enter(Label{Action: int32(action), Fair: -1}, args)
	}
	c := Constraint{Action: a}
	key := binary.LittleEndian.AppendUint32(nil, uint32(action))
	for k, j := range u.counts[action] {
		if servesEach(a, j) {
			c.Args = append(c.Args, u.g.prog.Argument(action, j, args[k]))
			key = binary.LittleEndian.AppendUint64(key, args[k])
		}
	}
	f, ok := u.fair[string(key)]
	if !ok {
		f = int32(len(u.g.Fair))
		u.fair[string(key)] = f
		u.g.Fair = append(u.g.Fair, c)
	}
	return u.enter(Label{Action: int32(action), Fair: f}, args)
}

// Told returns what the label of a step says: the action, -1 of Rest, and the
// words of its arguments; they are all there if Options.Told asks for them.
func (g *Graph) Told(label uint32) (action int, args []uint64) {
	return int(g.Labels[label].Action), g.number.words[label]
}

func hash(words []uint64) uint64 {
	h := uint64(14695981039346656037) // FNV-1a, a word at a time
	for _, w := range words {
		h = (h ^ w) * 1099511628211
	}
	return h
}
