// Package store keeps the states of a search.
//
// A state is a key: a fixed number of 64-bit words of which the lowest bits
// matter. Three stores share one interface:
//
//   - Exact keeps every key. Keys of two to four words are rows of a table at
//     first, which takes one look-up for each. Once rows take a third of the
//     memory, and for longer keys from the beginning, a key is cut into 32-bit
//     units, and a binary tree of sets of pairs folds them: each pair of
//     numbers has a number of its own, and a
//     state is the pair at the root. Parts that many states have in common are
//     stored once; a state costs the 8 bytes of its root and an index entry of
//     4 bytes. After Laarman, van de Pol and Weber, "Parallel recursive state
//     compression for free", SPIN 2011, with dense numbers instead of
//     positions, so that tables can grow.
//   - Fingerprints keep 64 bits of a hash; two states may be taken for one.
//   - Bitstate keeps a few bits in a field of fixed size; many may be.
//
// The last two hold keys only of the states whose turn is still to come.
//
// Workers insert through Writers of their own, many keys at a time, because a
// store larger than the cache is bound by waiting for memory: a Writer asks
// for everything that a group of keys needs before it looks at any of it.
package store

import "math"

// ID names a stored state.
type ID uint32

// NoID is no state.
const NoID ID = math.MaxUint32

// Capacity is how many states a store can name.
const Capacity = 3 << 29

// Fresh is a key of an Insert that was not stored before.
type Fresh struct {
	Index int // of the key in the call
	ID    ID
}

// Store is a set of states.
type Store interface {
	// NewWriter returns a Writer for one goroutine. Call it from one goroutine
	// at a time, and not while others insert.
	NewWriter() Writer
	// Key writes the key of a state. It may be called while others insert.
	Key(id ID, key []uint64)
	// Keys writes the keys of the states from one number up to another, not
	// including it, one after the other. It may be called while others insert.
	Keys(from, to ID, keys []uint64)
	// Forget says that the keys of all states before the given Mark are not
	// needed any more.
	Forget(m Mark)
	// Mark is where the store stands now; nobody may be inserting.
	Mark() Mark
	// Bytes is how much memory the store takes. It may be called while others
	// insert.
	Bytes() uint64
	// Figures describes the store in numbers.
	Figures() Figures
}

// Writer inserts states.
type Writer interface {
	// Insert adds the keys that stand one after the other, and appends those
	// that are new to fresh, in order. It fails if the store cannot grow.
	Insert(keys []uint64, fresh []Fresh) ([]Fresh, error)
}

// Mark is a moment in the life of a store.
type Mark uint64

// Figures describe a store.
type Figures struct {
	Slots  uint64 // of the index
	Index  uint64 // bytes of the index
	Keys   uint64 // bytes of the keys
	Shared uint64 // bytes of parts that keys have in common
}
