package profile

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
)

// Growing returns the assignments that can enlarge a variable again and again:
// its new value is made of its old one by an operator that yields values
// without end, and neither the guard of the action nor a bound of the model
// looks at it. That is a hint where to look, not a proof.
func Growing(sys *ir.System) []evidence.Growing {
	var out []evidence.Growing
	for _, a := range sys.Actions {
		watched := append(ir.Conjuncts(a.Guard), bounds(sys)...)
		ir.WalkBody(a.Body, func(t ir.Tree) bool {
			s, ok := t.(*ir.Assign)
			if !ok || s.Target.Var == nil || !enlarges(s) {
				return true
			}
			v := s.Target.Var
			known := func(g evidence.Growing) bool { return g.Var == v && g.Action == a }
			if !slices.ContainsFunc(watched, func(e ir.Expr) bool { return reads(e, v) }) && !slices.ContainsFunc(out, known) {
				out = append(out, evidence.Growing{Var: v, Action: a, Span: s.Span()})
			}
			return true
		})
	}
	return out
}

func bounds(sys *ir.System) []ir.Expr {
	var out []ir.Expr
	for _, b := range sys.Bounds {
		out = append(out, b.Cond)
	}
	return out
}

func reads(e ir.Expr, v *ir.Var) bool {
	found := false
	ir.Walk(e, func(t ir.Tree) bool {
		r, ok := t.(*ir.VarRef)
		found = found || ok && r.Var == v
		return !found
	})
	return found
}

// enlarges reports whether an assignment makes an unbounded value larger. A
// new key of a map with endlessly many keys does, too.
func enlarges(s *ir.Assign) bool {
	typ := s.Target.Root()
	for _, step := range s.Target.Path {
		if step.Index != nil && typ.Kind == ir.MapKind && !finite(typ.Key) {
			return true
		}
		typ = place(typ, step)
	}
	if finite(typ) {
		return false
	}
	found := false
	ir.Walk(s.Value, func(t ir.Tree) bool {
		if op, ok := t.(*ir.Apply); ok && grows[op.Op] {
			found = found || slices.ContainsFunc(op.Args, func(e ir.Expr) bool { return reads(e, s.Target.Var) })
		}
		return !found
	})
	return found
}

// place is the type of one place of a value.
func place(t *ir.Type, a ir.Access) *ir.Type {
	if a.Index == nil {
		return t.Fields[a.Field].Type
	}
	return t.Elem
}

func finite(t *ir.Type) bool {
	_, ok := ir.Card(t)
	return ok
}

// grows are the operators whose values may be larger than their operands.
var grows = map[ir.Op]bool{ir.Add: true, ir.Sub: true, ir.Mul: true, ir.Union: true, ir.BagAdd: true, ir.Concat: true, ir.Put: true}
