package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/mc"
	"github.com/spec-lang/spec/prover/hoare"
	"github.com/spec-lang/spec/prover/inductive"
	"github.com/spec-lang/spec/prover/solver"
)

// solverFlags say who answers what engines of our own cannot.
type solverFlags struct {
	solver string
	cross  bool
}

func (f *solverFlags) register(fl *pflag.FlagSet) {
	fl.StringVar(&f.solver, "solver", "auto", "`who` proves invariants that are declared inductive: z3, cvc5, embedded (for the sizes of the model only) or auto: what is installed")
	fl.BoolVar(&f.cross, "cross-check", false, "believe a proof only if all solvers agree")
}

// set reports whether a flag was given.
func (f *solverFlags) set() bool { return f.cross || f.solver != "" && f.solver != "auto" }

// choose returns the solvers that the flags ask for; none means that the
// engines of our own do what they can.
func (f *solverFlags) choose(ctx context.Context) ([]solver.Solver, error) {
	var out []solver.Solver
	switch f.solver {
	case "embedded":
		if f.cross {
			return nil, usageError{"--cross-check needs solvers to compare", "leave out --solver embedded"}
		}
		return nil, nil
	case "", "auto", "z3", "cvc5":
	default:
		return nil, usageError{"there is no solver " + f.solver, "use auto, z3, cvc5 or embedded"}
	}
	for _, s := range append(library(), solver.Find(ctx)...) {
		if f.solver == "" || f.solver == "auto" || strings.Contains(s.Name(), f.solver) {
			out = append(out, s)
		}
	}
	switch {
	case len(out) == 0 && f.solver != "" && f.solver != "auto":
		return nil, usageError{f.solver + " is not installed, or does not answer", "install the program " + f.solver + ", or use --solver auto"}
	case f.cross && len(out) < 2:
		return nil, usageError{"--cross-check needs two solvers", "install z3 and cvc5"}
	}
	return out, nil
}

// induct asks of the invariants that are declared inductive whether they are,
// and settles what the findings of res come to. What is known of functions is
// not proved again.
func (f *searchFlags) induct(ctx context.Context, l *loaded, res *evidence.Result, known []*evidence.Contract) error {
	search, err := f.options()
	if err != nil {
		return err
	}
	lim := search.Limits
	solvers, err := f.prove.solvers.choose(ctx)
	if err == nil {
		err = f.contracts(ctx, l, res, known)
	}
	var asked []*evidence.Finding
	for i := range res.Findings {
		if res.Findings[i].Prop.Inductive {
			asked = append(asked, &res.Findings[i])
		}
	}
	switch {
	case err != nil || len(asked) == 0 || f.prove.solvers.solver == "embedded":
		return err
	case len(solvers) == 0:
		res.Basis.Notes = append(res.Basis.Notes,
			"whether invariants are inductive for every size was not asked: neither z3 nor cvc5 is installed")
		return nil
	}
	opt := inductive.Options{Solver: &solver.Portfolio{Solvers: solvers}, Models: &solver.Portfolio{Solvers: solvers, Mode: solver.InTurn},
		Resize: l.resize(res.System)}
	if f.prove.solvers.cross {
		opt.Solver = &solver.Portfolio{Solvers: solvers, Mode: solver.Agree}
		opt.Models = opt.Solver
	}
	limited := ctx
	if lim.Time > 0 {
		var cancel context.CancelFunc
		limited, cancel = context.WithTimeout(ctx, lim.Time)
		defer cancel()
	}
	changed := false
	for _, x := range asked {
		ind, err := inductive.Check(limited, res.System, x.Prop, opt)
		if err != nil && ctx.Err() == nil { // the time is over
			ind.Outcome, ind.Why = evidence.NotDecided, "the time limit of "+lim.Time.String()
		}
		was := x.Verdict
		if err := f.settle(ctx, res, x, ind, lim); err != nil {
			return err
		}
		changed = changed || x.Verdict != was
	}
	if changed {
		return settled(limited, res, opt)
	}
	return nil
}

// contracts adds what becomes of the functions of a model, apart from those that
// are known.
func (f *searchFlags) contracts(ctx context.Context, l *loaded, res *evidence.Result, known []*evidence.Contract) error {
	opt, err := f.proofs(ctx)
	if err != nil {
		return err
	}
	sys := res.System
	if c := l.choiceOf(sys); c.model != nil {
		if all, _ := c.snap.Promising(c.model); all != nil { // it has no errors, or there would be no sys
			sys = all
		}
	}
	opt.Known = known
	all, err := hoare.Check(ctx, sys, opt)
	if err != nil {
		return err
	}
	for _, c := range all {
		res.Findings = append(res.Findings, c.Finding())
	}
	return nil
}

