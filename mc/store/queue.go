package store

import (
	"sync"
	"sync/atomic"
)

// queue holds the keys of states that still have a turn, by their numbers.
type queue struct {
	words int
	dir   atomic.Pointer[[][]uint64] // replaced, never changed, so that Key needs no lock

	mu    sync.Mutex // guards what follows
	next  uint32
	gone  int // chunks before this one are forgotten
	spare [][]uint64
	held  int // chunks in memory
}

// queueChunk is how many keys are allocated together.
const queueChunk = 1 << 12

func (q *queue) at(id uint32) []uint64 {
	c := (*q.dir.Load())[id/queueChunk]
	return c[int(id%queueChunk)*q.words:][:q.words:q.words]
}

func (q *queue) keys(from, to ID, keys []uint64) {
	for id := from; id < to; id++ {
		copy(keys[int(id-from)*q.words:], q.at(uint32(id)))
	}
}

// take gives b numbers if it has none left.
func (q *queue) take(b *block, size uint32) uint32 {
	if b.next == b.end {
		q.mu.Lock()
		b.next, b.end = q.next, q.next+size
		q.next = b.end
		q.reach(int(b.next / queueChunk))
		q.mu.Unlock()
	}
	b.next++
	return b.next - 1
}

// reach makes room for chunk n. Blocks do not cross chunks.
func (q *queue) reach(n int) {
	var dir [][]uint64
	if old := q.dir.Load(); old != nil {
		dir = *old
	}
	if n < len(dir) {
		return
	}
	var c []uint64
	if k := len(q.spare); k > 0 {
		c, q.spare = q.spare[k-1], q.spare[:k-1]
	} else {
		c = make([]uint64, queueChunk*q.words)
		q.held++
	}
	dir = append(dir[:len(dir):len(dir)], c)
	q.dir.Store(&dir)
}

// forget drops the keys with numbers below m.
func (q *queue) forget(m Mark) {
	q.mu.Lock()
	defer q.mu.Unlock()
	dir := q.dir.Load()
	if dir == nil {
		return
	}
	for ; q.gone < int(m)/queueChunk; q.gone++ {
		q.spare = append(q.spare, (*dir)[q.gone])
		(*dir)[q.gone] = nil
	}
}

func (q *queue) mark() Mark {
	q.mu.Lock()
	defer q.mu.Unlock()
	return Mark(q.next)
}

func (q *queue) bytes() uint64 {
	q.mu.Lock()
	defer q.mu.Unlock()
	return uint64(q.held) * queueChunk * uint64(q.words) * 8
}
