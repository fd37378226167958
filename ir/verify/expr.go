package verify

import (
	"github.com/spec-lang/spec/ir"
)

func (v *verifier) condition(e ir.Expr, s scope) { v.expect(e, v.sys.Types.Bool(), s) }

// expect checks e, and that it is of type t exactly.
func (v *verifier) expect(e ir.Expr, t *ir.Type, s scope) {
	if got := v.expr(e, s); got != nil && t != nil && got != t {
		v.fault(e.Span(), "expected an expression of type %s, found %s", t, got)
	}
}

// expectAll checks operands of the types of fields.
func (v *verifier) expectAll(at ir.Expr, es []ir.Expr, fields []ir.Field, s scope) {
	if len(es) != len(fields) {
		v.fault(at.Span(), "expected %d parts, found %d", len(fields), len(es))
		return
	}
	for i, e := range es {
		v.expect(e, fields[i].Type, s)
	}
}

// expr checks e and returns its type, nil if that is not worth comparing.
func (v *verifier) expr(e ir.Expr, s scope) *ir.Type {
	if e == nil {
		v.fault(v.sys.Span, "an expression is missing")
		return nil
	}
	t := e.Type()
	if t == nil || !v.sys.Types.Has(t) {
		v.fault(e.Span(), "an expression of no type, or of one that is not of the system's table")
		return nil
	}
	v.typ(t, e.Span())
	switch e := e.(type) {
	case *ir.Lit:
		v.value(e.Value, t, e.Loc)
	case *ir.LocalRef:
		v.localRef(e, s)
	case *ir.VarRef:
		v.varRef(e, s)
	case *ir.ConstRef:
		if e.Const == nil || !v.own[e.Const] {
			v.fault(e.Loc, "the constant is not one of the system")
		} else if e.Const.Type != t {
			v.fault(e.Loc, "constant %s: expected type %s, found %s", e.Const.Name, e.Const.Type, t)
		}
	case *ir.Apply:
		v.apply(e, s)
	case *ir.Convert:
		if from := v.expr(e.X, s.inner()); from != nil && !ir.Converts(from, t) {
			v.fault(e.Loc, "%s does not convert to %s", from, t)
		}
	case *ir.If:
		v.condition(e.Cond, s)
		v.expect(e.Then, t, s)
		v.expect(e.Else, t, s)
	case *ir.Let:
		v.let(e, s)
	case *ir.Make:
		v.make(e, s.inner())
	case *ir.FieldOf:
		if st := v.expr(e.X, s.inner()); st != nil {
			v.field(e, st, e.Index, t)
		}
	case *ir.WithField:
		v.expect(e.X, t, s.inner())
		if got := v.expr(e.Value, s.inner()); got != nil {
			v.field(e, t, e.Index, got)
		}
	case *ir.Is:
		v.variant(e, e.X, e.Variant, s.inner())
		if t.Kind != ir.BoolKind {
			v.fault(e.Loc, "expected bool, found %s", t)
		}
	case *ir.Payload:
		v.payload(e, s.inner())
	case *ir.Bind:
		v.binding(e, s)
	case *ir.Call:
		v.call(e, s.inner())
	case *ir.ActionPred:
		v.actionPred(e, s)
	default:
		v.fault(e.Span(), "an expression of unknown kind %T", e)
	}
	return t
}

func (v *verifier) localRef(e *ir.LocalRef, s scope) {
	switch {
	case e.Local == nil || !s.has(e.Local):
		v.fault(e.Loc, "a local is read that is not bound here")
	case e.Local.Type != e.T:
		v.fault(e.Loc, "local %s: expected type %s, found %s", e.Local.Name, e.Local.Type, e.T)
	}
}

func (v *verifier) varRef(e *ir.VarRef, s scope) {
	switch {
	case e.Var == nil || !v.own[e.Var]:
		v.fault(e.Loc, "the variable is not one of the system")
	case e.Var.Type != e.T:
		v.fault(e.Loc, "variable %s: expected type %s, found %s", e.Var.Name, e.Var.Type, e.T)
	case !s.place.state:
		v.fault(e.Loc, "variable %s is read where only constants are known", e.Var.Name)
	case e.Old && !s.place.old:
		v.fault(e.Loc, "old(%s) is read where there is no step", e.Var.Name)
	case contains(s.unassigned, e.Var):
		v.fault(e.Loc, "variable %s is read before it has a value", e.Var.Name)
	}
}

// connectives are what temporal operators may stand under.
var connectives = map[ir.Op]bool{ir.Not: true, ir.And: true, ir.Or: true, ir.Implies: true, ir.Iff: true}

