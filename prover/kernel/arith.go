package kernel

import (
	"maps"
	"math/big"
	"slices"
	"strings"
)

// polynomial is a sum of products of atoms with factors, by product; the
// product of nothing is "". Atoms are all terms that are no sum, product or
// number.
type polynomial map[string]*big.Int

func (p polynomial) add(key string, n *big.Int) {
	sum := new(big.Int).Set(n)
	if old := p[key]; old != nil {
		sum.Add(sum, old)
	}
	if sum.Sign() == 0 {
		delete(p, key)
		return
	}
	p[key] = sum
}

// plus adds q times n.
func (p polynomial) plus(q polynomial, n *big.Int) {
	for key, m := range q {
		p.add(key, new(big.Int).Mul(m, n))
	}
}

func (p polynomial) times(q polynomial) polynomial {
	out := polynomial{}
	for k1, m1 := range p {
		for k2, m2 := range q {
			out.add(product(k1, k2), new(big.Int).Mul(m1, m2))
		}
	}
	return out
}

// separator stands between the atoms of a product; no term is written with it.
const separator = "\x01"

func product(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	atoms := append(strings.Split(a, separator), strings.Split(b, separator)...)
	slices.Sort(atoms)
	return strings.Join(atoms, separator)
}

// Polynomial is an integer term as a polynomial: factors by product of atoms,
// the product of none being "".
func Polynomial(t *Term) map[string]*big.Int { return polynomialOf(t) }

func polynomialOf(t *Term) polynomial {
	switch t.Op {
	case Num:
		p := polynomial{}
		p.add("", t.N)
		return p
	case Add:
		p := maps.Clone(polynomialOf(t.Args[0]))
		p.plus(polynomialOf(t.Args[1]), big.NewInt(1))
		return p
	case Mul:
		return polynomialOf(t.Args[0]).times(polynomialOf(t.Args[1]))
	}
	return polynomial{t.Key(): big.NewInt(1)}
}

// Key is a text that two closed terms share exactly if they are the same: it
// has sorts, which String leaves out.
func (t *Term) Key() string {
	var b strings.Builder
	t.writeKey(&b)
	return b.String()
}

func (t *Term) writeKey(b *strings.Builder) {
	b.WriteByte('(')
	b.WriteByte(byte('a' + t.Op))
	b.WriteString(string(t.Sort) + "/" + string(t.Over) + "/")
	switch t.Op {
	case Free, App:
		b.WriteString(t.Name)
	case Bound:
		b.WriteString(big.NewInt(int64(t.Index)).String())
	case Num:
		b.WriteString(t.N.String())
	}
	for _, a := range t.Args {
		a.writeKey(b)
	}
	b.WriteByte(')')
}

func (s *step) arithmetic() Sequent {
	switch s.Rule {
	case Linear:
		return s.linear()
	case Squeeze:
		up, down := s.goal(0, Le), s.goal(1, Le)
		s.need(down.Args[0], up.Args[1])
		s.need(down.Args[1], up.Args[0])
		return s.from(T(Eq, up.Args[0], up.Args[1]))
	}
	eq := s.formula(Eq)
	if eq.Args[0].Sort != Int {
		return s.refuse("%s is not about integers", eq)
	}
	p := polynomialOf(eq.Args[0])
	p.plus(polynomialOf(eq.Args[1]), big.NewInt(-1))
	if len(p) > 0 {
		return s.refuse("the sides of %s are different polynomials", eq)
	}
	return s.from(eq)
}

// linear adds up a - b of premises that say a <= b. The sum of numbers that are
// at most 0 is not above 0 (J. Farkas, "Theorie der einfachen Ungleichungen",
// 1902).
func (s *step) linear() Sequent {
	sum := polynomial{}
	if len(s.Factors) != len(s.premises) {
		return s.refuse("not every premise has a factor")
	}
	for i, f := range s.Factors {
		p, equality, ok := Excess(s.premises[i].Goal)
		if !ok || f.Sign() < 0 && !equality {
			return s.refuse("%s times %s says nothing", s.premises[i].Goal, f)
		}
		sum.plus(p, f)
	}
	if c := sum[""]; len(sum) != 1 || c == nil || c.Sign() <= 0 {
		return s.refuse("the sum is not a positive number")
	}
	return s.from(Truth(false))
}

// Excess is a - b of a formula that says a <= b, so that it is not positive; of
// one that says a == b it is 0. Not ok of other formulas.
func Excess(f *Term) (p map[string]*big.Int, equality, ok bool) {
	if (f.Op == Le || f.Op == Eq) && f.Args[0].Sort == Int {
		q := polynomialOf(f.Args[0])
		diff := polynomial{}
		diff.plus(q, big.NewInt(1))
		diff.plus(polynomialOf(f.Args[1]), big.NewInt(-1))
		return diff, f.Op == Eq, true
	}
	if f.Op == Not && f.Args[0].Op == Le { // b + 1 <= a
		a, b := f.Args[0].Args[0], f.Args[0].Args[1]
		return Excess(T(Le, T(Add, b, I(1)), a))
	}
	return nil, false, false
}
