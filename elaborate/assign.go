package elaborate

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

func (f *flow) assign(st *ast.Assign) []ir.Stmt {
	target, ok := f.s.target(st.Target)
	if !ok {
		return nil
	}
	t := target.Type()
	value := f.s.b.convert(f.s.assigned(st, t), t)
	if typ, ok := f.s.b.info.Types[st.Target]; ok {
		value = f.s.stored(typ, value)
	}
	return []ir.Stmt{&ir.Assign{Pos: ir.Pos{Loc: st.Span()}, Target: target, Value: value}}
}

// assigned lowers the new value of the target, which has type t.
func (s *scope) assigned(st *ast.Assign, t *ir.Type) ir.Expr {
	b, at := s.b, st.Span()
	if st.Op == ast.Set {
		return s.expr(st.Value, t)
	}
	now := s.expr(st.Target, nil)
	switch st.Op {
	case ast.AddSet, ast.SubSet:
		return s.addition(st, now, t)
	case ast.UnionSet:
		return apply(ir.Union, t, at, now, s.expr(st.Value, t))
	case ast.InterSet:
		x, y, wide := b.agree(now, s.lower(st.Value, t))
		return apply(ir.Inter, wide, at, x, y)
	case ast.ConcatSet:
		if t.Kind != ir.SeqKind {
			return apply(ir.Concat, t, at, now, s.expr(st.Value, t))
		}
		any := b.t.Seq(t.Elem, -1)
		return apply(ir.Concat, any, at, b.convert(now, any), s.expr(st.Value, any))
	}
	return b.bad(at)
}

// addition lowers `+=` and `-=`: on numbers, or of one element of a set or
// bag, or of a set of elements.
func (s *scope) addition(st *ast.Assign, now ir.Expr, t *ir.Type) ir.Expr {
	b, at, add := s.b, st.Span(), st.Op == ast.AddSet
	one := (t.Kind == ir.SetKind || t.Kind == ir.BagKind) && ir.Converts(s.lower(st.Value, nil).Type(), t.Elem)
	switch {
	case t == b.invalid:
		return b.bad(at)
	case t.Kind == ir.SetKind && add && one:
		return apply(ir.Union, t, at, now, apply(ir.SetLit, t, st.Value.Span(), s.expr(st.Value, t.Elem)))
	case t.Kind == ir.SetKind && add:
		return apply(ir.Union, t, at, now, s.expr(st.Value, t))
	case t.Kind == ir.BagKind && add && one:
		return apply(ir.BagAdd, t, at, now, apply(ir.BagLit, t, st.Value.Span(), s.expr(st.Value, t.Elem)))
	case t.Kind == ir.BagKind && add:
		return apply(ir.BagAdd, t, at, now, s.expr(st.Value, t))
	case t.Kind == ir.SetKind:
		return s.without(st, now, ir.Diff, ir.SetLit, b.t.Set, one)
	case t.Kind == ir.BagKind:
		return s.without(st, now, ir.BagSub, ir.BagLit, b.t.Bag, one)
	}
	op := ir.Sub
	if add {
		op = ir.Add
	}
	x, y := s.arithmetic(now), s.arithmetic(s.lower(st.Value, nil))
	return apply(op, b.timeType(op, x.Type(), y.Type()), at, x, y)
}

// without lowers the removal of elements, which need not be of the element
// type: nothing is stored.
func (s *scope) without(st *ast.Assign, now ir.Expr, op, lit ir.Op, of func(*ir.Type) *ir.Type, one bool) ir.Expr {
	b := s.b
	y := s.lower(st.Value, nil)
	if y.Type() == b.invalid {
		return y
	}
	if one {
		y = apply(lit, of(y.Type()), st.Value.Span(), y)
	}
	x, y, t := b.agree(now, y)
	return apply(op, t, st.Span(), x, y)
}

// target lowers the left side of an assignment.
func (s *scope) target(e ast.Expr) (ir.Target, bool) {
	switch e := e.(type) {
	case *ast.Paren:
		return s.target(e.X)
	case *ast.Index:
		return s.indexTarget(e)
	case *ast.Name:
		return s.rootTarget(e, nil)
	case *ast.Select:
		f := s.b.info.Fields[e]
		if f == nil {
			return s.rootTarget(e, e.X)
		}
		t, ok := s.target(e.X)
		if !ok || t.Type() == s.b.invalid {
			return t, false
		}
		if t.Type().Kind != ir.StructKind {
			break
		}
		t.Path = append(t.Path, ir.Access{Field: f.Index})
		t.Span = e.Span()
		return t, true
	}
	s.b.missing(e, "place to assign")
	return ir.Target{}, false
}

func (s *scope) indexTarget(e *ast.Index) (ir.Target, bool) {
	t, ok := s.target(e.X)
	if !ok || t.Type() == s.b.invalid {
		return t, false
	}
	k := s.b.t.Int()
	if typ := t.Type(); typ.Kind == ir.FuncKind || typ.Kind == ir.MapKind {
		k = typ.Key
	}
	t.Path = append(t.Path, ir.Access{Index: s.expr(e.I, k)})
	t.Span = e.Span()
	return t, true
}

// rootTarget lowers a whole variable; of is the process instance that it
// belongs to, where that is written.
func (s *scope) rootTarget(e, of ast.Expr) (ir.Target, bool) {
	b, at := s.b, e.Span()
	in, obj := s.resolve(e)
	switch obj := obj.(type) {
	case *types.Var:
		v := b.vars[key{in, obj}]
		return ir.Target{Var: v, Span: at}, v != nil
	case *types.ProcessVar:
		who := s.selfRef(e)
		if of != nil {
			var p *process
			if p, who = s.processOf(of, b.info.Paths[e]); p != nil {
				in = p.in
			}
		}
		v := b.vars[key{in, obj}]
		t := ir.Target{Var: v, Span: at}
		if who != nil {
			t.Path = []ir.Access{{Index: who}}
		}
		return t, v != nil
	case *types.Local:
		if l := s.locals[obj]; l != nil {
			return ir.Target{Local: l, Span: at}, true
		}
		if s.step != "" {
			b.lostAtLabel(e, obj, s.step)
			return ir.Target{}, false
		}
	}
	b.missing(e, "place to assign")
	return ir.Target{}, false
}
