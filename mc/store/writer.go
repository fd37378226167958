package store

import (
	"fmt"
	"sync/atomic"
)

const (
	// portion is how many keys are inserted under one lock, group how many are
	// looked up together.
	portion = 1 << 10
	group   = 32
	// recentBits and nodeBits are the sizes of a writer's memories of what it
	// met lately: they fit into the cache, where the store does not.
	recentBits = 14
	nodeBits   = 12
)

// exactWriter inserts into an Exact store.
type exactWriter struct {
	t      *Exact
	size   uint32 // of the blocks that it takes
	states block
	inner  []block

	values []uint32 // of the last key: units, then nodes
	begun  bool     // there is a last key
	nodes  []memory
	recent []uint64 // pairs at the root
	met    []uint64 // rows, while states are rows
	wait   []waiting
	sink   uint64
}

// memory is what a writer met lately at a node: pairs and their numbers.
type memory struct {
	pairs []uint64
	ids   []uint32
}

// waiting is a key whose pair at the root is to be looked up.
type waiting struct {
	index      int
	pair, hash uint64
	at, entry  uint32
}

// NewWriter returns a Writer.
func (t *Exact) NewWriter() Writer {
	w := &exactWriter{t: t, size: 64, wait: make([]waiting, 0, group)}
	if t.rows() {
		w.met = newMet(t.words())
	} else {
		w.plant()
	}
	t.writers = append(t.writers, w)
	return w
}

// plant makes a writer ready to fold keys.
func (w *exactWriter) plant() {
	t := w.t
	w.met, w.inner = nil, make([]block, len(t.nodes))
	w.values, w.recent = make([]uint32, t.units+len(t.nodes)), make([]uint64, 1<<recentBits)
	// No place may seem to hold pair 0, which is a pair like any other.
	w.recent[hashPair(0)>>(64-recentBits)] = 1
	for range t.nodes {
		m := memory{make([]uint64, 1<<nodeBits), make([]uint32, 1<<nodeBits)}
		m.pairs[hashPair(0)>>(64-nodeBits)] = 1
		w.nodes = append(w.nodes, m)
	}
}

// Insert adds keys.
func (w *exactWriter) Insert(keys []uint64, fresh []Fresh) ([]Fresh, error) {
	words := w.t.words()
	for at, n := 0, len(keys)/words; at < n; at += portion {
		end := min(at+portion, n)
		if err := w.t.enter(end - at); err != nil {
			return fresh, err
		}
		var err error
		if w.t.rows() {
			fresh, err = w.insertRows(keys[at*words:end*words], at, fresh)
		} else {
			fresh, err = w.insert(keys[at*words:end*words], words, at, fresh)
		}
		w.t.mu.RUnlock()
		if err != nil {
			return fresh, err
		}
	}
	return fresh, nil
}

// enter locks the store for an insertion of n keys, and lets it grow before
// if need be.
func (t *Exact) enter(n int) error {
	for {
		t.mu.RLock()
		need := t.need()
		if t.fits(need) {
			return nil
		}
		t.mu.RUnlock()
		if err := t.grow(need); err != nil {
			return err
		}
	}
}

// need is how many numbers all writers together may take before they look
// again.
func (t *Exact) need() uint64 {
	return uint64(len(t.writers)) * (portion + uint64(t.writers[0].size))
}

func (t *Exact) fits(n uint64) bool {
	if t.crowded(n) {
		return false
	}
	for _, p := range t.inner {
		if !p.room(n) {
			return false
		}
	}
	return t.states.room(n)
}

// FullError says that a store cannot grow within its limits.
type FullError struct{ Why string }

func (e *FullError) Error() string { return e.Why }

func (t *Exact) grow(n uint64) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.crowded(n) {
		t.plant()
	}
	for i := range len(t.inner) + 1 {
		p := t.states
		if i < len(t.inner) {
			p = t.inner[i]
		}
		if p.room(n) {
			continue
		}
		if err := t.afford(p, n); err != nil {
			return err
		}
		p.grow(n, t.rests(i), len(t.writers))
	}
	return nil
}

