package ir

import "github.com/spec-lang/spec/lang/source"

// Theory is the theorems of a module, with what they speak of. Its sorts have
// any number of elements, but at least one, and so no names for them.
type Theory struct {
	Module string
	Types  *Table
	Sorts  []*Sort
	Named  []*Type // enums and structs in use
	// Funcs are the functions in use. One without a Value and a Body may be
	// any function.
	Funcs    []*Func
	Theorems []*Theorem // in the order of the text
}

// Theorem is a claim that is true for all values of its parameters.
type Theorem struct {
	Name     string
	Kind     TheoremKind
	Params   []*Local
	Claim    Expr
	Proof    *Proof // nil if none is given
	Doc      string
	Span     source.Span // of the claim
	NameSpan source.Span
}

// TheoremKind is what a claim is.
type TheoremKind int

// Kinds of claim.
const (
	AxiomClaim TheoremKind = iota + 1 // believed
	LemmaClaim
	TheoremClaim
)

func (k TheoremKind) String() string {
	return [...]string{AxiomClaim: "axiom", LemmaClaim: "lemma", TheoremClaim: "theorem"}[k]
}

// Proof says why a claim is true: by a method, or by steps of which the last
// has a proof of what is left to show.
type Proof struct {
	Method ProofMethod // 0 with Steps
	On     Expr        // of ByInduction and ByCases
	Using  []*Theorem
	Steps  []*ProofStep
	Span   source.Span
}

// ProofMethod is a way to find a proof.
type ProofMethod int

// Methods of proof.
const (
	ByComputation ProofMethod = iota + 1 // definitions, equations, arithmetic
	ByInduction
	ByCases
	ByResolution
	BySolver // what an SMT solver says is believed
)

// ProofStep is a step of a proof.
type ProofStep struct {
	Kind  StepKind
	Name  string
	Local *Local // of Obtain
	From  Expr   // of Obtain: the set that Local is from
	Claim Expr   // nil of Conclude
	Proof *Proof // nil of Suppose
	Span  source.Span
}

// StepKind is a kind of step of a proof.
type StepKind int

// Steps of a proof.
const (
	Have     StepKind = iota + 1 // Claim follows by Proof
	Suppose                      // of Claim => Q, Q is left to show
	Obtain                       // some Local in From has Claim, by Proof
	Conclude                     // what is left follows by Proof
)
