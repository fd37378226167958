package theorem

import (
	"context"
	"slices"

	"github.com/spec-lang/spec/prover/kernel"
	"github.com/spec-lang/spec/prover/resolution"
)

const (
	// mostDepth is how many case distinctions stand inside each other.
	mostDepth = 6
	// fewClauses is when resolution gives up where it is only tried.
	fewClauses = 200
)

// prover looks for proofs in one theory. What it finds is checked by the
// kernel afterwards.
type prover struct {
	tr   *translator
	ctx  context.Context
	open *kernel.Term // the first goal that was not shown
}

func (p *prover) theory() *kernel.Theory { return p.tr.theory }

// prove proves a goal from facts: it takes the goal apart, simplifies, and
// tries arithmetic, case distinctions and last a short resolution. Nil if that
// does not do.
func (p *prover) prove(facts []fact, goal *kernel.Term, depth int) *kernel.Proof {
	if p.ctx.Err() != nil {
		return nil
	}
	if yes, proof := p.decide(facts, goal); yes && proof != nil {
		return proof
	}
	if proof := p.absurd(facts); proof != nil {
		return step(kernel.Indirect, goal, proof)
	}
	switch {
	case goal.Op == kernel.And:
		return p.both(facts, goal, depth)
	case goal.Op == kernel.Implies:
		a := goal.Args[0]
		return wrap(kernel.Discharge, a, p.prove(p.with(facts, assumed(a)), goal.Args[1], depth))
	case goal.Op == kernel.Not:
		a := goal.Args[0]
		return wrap(kernel.Negate, a, p.prove(p.with(facts, assumed(a)), falsum, depth))
	case goal.Op == kernel.Forall:
		v := p.tr.fresh(goal.Name, goal.Over)
		return wrap(kernel.Generalize, v, p.prove(facts, kernel.Instance(goal, v), depth))
	case goal.Op == kernel.Eq && goal.Args[0].Sort == kernel.Bool:
		there := p.prove(facts, kernel.T(kernel.Implies, goal.Args[0], goal.Args[1]), depth)
		back := p.prove(facts, kernel.T(kernel.Implies, goal.Args[1], goal.Args[0]), depth)
		if there == nil || back == nil {
			return nil
		}
		return step(kernel.Equate, nil, there, back)
	}
	return p.atom(facts, goal, depth)
}

// absurd proves false from facts that contradict each other at sight.
func (p *prover) absurd(facts []fact) *kernel.Proof {
	for _, f := range facts {
		switch f.goal.Op {
		case kernel.False:
			return f.proof
		case kernel.Not:
			if proof := known(facts, f.goal.Args[0]); proof != nil {
				return step(kernel.Clash, nil, proof, f.proof)
			}
		case kernel.Eq:
			if yes, proof := p.decideEqual(f.goal); proof != nil && !yes {
				return step(kernel.Clash, nil, f.proof, proof)
			}
		}
	}
	return contradiction(facts)
}

// wrap is a step from one proof, if there is one.
func wrap(r kernel.Rule, t *kernel.Term, proof *kernel.Proof) *kernel.Proof {
	if proof == nil {
		return nil
	}
	return step(r, t, proof)
}

func (p *prover) both(facts []fact, goal *kernel.Term, depth int) *kernel.Proof {
	a := p.prove(facts, goal.Args[0], depth)
	if a == nil {
		return nil
	}
	b := p.prove(p.with(facts, fact{goal.Args[0], a}), goal.Args[1], depth)
	if b == nil {
		return nil
	}
	return step(kernel.Join, nil, a, b)
}

// atom proves what has no parts that could be shown by themselves.
func (p *prover) atom(facts []fact, goal *kernel.Term, depth int) *kernel.Proof {
	simple, steps := p.simplify(facts, goal)
	if len(steps) > 0 && !kernel.Same(simple, goal) {
		return unwindIf(p.prove(facts, simple, depth), steps)
	}
	for _, try := range []func([]fact, *kernel.Term, int) *kernel.Proof{p.side, p.alike, p.cases, p.search} {
		if proof := try(facts, goal, depth); proof != nil {
			return proof
		}
	}
	if p.open == nil {
		p.open = goal
	}
	return nil
}

