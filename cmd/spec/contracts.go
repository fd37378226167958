package main

import (
	"context"
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/evidence/report"
	"github.com/spec-lang/spec/prover/hoare"
	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/workspace"
)

// functionsOf are the functions of a file that say something to prove, once for
// each size of its sorts that is worth a look; none if there are none.
func functionsOf(s *workspace.Snapshot) []*ir.System {
	var out []*ir.System
	for _, n := range []int{2, 1, 3, 4} {
		sys, _ := s.Functions(n) // errors come back with what a model or a theorem needs
		if sys == nil {
			break
		}
		if out = append(out, sys); len(sys.Sorts) == 0 {
			break
		}
	}
	return out
}

// contracts proves the functions of the files. Without --prove it says that it
// does not.
func (w *writer) contracts(ctx context.Context, l *loaded) error {
	prove := &w.f.search.prove
	if l.diags.HasErrors() {
		return nil
	}
	if !prove.prove || w.f.property != "" || len(w.f.models) > 0 {
		if !prove.prove {
			w.note(l.promises(), "functions with a contract, a measure or a loop are not looked at (%d); --prove proves them")
		}
		return nil
	}
	opt, err := w.f.search.proofs(ctx)
	if err != nil {
		return err
	}
	left := 0
	for _, s := range l.snaps {
		found, err := w.functions(ctx, s, opt)
		if err != nil {
			return err
		}
		if len(s.Models()) == 0 {
			left += s.Promises() - found
		}
	}
	w.note(left, "functions are not looked at (%d): what they need has a value only in a model, and there is none")
	return nil
}

// functions proves the functions of a file and those that they call, and returns
// how many there were in the file.
func (w *writer) functions(ctx context.Context, s *workspace.Snapshot, opt hoare.Options) (int, error) {
	file := functionsOf(s)
	if file == nil {
		return 0, nil
	}
	opt.Examples, opt.Known = file[1:], w.report.Contracts
	found, err := hoare.Check(ctx, file[0], opt)
	if err != nil {
		return 0, err
	}
	w.report.Contracts = append(w.report.Contracts, found...)
	own := 0
	for _, f := range file[0].Funcs {
		if hoare.Asks(f) && f.Span.File == s.Path {
			own++
		}
	}
	return own, w.contractText(found)
}

// promises is how many functions of the files say something to prove.
func (l *loaded) promises() int {
	n := 0
	for _, s := range l.snaps {
		n += s.Promises()
	}
	return n
}

// note says of how many functions something is so, if it is so of any.
func (w *writer) note(n int, format string) {
	if n > 0 && w.f.format == "text" {
		fmt.Fprintf(w.std.err, "spec: "+format+"\n", n)
	}
}

func (w *writer) contractText(found []*evidence.Contract) error {
	switch {
	case w.f.format != "text":
		return nil
	case w.f.out != "":
		return report.ContractText(&w.text, w.report.Files, w.style(), found)
	}
	return report.ContractText(w.std.out, w.report.Files, w.style(), found)
}

// proofs says how functions are proved: --timeout is for each goal.
func (f *searchFlags) proofs(ctx context.Context) (hoare.Options, error) {
	search, err := f.options()
	if err != nil {
		return hoare.Options{}, err
	}
	solvers, err := f.prove.solvers.choose(ctx)
	return hoare.Options{Solver: f.prove.solvers.one(solvers), Limit: search.Limits.Time}, err
}

// one is the solvers as the flags want them to be asked; nil if there are none.
func (f *solverFlags) one(solvers []solver.Solver) solver.Solver {
	switch {
	case len(solvers) == 0:
		return nil
	case f.cross:
		return &solver.Portfolio{Solvers: solvers, Mode: solver.Agree}
	}
	return &solver.Portfolio{Solvers: solvers}
}
