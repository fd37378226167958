package theorem

import (
	"math/big"
	"slices"

	"github.com/spec-lang/spec/prover/kernel"
)

// mostConstraints is how many inequalities an elimination may come to.
const mostConstraints = 400

// constraint says that a sum of monomials with factors, plus a number, is not
// positive. It follows from premises times factors.
type constraint struct {
	coef  map[string]*big.Rat
	n     *big.Rat
	times []*big.Rat // by premise
}

// contradiction proves false from what facts say of integers, by elimination
// of one monomial after the other (J. Fourier, 1826; T. Motzkin, 1936). Nil if
// they do not contradict each other as rational numbers.
func contradiction(facts []fact) *kernel.Proof {
	var from []fact
	var cs []constraint
	for _, f := range facts {
		if p, equality, ok := kernel.Excess(f.goal); ok {
			cs = append(cs, newConstraint(p, len(from), 1))
			if equality {
				cs = append(cs, newConstraint(p, len(from), -1))
			}
			from = append(from, f)
		}
	}
	for len(cs) > 0 && len(cs) < mostConstraints {
		if i := slices.IndexFunc(cs, func(c constraint) bool { return len(c.coef) == 0 && c.n.Sign() > 0 }); i >= 0 {
			return farkas(from, cs[i])
		}
		key := cheapest(cs)
		if key == "" {
			return nil
		}
		cs = eliminate(cs, key)
	}
	return nil
}

func newConstraint(p map[string]*big.Int, premise int, sign int64) constraint {
	c := constraint{coef: map[string]*big.Rat{}, n: new(big.Rat), times: make([]*big.Rat, premise+1)}
	c.times[premise] = big.NewRat(sign, 1)
	for key, n := range p {
		r := new(big.Rat).SetInt(new(big.Int).Mul(n, big.NewInt(sign)))
		if key == "" {
			c.n = r
		} else {
			c.coef[key] = r
		}
	}
	return c
}

// cheapest is the monomial whose elimination makes fewest constraints.
func cheapest(cs []constraint) string {
	up, down := map[string]int{}, map[string]int{}
	for _, c := range cs {
		for key, n := range c.coef {
			if n.Sign() > 0 {
				up[key]++
			} else {
				down[key]++
			}
			up[key], down[key] = up[key]+0, down[key]+0
		}
	}
	best, cost := "", 0
	for _, key := range sortedKeys(up) {
		if n := up[key]*down[key] - up[key] - down[key]; best == "" || n < cost {
			best, cost = key, n
		}
	}
	return best
}

func sortedKeys(m map[string]int) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func eliminate(cs []constraint, key string) []constraint {
	var out, up, down []constraint
	for _, c := range cs {
		switch n := c.coef[key]; {
		case n == nil:
			out = append(out, c)
		case n.Sign() > 0:
			up = append(up, c)
		default:
			down = append(down, c)
		}
	}
	for _, a := range up {
		for _, b := range down {
			out = append(out, combine(a, b, new(big.Rat).Neg(b.coef[key]), a.coef[key]))
		}
	}
	return out
}

// combine is a times x plus b times y.
func combine(a, b constraint, x, y *big.Rat) constraint {
	c := constraint{coef: map[string]*big.Rat{}, n: sum(a.n, b.n, x, y), times: make([]*big.Rat, max(len(a.times), len(b.times)))}
	for i := range c.times {
		c.times[i] = sum(at(a.times, i), at(b.times, i), x, y)
	}
	for key := range a.coef {
		c.coef[key] = sum(a.coef[key], b.coef[key], x, y)
	}
	for key := range b.coef {
		c.coef[key] = sum(a.coef[key], b.coef[key], x, y)
	}
	for key, n := range c.coef {
		if n.Sign() == 0 {
			delete(c.coef, key)
		}
	}
	return c
}

func at(list []*big.Rat, i int) *big.Rat {
	if i < len(list) {
		return list[i]
	}
	return nil
}

func sum(a, b, x, y *big.Rat) *big.Rat {
	out := new(big.Rat)
	if a != nil {
		out.Mul(a, x)
	}
	if b != nil {
		out.Add(out, new(big.Rat).Mul(b, y))
	}
	return out
}

// farkas is the step that adds the premises up, with whole factors.
func farkas(from []fact, c constraint) *kernel.Proof {
	p := &kernel.Proof{Rule: kernel.Linear}
	scale := big.NewInt(1)
	for _, t := range c.times {
		if t != nil && t.Sign() != 0 {
			g := new(big.Int).GCD(nil, nil, scale, t.Denom())
			scale.Mul(scale, new(big.Int).Div(t.Denom(), g))
		}
	}
	for i, t := range c.times {
		if t != nil && t.Sign() != 0 {
			whole := new(big.Rat).Mul(t, new(big.Rat).SetInt(scale))
			p.From = append(p.From, from[i].proof)
			p.Factors = append(p.Factors, whole.Num())
		}
	}
	return p
}

// byArithmetic proves a comparison of integers, or false, from what facts say
// of integers.
func byArithmetic(facts []fact, goal *kernel.Term) *kernel.Proof {
	switch {
	case goal.Op == kernel.False:
		return contradiction(facts)
	case goal.Op == kernel.Le:
		if p := contradiction(append(slices.Clip(facts), assumed(kernel.T(kernel.Not, goal)))); p != nil {
			return &kernel.Proof{Rule: kernel.Indirect, From: []*kernel.Proof{p}, Term: goal}
		}
	case goal.Op == kernel.Eq && goal.Args[0].Sort == kernel.Int:
		up := byArithmetic(facts, kernel.T(kernel.Le, goal.Args[0], goal.Args[1]))
		if up == nil {
			return nil
		}
		if down := byArithmetic(facts, kernel.T(kernel.Le, goal.Args[1], goal.Args[0])); down != nil {
			return &kernel.Proof{Rule: kernel.Squeeze, From: []*kernel.Proof{up, down}}
		}
	case goal.Op == kernel.Not && (goal.Args[0].Op == kernel.Le || goal.Args[0].Op == kernel.Eq && goal.Args[0].Args[0].Sort == kernel.Int):
		if p := contradiction(append(slices.Clip(facts), assumed(goal.Args[0]))); p != nil {
			return &kernel.Proof{Rule: kernel.Negate, From: []*kernel.Proof{p}, Term: goal.Args[0]}
		}
	}
	return nil
}
