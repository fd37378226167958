package wasm

import (
	"math"
	"math/bits"
)

// node is a pure expression over constants and locals. Nodes are trees; what
// is needed twice and is not cheap is put into a local first.
type node struct {
	op      byte // opcode; opConst and opLocal have k
	i32     bool // a truth value, 0 or 1; else 64 bits
	a, b, c *node
	k       uint64
	bits    uint64 // those that may be 1
	lo, hi  int64  // bounds of a number
	cost    int    // instructions, roughly
}

const (
	opConst byte = 0xfe
	opLocal byte = 0xff
)

func constant(k uint64) *node {
	return &node{op: opConst, k: k, bits: k, lo: int64(k), hi: int64(k)}
}

func number(n int64) *node { return constant(uint64(n)) }

func truth(b bool) *node {
	n := &node{op: opConst, i32: true, bits: 1}
	if b {
		n.k = 1
	}
	return n
}

func (n *node) known() bool { return n.op == opConst }

func (n *node) is(k uint64) bool { return n.op == opConst && n.k == k }

// same reports whether two nodes are equal as trees.
func same(a, b *node) bool {
	if a == b {
		return true
	}
	if a == nil || b == nil || a.op != b.op || a.k != b.k || a.i32 != b.i32 {
		return false
	}
	return same(a.a, b.a) && same(a.b, b.b) && same(a.c, b.c)
}

// bounded returns n with bounds that are known to hold.
func (n *node) bounded(lo, hi int64) *node {
	if n.known() {
		return n
	}
	m := *n
	m.lo, m.hi = max(lo, n.lo), min(hi, n.hi)
	return &m
}

// within is bounded for what has been demanded: a constant beyond comes after a
// failure, where any number does.
func (n *node) within(lo, hi int64) *node {
	if n.known() && (int64(n.k) < lo || int64(n.k) > hi) {
		return number(lo)
	}
	return n.bounded(lo, hi)
}

func wide(op byte, a, b *node) *node {
	return &node{op: op, a: a, b: b, bits: math.MaxUint64, lo: math.MinInt64, hi: math.MaxInt64, cost: a.cost + b.cost + 1}
}

// word gives a node the bounds that follow from its bits.
func (n *node) word(mask uint64) *node {
	n.bits = mask
	n.lo, n.hi = math.MinInt64, math.MaxInt64
	if int64(mask) >= 0 {
		n.lo, n.hi = 0, int64(mask)
	}
	return n
}

func fill(m uint64) uint64 { return 1<<bits.Len64(m) - 1 }

func and(a, b *node) *node {
	if a.known() {
		a, b = b, a
	}
	switch {
	case b.known() && a.known():
		return constant(a.k & b.k)
	case a.bits&b.bits == 0:
		return constant(0)
	case b.known() && a.bits&^b.k == 0:
		return a
	case b.known() && a.op == opAnd && a.b.known():
		return and(a.a, constant(a.b.k&b.k))
	case b.known() && a.op == opOr:
		return or(and(a.a, b), and(a.b, b))
	}
	return wide(opAnd, a, b).word(a.bits & b.bits)
}

func or(a, b *node) *node {
	if a.known() {
		a, b = b, a
	}
	switch {
	case b.known() && a.known():
		return constant(a.k | b.k)
	case b.is(0):
		return a
	case b.known() && a.op == opOr && a.b.known():
		return or(a.a, constant(a.b.k|b.k))
	case a.op == opOr && a.b.known():
		return or(or(a.a, b), a.b)
	}
	return wide(opOr, a, b).word(a.bits | b.bits)
}

func xor(a, b *node) *node {
	if a.known() && b.known() {
		return constant(a.k ^ b.k)
	}
	return wide(opXor, a, b).word(a.bits | b.bits)
}

func not64(a *node) *node { return xor(a, constant(math.MaxUint64)) }

func shl(a *node, s int) *node {
	switch {
	case s == 0 || a.is(0):
		return a
	case a.known():
		return constant(a.k << s)
	}
	return wide(opShl, a, constant(uint64(s))).word(a.bits << s)
}

