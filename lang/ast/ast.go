// Package ast is the syntax tree of a .spec file.
//
// The tree holds what was written and nothing else: names are not resolved
// and expressions have no types; both are side tables of package typecheck,
// keyed by node. Every node has a span. Where the text was broken the tree
// holds a BadDecl, BadStmt, BadExpr or BadType, so a tree is always complete.
//
// Node kinds are sealed: Decl, Stmt, Expr and Type are implemented only here,
// and Walk visits every one of them.
package ast

import (
	"math/big"

	"github.com/spec-lang/spec/lang/source"
)

// Node is anything with a place.
type Node interface{ Span() source.Span }

// At is the place of a node; every node embeds it.
type At struct{ Loc source.Span }

// Span returns the place of the node.
func (a At) Span() source.Span { return a.Loc }

// Ident is an identifier where it is declared or named. Where the text lacks
// it, Name is empty.
type Ident struct {
	At
	Name string
}

// File is one source file, which is one module.
type File struct {
	At
	Module  *Ident // nil if the module clause is missing
	Imports []*Import
	Decls   []Decl
	// Comments are all comments in order of appearance, doc comments included.
	Comments []Comment
}

// Comment is one // comment with its slashes, without the newline.
type Comment struct {
	At
	Text string
}

// Import is `import "path" as name`; As is nil where the last element of the
// path is the name.
type Import struct {
	At
	Path string
	As   *Ident
}

// Decl is a declaration of a module, machine, process, model or scenario.
type Decl interface {
	Node
	decl()
}

// Stmt is a statement of an action, proc, process, function or init block.
type Stmt interface {
	Node
	stmt()
}

// Expr is an expression. Temporal and CTL formulas are expressions too.
type Expr interface {
	Node
	expr()
}

// Type is a written type.
type Type interface {
	Node
	typ()
}

// Block is statements between braces.
type Block struct {
	At
	Stmts []Stmt
}

// Written types.
type (
	// BadType stands where a type could not be parsed.
	BadType struct{ At }
	// NamedType is `T`, `m.T`, `set[T]`, `option[T]`, `Vec[3]`: a builtin or
	// declared type with its arguments.
	NamedType struct {
		At
		Module *Ident // nil if unqualified
		Name   *Ident
		Args   []TypeArg
	}
	// RangeType is `Lo..Hi`, both ends included.
	RangeType struct {
		At
		Lo, Hi Expr
	}
	// FuncType is `[Key]Elem`, a total function.
	FuncType struct {
		At
		Key, Elem Type
	}
	// MapType is `map[Key]Elem`, a partial function.
	MapType struct {
		At
		Key, Elem Type
	}
	// SeqType is `[]Elem`, or `[..Max]Elem` with a longest length.
	SeqType struct {
		At
		Max  Expr // nil if unbounded
		Elem Type
	}
	// TupleType is `(A, B)`, with two elements or more.
	TupleType struct {
		At
		Elems []Type
	}
	// RefinedType is `{Var Base | Pred}`.
	RefinedType struct {
		At
		Var  *Ident
		Base Type
		Pred Expr
	}
	// LinearType is `linear Elem`.
	LinearType struct {
		At
		Elem Type
	}
)

// TypeArg is an argument of a generic type: a type, or a value such as 3.
// A lone name parses as a Type.
type TypeArg struct {
	Type  Type // nil if Value is set
	Value Expr
}

