package evidence

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
)

// Theorem is what became of a theorem.
type Theorem struct {
	Theorem *ir.Theorem
	Verdict Verdict
	// Why says in words why the verdict is unknown, and Span where.
	Why  string
	Span source.Span
	// Uses are the theorems that the proof cites.
	Uses []string
	// Rests are what is believed and not shown by a rule of the proof kernel,
	// also through the theorems that are used: axioms, solvers, claims without
	// a proof, functions that may not end.
	Rests []string
}
