// Package word holds every value of the language in one 64-bit word.
//
// A Rep says how the values of a type are held:
//
//   - Packed types have few enough values to be told apart by at most 64 bits;
//     their words are those bits (a set is a mask, a struct is its fields side
//     by side).
//   - Integers hold 63 bits themselves; greater ones are in the Pool.
//   - All others are the id of a node in the Pool.
//
// Nodes are hash-consed: two values of one type are equal exactly if their
// words are. The order of ids means nothing; Rep.Compare orders words as
// ir.Compare orders values, so that no result depends on it.
package word

import (
	"math"
	"math/bits"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/spec-lang/spec/mc/wire"
)

const (
	shardBits  = 6
	poolShards = 1 << shardBits
	chunkBits  = 10
	chunkLen   = 1 << chunkBits
	arenaLen   = 1 << 12 // words that are allocated together
)

// Capacity is how many nodes a Pool can number, with room to spare for uneven
// hashes: the id of an integer has 31 bits in a state.
const Capacity = 1 << 30

// Pool is a set of nodes: sequences of words, each stored once. It may be used
// by several goroutines.
type Pool struct {
	shards [poolShards]shard
	bytes  atomic.Uint64
	nodes  atomic.Uint64
}

// shard holds the nodes whose hash ends in its number.
type shard struct {
	mu     sync.Mutex
	table  []uint32 // 1 + index of a node; open addressing
	hashes []uint32
	arena  []uint64
	count  uint32
	chunks atomic.Pointer[[]*chunk] // replaced, never changed, so that readers need no lock
}

type chunk [chunkLen][]uint64

// NewPool returns a Pool whose node 0 is the empty sequence.
func NewPool() *Pool {
	p := &Pool{}
	p.shards[0].add(p, nil, 0)
	return p
}

// Words returns the words of a node, which must not be changed.
func (p *Pool) Words(id uint32) []uint64 {
	i := id >> shardBits
	return (*p.shards[id%poolShards].chunks.Load())[i>>chunkBits][i%chunkLen]
}

// Intern returns the id of the node with the given words, which are copied.
func (p *Pool) Intern(words []uint64) uint32 {
	if len(words) == 0 {
		return 0
	}
	h := Hash(words)
	n := uint32(h % poolShards)
	s := &p.shards[n]
	h >>= shardBits
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.intern(p, words, h)<<shardBits | n
}

func (s *shard) intern(p *Pool, words []uint64, h uint64) uint32 {
	if 4*int(s.count) >= 3*len(s.table) {
		s.grow()
	}
	mask := uint64(len(s.table) - 1)
	chunks := s.chunks.Load()
	for at := h & mask; ; at = (at + 1) & mask {
		i := s.table[at]
		if i == 0 {
			s.table[at] = s.add(p, words, h) + 1
			return s.table[at] - 1
		}
		i--
		if s.hashes[i] == uint32(h) && slices.Equal((*chunks)[i>>chunkBits][i%chunkLen], words) {
			return i
		}
	}
}

func (s *shard) grow() {
	s.table = make([]uint32, max(64, 2*len(s.table)))
	mask := uint64(len(s.table) - 1)
	first := uint32(0)
	chunks := s.chunks.Load()
	for i := first; i < s.count; i++ {
		words := (*chunks)[i>>chunkBits][i%chunkLen]
		if len(words) == 0 {
			continue
		}
		at := Hash(words) >> shardBits & mask
		for s.table[at] != 0 {
			at = (at + 1) & mask
		}
		s.table[at] = i + 1
	}
}

// add stores a node and returns its index.
func (s *shard) add(p *Pool, words []uint64, h uint64) uint32 {
	i := s.count
	var chunks []*chunk
	if old := s.chunks.Load(); old != nil {
		chunks = *old
	}
	if i%chunkLen == 0 {
		chunks = append(slices.Clip(chunks), new(chunk))
		s.chunks.Store(&chunks)
		p.bytes.Add(chunkLen * 24)
	}
	if len(s.arena)+len(words) > cap(s.arena) {
		s.arena = make([]uint64, 0, max(arenaLen, len(words)))
		p.bytes.Add(uint64(cap(s.arena)) * 8)
	}
	n := len(s.arena)
	s.arena = append(s.arena, words...)
	chunks[i>>chunkBits][i%chunkLen] = s.arena[n:len(s.arena):len(s.arena)]
	s.hashes = append(s.hashes, uint32(h))
	s.count++
	p.bytes.Add(12)
	p.nodes.Add(1)
	return i
}

// Save writes all nodes; nobody may be interning.
func (p *Pool) Save(w *wire.Writer) {
	for i := range p.shards {
		s := &p.shards[i]
		w.Int(int(s.count))
		for j := range s.count {
			w.List((*s.chunks.Load())[j>>chunkBits][j%chunkLen])
		}
	}
}

// Load adds the nodes that Save wrote, under the same ids. Those that the Pool
// has already must be the first of them: the constants of the same System.
func (p *Pool) Load(r *wire.Reader) error {
	for i := range p.shards {
		s := &p.shards[i]
		for j := range uint32(r.Int(Capacity)) {
			words := r.List(math.MaxUint32)
			if r.Err() != nil {
				return r.Err()
			}
			if j == 0 && i == 0 {
				continue // the empty sequence, which is in no table
			}
			if at := s.intern(p, words, Hash(words)>>shardBits); at != j {
				return wire.ErrDamaged
			}
		}
	}
	return r.Err()
}

// Bytes returns how much memory the nodes take.
func (p *Pool) Bytes() uint64 { return p.bytes.Load() }

// Nodes returns how many nodes there are.
func (p *Pool) Nodes() uint64 { return p.nodes.Load() }

// Hash mixes words into one, after the multiply-and-fold step of Wang Yi,
// "wyhash" (2019).
func Hash(words []uint64) uint64 {
	h := uint64(len(words)) ^ 0x9e3779b97f4a7c15
	for _, w := range words {
		h = Mix(h^w, 0xa0761d6478bd642f)
	}
	return Mix(h, 0xe7037ed1a0b428db)
}

// Mix folds the product of two words.
func Mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^0x8ebc6af09c88c6e3, b)
	return hi ^ lo
}
