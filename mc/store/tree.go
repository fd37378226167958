package store

import (
	"sync"
	"sync/atomic"
)

// Exact is a Store that keeps every key.
type Exact struct {
	// mu is held for reading by whoever inserts, for writing by whoever lets
	// tables grow.
	mu      sync.RWMutex
	units   int
	nodes   []treeNode // below the root, children first
	covers  []uint64   // by node: the units below it, as in changes
	root    treeNode
	inner   []*records // of nodes; none while states are rows
	states  *records   // rows, or pairs of the root
	stay    bool       // rows, because a tree would take too much
	spill   Alloc
	writers []*exactWriter
	limit   atomic.Uint64 // bytes
}

// treeNode is an inner node: its children are units, or, from the number of
// units on, nodes.
type treeNode struct{ left, right int }

// Options of an Exact store.
type Options struct {
	// Memory is how many bytes the store may take in memory; 0 means any.
	Memory uint64
	// Spill provides room for states once they take half of Memory; they are
	// mostly read in order. Nil means that there is no other room.
	Spill Alloc
}

// New returns an empty Exact store for keys of the given number of words, of which
// the lowest bits matter.
func New(words, bits int, opt Options) *Exact {
	t := &Exact{units: max(1, (bits+31)/32), spill: opt.Spill}
	t.limit.Store(opt.Memory)
	left, right := t.split(inTurn(t.units))
	t.root = treeNode{left, right}
	if words := t.words(); words <= mostWords {
		t.states = t.newStates(words)
		return t
	}
	t.states, t.inner = t.newStates(1), t.newInner()
	return t
}

// words is how many words a key has.
func (t *Exact) words() int { return (t.units + 1) / 2 }

// newStates returns an empty set for states.
func (t *Exact) newStates(words int) *records {
	p := newRecords(words)
	p.arena.spill, p.arena.budget = t.spill, t.limit.Load()/2
	return p
}

func (t *Exact) newInner() []*records {
	var inner []*records
	for range t.nodes {
		inner = append(inner, newRecords(1))
	}
	return inner
}

// inTurn is the order in which units are folded. The last one, which has fewest
// bits, comes beside the first: what they have in common takes least room.
func inTurn(units int) []int {
	order := []int{0}
	for i := units - 1; i > 0; i-- {
		order = append(order, i)
	}
	return order
}

// split builds the tree over some units and returns the children of its root.
// A single unit is its own left child.
func (t *Exact) split(units []int) (left, right int) {
	if len(units) == 1 {
		return units[0], -1
	}
	mid := (len(units) + 1) / 2
	return t.subtree(units[:mid]), t.subtree(units[mid:])
}

func (t *Exact) subtree(units []int) int {
	if len(units) == 1 {
		return units[0]
	}
	left, right := t.split(units)
	cover := uint64(0)
	for _, u := range units {
		cover |= 1 << (u % 64)
	}
	t.nodes, t.covers = append(t.nodes, treeNode{left, right}), append(t.covers, cover)
	return t.units + len(t.nodes) - 1
}

// pair is what the root or an inner node holds.
func (n treeNode) pair(values []uint32) uint64 {
	if n.right < 0 {
		return uint64(values[n.left])
	}
	return uint64(values[n.left]) | uint64(values[n.right])<<32
}

// Key writes the key of a state.
func (t *Exact) Key(id ID, key []uint64) {
	if t.units <= 2 {
		key[0] = *t.states.arena.at(uint32(id))
		return
	}
	t.mu.RLock() // rows may become a tree meanwhile
	defer t.mu.RUnlock()
	if t.rows() {
		copy(key, t.states.arena.row(uint32(id)))
		return
	}
	clear(key)
	t.unfold(t.root, *t.states.arena.at(uint32(id)), key)
}

func (t *Exact) unfold(n treeNode, pair uint64, key []uint64) {
	t.part(n.left, uint32(pair), key)
	t.part(n.right, uint32(pair>>32), key)
}

