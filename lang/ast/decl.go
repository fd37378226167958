package ast

// Declarations of a module.
type (
	// BadDecl stands where a declaration could not be parsed.
	BadDecl struct{ At }
	// Sort is `sort Name`, `sort Name ordered` or `sort Name ring`.
	Sort struct {
		At
		Doc   string
		Name  *Ident
		Order SortOrder
	}
	// Enum is `enum Name[T] { A, B(x T) }`.
	Enum struct {
		At
		Doc      string
		Name     *Ident
		Params   []TypeParam
		Variants []Variant
	}
	// Struct is `struct Name[T] { a T; b U }`.
	Struct struct {
		At
		Doc    string
		Name   *Ident
		Params []TypeParam
		Fields []Field
	}
	// TypeDecl is `type Name[T] = Type`.
	TypeDecl struct {
		At
		Doc    string
		Name   *Ident
		Params []TypeParam
		Type   Type
	}
	// Const is `const Name T` or `const Name T = Value`.
	Const struct {
		At
		Doc   string
		Name  *Ident
		Type  Type // nil if inferred from Value
		Value Expr // nil if a model binds it
	}
	// Assume is `assume P`, a condition on constants.
	Assume struct {
		At
		Doc  string
		Cond Expr
	}
	// Func is a pure function, with a body or an expression, or `extern`
	// with neither.
	Func struct {
		At
		Doc       string
		Extern    bool
		Name      *Ident
		Params    []TypeParam
		Args      []Field
		Result    Type
		Requires  []Expr
		Ensures   []Expr
		Decreases Expr // nil if not given
		Effects   []EffectClause
		Body      *Block // nil if Value is set or Extern
		Value     Expr
	}
	// Machine is `machine Name(params) { members }`.
	Machine struct {
		At
		Doc     string
		Name    *Ident
		Params  []MachineParam
		Members []Decl
	}
	// Model is `model Name of Machine(args) { items }`.
	Model struct {
		At
		Doc     string
		Name    *Ident
		Machine Expr // Name or Select
		Args    []TypeArg
		Items   []ModelItem
	}
)

// Theorem is `axiom`, `lemma` or `theorem Name(args): Claim`, which is true for
// all arguments, with a proof.
type Theorem struct {
	At
	Doc   string
	Kind  TheoremKind
	Name  *Ident
	Args  []Field
	Claim Expr
	Proof *Proof // nil if none is written
}

// TheoremKind is what a claim is.
type TheoremKind int

// Kinds of claim.
const (
	Axiom TheoremKind = iota + 1 // is believed
	Lemma                        // helps to prove others
	TheoremClaim
)

// Proof is `by Method on Target using Lemmas`, or steps between braces, of which
// the last is a Conclude.
type Proof struct {
	At
	Method *Ident // nil with Steps
	On     Expr   // nil if not given
	Using  []*Ident
	Steps  []*ProofStep
}

// ProofStep is one step of a proof between braces.
type ProofStep struct {
	At
	Kind   StepKind
	Name   *Ident  // of Have and Assume
	Binder *Binder // of Obtain, with one name
	Claim  Expr    // nil of Conclude
	Proof  *Proof  // nil of Assume
}

// StepKind is a kind of step of a proof.
type StepKind int

// Steps of a proof.
const (
	Have     StepKind = iota + 1 // `have h: P by ...`: P follows
	Suppose                      // `assume h: P`: what is left to show is Q, of P => Q
	Obtain                       // `obtain x in S where P by ...`: there is an x; take one
	Conclude                     // `by ...`: what is left follows
)

// Members of a machine. A machine also holds Const, Assume, Func, Enum,
// Struct, TypeDecl and Sort declarations of its own.
type (
	// Var is `var Name T = Value` or `var Name T in Domain`.
	Var struct {
		At
		Doc   string
		Name  *Ident
		Type  Type // nil if inferred from Value or In
		Value Expr // nil if Domain is set or an init block assigns it
		In    Expr
	}
	// Init is `init { }`.
	Init struct {
		At
		Doc  string
		Body *Block
	}
	// Action is `fair action Name(params) when G { body }`.
	Action struct {
		At
		Doc      string
		Internal bool
		Fair     Fairness
		Name     *Ident
		Params   []Param
		Guard    Expr // nil without `when`
		Effects  []EffectClause
		Body     *Block
	}
	// Proc is `proc Name(args) { }`, a piece of an action with a name.
	Proc struct {
		At
		Doc     string
		Name    *Ident
		Args    []Field
		Effects []EffectClause
		Body    *Block
	}
	// FairAny is `fair any action A(r)`: of the whole disjunction.
	FairAny struct {
		At
		Doc    string
		Fair   Fairness
		Action Expr
	}
	// Process is `fair process Name(self T) { var...; body }`.
	Process struct {
		At
		Doc   string
		Fair  Fairness
		Name  *Ident
		Param *Field // nil for a single process
		Body  *Block // VarStmts at the start are variables of the process
	}
	// Terminal is `terminal when P`: states that may have no successor.
	Terminal struct {
		At
		Doc  string
		Cond Expr
	}
	// Property is `invariant`, `step`, `property`, `ctl` or `witness`.
	Property struct {
		At
		Doc     string
		Kind    PropertyKind
		Name    *Ident
		Using   []*Ident // `inductive using J, K`
		Induct  bool
		Formula Expr
	}
	// Scenario is `scenario Name { A(x); expect P }`, or `refuse scenario`.
	Scenario struct {
		At
		Doc    string
		Refuse bool
		Name   *Ident
		Steps  []Stmt // CallStmt, Expect, LetStmt
	}
	// Use is `use Lock(Node, 3) as l`.
	Use struct {
		At
		Doc      string
		Internal bool
		Machine  Expr
		Args     []TypeArg
		As       *Ident
	}
	// Sync is `sync A.Send || B.Recv`: steps taken together.
	Sync struct {
		At
		Doc     string
		Name    *Ident // nil: named after its parts
		Actions []Expr
	}
	// Refines is `refines Abstract(args) with { x = e }`.
	Refines struct {
		At
		Doc     string
		Machine Expr
		Args    []TypeArg
		Mapping []Binding
	}
)

