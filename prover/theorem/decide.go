package theorem

import (
	"github.com/spec-lang/spec/prover/kernel"
)

// decide finds a proof of a condition, or of its negation, that needs no
// search; a nil proof if there is none.
func (p *prover) decide(facts []fact, c *kernel.Term) (yes bool, proof *kernel.Proof) {
	not := kernel.T(kernel.Not, c)
	if proof := known(facts, c); proof != nil {
		return true, proof
	}
	if proof := known(facts, not); proof != nil {
		return false, proof
	}
	switch c.Op {
	case kernel.False:
		return false, step(kernel.Negate, c, assumed(c).proof)
	case kernel.Not:
		return p.decideNot(facts, c)
	case kernel.And:
		return p.decideAnd(facts, c)
	case kernel.Eq:
		if yes, proof := p.decideEqual(c); proof != nil {
			return yes, proof
		}
	}
	if proof := byArithmetic(facts, c); proof != nil {
		return true, proof
	}
	return false, byArithmetic(facts, not)
}

func (p *prover) decideNot(facts []fact, c *kernel.Term) (bool, *kernel.Proof) {
	yes, proof := p.decide(facts, c.Args[0])
	if proof == nil || !yes {
		return true, proof // of !a
	}
	return false, step(kernel.Negate, c, step(kernel.Clash, nil, proof, assumed(c).proof))
}

func (p *prover) decideAnd(facts []fact, c *kernel.Term) (bool, *kernel.Proof) {
	var sides []*kernel.Proof
	for i, rule := range []kernel.Rule{kernel.First, kernel.Second} {
		yes, proof := p.decide(facts, c.Args[i])
		if proof == nil {
			continue
		}
		if !yes {
			return false, step(kernel.Negate, c, step(kernel.Clash, nil, step(rule, nil, assumed(c).proof), proof))
		}
		sides = append(sides, proof)
	}
	if len(sides) < 2 {
		return false, nil
	}
	return true, step(kernel.Join, nil, sides...)
}

// decideEqual knows equal terms, and values that differ by their form.
func (p *prover) decideEqual(c *kernel.Term) (bool, *kernel.Proof) {
	a, b := c.Args[0], c.Args[1]
	if kernel.Same(a, b) {
		return true, step(kernel.Reflexive, a)
	}
	if a.Op != kernel.App || b.Op != kernel.App {
		return false, nil
	}
	if b.Name == kernel.Cons && a.Name == kernel.Nil { // the fact is the other way round
		mirrored := kernel.T(kernel.Eq, b, a)
		_, proof := p.decideEqual(mirrored)
		return false, step(kernel.Negate, c, step(kernel.Clash, nil, symmetric(c, mirrored), proof))
	}
	if a.Name == kernel.Cons && b.Name == kernel.Nil {
		return false, &kernel.Proof{Rule: kernel.Fact, Name: "cons nil", Terms: []*kernel.Term{a.Args[0], a.Args[1]}}
	}
	return false, p.distinct(c)
}

// symmetric proves b == a from the hypothesis a == b.
func symmetric(eq, mirrored *kernel.Term) *kernel.Proof {
	return step(kernel.Rewrite, mirrored, assumed(eq).proof, step(kernel.Reflexive, eq.Args[0]))
}

// distinct proves that two constants of an enum differ.
func (p *prover) distinct(eq *kernel.Term) *kernel.Proof {
	a, b := eq.Args[0], eq.Args[1]
	if len(p.theory().Enums[a.Sort]) == 0 || len(a.Args)+len(b.Args) > 0 {
		return nil
	}
	for _, pair := range []*kernel.Term{eq, kernel.T(kernel.Eq, b, a)} {
		facts := p.with(nil, fact{p.enumFact(a.Sort), &kernel.Proof{Rule: kernel.Enumerate, Name: string(a.Sort)}})
		proof := known(facts, kernel.T(kernel.Not, pair))
		switch {
		case proof == nil:
		case pair == eq:
			return proof
		default:
			return step(kernel.Negate, eq, step(kernel.Clash, nil, symmetric(eq, pair), proof))
		}
	}
	return nil
}

// enumFact is what the rule Enumerate shows.
func (p *prover) enumFact(s kernel.Sort) *kernel.Term {
	res, err := kernel.Check(p.theory(), &kernel.Proof{Rule: kernel.Enumerate, Name: string(s)})
	if err != nil {
		return verum
	}
	return res.Goal
}
