// Package types is the vocabulary of the type checker: types and the objects
// that names stand for. It holds no algorithm beyond printing and identity.
//
// Types here still mention constants, machine parameters and type parameters;
// package elaborate turns them into the closed types of ir for one model.
package types

import (
	"strings"

	"github.com/spec-lang/spec/lang/ast"
)

// Type is a type.
type Type interface {
	String() string
	typ()
}

// Basic is a builtin type without arguments.
type Basic int

// Basic types. Invalid is the type of a faulty expression and agrees with
// every type, so that one fault is reported once.
const (
	Invalid Basic = iota
	Bool
	Int
	String
	Duration
	Instant
)

// Types.
type (
	// Range is Lo..Hi; both are constant expressions, checked but not
	// evaluated. It is a subtype of Int.
	Range struct{ Lo, Hi ast.Expr }
	// Sort is a declared sort or a sort parameter of a machine.
	Sort struct{ Obj *SortName }
	// Named is an enum or struct, instantiated with Args. Via is the way to the
	// instance that it belongs to, for a type of another machine (`l.Mode`)
	// that mentions what each instance has of its own.
	Named struct {
		Obj  *TypeName
		Args []Type
		Via  []*Instance
	}
	// Option is option[Elem].
	Option struct{ Elem Type }
	// Set is set[Elem].
	Set struct{ Elem Type }
	// Bag is bag[Elem].
	Bag struct{ Elem Type }
	// Func is [Key]Elem.
	Func struct{ Key, Elem Type }
	// Map is map[Key]Elem.
	Map struct{ Key, Elem Type }
	// Seq is []Elem, or [..Max]Elem where Max is not nil, a subtype of it.
	Seq struct {
		Elem Type
		Max  ast.Expr
	}
	// Tuple is (A, B, ...).
	Tuple struct{ Elems []Type }
	// Refined is {Var Base | Pred}, a subtype of Base. Where Pred mentions the
	// value parameters of a type, Values has their arguments. Written is the
	// Range or Seq that it stands for if that is how it was written: one whose
	// ends mention parameters. It is nil otherwise.
	Refined struct {
		Base    Type
		Decl    *ast.RefinedType
		Values  []Value
		Written Type
	}
	// Linear is linear Elem.
	Linear struct{ Elem Type }
	// Param is a type parameter, of a generic function or type, with what its
	// arguments must have.
	Param struct {
		Name  string
		Bound Bound
	}
)

// Bound is what the arguments of a type parameter must have.
type Bound int

// Bounds.
const (
	AnyType Bound = iota
	Ordered       // <, <=, > and >=
	Finite        // finitely many values
)

// Value is the argument for a value parameter of a dependent type.
type Value struct {
	Param *Local
	Arg   ast.Expr
}

func (Basic) typ()    {}
func (*Range) typ()   {}
func (*Sort) typ()    {}
func (*Named) typ()   {}
func (*Option) typ()  {}
func (*Set) typ()     {}
func (*Bag) typ()     {}
func (*Func) typ()    {}
func (*Map) typ()     {}
func (*Seq) typ()     {}
func (*Tuple) typ()   {}
func (*Refined) typ() {}
func (*Linear) typ()  {}
func (*Param) typ()   {}

func (b Basic) String() string {
	return [...]string{"invalid type", "bool", "int", "string", "duration", "instant"}[b]
}

func (t *Sort) String() string   { return t.Obj.Name() }
func (t *Option) String() string { return "option[" + t.Elem.String() + "]" }
func (t *Set) String() string    { return "set[" + t.Elem.String() + "]" }
func (t *Bag) String() string    { return "bag[" + t.Elem.String() + "]" }
func (t *Func) String() string   { return "[" + t.Key.String() + "]" + t.Elem.String() }
func (t *Map) String() string    { return "map[" + t.Key.String() + "]" + t.Elem.String() }
func (t *Tuple) String() string  { return "(" + join(t.Elems) + ")" }
func (t *Linear) String() string { return "linear " + t.Elem.String() }
func (t *Param) String() string  { return t.Name }
func (t *Refined) String() string {
	w := wording{gap: " ", args: map[string]string{}}
	for _, v := range t.Values {
		w.args[v.Param.Name()] = exprText(v.Arg)
	}
	if t.Written != nil {
		return t.Written.String()
	}
	return "{" + t.Decl.Var.Name + " " + t.Base.String() + " | " + w.expr(t.Decl.Pred) + "}"
}
func (t *Range) String() string { return exprText(t.Lo) + ".." + exprText(t.Hi) }

func (t *Seq) String() string {
	if t.Max == nil {
		return "[]" + t.Elem.String()
	}
	return "[.." + exprText(t.Max) + "]" + t.Elem.String()
}

func (t *Named) String() string {
	name := t.Obj.Name()
	for i := len(t.Via) - 1; i >= 0; i-- {
		name = t.Via[i].Name() + "." + name
	}
	if len(t.Args) == 0 {
		return name
	}
	return name + "[" + join(t.Args) + "]"
}

func join(ts []Type) string {
	parts := make([]string, len(ts))
	for i, t := range ts {
		parts[i] = t.String()
	}
	return strings.Join(parts, ", ")
}

// exprText renders the constant expressions that occur in types, "..." what
// is long.
func exprText(e ast.Expr) string { return wording{}.expr(e) }

// wording says how expressions are rendered.
type wording struct {
	gap  string            // around arithmetic
	args map[string]string // what stands for the parameters of a type
}

func (w wording) expr(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.IntLit:
		return e.Value.String()
	case *ast.Name:
		if arg, ok := w.args[e.Name]; ok {
			return arg
		}
		return e.Name
	case *ast.Select:
		return w.expr(e.X) + "." + e.Sel.Name
	case *ast.Paren:
		return "(" + w.expr(e.X) + ")"
	case *ast.Unary:
		switch e.Op {
		case ast.Neg:
			return "-" + w.expr(e.X)
		case ast.Not:
			return "not " + w.expr(e.X)
		}
	case *ast.Binary:
		if op, ok := constOps[e.Op]; ok {
			return w.expr(e.X) + w.gap + op + w.gap + w.expr(e.Y)
		}
		if op, ok := testOps[e.Op]; ok {
			return w.expr(e.X) + " " + op + " " + w.expr(e.Y)
		}
	case *ast.SetLit:
		return "{" + w.list(e.Elems) + "}"
	case *ast.Call:
		var args []ast.Expr
		for _, a := range e.Args {
			args = append(args, a.Value)
		}
		return w.expr(e.Fun) + "(" + w.list(args) + ")"
	}
	return "..."
}

func (w wording) list(es []ast.Expr) string {
	parts := make([]string, len(es))
	for i, e := range es {
		parts[i] = w.expr(e)
	}
	return strings.Join(parts, ", ")
}

var constOps = map[ast.BinaryOp]string{ast.Add: "+", ast.Sub: "-", ast.Mul: "*", ast.Div: "/", ast.Mod: "%"}

var testOps = map[ast.BinaryOp]string{
	ast.Eq: "==", ast.Ne: "!=", ast.Lt: "<", ast.Le: "<=", ast.Gt: ">", ast.Ge: ">=",
	ast.In: "in", ast.NotIn: "not in", ast.And: "&&", ast.Or: "||", ast.Range: "..",
}
