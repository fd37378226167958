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
	// Examples are the same functions with sorts of other sizes. If a proof fails
	// arguments that show a fault are looked for in all of them.
	Examples []*ir.System
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
		c := tryAll(sys, f, opt)
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
				if c.Verdict == evidence.Holds && !extern(f) && (d == nil || d.Verdict != evidence.Holds) {
					c.Verdict = evidence.Unknown
					c.Unmet = &evidence.Unmet{Span: c.Func.Span, Why: "it calls " + f.Name + ", which is not proved",
						Help: "see what is said of " + f.Name}
					again = true
				}
			}
		}
	}
}

// firstLimit is how long a solver may take for a goal, and to find arguments,
// before it gets all the time that there is.
const firstLimit = 2 * time.Second

// prove proves f for sorts of every size. If that is not quickly done arguments
// that show a fault are looked for among the elements of examples.
func prove(ctx context.Context, sys *ir.System, f *ir.Func, opt Options) *evidence.Contract {
	out := &evidence.Contract{Func: f}
	if opt.Solver == nil {
		out.Unmet = &evidence.Unmet{Span: f.Span, Why: "no solver was asked",
			Help: "install z3 or cvc5; --solver embedded asks neither"}
		return out
	}
	free := slices.DeleteFunc(wp.Free(sys), func(s *ir.Sort) bool { return !encode.Mentions(f, s) })
	quick := opt
	quick.Limit = min(opt.Limit, firstLimit)
	newProof(ctx, sys, f, quick, free).run(out)
	if out.Verdict != evidence.Unknown {
		return out
	}
	if len(free) > 0 {
		for _, x := range opt.examples(sys) {
			if found := example(ctx, x, f, quick); found != nil {
				return found
			}
		}
	}
	if quick.Limit < opt.Limit {
		out = &evidence.Contract{Func: f}
		newProof(ctx, sys, f, opt, free).run(out)
	}
	return out
}

// example is arguments of f in sys that show a fault; nil if none are found.
func example(ctx context.Context, sys *ir.System, f *ir.Func, opt Options) *evidence.Contract {
	g := same(sys, f)
	if g == nil {
		return nil
	}
	out := &evidence.Contract{Func: g}
	if newProof(ctx, sys, g, opt, nil).run(out); out.Verdict == evidence.Violated {
		return out
	}
	return nil
}

func (opt Options) examples(sys *ir.System) []*ir.System {
	return append([]*ir.System{sys}, opt.Examples...)
}

// same is the function of sys that is declared where f is; nil if there is none.
func same(sys *ir.System, f *ir.Func) *ir.Func {
	i := slices.IndexFunc(sys.Funcs, func(g *ir.Func) bool { return g.Span == f.Span && g.Name == f.Name })
	if i < 0 {
		return nil
	}
	return sys.Funcs[i]
}

// tryAll tries f with small arguments, at all sizes that there are; nil if none
// shows a fault.
func tryAll(sys *ir.System, f *ir.Func, opt Options) *evidence.Contract {
	for _, x := range opt.examples(sys) {
		if g := same(x, f); g != nil {
			if c := try(g); c != nil {
				return c
			}
		}
	}
	return nil
}
