package store

import (
	"sync/atomic"

	"github.com/spec-lang/spec/mc/word"
)

const (
	// mostWords is how long keys may be that are kept as rows.
	mostWords = 4
	// metBits is the size of a writer's memory of rows that it met lately.
	metBits = 11
	// rowMemory is how many bytes rows may take if memory has no limit.
	rowMemory = 1 << 30
)

// rows reports whether states are rows of several words.
func (t *Exact) rows() bool { return t.states.arena.words > 1 }

// crowded reports whether rows would take more than their part of the memory,
// a third, if there were n more.
func (t *Exact) crowded(n uint64) bool {
	if !t.rows() || t.stay {
		return false
	}
	most := uint64(rowMemory)
	if limit := t.limit.Load(); limit > 0 {
		most = limit / 3
	}
	p := t.states
	p.mu.Lock()
	defer p.mu.Unlock()
	return (uint64(p.next)+n)*uint64(p.arena.words)*8+4*p.sizeFor(n) > most
}

// plant turns rows into a tree; states keep their numbers. Both are there for a
// while, and if there is no room for both, rows stay: the tree is then the
// larger of the two. Nobody may be inserting.
func (t *Exact) plant() {
	states, rests := t.states, t.rests(0)
	tree := &Exact{units: t.units, nodes: t.nodes, covers: t.covers, root: t.root, spill: t.spill}
	index, rows := states.bytes()
	limit := t.limit.Load()
	if limit > 0 && index+rows >= limit {
		t.stay = true
		return
	}
	if limit > 0 {
		limit -= index + rows
	}
	tree.limit.Store(limit)
	tree.states, tree.inner = t.newStates(1), t.newInner()
	tree.states.next = states.next
	if tree.takeRows(states, rests) != nil {
		t.stay = true
		return
	}
	t.states, t.inner = tree.states, tree.inner
	t.states.holes = states.holes
	for i, p := range t.inner {
		p.holes = tree.rests(i)
	}
	for _, w := range t.writers {
		w.plant()
	}
}

// takeRows folds rows under the numbers that they have.
func (t *Exact) takeRows(states *records, rests []block) error {
	t.NewWriter()
	w := t.writers[0]
	for id := range states.next {
		if id%portion == 0 {
			if err := t.growInner(); err != nil {
				return err
			}
		}
		if err := t.states.arena.reach(id); err != nil {
			return err
		}
		if unused(id, rests) {
			continue
		}
		pair, err := w.fold(states.arena.row(id))
		if err != nil {
			return err
		}
		*t.states.arena.at(id) = pair
	}
	if err := t.afford(t.states, 0); err != nil {
		return err
	}
	t.states.grow(0, rests, 1)
	return nil
}

// growInner makes room for what a portion of keys adds below the root.
func (t *Exact) growInner() error {
	for i, p := range t.inner {
		if n := t.need(); !p.room(n) {
			if err := t.afford(p, n); err != nil {
				return err
			}
			p.grow(n, t.rests(i), 1)
		}
	}
	return nil
}

// newMet returns a memory of rows. No place may seem to hold the row of zeros,
// which is a row like any other.
func newMet(words int) []uint64 {
	met := make([]uint64, words<<metBits)
	met[int(word.Hash(make([]uint64, words))>>(64-metBits))*words] = 1
	return met
}

// insertRows adds keys under the lock.
func (w *exactWriter) insertRows(keys []uint64, base int, fresh []Fresh) ([]Fresh, error) {
	words := w.t.words()
	for at, i := 0, 0; at < len(keys); at, i = at+words, i+1 {
		key := keys[at : at+words]
		hash := word.Hash(key)
		met := w.met[int(hash>>(64-metBits))*words:][:words]
		if same(met, key) {
			continue
		}
		copy(met, key)
		if w.wait = append(w.wait, waiting{index: i, hash: hash}); len(w.wait) == group {
			var err error
			if fresh, err = w.settleRows(keys, base, fresh); err != nil {
				return fresh, err
			}
		}
	}
	return w.settleRows(keys, base, fresh)
}

// settleRows looks the waiting rows up.
func (w *exactWriter) settleRows(keys []uint64, base int, fresh []Fresh) ([]Fresh, error) {
	w.askRows()
	defer func() { w.wait = w.wait[:0] }()
	words := w.t.words()
	for i := range w.wait {
		x := &w.wait[i]
		id, isNew, err := w.t.states.insertRow(&w.states, w.size, keys[x.index*words:][:words], x.hash, x.at)
		if err != nil {
			return fresh, err
		}
		if isNew {
			fresh = append(fresh, Fresh{base + x.index, ID(id)})
		}
	}
	return fresh, nil
}

// askRows asks for all that the waiting rows need, as settle does.
func (w *exactWriter) askRows() {
	p, sum := w.t.states, uint64(0)
	for i := range w.wait {
		sum += uint64(atomic.LoadUint32(&p.table[uint32(w.wait[i].hash)&p.mask]))
	}
	for i := range w.wait {
		x := &w.wait[i]
		if x.at, x.entry = p.candidate(uint32(x.hash), x.hash); x.entry != 0 {
			sum += p.arena.rest(x.entry&p.mask - 1)[0]
		}
	}
	w.sink = sum
}

// numberRows is number for rows.
func (w *exactWriter) numberRows(keys []uint64, ids []ID) error {
	words := w.t.words()
	defer func() { w.wait = w.wait[:0] }()
	for at := 0; at < len(ids); at += group {
		w.wait = w.wait[:0]
		for i := at; i < min(at+group, len(ids)); i++ {
			w.wait = append(w.wait, waiting{index: i, hash: word.Hash(keys[i*words : (i+1)*words])})
		}
		w.askRows()
		for _, x := range w.wait {
			id, _, err := w.t.states.insertRow(&w.states, w.size, keys[x.index*words:][:words], x.hash, x.at)
			if err != nil {
				return err
			}
			ids[x.index] = ID(id)
		}
	}
	return nil
}
