package mc

import (
	"container/heap"
	"math/rand/v2"

	"github.com/spec-lang/spec/mc/store"
)

// frontier says which of the states whose successors are unknown come next.
type frontier interface {
	// next takes the states of the next round, none if there are none left.
	next() []span
	// add takes the new states of a round, in order.
	add([]span)
	// size is how many states wait.
	size() uint64
}

// span is the states from one number up to, not including, another.
type span struct{ from, to store.ID }

func (s span) size() int { return int(s.to - s.from) }

func total(spans []span) uint64 {
	n := uint64(0)
	for _, s := range spans {
		n += uint64(s.size())
	}
	return n
}

// Order is which states a search visits first.
type Order int

// Orders. Only BreadthFirst uses several workers and finds shortest traces.
const (
	BreadthFirst Order = iota
	DepthFirst         // the newest state first
	Random             // any state
	Guided             // the state that seems nearest to a violation first
)

func (o Order) String() string {
	return [...]string{"breadth-first", "depth-first", "random", "guided"}[o]
}

func newFrontier(s *search) frontier {
	switch s.opt.Order {
	case DepthFirst:
		return &stack{}
	case Random:
		return &urn{rng: rand.New(rand.NewPCG(s.opt.Seed, 1))}
	case Guided:
		return &queue{distance: s.distance}
	}
	return &level{}
}

// level is the frontier of breadth-first search: all states of one depth.
type level struct{ spans []span }

func (l *level) next() []span {
	out := l.spans
	l.spans = nil
	return out
}

func (l *level) add(spans []span) { l.spans = append(l.spans, spans...) }

func (l *level) size() uint64 { return total(l.spans) }

// stack is the frontier of depth-first search.
type stack struct{ ids []store.ID }

func (s *stack) next() []span {
	n := len(s.ids)
	if n == 0 {
		return nil
	}
	id := s.ids[n-1]
	s.ids = s.ids[:n-1]
	return []span{{id, id + 1}}
}

func (s *stack) add(spans []span) {
	for i := len(spans) - 1; i >= 0; i-- {
		for id := spans[i].to; id > spans[i].from; id-- {
			s.ids = append(s.ids, id-1)
		}
	}
}

func (s *stack) size() uint64 { return uint64(len(s.ids)) }

// urn is the frontier of a search in random order.
type urn struct {
	stack
	rng *rand.Rand
}

func (u *urn) next() []span {
	if n := len(u.ids); n > 1 {
		i := u.rng.IntN(n)
		u.ids[i], u.ids[n-1] = u.ids[n-1], u.ids[i]
	}
	return u.stack.next()
}

// queue is the frontier of a guided search: the state with the least distance
// first, the oldest of those.
type queue struct {
	distance func(store.ID) int64
	items    items
}

type item struct {
	id       store.ID
	distance int64
}

type items []item

func (q items) Len() int { return len(q) }
func (q items) Less(i, j int) bool {
	if q[i].distance != q[j].distance {
		return q[i].distance < q[j].distance
	}
	return q[i].id < q[j].id
}
func (q items) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *items) Push(x any)   { *q = append(*q, x.(item)) }
func (q *items) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}

func (q *queue) next() []span {
	if len(q.items) == 0 {
		return nil
	}
	id := heap.Pop(&q.items).(item).id
	return []span{{id, id + 1}}
}

func (q *queue) add(spans []span) {
	for _, s := range spans {
		for id := s.from; id < s.to; id++ {
			heap.Push(&q.items, item{id, q.distance(id)})
		}
	}
}

func (q *queue) size() uint64 { return uint64(len(q.items)) }
