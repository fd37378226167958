package ast

// Statements.
type (
	// BadStmt stands where a statement could not be parsed.
	BadStmt struct{ At }
	// Assign is `Target Op Value`, such as `vote[r] = x` or `net += m`.
	Assign struct {
		At
		Target Expr
		Op     AssignOp
		Value  Expr
	}
	// LetStmt is `let Name = Value`: a name for a value.
	LetStmt struct {
		At
		Name  *Ident
		Type  Type // nil if inferred
		Value Expr
	}
	// VarStmt is `var Name T = Value`: a variable of a function, proc,
	// action or process. Type or Value may be nil, not both.
	VarStmt struct {
		At
		Name  *Ident
		Type  Type
		Value Expr
	}
	// Pick is `pick x in S where P`: some value of S, any of them.
	Pick struct {
		At
		Binders []Binder
		Where   Expr // nil without `where`
	}
	// IfStmt is `if Cond { } else { }`; Else is nil, a Block or one IfStmt.
	IfStmt struct {
		At
		Cond Expr
		Then *Block
		Else Stmt // nil, *BlockStmt or *IfStmt
	}
	// BlockStmt is a block where a statement stands: the else of an if.
	BlockStmt struct {
		At
		Body *Block
	}
	// MatchStmt is `match X { Pattern => stmt or block }`.
	MatchStmt struct {
		At
		X    Expr
		Arms []StmtArm
	}
	// For is `for x in S { }`.
	For struct {
		At
		Binders []Binder
		Body    *Block
	}
	// While is `while Cond invariant I decreases D { }`.
	While struct {
		At
		Cond       Expr
		Invariants []Expr
		Decreases  Expr // nil if not given
		Body       *Block
	}
	// Loop is `loop { }`, for ever, in a process.
	Loop struct {
		At
		Body *Block
	}
	// Either is `either { } or { }`, with two branches or more.
	Either struct {
		At
		Branches []*Block
	}
	// Assert is `assert Cond`.
	Assert struct {
		At
		Cond Expr
	}
	// Await is `await Cond`: the step is possible only if Cond holds here.
	Await struct {
		At
		Cond Expr
	}
	// Skip does nothing.
	Skip struct{ At }
	// CallStmt calls a proc, or another action.
	CallStmt struct {
		At
		Call *Call
	}
	// Return is `return Value`.
	Return struct {
		At
		Value Expr // nil in a proc
	}
	// Label is `name:` in a process: what follows is a new atomic step.
	Label struct {
		At
		Name *Ident
	}
	// Goto is `goto name` in a process.
	Goto struct {
		At
		Label *Ident
	}
	// Expect is `expect Cond` in a scenario.
	Expect struct {
		At
		Cond Expr
	}
)

// StmtArm is `Pattern => body` of a match statement.
type StmtArm struct {
	Pattern Pattern
	Body    *Block // a lone statement is a block of one
}

// AssignOp is the operator of an assignment.
type AssignOp int

// Assignment operators.
const (
	Set       AssignOp = iota + 1 // =
	AddSet                        // +=
	SubSet                        // -=
	UnionSet                      // |=
	InterSet                      // &=
	ConcatSet                     // ++=
)
