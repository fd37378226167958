// Package irtest has Systems to test engines with, and a dumb explorer that
// says what must come out.
//
//   - Systems are small machines built by hand, each with its known figures.
//   - Explore visits every state of a System with package eval.
//   - Random makes well-typed Systems for differential tests.
//
// A B builds Systems in a few words. Every node it makes has a place of its
// own, so that engines can be compared on the places they report.
package irtest

import (
	"fmt"
	"math/big"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
)

// B builds a System. It holds the type table, so that b.Int() is a type.
type B struct {
	*ir.Table
	Sys  *ir.System
	last int // offset of the last place given out
}

// New returns a B for a machine of the given name.
func New(machine string) *B {
	sys := &ir.System{Module: "test", Machine: machine, Types: &ir.Table{}}
	sys.Expect = ir.Expect{ViolatedDepth: -1, DeadlockDepth: -1, States: -1, Generated: -1, Depth: -1}
	b := &B{Table: sys.Types, Sys: sys}
	sys.Span = b.at()
	return b
}

func (b *B) at() source.Span {
	b.last++
	return source.Span{File: b.Sys.Machine + ".spec", Lo: b.last, Hi: b.last + 1}
}

func (b *B) node(t *ir.Type) ir.Node { return ir.Node{T: t, Loc: b.at()} }

func (b *B) pos() ir.Pos { return ir.Pos{Loc: b.at()} }

// Sort declares a sort of n elements.
func (b *B) Sort(name string, n int, order ir.Order) *ir.Type {
	s := &ir.Sort{Name: name, Order: order, Span: b.at()}
	for i := range n {
		s.Elems = append(s.Elems, fmt.Sprintf("%s.%d", name, i+1))
	}
	b.Sys.Sorts = append(b.Sys.Sorts, s)
	return b.SortOf(s)
}

// Enum declares an enum.
func (b *B) Enum(name string, variants ...ir.Variant) *ir.Type {
	t := b.Sum(name, variants)
	b.Sys.Named = append(b.Sys.Named, t)
	return t
}

// Enumerate declares an enum of plain names.
func (b *B) Enumerate(name string, names ...string) *ir.Type {
	var vs []ir.Variant
	for _, n := range names {
		vs = append(vs, ir.Variant{Name: n})
	}
	return b.Enum(name, vs...)
}

// Record declares a struct.
func (b *B) Record(name string, fields ...ir.Field) *ir.Type {
	t := b.Struct(name, fields)
	b.Sys.Named = append(b.Sys.Named, t)
	return t
}

// Ints returns the type lo..hi.
func (b *B) Ints(lo, hi int64) *ir.Type { return b.Range(big.NewInt(lo), big.NewInt(hi)) }

// Var declares a state variable.
func (b *B) Var(name string, t *ir.Type) *ir.Var {
	v := &ir.Var{Name: name, Type: t, Index: len(b.Sys.Vars), Span: b.at()}
	b.Sys.Vars = append(b.Sys.Vars, v)
	return v
}

// Const declares a constant.
func (b *B) Const(name string, t *ir.Type, v ir.Value) *ir.Const {
	c := &ir.Const{Name: name, Type: t, Value: v, Span: b.at()}
	b.Sys.Consts = append(b.Sys.Consts, c)
	return c
}

// Local makes a name to bind.
func (b *B) Local(name string, t *ir.Type) *ir.Local {
	return &ir.Local{Name: name, Type: t, Span: b.at()}
}

// Function declares a function of one expression.
func (b *B) Function(name string, params []*ir.Local, result *ir.Type, value ir.Expr) *ir.Func {
	f := &ir.Func{Name: name, Params: params, Result: result, Value: value, Span: b.at()}
	b.Sys.Funcs = append(b.Sys.Funcs, f)
	return f
}

// Init appends initial statements.
func (b *B) Init(body ...ir.Stmt) { b.Sys.Init = append(b.Sys.Init, body...) }

// Param makes a parameter over all of a type.
func (b *B) Param(name string, t *ir.Type) *ir.Param {
	return &ir.Param{Local: b.Local(name, t), Domain: b.Values(t), ByType: true}
}

// ParamIn makes a parameter over a collection.
func (b *B) ParamIn(name string, domain ir.Expr) *ir.Param {
	return &ir.Param{Local: b.Local(name, domain.Type().Elem), Domain: domain}
}

// Action declares an action; a nil guard is true.
func (b *B) Action(name string, params []*ir.Param, guard ir.Expr, body ...ir.Stmt) *ir.Action {
	sp := b.at()
	a := &ir.Action{Name: name, Params: params, Guard: guard, Body: body, Index: len(b.Sys.Actions), Span: sp, NameSpan: sp}
	b.Sys.Actions = append(b.Sys.Actions, a)
	return a
}

// Prop declares a property and lets the model check it.
func (b *B) Prop(kind ir.PropKind, name string, formula ir.Expr) *ir.Property {
	p := &ir.Property{Name: name, Kind: kind, Formula: formula, Span: b.at()}
	b.Sys.Props = append(b.Sys.Props, p)
	b.Sys.Checks = append(b.Sys.Checks, ir.Check{Prop: p, Depth: -1, Span: p.Span})
	return p
}

// Bound adds a condition that cuts the search.
func (b *B) Bound(cond ir.Expr) {
	b.Sys.Bounds = append(b.Sys.Bounds, &ir.Clause{Cond: cond, Span: cond.Span()})
}

// I is the integer n.
func (b *B) I(n int64) ir.Expr { return b.Val(b.Int(), ir.NewInt(n)) }

// True is true.
func (b *B) True() ir.Expr { return b.Val(b.Bool(), ir.Bool(true)) }

