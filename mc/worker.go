package mc

import (
	"slices"
	"sync/atomic"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/store"
)

// worker computes successors of the frontier.
type worker struct {
	s *search
	m *program.Machine

	// Successors wait here until there are some dozens, so that the store can
	// be read ahead.
	keys   []uint64 // one after the other
	hashes []uint64
	vias   []store.Via
	slots  []uint64 // of the successor that is looked at
	sink   uint32

	place    int // of the state whose successors are computed
	outcomes int // of it so far
	enabled  int // the action that is known to be possible in it, -1 for none

	hits      []hits // by target
	states    []watched
	steps     []watched
	vacuous   []*vacuity // not seen yet
	generated atomic.Uint64
	count     [2]uint64 // what is not yet in the atomic counters
	cuts      uint64
	cutBy     []bool
	taken     []uint64 // by action
	possible  []uint64 // by action: states in which it was
	from      []uint64 // key
}

// hits are the places of one level that decide a target. Which of the stored
// states comes first is known only when the level is complete.
type hits struct {
	best   *hit
	stored []storedHit
}

type storedHit struct {
	ref store.Ref
	hit
}

// watched is a target with its place in goal.all.
type watched struct {
	index int
	*target
}

func newWorker(s *search) *worker {
	n := len(s.sys.Actions)
	w := &worker{s: s, m: s.prog.NewMachine(), slots: make([]uint64, len(s.prog.Layout.Slots)+1), from: make([]uint64, s.prog.Layout.Words),
		hits: make([]hits, len(s.goal.all())), taken: make([]uint64, n), possible: make([]uint64, n), cutBy: make([]bool, len(s.goal.bounds))}
	w.prepare()
	return w
}

// prepare lists what is still to be looked for.
func (w *worker) prepare() {
	w.states, w.steps, w.vacuous = w.states[:0], w.steps[:0], w.vacuous[:0]
	for i, t := range w.s.goal.targets {
		switch {
		case t.hit != nil:
		case t.prop.Kind == ir.Step:
			w.steps = append(w.steps, watched{i, t})
		default:
			w.states = append(w.states, watched{i, t})
		}
	}
	for _, v := range w.s.goal.vacuous {
		if !v.seen.Load() {
			w.vacuous = append(w.vacuous, v)
		}
	}
}

func (w *worker) initial() {
	w.place, w.outcomes = 0, 0
	w.m.Initial(w.outcome)
	w.insert()
	w.flush()
}

// work computes successors until the frontier is empty or the search halts.
func (w *worker) work() {
	w.prepare()
	for !w.s.halt.Load() {
		lo, hi := w.s.claim()
		if lo >= hi {
			break
		}
		for place := lo; place < hi && !w.s.halt.Load(); place++ {
			w.expand(place)
			if len(w.vias) >= ahead {
				w.insert()
			}
		}
		w.insert()
		w.flush()
		w.s.look()
	}
}

// Indices of worker.count.
const (
	generated = iota
	distinct
)

// flush makes the counts known to others.
func (w *worker) flush() {
	w.generated.Add(w.count[generated])
	w.s.distinct.Add(w.count[distinct])
	w.count = [2]uint64{}
}

func (w *worker) expand(place int) {
	w.place, w.outcomes, w.enabled = place, 0, -1
	w.s.store.Key(w.s.frontier[place], w.from)
	w.m.Successors(w.from, w.outcome)
	if w.outcomes == 0 {
		w.stuck()
	}
}

// stuck looks at a state without successors.
func (w *worker) stuck() {
	via := store.MakeVia(uint64(w.place), 0, -1)
	if t := w.s.goal.terminal; t != nil {
		ok, failure := w.m.Test(t, w.m.From(), nil)
		if failure != nil {
			w.failed(hit{via: via, deadlock: true, failure: failure, expr: t.Expr})
			return
		}
		if ok {
			return
		}
	}
	w.hit(len(w.s.goal.targets), hit{via: via, deadlock: true})
}

// outcome takes one outcome of the Machine.
func (w *worker) outcome(m *program.Machine) {
	a := m.Action()
	via := store.MakeVia(uint64(w.place), w.outcomes, a)
	if w.outcomes++; w.outcomes == store.MaxOutcomes {
		w.s.stop("a state has more outcomes than can be told apart")
	}
	if a >= 0 && a != w.enabled {
		w.enabled = a
		w.possible[a]++
	}
	if f := m.Failure(); f != nil {
		w.failed(hit{via: via, failure: f})
		return
	}
	w.count[generated]++
	if a >= 0 {
		w.taken[a]++
		w.step(via)
	}
	n := len(w.keys)
	w.keys = append(w.keys, w.from...)
	key := w.keys[n:]
	w.s.prog.Layout.Pack(key, m.State())
	if a >= 0 && slices.Equal(key, w.from) {
		w.keys = w.keys[:n] // a step to the same state needs no look-up
		return
	}
	w.hashes = append(w.hashes, store.Hash(key))
	w.vias = append(w.vias, via)
}

