package mc

import (
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/porder"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/symmetry"
)

// canon returns a Canon for one goroutine, nil if nothing is merged.
func (s *search) canon() *symmetry.Canon {
	if s.orbits == nil {
		return nil
	}
	return s.orbits.NewCanon()
}

// order returns a Set for one goroutine, nil if all steps are taken.
func (s *search) order() *porder.Set {
	if s.opt.reduction == nil || s.opt.reduction.order == nil {
		return nil
	}
	return s.opt.reduction.order.NewSet()
}

// merge replaces states by representatives of their orbits.
func (w *worker) merge(keys []uint64) {
	if w.canon == nil {
		return
	}
	size := w.s.prog.Layout.Words
	w.orbits = w.orbits[:0]
	for i := 0; i < len(keys); i += size {
		w.orbits = append(w.orbits, w.canon.Canonical(keys[i:i+size]))
	}
}

// weigh counts the states that the new representatives stand for.
func (w *worker) weigh() {
	if w.canon == nil {
		return
	}
	for _, f := range w.news {
		n := w.orbits[f.Index]
		w.orbitSum += n
		w.endless = w.endless || n == 0
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
