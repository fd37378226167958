package simulate

import (
	"math/rand/v2"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/program"
)

// walker takes one run after the other. Each goroutine has one of its own.
type walker struct {
	p     *plan
	m     *program.Machine
	pcg   *rand.PCG
	rng   *rand.Rand
	sched schedule
	add   func(*program.Machine) // the method value, made once

	next  outcomes
	key   []uint64 // of the state that the run is in
	slots []uint64 // of that state
	old   []uint64 // of the one before
	first bool     // end a run at the first violation

	// Of the run:
	choices []int  // number of the outcome, of each step
	seen    []int  // by target: the step where it was decided, or -1
	matter  []bool // by part
	steps   int

	tally     *tally
	places    *sketch
	instances map[uint64]int // hash of an instance to its action
	hashes    *slotHasher
}

func newWalker(p *plan) *walker {
	pcg, n := rand.NewPCG(0, 0), len(p.prog.Layout.Slots)+1
	w := &walker{p: p, m: p.prog.NewMachine(), pcg: pcg, rng: rand.New(pcg), sched: p.opt.schedule(),
		next: outcomes{words: p.prog.Layout.Words}, key: make([]uint64, p.prog.Layout.Words),
		slots: make([]uint64, n), old: make([]uint64, n),
		seen: make([]int, len(p.targets)), matter: make([]bool, len(p.parts)), tally: newTally(p),
		places: &sketch{}, instances: map[uint64]int{}, hashes: newSlotHasher(p.prog.Layout)}
	w.add = func(m *program.Machine) { w.next.add(p, m) }
	return w
}

// take takes run number i and counts it.
func (w *walker) take(i int) {
	w.pcg.Seed(w.p.opt.Seed, mix(uint64(i)))
	w.sched.begin(w.rng)
	w.choices, w.steps = w.choices[:0], 0
	for n := range w.seen {
		w.seen[n] = -1
	}
	clear(w.matter)
	end := w.walk()
	w.tally.count(i, w, end)
}

// walk goes on until the run ends, and says why it does.
func (w *walker) walk() evidence.RunEnd {
	from := &w.p.initial
	c := w.rng.IntN(len(from.list))
	for {
		w.choices = append(w.choices, c)
		if end, over := w.arrive(from, c); over {
			return end
		}
		if w.steps == w.p.opt.Depth {
			return evidence.EndDepth
		}
		w.next.reset()
		w.m.Successors(w.key, w.add)
		if w.next.empty() {
			return w.stuck()
		}
		from = &w.next
		w.possible(from.list)
		w.steps++
		c = w.sched.choose(w.rng, w.steps, from.list)
	}
}

// possible counts the actions that are possible.
func (w *walker) possible(list []outcome) {
	for i, o := range list {
		if i == 0 || o.action != list[i-1].action {
			w.tally.enabled[o.action]++
		}
	}
}

// arrive takes an outcome and looks at the state that it leads to.
func (w *walker) arrive(from *outcomes, c int) (end evidence.RunEnd, over bool) {
	o := from.list[c]
	switch o.fails {
	case failsAssertion:
		w.hit(w.p.builtIn(assertion))
		return evidence.EndFailure, true
	case failsEvaluation:
		w.hit(w.p.builtIn(evaluation))
		return evidence.EndFailure, true
	}
	if o.action >= 0 {
		w.tally.taken[o.action]++
		w.instances[o.instance] = o.action
		w.slots, w.old = w.old, w.slots
	}
	same := o.action >= 0 && slices.Equal(w.key, from.key(c))
	copy(w.key, from.key(c))
	w.p.prog.Layout.Unpack(w.slots, w.key)
	if !same {
		w.places.add(w.hashes.hash(w.key, w.slots))
	}
	if !w.look(same, o.action >= 0) {
		return evidence.EndFailure, true
	}
	if w.first && w.violated() {
		return evidence.EndFailure, true
	}
	return w.bounded()
}

// look tests the properties at the step that was taken, those of states only
// if the state is another one. It reports false if some formula has no value.
func (w *walker) look(same, stepped bool) bool {
	for i := range w.p.targets[:w.p.builtIn(0)] {
		t := &w.p.targets[i]
		old, due := w.due(t.prop.Kind, same, stepped)
		if !due || w.seen[i] >= 0 {
			continue
		}
		ok, failure := w.m.Test(t.test, w.slots, old)
		if failure != nil {
			w.hit(w.p.builtIn(evaluation))
			return false
		}
		if ok == (t.prop.Kind == ir.Witness) {
			w.hit(i)
		}
	}
	for i := range w.p.parts {
		q := &w.p.parts[i]
		old, due := w.due(q.prop.Kind, same, stepped)
		if due && !w.matter[i] {
			ok, failure := w.m.Test(q.test, w.slots, old)
			w.matter[i] = ok || failure != nil
		}
	}
	return true
}

// due reports whether properties of a kind are to be tested, and with which
// state before the step.
func (w *walker) due(k ir.PropKind, same, stepped bool) (old []uint64, due bool) {
	if k == ir.Step {
		return w.old, stepped
	}
	return nil, !same
}

// bounded ends a run that left the bounds of the model.
func (w *walker) bounded() (end evidence.RunEnd, over bool) {
	for i, b := range w.p.bounds {
		ok, failure := w.m.Test(b, w.slots, nil)
		if failure != nil {
			w.hit(w.p.builtIn(evaluation))
			return evidence.EndFailure, true
		}
		if !ok {
			w.tally.cutBy[i] = true
			return evidence.EndBound, true
		}
	}
	return 0, false
}

// stuck looks at a state without successors.
func (w *walker) stuck() evidence.RunEnd {
	if w.p.stop != nil {
		ok, failure := w.m.Test(w.p.stop, w.slots, nil)
		switch {
		case failure != nil:
			w.hit(w.p.builtIn(evaluation))
			return evidence.EndFailure
		case ok:
			return evidence.EndTerminal
		}
	}
	w.hit(w.p.builtIn(deadlock))
	return evidence.EndDeadlock
}

// hit notes that the last step decides a target, the first time in a run.
func (w *walker) hit(i int) {
	if w.seen[i] < 0 {
		w.seen[i] = len(w.choices) - 1
	}
}

// violated reports whether the run has shown a violation.
func (w *walker) violated() bool {
	for i, s := range w.seen {
		if s >= 0 && w.p.targets[i].prop.Kind != ir.Witness {
			return true
		}
	}
	return false
}
