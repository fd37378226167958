// Package ir is the kernel: the one meaning that every engine reads.
//
// A System is a machine under a model: typed state variables, initial
// statements, atomic guarded actions, fairness and properties. Constants are
// bound, sorts have a size, generics are instantiated, procs are inlined and
// every face (process, composition) is already plain actions.
//
//   - Types are unique within a System: two types are the same exactly if
//     their pointers are (see Table).
//   - Locals are compared by pointer: each binder has a Local of its own.
//   - Expressions are pure. Evaluation errors (division by zero, a missing
//     key, a value outside its type) are part of their meaning: see package
//     eval. And, Or, Implies and If evaluate no more than they need.
//   - Conversion between types is explicit (Convert); everywhere else operand
//     types match exactly. Package verify checks all of this.
//
// Node kinds are sealed, Walk visits all of them, and the operators stand in
// one table (Ops) that every back end's test walks.
package ir

import "github.com/spec-lang/spec/lang/source"

// System is a machine under a model. Slices keep the order of the source.
type System struct {
	Module  string
	Machine string
	Model   string // "" if the machine stands alone
	Doc     string
	Span    source.Span // of the model, or of the machine

	Types   *Table
	Sorts   []*Sort
	Named   []*Type // enums and structs in use, in order of declaration
	Consts  []*Const
	Funcs   []*Func
	Vars    []*Var
	Init    []Stmt // assigns every variable; may Pick, so there may be many initial states
	Actions []*Action

	// Terminal holds in states that may have no successor; nil means none may.
	Terminal Expr
	// Assumes are conditions on constants, true of every checked System.
	Assumes []*Clause
	// Bounds cut the search: a state where one is false is not explored.
	Bounds []*Clause
	Props  []*Property
	// Obligations are what elaboration leaves to be shown of values, in order
	// of their places. Whatever is not shown is tested where it is evaluated.
	Obligations []*Obligation
	// Checks are the properties that the model asks for, in order.
	Checks []Check
	Expect Expect
}

// Clause is a condition with its place.
type Clause struct {
	Cond Expr
	Span source.Span
}

// Sort is a finite set of named, otherwise featureless values.
type Sort struct {
	Name  string
	Order Order
	Elems []string // display names of the elements; len is the size
	// Sized says that a type or a constant of the System was computed from the
	// elements: what is proved then is so for this size only.
	Sized bool
	Span  source.Span
}

// Order is the structure of a sort.
type Order int

// Structures of a sort.
const (
	Unordered Order = iota // elements are interchangeable
	Ordered                // elements are ordered by index
	Ring                   // each element has a next one, cyclically
)

// Const is a constant with the value that the model gives it.
type Const struct {
	Name  string
	Type  *Type
	Value Value
	Span  source.Span
}

// Var is a state variable.
type Var struct {
	Name  string // unique in the System; `l_held` for a variable of instance l
	Type  *Type
	Index int // position in System.Vars
	Doc   string
	Span  source.Span
}

// Local is a name bound by a parameter, quantifier, let, pick or function.
type Local struct {
	Name string // as written; not unique
	Type *Type
	Span source.Span
}

// Func is a pure function: Value if it is one expression, else Body, which
// returns on every path. Functions may be recursive.
type Func struct {
	Name   string
	Params []*Local
	Result *Type
	Value  Expr
	Body   []Stmt // neither Value nor Body: any function, of a Theory
	// Contract, for the prover; the evaluator does not look at it.
	Requires, Ensures []*Clause
	Decreases         Expr   // nil if not given
	ResultLocal       *Local // `result` in Ensures
	Doc               string
	Span              source.Span
}

// Action is an atomic guarded step, one for each value of its parameters and
// each way through its body.
type Action struct {
	Name     string
	Params   []*Param
	Guard    Expr // nil means true
	Body     []Stmt
	Fair     Fairness
	FairAny  bool // fairness is of the disjunction over all parameters
	Internal bool
	// Process is the name of the process that this is a step of, the first
	// parameter then being its instance if it has several; "" of other actions.
	Process  string
	Index    int // position in System.Actions
	Doc      string
	Span     source.Span // of the whole action
	NameSpan source.Span // of its name, or of the label of a process step
}

// Param is a parameter of an action. The domain is evaluated in the state
// before the step and may mention earlier parameters.
type Param struct {
	Local  *Local
	Domain Expr // a set or sequence; Universe of the type where ByType
	ByType bool // declared by a type: fairness is per value
}

// Fairness of an action.
type Fairness int

// Fairness; none is the zero value.
const (
	Unfair Fairness = iota
	Weak
	Strong
)

// PropKind is what a property speaks about.
type PropKind int

// Kinds of property. Deadlock, Assertion and Evaluation are properties of
// every system and have no formula.
const (
	Invariant  PropKind = iota + 1 // a state predicate, true in all states
	Step                           // a predicate on a step; Old reads before it
	Temporal                       // an LTL formula
	CTL                            // a CTL formula
	Witness                        // a state predicate, true in some state
	Scenario                       // a run that must be possible
	Deadlock                       // no stuck state that Terminal does not allow
	Assertion                      // no assert fails
	Evaluation                     // no evaluation error
	Contract                       // a function keeps its contract; a finding of proofs, of no System
	Refines                        // every step is one of a more abstract machine, or changes nothing there
)

// Property is something to check.
type Property struct {
	Name    string
	Kind    PropKind
	Formula Expr         // nil for scenarios and built-in properties
	Run     *ScenarioRun // of a scenario
	Refines *Refinement  // of a refinement
	// Inductive asks for a proof that steps keep an invariant, given it and
	// the invariants Using before them.
	Inductive bool
	Using     []*Property
	Doc       string
	Span      source.Span // of the formula or scenario
}

// Refinement says that a System does nothing that a more abstract one could not
// do: initial states map to initial states, and each step maps to a step of
// some action or changes nothing. After Abadi and Lamport, "The existence of
// refinement mappings", TCS 82 (1991), section 2; fairness is not part of it.
type Refinement struct {
	Abstract *System // of the same Table; its properties are left out
	// Map has for each variable of Abstract, by Var.Index, its value in a state
	// of the System.
	Map []Expr
	// Anywhere says that the model begins where the machine does not: initial
	// states are not compared.
	Anywhere bool
}

// ScenarioRun is a sequence of steps with free variables: some value of
// each must make the run possible. Locals of one unordered sort are distinct.
type ScenarioRun struct {
	Refuse bool // the run must be impossible
	Free   []*Local
	Steps  []ScenarioStep
}

// ScenarioStep is one action with arguments, or an expectation.
type ScenarioStep struct {
	Action *Action // nil if Expect is set
	Args   []Expr
	Expect Expr
	Span   source.Span
}

// Check is a property that a model asks for, with what it should come to.
type Check struct {
	Prop   *Property
	Expect Outcome
	Depth  int // of the violation; -1 if not said
	Span   source.Span
}

// Outcome is what a model says it expects.
type Outcome int

// Expected outcomes; Default means holds, or nothing found within a bound
// only if the model says so.
const (
	ExpectDefault Outcome = iota
	ExpectHolds
	ExpectViolated
	ExpectUnknown
	ExpectBounded
)

// Expect is what the model as a whole should come to. -1 means nothing said.
type Expect struct {
	Outcome       Outcome
	ViolatedDepth int // of the first violation, if the outcome is ExpectViolated
	Deadlock      bool
	DeadlockDepth int
	States        int64 // distinct states
	Generated     int64
	Depth         int64
	Spans         map[string]source.Span // by the word: states, generated, depth, deadlock, outcome
}
