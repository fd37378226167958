package types

import (
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/source"
)

// Object is what a name stands for.
type Object interface {
	Name() string
	// Span is where the object is declared; builtins have none.
	Span() source.Span
	// Type is the type of a value of this object (the result, of a function);
	// nil where that means nothing.
	Type() Type
	// Owner is the machine, process or module that the object belongs to;
	// nil for locals and builtins.
	Owner() Object
}

// Base is what all objects have.
type Base struct {
	Ident string
	At    source.Span
	T     Type
	In    Object
}

// Name returns the declared name.
func (b *Base) Name() string { return b.Ident }

// Span returns the place of the declared name.
func (b *Base) Span() source.Span { return b.At }

// Type returns the type of the object's values.
func (b *Base) Type() Type { return b.T }

// Owner returns what the object was declared in.
func (b *Base) Owner() Object { return b.In }

// Objects.
type (
	// Module is a source file.
	Module struct {
		Base
		Path    string // as it is imported; "" for the root
		File    *ast.File
		Members map[string]Object
		// Order lists the members as declared.
		Order []Object
	}
	// SortName is a sort, or a sort parameter of a machine (Decl is nil).
	SortName struct {
		Base
		Decl  *ast.Sort
		Order ast.SortOrder
	}
	// TypeName is an enum, struct or type declaration.
	TypeName struct {
		Base
		Decl     ast.Decl // *ast.Enum, *ast.Struct or *ast.TypeDecl
		Params   []*Param
		Values   []*Local   // value parameters, of a dependent type
		Variants []*Variant // of an enum
		Fields   []*Field   // of a struct
		Alias    Type       // of a type declaration
	}
	// Variant is an alternative of an enum. Its fields mention the type
	// parameters of Enum.
	Variant struct {
		Base
		Enum   *TypeName
		Index  int
		Fields []*Field
	}
	// Field is a field of a struct or variant.
	Field struct {
		Base
		Index int
	}
	// Const is a constant of a module or machine, or a value parameter of a
	// machine (Decl is nil).
	Const struct {
		Base
		Decl *ast.Const
	}
	// Function is a function, with a body or extern.
	Function struct {
		Base
		Decl   *ast.Func
		Params []*Param
		Args   []*Local
		Result *Local // `result` in ensures
	}
	// Theorem is an axiom, lemma or theorem.
	Theorem struct {
		Base
		Decl *ast.Theorem
		Args []*Local
	}
	// Machine is a machine.
	Machine struct {
		Base
		Decl    *ast.Machine
		Params  []Object // SortName or Const, in order
		Members map[string]Object
		Order   []Object
	}
	// Var is a state variable of a machine.
	Var struct {
		Base
		Decl *ast.Var
	}
	// Action is an action of a machine.
	Action struct {
		Base
		Decl *ast.Action
		Args []*Local
	}
	// Proc is a named piece of an action.
	Proc struct {
		Base
		Decl *ast.Proc
		Args []*Local
	}
	// Process is sequential code; Self is nil for a single process. Its
	// variables are Var objects whose owner it is, of type [Self]T outside.
	Process struct {
		Base
		Decl   *ast.Process
		Self   *Local
		Vars   []*ProcessVar
		Labels []string
	}
	// ProcessVar is a variable of a process; its type is that of one instance.
	ProcessVar struct {
		Base
		Decl *ast.VarStmt
	}
	// Property is an invariant, step, property, ctl or witness.
	Property struct {
		Base
		Decl *ast.Property
	}
	// Scenario is a scenario.
	Scenario struct {
		Base
		Decl *ast.Scenario
		Free []*Local
	}
	// Instance is `use Machine(args) as l`.
	Instance struct {
		Base
		Decl    *ast.Use
		Machine *Machine
		Args    []Arg
	}
	// Sync is a joint step. Its parameters are those of its actions in order;
	// those of one name are one parameter.
	Sync struct {
		Base
		Decl    *ast.Sync
		Actions []*ActionRef
		Args    []*Local
	}
	// Model is a model.
	Model struct {
		Base
		Decl    *ast.Model
		Machine *Machine
		Args    []Arg
	}
	// Local is a parameter, or a name bound by let, var, pick, a quantifier
	// or a pattern.
	Local struct {
		Base
		Mutable bool // declared by var
	}
	// Builtin is a builtin function, such as len.
	Builtin struct{ Base }
)

// Arg is an argument of a machine: a type for a sort parameter, otherwise an
// expression.
type Arg struct {
	Type  Type
	Value ast.Expr
}

// ActionRef is an action of this machine or, through the instances of Path,
// of another.
type ActionRef struct {
	Path   []*Instance
	Action *Action
}
