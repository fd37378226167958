// Package evidence is what an engine claims and what the claim rests on. It
// is the only place that declares a verdict; every report, for people or for
// programs, is rendered from a Result.
package evidence

import (
	"strings"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
)

// Verdict is the answer to a question about a system.
type Verdict int

// Verdicts. Unknown is the zero value: a claim has to be made.
const (
	Unknown Verdict = iota
	Holds
	Violated
)

func (v Verdict) String() string { return [...]string{"unknown", "holds", "violated"}[v] }

// Result is what one run of an engine found out about one system.
type Result struct {
	System *ir.System
	Engine string // how it was searched, in words: "breadth-first, exact store"
	// Reduced says that States are those that were visited instead of all, for
	// reasons that Basis.Notes have.
	Reduced bool
	// Shortest says that no trace to what was found is shorter.
	Shortest bool
	States   States
	Time     time.Duration
	// Basis is what every verdict of this result rests on.
	Basis Basis
	// Findings are in the order of System.Checks, then the built-in
	// properties that were violated.
	Findings []Finding
	Coverage Coverage
	// Memory is the peak of the engine's own structures in bytes.
	Memory uint64
	// Profile says where states and work come from; nil if that was not asked.
	Profile *Profile
	// Sample says what random runs were taken; nil of other engines.
	Sample *Sample
}

// States are counts of a search.
type States struct {
	Distinct  uint64 // reachable states
	Generated uint64 // initial states and successors produced
	Depth     int    // longest shortest path from an initial state, in steps
	Initial   uint64 // distinct initial states
}

// BasisKind is how much of a system an engine has seen.
type BasisKind int

// Kinds of basis; the zero value claims least.
const (
	Partial    BasisKind = iota // a limit was met first; see Limit
	Exhaustive                  // every reachable state was visited
	Bounded                     // every reachable state within the model's bounds
	Sampled                     // random runs
	Inductive                   // proofs by induction, see Finding.Proof; states were not counted
)

// Basis is what a verdict rests on.
type Basis struct {
	Kind    BasisKind
	Named   bool   // with Inductive: only what a check names was proved
	Limit   string // with Partial: the limit that was met, in words
	Cuts    uint64 // with Bounded: successors outside the bounds; 0 if they were not counted
	Runs    int    // with Sampled
	Seed    uint64 // with Sampled
	Replay  string // with Sampled: the flags of spec run that take such runs again
	Notes   []string
	BoundOf []ir.Clause // the bounds that cut
}

// Finding is the verdict on one property.
type Finding struct {
	Prop    *ir.Property
	Check   *ir.Check // nil for a built-in property that no check names
	Verdict Verdict
	// Why says in words why the verdict is unknown, or which evaluation
	// error or assertion it was.
	Why   string
	Span  source.Span // of the failing part, where it is smaller than Prop
	Depth int         // of a violation or a witness, in steps
	// Trace leads to the violation, or to the witness; nil if there is none.
	Trace *Trace
	// Failing is the smallest part of the formula that is false, with the
	// values that make it so; nil if that means nothing.
	Failing *Failing
	// Estimate is how many random runs show the finding; nil of other engines.
	Estimate *Estimate
	// Stuck says of each action why it is not possible, for a deadlock.
	Stuck []Blocked
	// Branch is why a ctl property is violated, or the witness that it holds;
	// nil if there is nothing to show. Trace is then what Branch.Run returns.
	Branch *Branch
	// Above is the last step of Trace as the abstract machine of a refinement sees
	// it; nil of other findings.
	Above *Above
	// Fair says of each fair action why the loop of the trace is fair to it,
	// and which other actions could have been taken all along; for a run that
	// violates a temporal property.
	Fair []Fair
	// Induction is what came of asking whether an invariant is inductive; nil if
	// that was not asked.
	Induction *Induction
	// Contract is what came of proving a function; nil of other findings.
	Contract *Contract
	// Proof is what the verdict rests on where states were not visited; nil if
	// they were, or if Trace shows it.
	Proof *Proof
	// Ok reports whether the verdict is what the model expects.
	Ok bool
}