func (t *Exact) part(child int, value uint32, key []uint64) {
	if child < t.units {
		key[child/2] |= uint64(value) << (child % 2 * 32)
		return
	}
	child -= t.units
	t.unfold(t.nodes[child], *t.inner[child].arena.at(value), key)
}

// Keys writes the keys of states. Those that stand side by side have much in
// common, so that only what is different from the key before is looked up.
func (t *Exact) Keys(from, to ID, keys []uint64) {
	words := t.words()
	if t.units <= 2 {
		for id := from; id < to; id++ {
			keys[id-from] = *t.states.arena.at(uint32(id))
		}
		return
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	if t.rows() {
		for id := from; id < to; id++ {
			copy(keys[int(id-from)*words:], t.states.arena.row(uint32(id)))
		}
		return
	}
	var buf [32]uint32
	seen := append(buf[:0], make([]uint32, len(t.nodes))...) // by node: its value in the key before, plus 1
	for id := from; id < to; id++ {
		key := keys[int(id-from)*words:][:words]
		if id > from {
			copy(key, keys[int(id-from-1)*words:])
		}
		t.revise(t.root, *t.states.arena.at(uint32(id)), key, seen)
	}
}

// revise is unfold over a key of which the values seen are the nodes'.
func (t *Exact) revise(n treeNode, pair uint64, key []uint64, seen []uint32) {
	for _, c := range [2]struct {
		child int
		value uint32
	}{{n.left, uint32(pair)}, {n.right, uint32(pair >> 32)}} {
		if c.child < t.units {
			shift := c.child % 2 * 32
			w := &key[c.child/2]
			*w = *w&^(unitMask<<shift) | uint64(c.value)<<shift
			continue
		}
		at := c.child - t.units
		if seen[at] != c.value+1 {
			seen[at] = c.value + 1
			t.revise(t.nodes[at], *t.inner[at].arena.at(c.value), key, seen)
		}
	}
}

// Find returns the state with the given key. It may be called while others
// read, not while others insert.
func (t *Exact) Find(key []uint64) (ID, bool) {
	if t.rows() {
		id, ok := t.states.findRow(key[:t.words()])
		return ID(id), ok
	}
	var buf [64]uint32
	values := append(buf[:0], make([]uint32, t.units)...)
	for i := range t.units {
		values[i] = unit(key, i)
	}
	for i, n := range t.nodes {
		v, ok := t.inner[i].find(n.pair(values))
		if !ok {
			return NoID, false
		}
		values = append(values, v)
	}
	id, ok := t.states.find(t.root.pair(values))
	return ID(id), ok
}

// unitMask is the bits of a unit.
const unitMask = 1<<32 - 1

func unit(key []uint64, i int) uint32 { return uint32(key[i/2] >> (i % 2 * 32)) }

// Len is how many numbers are in use or set aside for a writer; with one
// writer, how many states there are. Nobody may be inserting.
func (t *Exact) Len() int {
	n := int(t.states.next)
	if len(t.writers) == 1 {
		b := t.writers[0].states
		n -= int(b.end - b.next)
	}
	return n
}

// Mark is where the store stands.
func (t *Exact) Mark() Mark { return Mark(t.Len()) }

// Forget forgets nothing: an exact store needs every key.
func (t *Exact) Forget(Mark) {}

// Bytes is how much memory the store takes.
func (t *Exact) Bytes() uint64 {
	f := t.Figures()
	return f.Index + f.Keys + f.Shared
}

// Figures describes the store in numbers.
func (t *Exact) Figures() Figures {
	t.mu.RLock()
	defer t.mu.RUnlock()
	index, keys := t.states.bytes()
	f := Figures{Slots: uint64(len(t.states.table)), Index: index, Keys: keys}
	for _, p := range t.inner {
		a, b := p.bytes()
		f.Shared += a + b
	}
	return f
}
