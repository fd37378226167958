package program

import "slices"

// closures is the Stepper that runs a Machine.
type closures struct {
	m      *Machine
	watch  Watch
	off    []bool // step alarms
	slots  []uint64
	b      *Batch
	source int

	base   int // successors in the batch before this source
	metas  int
	made   uint64 // successors of this source
	rare   bool   // this source is for a Machine
	counts []Count
	taken  []uint64 // of this source, by action
	seen   []int    // actions with an entry in taken
}

// NewStepper returns the Stepper that runs closures.
func (p *Program) NewStepper(w Watch) Stepper {
	n := len(p.actions)
	s := &closures{m: p.NewMachine(), watch: w, off: make([]bool, len(w.Steps)), slots: make([]uint64, len(p.Layout.Slots)+1),
		taken: make([]uint64, n)}
	s.counts = s.m.counts
	return s
}

func (s *closures) Arm(i int, on bool) { s.off[i] = !on }

func (s *closures) Counts() []Count { return s.counts }

func (s *closures) Close() {}

// Expand computes successors.
func (s *closures) Expand(keys []uint64, b *Batch) {
	s.b = b
	size := s.m.prog.Layout.Words
	for i := 0; i < len(keys)/size; i++ {
		key := keys[i*size : (i+1)*size]
		s.source, s.base, s.metas, s.made, s.rare = i, len(b.Keys), len(b.Metas), 0, false
		s.m.Successors(key, s.outcome)
		if s.rare { // what is counted of guards is taken back
			s.m.weight = ^uint64(0)
			s.m.Successors(key, func(*Machine) {})
			s.m.weight = 1
		}
		s.end()
	}
}

// end ends a source.
func (s *closures) end() {
	switch {
	case s.rare:
		s.b.Keys, s.b.Metas = s.b.Keys[:s.base], s.b.Metas[:s.metas]
		s.b.Redo = append(s.b.Redo, uint32(s.source))
	case s.made == 0:
		s.b.Stuck = append(s.b.Stuck, uint32(s.source))
	}
	for _, a := range s.seen {
		if !s.rare {
			s.counts[a].Taken += s.taken[a]
			s.counts[a].Enabled++
		}
		s.taken[a] = 0
	}
	s.seen = s.seen[:0]
	if !s.rare {
		s.b.Generated += s.made
	}
}

func (s *closures) outcome(m *Machine) {
	if s.rare = s.rare || m.failed || s.alarmed(); s.rare {
		return
	}
	s.made++
	if s.taken[m.action] == 0 {
		s.seen = append(s.seen, m.action)
	}
	s.taken[m.action]++
	l, b, n := m.prog.Layout, s.b, len(s.b.Keys)
	b.Keys = slices.Grow(b.Keys, l.Words)[:n+l.Words]
	l.Pack(b.Keys[n:], m.cur)
	if slices.Equal(b.Keys[n:], m.key) {
		b.Keys = b.Keys[:n]
		return
	}
	b.Metas = append(b.Metas, MakeMeta(s.source, m.action, s.cut()))
}

// alarmed reports whether an alarm about the step goes off.
func (s *closures) alarmed() bool {
	for i, a := range s.watch.Steps {
		if !s.off[i] {
			if ok, failed := s.m.holds(a.Pred, s.m.cur, s.m.from); failed || ok == a.When {
				return true
			}
		}
	}
	return false
}

// cut reports whether a bound is not kept. One without a value is for a
// Machine.
func (s *closures) cut() bool {
	for _, p := range s.watch.Bounds {
		ok, failed := s.m.holds(p, s.m.cur, nil)
		s.rare = s.rare || failed
		if !ok && !failed {
			return true
		}
	}
	return false
}

// Examine looks for state alarms.
func (s *closures) Examine(keys []uint64, out []uint64) {
	size := s.m.prog.Layout.Words
	for n := range out {
		s.m.prog.Layout.Unpack(s.slots, keys[n*size:(n+1)*size])
		out[n] = 0
		for i, a := range s.watch.States {
			if ok, failed := s.m.holds(a.Pred, s.slots, nil); failed || ok == a.When {
				out[n] |= 1 << i
			}
		}
	}
}