// settle gives a finding the verdict that a proof by induction comes to.
func (f *searchFlags) settle(ctx context.Context, res *evidence.Result, x *evidence.Finding, ind *evidence.Induction, lim mc.Limits) error {
	if x.Verdict == evidence.Violated {
		if ind.Outcome == evidence.IsInductive {
			res.Basis.Notes = append(res.Basis.Notes, fmt.Sprintf("%s proved %s, and a run that was replayed violates it: do not trust what %[1]s says",
				strings.Join(ind.By, " and "), x.Prop.Label()))
		}
		return nil // a run says more than a step
	}
	if ind.Outcome == evidence.IsInductive {
		for i := range res.Findings {
			if y := &res.Findings[i]; slices.Contains(ind.With, y.Prop) && y.Verdict != evidence.Violated {
				y.Verdict, y.Why, y.Span, y.Proof, y.Induction = evidence.Holds, "", y.Prop.Span, nil, ind
			}
		}
		return nil
	}
	x.Induction = ind
	why := "not proved inductive"
	if ind.Outcome == evidence.NotInductive {
		why = "not inductive"
	}
	reach := "an engine has proved that no run of model " + res.System.Model + " breaks " + x.Prop.Name
	if x.Verdict != evidence.Holds {
		found, words, err := search(ctx, res.System, x.Prop, lim)
		switch {
		case err != nil:
			return err
		case found != nil:
			*x = *found
			return nil
		}
		reach = words
	}
	x.Verdict, x.Span, x.Proof = evidence.Unknown, x.Prop.Span, nil
	x.Why = why + "; " + reach
	if ind.Counter != nil {
		ind.Counter.Reach = reach + ": add a lemma that excludes the state before"
		x.Why = why + ": a step does not keep it"
	}
	return nil
}

// mostSearched is how many states are visited to classify a counterexample.
const mostSearched = 1_000_000

// search looks for a run of the model that violates p; without one it says in
// words what was looked at.
func search(ctx context.Context, sys *ir.System, p *ir.Property, lim mc.Limits) (*evidence.Finding, string, error) {
	lim.States = mostSearched
	part := *sys
	part.Checks = slices.DeleteFunc(slices.Clone(sys.Checks), func(c ir.Check) bool { return c.Prop != p })
	res, err := mc.Check(ctx, &part, mc.Options{Limits: lim})
	if err != nil {
		return nil, "", err
	}
	if err := explain.Fill(res); err != nil {
		return nil, "", err
	}
	for i := range res.Findings {
		if x := &res.Findings[i]; x.Prop == p && x.Verdict == evidence.Violated {
			x.Check = &sys.Checks[slices.IndexFunc(sys.Checks, func(c ir.Check) bool { return c.Prop == p })]
			return x, "", nil
		}
	}
	words := fmt.Sprintf("none of the %d states of model %s breaks %s", res.States.Distinct, sys.Model, p.Name)
	if res.Basis.Kind != evidence.Exhaustive {
		words = fmt.Sprintf("none of %d states of model %s breaks %s, and there are more", res.States.Distinct, sys.Model, p.Name)
	}
	return nil, words, nil
}

// settled says what a result rests on if everything that was asked is decided,
// the engine having had nothing to say.
func settled(ctx context.Context, res *evidence.Result, opt inductive.Options) error {
	if res.Basis.Kind != evidence.Partial {
		return nil
	}
	var by []string
	var lemmas []*ir.Property
	var free []*ir.Sort
	for _, x := range res.Findings {
		switch {
		case x.Verdict == evidence.Unknown:
			return nil
		case x.Induction != nil:
			by = append(by, x.Induction.By...)
			lemmas = append(lemmas, x.Prop)
			free = x.Induction.Every
		}
	}
	res.Engine = "search for what breaks the invariants"
	if slices.Sort(by); len(by) > 0 {
		res.Engine = "induction by " + strings.Join(slices.Compact(by), " and ")
	}
	note := "deadlocks, failed assertions and evaluation errors were not looked for; spec verify without --prove does that"
	if len(lemmas) > 0 {
		safe, err := inductive.Safe(ctx, res.System, lemmas, free, opt)
		if err == nil && safe.Outcome == evidence.IsInductive {
			note = fmt.Sprintf("no step fails with an evaluation error or a false assertion (%d obligations); deadlocks were not looked for", safe.Obligations)
		} else if err == nil {
			note = "deadlocks were not looked for, nor is it proved that no step fails: " + safe.Why
		}
	}
	res.Basis = evidence.Basis{Kind: evidence.Inductive, Named: true, Notes: append(res.Basis.Notes, note)}
	return nil
}

// resize returns what gives the model of sys other sizes.
func (l *loaded) resize(sys *ir.System) func(map[string]int) *ir.System {
	return func(sizes map[string]int) *ir.System {
		if c := l.choiceOf(sys); c.model != nil {
			return c.snap.Resized(c.model, sizes)
		}
		return nil
	}
}

// choiceOf is the model that sys is the kernel of; without one it is empty.
func (l *loaded) choiceOf(sys *ir.System) choice {
	for _, s := range l.snaps {
		for _, m := range s.Models() {
			if m.Span() == sys.Span {
				return choice{s, m}
			}
		}
	}
	return choice{}
}
