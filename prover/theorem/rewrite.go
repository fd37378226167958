package theorem

import (
	"fmt"
	"strings"

	"github.com/spec-lang/spec/prover/kernel"
)

// mostRewrites is how many equations one formula is rewritten by.
const mostRewrites = 300

// equation is a proof that two terms are equal.
type equation struct {
	from, to *kernel.Term
	proof    *kernel.Proof
}

// rewriting is one step of a simplification.
type rewriting struct {
	equation
	before *kernel.Term
}

// simplify rewrites a formula by definitions, facts of data and equations among
// the facts, from the left to the right, innermost terms first.
func (p *prover) simplify(facts []fact, t *kernel.Term) (*kernel.Term, []rewriting) {
	var steps []rewriting
	for range mostRewrites {
		eq := p.redex(facts, t)
		if eq == nil {
			break
		}
		steps = append(steps, rewriting{*eq, t})
		t = replaceAll(t, eq.from, eq.to)
	}
	return t, steps
}

// unwind turns a proof of a simplified formula into one of the formula.
func unwind(proof *kernel.Proof, steps []rewriting) *kernel.Proof {
	for i := len(steps) - 1; i >= 0; i-- {
		proof = step(kernel.Rewrite, steps[i].before, steps[i].proof, proof)
	}
	return proof
}

func replaceAll(t, from, to *kernel.Term) *kernel.Term {
	if kernel.Same(t, from) {
		return to
	}
	args, changed := make([]*kernel.Term, len(t.Args)), false
	for i, a := range t.Args {
		args[i] = replaceAll(a, from, to)
		changed = changed || args[i] != a
	}
	if !changed {
		return t
	}
	out := *t
	out.Args = args
	return &out
}

// redex finds a term in t that an equation applies to. The branches of a
// conditional have to wait until it is known which of them counts.
func (p *prover) redex(facts []fact, t *kernel.Term) *equation {
	if t.Op == kernel.Ite {
		if eq := p.redex(facts, t.Args[0]); eq != nil {
			return eq
		}
		return p.ofConditional(facts, t)
	}
	for _, a := range t.Args {
		if eq := p.redex(facts, a); eq != nil {
			return eq
		}
	}
	if !kernel.Closed(t) {
		return nil
	}
	if t.Op == kernel.App {
		for _, a := range t.Args {
			if eq := canonical(a); eq != nil {
				return eq
			}
		}
	}
	for _, rule := range []func([]fact, *kernel.Term) *equation{p.ofData, p.ofFacts, p.ofDefinition} {
		if eq := rule(facts, t); eq != nil {
			return eq
		}
	}
	return nil
}

// ofData is an equation of sequences.
func (p *prover) ofData(_ []fact, t *kernel.Term) *equation {
	if t.Op != kernel.App || len(t.Args) == 0 || t.Args[0].Op != kernel.App {
		return nil
	}
	a := t.Args[0]
	empty, pushed := a.Name == kernel.Nil && len(a.Args) == 0, a.Name == kernel.Cons
	switch {
	case t.Name == kernel.Append && empty:
		return ofFact("append nil", t, t.Args[1], t.Args[1])
	case t.Name == kernel.Append && pushed:
		return ofFact("append cons", t, kernel.Push(a.Args[0], kernel.F(kernel.Append, t.Sort, a.Args[1], t.Args[1])), a.Args[0], a.Args[1], t.Args[1])
	case t.Name == kernel.Len && empty:
		return ofFact("len nil", t, kernel.I(0), a)
	case t.Name == kernel.Len && pushed:
		return ofFact("len cons", t, kernel.T(kernel.Add, kernel.F(kernel.Len, kernel.Int, a.Args[1]), kernel.I(1)), a.Args[0], a.Args[1])
	case t.Name == kernel.Head && pushed:
		return ofFact("head cons", t, a.Args[0], a.Args[0], a.Args[1])
	case t.Name == kernel.Tail && pushed:
		return ofFact("tail cons", t, a.Args[1], a.Args[0], a.Args[1])
	}
	return nil
}

func ofFact(name string, from, to *kernel.Term, about ...*kernel.Term) *equation {
	return &equation{from, to, &kernel.Proof{Rule: kernel.Fact, Name: name, Terms: about}}
}

// ofConditional is a conditional whose condition is decided.
func (p *prover) ofConditional(facts []fact, t *kernel.Term) *equation {
	yes, proof := p.decide(facts, t.Args[0])
	switch {
	case proof == nil || !kernel.Closed(t):
		return nil
	case yes:
		return &equation{t, t.Args[1], step(kernel.IfTrue, t, proof)}
	}
	return &equation{t, t.Args[2], step(kernel.IfFalse, t, proof)}
}

