//go:build z3

package native_test

import (
	"math/big"
	"testing"

	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/prover/solver/native"
	"github.com/spec-lang/spec/prover/term"
)

// TestArithmetic: numbers of any size and divisions mean what they should.
func TestArithmetic(t *testing.T) {
	large, _ := new(big.Int).SetString("-123456789012345678901234567890", 10)
	for _, tt := range []struct{ x, y, div, mod *big.Int }{
		{big.NewInt(7), big.NewInt(2), big.NewInt(3), big.NewInt(1)},
		{big.NewInt(-7), big.NewInt(2), big.NewInt(-4), big.NewInt(1)},
		{big.NewInt(-7), big.NewInt(-2), big.NewInt(4), big.NewInt(1)},
		{large, big.NewInt(1 << 40), new(big.Int).Div(large, big.NewInt(1<<40)), new(big.Int).Mod(large, big.NewInt(1<<40))},
	} {
		b := term.NewBank()
		x, y := b.Apply(b.Func("x", nil, b.Int)), b.Apply(b.Func("y", nil, b.Int))
		div, mod := b.Div(x, y), b.Mod(x, y)
		q := &solver.Query{Asserts: []solver.Assertion{{Name: "x", Term: b.Eq(x, b.Num(tt.x))}, {Name: "y", Term: b.Eq(y, b.Num(tt.y))},
			{Name: "div", Term: b.Eq(b.Apply(b.Func("d", nil, b.Int)), div)}, {Name: "mod", Term: b.Eq(b.Apply(b.Func("m", nil, b.Int)), mod)}}}
		q.Need = func(v solver.Values) []*term.Term {
			if len(v) > 0 {
				return nil
			}
			return []*term.Term{div, mod, x}
		}
		a, err := native.Library{}.Solve(t.Context(), q)
		if err != nil || a.Status != solver.Sat {
			t.Fatal(a, err)
		}
		if a.Values[div].Int.Cmp(tt.div) != 0 || a.Values[mod].Int.Cmp(tt.mod) != 0 || a.Values[x].Int.Cmp(tt.x) != 0 {
			t.Errorf("%s / %s: got %s and %s, want %s and %s", tt.x, tt.y, a.Values[div].Int, a.Values[mod].Int, tt.div, tt.mod)
		}
	}
}

// TestQuantifiers: what the module does not know is unknown, not false.
func TestQuantifiers(t *testing.T) {
	b := term.NewBank()
	v := b.Var("v", b.Int)
	all := b.Forall([]*term.Term{v}, b.Le(v, b.I(0)))
	a, err := native.Library{}.Solve(t.Context(), &solver.Query{Asserts: []solver.Assertion{{Name: "a", Term: all}}})
	if err != nil || a.Status != solver.Unknown || a.Why == "" {
		t.Errorf("got %+v, %v", a, err)
	}
}
