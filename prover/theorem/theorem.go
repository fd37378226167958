// Package theorem proves the theorems of a module.
//
// A proof in the text says which method to use where; the method finds a proof
// in the logic of package kernel, and the kernel takes it apart again. What the
// kernel does not see is that the text was translated rightly, and that
// functions that call themselves end, which is shown here by the same means.
//
// A theorem says nothing of values that do not exist: it is about the cases in
// which all parts of its claim have a value.
package theorem

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/prover/kernel"
	"github.com/spec-lang/spec/prover/solver"
)

// theoremTime is how long the proof of one theorem may take.
const theoremTime = 20 * time.Second

// Prove proves the theorems of th in order. A theorem that is not proved may
// be used by those below, which say so. The solver, for proofs by smt, may be
// nil.
func Prove(ctx context.Context, th *ir.Theory, s solver.Solver) []evidence.Theorem {
	p := &prover{tr: newTranslator(), ctx: ctx}
	r := &run{prover: p, solver: s, rests: map[string][]string{}}
	var out []evidence.Theorem
	for _, t := range th.Theorems {
		limited, cancel := context.WithTimeout(ctx, theoremTime)
		r.ctx = limited
		out = append(out, r.theorem(t))
		cancel()
	}
	return out
}

// run is what is known while theorems are proved one after the other.
type run struct {
	*prover
	solver solver.Solver
	axioms []fact
	rests  map[string][]string // by theorem: what it rests on that no rule shows
}

func (r *run) theorem(t *ir.Theorem) evidence.Theorem {
	res := evidence.Theorem{Theorem: t}
	r.open, r.tr.err, r.tr.names = nil, nil, map[string]int{}
	a := &attempt{run: r, t: t}
	claim := a.claim()
	if r.tr.err != nil {
		return unknown(res, r.tr.err.Span, r.tr.err.Error())
	}
	r.theory().Known[t.Name] = claim
	if t.Kind == ir.AxiomClaim {
		return r.axiom(res, claim)
	}
	delete(r.theory().Known, t.Name)
	defer func() { r.theory().Known[t.Name] = claim }()
	proof, missing := a.proof()
	if missing != nil {
		switch err := r.ctx.Err(); {
		case errors.Is(err, context.DeadlineExceeded):
			missing.why = fmt.Sprintf("no proof was found within %s", theoremTime)
		case err != nil:
			missing.why = "interrupted"
		}
		r.rests[t.Name] = []string{t.Kind.String() + " " + t.Name + ", which is not proved"}
		return unknown(res, missing.at, missing.why)
	}
	checked, fault := kernel.Check(r.theory(), proof)
	if fault == nil && (len(checked.Hyps) > 0 || !kernel.Same(checked.Goal, claim)) {
		fault = fmt.Errorf("the proof shows %s", checked.Goal)
	}
	if fault != nil {
		r.rests[t.Name] = []string{t.Kind.String() + " " + t.Name + ", which is not proved"}
		return unknown(res, t.NameSpan, "the kernel refuses the proof that was found: "+fault.Error())
	}
	res.Verdict, res.Uses = evidence.Holds, checked.Cited
	r.rest(&res, checked)
	return res
}

// axiom believes a claim, unless it contradicts those that are believed already.
func (r *run) axiom(res evidence.Theorem, claim *kernel.Term) evidence.Theorem {
	name := res.Theorem.Name
	r.rests[name] = []string{"axiom " + name}
	r.axioms = append(r.axioms, fact{claim, &kernel.Proof{Rule: kernel.Cite, Name: name}})
	var facts []fact
	for _, f := range r.axioms {
		facts = r.with(facts, f)
	}
	if r.prove(facts, falsum, 0) != nil {
		r.axioms = r.axioms[:len(r.axioms)-1]
		r.rests[name] = []string{"axiom " + name + ", which contradicts others"}
		return unknown(res, res.Theorem.NameSpan, "this contradicts itself, or the axioms above: everything would follow")
	}
	res.Verdict, res.Rests = evidence.Holds, r.rests[name]
	return res
}

func unknown(res evidence.Theorem, at source.Span, why string) evidence.Theorem {
	res.Why, res.Span = why, at
	return res
}

// rest collects what a proof rests on: by itself, and through what it uses.
func (r *run) rest(res *evidence.Theorem, checked *kernel.Result) {
	seen := map[string]bool{}
	add := func(list []string) {
		for _, what := range list {
			if !seen[what] {
				seen[what] = true
				res.Rests = append(res.Rests, what)
			}
		}
	}
	for _, name := range checked.Cited {
		add(r.rests[name])
	}
	add(checked.Oracles)
	for _, name := range checked.Defined {
		if !r.ends(name) {
			add([]string{"function " + name + ", of which it is not shown that it ends"})
		}
	}
	r.rests[res.Theorem.Name] = res.Rests
}

// gap is where a proof does not go through.
type gap struct {
	at  source.Span
	why string
}
