package evidence

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
)

// Contract is what came of proving a function: that it ends without an error
// for all arguments that it requires, and ensures what it says.
type Contract struct {
	Func    *ir.Func
	Verdict Verdict
	Goals   int      // how many were met
	By      []string // the solvers that say so
	// Rests are the functions of which only the contract was used; the verdict
	// holds only if theirs does.
	Rests []*ir.Func
	Unmet *Unmet // why the verdict is not Holds
}

// Unmet is a goal that was not met.
type Unmet struct {
	Goal string // in words; "" if nothing was asked
	Span source.Span
	Why  string
	Help string // what to write
	// Args are arguments for which the goal may fail; nil if none are known.
	// With Violated the reference evaluator has shown that the function fails
	// for them, and Why says how.
	Args []Binding
}