func shr(a *node, s int) *node {
	switch {
	case s == 0 || a.is(0):
		return a
	case a.known():
		return constant(a.k >> s)
	case a.bits>>s == 0:
		return constant(0)
	case a.op == opShl && a.b.known() && a.a.bits<<a.b.k>>a.b.k == a.a.bits:
		if t := int(a.b.k); t >= s {
			return shl(a.a, t-s)
		} else {
			return shr(a.a, s-t)
		}
	case a.op == opShr && a.b.known():
		return shr(a.a, s+int(a.b.k))
	case a.op == opOr:
		return or(shr(a.a, s), shr(a.b, s))
	}
	return wide(opShr, a, constant(uint64(s))).word(a.bits >> s)
}

// shlBy and shrBy shift by a number that is not known.
func shlBy(a, s *node) *node {
	switch {
	case s.known():
		return shl(a, int(s.k))
	case a.is(0):
		return a
	}
	return wide(opShl, a, s).word(math.MaxUint64)
}

func shrBy(a, s *node) *node {
	switch {
	case s.known():
		return shr(a, int(s.k))
	case a.is(0):
		return a
	}
	return wide(opShr, a, s).word(fill(a.bits))
}

// signed31 is the number in the upper 31 of the lower 32 bits.
func signed31(w *node) *node {
	if w.known() {
		return number(int64(int32(w.k)) >> 1)
	}
	n := wide(opShrS, shl(w, 32), constant(33))
	n.lo, n.hi = minSlot, maxSlot
	return n
}

// extract returns the bits under mask after a shift by s.
func extract(a *node, s int, mask uint64) *node {
	return and(shr(and(a, constant(mask<<s)), s), constant(mask))
}

// put returns a with the bits under mask<<s replaced by v.
func put(a *node, s int, mask uint64, v *node) *node {
	return or(and(a, constant(^(mask<<s))), shl(v, s))
}

// Numbers. Their bounds tell whether they can overflow.

// fits reports whether lo..hi, computed without overflow, is within 62 bits.
func fits(lo, hi int64) bool { return lo >= math.MinInt64/2 && hi <= math.MaxInt64/2 }

func add(a, b *node) *node {
	if a.known() {
		a, b = b, a
	}
	switch {
	case a.known() && b.known():
		return constant(a.k + b.k)
	case b.is(0):
		return a
	case b.known() && a.op == opAdd && a.b.known():
		return add(a.a, constant(a.b.k+b.k)).bounded(a.lo+int64(b.k), a.hi+int64(b.k))
	}
	n := wide(opAdd, a, b)
	if fits(a.lo, a.hi) && fits(b.lo, b.hi) {
		n.lo, n.hi = a.lo+b.lo, a.hi+b.hi
	}
	if n.lo >= 0 {
		n.bits = fill(uint64(n.hi))
	}
	return n
}

func sub(a, b *node) *node {
	if b.known() {
		return add(a, constant(-b.k))
	}
	n := wide(opSub, a, b)
	if fits(a.lo, a.hi) && fits(b.lo, b.hi) {
		n.lo, n.hi = a.lo-b.hi, a.hi-b.lo
	}
	if n.lo >= 0 {
		n.bits = fill(uint64(n.hi))
	}
	return n
}

func mul(a, b *node) *node {
	switch {
	case a.known() && b.known():
		return constant(a.k * b.k)
	case a.is(0) || b.is(0):
		return constant(0)
	case a.is(1):
		return b
	case b.is(1):
		return a
	}
	n := wide(opMul, a, b)
	n.lo, n.hi = math.MaxInt64, math.MinInt64
	for _, x := range []int64{a.lo, a.hi} {
		for _, y := range []int64{b.lo, b.hi} {
			n.lo, n.hi = min(n.lo, x*y), max(n.hi, x*y)
		}
	}
	if n.lo >= 0 {
		n.bits = fill(uint64(n.hi))
	}
	return n
}

