package elaborate

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/typecheck/types"
)

// match lowers a match expression: a chain of conditionals, the last arm
// without a test because the arms cover every case.
func (s *scope) match(e *ast.Match, want *ir.Type) ir.Expr {
	b := s.b
	if want == nil {
		want = s.own(e)
	}
	var patterns []ast.Pattern
	for _, arm := range e.Arms {
		patterns = append(patterns, arm.Pattern)
	}
	x := s.matched(e.X, patterns)
	if x.Type() == b.invalid || want == b.invalid {
		return b.bad(e.Span())
	}
	return b.sharing("m", x, func(x func() ir.Expr) ir.Expr {
		var chain ir.Expr
		for i := len(e.Arms) - 1; i >= 0; i-- {
			arm := e.Arms[i]
			body := s.armBody(arm, x, want)
			test := s.test(arm.Pattern, x)
			if chain == nil || test == nil {
				chain = body
				continue
			}
			chain = &ir.If{Node: node(want, e.Span()), Cond: test, Then: body, Else: chain}
		}
		if chain == nil {
			return b.bad(e.Span())
		}
		return chain
	})
}

// matched lowers what a match is of. Where the patterns leave variants out, its
// type has to exclude them.
func (s *scope) matched(e ast.Expr, patterns []ast.Pattern) ir.Expr {
	x := s.expr(e, nil)
	t := s.b.info.Types[e]
	if _, subset := t.(*types.Refined); !subset || x.Type().Kind != ir.SumKind {
		return x
	}
	left := len(x.Type().Variants)
	for _, p := range patterns {
		switch {
		case p.Wild && len(p.Or) == 0:
			return x
		case len(p.Or) > 0:
			left -= len(p.Or)
		default:
			left--
		}
	}
	if left > 0 {
		return s.stored(t, x)
	}
	return x
}

func (s *scope) armBody(arm ast.ExprArm, x func() ir.Expr, want *ir.Type) ir.Expr {
	type part struct {
		local *ir.Local
		value ir.Expr
	}
	var parts []part
	s.payload(arm.Pattern, x, func(id *ast.Ident, value ir.Expr) {
		parts = append(parts, part{s.bind(id, value.Type()), value})
	})
	body := s.expr(arm.Body, want)
	for i := len(parts) - 1; i >= 0; i-- {
		body = &ir.Let{Node: node(body.Type(), arm.Body.Span()), Local: parts[i].local, Value: parts[i].value, Body: body}
	}
	return body
}

// test returns the condition for a pattern to match x, nil if it always does.
func (s *scope) test(p ast.Pattern, x func() ir.Expr) ir.Expr {
	b, at := s.b, p.Span()
	switch {
	case p.Wild:
		return nil
	case len(p.Or) > 0:
		var any ir.Expr
		for _, alt := range p.Or {
			t := s.test(alt, x)
			switch {
			case t == nil:
				return nil
			case any == nil:
				any = t
			default:
				any = apply(ir.Or, b.t.Bool(), at, any, t)
			}
		}
		return any
	case p.Literal != nil:
		y, z, _ := b.agree(x(), s.lower(p.Literal, x().Type()))
		return apply(ir.Eq, b.t.Bool(), at, y, z)
	}
	i, ok := s.variantOf(p)
	if !ok {
		return nil
	}
	return &ir.Is{Node: node(b.t.Bool(), at), X: x(), Variant: i}
}

// variantOf returns the variant that a pattern names.
func (s *scope) variantOf(p ast.Pattern) (int, bool) {
	v, ok := s.b.info.Patterns[p.Name]
	switch {
	case !ok:
		if p.Name != nil {
			s.b.missing(p.Name, "variant")
		}
		return 0, false
	case v != nil:
		return v.Index, true
	}
	if n, ok := p.Name.(*ast.Name); ok && n.Name == "some" {
		return 1, true
	}
	return 0, true
}

// payload hands out the names that a pattern binds with their values.
func (s *scope) payload(p ast.Pattern, x func() ir.Expr, bind func(*ast.Ident, ir.Expr)) {
	if len(p.Binds) == 0 {
		return
	}
	i, ok := s.variantOf(p)
	t := x().Type()
	if !ok || t.Kind != ir.SumKind || i >= len(t.Variants) {
		return
	}
	for j, id := range p.Binds {
		fields := t.Variants[i].Fields
		if id.Name == "_" || j >= len(fields) {
			continue
		}
		bind(id, &ir.Payload{Node: node(fields[j].Type, id.Span()), X: x(), Variant: i, Index: j})
	}
}
