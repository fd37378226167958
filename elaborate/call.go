package elaborate

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// call lowers a call of a function or builtin, or a value of a variant or
// struct.
func (s *scope) call(e *ast.Call, want *ir.Type) ir.Expr {
	in, obj := s.resolve(e.Fun)
	switch obj := obj.(type) {
	case *types.Function:
		return s.callFunc(e, in, obj)
	case *types.Variant:
		return s.variant(e, in, obj, e.Args, want)
	case *types.TypeName:
		return s.structValue(e, in, obj, want)
	}
	if n, ok := e.Fun.(*ast.Name); ok {
		if n.Name == "some" && len(e.Args) == 1 {
			return s.some(e, want)
		}
		return s.builtin(n.Name, e)
	}
	s.b.missing(e.Fun, "meaning")
	return s.b.bad(e.Span())
}

func (s *scope) some(e *ast.Call, want *ir.Type) ir.Expr {
	t := s.like(e, want)
	if t.Kind != ir.SumKind || !t.Option {
		return s.b.bad(e.Span())
	}
	return &ir.Make{Node: node(t, e.Span()), Variant: 1, Args: []ir.Expr{s.expr(e.Args[0].Value, t.Elem)}}
}

func (s *scope) variant(e ast.Expr, in *instance, obj *types.Variant, args []ast.Arg, want *ir.Type) ir.Expr {
	of := *s
	if s.b.dependsOnMachine(obj.Enum) {
		of.in = in
	}
	t := of.like(e, want)
	if t.Kind != ir.SumKind || obj.Index >= len(t.Variants) {
		return s.b.bad(e.Span())
	}
	return &ir.Make{Node: node(t, e.Span()), Variant: obj.Index, Args: of.fieldArgs(e, s, args, obj.Fields, t.Variants[obj.Index].Fields)}
}

func (s *scope) structValue(e *ast.Call, in *instance, obj *types.TypeName, want *ir.Type) ir.Expr {
	t := s.like(e, want)
	if t.Kind != ir.StructKind {
		return s.b.bad(e.Span())
	}
	of := *s
	if s.b.dependsOnMachine(obj) {
		of.in = in
	}
	return &ir.Make{Node: node(t, e.Span()), Args: of.fieldArgs(e, s, e.Args, obj.Fields, t.Fields)}
}

// fieldArgs puts arguments, by name or in order, in the order of the fields.
// They stand in the scope from, and the types of the fields in s.
func (s *scope) fieldArgs(e ast.Expr, from *scope, args []ast.Arg, declared []*types.Field, fields []ir.Field) []ir.Expr {
	out := make([]ir.Expr, len(fields))
	for i, a := range args {
		at := i
		if a.Name != nil {
			for j, f := range fields {
				if f.Name == a.Name.Name {
					at = j
				}
			}
		}
		if at < len(out) {
			out[at] = s.stored(declared[at].Type(), from.expr(a.Value, fields[at].Type))
		}
	}
	for i, x := range out {
		if x == nil {
			s.b.missing(e, "argument "+fields[i].Name)
			out[i] = s.b.bad(e.Span())
		}
	}
	return out
}

// builtin lowers a call of a builtin function.
func (s *scope) builtin(name string, e *ast.Call) ir.Expr {
	b, at := s.b, e.Span()
	args := make([]ir.Expr, len(e.Args))
	for i, a := range e.Args {
		args[i] = s.expr(a.Value, nil)
		if args[i].Type() == b.invalid {
			return b.bad(at)
		}
	}
	if len(args) == 0 {
		b.missing(e, "meaning")
		return b.bad(at)
	}
	x, t := args[0], args[0].Type()
	switch {
	case name == "len":
		return apply(ir.Len, b.t.Int(), at, x)
	case name == "keys":
		return apply(ir.Keys, b.t.Set(t.Key), at, x)
	case name == "toSet":
		return apply(ir.ToSet, b.t.Set(t.Elem), at, x)
	case name == "powerset":
		return apply(ir.Powerset, b.t.Set(t), at, x)
	case name == "abs":
		return s.abs(x)
	case name == "sum":
		return s.aggregate(ir.Sum, x)
	case name == "min" && len(args) == 1:
		return s.aggregate(ir.Min, x)
	case name == "max" && len(args) == 1:
		return s.aggregate(ir.Max, x)
	case name == "min":
		return s.extreme("min", ir.Le, args)
	case name == "max":
		return s.extreme("max", ir.Ge, args)
	case name == "remove" && len(args) == 2:
		return apply(ir.RemoveKey, t, at, x, b.convert(args[1], t.Key))
	case name == "count" && len(args) == 2:
		return apply(ir.CountOf, b.t.Int(), at, s.countOf(x, args[1])...)
	}
	b.missing(e.Fun, "meaning")
	return b.bad(at)
}

// countOf brings a collection and an element to the wider of their types.
func (s *scope) countOf(c, x ir.Expr) []ir.Expr {
	b, t := s.b, c.Type()
	if y, ok := b.retype(x, t.Elem); ok {
		return []ir.Expr{c, y}
	}
	wide := b.join(t.Elem, x.Type())
	switch {
	case wide == nil:
		b.fault(x.Span(), "expected %s, found %s", t.Elem, x.Type())
		return []ir.Expr{c, b.bad(x.Span())}
	case t.Kind == ir.BagKind:
		t = b.t.Bag(wide)
	default:
		t = b.t.Seq(wide, t.Max)
	}
	return []ir.Expr{b.convert(c, t), b.convert(x, wide)}
}

func (s *scope) abs(x ir.Expr) ir.Expr {
	b, at := s.b, x.Span()
	return b.sharing("n", s.arithmetic(x), func(x func() ir.Expr) ir.Expr {
		t := x().Type()
		zero := &ir.Lit{Node: node(t, at), Value: ir.NewInt(0)}
		return &ir.If{Node: node(t, at), Cond: apply(ir.Lt, b.t.Bool(), at, x(), zero), Then: apply(ir.Neg, t, at, x()), Else: x()}
	})
}

// aggregate lowers `sum(c)`, `min(c)` and `max(c)` of a collection.
func (s *scope) aggregate(kind ir.BindKind, c ir.Expr) ir.Expr {
	l := &ir.Local{Name: "x", Type: c.Type().Elem, Span: c.Span()}
	body := ref(l, c.Span())
	if kind == ir.Sum {
		body = s.arithmetic(body)
	}
	return &ir.Bind{Node: node(body.Type(), c.Span()), Kind: kind, Binders: []ir.Binder{{Local: l, Domain: c}}, Body: body}
}

// extreme lowers `min(a, b, ...)` and `max(a, b, ...)`.
func (s *scope) extreme(name string, op ir.Op, args []ir.Expr) ir.Expr {
	b := s.b
	best := args[0]
	for _, y := range args[1:] {
		x, y, t := b.agree(best, y)
		at := x.Span().Cover(y.Span())
		best = b.sharing(name, x, func(x func() ir.Expr) ir.Expr {
			return b.sharing("other", y, func(y func() ir.Expr) ir.Expr {
				return &ir.If{Node: node(t, at), Cond: apply(op, b.t.Bool(), at, x(), y()), Then: x(), Else: y()}
			})
		})
	}
	return best
}
