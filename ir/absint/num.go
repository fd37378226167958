package absint

import (
	"math/big"
	"slices"
)

// Num is a set of integers: those from Lo to Hi that leave Rem when divided by
// Mod. It is the reduced product of intervals (Cousot and Cousot, "Static
// determination of dynamic properties of programs", 1976) and congruences
// (Granger, "Static analysis of arithmetical congruences", 1989): the ends are
// members themselves. The zero Num is all integers.
type Num struct {
	Lo, Hi *big.Int // nil: no end
	// Mod is at least 2, and 0 <= Rem < Mod; nil: every remainder.
	Mod, Rem *big.Int

	none bool
}

var one = big.NewInt(1)

// exactly returns the Num of one integer.
func exactly(n *big.Int) Num { return Num{Lo: n, Hi: n} }

// between returns the Num of the integers from lo to hi; nil is no end.
func between(lo, hi *big.Int) Num { return Num{Lo: lo, Hi: hi}.reduced() }

func count(n int) Num { return exactly(big.NewInt(int64(n))) }

// atLeast returns the integers from n on.
func atLeast(n int64) Num { return Num{Lo: big.NewInt(n)} }

// Single returns the only member, nil if there are more or none.
func (a Num) Single() *big.Int {
	if !a.none && a.Lo != nil && a.Hi != nil && a.Lo.Cmp(a.Hi) == 0 {
		return a.Lo
	}
	return nil
}

// Empty reports whether a has no members.
func (a Num) Empty() bool { return a.none }

// Has reports whether n is a member.
func (a Num) Has(n *big.Int) bool {
	switch {
	case a.none, a.Lo != nil && n.Cmp(a.Lo) < 0, a.Hi != nil && n.Cmp(a.Hi) > 0:
		return false
	case a.Mod == nil:
		return true
	}
	return new(big.Int).Mod(n, a.Mod).Cmp(a.Rem) == 0
}

// reduced moves the ends inwards to members.
func (a Num) reduced() Num {
	if a.Mod != nil {
		if a.Lo != nil {
			d := new(big.Int).Sub(a.Rem, a.Lo)
			a.Lo = d.Mod(d, a.Mod).Add(d, a.Lo)
		}
		if a.Hi != nil {
			d := new(big.Int).Sub(a.Hi, a.Rem)
			a.Hi = d.Sub(a.Hi, d.Mod(d, a.Mod))
		}
	}
	if a.Lo != nil && a.Hi != nil {
		switch a.Lo.Cmp(a.Hi) {
		case 1:
			return Num{none: true}
		case 0:
			a.Mod, a.Rem = nil, nil
		}
	}
	return a
}

// cong is a as a congruence: members are r modulo m, or r itself if m is 0.
func (a Num) cong() (m, r *big.Int) {
	if n := a.Single(); n != nil {
		return new(big.Int), n
	}
	if a.Mod == nil {
		return one, new(big.Int)
	}
	return a.Mod, a.Rem
}

// with returns a without those members that are not r modulo m.
func (a Num) with(m, r *big.Int) Num {
	switch {
	case m.Sign() == 0:
		if !a.Has(r) {
			return Num{none: true}
		}
		return exactly(r)
	case m.CmpAbs(one) > 0:
		a.Mod = new(big.Int).Abs(m)
		a.Rem = new(big.Int).Mod(r, a.Mod)
	}
	return a.reduced()
}

// join returns the least Num with the members of both.
func (a Num) join(b Num) Num {
	switch {
	case a.none:
		return b
	case b.none:
		return a
	}
	var j Num
	if a.Lo != nil && b.Lo != nil {
		j.Lo = least(a.Lo, b.Lo)
	}
	if a.Hi != nil && b.Hi != nil {
		j.Hi = most(a.Hi, b.Hi)
	}
	m, r := a.cong()
	n, s := b.cong()
	d := new(big.Int).Sub(r, s)
	return j.with(gcd(m, n, d), r)
}

// meet returns the common members, or a few more where the congruences differ.
func (a Num) meet(b Num) Num {
	if a.none || b.none {
		return Num{none: true}
	}
	m := a
	if a.Lo == nil || b.Lo != nil && b.Lo.Cmp(a.Lo) > 0 {
		m.Lo = b.Lo
	}
	if a.Hi == nil || b.Hi != nil && b.Hi.Cmp(a.Hi) < 0 {
		m.Hi = b.Hi
	}
	switch {
	case a.Mod == nil:
		m.Mod, m.Rem = b.Mod, b.Rem
	case b.Mod != nil && b.Mod.Cmp(a.Mod) > 0:
		if new(big.Int).Mod(new(big.Int).Sub(a.Rem, b.Rem), gcd(a.Mod, b.Mod)).Sign() != 0 {
			return Num{none: true}
		}
		m.Mod, m.Rem = b.Mod, b.Rem
	}
	return m.reduced()
}

// widen returns a Num with the members of a and b whose ends, where they are
// not those of a, are among the thresholds, which are in order. A chain of
// widenings ends.
func (a Num) widen(b Num, thresholds []*big.Int) Num {
	j := a.join(b)
	if a.none || b.none {
		return j
	}
	if j.Lo != nil && (a.Lo == nil || j.Lo.Cmp(a.Lo) < 0) {
		i, found := slices.BinarySearchFunc(thresholds, j.Lo, (*big.Int).Cmp)
		switch {
		case found:
		case i == 0:
			j.Lo = nil
		default:
			j.Lo = thresholds[i-1]
		}
	}
	if j.Hi != nil && (a.Hi == nil || j.Hi.Cmp(a.Hi) > 0) {
		i, _ := slices.BinarySearchFunc(thresholds, j.Hi, (*big.Int).Cmp)
		if i == len(thresholds) {
			j.Hi = nil
		} else {
			j.Hi = thresholds[i]
		}
	}
	return j.reduced()
}

func (a Num) same(b Num) bool {
	return a.none == b.none && equal(a.Lo, b.Lo) && equal(a.Hi, b.Hi) && equal(a.Mod, b.Mod) && equal(a.Rem, b.Rem)
}

func equal(a, b *big.Int) bool { return a == b || a != nil && b != nil && a.Cmp(b) == 0 }

func least(a, b *big.Int) *big.Int {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}

func most(a, b *big.Int) *big.Int {
	if a.Cmp(b) > 0 {
		return a
	}
	return b
}

// gcd is not negative; 0 is the gcd of zeroes.
func gcd(ns ...*big.Int) *big.Int {
	g := new(big.Int)
	for _, n := range ns {
		g.GCD(nil, nil, g, new(big.Int).Abs(n))
	}
	return g
}

// String returns a as it would be written: 0..9, ..-1, 4, or 0.. by 2.
func (a Num) String() string {
	if a.none {
		return "nothing"
	}
	if n := a.Single(); n != nil {
		return n.String()
	}
	text := ".."
	if a.Lo != nil {
		text = a.Lo.String() + text
	}
	if a.Hi != nil {
		text += a.Hi.String()
	}
	if a.Mod != nil {
		text += " that are " + a.Rem.String() + " modulo " + a.Mod.String()
	}
	return text
}
