package evidence

import "github.com/spec-lang/spec/ir"

// InductionOutcome is what is known of an invariant that should be inductive.
type InductionOutcome int

// Outcomes; knowing nothing is the zero value.
const (
	NotDecided InductionOutcome = iota // see Induction.Why
	IsInductive
	NotInductive // see Induction.Counter
)

// Induction is what came of asking whether an invariant is inductive: whether
// the initial states satisfy it, and every step keeps it together with its
// lemmas.
type Induction struct {
	Outcome InductionOutcome
	// Every are the sorts for every size of which it is inductive; the others
	// have the sizes of the model.
	Every []*ir.Sort
	// With are the invariants that are proved together, the one asked for first.
	With []*ir.Property
	// Needed are those of them that some step needs.
	Needed      []*ir.Property
	Obligations int      // how many were met
	By          []string // the solvers that say so
	// Why says what stands in the way: why nothing is known, or why it is not
	// for every size.
	Why     string
	Counter *Counter
	// Suggest are invariants with which it would be inductive at the sizes of
	// the model; nil if none are known.
	Suggest []*ir.Property
}

// Counter is a counterexample to induction: a state that satisfies an invariant
// and its lemmas, and a step from there to one that does not satisfy it. The
// reference evaluator has confirmed it. It says nothing of what can be reached.
type Counter struct {
	System *ir.System     // at the sizes of the counterexample
	Prop   *ir.Property   // that the step does not keep
	With   []*ir.Property // that hold before it
	Action *ir.Action     // nil if After is an initial state
	Args   []ir.Value
	Before []ir.Value // nil if After is an initial state
	After  []ir.Value
	// Excluding are the invariants of the system that are false in Before: with
	// one of them as a lemma this is no counterexample.
	Excluding []*ir.Property
	By        string // the solver that found it
	// Reach says in words what a search says of reaching it; "" without one.
	Reach string
}

// Trace is the step of c as a run of one step.
func (c *Counter) Trace() *Trace {
	if c.Action == nil {
		return &Trace{Steps: []Step{{State: c.After}}, Loop: -1}
	}
	return &Trace{Steps: []Step{{State: c.Before}, {Action: c.Action, Args: c.Args, State: c.After}}, Loop: -1}
}