// Expressions.
type (
	// BadExpr stands where an expression could not be parsed.
	BadExpr struct{ At }
	// IntLit is an integer of any size.
	IntLit struct {
		At
		Value *big.Int
	}
	// DurationLit is `250us`, `10ms`, `5s`, `30min`, `2h`, in nanoseconds.
	DurationLit struct {
		At
		Value *big.Int
	}
	// StringLit is a string with its value unquoted.
	StringLit struct {
		At
		Value string
	}
	// BoolLit is `true` or `false`.
	BoolLit struct {
		At
		Value bool
	}
	// Name is an identifier used as an expression, `none` included.
	Name struct {
		At
		Name string
	}
	// Select is `X.Sel`: a field, a member of a module or machine instance,
	// or an element of a sort (`RM.1`, where Sel is the digits).
	Select struct {
		At
		X   Expr
		Sel *Ident
	}
	// Index is `X[I]`.
	Index struct {
		At
		X, I Expr
	}
	// Slice is `X[Lo:Hi]`; either end may be nil.
	Slice struct {
		At
		X, Lo, Hi Expr
	}
	// Call is `Fun(args)`: a function, a builtin, an enum variant or a struct.
	Call struct {
		At
		Fun  Expr
		Args []Arg
	}
	// AtLabel is `X@Label`, true while process instance X is at the label.
	AtLabel struct {
		At
		X     Expr
		Label *Ident
	}
	// Unary is a prefix operator.
	Unary struct {
		At
		Op UnaryOp
		X  Expr
	}
	// Binary is an infix operator.
	Binary struct {
		At
		Op   BinaryOp
		X, Y Expr
	}
	// Paren is `(X)`, kept for the formatter.
	Paren struct {
		At
		X Expr
	}
	// Tuple is `(a, b)`, with two elements or more.
	Tuple struct {
		At
		Elems []Expr
	}
	// If is `if Cond then Then else Else`.
	If struct {
		At
		Cond, Then, Else Expr
	}
	// Let is `let Name = Value in Body`.
	Let struct {
		At
		Name  *Ident
		Type  Type // nil if inferred
		Value Expr
		Body  Expr
	}
	// Match is `match X { Pattern => Body, ... }`.
	Match struct {
		At
		X    Expr
		Arms []ExprArm
	}
	// With is `X with { f: e, [k]: e }`: X changed in some fields or places.
	With struct {
		At
		X       Expr
		Updates []Update
	}
	// SetLit is `{a, b}`; `{}` also is the empty map, bag or function.
	SetLit struct {
		At
		Elems []Expr
	}
	// MapLit is `{k: v, ...}`, with Default for the key `_`.
	MapLit struct {
		At
		Entries []Entry
		Default Expr // nil without `_: e`
	}
	// SeqLit is `[a, b]`.
	SeqLit struct {
		At
		Elems []Expr
	}
	// SetComp is `{Elem for x in S if Cond}`.
	SetComp struct {
		At
		Elem    Expr
		Binders []Binder
		Cond    Expr // nil without `if`
	}
	// SeqComp is `[Elem for x in S if Cond]` over sequences.
	SeqComp struct {
		At
		Elem    Expr
		Binders []Binder
		Cond    Expr
	}
	// MapComp is `{Key: Value for k in K if Cond}`.
	MapComp struct {
		At
		Key, Value Expr
		Binders    []Binder
		Cond       Expr
	}
	// Quant is `forall`, `exists`, `count`, `sum`, `min` or `max` over
	// binders: `sum x in S: e`.
	Quant struct {
		At
		Kind    QuantKind
		Binders []Binder
		Body    Expr
	}
	// Fold is `fold Acc = Init, x in S: Body`.
	Fold struct {
		At
		Acc     *Ident
		Init    Expr
		Binders []Binder
		Body    Expr
	}
	// Choose is `choose x in S where P`: some fixed value.
	Choose struct {
		At
		Binder Binder // exactly one name
		Where  Expr   // nil without `where`
	}
	// Old is `old(X)`: X before the step.
	Old struct {
		At
		X Expr
	}
	// Values is `values(T)`: the set of all values of a finite type.
	Values struct {
		At
		Type Type
	}
	// PathQuant is CTL's `A[p U q]` or `E[p U q]`.
	PathQuant struct {
		At
		All  bool
		P, Q Expr
	}
	// ActionPred is `enabled(A(x))` or `taken(A(x))` in a property; Args is
	// nil, with NoArgs set, where the action was named without parentheses.
	ActionPred struct {
		At
		Taken  bool
		Action Expr // Name or Select
		Args   []Expr
		NoArgs bool
	}
	// Within is `within D E`: E holds at most D later.
	Within struct {
		At
		Bound Expr
		X     Expr
	}
)

// Arg is an argument of a call, with the name of a struct field if given.
type Arg struct {
	Name  *Ident // nil if positional
	Value Expr
}

// Entry is one `key: value` of a map literal.
type Entry struct{ Key, Value Expr }

// Update is one `field: value` or `[index]: value` of a with expression.
type Update struct {
	Field *Ident // nil if Index is set
	Index Expr
	Value Expr
}

// Binder is `x, y in Domain`. `_` binds nothing.
type Binder struct {
	At
	Names  []*Ident
	Domain Expr
}

// ExprArm is `Pattern => Body` of a match expression.
type ExprArm struct {
	Pattern Pattern
	Body    Expr
}

// Pattern is `_`, `Variant`, `Variant(x, _)`, or a literal. Of alternatives
// (`A | B`), which share one body and bind nothing, all are in Or and no other
// field is set.
type Pattern struct {
	At
	Wild    bool     // `_`
	Name    Expr     // Name or Select of a variant; nil for a literal
	Binds   []*Ident // payload names, `_` included
	HasArgs bool     // whether parentheses were written
	Literal Expr     // IntLit, StringLit, BoolLit or a negated IntLit
	Or      []Pattern
}

// UnaryOp is a prefix operator.
type UnaryOp int

// Prefix operators.
const (
	Neg        UnaryOp = iota + 1 // -
	Bang                          // !
	Not                           // not
	Always                        // always
	Eventually                    // eventually
	Next                          // next: temporal, or the successor in a ring or ordered sort
	Prev                          // prev: the predecessor in an ordered sort
	AG
	AF
	AX
	EG
	EF
	EX
)

// BinaryOp is an infix operator.
type BinaryOp int

// Infix operators, weakest first.
const (
	Iff     BinaryOp = iota + 1 // <=>
	Implies                     // =>
	LeadsTo                     // ~>
	Until                       // until
	Unless                      // unless
	Release                     // release
	Or                          // ||
	And                         // &&
	Eq                          // ==
	Ne                          // !=
	Lt                          // <
	Le                          // <=
	Gt                          // >
	Ge                          // >=
	In                          // in
	NotIn                       // not in
	Subset                      // subset
	Range                       // ..
	Add                         // +
	Sub                         // -
	Union                       // |
	Concat                      // ++
	Mul                         // *
	Div                         // /
	Mod                         // %
	Inter                       // &
)

// QuantKind is the kind of a quantifier or aggregate.
type QuantKind int

// Quantifiers and aggregates.
const (
	Forall QuantKind = iota + 1
	Exists
	Count
	Sum
	Min
	Max
)