func (v *verifier) apply(e *ir.Apply, s scope) {
	if e.Op <= 0 || int(e.Op) >= len(ir.Ops) {
		v.fault(e.Loc, "operator %d does not exist", int(e.Op))
		return
	}
	temporal := ir.Ops[e.Op].Temporal
	if temporal {
		kind := ir.Temporal
		if e.Op >= ir.AG {
			kind = ir.CTL
		}
		if s.place.temporal != kind || s.below {
			v.fault(e.Loc, "%s is not allowed here", e.Op)
		}
	}
	if !temporal && !connectives[e.Op] {
		s = s.inner()
	}
	types := make([]*ir.Type, len(e.Args))
	for i, a := range e.Args {
		if types[i] = v.expr(a, s); types[i] == nil {
			return
		}
	}
	if err := e.Op.CheckTypes(types, e.T); err != nil {
		v.fault(e.Loc, "%v", err)
	}
}

func (v *verifier) let(e *ir.Let, s scope) {
	t := v.expr(e.Value, s.inner())
	if e.Local != nil && t != nil && e.Local.Type != t {
		v.fault(e.Loc, "local %s: expected type %s, found %s", e.Local.Name, e.Local.Type, t)
	}
	v.expect(e.Body, e.T, v.bind(s, e.Local, e.Loc))
}

func (v *verifier) make(e *ir.Make, s scope) {
	switch {
	case e.T.Kind == ir.StructKind && e.Variant == 0:
		v.expectAll(e, e.Args, e.T.Fields, s)
	case e.T.Kind == ir.SumKind && e.Variant >= 0 && e.Variant < len(e.T.Variants):
		v.expectAll(e, e.Args, e.T.Variants[e.Variant].Fields, s)
	default:
		v.fault(e.Loc, "type %s has no variant %d", e.T, e.Variant)
	}
}

// field checks that field i of struct st has type t.
func (v *verifier) field(e ir.Expr, st *ir.Type, i int, t *ir.Type) {
	switch {
	case st.Kind != ir.StructKind || i < 0 || i >= len(st.Fields):
		v.fault(e.Span(), "type %s has no field %d", st, i)
	case st.Fields[i].Type != t:
		v.fault(e.Span(), "field %s: expected type %s, found %s", st.Fields[i].Name, st.Fields[i].Type, t)
	}
}

// variant checks that x is a sum with variant i and returns it, or nil.
func (v *verifier) variant(e, x ir.Expr, i int, s scope) *ir.Variant {
	t := v.expr(x, s)
	if t == nil {
		return nil
	}
	if t.Kind != ir.SumKind || i < 0 || i >= len(t.Variants) {
		v.fault(e.Span(), "type %s has no variant %d", t, i)
		return nil
	}
	return &t.Variants[i]
}

func (v *verifier) payload(e *ir.Payload, s scope) {
	variant := v.variant(e, e.X, e.Variant, s)
	switch {
	case variant == nil:
	case e.Index < 0 || e.Index >= len(variant.Fields):
		v.fault(e.Loc, "variant %s has no field %d", variant.Name, e.Index)
	case variant.Fields[e.Index].Type != e.T:
		v.fault(e.Loc, "field %d of %s: expected type %s, found %s", e.Index, variant.Name, variant.Fields[e.Index].Type, e.T)
	}
}

func (v *verifier) call(e *ir.Call, s scope) {
	if e.Func == nil || !v.own[e.Func] {
		v.fault(e.Loc, "the function is not one of the system")
		return
	}
	if e.Func.Result != e.T {
		v.fault(e.Loc, "function %s: expected type %s, found %s", e.Func.Name, e.Func.Result, e.T)
	}
	fields := make([]ir.Field, len(e.Func.Params))
	for i, p := range e.Func.Params {
		fields[i] = ir.Field{Name: p.Name, Type: p.Type}
	}
	v.expectAll(e, e.Args, fields, s)
}

func (v *verifier) actionPred(e *ir.ActionPred, s scope) {
	switch {
	case e.Action == nil || !v.own[e.Action]:
		v.fault(e.Loc, "the action is not one of the system")
		return
	case !s.place.state:
		v.fault(e.Loc, "enabled(%s) is asked where only constants are known", e.Action.Name)
	case e.Taken && !s.place.taken:
		v.fault(e.Loc, "taken(%s) is asked where there is no step", e.Action.Name)
	}
	if e.T.Kind != ir.BoolKind {
		v.fault(e.Loc, "expected bool, found %s", e.T)
	}
	if !e.Any {
		v.arguments(e.Action, e.Args, s.inner(), e.Loc)
	}
}
