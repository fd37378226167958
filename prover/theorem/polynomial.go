package theorem

import (
	"math/big"
	"slices"
	"strings"

	"github.com/spec-lang/spec/prover/kernel"
)

// canonical is an equation that brings a sum or product into the one form that
// all equal polynomials share; nil if it has it.
func canonical(t *kernel.Term) *equation {
	if t.Op != kernel.Add && t.Op != kernel.Mul {
		return nil
	}
	to := sumOf(monomials(t))
	if kernel.Same(t, to) {
		return nil
	}
	return &equation{t, to, step(kernel.Ring, kernel.T(kernel.Eq, t, to))}
}

// monomial is a product of atoms with a factor.
type monomial struct {
	atoms []*kernel.Term // sorted by key
	n     *big.Int
}

func (m monomial) key() string {
	var keys []string
	for _, a := range m.atoms {
		keys = append(keys, a.Key())
	}
	return strings.Join(keys, " ")
}

// monomials are the different products of a polynomial, sorted.
func monomials(t *kernel.Term) []monomial {
	var out []monomial
	switch t.Op {
	case kernel.Num:
		out = []monomial{{n: t.N}}
	case kernel.Add:
		out = append(monomials(t.Args[0]), monomials(t.Args[1])...)
	case kernel.Mul:
		for _, a := range monomials(t.Args[0]) {
			for _, b := range monomials(t.Args[1]) {
				atoms := append(slices.Clone(a.atoms), b.atoms...)
				slices.SortFunc(atoms, func(x, y *kernel.Term) int { return strings.Compare(x.Key(), y.Key()) })
				out = append(out, monomial{atoms, new(big.Int).Mul(a.n, b.n)})
			}
		}
	default:
		out = []monomial{{[]*kernel.Term{t}, big.NewInt(1)}}
	}
	return collected(out)
}

func collected(ms []monomial) []monomial {
	slices.SortStableFunc(ms, func(a, b monomial) int { return strings.Compare(b.key(), a.key()) })
	var out []monomial
	for _, m := range ms {
		if n := len(out); n > 0 && out[n-1].key() == m.key() {
			out[n-1].n = new(big.Int).Add(out[n-1].n, m.n)
			continue
		}
		out = append(out, m)
	}
	return slices.DeleteFunc(out, func(m monomial) bool { return m.n.Sign() == 0 })
}

func sumOf(ms []monomial) *kernel.Term {
	var sum *kernel.Term
	for _, m := range ms {
		t := m.term()
		if sum == nil {
			sum = t
		} else {
			sum = kernel.T(kernel.Add, sum, t)
		}
	}
	if sum == nil {
		return kernel.I(0)
	}
	return sum
}

func (m monomial) term() *kernel.Term {
	var t *kernel.Term
	if m.n.Cmp(big.NewInt(1)) != 0 || len(m.atoms) == 0 {
		t = kernel.N(m.n)
	}
	for _, a := range m.atoms {
		if t == nil {
			t = a
		} else {
			t = kernel.T(kernel.Mul, t, a)
		}
	}
	return t
}
