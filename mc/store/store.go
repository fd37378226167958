// Package store keeps the states of a breadth-first search, exactly.
//
// A state is a record of 32-bit words: its key, and the record it was first
// reached from. Records stand in an arena; an open-addressing table of 32-bit
// entries finds them. Both are split by hash into shards with a lock each, so
// that workers seldom meet. On top of the key a state costs 4 bytes for its
// parent and 4 bytes over the load of the table, which is 0.4 to 0.8.
//
// The search goes level by level. While a level is computed, the states that
// are new in it know their Via, the transition that leads to them; of several
// the least one wins, whichever worker comes first. Close turns this into
// parents and an order, so that neither depends on timing.
package store

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/spec-lang/spec/mc/word"
)

const (
	shardBits = 6
	shards    = 1 << shardBits
	indexBits = 32 - shardBits
	indexMask = 1<<indexBits - 1
	chunkBits = 10
	chunkLen  = 1 << chunkBits
)

// Ref names a stored state.
type Ref uint32

// NoRef is the parent of an initial state.
const NoRef Ref = 1<<32 - 1

// Capacity is how many states a Store can hold, with room to spare for uneven
// hashes.
const Capacity = 1 << 31

// Via is a transition of the level that is computed: the place of its source
// in the order of the level before, the number of the outcome there, and the
// action plus 1 (0 for the initial statements).
type Via uint64

const (
	actionBits  = 12
	outcomeBits = 22
)

// MaxOutcomes is how many outcomes one state may have, MaxActions how many
// actions there may be.
const (
	MaxOutcomes = 1 << outcomeBits
	MaxActions  = 1<<actionBits - 2
)

// MakeVia returns a Via; action is -1 for the initial statements.
func MakeVia(place uint64, outcome, action int) Via {
	return Via(place<<(actionBits+outcomeBits) | uint64(outcome)<<actionBits | uint64(action+1))
}

// Place returns the place of the source.
func (v Via) Place() int { return int(v >> (actionBits + outcomeBits)) }

// Outcome returns the number of the outcome.
func (v Via) Outcome() int { return int(v >> actionBits & (MaxOutcomes - 1)) }

// Action returns the index of the action.
func (v Via) Action() int { return int(v&(1<<actionBits-1)) - 1 }

// Store is a set of states. Insert, Has and Bytes may be called by several
// goroutines at once, Key too of states of closed levels; Close and Via by one
// alone.
type Store struct {
	words  int // of a key, 64-bit
	stride int // of a record, 32-bit
	shards [shards]shard
}

type shard struct {
	mu sync.Mutex
	// table has 1 + index in the low bits of an entry, some bits of the hash
	// above. Entries are written under the lock and read without it.
	table atomic.Pointer[[]uint32]
	count uint32
	limit uint32 // count at which the table grows
	level uint32 // index of the first state of the level
	fresh []Via  // of the states from level on
	// arena is replaced, never changed, so that Key needs no lock.
	arena atomic.Pointer[[][]uint32]
	_     [48]byte // keep the locks of neighbours off one cache line
}

// New returns an empty Store for keys of the given number of words, of which
// the lowest bits matter.
func New(words, bits int) *Store {
	return &Store{words: words, stride: (bits+31)/32 + 1}
}

// Hash returns the hash of a key, which the other methods want beside it.
func Hash(key []uint64) uint64 { return word.Hash(key) }

func (s *Store) shardOf(hash uint64) *shard { return &s.shards[hash%shards] }

// tag are the bits of a hash that stand in an entry.
func tag(hash uint64) uint32 { return uint32(hash>>(32+shardBits)) &^ indexMask }

// Fetch reads the places where states with the given hashes would be, so that
// they are in the cache when Find and Insert come to them: the processor waits
// for all of them at once instead of for one after the other. What it returns
// means nothing; it keeps the reads from being optimised away.
func (s *Store) Fetch(hashes []uint64) uint32 {
	sum := uint32(0)
	for _, h := range hashes {
		if t := s.shardOf(h).table.Load(); t != nil {
			sum += atomic.LoadUint32(&(*t)[h>>shardBits&uint64(len(*t)-1)])
		}
	}
	for _, h := range hashes {
		sh := s.shardOf(h)
		if t := sh.table.Load(); t != nil && s.stride > 1 {
			if e := candidate(*t, h); e != 0 {
				sum += sh.record(e&indexMask-1, s.stride)[0]
			}
		}
	}
	return sum
}

