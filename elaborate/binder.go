package elaborate

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
)

func (s *scope) quant(e *ast.Quant) ir.Expr {
	b := s.b
	bs := s.binders(e.Binders)
	x := &ir.Bind{Node: node(b.t.Bool(), e.Span()), Binders: bs}
	switch e.Kind {
	case ast.Forall:
		x.Kind, x.Body = ir.Forall, s.condition(e.Body)
	case ast.Exists:
		x.Kind, x.Body = ir.Exists, s.condition(e.Body)
	case ast.Count:
		x.Kind, x.Body, x.T = ir.Count, s.condition(e.Body), b.t.Int()
	case ast.Sum:
		x.Kind, x.Body = ir.Sum, s.arithmetic(s.expr(e.Body, nil))
		x.T = x.Body.Type()
	case ast.Min:
		x.Kind, x.Body = ir.Min, s.expr(e.Body, nil)
		x.T = x.Body.Type()
	case ast.Max:
		x.Kind, x.Body = ir.Max, s.expr(e.Body, nil)
		x.T = x.Body.Type()
	}
	return x
}

func (s *scope) fold(e *ast.Fold, want *ir.Type) ir.Expr {
	t := s.own(e)
	if want != nil && ir.Converts(want, t) {
		t = s.b.join(want, t)
	}
	init := s.expr(e.Init, t)
	bs := s.binders(e.Binders)
	acc := s.bind(e.Acc, t)
	return &ir.Bind{Node: node(t, e.Span()), Kind: ir.Fold, Binders: bs, Acc: acc, Init: init, Body: s.expr(e.Body, t)}
}

func (s *scope) choose(e *ast.Choose) ir.Expr {
	bs := s.binders([]ast.Binder{e.Binder})
	if len(bs) != 1 {
		return s.b.bad(e.Span())
	}
	return &ir.Bind{Node: node(bs[0].Local.Type, e.Span()), Kind: ir.Choose, Binders: bs, Cond: s.condition(e.Where)}
}
