package theorem

import (
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/prover/kernel"
)

// induction proves a goal for all values of a variable: an integer from some
// number on, a sequence, or an enum.
func (a *attempt) induction(p *ir.Proof, facts []fact, goal *kernel.Term) (*kernel.Proof, *gap) {
	v := a.tr.expr(p.On)
	for _, f := range facts {
		if kernel.Occurs(v, f.goal) && a.assumes(f) {
			return nil, &gap{p.Span, fmt.Sprintf("something is assumed of %s already: make the induction the first step", v)}
		}
	}
	switch {
	case v.Op != kernel.Free:
		return nil, &gap{p.Span, "an induction is on a name"}
	case v.Sort == kernel.Int:
		return a.naturals(p, facts, goal, v)
	case p.On.Type().Kind == ir.SeqKind:
		return a.sequences(p, facts, goal, v)
	}
	return a.distinction(p, facts, goal)
}

// assumes reports whether a fact is a hypothesis.
func (a *attempt) assumes(f fact) bool { return f.proof.Rule == kernel.Assume }

// naturals goes from n to n + 1, from the number on that the claim begins with.
func (a *attempt) naturals(p *ir.Proof, facts []fact, goal, n *kernel.Term) (*kernel.Proof, *gap) {
	least := leastOf(goal, n)
	if least == nil {
		return nil, &gap{p.Span, fmt.Sprintf("the claim does not say from which number on it is true: write `%s >= 0 => ...`", n)}
	}
	first := a.prove(facts, kernel.Replace(goal, n, least), 0)
	if first == nil {
		return nil, a.within(p, fmt.Sprintf("for %s", least))
	}
	from := kernel.T(kernel.Le, least, n)
	next := a.prove(a.with(a.with(facts, assumed(from)), assumed(goal)), kernel.Replace(goal, n, kernel.T(kernel.Add, n, kernel.I(1))), 0)
	if next == nil {
		return nil, a.within(p, fmt.Sprintf("for %s + 1, from the claim for %s", n, n))
	}
	all := &kernel.Proof{Rule: kernel.Naturals, From: []*kernel.Proof{first, next}, Term: n, Terms: []*kernel.Term{goal, least}}
	here := step(kernel.Detach, nil, step(kernel.Specialize, n, all), assumed(from).proof) // from |- goal
	// The goal is an implication from that very condition, or from one that has it.
	premise := goal.Args[0]
	inner := step(kernel.Detach, nil, here, assumed(premise).proof)
	bound := a.prove(a.with(nil, assumed(premise)), from, 0)
	if bound == nil {
		return nil, a.stuck(p.Span)
	}
	whole := step(kernel.Detach, nil, step(kernel.Discharge, from, inner), bound)
	return step(kernel.Discharge, premise, whole), nil
}

// leastOf is the number that n is not below, by the premise of an implication.
func leastOf(goal, n *kernel.Term) *kernel.Term {
	if goal.Op != kernel.Implies {
		return nil
	}
	var find func(t *kernel.Term) *kernel.Term
	find = func(t *kernel.Term) *kernel.Term {
		switch {
		case t.Op == kernel.And:
			if l := find(t.Args[0]); l != nil {
				return l
			}
			return find(t.Args[1])
		case t.Op != kernel.Le || !kernel.Same(t.Args[1], n):
			return nil
		case t.Args[0].Op == kernel.Num:
			return t.Args[0]
		}
		if eq := canonical(t.Args[0]); eq != nil && eq.to.Op == kernel.Num {
			return eq.to
		}
		return nil
	}
	return find(goal.Args[0])
}

// sequences goes from a sequence to one with an element more in front.
func (a *attempt) sequences(p *ir.Proof, facts []fact, goal, s *kernel.Term) (*kernel.Proof, *gap) {
	first := a.prove(facts, kernel.Replace(goal, s, kernel.Empty(s.Sort)), 0)
	if first == nil {
		return nil, a.within(p, "for the empty sequence")
	}
	x := a.tr.fresh("x", s.Sort[2:])
	next := a.prove(a.with(facts, assumed(goal)), kernel.Replace(goal, s, kernel.Push(x, s)), 0)
	if next == nil {
		return nil, a.within(p, fmt.Sprintf("for [%s] ++ %s, from the claim for %s", x, s, s))
	}
	all := &kernel.Proof{Rule: kernel.Sequences, From: []*kernel.Proof{first, next}, Term: s, Terms: []*kernel.Term{goal, x}}
	return step(kernel.Specialize, s, all), nil
}

// distinction proves a goal for each value of an enum or bool.
func (a *attempt) distinction(p *ir.Proof, facts []fact, goal *kernel.Term) (*kernel.Proof, *gap) {
	on := a.tr.expr(p.On)
	var either fact
	if on.Sort == kernel.Bool {
		either = fact{kernel.T(kernel.Or, on, kernel.T(kernel.Not, on)), excludedMiddle(on)}
	} else {
		all := fact{a.enumFact(on.Sort), &kernel.Proof{Rule: kernel.Enumerate, Name: string(on.Sort)}}
		either = instance(fact{all.goal.Args[0], step(kernel.First, nil, all.proof)}, []*kernel.Term{on})
	}
	proof := a.eachCase(facts, either, goal)
	if proof == nil {
		return nil, a.within(p, "for one of the cases")
	}
	return proof, nil
}

// eachCase proves a goal for each side of a disjunction of any length.
func (a *attempt) eachCase(facts []fact, either fact, goal *kernel.Term) *kernel.Proof {
	if either.goal.Op != kernel.Or {
		return a.prove(a.with(facts, either), goal, 0)
	}
	from := []*kernel.Proof{either.proof}
	for _, side := range either.goal.Args {
		branch := a.eachCase(facts, assumed(side), goal)
		if branch == nil {
			return nil
		}
		from = append(from, branch)
	}
	return step(kernel.Split, nil, from...)
}

// within says in which part of a proof something is left to show.
func (a *attempt) within(p *ir.Proof, part string) *gap {
	g := a.stuck(p.Span)
	g.why = part + ", " + g.why
	return g
}
