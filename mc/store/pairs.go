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
// in use. Nobody may be inserting; so many goroutines may be used instead.
func (p *pairs) grow(n uint64, rests []block, hands int) {
	size := p.sizeFor(n)
	p.table, p.mask = nil, uint32(size-1) // the old one is in no number's way
	if p.next < leastShared {
		hands = 1
	}
	r := &refill{p: p, rests: rests, hands: hands, shift: max(bits.Len32(p.mask)-partBits, 0),
		starts: make([][parts]uint32, hands), late: make([][]uint64, hands)}
	r.share(r.count)
	at := uint32(0)
	for part := range parts {
		for h := range hands {
			at, r.starts[h][part] = at+r.starts[h][part], at
		}
		r.ends[part] = at
	}
	r.sorted = make([]uint64, p.next)
	r.share(r.sort)
	r.table = make([]uint32, size)
	advise(r.table)
	r.share(r.place)
	for _, late := range r.late {
		for _, x := range late {
			r.put(x, 0)
		}
	}
	p.table = r.table
}

// refill fills a new table part by part: the entries are first sorted by the
// part that they go to, which is cheaper than waiting for memory at each of
// them. Several goroutines share the numbers, and then the parts.
type refill struct {
	p      *pairs
	rests  []block
	hands  int
	shift  int             // from a position to its part
	starts [][parts]uint32 // by goroutine and part: where its next entry goes
	ends   [parts]uint32   // by part, in sorted
	sorted []uint64        // home and entry
	table  []uint32
	late   [][]uint64 // by goroutine: entries for which there is no room in its parts
}

const (
	partBits = 8
	parts    = 1 << partBits
	// leastShared is how many entries are worth several goroutines.
	leastShared = 1 << 15
)

// share runs do for each hand.
func (r *refill) share(do func(hand int)) {
	var all sync.WaitGroup
	for h := 1; h < r.hands; h++ {
		all.Go(func() { do(h) })
	}
	do(0)
	all.Wait()
}

// portion is the part of n that belongs to a hand.
func (r *refill) portion(n uint32, hand int) (lo, hi uint32) {
	return uint32(uint64(n) * uint64(hand) / uint64(r.hands)), uint32(uint64(n) * uint64(hand+1) / uint64(r.hands))
}

func (r *refill) count(hand int) {
	lo, hi := r.portion(r.p.next, hand)
	starts := &r.starts[hand]
	for id := lo; id < hi; id++ {
		home := uint32(hashPair(*r.p.arena.at(id))) & r.p.mask
		starts[home>>r.shift]++
	}
}

func (r *refill) sort(hand int) {
	lo, hi := r.portion(r.p.next, hand)
	starts := &r.starts[hand]
	for id := lo; id < hi; id++ {
		hash := hashPair(*r.p.arena.at(id))
		home := uint32(hash) & r.p.mask
		at := &starts[home>>r.shift]
		if !unused(id, r.rests) {
			r.sorted[*at] = uint64(home)<<32 | uint64(uint32(hash>>32)&^r.p.mask|(id+1))
		}
		*at++
	}
}

// place enters the entries of some parts of the table, and leaves those for
// later that would have to go to the parts of another hand.
func (r *refill) place(hand int) {
	lo, hi := r.portion(parts, hand)
	from := uint32(0)
	if lo > 0 {
		from = r.ends[lo-1]
	}
	end := uint32(min(uint64(hi)<<r.shift, uint64(len(r.table))))
	for _, x := range r.sorted[from:r.ends[hi-1]] {
		if !r.put(x, end) {
			r.late[hand] = append(r.late[hand], x)
		}
	}
}

// put enters an entry at the first free position from its home on, before end
// if that is not 0.
func (r *refill) put(x uint64, end uint32) bool {
	if x == 0 {
		return true // of a number that is not in use
	}
	at := uint32(x >> 32)
	for r.table[at] != 0 {
		at++
		if end > 0 && at >= end {
			return false
		}
		at &= r.p.mask
	}
	r.table[at] = uint32(x)
	return true
}

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
