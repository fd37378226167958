package absint

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

// someNum is a Num with small ends, or none.
func someNum(r *rand.Rand) Num {
	var a Num
	if r.IntN(4) > 0 {
		a.Lo = big.NewInt(int64(r.IntN(21) - 10))
	}
	if r.IntN(4) > 0 {
		a.Hi = big.NewInt(int64(r.IntN(21) - 5))
	}
	if r.IntN(2) > 0 {
		return a.with(big.NewInt(int64(1+r.IntN(5))), big.NewInt(int64(r.IntN(7))))
	}
	return a.reduced()
}

// TestNum compares every operation with what it does to the members from -30
// to 30.
func TestNum(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var ints []*big.Int
	for i := int64(-30); i <= 30; i++ {
		ints = append(ints, big.NewInt(i))
	}
	op := func(f func(z, x, y *big.Int) *big.Int) func(x, y *big.Int) *big.Int {
		return func(x, y *big.Int) *big.Int { return f(new(big.Int), x, y) }
	}
	for range 3000 {
		a, b := someNum(r), someNum(r)
		binary := map[string]struct {
			got  Num
			want func(x, y *big.Int) *big.Int
		}{
			"+": {a.add(b), op((*big.Int).Add)},
			"-": {a.sub(b), op((*big.Int).Sub)},
			"*": {a.mul(b), op((*big.Int).Mul)},
			"/": {a.quo(b), op((*big.Int).Quo)},
			"%": {a.rem(b), op((*big.Int).Rem)},
		}
		join, meet, wide := a.join(b), a.meet(b), a.widen(b, []*big.Int{big.NewInt(-8), big.NewInt(3), big.NewInt(12)})
		for _, x := range ints {
			if (a.Has(x) || b.Has(x)) && (!join.Has(x) || !wide.Has(x)) {
				t.Fatalf("%v and %v join in %v, widened %v, without %v", a, b, join, wide, x)
			}
			if a.Has(x) && b.Has(x) != meet.Has(x) && (b.Has(x) || b.Mod == nil) {
				t.Fatalf("%v and %v meet in %v: %v", a, b, meet, x)
			}
			for name, row := range binary {
				for _, y := range ints {
					if !a.Has(x) || !b.Has(y) || (name == "/" || name == "%") && y.Sign() == 0 {
						continue
					}
					if z := row.want(x, y); !row.got.Has(z) {
						t.Fatalf("%v %s %v is %v, without %v %s %v = %v", a, name, b, row.got, x, name, y, z)
					}
				}
			}
		}
	}
}

// TestNumIsSharp holds the operations to the best answers.
func TestNumIsSharp(t *testing.T) {
	n := func(lo, hi int64) Num { return between(big.NewInt(lo), big.NewInt(hi)) }
	by := func(a Num, m, r int64) Num { return a.with(big.NewInt(m), big.NewInt(r)) }
	for _, tt := range []struct {
		got  Num
		want string
	}{
		{n(0, 3).add(n(-1, 4)), "-1..7"},
		{n(0, 3).sub(n(1, 4)), "-4..2"},
		{n(-2, 3).mul(n(-5, 4)), "-15..12"},
		{n(0, 9).mul(count(2)), "0..18 that are 0 modulo 2"},
		{atLeast(1).mul(count(-3)), "..-3 that are 0 modulo 3"},
		{n(-7, 7).quo(count(2)), "-3..3"},
		{by(n(0, 12), 4, 0).quo(count(2)), "0..6 that are 0 modulo 2"},
		{Num{}.rem(count(3)), "-2..2"},
		{atLeast(0).rem(count(3)), "0..2"},
		{by(atLeast(0), 6, 1).rem(count(3)), "1"},
		{n(0, 2).rem(n(3, 5)), "0..2"},
		{n(0, 5).join(count(9)), "0..9"},
		{count(1).join(count(5)).join(count(7)), "1..7 that are 1 modulo 2"},
		{by(n(0, 10), 2, 1).meet(n(2, 4)), "3"},
		{n(0, 1).meet(n(2, 3)), "nothing"},
		{by(Num{}, 2, 0).meet(by(Num{}, 4, 1)), "nothing"},
		{n(0, 1).widen(n(0, 2), []*big.Int{big.NewInt(7)}), "0..7"},
		{n(0, 1).widen(n(-1, 2), nil), ".."},
		{count(4).quo(count(0)), "nothing"},
	} {
		if got := tt.got.String(); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
}
