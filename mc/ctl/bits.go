package ctl

import (
	"math/bits"
	"slices"
)

// set is a set of states, one bit each.
type set []uint64

func newSet(n int) set { return make(set, n/64+1) }

func (s set) has(i uint32) bool { return s[i/64]>>(i%64)&1 != 0 }

func (s set) add(i uint32) { s[i/64] |= 1 << (i % 64) }

func (s set) clone() set { return append(set(nil), s...) }

// not is the complement among n states.
func (s set) not(n int) set {
	out := make(set, len(s))
	for i, w := range s {
		out[i] = ^w
	}
	out[len(out)-1] &= 1<<(n%64) - 1
	return out
}

func (s set) and(t set) set {
	out := make(set, len(s))
	for i, w := range s {
		out[i] = w & t[i]
	}
	return out
}

func (s set) or(t set) set {
	out := make(set, len(s))
	for i, w := range s {
		out[i] = w | t[i]
	}
	return out
}

func (s set) without(t set) set {
	out := make(set, len(s))
	for i, w := range s {
		out[i] = w &^ t[i]
	}
	return out
}

func (s set) equal(t set) bool { return slices.Equal(s, t) }

func (s set) len() int {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// each visits the elements in order.
func (s set) each(visit func(uint32)) {
	for i, w := range s {
		for ; w != 0; w &= w - 1 {
			visit(uint32(i*64 + bits.TrailingZeros64(w)))
		}
	}
}

// truth is where a formula is true. A state in must is one of it whatever is
// outside of the graph, a state that is not in may is none. Between them it
// depends on what is not known. Where all is known the two are the same set.
type truth struct{ must, may set }

func exact(s set) truth { return truth{s, s} }

// known reports whether nothing is left open.
func (t truth) known() bool { return &t.must[0] == &t.may[0] }

// lift applies an operation that respects inclusion to both sets of its
// operands.
func lift(f func(...set) set, ts ...truth) truth {
	must, may, known := make([]set, len(ts)), make([]set, len(ts)), true
	for i, t := range ts {
		must[i], may[i] = t.must, t.may
		known = known && t.known()
	}
	m := f(must...)
	if known {
		return exact(m)
	}
	return truth{m, f(may...)}
}

func (t truth) and(u truth) truth {
	return lift(func(s ...set) set { return s[0].and(s[1]) }, t, u)
}

func (t truth) or(u truth) truth {
	return lift(func(s ...set) set { return s[0].or(s[1]) }, t, u)
}

func (t truth) not(n int) truth {
	must := t.may.not(n)
	if t.known() {
		return exact(must)
	}
	return truth{must, t.must.not(n)}
}
