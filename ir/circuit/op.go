package circuit

import (
	"slices"

	"github.com/spec-lang/spec/ir"
)

// apply evaluates an operator: the lazy ones here, the others by the table
// strict.
func (b *builder) apply(f *frame, e *ir.Apply) val {
	switch e.Op {
	case ir.And, ir.Or, ir.Implies:
		return truth(b.connective(f, e))
	case ir.In:
		x := b.eval(f, e.Args[0])
		return truth(b.member(f, x, e.Args[0].Type(), e.Args[1]))
	}
	if ir.Ops[e.Op].Temporal {
		b.unsupported(e.Op.String() + " in a condition on states")
		return nil
	}
	vs := b.evalAll(f, e.Args)
	b.at = e.Loc
	do := strict[e.Op]
	switch {
	case b.err != nil:
		return nil
	case do == nil:
		b.unsupported("the operator " + e.Op.String())
		return nil
	}
	return do(application{b, f, e, vs})
}

func (b *builder) connective(f *frame, e *ir.Apply) Lit {
	x := b.holds(f, e.Args[0])
	when := x
	if e.Op == ir.Or {
		when = x.Not()
	}
	y := False
	b.on(f, when, func() { y = b.holds(f, e.Args[1]) })
	switch e.Op {
	case ir.And:
		return b.g.And(x, y)
	case ir.Or:
		return b.g.Or(x, y)
	}
	return b.g.Or(x.Not(), y)
}

// member reports whether x, of type t, is in the collection e, without
// listing what may be huge.
func (b *builder) member(f *frame, x val, t *ir.Type, e ir.Expr) Lit {
	if a, ok := e.(*ir.Apply); ok {
		switch a.Op {
		case ir.Universe:
			return b.fits(x, t, a.T.Elem)
		case ir.Interval:
			ends := b.evalAll(f, a.Args)
			n := x.(*num)
			return b.g.And(b.less(n, ends[0].(*num)).Not(), b.less(ends[1].(*num), n).Not())
		case ir.Powerset:
			return b.subset(x.(*set), b.eval(f, a.Args[0]).(*set))
		}
	}
	c := b.eval(f, e)
	if b.err != nil {
		return False
	}
	switch c := c.(type) {
	case *set:
		return b.among(x, t, c.elems, c.on)
	case *table:
		return b.among(x, t, c.keys, c.on)
	case *bag:
		return b.among(x, t, c.elems, b.present(c))
	}
	in := False
	q := c.(*sequence)
	for i, y := range q.elems {
		in = b.g.Or(in, b.g.And(b.less(fixed(int64(i)), q.len), b.equal(x, y)))
	}
	return in
}

// fits reports whether x, of type from, is a value of to.
func (b *builder) fits(x val, from, to *ir.Type) Lit {
	if from == to {
		return True
	}
	g := newFrame(nil)
	b.convert(g, x, from, to)
	return g.errs.Not()
}

func (b *builder) present(g *bag) []Lit {
	out := make([]Lit, len(g.elems))
	for i, n := range g.counts {
		out[i] = b.is(n, 0).Not()
	}
	return out
}

func (b *builder) among(x val, t *ir.Type, elems []ir.Value, on []Lit) Lit {
	in := False
	for i, e := range elems {
		in = b.g.Or(in, b.g.And(on[i], b.equal(x, b.lift(e, t))))
	}
	return in
}

func (b *builder) subset(x, y *set) Lit {
	all := True
	merge(x.elems, y.elems, func(_ ir.Value, i, j int) { all = b.g.And(all, b.g.And(at(x.on, i), at(y.on, j).Not()).Not()) })
	return all
}

// insert adds the values that v, of type t, may have to a set, where on.
func (b *builder) insert(s *set, on Lit, v val, t *ir.Type) *set {
	add := &set{}
	cs := b.cases(v, t)
	slices.SortFunc(cs, func(x, y choice) int { return ir.Compare(x.v, y.v) })
	for _, c := range cs {
		add.elems, add.on = append(add.elems, c.v), append(add.on, b.g.And(on, c.on))
	}
	return b.combine(s, add, b.g.Or)
}

// application is an operator with the values of its operands.
type application struct {
	*builder
	f *frame
	e *ir.Apply
	v []val
}

