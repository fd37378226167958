package ir

import "github.com/spec-lang/spec/lang/source"

// Stmt is a statement. A body is a list of statements, executed in order; it
// has as many outcomes as its Either and Pick allow, none if an Await or Pick
// blocks.
type Stmt interface {
	Span() source.Span
	stmt()
}

// Pos is the place of a statement.
type Pos struct{ Loc source.Span }

// Span returns where the statement stands in the source.
func (p Pos) Span() source.Span { return p.Loc }

func (p Pos) stmt() {}

// Statements.
type (
	// Assign stores Value. Its type is that of the target.
	Assign struct {
		Pos
		Target Target
		Value  Expr
	}
	// Declare introduces a local with a value. Only a Mutable one is
	// assigned later.
	Declare struct {
		Pos
		Local   *Local
		Value   Expr
		Mutable bool
	}
	// IfStmt is a conditional.
	IfStmt struct {
		Pos
		Cond Expr
		Then []Stmt
		Else []Stmt
	}
	// ForStmt runs Body for each element of Domain, in order as for Binder.
	ForStmt struct {
		Pos
		Local  *Local
		Domain Expr
		Body   []Stmt
	}
	// WhileStmt runs Body while Cond holds.
	WhileStmt struct {
		Pos
		Cond       Expr
		Invariants []Expr
		Decreases  Expr // nil if not given
		Body       []Stmt
	}
	// EitherStmt takes any one branch.
	EitherStmt struct {
		Pos
		Branches [][]Stmt
	}
	// PickStmt binds Local to any element of Domain that Where allows, and
	// blocks if there is none.
	PickStmt struct {
		Pos
		Local  *Local
		Domain Expr
		Where  Expr // nil if none
	}
	// AssertStmt is a violation of Assertion if Cond is false.
	AssertStmt struct {
		Pos
		Cond Expr
	}
	// AwaitStmt blocks if Cond is false: this way through the body is no step.
	AwaitStmt struct {
		Pos
		Cond Expr
	}
	// ReturnStmt ends a function.
	ReturnStmt struct {
		Pos
		Value Expr
	}
)

// Target is a place that can be assigned: a variable or mutable local, or a
// part of it.
type Target struct {
	Var   *Var // nil if Local is set
	Local *Local
	Path  []Access
	Span  source.Span
}

// Access selects a part of a value: field Field of a struct, or Index of a
// function, map (where the key may be new) or sequence.
type Access struct {
	Index Expr // nil if Field is meant
	Field int
}

// Root returns the type of the whole variable or local.
func (t Target) Root() *Type {
	if t.Var != nil {
		return t.Var.Type
	}
	return t.Local.Type
}

// Type returns the type of the part that is assigned.
func (t Target) Type() *Type {
	typ := t.Root()
	for _, s := range t.Path {
		if s.Index == nil {
			typ = typ.Fields[s.Field].Type
		} else {
			typ = typ.Elem
		}
	}
	return typ
}
