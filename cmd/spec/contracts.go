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

// functions are those of the files that say something to prove, if there are no
// errors.
func (l *loaded) functions() (all []*ir.System) {
	if l.diags.HasErrors() {
		return nil
	}
	for _, s := range l.snaps {
		if sys, _ := s.Functions(); sys != nil { // errors come back with what a model or a theorem needs
			all = append(all, sys)
		}
	}
	return all
}

// contracts proves the functions of the files. Without --prove it says that it
// does not.
func (w *writer) contracts(ctx context.Context, files []*ir.System) error {
	prove := &w.f.search.prove
	if !prove.prove || w.f.property != "" || len(w.f.models) > 0 {
		w.unproved(files)
		return nil
	}
	solvers, err := prove.solvers.choose(ctx)
	if err != nil {
		return err
	}
	for _, sys := range files {
		found, err := hoare.Check(ctx, sys, hoare.Options{Solver: prove.solvers.one(solvers)})
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

// unproved counts the functions that nobody proves.
func (w *writer) unproved(files []*ir.System) {
	n := 0
	for _, sys := range files {
		for _, f := range sys.Funcs {
			if hoare.Asks(f) {
				n++
			}
		}
	}
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
