// Package bdd keeps sets of bit vectors as reduced ordered binary decision
// diagrams. Bryant, "Graph-based algorithms for boolean function
// manipulation", IEEE Transactions on Computers C-35 (1986).
//
// Nodes stand one after the other in one array and are told apart by a hash
// table beside it; a direct-mapped cache remembers results. Nodes are numbers:
// what is still needed is told to Collect, which copies it and forgets the
// rest.
package bdd

import "math/big"

// Node is a function of the variables of a Table.
type Node uint32

// The constants.
const (
	False Node = 0
	True  Node = 1
)

type node struct {
	level     uint32
	low, high Node
}

// terminal is the level of the constants, below all variables.
const terminal = 1<<32 - 1

type entry struct {
	op, a, b, c uint32
	result      Node
}

// Table holds nodes. It belongs to one goroutine.
type Table struct {
	vars   int
	nodes  []node
	unique []Node // hash table; False is an empty place
	cache  []entry
	sets   []levels // variables that are quantified, by number
	moves  []move

	limit int // of nodes; 0 means none
	tick  int
	poll  func() bool
	full  bool // a limit was met
	halt  bool // poll said so
}

// New returns a Table of functions of variables 0 to vars-1, of which 0 stands
// at the top. It has at most limit nodes, any number if that is 0. Now and
// then it calls poll, if that is not nil, and stops if that reports true.
//
// Once it has stopped all results are False, and mean nothing.
func New(vars, limit int, poll func() bool) *Table {
	t := &Table{vars: vars, limit: limit, poll: poll}
	t.reset(1 << 12)
	return t
}

func (t *Table) reset(size int) {
	t.nodes = append(make([]node, 0, size), node{level: terminal}, node{level: terminal})
	t.unique = make([]Node, 2*size)
	t.cache = make([]entry, size)
}

// Full reports whether the limit of nodes was met, Stopped whether that or
// poll has ended the work.
func (t *Table) Full() bool { return t.full }

// Stopped reports whether results still mean something.
func (t *Table) Stopped() bool { return t.full || t.halt }

// Len is the number of nodes; Bytes how much memory they take.
func (t *Table) Len() int { return len(t.nodes) }

// Bytes is how much memory the table takes.
func (t *Table) Bytes() uint64 {
	return uint64(cap(t.nodes))*12 + uint64(len(t.unique))*4 + uint64(len(t.cache))*20
}

func mix(a, b, c uint32) uint32 {
	h := uint64(a)*0x9e3779b97f4a7c15 ^ uint64(b)*0xc2b2ae3d27d4eb4f ^ uint64(c)*0x165667b19e3779f9
	return uint32(h>>29 ^ h>>3)
}

// make returns the node that is low or high by the variable at level.
func (t *Table) make(level uint32, low, high Node) Node {
	if low == high || t.full || t.halt {
		return low
	}
	mask := uint32(len(t.unique) - 1)
	at := mix(level, uint32(low), uint32(high)) & mask
	for ; t.unique[at] != False; at = (at + 1) & mask {
		if n := t.nodes[t.unique[at]]; n.level == level && n.low == low && n.high == high {
			return t.unique[at]
		}
	}
	return t.add(node{level, low, high}, at)
}

func (t *Table) add(n node, at uint32) Node {
	if t.tick++; t.tick&0xffff == 0 && t.poll != nil && t.poll() {
		t.halt = true
		return False
	}
	if t.limit > 0 && len(t.nodes) >= t.limit || len(t.nodes) == 1<<31 {
		t.full = true
		return False
	}
	id := Node(len(t.nodes))
	t.nodes = append(t.nodes, n)
	t.unique[at] = id
	if 2*len(t.nodes) > len(t.unique) {
		t.grow()
	}
	return id
}

func (t *Table) grow() {
	t.unique = make([]Node, 2*len(t.unique))
	mask := uint32(len(t.unique) - 1)
	for i := 2; i < len(t.nodes); i++ {
		n := t.nodes[i]
		at := mix(n.level, uint32(n.low), uint32(n.high)) & mask
		for t.unique[at] != False {
			at = (at + 1) & mask
		}
		t.unique[at] = Node(i)
	}
	if len(t.cache) < 1<<22 {
		t.cache = make([]entry, 2*len(t.cache))
	}
}

