package graph

import (
	"slices"

	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/store"
)

// truths say of each state which of some predicates hold, and which have no
// value.
type truths struct {
	stride int // words for each state
	words  []uint64
	fails  map[uint32][]uint64 // of the few states where some have none
}

func newTruths(preds int) truths {
	return truths{stride: (preds + 63) / 64, fails: map[uint32][]uint64{}}
}

// Truths says of n predicates of Options.Preds, from the one with number at
// on and at most 64, which hold in a state and which have no value there.
func (g *Graph) Truths(id uint32, at, n int) (holds, fails uint64) {
	if n == 0 {
		return 0, 0
	}
	t := &g.truths
	holds = bits(t.words[int(id)*t.stride:][:t.stride], at, n)
	if len(t.fails) > 0 {
		if f := t.fails[id]; f != nil {
			fails = bits(f, at, n)
		}
	}
	return holds, fails
}

func bits(words []uint64, at, n int) uint64 {
	w := words[at/64] >> (at % 64)
	if end := at + n; at%64 > 0 && (end-1)/64 > at/64 {
		w |= words[at/64+1] << (64 - at%64)
	}
	return w & (1<<n - 1)
}

// mostAlarms is how many alarms a Stepper takes.
const mostAlarms = 64

// watch has a Stepper find out about new states: first where a predicate is
// true, then where it is false, which is both where it has no value, then
// where a bound is not kept.
func (g *Graph) watch(opt Options) program.Watch {
	var w program.Watch
	n := quick(opt)
	for _, when := range []bool{true, false} {
		for _, p := range opt.Preds[:n] {
			w.States = append(w.States, program.Alarm{Pred: p, When: when})
		}
	}
	for _, p := range opt.Bounds[:min(len(opt.Bounds), mostAlarms)] {
		w.States = append(w.States, program.Alarm{Pred: p})
	}
	return w
}

// quick is how many predicates a Stepper evaluates. A Machine does the others.
func quick(opt Options) int {
	return min(len(opt.Preds), max(0, mostAlarms-len(opt.Bounds))/2)
}

// admit finds out about the states that are new.
func (b *builder) admit() {
	g, words := b.g, b.g.prog.Layout.Words
	first, end := len(g.rows), g.states.Len()
	if first == end {
		return
	}
	g.rows = append(g.rows, make([]row, end-first)...)
	if len(b.opt.Preds)+len(b.opt.Bounds) == 0 {
		return
	}
	g.truths.words = append(g.truths.words, make([]uint64, (end-first)*g.truths.stride)...)
	b.keys = slices.Grow(b.keys[:0], (end-first)*words)[:(end-first)*words]
	g.states.Keys(store.ID(first), store.ID(end), b.keys)
	b.gone = slices.Grow(b.gone[:0], end-first)[:end-first]
	b.step.Examine(b.keys, b.gone)
	for i, gone := range b.gone {
		b.judge(uint32(first+i), gone, b.keys[i*words:][:words])
	}
}

// judge notes what the alarms that went off say of a state.
func (b *builder) judge(id uint32, gone uint64, key []uint64) {
	t, n := &b.g.truths, quick(b.opt)
	if len(b.opt.Preds) > 0 {
		mask := uint64(1)<<n - 1
		holds, no := gone&mask, gone>>n&mask
		t.words[int(id)*t.stride] = holds &^ no
		if bad := holds & no; bad != 0 {
			b.fails(id)[0] = bad
		}
		for i := n; i < len(b.opt.Preds); i++ {
			b.test(id, i, key)
		}
	}
	if gone>>(2*n) != 0 || len(b.opt.Bounds) > mostAlarms {
		b.bound(id, key)
	}
}

func (b *builder) fails(id uint32) []uint64 {
	t := &b.g.truths
	if t.fails[id] == nil {
		t.fails[id] = make([]uint64, t.stride)
	}
	return t.fails[id]
}

// test evaluates one predicate more.
func (b *builder) test(id uint32, i int, key []uint64) {
	t := &b.g.truths
	b.g.prog.Layout.Unpack(b.slots, key)
	switch ok, failure := b.m.Test(b.opt.Preds[i], b.slots, nil); {
	case failure != nil:
		b.fails(id)[i/64] |= 1 << (i % 64)
	case ok:
		t.words[int(id)*t.stride+i/64] |= 1 << (i % 64)
	}
}

// bound leaves a state open that is outside the bounds; one whose bound has no
// value is outside too.
func (b *builder) bound(id uint32, key []uint64) {
	b.g.prog.Layout.Unpack(b.slots, key)
	for i, p := range b.opt.Bounds {
		ok, failure := b.m.Test(p, b.slots, nil)
		if ok {
			continue
		}
		if failure == nil {
			b.g.CutBy[i] = true
			b.g.Cuts++
		}
		b.shut(id)
		return
	}
}
