package theorem

import (
	"slices"

	"github.com/spec-lang/spec/prover/kernel"
)

// fact is a formula with a proof of it, perhaps under hypotheses.
type fact struct {
	goal  *kernel.Term
	proof *kernel.Proof
}

func assumed(t *kernel.Term) fact {
	return fact{t, &kernel.Proof{Rule: kernel.Assume, Term: t}}
}

// known returns the proof of a formula among facts, nil if there is none.
func known(facts []fact, t *kernel.Term) *kernel.Proof {
	for _, f := range facts {
		if kernel.Same(f.goal, t) {
			return f.proof
		}
	}
	return nil
}

// step is one application of a rule.
func step(r kernel.Rule, t *kernel.Term, from ...*kernel.Proof) *kernel.Proof {
	return &kernel.Proof{Rule: r, Term: t, From: from}
}

// with adds a fact: of a conjunction its parts, of an implication what follows
// where the premise is known.
func (p *prover) with(facts []fact, f fact) []fact {
	if known(facts, f.goal) != nil {
		return facts
	}
	if f.goal.Op == kernel.And {
		facts = p.with(facts, fact{f.goal.Args[0], step(kernel.First, nil, f.proof)})
		return p.with(facts, fact{f.goal.Args[1], step(kernel.Second, nil, f.proof)})
	}
	return p.chained(append(slices.Clip(facts), f))
}

// chained adds what follows from implications whose premise has become known.
func (p *prover) chained(facts []fact) []fact {
	for _, f := range facts {
		if f.goal.Op != kernel.Implies || known(facts, f.goal.Args[1]) != nil {
			continue
		}
		if yes, proof := p.decide(facts, f.goal.Args[0]); proof != nil && yes {
			return p.with(facts, fact{f.goal.Args[1], step(kernel.Detach, nil, f.proof, proof)})
		}
	}
	return facts
}

// excludedMiddle proves c || !c.
func excludedMiddle(c *kernel.Term) *kernel.Proof {
	not := kernel.T(kernel.Not, c)
	either := kernel.T(kernel.Or, c, not)
	neither := assumed(kernel.T(kernel.Not, either)).proof
	clash := func(side *kernel.Term) *kernel.Proof {
		return step(kernel.Clash, nil, step(kernel.Weaken, either, assumed(side).proof), neither)
	}
	refuted := step(kernel.Negate, c, clash(c))
	return step(kernel.Indirect, either, step(kernel.Clash, nil, step(kernel.Weaken, either, refuted), neither))
}

// instance is a fact for all values of variables, with terms for them.
func instance(f fact, terms []*kernel.Term) fact {
	for _, t := range terms {
		f = fact{kernel.Instance(f.goal, t), step(kernel.Specialize, t, f.proof)}
	}
	return f
}