// Operations in the cache; those with a variable set or move add its number.
const (
	opAnd = iota + 1
	opIte
	opExists
	opAndExists
	opMove
	opKinds
)

func (t *Table) slot(op, a, b, c uint32) *entry {
	return &t.cache[mix(a^op*0x85ebca6b, b, c)&uint32(len(t.cache)-1)]
}

// cached returns the remembered result of an operation.
func (t *Table) cached(op uint32, a, b, c Node) (Node, bool) {
	e := t.slot(op, uint32(a), uint32(b), uint32(c))
	if e.op == op && e.a == uint32(a) && e.b == uint32(b) && e.c == uint32(c) {
		return e.result, true
	}
	return False, false
}

func (t *Table) remember(op uint32, a, b, c, result Node) Node {
	if !t.full && !t.halt {
		*t.slot(op, uint32(a), uint32(b), uint32(c)) = entry{op, uint32(a), uint32(b), uint32(c), result}
	}
	return result
}

// Var is variable v.
func (t *Table) Var(v int) Node { return t.make(uint32(v), False, True) }

// split returns n where the variable at level is false and where it is true.
func (t *Table) split(n Node, level uint32) (low, high Node) {
	if x := &t.nodes[n]; x.level == level {
		return x.low, x.high
	}
	return n, n
}

// And is the conjunction.
func (t *Table) And(a, b Node) Node {
	if a > b {
		a, b = b, a
	}
	switch {
	case a == False || t.full || t.halt:
		return False
	case a == True || a == b:
		return b
	}
	if r, ok := t.cached(opAnd, a, b, 0); ok {
		return r
	}
	level := min(t.nodes[a].level, t.nodes[b].level)
	a0, a1 := t.split(a, level)
	b0, b1 := t.split(b, level)
	low := t.And(a0, b0)
	return t.remember(opAnd, a, b, 0, t.make(level, low, t.And(a1, b1)))
}

// Ite is a where c holds, else b.
func (t *Table) Ite(c, a, b Node) Node {
	switch {
	case t.full || t.halt:
		return False
	case c == True || a == b:
		return a
	case c == False:
		return b
	case a == True && b == False:
		return c
	case b == False:
		return t.And(c, a)
	}
	if r, ok := t.cached(opIte, c, a, b); ok {
		return r
	}
	level := min(t.nodes[c].level, t.nodes[a].level, t.nodes[b].level)
	c0, c1 := t.split(c, level)
	a0, a1 := t.split(a, level)
	b0, b1 := t.split(b, level)
	low := t.Ite(c0, a0, b0)
	return t.remember(opIte, c, a, b, t.make(level, low, t.Ite(c1, a1, b1)))
}

// Not is the negation.
func (t *Table) Not(a Node) Node { return t.Ite(a, False, True) }

// Or is the disjunction.
func (t *Table) Or(a, b Node) Node { return t.Ite(a, True, b) }

// Diff is a without b.
func (t *Table) Diff(a, b Node) Node { return t.Ite(b, False, a) }

// Iff is where a and b are the same.
func (t *Table) Iff(a, b Node) Node { return t.Ite(a, b, t.Not(b)) }

// Set is a set of variables that can be quantified.
type Set int

type levels struct {
	in   []bool
	last uint32
	any  bool
}

// Set makes a set of variables.
func (t *Table) Set(vars []int) Set {
	s := levels{in: make([]bool, t.vars)}
	for _, v := range vars {
		s.in[v], s.any, s.last = true, true, max(s.last, uint32(v))
	}
	t.sets = append(t.sets, s)
	return Set(len(t.sets) - 1)
}

// Exists is where a holds for some values of the variables.
func (t *Table) Exists(a Node, s Set) Node {
	return t.exists(a, &t.sets[s], opExists+uint32(s)*opKinds)
}

func (t *Table) exists(a Node, s *levels, op uint32) Node {
	level := t.nodes[a].level
	if a <= True || !s.any || level > s.last || t.full || t.halt {
		return a
	}
	if r, ok := t.cached(op, a, 0, 0); ok {
		return r
	}
	low := t.exists(t.nodes[a].low, s, op)
	if s.in[level] && low == True {
		return t.remember(op, a, 0, 0, True)
	}
	high := t.exists(t.nodes[a].high, s, op)
	if s.in[level] {
		return t.remember(op, a, 0, 0, t.Or(low, high))
	}
	return t.remember(op, a, 0, 0, t.make(level, low, high))
}

