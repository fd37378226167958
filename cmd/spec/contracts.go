package main

import (
	"context"
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/evidence/report"
	"github.com/spec-lang/spec/prover/hoare"
	"github.com/spec-lang/spec/prover/solver"
)

// functions are those of a file that say something to prove, once for each size
// of its sorts that is worth a look.
type functions []*ir.System

// functions are those of the files, if there are no errors.
func (l *loaded) functions() (all []functions) {
	if l.diags.HasErrors() {
		return nil
	}
	for _, s := range l.snaps {
		var file functions
		for _, n := range []int{2, 1, 3, 4} {
			sys, _ := s.Functions(n) // errors come back with what a model or a theorem needs
			if sys == nil {
				break
			}
			if file = append(file, sys); len(sys.Sorts) == 0 {
				break
			}
		}
		if file != nil {
			all = append(all, file)
		}
	}
	return all
}

// contracts proves the functions of the files. Without --prove it says that it
// does not.
func (w *writer) contracts(ctx context.Context, files []functions, promises int) error {
	prove := &w.f.search.prove
	if !prove.prove || w.f.property != "" || len(w.f.models) > 0 {
		w.unproved(promises)
		return nil
	}
	solvers, err := prove.solvers.choose(ctx)
	if err != nil {
		return err
	}
	for _, file := range files {
		found, err := hoare.Check(ctx, file[0], hoare.Options{Solver: prove.solvers.one(solvers), Examples: file[1:]})
		if err != nil {
			return err
		}
		w.report.Contracts = append(w.report.Contracts, found...)
		if err := w.contractText(found); err != nil {
			return err
		}
	}
	return nil
}

// promises is how many functions of the files say something to prove.
func (l *loaded) promises() int {
	n := 0
	if l.diags.HasErrors() {
		return 0
	}
	for _, s := range l.snaps {
		n += s.Promises()
	}
	return n
}

// unproved says how many functions nobody proves.
func (w *writer) unproved(n int) {
	if n > 0 && !w.f.search.prove.prove && w.f.format == "text" {
		fmt.Fprintf(w.std.err, "spec: functions with a contract, a measure or a loop are not looked at (%d); --prove proves them\n", n)
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