// False is false.
func (b *B) False() ir.Expr { return b.Val(b.Bool(), ir.Bool(false)) }

// Val is the value v of type t.
func (b *B) Val(t *ir.Type, v ir.Value) ir.Expr { return &ir.Lit{Node: b.node(t), Value: v} }

// Get reads a variable.
func (b *B) Get(v *ir.Var) ir.Expr { return &ir.VarRef{Node: b.node(v.Type), Var: v} }

// Before reads a variable as it was before the step.
func (b *B) Before(v *ir.Var) ir.Expr { return &ir.VarRef{Node: b.node(v.Type), Var: v, Old: true} }

// At reads variable v at key k.
func (b *B) At(v *ir.Var, k ir.Expr) ir.Expr { return b.Op(ir.Get, b.Get(v), k) }

// Use reads a local.
func (b *B) Use(l *ir.Local) ir.Expr { return &ir.LocalRef{Node: b.node(l.Type), Local: l} }

// Values is the set of all values of t.
func (b *B) Values(t *ir.Type) ir.Expr { return b.OpT(b.Set(t), ir.Universe) }

// To converts e to t.
func (b *B) To(t *ir.Type, e ir.Expr) ir.Expr { return &ir.Convert{Node: b.node(t), X: e} }

// Make builds a value of a sum or struct.
func (b *B) Make(t *ir.Type, variant int, args ...ir.Expr) ir.Expr {
	return &ir.Make{Node: b.node(t), Variant: variant, Args: args}
}

// Cond is if c then x else y.
func (b *B) Cond(c, x, y ir.Expr) ir.Expr {
	return &ir.If{Node: b.node(x.Type()), Cond: c, Then: x, Else: y}
}

// All is forall l in domain: body.
func (b *B) All(l *ir.Local, domain, body ir.Expr) ir.Expr {
	return b.Bind(b.Bool(), ir.Forall, l, domain, nil, body)
}

// Some is exists l in domain: body.
func (b *B) Some(l *ir.Local, domain, body ir.Expr) ir.Expr {
	return b.Bind(b.Bool(), ir.Exists, l, domain, nil, body)
}

// Bind is a Bind with one binder.
func (b *B) Bind(t *ir.Type, kind ir.BindKind, l *ir.Local, domain, cond, body ir.Expr) *ir.Bind {
	return &ir.Bind{Node: b.node(t), Kind: kind, Binders: []ir.Binder{{Local: l, Domain: domain}}, Cond: cond, Body: body}
}

// Call calls f.
func (b *B) Call(f *ir.Func, args ...ir.Expr) ir.Expr {
	return &ir.Call{Node: b.node(f.Result), Func: f, Args: args}
}

// Every is the conjunction of es.
func (b *B) Every(es ...ir.Expr) ir.Expr {
	if len(es) == 0 {
		return b.True()
	}
	all := es[0]
	for _, e := range es[1:] {
		all = b.Op(ir.And, all, e)
	}
	return all
}

// Op applies an operator whose operands say the type of the result.
func (b *B) Op(op ir.Op, args ...ir.Expr) ir.Expr { return b.OpT(b.result(op, args), op, args...) }

// OpT applies an operator with a result of type t.
func (b *B) OpT(t *ir.Type, op ir.Op, args ...ir.Expr) ir.Expr {
	return &ir.Apply{Node: b.node(t), Op: op, Args: args}
}

func (b *B) result(op ir.Op, args []ir.Expr) *ir.Type {
	switch op {
	case ir.Eq, ir.Ne, ir.Lt, ir.Le, ir.Gt, ir.Ge, ir.In, ir.Subset:
		return b.Bool()
	case ir.Interval:
		return b.Set(b.Int())
	case ir.SetLit:
		return b.Set(args[0].Type())
	case ir.BagLit:
		return b.Bag(args[0].Type())
	case ir.SeqLit:
		return b.Seq(args[0].Type(), -1)
	case ir.Powerset:
		return b.Set(args[0].Type())
	case ir.Len, ir.CountOf:
		return b.Int()
	case ir.ToSet:
		return b.Set(args[0].Type().Elem)
	case ir.Keys:
		return b.Set(args[0].Type().Key)
	case ir.MapLit:
		return b.Map(args[0].Type(), args[1].Type())
	case ir.Get:
		return args[0].Type().Elem
	}
	return args[0].Type()
}

// Put assigns a variable.
func (b *B) Put(v *ir.Var, e ir.Expr) ir.Stmt {
	sp := b.at()
	return &ir.Assign{Pos: ir.Pos{Loc: sp}, Target: ir.Target{Var: v, Span: sp}, Value: e}
}

// PutAt assigns variable v at key k.
func (b *B) PutAt(v *ir.Var, k, e ir.Expr) ir.Stmt {
	sp := b.at()
	return &ir.Assign{Pos: ir.Pos{Loc: sp}, Target: ir.Target{Var: v, Path: []ir.Access{{Index: k}}, Span: sp}, Value: e}
}

// When is if c { then }.
func (b *B) When(c ir.Expr, then ...ir.Stmt) ir.Stmt {
	return &ir.IfStmt{Pos: b.pos(), Cond: c, Then: then}
}

// Either takes any of the branches.
func (b *B) Either(branches ...[]ir.Stmt) ir.Stmt {
	return &ir.EitherStmt{Pos: b.pos(), Branches: branches}
}

// Pick binds l to any element of domain that where allows; nil allows all.
func (b *B) Pick(l *ir.Local, domain, where ir.Expr) ir.Stmt {
	return &ir.PickStmt{Pos: b.pos(), Local: l, Domain: domain, Where: where}
}

// Assert asserts c.
func (b *B) Assert(c ir.Expr) ir.Stmt { return &ir.AssertStmt{Pos: b.pos(), Cond: c} }
