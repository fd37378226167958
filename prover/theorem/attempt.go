package theorem

import (
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/prover/kernel"
)

// manyClauses is when a proof by resolution gives up.
const manyClauses = 20_000

// attempt is the proof of one theorem.
type attempt struct {
	*run
	t     *ir.Theorem
	vars  []*kernel.Term // of the parameters
	conds []*kernel.Term // what their types say, nil for nothing
	body  *kernel.Term   // the claim about them
}

// claim is the theorem as a closed formula.
func (a *attempt) claim() *kernel.Term {
	for _, l := range a.t.Params {
		v, cond := a.tr.bind(l)
		a.tr.whole(l.Type, l.Span)
		a.vars, a.conds = append(a.vars, v), append(a.conds, cond)
	}
	a.body = a.tr.expr(a.t.Claim)
	f := a.body
	for i := len(a.vars) - 1; i >= 0; i-- {
		if a.conds[i] != nil {
			f = kernel.T(kernel.Implies, a.conds[i], f)
		}
		f = kernel.Bind(kernel.Forall, a.vars[i], f)
	}
	return f
}

// proof proves the claim.
func (a *attempt) proof() (*kernel.Proof, *gap) {
	if a.t.Proof == nil {
		return nil, &gap{a.t.NameSpan, "no proof is given: write `by computation`, `by induction on x`, or steps between braces"}
	}
	var facts []fact
	for _, c := range a.conds {
		if c != nil {
			facts = a.with(facts, assumed(c))
		}
	}
	proof, missing := a.by(a.t.Proof, facts, a.body)
	if missing != nil {
		return nil, missing
	}
	for i := len(a.vars) - 1; i >= 0; i-- {
		if a.conds[i] != nil {
			proof = step(kernel.Discharge, a.conds[i], proof)
		}
		proof = step(kernel.Generalize, a.vars[i], proof)
	}
	return proof, nil
}

// by proves a goal as a proof in the text says.
func (a *attempt) by(p *ir.Proof, facts []fact, goal *kernel.Term) (*kernel.Proof, *gap) {
	for _, t := range p.Using {
		known := a.theory().Known[t.Name]
		if known == nil {
			return nil, &gap{p.Span, fmt.Sprintf("it uses %s, of which proofs cannot speak", t.Name)}
		}
		facts = a.with(facts, fact{known, &kernel.Proof{Rule: kernel.Cite, Name: t.Name}})
	}
	a.open = nil
	var proof *kernel.Proof
	switch p.Method {
	case 0:
		return a.steps(p, facts, goal)
	case ir.ByComputation:
		proof = a.prove(facts, goal, 0)
	case ir.ByInduction:
		return a.induction(p, facts, goal)
	case ir.ByCases:
		return a.distinction(p, facts, goal)
	case ir.ByResolution:
		proof, err := a.resolve(facts, goal, manyClauses)
		if err != nil {
			return nil, &gap{p.Span, "no refutation was found: " + err.Error()}
		}
		return proof, nil
	case ir.BySolver:
		return a.bySolver(p, facts, goal)
	}
	if proof == nil {
		return nil, a.stuck(p.Span)
	}
	return proof, nil
}

// stuck says what is left to show.
func (a *attempt) stuck(at source.Span) *gap {
	if a.open == nil {
		return &gap{at, "this does not show it"}
	}
	return &gap{at, fmt.Sprintf("this is left to show: %s", a.open)}
}

// steps proves a goal by steps between braces.
func (a *attempt) steps(p *ir.Proof, facts []fact, goal *kernel.Term) (*kernel.Proof, *gap) {
	if len(p.Steps) == 0 {
		return nil, a.stuck(p.Span)
	}
	rest := &ir.Proof{Steps: p.Steps[1:], Span: p.Span}
	switch s := p.Steps[0]; s.Kind {
	case ir.Conclude:
		return a.by(s.Proof, facts, goal)
	case ir.Have:
		claim := a.tr.expr(s.Claim)
		proof, missing := a.by(s.Proof, facts, claim)
		if missing != nil {
			return nil, missing
		}
		return a.steps(rest, a.with(facts, fact{claim, proof}), goal)
	case ir.Suppose:
		return a.suppose(s, rest, facts, goal)
	default:
		return a.obtain(s, rest, facts, goal)
	}
}

func (a *attempt) suppose(s *ir.ProofStep, rest *ir.Proof, facts []fact, goal *kernel.Term) (*kernel.Proof, *gap) {
	claim := a.tr.expr(s.Claim)
	if goal.Op != kernel.Implies || !kernel.Same(goal.Args[0], claim) {
		return nil, &gap{s.Span, fmt.Sprintf("this can be assumed only to show %s => ..., but what is left to show is %s", claim, goal)}
	}
	proof, missing := a.steps(rest, a.with(facts, assumed(claim)), goal.Args[1])
	if missing != nil {
		return nil, missing
	}
	return step(kernel.Discharge, claim, proof), nil
}

func (a *attempt) obtain(s *ir.ProofStep, rest *ir.Proof, facts []fact, goal *kernel.Term) (*kernel.Proof, *gap) {
	v, cond := a.tr.bind(s.Local)
	known := a.tr.expr(s.Claim)
	for _, c := range []*kernel.Term{a.tr.member(v, s.From), cond} {
		if c != nil {
			known = kernel.T(kernel.And, c, known)
		}
	}
	there := kernel.Bind(kernel.Exists, v, known)
	proof, missing := a.by(s.Proof, facts, there)
	if missing != nil {
		return nil, missing
	}
	proof2, missing := a.steps(rest, a.with(facts, assumed(known)), goal)
	if missing != nil {
		return nil, missing
	}
	return step(kernel.Obtain, v, proof, proof2), nil
}
