package mc

import (
	"slices"
	"sync/atomic"

	"github.com/spec-lang/spec/mc/porder"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/store"
	"github.com/spec-lang/spec/mc/symmetry"
)

// worker computes successors of parts of a round. A Stepper does the bulk; the
// sources and states that it finds remarkable go to a Machine (see look.go).
type worker struct {
	s     *search
	step  program.Stepper
	m     *program.Machine
	in    store.Writer
	canon *symmetry.Canon // nil if states are not merged
	order *porder.Set     // nil if all steps are taken

	ids   []store.ID // of the sources
	keys  []uint64   // of the sources
	batch program.Batch
	news  []store.Fresh
	fresh []span // new states of the round

	examined []uint64 // keys of new states
	gone     []uint64 // alarms that went off, by new state
	armed    uint64   // state alarms that are of interest
	further  []alarm  // state alarms beyond those of the Stepper
	upgraded bool     // the Stepper is as fast as it gets

	slots []uint64 // of the state that is looked at
	cut   []cut    // successors outside the bounds

	hits      []*hit // of the round, by target
	generated atomic.Uint64
	count     [2]uint64 // what is not yet in the atomic counters
	orbits    []uint64  // sizes of those of the keys that were merged last
	orbitSum  uint64    // states that the visited ones stand for
	endless   bool      // orbitSum is too small
	few       program.Batch
	from      []store.ID // sources of few
	thinned   uint64     // sources of which only some steps were taken
	cuts      uint64
	cutBy     []bool
	actions   []program.Count // what is counted outside the Stepper
}

// Indices of worker.count.
const (
	generated = iota
	distinct
)

func newWorker(s *search) *worker {
	n := len(s.prog.Layout.Slots) + 1
	w := &worker{s: s, m: s.prog.NewMachine(), in: s.store.NewWriter(), canon: s.canon(), order: s.order(),
		slots: make([]uint64, n), hits: make([]*hit, len(s.goal.targets)),
		cutBy: make([]bool, len(s.goal.bounds)), actions: newTally(s.sys).actions}
	if len(s.alarms.states) > maxAlarms {
		w.further = s.alarms.states[maxAlarms:]
	}
	w.step, w.upgraded = s.stepper()
	w.arm()
	return w
}

// arm turns off the alarms that nobody waits for any more.
func (w *worker) arm() {
	w.armed = 0
	for i, a := range w.s.alarms.states[:min(maxAlarms, len(w.s.alarms.states))] {
		if a.open() {
			w.armed |= 1 << i
		}
	}
	for i, a := range w.s.alarms.steps {
		w.step.Arm(i, a.open())
	}
}

// work computes successors until the round is over or the search halts.
func (w *worker) work() {
	w.upgrade()
	w.arm()
	for !w.s.halt.Load() {
		part, ok := w.s.claim()
		if !ok {
			break
		}
		if err := w.expand(part); err != nil {
			w.s.stop(err.Error())
		}
		w.flush()
		w.s.look()
	}
}

// flush makes the counts known to others.
func (w *worker) flush() {
	w.generated.Add(w.count[generated])
	w.s.distinct.Add(w.count[distinct])
	w.count = [2]uint64{}
}

// expand computes the successors of some states. In the order of the sources,
// so that with one worker states are numbered, and hits found, in the order
// of the judge.
func (w *worker) expand(part span) error {
	size, b := w.s.prog.Layout.Words, &w.batch
	w.ids, w.keys = w.ids[:0], slices.Grow(w.keys[:0], part.size()*size)[:part.size()*size]
	for id := part.from; id < part.to; id++ {
		w.ids = append(w.ids, id)
	}
	w.s.store.Keys(part.from, part.to, w.keys)
	if w.order != nil {
		if err := w.thin(); err != nil {
			return err
		}
	}
	b.Reset()
	w.step.Expand(w.keys, b)
	w.count[generated] += b.Generated
	for _, source := range b.Stuck {
		w.stuck(w.ids[source], w.keys[int(source)*size:][:size])
	}
	done := 0
	for _, source := range b.Redo {
		n := done
		for n < len(b.Metas) && b.Metas[n].Source() < int(source) {
			n++
		}
		if err := w.admit(b.Keys[done*size:n*size], b.Metas[done:n]); err != nil {
			return err
		}
		if err := w.redo(w.ids[source], w.keys[int(source)*size:][:size]); err != nil {
			return err
		}
		done = n
	}
	return w.admit(b.Keys[done*size:], b.Metas[done:])
}