func (a application) truth(i int) Lit    { return a.v[i].(*boolean).is }
func (a application) num(i int) *num     { return a.v[i].(*num) }
func (a application) set(i int) *set     { return a.v[i].(*set) }
func (a application) typ(i int) *ir.Type { return a.e.Args[i].Type() }

func divided(which func(q, r *num) *num) func(application) val {
	return func(a application) val {
		a.fail(a.f, a.is(a.num(1), 0))
		return which(a.divide(a.num(0), a.num(1)))
	}
}

// strict is the evaluation of the operators that evaluate all operands first.
var strict = [...]func(application) val{
	ir.Not: func(a application) val { return truth(a.truth(0).Not()) },
	ir.Iff: func(a application) val { return truth(a.g.Iff(a.truth(0), a.truth(1))) },
	ir.Eq:  func(a application) val { return truth(a.equal(a.v[0], a.v[1])) },
	ir.Ne:  func(a application) val { return truth(a.equal(a.v[0], a.v[1]).Not()) },
	ir.Neg: func(a application) val { return a.sub(fixed(0), a.num(0)) },
	ir.Add: func(a application) val { return a.add(a.num(0), a.num(1)) },
	ir.Sub: func(a application) val { return a.sub(a.num(0), a.num(1)) },
	ir.Mul: func(a application) val { return a.mul(a.num(0), a.num(1)) },
	ir.Div: divided(func(q, _ *num) *num { return q }),
	ir.Mod: divided(func(_, r *num) *num { return r }),
	ir.Lt:  func(a application) val { return truth(a.less(a.num(0), a.num(1))) },
	ir.Le:  func(a application) val { return truth(a.less(a.num(1), a.num(0)).Not()) },
	ir.Gt:  func(a application) val { return truth(a.less(a.num(1), a.num(0))) },
	ir.Ge:  func(a application) val { return truth(a.less(a.num(0), a.num(1)).Not()) },

	ir.Next: func(a application) val { return a.neighbour(1) },
	ir.Prev: func(a application) val { return a.neighbour(-1) },

	ir.Universe: func(a application) val {
		u := a.universe(a.e.T.Elem)
		return &set{u, slices.Repeat([]Lit{True}, len(u))}
	},
	ir.Interval: func(a application) val { return a.interval(a.num(0), a.num(1)) },
	ir.SetLit: func(a application) val {
		s := &set{}
		for _, v := range a.v {
			s = a.insert(s, True, v, a.e.T.Elem)
		}
		return s
	},
	ir.Subset: func(a application) val { return truth(a.subset(a.set(0), a.set(1))) },
	ir.Union:  func(a application) val { return a.combine(a.set(0), a.set(1), a.g.Or) },
	ir.Inter:  func(a application) val { return a.combine(a.set(0), a.set(1), a.g.And) },
	ir.Diff: func(a application) val {
		return a.combine(a.set(0), a.set(1), func(p, q Lit) Lit { return a.g.And(p, q.Not()) })
	},
	ir.Powerset: func(a application) val { return a.powerset(a.set(0)) },
	ir.Len:      func(a application) val { return a.length(a.v[0]) },
	ir.ToSet:    func(a application) val { return a.toSet(a.v[0], a.typ(0)) },
	ir.BagLit: func(a application) val {
		g := &bag{}
		for _, v := range a.v {
			g = a.combineBags(g, a.single(v, a.e.T.Elem), a.add)
		}
		return g
	},
	ir.BagAdd: func(a application) val { return a.combineBags(a.v[0].(*bag), a.v[1].(*bag), a.add) },
	ir.BagSub: func(a application) val {
		return a.combineBags(a.v[0].(*bag), a.v[1].(*bag), func(p, q *num) *num {
			d := a.sub(p, q)
			return a.narrow(a.muxNum(a.less(p, q), fixed(0), d), 0, p.hi)
		})
	},
	ir.CountOf:   func(a application) val { return a.occurrences(a.v[0], a.v[1], a.typ(1)) },
	ir.ConstFunc: func(a application) val { return a.constFunc() },
	ir.MapLit: func(a application) val {
		m := &table{}
		for i := 0; i+1 < len(a.v); i += 2 {
			m = a.put(m, a.v[i], a.e.T.Key, a.v[i+1], True)
		}
		return m
	},
	ir.Get: func(a application) val { return a.get(a.f, a.v[0], a.typ(0), a.v[1]) },
	ir.Put: func(a application) val { return a.putAt(a.f, a.v[0], a.e.T, a.v[1], a.v[2]) },
	ir.RemoveKey: func(a application) val {
		m := a.v[0].(*table)
		out := &table{keys: m.keys, vals: m.vals}
		for i, k := range m.keys {
			out.on = append(out.on, a.g.And(m.on[i], a.equal(a.v[1], a.lift(k, a.typ(0).Key)).Not()))
		}
		return out
	},
	ir.Keys: func(a application) val {
		m := a.v[0].(*table)
		return &set{m.keys, m.on}
	},
	ir.SeqLit: func(a application) val { return &sequence{fixed(int64(len(a.v))), a.v} },
	ir.Concat: func(a application) val { return a.concat(a.v[0].(*sequence), a.v[1].(*sequence)) },
	ir.Slice:  func(a application) val { return a.slice(a.v[0].(*sequence), a.num(1), a.num(2)) },
	ir.EU:     nil, // the last operator: the table is as long as ir.Ops
}

