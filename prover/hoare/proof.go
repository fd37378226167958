package hoare

import (
	"context"
	"fmt"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/prover/encode"
	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/prover/term"
)

// proof is one function at work.
type proof struct {
	ctx context.Context
	opt Options

	bank  *term.Bank
	enc   *encode.Encoder
	made  *encode.Proof
	g     *term.Grounder // nil if a sort has any size
	light *light
}

func newProof(ctx context.Context, sys *ir.System, f *ir.Func, opt Options, free []*ir.Sort) *proof {
	p := &proof{ctx: ctx, opt: opt, bank: term.NewBank()}
	p.enc = encode.New(p.bank, sys, free)
	p.light = &light{p.bank, map[*term.Term]bool{}}
	if len(free) == 0 {
		p.g = term.NewGrounder(p.bank)
	}
	p.made = p.enc.Prove(f)
	return p
}

// run asks for every goal. Behind the first that is not met it only looks for
// arguments that show a fault.
func (p *proof) run(out *evidence.Contract) {
	f := out.Func
	if err := p.enc.Err(); err != nil {
		out.Unmet = &evidence.Unmet{Span: f.Span, Why: err.Error(), Help: inability(f)}
		return
	}
	out.Rests = p.made.Rests()
	facts := p.facts()
	for _, goal := range p.made.Goals {
		u, verdict := p.ask(goal, facts, out)
		switch {
		case verdict == evidence.Holds:
			out.Goals++
			continue
		case verdict == evidence.Violated:
			out.Verdict, out.Unmet = verdict, u
			return
		case out.Unmet == nil:
			u.Help = advice(f, goal, p.steep(goal))
			out.Unmet = u
			p.opt.Limit = min(p.opt.Limit, firstLimit)
		}
	}
	if out.Unmet == nil {
		out.Verdict = evidence.Holds
	}
}

// inability says what to do about what has no terms.
func inability(f *ir.Func) string {
	for _, w := range loopsOf(f) {
		if w.Decreases == nil {
			return "write `decreases N` behind the invariants of the loop: a number that each round makes smaller"
		}
	}
	return "call a function instead, and say in its `ensures` what is known of it"
}

// steep reports whether unknown numbers are multiplied in a goal.
func (p *proof) steep(goal encode.Goal) bool {
	found := false
	p.bank.And(goal.Path, goal.Claim).Walk(map[*term.Term]bool{}, func(t *term.Term) {
		known := false
		for _, a := range t.Args {
			known = known || a.Op == term.Number
		}
		found = found || !known && (t.Op == term.Mul || t.Op == term.Div || t.Op == term.Mod)
	})
	return found
}

func (p *proof) facts() []*term.Term {
	var out []*term.Term
	for _, f := range p.enc.Facts() {
		out = append(out, p.ground(f))
	}
	return out
}

func (p *proof) ground(t *term.Term) *term.Term {
	if p.g == nil {
		return t
	}
	return p.g.Ground(t)
}

// ask asks for arguments with which a goal is not met: it holds if there are
// none.
func (p *proof) ask(goal encode.Goal, facts []*term.Term, out *evidence.Contract) (*evidence.Unmet, evidence.Verdict) {
	u := &evidence.Unmet{Goal: goalText(out.Func, goal), Span: goal.Span}
	path, denied := p.ground(goal.Path), p.ground(p.bank.Not(goal.Claim))
	if !p.light.quantified(denied) && p.settles(path, denied, facts, out) {
		return nil, evidence.Holds
	}
	r := &reading{p: p}
	r.read(nil) // so that what is said of all constants is known
	q := p.query(path, denied, facts)
	q.Limit = p.opt.Limit
	if p.g != nil {
		for i, l := range p.g.Limits() {
			q.Asserts = append(q.Asserts, solver.Assertion{Name: fmt.Sprintf("limit%d", i), Term: l})
		}
		q.Need = r.need
	}
	a, err := p.opt.Solver.Solve(p.ctx, q)
	switch {
	case err != nil:
		u.Why = err.Error()
	case a.Status == solver.Unsat:
		credit(out, a)
		return nil, evidence.Holds
	case a.Status == solver.Unknown:
		u.Why = a.Solver + " does not know: " + a.Why
	default:
		return u, p.replay(u, goal.Kind, r, a)
	}
	return u, evidence.Unknown
}

// settles reports whether a goal without quantifiers follows from what has none,
// if something has.
func (p *proof) settles(path, denied *term.Term, facts []*term.Term, out *evidence.Contract) bool {
	weak := p.light.weaker(path, false)
	fewer := slices.DeleteFunc(slices.Clone(facts), p.light.quantified)
	if weak == path && len(fewer) == len(facts) {
		return false
	}
	q := p.query(weak, denied, fewer)
	q.Limit = min(p.opt.Limit, firstLimit)
	a, err := p.opt.Solver.Solve(p.ctx, q)
	if err != nil || a.Status != solver.Unsat {
		return false
	}
	credit(out, a)
	return true
}

func (p *proof) query(path, denied *term.Term, facts []*term.Term) *solver.Query {
	q := &solver.Query{}
	for i, f := range facts {
		q.Asserts = append(q.Asserts, solver.Assertion{Name: fmt.Sprintf("fact%d", i), Term: f})
	}
	q.Asserts = append(q.Asserts, solver.Assertion{Name: "path", Term: path}, solver.Assertion{Name: "goal", Term: denied})
	return q
}

func credit(out *evidence.Contract, a solver.Answer) {
	if !slices.Contains(out.By, a.Solver) {
		out.By = append(out.By, a.Solver)
		slices.Sort(out.By)
	}
}