// Proof is a proof by induction, which a second solver has confirmed. In every
// reachable state one atom of each clause of Invariant is true. Where that
// is so, no path of K steps comes to what is excluded at its end and not before;
// nor does any run in its first K states. With K = 0 the invariant is enough.
type Proof struct {
	K         int
	Simple    bool // paths come to no state twice
	Invariant [][]Atom
}

// Atom is the condition that a part of the state has one of some values or,
// with Not, none of them, all as they are written in the language. A part that
// may be missing is written with the condition that it is there, which belongs
// to what Not negates. The value of a bool is "true".
type Atom struct {
	Place  string   `json:"place"`
	Values []string `json:"values"`
	Not    bool     `json:"not,omitempty"`
}

func (a Atom) String() string {
	not, both := "", strings.Contains(a.Place, " && ")
	if a.Not {
		not = "!"
	}
	switch {
	case len(a.Values) == 1 && a.Values[0] == "true":
		if a.Not && strings.Contains(a.Place, " ") {
			return "!(" + a.Place + ")"
		}
		return not + a.Place
	case len(a.Values) == 1 && a.Not && !both:
		return a.Place + " != " + a.Values[0]
	case len(a.Values) == 1 && !a.Not:
		return a.Place + " == " + a.Values[0]
	case a.Not:
		return "!(" + a.Place + " in {" + strings.Join(a.Values, ", ") + "})"
	}
	return a.Place + " in {" + strings.Join(a.Values, ", ") + "}"
}

// Trace is a run: an initial state and steps. Loop is the index of the state
// that follows the last one, or -1 for a finite run. Back is the step that
// leads there. It has no action if nothing happens any more.
type Trace struct {
	Steps []Step
	Loop  int
	Back  Step
}

// Step is a state with the action that led to it; the first has none.
type Step struct {
	Action *ir.Action
	Args   []ir.Value
	State  []ir.Value // by ir.Var.Index
	Span   source.Span
}

// Failing is a part of a formula with the values of its bound names.
type Failing struct {
	Expr     ir.Expr
	Bindings []Binding
	// Since is the step from which on Expr has been false.
	Since int
}

// Binding is a bound name with its value; Note says something about it, such
// as "Committed since #4".
type Binding struct {
	Local *ir.Local
	Value ir.Value
	Note  string
}

// Blocked is why an action is not possible in a state.
type Blocked struct {
	Action  *ir.Action
	Expr    ir.Expr // the conjunct of the guard that is false; nil if the body blocks
	Args    []Binding
	Reason  string
	Closest bool // the arguments that satisfied most conjuncts
}

// Above is a step that an abstract machine does not have.
type Above struct {
	System *ir.System // the abstract one
	Before []ir.Value // by its Var.Index; nil before the first state
	// After is nil if the mapping has no value there, and Why says why.
	After []ir.Value
	Why   string
	// Closest is the step from Before, or the initial state, that gets most
	// variables right; nil if there is none.
	Closest *Step
}

// FairHow is why a loop is fair to an action.
type FairHow int

// Reasons for which a loop is fair to an action.
const (
	FairTaken    FairHow = iota + 1 // it happens in the loop
	FairDisabled                    // it is not possible somewhere, or if it is strongly fair anywhere, in the loop
	FairNotAsked                    // it is possible all along, but not declared fair
)

// Fair is why a loop is fair to an action with some values of the parameters
// that fairness is for.
type Fair struct {
	Action *ir.Action
	Args   []Binding
	How    FairHow
	// Step is the step in which it is taken, counted as the steps of the trace,
	// the way back being one more than the last; or the first state in the loop
	// where it is not possible.
	Step int
	// Blocked says why it is not possible there.
	Blocked Blocked
}

// Coverage counts what a search exercised.
type Coverage struct {
	Actions []ActionCount // by ir.Action.Index
	// Vacuous are antecedents, quantifier domains or disjuncts that never
	// mattered.
	Vacuous []Vacuity
}

// ActionCount is how often an action was possible.
type ActionCount struct {
	Action  *ir.Action
	Taken   uint64   // successors that it produced
	Enabled uint64   // states in which it was possible
	Blocked []uint64 // by conjunct of the guard: instances stopped there first
	Passed  bool     // some instance got past its whole guard
}

// Vacuity is a part of a property that no state exercised.
type Vacuity struct {
	Prop *ir.Property
	Span source.Span
	Why  string
}
