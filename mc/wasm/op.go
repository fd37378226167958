package wasm

import (
	"math/bits"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
)

// apply compiles an operator.
func (c *compiler) apply(e *ir.Apply, v env) value {
	t := e.T
	truthOf := func(n *node) value { return value{t: t, x: c.know(n)} }
	switch e.Op {
	case ir.And:
		return truthOf(c.lazy(c.cond(e.Args[0], v), func() *node { return c.cond(e.Args[1], v) }))
	case ir.Or:
		return truthOf(not(c.lazy(not(c.cond(e.Args[0], v)), func() *node { return not(c.cond(e.Args[1], v)) })))
	case ir.Implies:
		return truthOf(not(c.lazy(c.cond(e.Args[0], v), func() *node { return not(c.cond(e.Args[1], v)) })))
	case ir.In:
		return truthOf(c.in(e, v))
	case ir.Universe:
		return c.setOf(t, c.universe(t.Elem, e.Loc), true, e.Loc)
	case ir.Interval:
		return c.setOf(t, c.interval(e, v), true, e.Loc)
	case ir.Powerset:
		return c.setOf(t, c.powerset(e, c.expr(e.Args[0], v)), true, e.Loc)
	}
	var a []value
	for _, x := range e.Args {
		a = append(a, c.expr(x, v))
	}
	switch e.Op {
	case ir.Not:
		return truthOf(not(a[0].x))
	case ir.Eq, ir.Iff:
		return truthOf(c.equal(a[0], a[1], e.Loc))
	case ir.Ne:
		return truthOf(not(c.equal(a[0], a[1], e.Loc)))
	case ir.Lt:
		return truthOf(less(a[0].x, a[1].x))
	case ir.Le:
		return truthOf(not(less(a[1].x, a[0].x)))
	case ir.Gt:
		return truthOf(less(a[1].x, a[0].x))
	case ir.Ge:
		return truthOf(not(less(a[0].x, a[1].x)))
	case ir.Neg, ir.Add, ir.Sub, ir.Mul, ir.Div, ir.Mod:
		return value{t: t, x: c.arithmetic(e.Op, a)}
	case ir.Next, ir.Prev:
		return value{t: t, x: c.neighbour(e.Op, t, a[0].x)}
	case ir.Len:
		return value{t: t, x: c.length(a[0], e.Loc)}
	case ir.SetLit:
		var list []member
		for _, x := range a {
			list = append(list, member{truth(true), x})
		}
		return c.setOf(t, list, len(list) == 1, e.Loc)
	case ir.Subset:
		return truthOf(c.subset(a[0], a[1], e.Loc))
	case ir.Union, ir.Inter, ir.Diff:
		return c.combine(e.Op, a[0], a[1], e.Loc)
	case ir.ToSet:
		if a[0].seq != nil {
			return c.setOf(t, c.members(a[0], e.Loc), false, e.Loc)
		}
	case ir.ConstFunc:
		out := value{t: t, parts: []value{}}
		for range c.keys(t).Len() {
			out.parts = append(out.parts, a[0])
		}
		return out
	case ir.Get:
		return c.lookUp(a[0], a[1], e.Loc)
	case ir.Put:
		return c.change(a[0], a[1], a[2], e.Loc)
	case ir.SeqLit:
		return c.makeSeq(t, a, e.Loc)
	case ir.Concat:
		return c.concat(a[0], a[1], e.Loc)
	case ir.Slice:
		return c.slice(a[0], a[1].x, a[2].x, e.Loc)
	case ir.CountOf:
		if a[0].seq != nil {
			n := number(0)
			for _, m := range c.members(a[0], e.Loc) {
				n = add(n, extend(both(m.in, c.equal(m.v, a[1], e.Loc))))
			}
			return value{t: t, x: c.keep(n)}
		}
	}
	unsupported(e.Loc, "`%s` on a %s is not compiled", ir.Ops[e.Op].Name, operandType(e))
	return value{}
}

func operandType(e *ir.Apply) *ir.Type {
	if len(e.Args) == 0 {
		return e.T
	}
	return e.Args[0].Type()
}

func (c *compiler) arithmetic(op ir.Op, a []value) *node {
	switch op {
	case ir.Neg:
		return sub(number(0), c.inRange(a[0].x, sumLimit))
	case ir.Add:
		return add(c.inRange(a[0].x, sumLimit), c.inRange(a[1].x, sumLimit))
	case ir.Sub:
		return sub(c.inRange(a[0].x, sumLimit), c.inRange(a[1].x, sumLimit))
	case ir.Mul:
		return mul(c.inRange(a[0].x, productLimit), c.inRange(a[1].x, productLimit))
	}
	x, y := c.inRange(a[0].x, sumLimit), c.keep(c.inRange(a[1].x, sumLimit))
	c.demand(not(eqConst(y, 0)))
	if y.is(0) {
		return number(0)
	}
	code := byte(opDiv)
	if op == ir.Mod {
		code = opRem
	}
	// It traps where it must not be evaluated, so it stays where it stands.
	return c.store(divide(code, x, y))
}

