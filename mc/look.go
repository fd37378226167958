package mc

import (
	"slices"

	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/store"
)

// What is rare: a Machine looks at sources whose steps fail or raise an alarm,
// at states that raise an alarm, and at initial states.

// initial stores the initial states.
func (w *worker) initial() {
	if err := w.outcomes(store.NoID, func(emit func(*program.Machine)) { w.m.Initial(emit) }, nil); err != nil {
		w.s.stop(err.Error())
	}
	w.flush()
}

// redo does with a Machine what the Stepper left undone for a source.
func (w *worker) redo(id store.ID, key []uint64) error {
	return w.outcomes(id, func(emit func(*program.Machine)) { w.m.Successors(key, emit) }, key)
}

// outcomes takes the outcomes of a source one by one.
func (w *worker) outcomes(from store.ID, run func(func(*program.Machine)), key []uint64) (err error) {
	l := w.s.prog.Layout
	n, last := 0, -1
	to := make([]uint64, l.Words)
	run(func(m *program.Machine) {
		h := hit{depth: w.s.depth + 1, state: store.NoID, from: from, outcome: n}
		n++
		a := m.Action()
		if a >= 0 && a != last {
			last = a
			w.actions[a].Enabled++
		}
		if h.failure = m.Failure(); h.failure != nil {
			w.failed(&h)
			return
		}
		w.count[generated]++
		if a >= 0 {
			w.actions[a].Taken++
			w.stepTaken(m, h)
		}
		l.Pack(to, m.State())
		if err == nil && !slices.Equal(to, key) {
			err = w.arrive(to, h)
		}
	})
	return err
}

// arrive stores the successor that an outcome leads to.
func (w *worker) arrive(key []uint64, h hit) (err error) {
	w.s.prog.Layout.Unpack(w.slots, key)
	if !w.within(&h) {
		w.state(^uint64(0), &h)
		return nil
	}
	if g := w.s.guide; g != nil && !g.follow(key, h.depth) {
		return nil
	}
	w.merge(key)
	if w.news, err = w.in.Insert(key, w.news[:0]); err != nil || len(w.news) == 0 {
		return err
	}
	w.weigh()
	h.state = w.news[0].ID
	w.enlist(h.state, h.from)
	w.state(^uint64(0), &h)
	return nil
}

// stuck looks at a state without successors.
func (w *worker) stuck(id store.ID, key []uint64) {
	h := hit{depth: w.s.depth, state: id, from: id, deadlock: true}
	if t := w.s.goal.terminal; t != nil {
		w.s.prog.Layout.Unpack(w.slots, key)
		ok, failure := w.m.Test(t, w.slots, nil)
		if failure != nil {
			h.failure, h.expr = failure, t.Expr
			w.failed(&h)
			return
		}
		if ok {
			return
		}
	}
	w.hit(w.s.goal.deadlock, &h)
}

// within reports whether the state in w.slots is within the bounds, and counts
// it if it is not. A bound without a value does not cut.
func (w *worker) within(h *hit) bool {
	inside := true
	for i, b := range w.s.goal.bounds {
		ok, failure := w.m.Test(b, w.slots, nil)
		switch {
		case failure != nil && inside:
			f := *h
			f.failure, f.expr = failure, b.Expr
			w.failed(&f)
		case failure == nil && !ok:
			inside = false
			w.cutBy[i] = true
		}
	}
	if !inside {
		w.cuts++
	}
	return inside
}

// stepTaken looks at a step.
func (w *worker) stepTaken(m *program.Machine, h hit) {
	for _, a := range w.s.alarms.steps {
		if a.open() {
			w.test(a, m.State(), m.From(), &h)
		}
	}
}

// state looks at the state in w.slots. Of the alarms that a Stepper looks
// after, only those that went off matter.
func (w *worker) state(gone uint64, h *hit) {
	for i, a := range w.s.alarms.states {
		if (i >= maxAlarms || gone>>i&1 == 1) && a.open() {
			w.test(a, w.slots, nil, h)
		}
	}
}

// test looks whether an alarm is right.
func (w *worker) test(a alarm, slots, old []uint64, h *hit) {
	if v := a.vacuity; v != nil {
		if ok, failure := w.m.Test(v.test, slots, old); ok || failure != nil {
			v.seen.Store(true)
		}
		return
	}
	t := a.target
	ok, failure := w.m.Test(t.test, slots, old)
	switch {
	case failure != nil:
		t.broken.Store(true)
		f := *h
		f.failure, f.expr = failure, t.prop.Formula
		w.failed(&f)
	case ok == t.wanted():
		w.hit(t, h)
	}
}

// hit notes that a target is decided. The first place of the least depth
// counts.
func (w *worker) hit(t *target, h *hit) {
	if g := w.s.guide; g != nil && !g.wants(t.index, h) {
		return
	}
	if best := w.hits[t.index]; best == nil || h.depth < best.depth {
		w.hits[t.index] = h
	}
}

// failed notes a failure.
func (w *worker) failed(h *hit) {
	if h.failure.Kind == eval.AssertFailed {
		w.hit(w.s.goal.assertion, h)
		return
	}
	w.hit(w.s.goal.evaluation, h)
}
