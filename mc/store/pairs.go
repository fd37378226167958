package store

import (
	"math/bits"
	"sync"
	"sync/atomic"

	"github.com/spec-lang/spec/mc/word"
)

// pairs is a set of pairs of 32-bit numbers, held as words, that are numbered
// from 0. It is an arena of pairs and an open-addressing table of entries: the
// number of a pair plus 1 in as many low bits as the table has positions, bits
// of its hash above them. Finding and adding need no lock; growing needs all
// others to be away.
type pairs struct {
	table []uint32
	mask  uint32
	arena arena

	mu    sync.Mutex // guards what follows while others insert
	next  uint32     // numbers from next on are free
	holes []block    // numbers below next that nobody will use
}

const (
	leastTable = 1 << 8
	// loadNum / loadDen is the load at which a table doubles.
	loadNum, loadDen = 3, 4
)

func newPairs() *pairs {
	return &pairs{table: make([]uint32, leastTable), mask: leastTable - 1}
}

func hashPair(pair uint64) uint64 { return word.Mix(pair^0x9e3779b97f4a7c15, 0xa0761d6478bd642f) }

// block is a run of numbers that one writer may give away.
type block struct{ next, end uint32 }

// take returns the next free number of b, of which there is one always: see
// room.
func (p *pairs) take(b *block, size uint32) (uint32, error) {
	if b.next < b.end {
		return b.next, nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	b.next, b.end = p.next, p.next+size
	err := p.arena.reach(b.next)
	if err == nil {
		err = p.arena.reach(b.end - 1)
	}
	if err != nil {
		b.end = b.next
		return 0, err
	}
	p.next = b.end
	return b.next, nil
}

// room reports whether n more numbers fit before the table has to grow.
func (p *pairs) room(n uint64) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return uint64(p.next)+n < uint64(len(p.table))/loadDen*loadNum
}

// candidate returns the first position from at on that is free or may have a
// pair with the given hash, and the entry there.
func (p *pairs) candidate(at uint32, hash uint64) (uint32, uint32) {
	table, mask := p.table, p.mask
	tag := uint32(hash>>32) &^ mask
	for at &= mask; ; at = (at + 1) & mask {
		if e := atomic.LoadUint32(&table[at]); e == 0 || e&^mask == tag {
			return at, e
		}
	}
}

// insert returns the number of a pair, and whether it is new. The search
// begins at a position, which is that of the hash or one that candidate gave.
func (p *pairs) insert(b *block, size uint32, pair, hash uint64, from uint32) (id uint32, fresh bool, err error) {
	table, mask := p.table, p.mask
	tag := uint32(hash>>32) &^ mask
	for at := from & mask; ; at = (at + 1) & mask {
		e := atomic.LoadUint32(&table[at])
		if e == 0 {
			id, err := p.take(b, size)
			if err != nil {
				return 0, false, err
			}
			*p.arena.at(id) = pair
			if atomic.CompareAndSwapUint32(&table[at], 0, tag|(id+1)) {
				b.next++
				return id, true, nil
			}
			e = atomic.LoadUint32(&table[at])
		}
		if e&^mask == tag && *p.arena.at(e&mask - 1) == pair {
			return e&mask - 1, false, nil
		}
	}
}

// find returns the number of a pair.
func (p *pairs) find(pair uint64) (uint32, bool) {
	hash := hashPair(pair)
	for at := uint32(hash); ; at++ {
		var e uint32
		if at, e = p.candidate(at, hash); e == 0 {
			return 0, false
		}
		if *p.arena.at(e&p.mask - 1) == pair {
			return e&p.mask - 1, true
		}
	}
}

// sizeFor is how large the table has to be for n more numbers.
func (p *pairs) sizeFor(n uint64) uint64 {
	size := uint64(len(p.table))
	for uint64(p.next)+n >= size/loadDen*loadNum {
		size *= 2
	}
	return size
}

// grow doubles the table until n more numbers fit; the rests of blocks are not
// in use. Nobody may be inserting.
//
// A table larger than the cache is filled part by part: the entries are first
// sorted by the part that they go to, which is cheaper than waiting for memory
// at each of them.
func (p *pairs) grow(n uint64, rests []block) {
	size := p.sizeFor(n)
	p.table, p.mask = nil, uint32(size-1) // the old one is in no number's way
	shift := max(bits.Len32(p.mask)-partBits, 0)
	var starts [1<<partBits + 1]uint32
	for id := range p.next {
		starts[p.home(id)>>shift+1]++
	}
	for i := range 1 << partBits {
		starts[i+1] += starts[i]
	}
	sorted := make([]uint64, p.next) // home and entry
	for id := range p.next {
		hash := hashPair(*p.arena.at(id))
		home := uint32(hash) & p.mask
		at := &starts[home>>shift]
		if !unused(id, rests) {
			sorted[*at] = uint64(home)<<32 | uint64(uint32(hash>>32)&^p.mask|(id+1))
		}
		*at++
	}
	table := make([]uint32, size)
	advise(table)
	for _, x := range sorted {
		at := uint32(x >> 32)
		for table[at] != 0 {
			at = (at + 1) & p.mask
		}
		table[at] = uint32(x) // 0 of a number that is not in use
	}
	p.table = table
}

// partBits is in how many parts a table is filled.
const partBits = 8

// home is the position at which the search for a number begins.
func (p *pairs) home(id uint32) uint32 { return uint32(hashPair(*p.arena.at(id))) & p.mask }

func unused(id uint32, rests []block) bool {
	for _, r := range rests {
		if r.next <= id && id < r.end {
			return true
		}
	}
	return false
}

// bytes is how much memory the set takes.
func (p *pairs) bytes() (index, arena uint64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return uint64(len(p.table)) * 4, p.arena.used(p.next)
}
