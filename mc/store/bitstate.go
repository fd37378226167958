package store

import (
	"math"
	"math/bits"

	"github.com/spec-lang/spec/mc/word"
)

// Bitstate is a Store that sets a few bits in a field of fixed size for each
// state: a state whose bits are all set already counts as known, which may be
// wrong. After Holzmann, "An analysis of bitstate hashing", FMSD 13 (1998). It
// takes one Writer, since which states it misses depends on their order.
type Bitstate struct {
	field  []uint64
	mask   uint64
	queue  queue
	block  block
	set    uint64  // bits
	states uint64  // taken for new
	missed float64 // states expected to have been taken for known
}

// probes is how many bits a state sets.
const probes = 3

// NewBitstate returns an empty store for keys of the given number of words,
// with a field of the greatest power of two of bytes that memory allows.
func NewBitstate(keyWords int, memory uint64) *Bitstate {
	n := uint64(1) << (bits.Len64(max(memory, 1<<12)) - 1)
	return &Bitstate{field: words(int(n / 8)), mask: n*8 - 1, queue: queue{words: keyWords}}
}

// NewWriter returns the Writer.
func (s *Bitstate) NewWriter() Writer { return s }

// Insert adds keys.
func (s *Bitstate) Insert(keys []uint64, fresh []Fresh) ([]Fresh, error) {
	size := s.queue.words
	for at := 0; at < len(keys); at += size {
		key := keys[at : at+size]
		if !s.add(word.Hash(key)) {
			continue
		}
		p := math.Pow(float64(s.set)/float64(s.mask+1), probes)
		s.missed += p / (1 - p)
		s.states++
		id := s.queue.take(&s.block, group)
		copy(s.queue.at(id), key)
		fresh = append(fresh, Fresh{at / size, ID(id)})
	}
	return fresh, nil
}

// add sets the bits of a hash and reports whether any was not set.
func (s *Bitstate) add(h uint64) bool {
	isNew, step := false, word.Mix(h, 0xa0761d6478bd642f)|1
	for range probes {
		at := h & s.mask
		if bit := uint64(1) << (at % 64); s.field[at/64]&bit == 0 {
			s.field[at/64] |= bit
			s.set++
			isNew = true
		}
		h += step
	}
	return isNew
}

// Covered estimates which part of the states that it was given the store did
// not take for known by mistake. States that are reached only through missed
// ones are not in it.
func (s *Bitstate) Covered() float64 {
	return float64(s.states) / (float64(s.states) + s.missed)
}

// Key writes the key of a state that is not forgotten.
func (s *Bitstate) Key(id ID, key []uint64) { copy(key, s.queue.at(uint32(id))) }

// Keys writes the keys of states that are not forgotten.
func (s *Bitstate) Keys(from, to ID, keys []uint64) { s.queue.keys(from, to, keys) }

// Mark is where the store stands.
func (s *Bitstate) Mark() Mark { return s.queue.mark() }

// Forget drops the keys of old states.
func (s *Bitstate) Forget(m Mark) { s.queue.forget(m) }

// Bytes is how much memory the store takes.
func (s *Bitstate) Bytes() uint64 { return uint64(len(s.field))*8 + s.queue.bytes() }

// Figures describes the store in numbers.
func (s *Bitstate) Figures() Figures {
	return Figures{Slots: s.mask + 1, Index: uint64(len(s.field)) * 8, Keys: s.queue.bytes()}
}