func (c *compiler) neighbour(op ir.Op, t *ir.Type, x *node) *node {
	n, ring := int64(len(t.Sort.Elems)), t.Sort.Order == ir.Ring
	x = c.keep(x)
	end, first, next := n-1, int64(0), add(x, number(1))
	if op == ir.Prev {
		end, first, next = 0, n-1, sub(x, number(1))
	}
	at := eqConst(x, uint64(end))
	if ring {
		n := choose(at, number(first), next)
		if !n.known() {
			n = n.bounded(0, int64(len(t.Sort.Elems)-1))
			n.bits = fill(uint64(len(t.Sort.Elems) - 1))
		}
		return c.keep(n)
	}
	c.demand(not(at))
	if at.is(1) {
		return x
	}
	if !next.known() {
		m := *next
		m.lo, m.hi, m.bits = max(next.lo, 0), min(next.hi, n-1), fill(uint64(n-1))
		return &m
	}
	return next
}

func (c *compiler) length(x value, sp source.Span) *node {
	switch {
	case x.seq != nil:
		return x.seq.length
	case x.t.Kind == ir.SetKind && x.x != nil:
		return count(x.x)
	}
	unsupported(sp, "the length of a %s is not compiled", x.t)
	return nil
}

// universe lists all values of a type.
func (c *compiler) universe(t *ir.Type, sp source.Span) []member {
	r := c.rep(t)
	u := r.Universe()
	if u == nil || u.Len() > most || !packed(r) {
		unsupported(sp, "%s has too many values", t)
	}
	var list []member
	for i := range u.Len() {
		list = append(list, member{truth(true), c.unpack(t, constant(u.Word(i)))})
	}
	return list
}

// powerset lists the subsets of a set in canonical order: each before those
// that extend it.
func (c *compiler) powerset(e *ir.Apply, x value) []member {
	if x.x == nil || x.t.Kind != ir.SetKind || bits.OnesCount64(x.x.bits) > maxPowerset {
		unsupported(e.Loc, "the set may have more than %d elements, which is too many for `powerset`", maxPowerset)
	}
	var list []member
	all := c.keep(x.x)
	var extend func(chosen uint64, from int)
	extend = func(chosen uint64, from int) {
		list = append(list, member{c.know(masked(all, chosen, chosen)), value{t: x.t, x: constant(chosen)}})
		for i := from; i < 64; i++ {
			if bit := uint64(1) << i; x.x.bits&bit != 0 {
				extend(chosen|bit, i+1)
			}
		}
	}
	extend(0, 0)
	return list
}

const maxPowerset = 8

// interval lists the integers between two others.
func (c *compiler) interval(e *ir.Apply, v env) []member {
	lo, hi := c.keep(c.expr(e.Args[0], v).x), c.keep(c.expr(e.Args[1], v).x)
	if lo.lo > hi.hi {
		return nil
	}
	if !fits(lo.lo, hi.hi) || hi.hi-lo.lo > most {
		unsupported(e.Loc, "the interval may have more than %d elements", most)
	}
	var list []member
	for n := lo.lo; n <= hi.hi; n++ {
		in := both(not(less(number(n), lo)), not(less(hi, number(n))))
		list = append(list, member{in, value{t: e.T.Elem, x: number(n)}})
	}
	return list
}

// setOf makes a set of elements.
func (c *compiler) setOf(t *ir.Type, list []member, sorted bool, sp source.Span) value {
	out := value{t: t, list: list, isSet: true, sorted: sorted}
	if packed(c.rep(t)) {
		return value{t: t, x: c.keep(c.pack(out, sp))}
	}
	return out
}

// in compiles membership. Nothing is listed to look whether x is in an
// interval, a powerset or all of a type.
func (c *compiler) in(e *ir.Apply, v env) *node {
	x := c.expr(e.Args[0], v)
	if of, ok := e.Args[1].(*ir.Apply); ok {
		switch of.Op {
		case ir.Universe:
			return truth(true)
		case ir.Interval:
			lo, hi := c.expr(of.Args[0], v).x, c.expr(of.Args[1], v).x
			return both(not(less(x.x, lo)), not(less(hi, x.x)))
		case ir.Powerset:
			return c.subset(x, c.expr(of.Args[0], v), e.Loc)
		}
	}
	return c.member(x, c.expr(e.Args[1], v), e.Loc)
}