// SortOrder is what relation the elements of a sort have.
type SortOrder int

// Sorts.
const (
	Unordered SortOrder = iota // only ==
	Ordered                    // <, next, prev
	Ring                       // next
)

// Fairness of an action or process.
type Fairness int

// Fairness, none being the safest claim.
const (
	Unfair Fairness = iota
	WeakFair
	StrongFair
)

// PropertyKind is what a property speaks about.
type PropertyKind int

// Kinds of property.
const (
	InvariantProp PropertyKind = iota + 1
	StepProp
	TemporalProp
	CTLProp
	WitnessProp
)

// TypeParam is a parameter of a generic declaration: a type, or a value if
// Type is set.
type TypeParam struct {
	Name *Ident
	Type Type // nil for a type parameter
}

// Field is `name T`.
type Field struct {
	At
	Doc  string
	Name *Ident
	Type Type
}

// Variant is one alternative of an enum.
type Variant struct {
	At
	Doc    string
	Name   *Ident
	Fields []Field
}

// MachineParam is `Name sort` or `name T`.
type MachineParam struct {
	At
	Name   *Ident
	IsSort bool
	Order  SortOrder
	Type   Type // nil if IsSort
}

// Param is a parameter of an action: `r RM`, or `m in net`.
type Param struct {
	At
	Name *Ident
	Type Type // nil if In is set
	In   Expr
}

// EffectClause is a declared bound: `reads votes[r], net`, `effects io`.
type EffectClause struct {
	At
	Kind  string // reads writes sends receives raises picks grows effects
	Paths []Expr
}

// Binding is `name = value`.
type Binding struct {
	At
	Name  *Ident
	Value Expr
}

// ModelItem is one line of a model.
type ModelItem interface {
	Node
	modelItem()
}

// Items of a model.
type (
	// BadItem stands where an item could not be parsed.
	BadItem struct{ At }
	// Bind is `N = 3`, `RM = 2`, `RM = {a, b}` or `l.N = 3`.
	Bind struct {
		At
		Target Expr
		Value  Expr
	}
	// Bound is `bound P`: states outside P are not explored.
	Bound struct {
		At
		Cond Expr
	}
	// Start is `start where P`: the initial states are all states of which P
	// holds, instead of those that the machine begins in.
	Start struct {
		At
		Where Expr
	}
	// Check is `check A, B expect violated depth 4` or `check all`.
	Check struct {
		At
		All    bool
		Names  []Expr
		Expect *Expectation // nil if nothing is said
	}
	// ExpectItem is `expect states 288`, `expect deadlock`, `expect violated`.
	ExpectItem struct {
		At
		Expect Expectation
	}
	// Mutate is `mutate A when G { body }`: the action changed on purpose.
	// Init mutates the initial value of a variable: `mutate var x = e`.
	Mutate struct {
		At
		Target Expr   // action, process (with a label: AtLabel), variable or func
		IsVar  bool   // `mutate var x = e`
		Guard  Expr   // nil: guard unchanged
		Body   *Block // nil: body unchanged
		Value  Expr   // with IsVar, or a func's new value
	}
	// Option is `symmetry off`, `reduction off`, `engine bfs`.
	Option struct {
		At
		Name  *Ident
		Value *Ident // nil if none
	}
)

// Expectation is what a model or check should find.
type Expectation struct {
	At
	Kind  ExpectKind
	Depth *IntLit // with violated or deadlock, nil if not said
	Count *IntLit // with states, generated, depth
}

// ExpectKind is a kind of expectation.
type ExpectKind int

// Expectations.
const (
	ExpectHolds ExpectKind = iota + 1
	ExpectViolated
	ExpectDeadlock
	ExpectUnknown
	ExpectBounded // no violation within the model's bound
	ExpectStates
	ExpectGenerated
	ExpectDepth
)
