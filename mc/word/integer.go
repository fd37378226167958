package word

import (
	"cmp"
	"math"
	"math/big"
)

// An integer's word is twice the integer, if that fits, else twice the id of a
// node, plus 1.
const (
	minSmall = math.MinInt64 / 2
	maxSmall = math.MaxInt64 / 2
)

// IsSmall reports whether the integer word w holds its integer itself.
func IsSmall(w uint64) bool { return w&1 == 0 }

// Small returns the integer in a small integer word.
func Small(w uint64) int64 { return int64(w) >> 1 }

// Int returns the word of an integer.
func (p *Pool) Int(n int64) uint64 {
	if minSmall <= n && n <= maxSmall {
		return uint64(n) << 1
	}
	return p.BigInt(big.NewInt(n))
}

// BigInt returns the word of an integer.
func (p *Pool) BigInt(n *big.Int) uint64 {
	if n.IsInt64() && minSmall <= n.Int64() && n.Int64() <= maxSmall {
		return uint64(n.Int64()) << 1
	}
	return uint64(p.intNode(n))<<1 | 1
}

func (p *Pool) intNode(n *big.Int) uint32 {
	words := []uint64{uint64(n.Sign() + 1)}
	for _, w := range n.Bits() {
		words = append(words, uint64(w))
	}
	return p.Intern(words)
}

func (p *Pool) nodeInt(id uint32) *big.Int {
	words := p.Words(id)
	limbs := make([]big.Word, len(words)-1)
	for i, w := range words[1:] {
		limbs[i] = big.Word(w)
	}
	n := new(big.Int).SetBits(limbs)
	if words[0] == 0 {
		n.Neg(n)
	}
	return n
}

// Big returns the integer in an integer word.
func (p *Pool) Big(w uint64) *big.Int {
	if IsSmall(w) {
		return big.NewInt(Small(w))
	}
	return p.nodeInt(uint32(w >> 1))
}

// CompareInt orders integer words.
func (p *Pool) CompareInt(a, b uint64) int {
	if (a|b)&1 == 0 {
		return cmp.Compare(int64(a), int64(b))
	}
	return p.Big(a).Cmp(p.Big(b))
}

// squeeze returns the 32 bits that stand for an integer word in a state.
func (p *Pool) squeeze(w uint64) uint64 {
	if w&1 == 0 && int64(int32(w)) == int64(w) {
		return uint64(uint32(w))
	}
	return uint64(p.intNode(p.Big(w)))<<1&math.MaxUint32 | 1
}

// stretch is the inverse of squeeze.
func (p *Pool) stretch(s uint64) uint64 {
	if s&1 == 0 {
		return uint64(int64(int32(s)))
	}
	return p.BigInt(p.nodeInt(uint32(s >> 1)))
}