func (c *compiler) member(x, set value, sp source.Span) *node {
	if set.t.Kind == ir.SetKind && set.x != nil {
		r := c.rep(set.t)
		w := c.pack(x, sp)
		if set.x.known() && bits.OnesCount64(set.x.k) == 1 {
			return eqConst(w, r.Elems.Word(bits.TrailingZeros64(set.x.k)))
		}
		rank := c.rank(r.Elem, r.Elems, w)
		if rank.known() {
			return not(eqConst(and(set.x, constant(1<<rank.k)), 0))
		}
		if rank.op == opLoad8 {
			rank = c.store(rank)
		}
		return not(eqConst(and(shrBy(set.x, rank), constant(1)), 0))
	}
	x = c.kept(x)
	any := truth(false)
	for _, m := range c.members(set, sp) {
		any = either(any, both(m.in, c.equal(x, m.v, sp)))
	}
	return any
}

func (c *compiler) subset(a, b value, sp source.Span) *node {
	if a.x != nil && b.x != nil {
		return eqConst(c.minus(a.x, b.x), 0)
	}
	all := truth(true)
	for _, m := range c.members(a, sp) {
		all = both(all, not(both(m.in, not(c.member(m.v, b, sp)))))
	}
	return all
}

func (c *compiler) minus(a, b *node) *node {
	if b.known() {
		return and(a, constant(^b.k))
	}
	n := and(a, not64(b))
	if n.known() {
		return n
	}
	m := *n
	return (&m).word(a.bits)
}

// combine compiles the union, intersection or difference of two sets.
func (c *compiler) combine(op ir.Op, a, b value, sp source.Span) value {
	if a.x != nil && b.x != nil {
		switch op {
		case ir.Union:
			return value{t: a.t, x: or(a.x, b.x)}
		case ir.Inter:
			return value{t: a.t, x: and(a.x, b.x)}
		}
		return value{t: a.t, x: c.minus(a.x, b.x)}
	}
	out := value{t: a.t, isSet: true, sorted: a.sorted && op != ir.Union}
	for _, m := range c.members(a, sp) {
		in := m.in
		switch op {
		case ir.Inter:
			in = both(in, c.member(m.v, b, sp))
		case ir.Diff:
			in = both(in, not(c.member(m.v, b, sp)))
		}
		out.list = append(out.list, member{c.keep(in), m.v})
	}
	if op == ir.Union {
		out.list = append(out.list, c.members(b, sp)...)
	}
	return out
}

func (c *compiler) concat(a, b value, sp source.Span) value {
	if a.seq == nil || b.seq == nil {
		unsupported(sp, "%s has no fixed size", a.t)
	}
	x, y := a.seq, b.seq
	switch {
	case x.most == 0:
		return b
	case y.most == 0:
		return a
	case (x.most+y.most)*x.width > 64:
		unsupported(sp, "the sequence may take more than 64 bits")
	}
	out := &sequence{length: add(x.length, y.length), width: x.width, most: x.most + y.most}
	length := c.keep(x.length)
	items := or(x.items, shlBy(y.items, mul(length, number(int64(x.width)))))
	if !items.known() {
		n := *items
		items = (&n).word(mask(out.most * out.width))
	}
	out.items = c.keep(items)
	return value{t: a.t, seq: out}
}

func (c *compiler) slice(a value, lo, hi *node, sp source.Span) value {
	if a.seq == nil {
		unsupported(sp, "%s has no fixed size", a.t)
	}
	s := *a.seq
	lo, hi = c.keep(lo), c.keep(hi)
	c.demand(not(less(lo, number(0))))
	c.demand(not(less(s.length, hi)))
	c.demand(not(less(hi, lo)))
	if s.most == 0 {
		return a
	}
	whole := same(hi, s.length)
	lo, hi = lo.within(0, int64(s.most)), hi.within(0, int64(s.most))
	if !whole {
		if hi.known() {
			s.items = and(s.items, constant(mask(int(hi.k)*s.width)))
			s.most = min(s.most, int(hi.k))
		} else {
			// A shift by 64 is none: the last of them are shifted one by one.
			items := s.items
			for i := range s.most {
				part := mask(s.width) << (i * s.width)
				items = c.keep(choose(less(number(int64(i)), hi), items, and(items, constant(^part))))
			}
			s.items = items
		}
	}
	if lo.known() {
		s.items = shr(s.items, min(int(lo.k)*s.width, 63))
		if int(lo.k)*s.width >= 64 {
			s.items = constant(0)
		}
		s.most = max(0, s.most-int(lo.k))
	} else {
		by := c.keep(mul(lo, number(int64(s.width))))
		s.items = c.keep(choose(less(by, number(64)), shrBy(s.items, by), constant(0)))
	}
	s.length = sub(hi, lo).within(0, int64(s.most))
	return value{t: a.t, seq: &s}
}