func (a application) neighbour(by int64) val {
	s, x := a.e.T.Sort, a.num(0)
	n := int64(len(s.Elems))
	end, start := n-1, int64(0)
	if by < 0 {
		end, start = 0, n-1
	}
	last := a.is(x, end)
	if s.Order != ir.Ring {
		a.fail(a.f, last)
		return a.narrow(a.add(x, fixed(by)), 0, n-1)
	}
	return a.muxNum(last, fixed(start), a.narrow(a.muxNum(last, fixed(start), a.add(x, fixed(by))), 0, n-1))
}

func (b *builder) interval(lo, hi *num) val {
	s := &set{}
	if hi.hi-lo.lo >= maxCases {
		b.unsupported("an interval of more than 4096 integers")
		return s
	}
	for n := lo.lo; n <= hi.hi; n++ {
		c := fixed(n)
		if on := b.g.And(b.less(c, lo).Not(), b.less(hi, c).Not()); on != False {
			s.elems, s.on = append(s.elems, ir.NewInt(n)), append(s.on, on)
		}
	}
	return s
}

func (b *builder) powerset(s *set) val {
	rows := b.sublists(len(s.elems), func(i int, before Lit) []row {
		return []row{{before, nil}, {b.g.And(before, s.on[i]), []ir.Value{s.elems[i]}}}
	})
	slices.SortFunc(rows, func(x, y row) int { return ir.Compare(ir.SetValue{Elems: x.vs}, ir.SetValue{Elems: y.vs}) })
	out := &set{}
	for _, r := range rows {
		out.elems, out.on = append(out.elems, ir.SetValue{Elems: r.vs}), append(out.on, r.on)
	}
	return out
}

func (b *builder) length(v val) *num {
	switch v := v.(type) {
	case *set:
		return b.tally(v.on)
	case *table:
		return b.tally(v.on)
	case *bag:
		n := fixed(0)
		for _, c := range v.counts {
			n = b.add(n, c)
		}
		return n
	case *sequence:
		return v.len
	}
	b.unsupported("strings")
	return fixed(0)
}

func (b *builder) toSet(v val, t *ir.Type) val {
	if g, ok := v.(*bag); ok {
		return &set{g.elems, b.present(g)}
	}
	s, q := &set{}, v.(*sequence)
	for i, e := range q.elems {
		s = b.insert(s, b.less(fixed(int64(i)), q.len), e, t.Elem)
	}
	return s
}

// single is the bag of one value.
func (b *builder) single(v val, t *ir.Type) *bag {
	s, g := b.insert(&set{}, True, v, t), &bag{}
	g.elems = s.elems
	for _, on := range s.on {
		g.counts = append(g.counts, b.digit(on))
	}
	return g
}

func (b *builder) occurrences(in, v val, t *ir.Type) *num {
	total := fixed(0)
	switch in := in.(type) {
	case *bag:
		for i, e := range in.elems {
			total = b.muxNum(b.equal(v, b.lift(e, t)), in.counts[i], total)
		}
	case *sequence:
		var ls []Lit
		for i, e := range in.elems {
			ls = append(ls, b.g.And(b.less(fixed(int64(i)), in.len), b.equal(v, e)))
		}
		total = b.tally(ls)
	}
	return total
}

