// Package typecheck gives every name an object, every expression a type and
// every function, action and proc its effects, or says why it cannot.
//
// Checking is bidirectional: an expected type flows down into literals,
// enum variants and empty collections; everything else is inferred upward.
// Generic declarations are checked once, with their parameters opaque;
// package elaborate makes the instances. Results are side tables over the
// tree; nothing is written into it.
package typecheck

import (
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// Info is what the checker knows of a program: its modules and, for each
// node of their trees, the facts below. Facts are missing only at faults.
type Info struct {
	// Root is the module that was asked for; Modules has it and everything it
	// imports, imported ones first.
	Root    *types.Module
	Modules []*types.Module

	// Types has the type of every expression. A literal that was checked
	// against an expected type has that type (`{}` is set[Msg], `none` is
	// option[bool]); otherwise the type is the most precise inferred one.
	// What is only part of a name (`l` in `l.x`, `P[a]` in `P[a].x`, a called
	// function) and a call that is a statement have no type.
	// Where an expression's own type differs from the one its place expects
	// (a range where an int is expected, an int where a range is), the place
	// converts: see package elaborate.
	Types map[ast.Expr]types.Type
	// Written has the meaning of every written type.
	Written map[ast.Type]types.Type
	// Named has the sort or declared type that a written name means, aliases
	// included, which Written has expanded.
	Named map[*ast.NamedType]types.Object
	// Uses has the object of every *ast.Name and *ast.Select that names one.
	// A Select that is a struct field or payload-free access of a value is
	// not here but in Fields.
	Uses map[ast.Expr]types.Object
	// Fields has the field that a Select reads from a value; the builtin
	// field `value` of an option has the object OptionValue.
	Fields map[*ast.Select]*types.Field
	// Defs has the object of every declaring identifier: binders, lets,
	// parameters, pattern names and all declarations.
	Defs map[*ast.Ident]types.Object
	// Paths has, for a Name or Select that reaches into instances of other
	// machines (`l.held`, `l.m.Acquire`), the instances on the way.
	Paths map[ast.Expr][]*types.Instance
	// Inst has the type arguments of each call of a generic function.
	Inst map[*ast.Call][]types.Type
	// Actions has the action of each ActionPred, call of an action or
	// scenario step, with the instances on the way; by its Name or Select.
	Actions map[ast.Expr]*types.ActionRef
	// Patterns has the variant that each pattern name matches; nil (present)
	// for none and some of options, told by the scrutinee's type.
	Patterns map[ast.Expr]*types.Variant
	// SortElems has the index (from 0) of each sort element that is written
	// as RM.1 or by a name that its model gives it.
	SortElems map[ast.Expr]int
	// Refines has the abstract machine of each refinement with its arguments.
	Refines map[*ast.Refines]*types.Instance
	// Effects has the inferred effects of each Func, Action, Proc and Process.
	Effects map[types.Object]*Effects
}

// OptionValue is the field `value` of options.
var OptionValue = &types.Field{Base: types.Base{Ident: "value"}}
