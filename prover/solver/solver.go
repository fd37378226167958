// Package solver asks provers of other people whether formulas can be true.
//
//   - A Pipe speaks SMT-LIB 2 with a program such as z3 or cvc5 over its
//     standard input and output, one program for each question.
//   - A Portfolio asks several at once: the first answer wins, or all must
//     agree.
//   - Package solver/native, under build tag z3, calls the library of Z3.
//
// An answer is what a solver says, not what is so. Unsat is believed; a model
// is only a hint, which whoever asked replays on ir/eval.
package solver

import (
	"context"
	"fmt"
	"math/big"
	"time"

	"github.com/spec-lang/spec/prover/term"
)

// Status is what a solver says of a query.
type Status int

// Statuses; knowing nothing is the zero value.
const (
	Unknown Status = iota
	Unsat          // the assertions contradict each other
	Sat            // they can be true together
)

func (s Status) String() string { return [...]string{"unknown", "unsat", "sat"}[s] }

// Assertion is a closed formula with the name it has in a core: letters,
// digits and underscores.
type Assertion struct {
	Name string
	Term *term.Term
}

// Value is the value of a term in a model: a number, which is nil for a truth
// value. That of an element is its index.
type Value struct {
	Int  *big.Int
	Bool bool
}

// Values are the values of closed terms in a model.
type Values map[*term.Term]Value

// Query asks whether assertions can be true together.
type Query struct {
	Asserts []Assertion
	// Limit is how long one solver may take; 0 means no limit.
	Limit time.Duration
	// Need says of which terms the values in a model are wanted, given those
	// that are known: it is called until it wants none, by one solver at a time. Nil wants none.
	Need func(Values) []*term.Term
}

// Answer is what a solver says.
type Answer struct {
	Status Status
	Solver string   // name and version
	Why    string   // of Unknown: time, or what the solver says
	Core   []string // of Unsat: names of assertions that contradict each other
	Values Values   // of Sat
}

// Solver answers queries. The error is a *Fault, or that of the context.
type Solver interface {
	Name() string
	Solve(ctx context.Context, q *Query) (Answer, error)
}

// Fault is a solver that did not do its job: it crashed, hung or said what
// cannot be understood. A Fault is never a verdict.
type Fault struct {
	Solver string
	What   string
}

func (f *Fault) Error() string { return fmt.Sprintf("solver %s: %s", f.Solver, f.What) }