// ahead is how many successors wait for the store at least.
const ahead = 48

// insert stores the successors that wait.
func (w *worker) insert() {
	w.sink += w.s.store.Fetch(w.hashes)
	size, bounded := len(w.from), len(w.s.goal.bounds) > 0
	for i, via := range w.vias {
		key, hash := w.keys[i*size:(i+1)*size], w.hashes[i]
		if bounded && (w.s.store.Has(key, hash, via) || !w.within(key, via)) {
			continue
		}
		ref, fresh := w.s.store.Insert(key, hash, via)
		if !fresh {
			continue
		}
		w.count[distinct]++
		if len(w.states)+len(w.vacuous) > 0 {
			w.s.prog.Layout.Unpack(w.slots, key)
			w.state(via, &ref)
		}
	}
	w.keys, w.hashes, w.vias = w.keys[:0], w.hashes[:0], w.vias[:0]
}

// within reports whether a state is within the bounds; one that is not is
// looked at now, since it will not be stored.
func (w *worker) within(key []uint64, via store.Via) bool {
	w.s.prog.Layout.Unpack(w.slots, key)
	for i, b := range w.s.goal.bounds {
		ok, failure := w.m.Test(b, w.slots, nil)
		if failure != nil {
			w.failed(hit{via: via, failure: failure, expr: b.Expr})
			continue
		}
		if !ok {
			w.cuts++
			w.cutBy[i] = true
			w.state(via, nil)
			return false
		}
	}
	return true
}

// step looks at a transition.
func (w *worker) step(via store.Via) {
	if len(w.steps) == 0 {
		return
	}
	for i := range w.steps {
		w.test(&w.steps[i], w.m.State(), w.m.From(), via, nil)
	}
	w.matter(ir.Step, w.m.State(), w.m.From())
}

// state looks at the new state in w.slots; ref is nil if it is not stored.
func (w *worker) state(via store.Via, ref *store.Ref) {
	for i := range w.states {
		w.test(&w.states[i], w.slots, nil, via, ref)
	}
	if len(w.vacuous) > 0 {
		w.matter(ir.Invariant, w.slots, nil)
	}
}

func (w *worker) test(t *watched, slots, old []uint64, via store.Via, ref *store.Ref) {
	ok, failure := w.m.Test(t.test, slots, old)
	switch {
	case failure != nil:
		t.broken.Store(true)
		w.note(w.failedIndex(failure), hit{via: via, failure: failure, expr: t.prop.Formula}, ref)
	case ok == t.wanted():
		w.note(t.index, hit{via: via}, ref)
	}
}

// matter looks which parts of properties of a kind matter here.
func (w *worker) matter(kind ir.PropKind, slots, old []uint64) {
	kept := w.vacuous[:0]
	for _, v := range w.vacuous {
		if v.prop.Kind == kind {
			if ok, failure := w.m.Test(v.test, slots, old); ok || failure != nil {
				v.seen.Store(true)
				continue
			}
		}
		kept = append(kept, v)
	}
	w.vacuous = kept
}

// hit notes that a transition decides target i.
func (w *worker) hit(i int, h hit) {
	if best := w.hits[i].best; best == nil || h.via < best.via {
		w.hits[i].best = &h
	}
}

// note notes a hit at a state. If it is stored, which transition leads to it
// first is known only when the level is complete.
func (w *worker) note(i int, h hit, ref *store.Ref) {
	if ref == nil {
		w.hit(i, h)
		return
	}
	w.hits[i].stored = append(w.hits[i].stored, storedHit{*ref, h})
}

// failed notes a failure.
func (w *worker) failed(h hit) { w.hit(w.failedIndex(h.failure), h) }

// failedIndex is the target that a failure violates.
func (w *worker) failedIndex(f *program.Failure) int {
	if f.Kind == eval.AssertFailed {
		return len(w.s.goal.targets) + 1
	}
	return len(w.s.goal.targets) + 2
}

// settle turns the stored states that decide target i into hits; the level is
// complete.
func (w *worker) settle(i int) {
	for _, st := range w.hits[i].stored {
		st.via = w.s.store.Via(st.ref)
		w.hit(i, st.hit)
	}
	w.hits[i].stored = nil
}