// AndExists is Exists(And(a, b), s) without the conjunction in between, the
// relational product of Burch, Clarke, McMillan, Dill and Hwang, "Symbolic
// model checking: 10^20 states and beyond", LICS 1990.
func (t *Table) AndExists(a, b Node, s Set) Node {
	return t.andExists(a, b, &t.sets[s], opAndExists+uint32(s)*opKinds, opExists+uint32(s)*opKinds)
}

func (t *Table) andExists(a, b Node, s *levels, op, exists uint32) Node {
	if a > b {
		a, b = b, a
	}
	switch {
	case a == False || t.full || t.halt:
		return False
	case a == True || a == b:
		return t.exists(b, s, exists)
	}
	level := min(t.nodes[a].level, t.nodes[b].level)
	if !s.any || level > s.last {
		return t.And(a, b)
	}
	if r, ok := t.cached(op, a, b, 0); ok {
		return r
	}
	a0, a1 := t.split(a, level)
	b0, b1 := t.split(b, level)
	low := t.andExists(a0, b0, s, op, exists)
	if s.in[level] && low == True {
		return t.remember(op, a, b, 0, True)
	}
	high := t.andExists(a1, b1, s, op, exists)
	if s.in[level] {
		return t.remember(op, a, b, 0, t.Or(low, high))
	}
	return t.remember(op, a, b, 0, t.make(level, low, high))
}

// Move is a renaming of variables that keeps their order.
type Move int

type move struct{ to []uint32 }

// Move makes a renaming of each variable in from into that in to. Among the
// variables of any function that it is applied to the order stays the same.
func (t *Table) Move(from, to []int) Move {
	m := move{make([]uint32, t.vars)}
	for i := range m.to {
		m.to[i] = uint32(i)
	}
	for i, v := range from {
		m.to[v] = uint32(to[i])
	}
	t.moves = append(t.moves, m)
	return Move(len(t.moves) - 1)
}

// Rename applies a renaming.
func (t *Table) Rename(a Node, m Move) Node {
	return t.rename(a, t.moves[m].to, opMove+uint32(m)*opKinds)
}

func (t *Table) rename(a Node, to []uint32, op uint32) Node {
	if a <= True || t.full || t.halt {
		return a
	}
	if r, ok := t.cached(op, a, 0, 0); ok {
		return r
	}
	n := t.nodes[a]
	low := t.rename(n.low, to, op)
	return t.remember(op, a, 0, 0, t.make(to[n.level], low, t.rename(n.high, to, op)))
}

// Has reports whether a holds for the given values of the variables.
func (t *Table) Has(a Node, value func(v int) bool) bool {
	for a > True {
		n := t.nodes[a]
		if a = n.low; value(int(n.level)) {
			a = n.high
		}
	}
	return a == True
}

// Count is for how many values of all variables a holds.
func (t *Table) Count(a Node) *big.Int {
	done := map[Node]*big.Int{}
	var count func(a Node) *big.Int // of the variables from the level of a on
	level := func(a Node) uint { return min(uint(t.nodes[a].level), uint(t.vars)) }
	count = func(a Node) *big.Int {
		if a <= True {
			return big.NewInt(int64(a))
		}
		if c := done[a]; c != nil {
			return c
		}
		n := t.nodes[a]
		low, high := new(big.Int).Set(count(n.low)), new(big.Int).Set(count(n.high))
		low.Lsh(low, level(n.low)-level(a)-1)
		c := low.Add(low, high.Lsh(high, level(n.high)-level(a)-1))
		done[a] = c
		return c
	}
	c := new(big.Int).Set(count(a))
	return c.Lsh(c, level(a))
}

// Collect forgets all nodes but those that roots and what is below them need,
// and changes the roots to their new numbers.
func (t *Table) Collect(roots ...*Node) {
	if t.full || t.halt {
		return
	}
	old := t.nodes
	t.reset(1 << 12)
	moved := map[Node]Node{False: False, True: True}
	var copied func(a Node) Node
	copied = func(a Node) Node {
		if n, ok := moved[a]; ok {
			return n
		}
		low := copied(old[a].low)
		n := t.make(old[a].level, low, copied(old[a].high))
		moved[a] = n
		return n
	}
	for _, r := range roots {
		*r = copied(*r)
	}
}
