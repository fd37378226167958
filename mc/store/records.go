package store

import (
	"sync"
	"sync/atomic"

	"github.com/spec-lang/spec/mc/word"
)

// records is a set of records of a fixed number of words that are numbered from
// 0: rows, or pairs of 32-bit numbers, of one word. It is an arena of records
// and an open-addressing table of entries: the number of a record plus 1 in as
// many low bits as the table has positions, bits of its hash above them. Finding and adding need no lock; growing needs all
// others to be away.
type records struct {
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

func newRecords(words int) *records {
	return &records{table: make([]uint32, leastTable), mask: leastTable - 1, arena: arena{words: words}}
}

func hashPair(pair uint64) uint64 { return word.Mix(pair^0x9e3779b97f4a7c15, 0xa0761d6478bd642f) }

// hash is the hash of a record.
func (p *records) hash(id uint32) uint64 {
	if p.arena.words == 1 {
		return hashPair(*p.arena.at(id))
	}
	return word.Hash(p.arena.row(id))
}

// block is a run of numbers that one writer may give away.
type block struct{ next, end uint32 }

// take returns the next free number of b, of which there is one always: see
// room.
func (p *records) take(b *block, size uint32) (uint32, error) {
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
func (p *records) room(n uint64) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return uint64(p.next)+n < uint64(len(p.table))/loadDen*loadNum
}

// candidate returns the first position from at on that is free or may have a
// pair with the given hash, and the entry there.
func (p *records) candidate(at uint32, hash uint64) (uint32, uint32) {
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
func (p *records) insert(b *block, size uint32, pair, hash uint64, from uint32) (id uint32, fresh bool, err error) {
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
func (p *records) find(pair uint64) (uint32, bool) {
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

// insertRow is insert for records of any number of words.
func (p *records) insertRow(b *block, size uint32, row []uint64, hash uint64, from uint32) (id uint32, fresh bool, err error) {
	for at := from; ; at++ {
		var e uint32
		if at, e = p.candidate(at, hash); e == 0 {
			id, err := p.take(b, size)
			if err != nil {
				return 0, false, err
			}
			copy(p.arena.row(id), row)
			if atomic.CompareAndSwapUint32(&p.table[at], 0, uint32(hash>>32)&^p.mask|(id+1)) {
				b.next++
				return id, true, nil
			}
			at-- // another writer was faster; what it entered may be the row
			continue
		}
		if id := e&p.mask - 1; same(p.arena.row(id), row) {
			return id, false, nil
		}
	}
}

// findRow returns the number of a row.
func (p *records) findRow(row []uint64) (uint32, bool) {
	hash := word.Hash(row)
	for at := uint32(hash); ; at++ {
		var e uint32
		if at, e = p.candidate(at, hash); e == 0 {
			return 0, false
		}
		if id := e&p.mask - 1; same(p.arena.row(id), row) {
			return id, true
		}
	}
}

// same reports whether two records of equal length are equal.
func same(a, b []uint64) bool {
	differ := uint64(0)
	for i, w := range a {
		differ |= w ^ b[i]
	}
	return differ == 0
}

// sizeFor is how large the table has to be for n more numbers.
func (p *records) sizeFor(n uint64) uint64 {
	size := uint64(len(p.table))
	for uint64(p.next)+n >= size/loadDen*loadNum {
		size *= 2
	}
	return size
}

// bytes is how much memory the set takes.
func (p *records) bytes() (index, arena uint64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return uint64(len(p.table)) * 4, p.arena.used(p.next)
}
