package verify

import "github.com/spec-lang/spec/ir"

// domain checks a collection whose elements are bound to l, and reports
// whether it is one.
func (v *verifier) domain(e ir.Expr, l *ir.Local, s scope) bool {
	t := v.expr(e, s.inner())
	switch {
	case t == nil || l == nil:
		return false
	case t.Kind != ir.SetKind && t.Kind != ir.BagKind && t.Kind != ir.SeqKind:
		v.fault(e.Span(), "expected a set, bag or sequence to choose from, found %s", t)
		return false
	case t.Elem != l.Type:
		v.fault(e.Span(), "local %s: expected type %s, found %s", l.Name, t.Elem, l.Type)
		return false
	}
	return true
}

// shapes says which parts the kinds of Bind have.
var shapes = map[ir.BindKind]struct {
	one, cond, key, body, acc bool // one binder only; may have Cond; must have the others
	result                    func(t, body *ir.Type, e *ir.Bind) bool
}{
	ir.Forall: {cond: true, body: true, result: isBool},
	ir.Exists: {cond: true, body: true, result: isBool},
	ir.Count:  {cond: true, body: true, result: func(t, body *ir.Type, _ *ir.Bind) bool { return t.Kind == ir.IntKind && body.Kind == ir.BoolKind }},
	ir.Sum: {cond: true, body: true, result: func(t, body *ir.Type, _ *ir.Bind) bool {
		return t == body && (t.Kind == ir.IntKind || t.Kind == ir.DurationKind)
	}},
	ir.Min:  {cond: true, body: true, result: isOrdered},
	ir.Max:  {cond: true, body: true, result: isOrdered},
	ir.Fold: {cond: true, body: true, acc: true, result: func(t, body *ir.Type, e *ir.Bind) bool { return t == body && e.Acc.Type == t }},
	ir.Choose: {one: true, cond: true, result: func(t, _ *ir.Type, e *ir.Bind) bool {
		return e.Binders[0].Local.Type == t
	}},
	ir.SetOf: {cond: true, body: true, result: func(t, body *ir.Type, _ *ir.Bind) bool { return t.Kind == ir.SetKind && t.Elem == body }},
	ir.SeqOf: {cond: true, body: true, result: func(t, body *ir.Type, e *ir.Bind) bool {
		for _, b := range e.Binders { // only a sequence has an order that means something
			if b.Domain.Type().Kind != ir.SeqKind {
				return false
			}
		}
		return t.Kind == ir.SeqKind && t.Elem == body && t.Max < 0
	}},
	ir.FuncOf: {one: true, body: true, result: func(t, body *ir.Type, e *ir.Bind) bool {
		d, ok := e.Binders[0].Domain.(*ir.Apply)
		return ok && d.Op == ir.Universe && t.Kind == ir.FuncKind && t.Elem == body && t.Key == e.Binders[0].Local.Type
	}},
	ir.MapOf: {cond: true, body: true, key: true, result: func(t, body *ir.Type, e *ir.Bind) bool {
		return t.Kind == ir.MapKind && t.Elem == body && t.Key == e.Key.Type()
	}},
}

func isBool(t, body *ir.Type, _ *ir.Bind) bool { return t == body && t.Kind == ir.BoolKind }

func isOrdered(t, body *ir.Type, _ *ir.Bind) bool {
	return t == body && (t.IsNumeric() || t.Kind == ir.SortKind && t.Sort.Order == ir.Ordered)
}

func (v *verifier) binding(e *ir.Bind, s scope) {
	shape, ok := shapes[e.Kind]
	switch {
	case !ok:
		v.fault(e.Loc, "a binder of an unknown kind")
		return
	case len(e.Binders) == 0 || shape.one && len(e.Binders) > 1:
		v.fault(e.Loc, "a binder binds %d names", len(e.Binders))
		return
	case e.Cond != nil && !shape.cond, (e.Key != nil) != shape.key, (e.Body != nil) != shape.body,
		(e.Acc != nil) != shape.acc, (e.Init != nil) != shape.acc:
		v.fault(e.Loc, "a binder has a part too many or too few")
		return
	}
	if shape.acc {
		v.expect(e.Init, e.T, s.inner())
	}
	whole := true // the parts are worth comparing
	for _, b := range e.Binders {
		whole = v.domain(b.Domain, b.Local, s) && whole
		s = v.bind(s, b.Local, e.Loc)
	}
	if e.Cond != nil {
		v.condition(e.Cond, s.inner())
	}
	if shape.key {
		whole = v.expr(e.Key, s.inner()) != nil && whole
	}
	if shape.acc {
		s = v.bind(s, e.Acc, e.Loc)
	}
	var body *ir.Type
	if shape.body {
		if e.Kind != ir.Forall && e.Kind != ir.Exists {
			s = s.inner()
		}
		body = v.expr(e.Body, s)
		whole = whole && body != nil
	}
	if whole && !shape.result(e.T, body, e) {
		v.fault(e.Loc, "a binder of type %s over a body of type %s", e.T, typeName(body))
	}
}

func typeName(t *ir.Type) string {
	if t == nil {
		return "none"
	}
	return t.String()
}