// admit stores successors and looks at those that are new.
func (w *worker) admit(keys []uint64, metas []program.Meta) (err error) {
	w.cut = w.cut[:0]
	if w.s.guide != nil {
		keys, metas = w.guided(keys, metas)
	}
	if len(w.s.goal.bounds) > 0 {
		keys, metas = w.trim(keys, metas)
	}
	w.merge(keys)
	if w.news, err = w.in.Insert(keys, w.news[:0]); err != nil {
		return err
	}
	w.weigh()
	for _, f := range w.news {
		w.enlist(f.ID, w.source(metas[f.Index]))
	}
	w.examine(keys)
	return nil
}

// enlist notes a new state and where it was reached from.
func (w *worker) enlist(id, from store.ID) {
	w.count[distinct]++
	if n := len(w.fresh); n > 0 && w.fresh[n-1].to == id {
		w.fresh[n-1].to++
	} else {
		w.fresh = append(w.fresh, span{id, id + 1})
	}
	if w.s.parents != nil {
		w.s.parents = append(w.s.parents, from)
	}
	if w.s.depths != nil {
		w.s.depths = append(w.s.depths, uint32(w.s.depth+1))
	}
}

// examine looks for alarms in the new states, and in those that bounds cut
// off, in the order in which they were produced; keys are those that Insert
// was given.
func (w *worker) examine(keys []uint64) {
	if w.armed != 0 || len(w.further) > 0 {
		w.stepAlarms(keys)
		for i, gone := range w.gone {
			w.beyond(w.news[i].Index)
			if gone &= w.armed; gone != 0 || len(w.further) > 0 {
				w.s.prog.Layout.Unpack(w.slots, keys[w.news[i].Index*w.s.prog.Layout.Words:])
				w.state(gone, &hit{depth: w.s.depth + 1, state: w.news[i].ID, from: store.NoID})
			}
		}
	}
	w.beyond(len(keys))
}

// stepAlarms has the Stepper examine the new states.
func (w *worker) stepAlarms(keys []uint64) {
	size := w.s.prog.Layout.Words
	w.examined = w.examined[:0]
	for _, f := range w.news {
		w.examined = append(w.examined, keys[f.Index*size:][:size]...)
	}
	w.gone = slices.Grow(w.gone[:0], len(w.news))[:len(w.news)]
	if len(w.news) > 0 {
		w.step.Examine(w.examined, w.gone)
	}
}

// cut is a successor outside the bounds.
type cut struct {
	before int // the successor within the bounds that comes after it
	from   store.ID
	key    []uint64
}

// trim takes the successors that bounds cut off out of the others.
func (w *worker) trim(keys []uint64, metas []program.Meta) ([]uint64, []program.Meta) {
	size, n := w.s.prog.Layout.Words, 0
	for i, meta := range metas {
		key := keys[i*size:][:size]
		if meta.Cut() {
			w.cut = append(w.cut, cut{n, w.source(meta), slices.Clone(key)})
			continue
		}
		copy(keys[n*size:], key)
		metas[n] = meta
		n++
	}
	return keys[:n*size], metas[:n]
}

// beyond looks at the cut successors that were produced before the one with
// the given number. They are looked at now, since they will not be stored.
func (w *worker) beyond(number int) {
	for len(w.cut) > 0 && w.cut[0].before <= number {
		c := w.cut[0]
		w.cut = w.cut[1:]
		w.s.prog.Layout.Unpack(w.slots, c.key)
		w.within(&hit{})
		w.state(w.armed, &hit{depth: w.s.depth + 1, state: store.NoID, from: c.from, to: c.key})
	}
}