// candidate returns the first entry that may be for a hash, 0 for none.
func candidate(table []uint32, hash uint64) uint32 {
	mask, want := uint64(len(table)-1), tag(hash)
	for at := hash >> shardBits & mask; ; at = (at + 1) & mask {
		if e := atomic.LoadUint32(&table[at]); e == 0 || e&^indexMask == want {
			return e
		}
	}
}

// look returns the index of a state in a shard, or false and the place in the
// table where it is missing.
func (s *Store) look(sh *shard, table []uint32, key []uint64, hash uint64) (i uint32, ok bool, at uint64) {
	mask, want := uint64(len(table)-1), tag(hash)
	for at = hash >> shardBits & mask; ; at = (at + 1) & mask {
		e := atomic.LoadUint32(&table[at])
		if e == 0 {
			return 0, false, at
		}
		if e&^indexMask == want && s.same(sh.record(e&indexMask-1, s.stride), key) {
			return e&indexMask - 1, true, at
		}
	}
}

// Has reports whether a state is stored; if it is new in this level, via is
// noted.
func (s *Store) Has(key []uint64, hash uint64, via Via) bool {
	sh := s.shardOf(hash)
	t := sh.table.Load()
	if t == nil {
		return false
	}
	i, ok, _ := s.look(sh, *t, key, hash)
	if ok && i >= sh.level {
		sh.mu.Lock()
		sh.note(i, via)
		sh.mu.Unlock()
	}
	return ok
}

// note keeps the least transition to a state that is new in this level.
func (sh *shard) note(i uint32, via Via) {
	if via < sh.fresh[i-sh.level] {
		sh.fresh[i-sh.level] = via
	}
}

// Insert adds a state and reports whether it is new.
func (s *Store) Insert(key []uint64, hash uint64, via Via) (Ref, bool) {
	sh, n := s.shardOf(hash), uint32(hash%shards)
	if t := sh.table.Load(); t != nil {
		if i, ok, _ := s.look(sh, *t, key, hash); ok && i < sh.level {
			return Ref(i<<shardBits | n), false
		}
	}
	sh.mu.Lock()
	defer sh.mu.Unlock()
	if sh.count >= sh.limit {
		s.grow(sh)
	}
	table := *sh.table.Load()
	i, ok, at := s.look(sh, table, key, hash)
	if ok {
		if i >= sh.level {
			sh.note(i, via)
		}
		return Ref(i<<shardBits | n), false
	}
	i = sh.count
	sh.count++
	sh.fresh = append(sh.fresh, via)
	s.write(sh, i, key)
	atomic.StoreUint32(&table[at], (i+1)|tag(hash))
	return Ref(i<<shardBits | n), true
}

func (sh *shard) record(i uint32, stride int) []uint32 {
	c := (*sh.arena.Load())[i>>chunkBits]
	at := int(i%chunkLen) * stride
	return c[at : at+stride : at+stride]
}

func (s *Store) same(rec []uint32, key []uint64) bool {
	switch s.stride {
	case 1:
		return true
	case 2:
		return rec[0] == uint32(key[0])
	case 3:
		return uint64(rec[0])|uint64(rec[1])<<32 == key[0]
	}
	for i := range s.stride - 1 {
		if rec[i] != uint32(key[i/2]>>(i%2*32)) {
			return false
		}
	}
	return true
}

func (s *Store) write(sh *shard, i uint32, key []uint64) {
	if i%chunkLen == 0 {
		var chunks [][]uint32
		if old := sh.arena.Load(); old != nil {
			chunks = *old
		}
		chunks = append(chunks, make([]uint32, chunkLen*s.stride))
		sh.arena.Store(&chunks)
	}
	rec := sh.record(i, s.stride)
	for j := range s.stride - 1 {
		rec[j] = uint32(key[j/2] >> (j % 2 * 32))
	}
}

