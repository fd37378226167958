// Package hoare proves functions: that for all arguments that a function
// requires it ends without an evaluation error, and ensures what it says. The
// rules are those of package encode (see encode.Proof).
//
//   - Holds rests on the solvers that answered unsat, and on the contracts of
//     the functions that are called by contract, which are proved with it.
//   - Violated has arguments for which ir/eval has shown that the function
//     fails. Small ones are tried before any solver is asked.
//   - Unknown says which goal was not met, where, and for which arguments it may
//     fail: often a loop invariant that says too little.
package hoare

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/prover/encode"
	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/prover/term"
	"github.com/spec-lang/spec/prover/wp"
)

// Options say who answers, and how long a solver may take for one goal; 0 means
// ten seconds.
type Options struct {
	Solver solver.Solver
	Limit  time.Duration
}

const defaultLimit = 10 * time.Second

// Check proves the functions of sys that have something to prove: a contract, a
// measure or a loop. The error is that of the context.
func Check(ctx context.Context, sys *ir.System, opt Options) ([]*evidence.Contract, error) {
	if opt.Limit == 0 {
		opt.Limit = defaultLimit
	}
	var out []*evidence.Contract
	for _, f := range sys.Funcs {
		if !asks(f) {
			continue
		}
		if c := try(f); c != nil {
			out = append(out, c)
			continue
		}
		p := &proof{ctx: ctx, sys: sys, opt: opt, out: &evidence.Contract{Func: f}}
		p.run()
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out = append(out, p.out)
	}
	rest(out)
	return out, nil
}

// asks reports whether there is something to prove of f.
func asks(f *ir.Func) bool {
	loop := false
	ir.WalkBody(f.Body, func(t ir.Tree) bool {
		_, is := t.(*ir.WhileStmt)
		loop = loop || is
		return true
	})
	return loop || len(f.Requires) > 0 || len(f.Ensures) > 0 || f.Decreases != nil
}

// rest takes the verdict from functions that rest on what is not proved.
func rest(all []*evidence.Contract) {
	for again := true; again; {
		again = false
		for _, c := range all {
			for _, d := range all {
				if c.Verdict == evidence.Holds && d.Verdict != evidence.Holds && slices.Contains(c.Rests, d.Func) {
					c.Verdict = evidence.Unknown
					c.Unmet = &evidence.Unmet{Span: c.Func.Span, Why: "it calls " + d.Func.Name + ", which is not proved"}
					again = true
				}
			}
		}
	}
}

// proof is one function at work.
type proof struct {
	ctx context.Context
	sys *ir.System
	opt Options
	out *evidence.Contract

	bank *term.Bank
	enc  *encode.Encoder
	made *encode.Proof
	g    *term.Grounder // nil if a sort has any size
}

func (p *proof) run() {
	f := p.out.Func
	free := slices.DeleteFunc(wp.Free(p.sys), func(s *ir.Sort) bool { return !encode.Mentions(f, s) })
	p.bank = term.NewBank()
	p.enc = encode.New(p.bank, p.sys, free)
	if len(free) == 0 {
		p.g = term.NewGrounder(p.bank)
	}
	p.made = p.enc.Prove(f)
	if err := p.enc.Err(); err != nil {
		p.fail(&evidence.Unmet{Span: f.Span, Why: err.Error()})
		return
	}
	p.out.Rests = p.made.Rests()
	facts := p.facts()
	for _, goal := range p.made.Goals {
		if u := p.ask(goal, facts); u != nil {
			u.Help = advice(f, goal.Kind)
			p.fail(u)
			return
		}
		p.out.Goals++
	}
	p.out.Verdict = evidence.Holds
}

func (p *proof) fail(u *evidence.Unmet) { p.out.Unmet = u }

func (p *proof) facts() []solver.Assertion {
	var out []solver.Assertion
	for i, f := range p.enc.Facts() {
		out = append(out, solver.Assertion{Name: fmt.Sprintf("fact%d", i), Term: p.ground(f)})
	}
	return out
}

func (p *proof) ground(t *term.Term) *term.Term {
	if p.g == nil {
		return t
	}
	return p.g.Ground(t)
}

// ask asks for arguments with which a goal is not met; nil if there are none.
func (p *proof) ask(goal encode.Goal, facts []solver.Assertion) *evidence.Unmet {
	r := &reading{p: p}
	r.read(nil) // so that what is said of all constants is known
	q := &solver.Query{Limit: p.opt.Limit, Asserts: append(slices.Clone(facts),
		solver.Assertion{Name: "path", Term: p.ground(goal.Path)},
		solver.Assertion{Name: "goal", Term: p.ground(p.bank.Not(goal.Claim))})}
	if p.g != nil {
		for i, l := range p.g.Limits() {
			q.Asserts = append(q.Asserts, solver.Assertion{Name: fmt.Sprintf("limit%d", i), Term: l})
		}
		q.Need = r.need
	}
	a, err := p.opt.Solver.Solve(p.ctx, q)
	u := &evidence.Unmet{Goal: goalText(goal.Kind), Span: goal.Span}
	switch {
	case err != nil:
		u.Why = err.Error()
	case a.Status == solver.Unsat:
		p.credit(a)
		return nil
	case a.Status == solver.Unknown:
		u.Why = a.Solver + " does not know: " + a.Why
	default:
		p.replay(u, r, a)
	}
	return u
}

func (p *proof) credit(a solver.Answer) {
	if !slices.Contains(p.out.By, a.Solver) {
		p.out.By = append(p.out.By, a.Solver)
		slices.Sort(p.out.By)
	}
}

// advice says what to write if a goal is not met.
func advice(f *ir.Func, k encode.GoalKind) string {
	bare, loops := false, false
	ir.WalkBody(f.Body, func(t ir.Tree) bool {
		if w, ok := t.(*ir.WhileStmt); ok {
			loops, bare = true, bare || len(w.Invariants) == 0
		}
		return true
	})
	switch {
	case bare:
		return "write `invariant P` behind the condition of the loop: P is what is true whenever the loop begins again"
	case k == encode.Kept:
		return "strengthen the invariant, or add another one that holds with it"
	case loops:
		return "say more in the invariants of the loop: of it only they are known afterwards"
	}
	return "say more in `requires`, or in `ensures` of the functions that it calls"
}

// goalText says what a goal is.
func goalText(k encode.GoalKind) string {
	return map[encode.GoalKind]string{
		encode.Ensured:  "it is ensured where the function returns",
		encode.Entered:  "the invariant holds where the loop begins",
		encode.Kept:     "the body of the loop keeps the invariant",
		encode.Falls:    "the measure goes down and is not negative before",
		encode.NoError:  "nothing here is an error, and calls are given what they require",
		encode.Asserted: "the assertion holds",
	}[k]
}
