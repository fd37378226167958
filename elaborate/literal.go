package elaborate

import (
	"math/big"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
)

func (s *scope) setLit(e *ast.SetLit, want *ir.Type) ir.Expr {
	t := s.like(e, want)
	switch t.Kind {
	case ir.SetKind:
		return apply(ir.SetLit, t, e.Span(), s.each(e.Elems, t.Elem)...)
	case ir.BagKind:
		return apply(ir.BagLit, t, e.Span(), s.each(e.Elems, t.Elem)...)
	case ir.MapKind:
		return apply(ir.MapLit, t, e.Span())
	case ir.SeqKind:
		return apply(ir.SeqLit, t, e.Span(), s.each(e.Elems, t.Elem)...)
	}
	return s.b.bad(e.Span())
}

func (s *scope) seqLit(e *ast.SeqLit, want *ir.Type) ir.Expr {
	if want != nil && want.Kind == ir.SetKind {
		want = s.b.t.Seq(want.Elem, -1) // of `x in [a, b]`
	}
	t := s.like(e, want)
	if t.Kind != ir.SeqKind {
		return s.b.bad(e.Span())
	}
	if t.Max >= 0 && len(e.Elems) > t.Max {
		t = s.b.t.Seq(t.Elem, -1)
	}
	return apply(ir.SeqLit, t, e.Span(), s.each(e.Elems, t.Elem)...)
}

func (s *scope) each(es []ast.Expr, t *ir.Type) []ir.Expr {
	out := make([]ir.Expr, len(es))
	for i, e := range es {
		out[i] = s.expr(e, t)
	}
	return out
}

func (s *scope) mapLit(e *ast.MapLit, want *ir.Type) ir.Expr {
	b, at := s.b, e.Span()
	t := s.like(e, want)
	switch t.Kind {
	case ir.MapKind:
		var args []ir.Expr
		for _, entry := range e.Entries {
			args = append(args, s.expr(entry.Key, t.Key), s.expr(entry.Value, t.Elem))
		}
		return apply(ir.MapLit, t, at, args...)
	case ir.FuncKind:
	default:
		return b.bad(at)
	}
	rest, def := e.Entries, e.Default
	if def == nil {
		if !s.coversKeys(e, t.Key) {
			return b.bad(at)
		}
		def, rest = rest[0].Value, rest[1:]
	}
	x := apply(ir.ConstFunc, t, at, s.expr(def, t.Elem))
	for _, entry := range rest {
		x = apply(ir.Put, t, at, x, s.expr(entry.Key, t.Key), s.expr(entry.Value, t.Elem))
	}
	return x
}

// coversKeys reports whether the entries of a function without a default give
// a value for every key, once.
func (s *scope) coversKeys(e *ast.MapLit, k *ir.Type) bool {
	n, ok := ir.Card(k)
	if !ok {
		s.b.infinite(e, k)
		return false
	}
	markSized(k)
	var keys []ir.Value
	for _, entry := range e.Entries {
		v, ok := s.b.evaluate(s.expr(entry.Key, k))
		if !ok {
			return false
		}
		keys = append(keys, v)
	}
	if given := len(ir.MakeSet(keys).Elems); big.NewInt(int64(given)).Cmp(n) != 0 || given != len(e.Entries) {
		s.b.missing(e, "value for some key")
		return false
	}
	return len(e.Entries) > 0
}

// binders lowers binders, one for each name.
func (s *scope) binders(bs []ast.Binder) []ir.Binder {
	var out []ir.Binder
	for _, bi := range bs {
		for _, id := range bi.Names {
			domain := s.expr(bi.Domain, nil)
			out = append(out, ir.Binder{Local: s.bind(id, domain.Type().Elem), Domain: domain})
		}
	}
	return out
}

func (s *scope) setComp(e *ast.SetComp, want *ir.Type) ir.Expr {
	bs, cond := s.binders(e.Binders), s.condition(e.Cond)
	body := s.expr(e.Elem, elemOf(want, ir.SetKind))
	if body.Type() == s.b.invalid {
		return body
	}
	return &ir.Bind{Node: node(s.b.t.Set(body.Type()), e.Span()), Kind: ir.SetOf, Binders: bs, Cond: cond, Body: body}
}

func (s *scope) seqComp(e *ast.SeqComp, want *ir.Type) ir.Expr {
	bs, cond := s.binders(e.Binders), s.condition(e.Cond)
	body := s.expr(e.Elem, elemOf(want, ir.SeqKind))
	if body.Type() == s.b.invalid {
		return body
	}
	return &ir.Bind{Node: node(s.b.t.Seq(body.Type(), -1), e.Span()), Kind: ir.SeqOf, Binders: bs, Cond: cond, Body: body}
}

// elemOf returns the element type of want if it is of the kind, else nil.
func elemOf(want *ir.Type, kind ir.Kind) *ir.Type {
	if want != nil && want.Kind == kind {
		return want.Elem
	}
	return nil
}

func (s *scope) mapComp(e *ast.MapComp, want *ir.Type) ir.Expr {
	t := s.like(e, want)
	switch t.Kind {
	case ir.FuncKind:
		return s.funcComp(e, t)
	case ir.MapKind:
		bs, cond := s.binders(e.Binders), s.condition(e.Cond)
		return &ir.Bind{Node: node(t, e.Span()), Kind: ir.MapOf, Binders: bs, Cond: cond,
			Key: s.expr(e.Key, t.Key), Body: s.expr(e.Value, t.Elem)}
	}
	return s.b.bad(e.Span())
}

// funcComp lowers `{k: e for k in K}` where a total function is expected. The
// key is the name of the binder and the domain is all there is of the key
// type.
func (s *scope) funcComp(e *ast.MapComp, t *ir.Type) ir.Expr {
	b, at := s.b, e.Span()
	bs := s.binders(e.Binders)
	if e.Cond != nil || len(bs) != 1 || !b.covers(bs[0].Domain, t.Key) {
		b.missing(e, "value for some key")
		return b.bad(at)
	}
	if k, ok := s.expr(e.Key, nil).(*ir.LocalRef); !ok || k.Local != bs[0].Local {
		b.missing(e, "value for some key")
		return b.bad(at)
	}
	bs[0].Local.Type = t.Key
	bs[0].Domain = b.universe(t.Key, bs[0].Domain.Span())
	return &ir.Bind{Node: node(t, at), Kind: ir.FuncOf, Binders: bs, Body: s.expr(e.Value, t.Elem)}
}

// covers reports whether domain has every value of t.
func (b *builder) covers(domain ir.Expr, t *ir.Type) bool {
	if domain.Type() == b.invalid || t == b.invalid {
		return true
	}
	if a, ok := domain.(*ir.Apply); ok && a.Op == ir.Universe && a.T.Elem == t {
		return true
	}
	n, ok := ir.Card(t)
	if !ok || domain.Type().Kind != ir.SetKind || !ir.Closed(domain) {
		return false
	}
	v, ok := b.evaluate(domain)
	if !ok {
		return b.diags.HasErrors()
	}
	sized(domain)
	set, ok := v.(ir.SetValue)
	return ok && n.IsInt64() && int64(len(set.Elems)) == n.Int64() && (len(set.Elems) == 0 || ir.Fits(v, b.t.Set(t)))
}
