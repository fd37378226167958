package graph

import (
	"slices"

	"github.com/spec-lang/spec/mc/word"
)

// States numbers the states of a graph: 0, 1, 2 and so on, in the order in
// which they come up.
type States interface {
	// Insert returns the number of a state, and whether it is new.
	Insert(key []uint64) (id uint32, fresh bool)
	// Key writes the key of state id.
	Key(id uint32, key []uint64)
	// Bytes is how much memory the states take.
	Bytes() uint64
}

// Table is a States that keeps every key as it is, in open addressing.
type Table struct {
	words int
	keys  []uint64
	slots []uint32 // number plus 1, 0 where empty; a power of two
}

// NewTable returns an empty Table of keys of so many words.
func NewTable(words int) *Table { return &Table{words: words, slots: make([]uint32, 1024)} }

// Insert returns the number of a state, and whether it is new.
func (t *Table) Insert(key []uint64) (id uint32, fresh bool) {
	n := len(t.keys) / t.words
	if 4*n >= 3*len(t.slots) {
		t.grow()
	}
	at := t.find(key)
	if t.slots[at] != 0 {
		return t.slots[at] - 1, false
	}
	t.keys = append(t.keys, key...)
	t.slots[at] = uint32(n) + 1
	return uint32(n), true
}

// find returns the slot of a key, or the empty one where it belongs.
func (t *Table) find(key []uint64) uint64 {
	mask := uint64(len(t.slots) - 1)
	at := word.Hash(key) & mask
	for t.slots[at] != 0 && !slices.Equal(key, t.key(t.slots[at]-1)) {
		at = (at + 1) & mask
	}
	return at
}

func (t *Table) grow() {
	old := t.slots
	t.slots = make([]uint32, 2*len(old))
	for _, s := range old {
		if s != 0 {
			t.slots[t.find(t.key(s-1))] = s
		}
	}
}

func (t *Table) key(id uint32) []uint64 {
	return t.keys[int(id)*t.words : (int(id)+1)*t.words]
}

// Key writes the key of state id.
func (t *Table) Key(id uint32, key []uint64) { copy(key, t.key(id)) }

// Bytes is how much memory the states take.
func (t *Table) Bytes() uint64 { return uint64(cap(t.keys))*8 + uint64(cap(t.slots))*4 }
