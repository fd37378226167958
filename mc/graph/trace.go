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
	g.Key(id, key)
	g.prog.Layout.Unpack(slots, key)
	return g.values(slots)
}

// system is the system without notes.
func (g *Graph) system() *ir.System {
	if n := g.build.opt.Notes; n != nil {
		return n.sys
	}
	return g.prog.Sys
}

func (g *Graph) values(slots []uint64) []ir.Value {
	vs := g.prog.Layout.Decode(slots)
	if n := g.build.opt.Notes; n != nil {
		vs = vs[:n.vars]
	}
	return vs
}

// Step finds out how a step is taken: of all ways with the same end and label
// the first. It is the zero Step if there is none, or if the state only rests.
func (g *Graph) Step(m *program.Machine, from uint32, mv Move) evidence.Step {
	key, want, got := make([]uint64, g.prog.Layout.Words), make([]uint64, g.prog.Layout.Words), make([]uint64, g.prog.Layout.Words)
	g.Key(from, key)
	g.Key(mv.To, want)
	var st evidence.Step
	m.Successors(key, func(m *program.Machine) {
		if st.State != nil || m.Failure() != nil {
			return
		}
		label := g.number.label(m)
		if g.prog.Layout.Pack(got, m.State()); g.build.notes != nil {
			g.build.notes.strip(got)
		}
		if slices.Equal(got, want) && label == mv.Label {
			a := g.system().Actions[m.Action()]
			st = evidence.Step{Action: a, Args: m.Args(), State: g.values(m.State()), Span: a.NameSpan}
		}
	})
	return st
}
