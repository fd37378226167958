package word

import (
	"math/big"

	"github.com/spec-lang/spec/ir"
)

// Universe is all values of a finite type, ranked from 0 in canonical order.
type Universe struct {
	n     int
	words []uint64 // by rank; nil if each word is its own rank
	table []int32  // ranks by word, for words of few bits
	index map[uint64]int32
}

// Len returns the number of values.
func (u *Universe) Len() int { return u.n }

// Dense reports whether each word is its own rank.
func (u *Universe) Dense() bool { return u.words == nil }

// Word returns the value of the given rank.
func (u *Universe) Word(rank int) uint64 {
	if u.words == nil {
		return uint64(rank)
	}
	return u.words[rank]
}

// Rank returns the rank of a value.
func (u *Universe) Rank(w uint64) int {
	switch {
	case u.words == nil:
		return int(w)
	case u.table != nil:
		return int(u.table[w])
	}
	return int(u.index[w])
}

// Universe returns all values of the type of r, or nil if they are infinitely
// many or more than ir.MaxElems.
func (r *Rep) Universe() *Universe {
	if r.universe != nil {
		return r.universe
	}
	n, finite := ir.Card(r.Type)
	if !finite || n.Cmp(big.NewInt(ir.MaxElems)) > 0 {
		return nil
	}
	u := &Universe{n: int(n.Int64())}
	if !r.dense() {
		u.list(r)
	}
	r.universe = u
	return u
}

// dense reports whether the packed words of r are 0..n-1 for n values.
func (r *Rep) dense() bool {
	switch r.Type.Kind {
	case ir.BoolKind, ir.SortKind:
		return true
	case ir.RangeKind:
		return r.Form == Packed
	case ir.SumKind:
		return r.Form == Packed && r.Payload == 0 && allPlain(r.Type)
	}
	return false
}

// allPlain reports whether no variant has a field, not even one of a single
// value.
func allPlain(t *ir.Type) bool {
	for _, v := range t.Variants {
		if len(v.Fields) > 0 {
			return false
		}
	}
	return true
}

func (u *Universe) list(r *Rep) {
	u.words = make([]uint64, 0, u.n)
	if r.Form == Packed && r.Bits <= maxRankBits {
		u.table = make([]int32, 1<<r.Bits)
	} else {
		u.index = make(map[uint64]int32, u.n)
	}
	for v := range ir.Values(r.Type) {
		w := r.Encode(v)
		if u.table != nil {
			u.table[w] = int32(len(u.words))
		} else {
			u.index[w] = int32(len(u.words))
		}
		u.words = append(u.words, w)
	}
}
