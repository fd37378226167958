package graph

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/program"
)

// Move is a step of a run in a graph: where it leads, and its label.
type Move struct{ To, Label uint32 }

// Values returns the values of the variables in a state.
func (g *Graph) Values(id uint32) []ir.Value {
	slots, key := make([]uint64, len(g.prog.Layout.Slots)+1), make([]uint64, g.prog.Layout.Words)
	g.states.Key(id, key)
	g.prog.Layout.Unpack(slots, key)
	return g.prog.Layout.Decode(slots)
}

// Step finds out how a step is taken: of all ways with the same end and label
// the first. It is the zero Step if there is none.
func (g *Graph) Step(m *program.Machine, from uint32, mv Move) evidence.Step {
	key, want, got := make([]uint64, g.prog.Layout.Words), make([]uint64, g.prog.Layout.Words), make([]uint64, g.prog.Layout.Words)
	g.states.Key(from, key)
	g.states.Key(mv.To, want)
	var st evidence.Step
	m.Successors(key, func(m *program.Machine) {
		if st.State != nil || m.Failure() != nil {
			return
		}
		g.prog.Layout.Pack(got, m.State())
		if slices.Equal(got, want) && g.number.label(m) == mv.Label {
			a := g.prog.Sys.Actions[m.Action()]
			st = evidence.Step{Action: a, Args: m.Args(), State: g.prog.Layout.Decode(m.State()), Span: a.NameSpan}
		}
	})
	return st
}
