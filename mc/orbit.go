package mc

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/symmetry"
)

// reducer returns what merges states that differ in the names of elements
// only, nil if nothing does.
func (s *search) reducer() *symmetry.Reducer {
	if !s.opt.Symmetry {
		return nil
	}
	var props []*ir.Property
	for _, c := range s.sys.Checks {
		props = append(props, c.Prop)
	}
	r, _ := symmetry.New(s.prog, s.sys, props...)
	return r
}

// canon returns a Canon for one goroutine, nil if nothing is merged.
func (s *search) canon() *symmetry.Canon {
	if s.orbits == nil {
		return nil
	}
	return s.orbits.NewCanon()
}

// merge replaces states by representatives of their orbits.
func (w *worker) merge(keys []uint64) {
	if w.canon == nil {
		return
	}
	size := w.s.prog.Layout.Words
	for i := 0; i < len(keys); i += size {
		w.canon.Canonical(keys[i : i+size])
	}
}

// rename gives a step from a representative the names of the trace, whose
// states are renamings of representatives: back leads from them to it.
func (t *tracer) rename(st *evidence.Step, m *program.Machine) {
	if t.canon == nil {
		return
	}
	st.Args, st.State = t.orbits.Rename(st.Args, t.back), t.orbits.Rename(st.State, t.back)
	if m.Failure() == nil {
		key := t.reached(m)
		t.canon.Canonical(key)
		t.back = t.canon.Renaming().Inverse().Then(t.back)
	}
}