// grow doubles the table. Readers of the old one miss at most what is new.
func (s *Store) grow(sh *shard) {
	size := 16
	if old := sh.table.Load(); old != nil {
		size = 2 * len(*old)
	}
	table := make([]uint32, size)
	sh.limit = uint32(size / 5 * 4)
	mask := uint64(size - 1)
	key := make([]uint64, s.words)
	for i := range sh.count {
		s.read(sh.record(i, s.stride), key)
		h := Hash(key)
		at := h >> shardBits & mask
		for table[at] != 0 {
			at = (at + 1) & mask
		}
		table[at] = (i + 1) | tag(h)
	}
	sh.table.Store(&table)
}

func (s *Store) read(rec []uint32, key []uint64) {
	clear(key)
	for j := range s.stride - 1 {
		key[j/2] |= uint64(rec[j]) << (j % 2 * 32)
	}
}

// Key writes the key of a state.
func (s *Store) Key(r Ref, key []uint64) {
	s.read(s.shards[r%shards].record(uint32(r)>>shardBits, s.stride), key)
}

// Parent returns where a state of an earlier level was first reached from.
func (s *Store) Parent(r Ref) Ref {
	return Ref(s.shards[r%shards].record(uint32(r)>>shardBits, s.stride)[s.stride-1])
}

// Via returns the least transition so far to a state that is new in this
// level.
func (s *Store) Via(r Ref) Via {
	sh := &s.shards[r%shards]
	return sh.fresh[uint32(r)>>shardBits-sh.level]
}

// Close ends a level: it returns the states that are new in it, in the order
// of the transitions to them, and calls note for each transition. from are the
// states of the level before, nil for initial states.
func (s *Store) Close(from []Ref, note func(Via)) []Ref {
	n := 0
	for i := range s.shards {
		n += len(s.shards[i].fresh)
	}
	starts := make([]uint32, len(from)+2)
	for i := range s.shards {
		for _, v := range s.shards[i].fresh {
			starts[v.Place()+1]++
		}
	}
	for i := 1; i < len(starts); i++ {
		starts[i] += starts[i-1]
	}
	order := make([]Ref, n)
	for i := range s.shards {
		sh := &s.shards[i]
		for j, v := range sh.fresh {
			note(v)
			p := v.Place()
			order[starts[p]] = Ref((sh.level+uint32(j))<<shardBits | uint32(i))
			starts[p]++
		}
	}
	s.settle(order, from)
	for i := range s.shards {
		sh := &s.shards[i]
		sh.level += uint32(len(sh.fresh))
		sh.fresh = sh.fresh[:0]
	}
	return order
}

// settle puts the states of each source in order and notes their parents.
func (s *Store) settle(order, from []Ref) {
	for i := 0; i < len(order); {
		place := s.Via(order[i]).Place()
		j := i + 1
		for j < len(order) && s.Via(order[j]).Place() == place {
			j++
		}
		if j-i > 1 {
			slices.SortFunc(order[i:j], func(a, b Ref) int {
				if s.Via(a) < s.Via(b) {
					return -1
				}
				return 1
			})
		}
		parent := NoRef
		if from != nil {
			parent = from[place]
		}
		for _, r := range order[i:j] {
			s.shards[r%shards].record(uint32(r)>>shardBits, s.stride)[s.stride-1] = uint32(parent)
		}
		i = j
	}
}

// Bytes returns how much memory the states take.
func (s *Store) Bytes() uint64 {
	n := uint64(0)
	for i := range s.shards {
		sh := &s.shards[i]
		sh.mu.Lock()
		if t := sh.table.Load(); t != nil {
			n += uint64(len(*t)) * 4
		}
		n += uint64(sh.count+chunkLen-1)/chunkLen*chunkLen*uint64(s.stride)*4 + uint64(cap(sh.fresh))*8
		sh.mu.Unlock()
	}
	return n
}
