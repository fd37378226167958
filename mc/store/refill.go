package store

import (
	"math/bits"
	"sync"
)

// grow doubles the table until n more numbers fit; the rests of blocks are not
// in use. Nobody may be inserting; so many goroutines may be used instead.
func (p *records) grow(n uint64, rests []block, hands int) {
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
	p      *records
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
		home := uint32(r.p.hash(id)) & r.p.mask
		starts[home>>r.shift]++
	}
}

func (r *refill) sort(hand int) {
	lo, hi := r.portion(r.p.next, hand)
	starts := &r.starts[hand]
	for id := lo; id < hi; id++ {
		hash := r.p.hash(id)
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
