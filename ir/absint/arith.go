package absint

import "math/big"

// end is an integer, or minus or plus infinity.
type end struct {
	n   *big.Int
	inf int // -1 or 1; 0 where n counts
}

func (a Num) ends() (lo, hi end) {
	lo, hi = end{n: a.Lo}, end{n: a.Hi}
	if a.Lo == nil {
		lo.inf = -1
	}
	if a.Hi == nil {
		hi.inf = 1
	}
	return lo, hi
}

func (e end) sign() int {
	if e.inf != 0 {
		return e.inf
	}
	return e.n.Sign()
}

func (e end) cmp(f end) int {
	switch {
	case e.inf != f.inf:
		if e.inf < f.inf {
			return -1
		}
		return 1
	case e.inf != 0:
		return 0
	}
	return e.n.Cmp(f.n)
}

// hullOf returns the integers from the least to the greatest of the ends.
func hullOf(es ...end) Num {
	lo, hi := es[0], es[0]
	for _, e := range es[1:] {
		if e.cmp(lo) < 0 {
			lo = e
		}
		if e.cmp(hi) > 0 {
			hi = e
		}
	}
	return Num{Lo: lo.n, Hi: hi.n}
}

func mulEnd(e, f end) end {
	switch s := e.sign() * f.sign(); {
	case s == 0:
		return end{n: new(big.Int)}
	case e.inf != 0 || f.inf != 0:
		return end{inf: s}
	}
	return end{n: new(big.Int).Mul(e.n, f.n)}
}

// quoEnd divides as Go does, towards zero; f is not zero.
func quoEnd(e, f end) end {
	switch {
	case f.inf != 0:
		if e.inf != 0 { // which hull keeps: the other ends say as much
			return end{inf: e.inf * f.inf}
		}
		return end{n: new(big.Int)}
	case e.inf != 0:
		return end{inf: e.inf * f.sign()}
	}
	return end{n: new(big.Int).Quo(e.n, f.n)}
}

func (a Num) neg() Num {
	if a.none {
		return a
	}
	b := Num{Mod: a.Mod}
	if a.Lo != nil {
		b.Hi = new(big.Int).Neg(a.Lo)
	}
	if a.Hi != nil {
		b.Lo = new(big.Int).Neg(a.Hi)
	}
	if a.Mod != nil {
		b.Rem = new(big.Int).Neg(a.Rem)
		b.Rem.Mod(b.Rem, a.Mod)
	}
	return b.reduced()
}

func (a Num) add(b Num) Num {
	if a.none || b.none {
		return Num{none: true}
	}
	var c Num
	if a.Lo != nil && b.Lo != nil {
		c.Lo = new(big.Int).Add(a.Lo, b.Lo)
	}
	if a.Hi != nil && b.Hi != nil {
		c.Hi = new(big.Int).Add(a.Hi, b.Hi)
	}
	m, r := a.cong()
	n, s := b.cong()
	return c.with(gcd(m, n), new(big.Int).Add(r, s))
}

func (a Num) sub(b Num) Num { return a.add(b.neg()) }

func (a Num) mul(b Num) Num {
	if a.none || b.none {
		return Num{none: true}
	}
	c := a.span(b)
	m, r := a.cong()
	n, s := b.cong()
	g := gcd(new(big.Int).Mul(m, n), new(big.Int).Mul(m, s), new(big.Int).Mul(n, r))
	return c.with(g, new(big.Int).Mul(r, s))
}

// span is the interval of the products: also of sums of a numbers from b,
// where a is not negative.
func (a Num) span(b Num) Num {
	if a.none || b.none {
		return Num{none: true}
	}
	al, ah := a.ends()
	bl, bh := b.ends()
	return hullOf(mulEnd(al, bl), mulEnd(al, bh), mulEnd(ah, bl), mulEnd(ah, bh))
}

var minusOne = big.NewInt(-1)

// quo is the quotient, towards zero, by those members of b that are not zero.
func (a Num) quo(b Num) Num {
	out := Num{none: true}
	if a.none {
		return out
	}
	for _, part := range []Num{b.meet(Num{Hi: minusOne}), b.meet(Num{Lo: one})} {
		if part.none {
			continue
		}
		al, ah := a.ends()
		bl, bh := part.ends()
		out = out.join(hullOf(quoEnd(al, bl), quoEnd(al, bh), quoEnd(ah, bl), quoEnd(ah, bh)))
	}
	if d := b.Single(); d != nil && d.Sign() != 0 && !out.none {
		if m, r := a.cong(); divides(d, m) && divides(d, r) {
			return out.with(new(big.Int).Quo(m, d), new(big.Int).Quo(r, d))
		}
	}
	return out
}

func divides(d, n *big.Int) bool { return new(big.Int).Rem(n, d).Sign() == 0 }

// rem is the remainder, of the sign of a, by those members of b that are not
// zero.
func (a Num) rem(b Num) Num {
	if a.none || b.none || b.Single() != nil && b.Single().Sign() == 0 {
		return Num{none: true}
	}
	var largest *big.Int // of the absolute values of remainders
	if b.Lo != nil && b.Hi != nil {
		largest = most(new(big.Int).Abs(b.Lo), new(big.Int).Abs(b.Hi))
		largest = new(big.Int).Sub(largest, one)
	}
	if least := b.distance(); a.within(least) { // nothing to take away
		return a
	}
	lo, hi := new(big.Int), new(big.Int)
	if a.Lo == nil || a.Lo.Sign() < 0 {
		lo = a.Lo
		if largest != nil && (lo == nil || new(big.Int).Neg(largest).Cmp(lo) > 0) {
			lo = new(big.Int).Neg(largest)
		}
	}
	if a.Hi == nil || a.Hi.Sign() > 0 {
		hi = a.Hi
		if largest != nil && (hi == nil || largest.Cmp(hi) < 0) {
			hi = largest
		}
	}
	m, r := a.cong()
	n, s := b.cong()
	return Num{Lo: lo, Hi: hi}.with(gcd(m, n, s), r)
}

// distance is the least absolute value of a member that is not zero, at
// least 1.
func (a Num) distance() *big.Int {
	switch {
	case a.Lo != nil && a.Lo.Sign() > 0:
		return a.Lo
	case a.Hi != nil && a.Hi.Sign() < 0:
		return new(big.Int).Neg(a.Hi)
	}
	return one
}

// within reports whether all members are less than n in absolute value.
func (a Num) within(n *big.Int) bool {
	return a.Lo != nil && a.Hi != nil && a.Lo.CmpAbs(n) < 0 && a.Hi.CmpAbs(n) < 0
}
