package profile

import (
	"container/heap"
	"iter"
	"slices"

	"github.com/spec-lang/spec/mc/word"
)

// sample returns the n keys with the least hashes, in that order: it does not
// depend on the order of the states.
func sample(states iter.Seq[[]uint64], n int) [][]uint64 {
	var h keep
	for k := range states {
		x := hashed{hash(k), nil}
		if len(h) == n && x.hash >= h[0].hash {
			continue
		}
		x.key = slices.Clone(k)
		heap.Push(&h, x)
		if len(h) > n {
			heap.Pop(&h)
		}
	}
	out := make([][]uint64, len(h))
	for i := len(h) - 1; i >= 0; i-- {
		out[i] = heap.Pop(&h).(hashed).key
	}
	return out
}

func hash(key []uint64) uint64 {
	h := uint64(1)
	for _, w := range key {
		h = word.Mix(w^0x9e3779b97f4a7c15, h^0xa0761d6478bd642f)
	}
	return h
}

// hashed is a key with its hash.
type hashed struct {
	hash uint64
	key  []uint64
}

// keep has the key with the greatest hash on top.
type keep []hashed

func (k keep) Len() int           { return len(k) }
func (k keep) Less(i, j int) bool { return k[i].hash > k[j].hash }
func (k keep) Swap(i, j int)      { k[i], k[j] = k[j], k[i] }
func (k *keep) Push(x any)        { *k = append(*k, x.(hashed)) }
func (k *keep) Pop() any {
	old := *k
	x := old[len(old)-1]
	*k = old[:len(old)-1]
	return x
}