// afford refuses a table that is not within the limits. While it is filled,
// there is a list of its entries instead of the old one.
func (t *Exact) afford(p *records, n uint64) error {
	size := p.sizeFor(n)
	if size > 1<<31 {
		return &FullError{fmt.Sprintf("the store holds no more than %d states", Capacity)}
	}
	limit := t.limit.Load()
	if limit == 0 {
		return nil
	}
	total := 4*size + 8*uint64(p.next) - 4*uint64(len(p.table))
	for _, q := range append([]*records{t.states}, t.inner...) {
		index, arena := q.bytes()
		total += index + arena
	}
	if total > limit {
		return &FullError{fmt.Sprintf("the limit of %d bytes of memory", limit)}
	}
	return nil
}

// insert adds keys under the lock.
func (w *exactWriter) insert(keys []uint64, words, base int, fresh []Fresh) (_ []Fresh, err error) {
	for i := range len(keys) / words {
		pair := keys[i*words]
		if w.t.units > 2 {
			if pair, err = w.fold(keys[i*words : (i+1)*words]); err != nil {
				return fresh, err
			}
		}
		hash := hashPair(pair)
		if r := &w.recent[hash>>(64-recentBits)]; *r != pair {
			*r = pair
			w.wait = append(w.wait, waiting{index: base + i, pair: pair, hash: hash})
			if len(w.wait) == group {
				if fresh, err = w.settle(fresh); err != nil {
					return fresh, err
				}
			}
		}
	}
	return w.settle(fresh)
}

// fold returns the pair at the root for a key. Only what is different from the
// key before is looked at: the successors of a state have much in common.
func (w *exactWriter) fold(key []uint64) (uint64, error) {
	t, changed := w.t, w.changes(key)
	for j, node := range t.nodes {
		if changed&t.covers[j] == 0 {
			continue
		}
		pair := node.pair(w.values)
		hash := hashPair(pair)
		m, k := &w.nodes[j], hash>>(64-nodeBits)
		if m.pairs[k] != pair {
			id, _, err := t.inner[j].insert(&w.inner[j], w.size, pair, hash, uint32(hash))
			if err != nil {
				return 0, err
			}
			m.pairs[k], m.ids[k] = pair, id
		}
		w.values[t.units+j] = m.ids[k]
	}
	return t.root.pair(w.values), nil
}

// changes takes the units of a key and returns which are different from those
// of the key before: bit i for the units i, 64+i and so on.
func (w *exactWriter) changes(key []uint64) uint64 {
	changed := uint64(0)
	for i := range w.t.units {
		if v := unit(key, i); v != w.values[i] {
			w.values[i] = v
			changed |= 1 << (i % 64)
		}
	}
	if !w.begun {
		w.begun = true
		return ^uint64(0)
	}
	return changed
}

// settle looks the waiting keys up. The reads of the first two loops do not
// depend on each other, so that the processor waits for all of them at once.
func (w *exactWriter) settle(fresh []Fresh) ([]Fresh, error) {
	p := w.t.states
	table, mask := p.table, p.mask
	for i := range w.wait {
		x := &w.wait[i]
		x.entry = atomic.LoadUint32(&table[uint32(x.hash)&mask])
	}
	sum := uint64(0)
	for i := range w.wait {
		x := &w.wait[i]
		if x.at, x.entry = p.candidate(uint32(x.hash), x.hash); x.entry != 0 {
			sum += *p.arena.at(x.entry&mask - 1)
		}
	}
	w.sink = sum // keeps the reads from being optimised away
	for i := range w.wait {
		x := &w.wait[i]
		if x.entry != 0 && *p.arena.at(x.entry&mask - 1) == x.pair {
			continue
		}
		id, isNew, err := p.insert(&w.states, w.size, x.pair, x.hash, x.at)
		if err != nil {
			w.wait = w.wait[:0]
			return fresh, err
		}
		if isNew {
			fresh = append(fresh, Fresh{x.index, ID(id)})
		}
	}
	w.wait = w.wait[:0]
	return fresh, nil
}
