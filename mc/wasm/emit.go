package wasm

import (
	"math"
	"math/bits"
)

// code is the body of one function as it is written.
type code struct {
	buf   []byte
	depth int // of open blocks
	types []byte
	// free are locals that nothing needs any more, by truth value or not.
	free map[bool][]uint64
	used []uint64 // in order, those that scopes hand back
	// facts are tests of words in locals that are known to be true here.
	facts []fact
}

type fact struct {
	local uint64
	m, c  uint64
}

// label is a block that can be left, by its depth.
type label int

func newCode(params int) *code {
	c := &code{free: map[bool][]uint64{}}
	for range params {
		c.types = append(c.types, type32)
	}
	return c
}

func (c *code) op(ops ...byte) { c.buf = append(c.buf, ops...) }

func (c *code) uint(n uint64) { c.buf = appendUint(c.buf, n) }

func appendUint(b []byte, n uint64) []byte {
	for ; n >= 0x80; n >>= 7 {
		b = append(b, byte(n)|0x80)
	}
	return append(b, byte(n))
}

func appendInt(b []byte, n int64) []byte {
	for {
		low := byte(n & 0x7f)
		n >>= 7
		if n == 0 && low&0x40 == 0 || n == -1 && low&0x40 != 0 {
			return append(b, low)
		}
		b = append(b, low|0x80)
	}
}

func (c *code) const32(n int64) {
	c.op(opConst32)
	c.buf = appendInt(c.buf, n)
}

func (c *code) const64(n int64) {
	c.op(opConst64)
	c.buf = appendInt(c.buf, n)
}

func (c *code) get(l uint64) {
	c.op(opLocalGet)
	c.uint(l)
}

func (c *code) set(l uint64) {
	c.op(opLocalSet)
	c.uint(l)
}

func (c *code) open(op byte) label {
	c.op(op, noResult)
	c.depth++
	return label(c.depth)
}

func (c *code) end() {
	c.op(opEnd)
	c.depth--
}

func (c *code) leave(op byte, l label) {
	c.op(op)
	c.uint(uint64(c.depth - int(l)))
}

// fresh returns a local that nothing else uses until the scope ends.
func (c *code) fresh(i32 bool) uint64 {
	var l uint64
	if free := c.free[i32]; len(free) > 0 {
		l = free[len(free)-1]
		c.free[i32] = free[:len(free)-1]
	} else {
		l = uint64(len(c.types))
		if i32 {
			c.types = append(c.types, type32)
		} else {
			c.types = append(c.types, type64)
		}
	}
	c.used = append(c.used, l)
	return l
}

// scope returns what ends a scope: facts are forgotten and locals are free.
func (c *code) scope() func() {
	n, facts := len(c.used), len(c.facts)
	return func() {
		for _, l := range c.used[n:] {
			i32 := c.types[l] == type32
			c.free[i32] = append(c.free[i32], l)
		}
		c.used, c.facts = c.used[:n], c.facts[:facts]
	}
}

func localNode(l uint64, like *node) *node {
	return &node{op: opLocal, i32: like.i32, k: l, bits: like.bits, lo: like.lo, hi: like.hi, cost: 1}
}

// keep puts a node into a local unless it is as cheap as that.
func (c *code) keep(n *node) *node {
	if n.cost <= 3 {
		return n
	}
	return c.store(n)
}

func (c *code) store(n *node) *node {
	if n.op == opLocal || n.known() {
		return n
	}
	l := c.fresh(n.i32)
	c.push(n)
	c.set(l)
	return localNode(l, n)
}

// push writes the code of a node.
func (c *code) push(n *node) {
	switch n.op {
	case opConst:
		if n.i32 {
			c.const32(int64(n.k))
		} else {
			c.const64(int64(n.k))
		}
	case opLocal:
		c.get(n.k)
	case opLoad8:
		c.push(n.a)
		c.op(opWrap, opLoad8, 0)
		c.uint(n.k)
	case opSelect:
		c.push(n.a)
		c.push(n.b)
		c.push(n.c)
		c.op(opSelect)
	case opEq, opNe:
		c.pushTest(n)
	default:
		c.push(n.a)
		if n.b != nil {
			c.push(n.b)
		}
		c.op(n.op)
	}
}

// pushTest writes a comparison. Constants of more than 31 bits cost a move of
// their own, so the word is shifted down instead.
func (c *code) pushTest(n *node) {
	if n.a.op == opAnd && n.a.b.known() && n.b.known() && n.a.b.k > math.MaxInt32 {
		s := bits.TrailingZeros64(n.a.b.k)
		if m := n.a.b.k >> s; m <= math.MaxInt32 && s > 0 {
			c.push(n.a.a)
			c.const64(int64(s))
			c.op(opShr)
			if m != math.MaxUint64>>s {
				c.const64(int64(m))
				c.op(opAnd)
			}
			c.const64(int64(n.b.k >> s))
			c.op(n.op)
			return
		}
	}
	c.push(n.a)
	c.push(n.b)
	c.op(n.op)
}

// know applies what is known here to a truth value.
func (c *code) know(n *node) *node {
	negated := n
	if n.op == opEqz32 || n.op == opNe && !n.a.i32 {
		negated = not(n)
	}
	if x, m, v, ok := test(n); ok {
		return c.decide(n, x, m, v, true)
	}
	if x, m, v, ok := test(negated); ok && negated != n {
		return c.decide(n, x, m, v, false)
	}
	return n
}

func (c *code) decide(n, x *node, m, v uint64, positive bool) *node {
	if x.op != opLocal {
		return n
	}
	seen := uint64(0)
	for _, f := range c.facts {
		if f.local != x.k {
			continue
		}
		if (f.c^v)&f.m&m != 0 {
			return truth(!positive)
		}
		seen |= f.m & m
	}
	if seen == m {
		return truth(positive)
	}
	return n
}

// assume notes that a truth value is true until the scope ends.
func (c *code) assume(n *node) {
	if n.op == opAnd32 {
		c.assume(n.a)
		c.assume(n.b)
		return
	}
	if x, m, v, ok := test(n); ok && x.op == opLocal {
		c.facts = append(c.facts, fact{x.k, m, v})
	}
}

// unless leaves a block unless a truth value is true. It reports false if that
// is known.
func (c *code) unless(n *node, l label) bool {
	n = c.know(n)
	if n.known() {
		if n.k == 0 {
			c.leave(opBr, l)
			return false
		}
		return true
	}
	if n.op == opAnd32 {
		return c.unless(n.a, l) && c.unless(n.b, l)
	}
	c.push(not(n))
	c.leave(opBrIf, l)
	c.assume(n)
	return true
}

// when leaves a block if a truth value is true.
func (c *code) when(n *node, l label) {
	n = c.know(n)
	if n.is(0) {
		return
	}
	if n.op == opOr32 {
		c.when(n.a, l)
		c.when(n.b, l)
		return
	}
	c.push(n)
	c.leave(opBrIf, l)
	c.assume(not(n))
}
