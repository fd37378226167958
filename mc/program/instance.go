package program

import "github.com/spec-lang/spec/ir"

// Instance is an action with values for the first of its parameters, maybe for
// all of them. It belongs to one Program.
type Instance struct {
	Action int
	args   []uint64
}

// Instance returns the instances of an action with the given first arguments.
func (p *Program) Instance(action int, args []ir.Value) Instance {
	in := Instance{Action: action}
	for i, v := range args {
		in.args = append(in.args, p.actions[action].params[i].rep.Encode(v))
	}
	return in
}

// Load makes the state with the given key the one whose successors Fire
// computes. It returns its slots.
func (m *Machine) Load(key []uint64) []uint64 {
	m.depth = 0
	m.prog.Layout.Unpack(m.from, key)
	return m.from
}

// Fire emits the outcomes of an instance in the state that was loaded, as
// Successors does of all.
func (m *Machine) Fire(in Instance, emit func(*Machine)) {
	m.emit = emit
	m.tryWith(m.prog.actions[in.Action], in.args)
}