// divide is the quotient or remainder of numbers; b is not 0.
func divide(op byte, a, b *node) *node {
	if a.known() && b.known() {
		if op == opDiv {
			return number(int64(a.k) / int64(b.k))
		}
		return number(int64(a.k) % int64(b.k))
	}
	n := wide(op, a, b)
	n.cost += 10
	m := max(a.hi, -max(a.lo, -math.MaxInt64))
	n.lo, n.hi = -m, m
	if a.lo >= 0 {
		n.lo = 0
		if b.lo < 0 && op == opDiv {
			n.lo = -m
		}
	}
	if op == opRem && b.lo > 0 {
		n.hi = min(n.hi, b.hi-1)
		n.lo = max(n.lo, -(b.hi - 1))
	}
	return n
}

func count(a *node) *node {
	if a.known() {
		return number(int64(bits.OnesCount64(a.k)))
	}
	n := &node{op: opPopcnt, a: a, cost: a.cost + 1}
	n.lo, n.hi = 0, int64(bits.OnesCount64(a.bits))
	n.bits = fill(uint64(n.hi))
	return n
}

// Truth values.

// extend turns a truth value into a number.
func extend(a *node) *node {
	switch {
	case a.known():
		return constant(a.k)
	case a.op == opNe && a.b.is(0) && bits.OnesCount64(a.a.bits) == 1:
		return shr(a.a, bits.TrailingZeros64(a.a.bits))
	}
	return (&node{op: opExtend, a: a, cost: a.cost + 1}).word(1)
}

func compare(op byte, a, b *node) *node {
	return &node{op: op, i32: true, a: a, b: b, bits: 1, cost: a.cost + b.cost + 1}
}

var inverse = map[byte]byte{opEq: opNe, opNe: opEq, opLtS: opGeS, opGeS: opLtS, opGtS: opLeS, opLeS: opGtS}

func not(a *node) *node {
	switch {
	case a.known():
		return truth(a.k == 0)
	case a.op == opEqz32:
		return a.a
	case inverse[a.op] != 0:
		return compare(inverse[a.op], a.a, a.b)
	}
	return &node{op: opEqz32, i32: true, a: a, bits: 1, cost: a.cost + 1}
}

func both(a, b *node) *node {
	if a.known() {
		a, b = b, a
	}
	switch {
	case b.is(1) && b.known():
		return a
	case b.known():
		return b
	}
	// Two tests of bits of one word are one test.
	if x, m, c, ok := test(a); ok {
		if y, n, d, ok := test(b); ok && same(x, y) {
			if (c^d)&m&n != 0 {
				return truth(false)
			}
			return masked(x, m|n, c|d)
		}
	}
	return &node{op: opAnd32, i32: true, a: a, b: b, bits: 1, cost: a.cost + b.cost + 1}
}

func either(a, b *node) *node {
	if a.known() {
		a, b = b, a
	}
	switch {
	case b.is(0):
		return a
	case b.known():
		return b
	}
	return &node{op: opOr32, i32: true, a: a, b: b, bits: 1, cost: a.cost + b.cost + 1}
}

// test takes apart a test of bits: x & m == c.
func test(n *node) (x *node, m, c uint64, ok bool) {
	if n.i32 && n.op == opNe && n.b.is(0) && n.a.op == opAnd && n.a.b.known() && bits.OnesCount64(n.a.b.k) == 1 {
		return n.a.a, n.a.b.k, n.a.b.k, true
	}
	if !n.i32 || n.op != opEq || !n.b.known() || n.a.i32 {
		return nil, 0, 0, false
	}
	if n.a.op == opAnd && n.a.b.known() {
		return n.a.a, n.a.b.k, n.b.k, true
	}
	return n.a, math.MaxUint64, n.b.k, true
}

// masked is x & m == c.
func masked(x *node, m, c uint64) *node {
	x = and(x, constant(m))
	if bits.OnesCount64(x.bits) == 1 && c == x.bits {
		return compare(opNe, x, constant(0))
	}
	return compare(opEq, x, constant(c))
}