// ofDefinition unfolds a function. One that calls itself is unfolded only if
// it is known which way its conditional goes.
func (p *prover) ofDefinition(facts []fact, t *kernel.Term) *equation {
	def, ok := p.theory().Defs[t.Name]
	if t.Op != kernel.App || !ok || def.Body == nil || len(def.Params) != len(t.Args) {
		return nil
	}
	body := substituted(def.Body, def.Params, t.Args)
	if calls(def.Body, t.Name) {
		if body.Op != kernel.Ite {
			return nil
		}
		cond, _ := p.simplify(facts, body.Args[0])
		if _, proof := p.decide(facts, cond); proof == nil {
			return nil
		}
	}
	return &equation{t, body, &kernel.Proof{Rule: kernel.Define, Name: t.Name, Terms: t.Args}}
}

// substituted is a term with terms for its variables, for all at once.
func substituted(t *kernel.Term, vars, by []*kernel.Term) *kernel.Term {
	place := func(i int) *kernel.Term { return kernel.V(fmt.Sprintf("\x02%d", i), vars[i].Sort) }
	for i, v := range vars {
		t = kernel.Replace(t, v, place(i))
	}
	for i := range vars {
		t = kernel.Replace(t, place(i), by[i])
	}
	return t
}

func calls(t *kernel.Term, name string) bool {
	if t.Op == kernel.App && t.Name == name {
		return true
	}
	for _, a := range t.Args {
		if calls(a, name) {
			return true
		}
	}
	return false
}

// ofFacts is an equation among the facts, for all values of variables and
// under conditions that are known.
func (p *prover) ofFacts(facts []fact, t *kernel.Term) *equation {
	for _, f := range facts {
		if eq := p.byFact(facts, f, t); eq != nil {
			return eq
		}
	}
	return nil
}

func (p *prover) byFact(facts []fact, f fact, t *kernel.Term) *equation {
	var vars []*kernel.Term
	g := f.goal
	for ; g.Op == kernel.Forall; g = kernel.Instance(g, vars[len(vars)-1]) {
		vars = append(vars, kernel.V(fmt.Sprintf("\x02%d", len(vars)), g.Over))
	}
	for g.Op == kernel.Implies {
		g = g.Args[1]
	}
	if g.Op != kernel.Eq || !rewrites(g.Args[0], g.Args[1]) {
		return nil
	}
	found := map[string]*kernel.Term{}
	if !match(g.Args[0], t, found) || len(found) < len(vars) {
		return nil
	}
	var terms []*kernel.Term
	for _, v := range vars {
		terms = append(terms, found[v.Name])
	}
	f = instance(f, terms)
	for f.goal.Op == kernel.Implies {
		yes, proof := p.decide(facts, f.goal.Args[0])
		if proof == nil || !yes {
			return nil
		}
		f = fact{f.goal.Args[1], step(kernel.Detach, nil, f.proof, proof)}
	}
	if kernel.Same(f.goal.Args[0], f.goal.Args[1]) {
		return nil
	}
	return &equation{f.goal.Args[0], f.goal.Args[1], f.proof}
}

// rewrites reports whether an equation is of use from left to right: numbers
// are for arithmetic, and what contains its left side grows for ever.
func rewrites(l, r *kernel.Term) bool {
	switch {
	case isPlace(l), l.Op == kernel.Num, l.Op == kernel.Add, l.Op == kernel.Mul:
		return false
	case l.Op == kernel.App && len(l.Args) == 0 && r.Op != kernel.App:
		return false
	}
	return !match(l, r, map[string]*kernel.Term{}) && !contains(r, l)
}

func contains(t, part *kernel.Term) bool {
	if kernel.Same(t, part) {
		return true
	}
	for _, a := range t.Args {
		if contains(a, part) {
			return true
		}
	}
	return false
}

// match finds the terms for the variables of a pattern that make it t.
func match(pattern, t *kernel.Term, found map[string]*kernel.Term) bool {
	if isPlace(pattern) {
		if old := found[pattern.Name]; old != nil {
			return kernel.Same(old, t)
		}
		found[pattern.Name] = t
		return pattern.Sort == t.Sort
	}
	if pattern.Op != t.Op || pattern.Sort != t.Sort || pattern.Name != t.Name || pattern.Over != t.Over || len(pattern.Args) != len(t.Args) {
		return false
	}
	if len(t.Args) == 0 {
		return kernel.Same(pattern, t)
	}
	for i := range t.Args {
		if !match(pattern.Args[i], t.Args[i], found) {
			return false
		}
	}
	return true
}

// isPlace reports whether t is a variable of a pattern.
func isPlace(t *kernel.Term) bool { return t.Op == kernel.Free && strings.HasPrefix(t.Name, "\x02") }
