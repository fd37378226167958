package ir

import "github.com/spec-lang/spec/lang/source"

// Expr is an expression.
type Expr interface {
	Type() *Type
	Span() source.Span
	expr()
}

// Node is what every expression has: a type and a place.
type Node struct {
	T   *Type
	Loc source.Span
}

// Type returns the type of the expression.
func (n Node) Type() *Type { return n.T }

// Span returns where the expression stands in the source.
func (n Node) Span() source.Span { return n.Loc }

func (n Node) expr() {}

// Expressions.
type (
	// Lit is a value.
	Lit struct {
		Node
		Value Value
	}
	// LocalRef reads a local.
	LocalRef struct {
		Node
		Local *Local
	}
	// VarRef reads a state variable: as it is now, or with Old as it was
	// before the step.
	VarRef struct {
		Node
		Var *Var
		Old bool
	}
	// ConstRef reads a constant.
	ConstRef struct {
		Node
		Const *Const
	}
	// Apply applies an operator of the table Ops.
	Apply struct {
		Node
		Op   Op
		Args []Expr
	}
	// Convert gives X the type T. Values keep; it is an evaluation error if
	// the value is not of type T (out of range, too long a sequence).
	Convert struct {
		Node
		X Expr
	}
	// If is a conditional; only the chosen branch is evaluated.
	If struct {
		Node
		Cond, Then, Else Expr
	}
	// Let names a value.
	Let struct {
		Node
		Local       *Local
		Value, Body Expr
	}
	// Make builds a value of a sum (with Variant) or struct (Variant is 0).
	Make struct {
		Node
		Variant int
		Args    []Expr
	}
	// FieldOf reads field Index of a struct.
	FieldOf struct {
		Node
		X     Expr
		Index int
	}
	// WithField is X with field Index changed to Value.
	WithField struct {
		Node
		X     Expr
		Index int
		Value Expr
	}
	// Is reports whether X is of the variant.
	Is struct {
		Node
		X       Expr
		Variant int
	}
	// Payload reads field Index of variant Variant of X; it is an evaluation
	// error if X is of another variant.
	Payload struct {
		Node
		X              Expr
		Variant, Index int
	}
	// Bind is a quantifier, aggregate or comprehension.
	Bind struct {
		Node
		Kind    BindKind
		Binders []Binder
		Cond    Expr // filter, nil if none
		Key     Expr // of MapOf
		Body    Expr // nil for Choose
		// Stored marks a Choose from one value that is stored or passed where
		// its type has a condition, Cond: without it the value has no place.
		// It changes only what the error says; As is how the type is written.
		Stored bool
		As     string
		// Acc and Init belong to Fold: Acc is Init at first, then Body.
		Acc  *Local
		Init Expr
	}
	// Call calls a function.
	Call struct {
		Node
		Func *Func
		Args []Expr
	}
	// ActionPred is `enabled(A(args))` or `taken(A(args))`; with Any, of A
	// with some arguments.
	ActionPred struct {
		Node
		Taken  bool
		Action *Action
		Args   []Expr
		Any    bool
	}
)

// Binder binds Local to each element of Domain in turn: of a set or bag's
// distinct elements in canonical order, of a sequence in its own. Domain may
// mention the locals of earlier binders.
type Binder struct {
	Local  *Local
	Domain Expr
}

// BindKind is the kind of a Bind.
type BindKind int

// Kinds of Bind. Min, Max and Choose of nothing are evaluation errors.
const (
	Forall BindKind = iota + 1
	Exists
	Count  // number of bindings with Body (a bool)
	Sum    // of Body, 0 if none
	Min    // least Body
	Max    // greatest Body
	Fold   // see Bind.Acc
	Choose // the first binding that Cond allows, in canonical order
	SetOf  // {Body for ...}
	SeqOf  // [Body for ...]
	FuncOf // {k: Body for k in K}; one binder over all of the key type, no Cond
	MapOf  // {Key: Body for ...}; two values for one key are an evaluation error
)
