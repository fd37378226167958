package circuit

import "math/bits"

// num is an integer, or the index of an element of a sort: bits in two's
// complement, lowest first, and what it lies between.
type num struct {
	bits   []Lit
	lo, hi int64
}

// maxNumber bounds intervals, so that their arithmetic stays exact.
const maxNumber = 1 << 48

// width is how many bits the integers from lo to hi need.
func width(lo, hi int64) int {
	w := 1
	for _, n := range []int64{lo, hi} {
		if n < 0 {
			n = ^n
		}
		w = max(w, bits.Len64(uint64(n))+1)
	}
	return w
}

func fixed(n int64) *num {
	b := make([]Lit, width(n, n))
	for i := range b {
		b[i] = Lit(n >> i & 1)
	}
	return &num{b, n, n}
}

// bit returns bit i, with the sign for the bits above.
func (n *num) bit(i int) Lit { return n.bits[min(i, len(n.bits)-1)] }

// number makes a num of bits that are right modulo a power of two.
func (b *builder) number(bs func(i int) Lit, lo, hi int64) *num {
	if lo < -maxNumber || hi > maxNumber {
		b.unsupported("integers beyond 2^48")
		return fixed(0)
	}
	if lo == hi {
		return fixed(lo)
	}
	n := &num{make([]Lit, width(lo, hi)), lo, hi}
	for i := range n.bits {
		n.bits[i] = bs(i)
	}
	if sign := len(n.bits) - 1; lo >= 0 {
		n.bits[sign] = False
	} else if hi < 0 {
		n.bits[sign] = True
	}
	return n
}

// narrow is n where it is known to lie between lo and hi.
func (b *builder) narrow(n *num, lo, hi int64) *num {
	lo, hi = max(lo, n.lo), min(hi, n.hi)
	if lo > hi {
		return fixed(min(max(lo, n.lo), n.hi))
	}
	return b.number(n.bit, lo, hi)
}

// sum is x + y + carry with the bits of y flipped if flip is True.
func (b *builder) adder(x, y *num, flip Lit, lo, hi int64) *num {
	carry := flip
	var out []Lit
	for i := range width(lo, hi) {
		p, q := x.bit(i), y.bit(i)^flip
		d := b.g.Xor(p, q)
		out = append(out, b.g.Xor(d, carry))
		carry = b.g.Or(b.g.And(p, q), b.g.And(d, carry))
	}
	return b.number(func(i int) Lit { return out[i] }, lo, hi)
}

func (b *builder) add(x, y *num) *num { return b.adder(x, y, False, x.lo+y.lo, x.hi+y.hi) }

func (b *builder) sub(x, y *num) *num { return b.adder(x, y, True, x.lo-y.hi, x.hi-y.lo) }

func (b *builder) mul(x, y *num) *num {
	if max(x.hi, -x.lo) > 1<<24 && max(y.hi, -y.lo) > 1<<24 {
		b.unsupported("products beyond 2^48")
		return fixed(0)
	}
	lo, hi := x.lo*y.lo, x.lo*y.lo
	for _, p := range []int64{x.lo * y.hi, x.hi * y.lo, x.hi * y.hi} {
		lo, hi = min(lo, p), max(hi, p)
	}
	if lo == hi {
		return fixed(lo)
	}
	w := width(lo, hi)
	out := make([]Lit, w)
	for i := range w {
		carry := False
		for j := i; j < w; j++ {
			p, q := out[j], b.g.And(y.bit(i), x.bit(j-i))
			d := b.g.Xor(p, q)
			out[j] = b.g.Xor(d, carry)
			carry = b.g.Or(b.g.And(p, q), b.g.And(d, carry))
		}
	}
	return b.number(func(i int) Lit { return out[i] }, lo, hi)
}

// abs is the magnitude.
func (b *builder) abs(x *num) *num {
	if x.lo >= 0 {
		return x
	}
	neg := x.bit(len(x.bits) - 1)
	minus := b.sub(fixed(0), x)
	hi := max(x.hi, -x.lo)
	return b.number(func(i int) Lit { return b.g.Mux(neg, minus.bit(i), x.bit(i)) }, 0, hi)
}

// divide returns quotient and remainder as Go has them, by long division of
// the magnitudes. Where y is zero they mean nothing.
func (b *builder) divide(x, y *num) (q, r *num) {
	ax, ay := b.abs(x), b.abs(y)
	rest, quotient := fixed(0), make([]Lit, len(ax.bits))
	for i := len(ax.bits) - 1; i >= 0; i-- {
		shifted := b.number(func(j int) Lit {
			if j == 0 {
				return ax.bits[i]
			}
			return rest.bit(j - 1)
		}, 0, min(2*rest.hi+1, ax.hi))
		fits := b.less(shifted, ay).Not()
		quotient[i] = fits
		diff := b.sub(shifted, ay)
		rest = b.number(func(j int) Lit { return b.g.Mux(fits, diff.bit(j), shifted.bit(j)) }, 0, shifted.hi)
	}
	sign := func(n *num) Lit { return n.bit(len(n.bits) - 1) }
	q = b.number(func(i int) Lit { return quotient[min(i, len(quotient)-1)] }, 0, ax.hi)
	r = b.narrow(rest, 0, max(ay.hi-1, 0))
	return b.negateIf(b.g.Xor(sign(x), sign(y)), q), b.negateIf(sign(x), r)
}

func (b *builder) negateIf(c Lit, n *num) *num {
	switch c {
	case False:
		return n
	case True:
		return b.sub(fixed(0), n)
	}
	return b.muxNum(c, b.sub(fixed(0), n), n)
}

func (b *builder) muxNum(c Lit, x, y *num) *num {
	switch c {
	case True:
		return x
	case False:
		return y
	}
	return b.number(func(i int) Lit { return b.g.Mux(c, x.bit(i), y.bit(i)) }, min(x.lo, y.lo), max(x.hi, y.hi))
}

func (b *builder) less(x, y *num) Lit {
	switch {
	case x.hi < y.lo:
		return True
	case x.lo >= y.hi:
		return False
	}
	less, w := False, max(len(x.bits), len(y.bits))
	for i := range w {
		p, q := x.bit(i), y.bit(i)
		if i == w-1 {
			p, q = q, p // the sign
		}
		less = b.g.Mux(b.g.Xor(p, q), q, less)
	}
	return less
}

func (b *builder) same(x, y *num) Lit {
	if x.hi < y.lo || y.hi < x.lo {
		return False
	}
	all := True
	for i := range max(len(x.bits), len(y.bits)) {
		all = b.g.And(all, b.g.Iff(x.bit(i), y.bit(i)))
	}
	return all
}

// is reports whether x is n.
func (b *builder) is(x *num, n int64) Lit { return b.same(x, fixed(n)) }

// tally is how many of the literals are true.
func (b *builder) tally(ls []Lit) *num {
	total := fixed(0)
	for _, l := range ls {
		total = b.add(total, b.digit(l))
	}
	return total
}

// digit is 1 where l is true, else 0.
func (b *builder) digit(l Lit) *num {
	switch l {
	case True:
		return fixed(1)
	case False:
		return fixed(0)
	}
	return &num{[]Lit{l, False}, 0, 1}
}
