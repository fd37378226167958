package store

import "math/bits"

// arena is a sequence of records that grows without moving. Chunk 0 has
// 1<<firstBits records, chunk k has 1<<(firstBits+k-1), so that each doubles
// what there is.
type arena struct {
	chunks [33 - firstBits][]uint64
	words  int    // of a record
	bytes  uint64 // in memory
	spill  Alloc  // nil means that all is in memory
	budget uint64 // bytes from which on spill is used
}

const firstBits = 10

// Alloc provides n words, all zero, outside memory: in a file, say. It fails if
// there is no room.
type Alloc func(n int) ([]uint64, error)

// at is the record of an arena of single words.
func (a *arena) at(i uint32) *uint64 {
	k := bits.Len32(i >> firstBits)
	c := a.chunks[k]
	if k > 0 {
		i -= 1 << (firstBits + k - 1)
	}
	return &c[i]
}

// row is record i.
func (a *arena) row(i uint32) []uint64 { return a.rest(i)[:a.words:a.words] }

// rest is the chunk of record i from there on.
func (a *arena) rest(i uint32) []uint64 {
	k := bits.Len32(i >> firstBits)
	if k > 0 {
		i -= 1 << (firstBits + k - 1)
	}
	return a.chunks[k][int(i)*a.words:]
}

// reach makes room for record i.
func (a *arena) reach(i uint32) error {
	k := bits.Len32(i >> firstBits)
	if a.chunks[k] != nil {
		return nil
	}
	n := 1 << firstBits
	if k > 0 {
		n <<= k - 1
	}
	n *= a.words
	if a.spill == nil || a.bytes+uint64(n)*8 <= a.budget {
		a.chunks[k] = words(n)
		a.bytes += uint64(n) * 8
		return nil
	}
	c, err := a.spill(n)
	a.chunks[k] = c
	return err
}

// used is how many bytes the first n records take in memory. Chunks are handed
// out zeroed and untouched by the operating system, so what is not used of
// the last one costs nothing.
func (a *arena) used(n uint32) uint64 { return min(uint64(n)*uint64(a.words)*8, a.bytes) }

// words returns n words, on large pages where the system has them: a store is
// read at random, and small pages would miss the processor's table of pages as
// often as its cache.
func words(n int) []uint64 {
	w := make([]uint64, n)
	advise(w)
	return w
}