// eq compares words or numbers.
func eq(a, b *node) *node {
	if a.i32 {
		a, b = extend(a), extend(b)
	}
	if a.known() {
		a, b = b, a
	}
	switch {
	case a.known():
		return truth(a.k == b.k)
	case same(a, b):
		return truth(true)
	case b.known():
		return eqConst(a, b.k)
	case a.hi < b.lo || b.hi < a.lo:
		return truth(false)
	case a.op == opAdd && b.op == opAdd && a.b.known() && b.b.known() && a.b.k == b.b.k:
		return eq(a.a, b.a)
	}
	return compare(opEq, a, b)
}

func eqConst(a *node, c uint64) *node {
	switch {
	case a.known():
		return truth(a.k == c)
	case c&^a.bits != 0, int64(c) < a.lo, int64(c) > a.hi:
		return truth(false)
	case a.op == opAdd && a.b.known():
		return eqConst(a.a, c-a.b.k)
	case a.op == opAnd && a.b.known() && a.a.op == opShr && a.a.b.known():
		s := int(a.a.b.k)
		return eqConst(and(a.a.a, constant(a.b.k<<s)), c<<s)
	case a.op == opShr && a.b.known():
		s := int(a.b.k)
		return eqConst(and(a.a, constant(math.MaxUint64<<s)), c<<s)
	case a.op == opShl && a.b.known() && a.a.bits<<a.b.k>>a.b.k == a.a.bits:
		return eqConst(a.a, c>>a.b.k)
	case a.op == opOr && a.a.bits&a.b.bits == 0:
		return both(eqConst(a.a, c&a.a.bits), eqConst(a.b, c&a.b.bits))
	case a.op == opExtend:
		if c == 1 {
			return a.a
		}
		return not(a.a)
	case a.op == opSelect && a.a.known() && a.b.known():
		switch {
		case a.a.k == c && a.b.k == c:
			return truth(true)
		case a.a.k == c:
			return a.c
		case a.b.k == c:
			return not(a.c)
		}
		return truth(false)
	case bits.OnesCount64(a.bits) == 1 && c == a.bits:
		return compare(opNe, a, constant(0))
	}
	return compare(opEq, a, constant(c))
}

// less is a < b of numbers.
func less(a, b *node) *node {
	switch {
	case a.hi < b.lo:
		return truth(true)
	case a.lo >= b.hi:
		return truth(false)
	case a.op == opAdd && a.b.known() && b.known() && fits(a.a.lo, a.a.hi):
		return less(a.a, constant(b.k-a.b.k))
	case b.op == opAdd && b.b.known() && a.known() && fits(b.a.lo, b.a.hi):
		return less(constant(a.k-b.b.k), b.a)
	case a.op == opAdd && b.op == opAdd && a.b.known() && b.b.known() && a.b.k == b.b.k && fits(a.a.lo, a.a.hi) && fits(b.a.lo, b.a.hi):
		return less(a.a, b.a)
	}
	return compare(opLtS, a, b)
}

// choose is a if c is true, else b.
func choose(c, a, b *node) *node {
	switch {
	case c.known() && c.k != 0:
		return a
	case c.known():
		return b
	case same(a, b):
		return a
	case a.i32 && a.known() && b.known():
		if a.k != 0 {
			return c
		}
		return not(c)
	case a.i32 && a.known() && a.k != 0:
		return either(c, b)
	case a.i32 && a.known():
		return both(not(c), b)
	case a.i32 && b.known() && b.k != 0:
		return either(not(c), a)
	case a.i32 && b.known():
		return both(c, a)
	}
	n := &node{op: opSelect, i32: a.i32, a: a, b: b, c: c, cost: a.cost + b.cost + c.cost + 1}
	n.bits, n.lo, n.hi = a.bits|b.bits, min(a.lo, b.lo), max(a.hi, b.hi)
	return n
}

// load reads a byte of a table in memory.
func load(table uint64, index *node, most uint64) *node {
	return (&node{op: opLoad8, a: index, k: table, cost: index.cost + 2}).word(fill(most))
}
