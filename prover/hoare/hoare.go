// Package hoare proves functions: that for all arguments that a function
// requires it ends without an evaluation error, and ensures what it says. The
// rules are those of package encode (see encode.Proof).
//
//   - Holds rests on the solvers that answered unsat, on the contracts of the
//     functions that are called by contract, which are proved with it, and on
//     what extern functions are said to do.
//   - Violated has arguments for which ir/eval has shown that the function
//     fails. Small ones are tried before any solver is asked.
//   - Unknown says which goal was not met, where, and for which arguments it may
//     fail: often a loop invariant that says too little.
package hoare

import (
	"context"
	"slices"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/prover/encode"
	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/prover/wp"
)

// Options say who answers, and how long a solver may take for one goal; 0 means
// ten seconds.
type Options struct {
	Solver solver.Solver // nil: functions are only run, with small arguments
	Limit  time.Duration
	// Known is what became of functions elsewhere: they are not proved again.
	Known []*evidence.Contract
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
		if !Asks(f) || known(opt.Known, f) != nil {
			continue
		}
		c := try(f)
		if c == nil {
			c = prove(ctx, sys, f, opt)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	rest(out, opt.Known)
	return out, nil
}

// Asks reports whether there is something to prove of f: a contract, a measure
// or a loop. An extern function is believed.
func Asks(f *ir.Func) bool {
	return !extern(f) && (len(loopsOf(f)) > 0 || len(f.Requires) > 0 || len(f.Ensures) > 0 || f.Decreases != nil)
}

func extern(f *ir.Func) bool { return f.Value == nil && f.Body == nil }

// known is what became of f elsewhere; nil if nothing did. A mutation is
// another function.
func known(all []*evidence.Contract, f *ir.Func) *evidence.Contract {
	i := slices.IndexFunc(all, func(c *evidence.Contract) bool {
		g := c.Func
		return g.Span == f.Span && (f.Value == nil || g.Value != nil && g.Value.Span() == f.Value.Span())
	})
	if i < 0 {
		return nil
	}
	return all[i]
}

// rest takes the verdict from functions that rest on what is not proved.
func rest(all, elsewhere []*evidence.Contract) {
	both := slices.Concat(all, elsewhere)
	for again := true; again; {
		again = false
		for _, c := range all {
			for _, f := range c.Rests {
				d := known(both, f)
				if c.Verdict == evidence.Holds && d != nil && d.Verdict != evidence.Holds {
					c.Verdict = evidence.Unknown
					c.Unmet = &evidence.Unmet{Span: c.Func.Span, Why: "it calls " + f.Name + ", which is not proved",
						Help: "see what is said of " + f.Name}
					again = true
				}
			}
		}
	}
}

// exampleLimit is how long a solver may look for arguments after a proof has
// failed.
const exampleLimit = 2 * time.Second

// prove proves f for sorts of every size. If that fails arguments are looked for
// among the elements that sorts have in sys.
func prove(ctx context.Context, sys *ir.System, f *ir.Func, opt Options) *evidence.Contract {
	out := &evidence.Contract{Func: f}
	if opt.Solver == nil {
		out.Unmet = &evidence.Unmet{Span: f.Span, Why: "no solver was asked",
			Help: "install z3 or cvc5; --solver embedded asks neither"}
		return out
	}
	free := slices.DeleteFunc(wp.Free(sys), func(s *ir.Sort) bool { return !encode.Mentions(f, s) })
	p := newProof(ctx, sys, f, opt, free)
	p.run(out)
	if out.Verdict == evidence.Unknown && len(free) > 0 {
		opt.Limit = min(opt.Limit, exampleLimit)
		example := &evidence.Contract{Func: f}
		if newProof(ctx, sys, f, opt, nil).run(example); example.Verdict == evidence.Violated {
			return example
		}
	}
	return out
}