func unwindIf(proof *kernel.Proof, steps []rewriting) *kernel.Proof {
	if proof == nil {
		return nil
	}
	return unwind(proof, steps)
}

// side proves one side of a disjunction.
func (p *prover) side(facts []fact, goal *kernel.Term, depth int) *kernel.Proof {
	if goal.Op != kernel.Or {
		return nil
	}
	for _, a := range goal.Args {
		if yes, proof := p.decide(facts, a); yes && proof != nil {
			return step(kernel.Weaken, goal, proof)
		}
	}
	return nil
}

// alike proves that two terms with the same symbol are equal, since their
// arguments are.
func (p *prover) alike(facts []fact, goal *kernel.Term, depth int) *kernel.Proof {
	if goal.Op != kernel.Eq || depth >= mostDepth {
		return nil
	}
	a, b := goal.Args[0], goal.Args[1]
	if a.Op != kernel.App || b.Op != kernel.App || a.Name != b.Name || len(a.Args) != len(b.Args) || len(a.Args) == 0 {
		return nil
	}
	proof, now := step(kernel.Reflexive, a), a
	for i := range a.Args {
		if kernel.Same(a.Args[i], b.Args[i]) {
			continue
		}
		eq := p.prove(facts, kernel.T(kernel.Eq, a.Args[i], b.Args[i]), depth+1)
		if eq == nil {
			return nil
		}
		args := slices.Clone(now.Args)
		args[i] = b.Args[i]
		now = kernel.F(a.Name, a.Sort, args...)
		proof = step(kernel.Rewrite, kernel.T(kernel.Eq, a, now), eq, proof)
	}
	return proof
}

// cases splits on a disjunction among the facts, or on a condition in the goal.
func (p *prover) cases(facts []fact, goal *kernel.Term, depth int) *kernel.Proof {
	if depth >= mostDepth {
		return nil
	}
	for i, f := range facts {
		switch f.goal.Op {
		case kernel.Or:
			return p.split(slices.Delete(slices.Clone(facts), i, i+1), f.goal, f.proof, goal, depth+1)
		case kernel.Exists:
			v := p.tr.fresh(f.goal.Name, f.goal.Over)
			rest := slices.Delete(slices.Clone(facts), i, i+1)
			if proof := p.prove(p.with(rest, assumed(kernel.Instance(f.goal, v))), goal, depth+1); proof != nil {
				return step(kernel.Obtain, v, f.proof, proof)
			}
			return nil
		}
	}
	if c := condition(goal); c != nil {
		return p.split(facts, kernel.T(kernel.Or, c, kernel.T(kernel.Not, c)), excludedMiddle(c), goal, depth+1)
	}
	return nil
}

func (p *prover) split(facts []fact, or *kernel.Term, proof *kernel.Proof, goal *kernel.Term, depth int) *kernel.Proof {
	from := []*kernel.Proof{proof}
	for _, side := range or.Args {
		branch := p.prove(p.with(facts, assumed(side)), goal, depth)
		if branch == nil {
			return nil
		}
		from = append(from, branch)
	}
	return step(kernel.Split, nil, from...)
}

// condition is an open condition of a conditional in t.
func condition(t *kernel.Term) *kernel.Term {
	for _, a := range t.Args {
		if c := condition(a); c != nil {
			return c
		}
	}
	if t.Op == kernel.Ite && kernel.Closed(t.Args[0]) {
		return t.Args[0]
	}
	return nil
}

// search tries a short refutation.
func (p *prover) search(facts []fact, goal *kernel.Term, depth int) *kernel.Proof {
	if depth >= mostDepth {
		return nil
	}
	proof, _ := p.resolve(facts, goal, fewClauses)
	return proof
}

// resolve proves a goal by refuting its negation.
func (p *prover) resolve(facts []fact, goal *kernel.Term, limit int) (*kernel.Proof, error) {
	not := kernel.T(kernel.Not, goal)
	goals, proofs := []*kernel.Term{not}, []*kernel.Proof{assumed(not).proof}
	for _, f := range facts {
		goals, proofs = append(goals, f.goal), append(proofs, f.proof)
	}
	proof, err := resolution.Refute(p.ctx, proofs, goals, limit)
	if err != nil {
		return nil, err
	}
	return step(kernel.Indirect, goal, proof), nil
}
