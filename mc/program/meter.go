package program

import "github.com/spec-lang/spec/ir"

// Meter counts how often the expressions of a Program are evaluated. It
// belongs to the one Machine that runs the Program.
//
// Literals and constants, and names that a closure reads on its way, count for
// nothing.
type Meter struct {
	place  map[ir.Expr]int
	counts []uint64
}

// Of returns how often e itself was evaluated, 0 if it never is on its own.
func (m *Meter) Of(e ir.Expr) uint64 {
	if i, ok := m.place[e]; ok {
		return m.counts[i]
	}
	return 0
}

// Reset sets all counts to 0.
func (m *Meter) Reset() { clear(m.counts) }

// CompileMetered is Compile for one Machine that counts what it evaluates,
// which takes longer.
func CompileMetered(sys *ir.System) (*Program, *Compiler, *Meter) {
	m := &Meter{place: map[ir.Expr]int{}}
	p, c := compile(sys, m)
	return p, c, m
}

// counted is x with its evaluations counted. Places that closures look at
// instead of running x are kept.
func (m *Meter) counted(e ir.Expr, x code) code {
	if x.known {
		return x
	}
	i, ok := m.place[e]
	if !ok {
		i = len(m.counts)
		m.place[e] = i
		m.counts = append(m.counts, 0)
	}
	if run := x.run; run != nil {
		x.run = func(mc *Machine) uint64 {
			m.counts[i]++
			return run(mc)
		}
	}
	if test := x.test; test != nil {
		x.test = func(mc *Machine) bool {
			m.counts[i]++
			return test(mc)
		}
	}
	return x
}

// Outcomes emits the outcomes of one action in the state with the given key,
// as Successors does of all.
func (m *Machine) Outcomes(key []uint64, index int, emit func(*Machine)) {
	m.emit = emit
	m.depth = 0
	m.prog.Layout.Unpack(m.from, key)
	m.tryAll(m.prog.actions[index])
}
