package elaborate

import (
	"math/big"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// declareConstants gives every constant of every machine its value. Constants
// of modules are made when they are read, so that a model binds only what its
// machine needs.
func (b *builder) declareConstants() {
	for _, in := range b.all {
		for _, obj := range in.machine.Params {
			if c, ok := obj.(*types.Const); ok {
				b.constant(in, c)
			}
		}
		for _, obj := range in.machine.Order {
			if c, ok := obj.(*types.Const); ok {
				b.constant(in, c)
			}
		}
	}
}

// constant returns the constant obj as it is in its instance, or nil if it
// has no value.
func (b *builder) constant(in *instance, obj *types.Const) *ir.Const {
	in = b.home(in, obj)
	k := key{in, obj}
	if c, ok := b.consts[k]; ok {
		return c
	}
	if b.busy[k] {
		b.boundToItself(in, obj)
		return nil
	}
	b.busy[k] = true
	defer delete(b.busy, k)
	b.consts[k] = b.newConstant(in, obj)
	return b.consts[k]
}

func (b *builder) newConstant(in *instance, obj *types.Const) *ir.Const {
	value, from := ast.Expr(nil), in
	if bind, ok := in.bound[obj]; ok && bind.value != nil {
		value, from = bind.value, bind.in
	} else if obj.Decl != nil {
		value = obj.Decl.Value
	}
	if value == nil {
		b.unbound(obj.Span(), "constant "+in.path(obj.Name()))
		return nil
	}
	t := b.scope(in).typ(obj.Type())
	x := b.scope(in).stored(obj.Type(), b.scope(from).expr(value, t))
	v, ok := b.evaluate(x)
	if !ok {
		return nil
	}
	if !mentionsSort(t) {
		sized(x)
	}
	c := &ir.Const{Name: b.unique(in.prefix+obj.Name(), obj), Type: t, Value: v, Span: obj.Span()}
	b.sys.Consts = append(b.sys.Consts, c)
	return c
}

// evaluate computes a closed expression.
func (b *builder) evaluate(x ir.Expr) (ir.Value, bool) {
	if b.diags.HasErrors() {
		return nil, false
	}
	if lit, ok := x.(*ir.Lit); ok {
		return lit.Value, true
	}
	v, err := eval.Expr(x, &eval.Env{})
	if err != nil {
		b.constantFails(x, err)
		return nil, false
	}
	return v, true
}

// constInt computes a closed integer expression.
func (s *scope) constInt(e ast.Expr) (*big.Int, bool) {
	if lit, ok := e.(*ast.IntLit); ok {
		return lit.Value, true
	}
	x := s.expr(e, s.b.t.Int())
	v, ok := s.b.evaluate(x)
	if !ok {
		return nil, false
	}
	sized(x)
	n, ok := v.(ir.Int)
	return n.Int, ok
}

// sized notes the sorts that x was computed from: its value, which is part of a
// type or is a constant, is another one for other sizes. Constants that hold
// elements are not noted: a proof takes them as whatever `assume` allows.
func sized(x ir.Expr) {
	called := map[*ir.Func]bool{}
	var visit func(t ir.Tree) bool
	visit = func(t ir.Tree) bool {
		if x, ok := t.(ir.Expr); ok {
			markSized(x.Type())
		}
		if c, ok := t.(*ir.Call); ok && !called[c.Func] {
			called[c.Func] = true
			if c.Func.Value != nil {
				ir.Walk(c.Func.Value, visit)
			}
			ir.WalkBody(c.Func.Body, visit)
		}
		return true
	}
	ir.Walk(x, visit)
}

func markSized(t *ir.Type) {
	if t.Kind == ir.SortKind {
		t.Sort.Sized = true
		return
	}
	t.Parts(markSized)
}

func mentionsSort(t *ir.Type) bool {
	found := t.Kind == ir.SortKind
	t.Parts(func(p *ir.Type) { found = found || mentionsSort(p) })
	return found
}
