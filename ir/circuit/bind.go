package circuit

import "github.com/spec-lang/spec/ir"

// item is an element that a collection may have.
type item struct {
	on Lit
	v  val
}

// items are what a binder over v, a collection of t, binds, in order.
func (b *builder) items(v val, t *ir.Type) []item {
	var out []item
	constants := func(vs []ir.Value, on []Lit) {
		for i, e := range vs {
			if on[i] != False {
				out = append(out, item{on[i], b.lift(e, t.Elem)})
			}
		}
	}
	switch v := v.(type) {
	case *set:
		constants(v.elems, v.on)
	case *bag:
		constants(v.elems, b.present(v))
	case *sequence:
		for i, e := range v.elems {
			if on := b.less(fixed(int64(i)), v.len); on != False {
				out = append(out, item{on, e})
			}
		}
	}
	return out
}

func (b *builder) domain(f *frame, e ir.Expr) []item {
	v := b.eval(f, e)
	if b.err != nil {
		return nil
	}
	return b.items(v, e.Type())
}

// search is a walk through bindings. It ends where going is no longer true.
type search struct {
	*builder
	f       *frame
	binders []ir.Binder
	cond    ir.Expr
	going   Lit
	visit   func(on Lit)
}

// from walks through binder i and later ones; on is where the earlier ones
// have the elements that they are bound to.
func (s *search) from(i int, on Lit) {
	if i < len(s.binders) {
		s.each(i, on)
		return
	}
	if s.cond != nil {
		c := s.holds(s.f, s.cond)
		s.on(s.f, c, func() { s.visit(s.g.And(on, c)) })
		return
	}
	s.visit(on)
}

func (s *search) each(i int, on Lit) {
	bd := s.binders[i]
	for _, it := range s.domain(s.f, bd.Domain) {
		if s.err != nil {
			return
		}
		s.with(s.f, bd.Local, it.v, func() val {
			s.on(s.f, s.g.And(it.on, s.going), func() { s.from(i+1, s.g.And(on, it.on)) })
			return nil
		})
	}
}

func (b *builder) walk(f *frame, e *ir.Bind, visit func(s *search, on Lit)) {
	s := &search{builder: b, f: f, binders: e.Binders, cond: e.Cond, going: True}
	s.visit = func(on Lit) {
		if f.path != False {
			visit(s, b.g.And(on, s.going))
		}
	}
	s.from(0, True)
	b.at = e.Loc
}

func (b *builder) binding(f *frame, e *ir.Bind) val {
	switch e.Kind {
	case ir.Forall, ir.Exists:
		return b.quantifier(f, e)
	case ir.Count:
		var ls []Lit
		b.walk(f, e, func(_ *search, on Lit) { ls = append(ls, b.g.And(on, b.holds(f, e.Body))) })
		return b.tally(ls)
	case ir.Sum:
		total := fixed(0)
		b.walk(f, e, func(_ *search, on Lit) { total = b.add(total, b.muxNum(on, b.number1(f, e.Body), fixed(0))) })
		return total
	case ir.Min, ir.Max:
		return b.extremum(f, e)
	case ir.Choose:
		return b.choose(f, e)
	case ir.Fold:
		acc := b.eval(f, e.Init)
		b.walk(f, e, func(_ *search, on Lit) {
			acc = b.mux(on, b.with(f, e.Acc, acc, func() val { return b.eval(f, e.Body) }), acc)
		})
		return acc
	case ir.SetOf:
		out := &set{}
		b.walk(f, e, func(_ *search, on Lit) { out = b.insert(out, on, b.eval(f, e.Body), e.T.Elem) })
		return out
	case ir.SeqOf:
		out := &sequence{len: fixed(0)}
		b.walk(f, e, func(_ *search, on Lit) { out = b.push(out, on, b.eval(f, e.Body)) })
		return out
	case ir.FuncOf, ir.MapOf:
		return b.mapOf(f, e)
	}
	b.unsupported("a binder of a kind that circuits do not know")
	return nil
}

func (b *builder) quantifier(f *frame, e *ir.Bind) val {
	decided := False
	b.walk(f, e, func(s *search, on Lit) {
		v := b.holds(f, e.Body)
		if e.Kind == ir.Forall {
			v = v.Not()
		}
		decided = b.g.Or(decided, b.g.And(on, v))
		s.going = decided.Not()
	})
	if e.Kind == ir.Forall {
		return truth(decided.Not())
	}
	return truth(decided)
}

func (b *builder) extremum(f *frame, e *ir.Bind) val {
	var best val
	found := False
	b.walk(f, e, func(_ *search, on Lit) {
		n := b.number1(f, e.Body)
		if best == nil {
			best, found = n, on
			return
		}
		old := best.(*num)
		better := b.less(n, old)
		if e.Kind == ir.Max {
			better = b.less(old, n)
		}
		best = b.mux(b.g.And(on, b.g.Or(found.Not(), better)), n, old)
		found = b.g.Or(found, on)
	})
	b.fail(f, found.Not())
	return best
}

func (b *builder) choose(f *frame, e *ir.Bind) val {
	var chosen val
	found := False
	b.walk(f, e, func(s *search, on Lit) {
		chosen = b.mux(on, f.locals[e.Binders[0].Local], chosen)
		found = b.g.Or(found, on)
		s.going = found.Not()
	})
	b.fail(f, found.Not())
	return chosen
}

// push appends v to a sequence where on holds.
func (b *builder) push(q *sequence, on Lit, v val) *sequence {
	longer := b.concat(q, &sequence{fixed(1), []val{v}}).(*sequence)
	return b.mux(on, longer, q).(*sequence)
}

// mapOf evaluates FuncOf, whose key is the bound value, and MapOf.
func (b *builder) mapOf(f *frame, e *ir.Bind) val {
	m := &table{}
	b.walk(f, e, func(_ *search, on Lit) {
		key, t := f.locals[e.Binders[0].Local], e.Binders[0].Local.Type
		if e.Kind == ir.MapOf {
			key, t = b.eval(f, e.Key), e.T.Key
		}
		v := b.eval(f, e.Body)
		if e.Kind == ir.MapOf {
			b.fail(f, b.clash(m, key, t, v))
		}
		m = b.put(m, key, t, v, on)
	})
	return m
}

// clash is where m has another value than v at key.
func (b *builder) clash(m *table, key val, t *ir.Type, v val) Lit {
	bad := False
	for i, k := range m.keys {
		at := b.g.And(m.on[i], b.equal(key, b.lift(k, t)))
		if at != False {
			bad = b.g.Or(bad, b.g.And(at, b.equal(m.vals[i], v).Not()))
		}
	}
	return bad
}