func (a application) constFunc() val {
	m := &table{keys: a.universe(a.e.T.Key)}
	for range m.keys {
		m.on, m.vals = append(m.on, True), append(m.vals, a.v[0])
	}
	return m
}

// get returns what stands at key in a function, map or sequence of type t.
func (b *builder) get(f *frame, in val, t *ir.Type, key val) val {
	var out val
	if q, ok := in.(*sequence); ok {
		i := key.(*num)
		b.fail(f, b.g.And(b.less(i, fixed(0)).Not(), b.less(i, q.len)).Not())
		for j, e := range q.elems {
			out = b.mux(b.is(i, int64(j)), e, out)
		}
		return out
	}
	m, found := in.(*table), False
	for i, k := range m.keys {
		hit := b.g.And(m.on[i], b.equal(key, b.lift(k, t.Key)))
		found = b.g.Or(found, hit)
		if hit != False {
			out = b.mux(hit, m.vals[i], out)
		}
	}
	if b.partial(m, t) {
		b.fail(f, found.Not())
	}
	return out
}

// partial reports whether a key may be missing: those of a function are all
// there, which no gate has to find out.
func (b *builder) partial(m *table, t *ir.Type) bool { return t.Kind != ir.FuncKind }

// putAt returns a function, map or sequence of type t with v at key.
func (b *builder) putAt(f *frame, in val, t *ir.Type, key, v val) val {
	if q, ok := in.(*sequence); ok {
		i := key.(*num)
		b.fail(f, b.g.And(b.less(i, fixed(0)).Not(), b.less(i, q.len)).Not())
		out := &sequence{q.len, make([]val, len(q.elems))}
		for j, e := range q.elems {
			out.elems[j] = b.mux(b.is(i, int64(j)), v, e)
		}
		return out
	}
	m := in.(*table)
	if t.Kind == ir.MapKind {
		return b.put(m, key, t.Key, v, True)
	}
	out := &table{m.keys, m.on, make([]val, len(m.keys))}
	for i, k := range m.keys {
		out.vals[i] = b.mux(b.equal(key, b.lift(k, t.Key)), v, m.vals[i])
	}
	return out
}

// put is m with v at key, where on holds.
func (b *builder) put(m *table, key val, t *ir.Type, v val, on Lit) *table {
	s := b.insert(&set{}, on, key, t)
	out := &table{}
	merge(m.keys, s.elems, func(k ir.Value, i, j int) {
		is, was := at(s.on, j), at(m.on, i)
		var old val
		if i >= 0 {
			old = m.vals[i]
		}
		out.keys, out.on, out.vals = append(out.keys, k), append(out.on, b.g.Or(is, was)), append(out.vals, b.mux(is, v, old))
	})
	return out
}

func (b *builder) concat(x, y *sequence) val {
	q := &sequence{len: b.add(x.len, y.len)}
	for i := range len(x.elems) + len(y.elems) {
		var v val
		for j, e := range y.elems {
			if n := int64(i - j); n >= x.len.lo && n <= x.len.hi {
				v = b.mux(b.is(x.len, n), e, v)
			}
		}
		if i < len(x.elems) {
			v = b.mux(b.less(fixed(int64(i)), x.len), x.elems[i], v)
		}
		q.elems = append(q.elems, v)
	}
	return q
}

func (a application) slice(q *sequence, lo, hi *num) val {
	a.fail(a.f, a.g.Or(a.less(lo, fixed(0)), a.g.Or(a.less(hi, lo), a.less(q.len, hi))))
	n := a.narrow(a.sub(hi, lo), 0, int64(len(q.elems)))
	out := &sequence{len: n}
	for i := range int(min(n.hi, int64(len(q.elems)))) {
		var v val
		for j := i; j < len(q.elems); j++ {
			if from := int64(j - i); from >= lo.lo && from <= lo.hi {
				v = a.mux(a.is(lo, from), q.elems[j], v)
			}
		}
		out.elems = append(out.elems, v)
	}
	return out
}
