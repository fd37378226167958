package mc

import (
	"slices"

	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/store"
)

// thin explores, of the sources whose keys are in w.keys, those for which some
// of the steps are enough (see package porder), and leaves the others in
// w.keys and w.ids.
func (w *worker) thin() error {
	size, kept := w.s.prog.Layout.Words, 0
	all := slices.Clone(w.ids)
	w.few.Reset()
	from := w.from[:0]
	for i, id := range all {
		key := w.keys[i*size:][:size]
		if w.some(len(from), key) {
			from = append(from, id)
			continue
		}
		copy(w.keys[kept*size:], key)
		w.ids[kept] = id
		kept++
	}
	w.from = from
	rest := slices.Clone(w.ids[:kept])
	w.thinned += uint64(len(from))
	w.ids = append(w.ids[:0], from...)
	err := w.admit(w.few.Keys, w.few.Metas)
	w.ids, w.keys = append(w.ids[:0], rest...), w.keys[:kept*size]
	return err
}

// some takes the steps of source number n that are enough, into w.few. It
// reports false, and takes none, if that would hide something: a failure, an
// alarm, or that nothing new is reached.
func (w *worker) some(n int, key []uint64) bool {
	todo, reduced := w.order.Reduce(key)
	if !reduced {
		return false
	}
	b := &w.few
	keys, metas, moves := len(b.Keys), len(b.Metas), false
	w.m.Load(key)
	rare := false
	instances := w.s.opt.reduction.order.Instances()
	for t := todo.Next(0); t >= 0 && !rare; t = todo.Next(t + 1) {
		w.m.Fire(instances[t], func(m *program.Machine) {
			if rare = rare || m.Failure() != nil || w.alarming(m); rare {
				return
			}
			at := len(b.Keys)
			b.Keys = slices.Grow(b.Keys, len(key))[:at+len(key)]
			w.s.prog.Layout.Pack(b.Keys[at:], m.State())
			cut := w.cutOff(m)
			moves = moves || !cut && !slices.Equal(b.Keys[at:], key)
			b.Metas = append(b.Metas, program.MakeMeta(n, m.Action(), cut))
		})
	}
	if rare || !moves {
		b.Keys, b.Metas = b.Keys[:keys], b.Metas[:metas]
		return false
	}
	last := -1
	for _, meta := range b.Metas[metas:] {
		a := &w.actions[meta.Action()]
		a.Taken++
		a.Passed = true
		if meta.Action() != last {
			last = meta.Action()
			a.Enabled++
		}
		w.count[generated]++
	}
	return true
}

// alarming reports whether an alarm about the step goes off.
func (w *worker) alarming(m *program.Machine) bool {
	for i, a := range w.s.alarms.steps {
		if !a.open() {
			continue
		}
		if ok, failure := m.Test(w.s.watch.Steps[i].Pred, m.State(), m.From()); failure != nil || ok == w.s.watch.Steps[i].When {
			return true
		}
	}
	return false
}

// cutOff reports whether a bound cuts the state off that m is at.
func (w *worker) cutOff(m *program.Machine) bool {
	for _, b := range w.s.goal.bounds {
		if ok, failure := m.Test(b, m.State(), nil); failure == nil && !ok {
			return true
		}
	}
	return false
}

// source is where a successor comes from.
func (w *worker) source(m program.Meta) store.ID { return w.ids[m.Source()] }
