package main

import (
	"context"
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence/report"
	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/prover/theorem"
)

// theories are those of the files that have theorems and no errors.
func (l *loaded) theories() (all []*ir.Theory) {
	if l.diags.HasErrors() {
		return nil
	}
	for _, s := range l.snaps {
		th, diags := s.Theory()
		l.diags = append(l.diags, diags...)
		if th != nil {
			all = append(all, th)
		}
	}
	return all
}

// theorems proves the theorems of the files. Without --prove it says that it
// does not.
func (w *writer) theorems(ctx context.Context, theories []*ir.Theory) error {
	if !w.f.search.prove.prove || w.f.property != "" || len(w.f.models) > 0 {
		n := 0
		for _, th := range theories {
			n += len(th.Theorems)
		}
		if n > 0 && !w.f.search.prove.prove && w.f.format == "text" {
			fmt.Fprintf(w.std.err, "spec: %d axioms, lemmas and theorems are not looked at; --prove proves them\n", n)
		}
		return nil
	}
	var s solver.Solver
	if len(theories) > 0 {
		found, err := w.f.search.prove.solvers.choose(ctx)
		if err != nil {
			return err
		}
		if len(found) > 0 {
			s = &solver.Portfolio{Solvers: found, Mode: solver.InTurn}
		}
	}
	for _, th := range theories {
		found := theorem.Prove(ctx, th, s)
		w.report.Theorems = append(w.report.Theorems, found...)
		if w.f.format != "text" {
			continue
		}
		if w.f.out != "" {
			if err := report.TheoremText(&w.text, w.report.Files, w.style(), found); err != nil {
				return err
			}
			continue
		}
		if err := report.TheoremText(w.std.out, w.report.Files, w.style(), found); err != nil {
			return err
		}
	}
	return nil
}
