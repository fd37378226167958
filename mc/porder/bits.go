package porder

import "math/bits"

// Bits is a set of small numbers: of instances, or of cells.
type Bits []uint64

func makeBits(n int) Bits { return make(Bits, (n+63)/64) }

func (b Bits) set(i int) { b[i>>6] |= 1 << (i & 63) }

func (b Bits) clear(i int) { b[i>>6] &^= 1 << (i & 63) }

// Has reports whether i is in b.
func (b Bits) Has(i int) bool { return b[i>>6]>>(i&63)&1 != 0 }

func (b Bits) or(c Bits) {
	for i, w := range c {
		b[i] |= w
	}
}

func (b Bits) and(c Bits) {
	for i, w := range c {
		b[i] &= w
	}
}

func (b Bits) meets(c Bits) bool {
	for i, w := range c {
		if b[i]&w != 0 {
			return true
		}
	}
	return false
}

// Len returns how many numbers are in b.
func (b Bits) Len() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

func (b Bits) common(c Bits) int {
	n := 0
	for i, w := range c {
		n += bits.OnesCount64(b[i] & w)
	}
	return n
}

// Next returns the least number in b from i on, -1 if there is none.
func (b Bits) Next(i int) int {
	for k := i >> 6; k < len(b); k++ {
		w := b[k]
		if k == i>>6 {
			w &= ^uint64(0) << (i & 63)
		}
		if w != 0 {
			return k<<6 + bits.TrailingZeros64(w)
		}
	}
	return -1
}
