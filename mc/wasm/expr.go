package wasm

import (
	"math"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
)

// env is what names mean at a place: key words of the state as it is and as
// it was, locals, and the step that is taken. It is changed by copying.
type env struct {
	words  []*node
	old    []*node // nil outside steps
	locals []binding
	exit   label // where a way that is blocked goes
	action *ir.Action
	args   []value
}

type binding struct {
	local *ir.Local
	v     value
}

func (e env) bind(l *ir.Local, v value) env {
	e.locals = append(e.locals[:len(e.locals):len(e.locals)], binding{l, v})
	return e
}

func (e env) lookUp(l *ir.Local) (value, bool) {
	for i := len(e.locals) - 1; i >= 0; i-- {
		if e.locals[i].local == l {
			return e.locals[i].v, true
		}
	}
	return value{}, false
}

// demand leaves the source to a Machine unless a condition is true.
func (c *compiler) demand(n *node) { c.unless(n, c.redo) }

// expr compiles an expression. What can fail is checked by code before it.
func (c *compiler) expr(e ir.Expr, v env) value {
	c.here = e.Span()
	if c.size += 1; c.size > maxWork || len(c.buf) > maxBytes {
		unsupported(e.Span(), "the code gets larger than %d kB", maxBytes>>10)
	}
	switch e := e.(type) {
	case *ir.Lit:
		return c.literal(e.T, e.Value, e.Loc)
	case *ir.ConstRef:
		return c.literal(e.T, e.Const.Value, e.Loc)
	case *ir.LocalRef:
		if x, ok := v.lookUp(e.Local); ok {
			return x
		}
		unsupported(e.Loc, "%s has no value here", e.Local.Name)
	case *ir.VarRef:
		words := v.words
		if e.Old {
			words = v.old
		}
		if words == nil {
			unsupported(e.Loc, "there is no state before this one")
		}
		return c.read(e.T, c.layout.Place(e.Var.Index), words)
	case *ir.Apply:
		return c.apply(e, v)
	case *ir.Convert:
		return c.convert(c.expr(e.X, v), e.T, e.Loc)
	case *ir.If:
		return c.branch(c.cond(e.Cond, v), func() value { return c.expr(e.Then, v) }, func() value { return c.expr(e.Else, v) }, e.Loc)
	case *ir.Let:
		return c.expr(e.Body, v.bind(e.Local, c.kept(c.expr(e.Value, v))))
	case *ir.Make:
		return c.make(e, v)
	case *ir.FieldOf:
		return c.field(c.expr(e.X, v), e.Index)
	case *ir.WithField:
		x := c.expr(e.X, v)
		return c.withField(x, e.Index, c.expr(e.Value, v), e.Loc)
	case *ir.Is:
		x := c.expr(e.X, v)
		return value{t: e.T, x: eqConst(shr(c.pack(x, e.Loc), c.rep(x.t).Payload), uint64(e.Variant))}
	case *ir.Payload:
		x := c.expr(e.X, v)
		r := c.rep(x.t)
		w := c.keep(c.pack(x, e.Loc))
		c.demand(eqConst(shr(w, r.Payload), uint64(e.Variant)))
		p := r.Variants[e.Variant][e.Index]
		return c.unpack(e.T, extract(w, p.Shift, p.Mask))
	case *ir.Bind:
		return c.bind(e, v)
	case *ir.Call:
		return c.call(e, v)
	case *ir.ActionPred:
		return value{t: e.T, x: c.actionPred(e, v)}
	}
	unsupported(e.Span(), "this is no expression")
	return value{}
}

// cond compiles a condition.
func (c *compiler) cond(e ir.Expr, v env) *node { return c.know(c.expr(e, v).x) }

// aside compiles something that is evaluated only if a condition is true. It
// returns the code that this needs beforehand.
func (c *compiler) aside(when *node, f func()) []byte {
	buf := c.buf
	c.buf = nil
	c.depth++
	facts := len(c.facts)
	c.assume(when)
	f()
	c.facts = c.facts[:facts]
	c.depth--
	out := c.buf
	c.buf = buf
	return out
}

// branch compiles a choice between two expressions of which one is evaluated.
func (c *compiler) branch(cond *node, then, els func() value, sp source.Span) value {
	if cond.known() {
		if cond.k != 0 {
			return then()
		}
		return els()
	}
	var a, b value
	cond = c.keep(cond)
	first := c.aside(cond, func() { a = then() })
	second := c.aside(not(cond), func() { b = els() })
	c.guarded(cond, first, second)
	return c.choose(cond, a, b, sp)
}

// guarded writes code that runs if a condition is true, and other code that
// runs if it is not. What they leave in locals is looked at only then.
func (c *compiler) guarded(cond *node, first, second []byte) {
	switch {
	case len(first)+len(second) == 0:
		return
	case len(first) == 0:
		c.push(not(cond))
		first, second = second, nil
	default:
		c.push(cond)
	}
	c.op(opIf, noResult)
	c.op(first...)
	if len(second) > 0 {
		c.op(opElse)
		c.op(second...)
	}
	c.op(opEnd)
}

// lazy compiles `first and second` or, of negated operands, `or`.
func (c *compiler) lazy(a *node, second func() *node) *node {
	if a.known() {
		if a.k == 0 {
			return a
		}
		return second()
	}
	a = c.keep(a)
	var b *node
	code := c.aside(a, func() { b = second() })
	c.guarded(a, code, nil)
	return both(a, b)
}

func (c *compiler) make(e *ir.Make, v env) value {
	r := c.rep(e.T)
	var args []value
	for _, a := range e.Args {
		args = append(args, c.expr(a, v))
	}
	if e.T.Kind == ir.StructKind {
		if args == nil {
			args = []value{}
		}
		out := value{t: e.T, parts: args}
		if packed(r) {
			return value{t: e.T, x: c.pack(out, e.Loc)}
		}
		return out
	}
	if !packed(r) {
		unsupported(e.Loc, "%s has no fixed size", e.T)
	}
	return value{t: e.T, x: c.sum(e.T, e.Variant, args, e.Loc)}
}

func (c *compiler) sum(t *ir.Type, variant int, args []value, sp source.Span) *node {
	r := c.rep(t)
	w := constant(uint64(variant) << r.Payload)
	for i, p := range r.Variants[variant] {
		w = or(w, shl(c.pack(args[i], sp), p.Shift))
	}
	return w
}

func (c *compiler) withField(x value, i int, v value, sp source.Span) value {
	if x.x != nil {
		p := c.rep(x.t).Fields[i]
		return value{t: x.t, x: put(x.x, p.Shift, p.Mask, c.keep(c.pack(v, sp)))}
	}
	parts := c.spreadParts(x)
	parts[i] = v
	return value{t: x.t, parts: parts}
}

// convert compiles Convert.
func (c *compiler) convert(x value, to *ir.Type, sp source.Span) value {
	if x.t == to {
		return x
	}
	switch to.Kind {
	case ir.IntKind:
		x.t = to
		return x
	case ir.RangeKind:
		if !packed(c.rep(to)) && (!to.Lo.IsInt64() || !to.Hi.IsInt64() || !fits(to.Lo.Int64(), to.Hi.Int64())) {
			unsupported(sp, "%s has numbers of more than 62 bits", to)
		}
		lo, hi := to.Lo.Int64(), to.Hi.Int64()
		if x.x.lo < lo || x.x.hi > hi {
			x.x = c.keep(x.x)
			c.demand(both(less(number(lo-1), x.x), less(x.x, number(hi+1))))
		}
		return value{t: to, x: x.x.within(lo, hi)}
	case ir.StructKind:
		parts := []value{}
		for i, p := range c.spreadParts(x) {
			parts = append(parts, c.convert(p, to.Fields[i].Type, sp))
		}
		return value{t: to, parts: parts}
	case ir.FuncKind:
		parts := []value{}
		for _, p := range c.spreadParts(x) {
			parts = append(parts, c.convert(p, to.Elem, sp))
		}
		return value{t: to, parts: parts}
	case ir.SumKind:
		return c.convertSum(x, to, sp)
	case ir.SeqKind:
		return c.convertSeq(x, to, sp)
	case ir.SetKind:
		out := value{t: to, isSet: true, sorted: x.sorted || !x.isSet}
		for _, m := range c.members(x, sp) {
			var v value
			in := c.keep(m.in)
			if in.is(0) {
				continue
			}
			code := c.aside(in, func() { v = c.convert(m.v, to.Elem, sp) })
			c.guarded(in, code, nil)
			out.list = append(out.list, member{in, v})
		}
		if packed(c.rep(to)) {
			return value{t: to, x: c.keep(c.pack(out, sp))}
		}
		return out
	}
	unsupported(sp, "%s has no fixed size", to)
	return value{}
}

func (c *compiler) convertSum(x value, to *ir.Type, sp source.Span) value {
	from, r := c.rep(x.t), c.rep(to)
	if !packed(from) || !packed(r) {
		unsupported(sp, "%s has no fixed size", to)
	}
	w := c.keep(c.pack(x, sp))
	variant := shr(w, from.Payload)
	out := constant(0)
	for i, v := range to.Variants {
		var part *node
		in := c.know(eqConst(variant, uint64(i)))
		if in.is(0) {
			continue
		}
		code := c.aside(in, func() {
			var args []value
			for j, p := range from.Variants[i] {
				arg := c.unpack(x.t.Variants[i].Fields[j].Type, extract(w, p.Shift, p.Mask))
				args = append(args, c.convert(arg, v.Fields[j].Type, sp))
			}
			part = c.sum(to, i, args, sp)
		})
		c.guarded(in, code, nil)
		out = or(out, choose(in, part, constant(0)))
	}
	n := *out
	if !out.known() {
		out = (&n).word(mask(r.Bits))
	}
	return value{t: to, x: c.keep(out)}
}

func (c *compiler) convertSeq(x value, to *ir.Type, sp source.Span) value {
	if x.seq == nil {
		unsupported(sp, "%s has no fixed size", x.t)
	}
	s := *x.seq
	if to.Max >= 0 && s.most > to.Max {
		c.demand(less(s.length, number(int64(to.Max+1))))
		s.length = s.length.within(0, int64(to.Max))
		s.most = to.Max
		s.items = and(s.items, constant(mask(s.most*s.width)))
	}
	if to.Max >= 0 && !packed(c.rep(to)) {
		unsupported(sp, "%s does not fit into 64 bits", to)
	}
	if x.t.Elem == to.Elem || s.most == 0 {
		s.width = c.rep(to.Elem).Bits
		return value{t: to, seq: &s}
	}
	r := c.rep(to.Elem)
	if !packed(r) || r.Bits*s.most > 64 {
		unsupported(sp, "a sequence of %s has no fixed size", to.Elem)
	}
	items := constant(0)
	for i, m := range c.members(value{t: x.t, seq: &s}, sp) {
		var w *node
		in := c.keep(m.in)
		code := c.aside(in, func() { w = c.pack(c.convert(m.v, to.Elem, sp), sp) })
		c.guarded(in, code, nil)
		items = or(items, shl(choose(in, w, constant(0)), i*r.Bits))
	}
	s.items, s.width = c.keep(items), r.Bits
	return value{t: to, seq: &s}
}

// inRange keeps numbers so small that sums and products of two cannot
// overflow; beyond, a Machine has to look.
func (c *compiler) inRange(n *node, limit int64) *node {
	if n.lo >= -limit && n.hi <= limit {
		return n
	}
	n = c.keep(n)
	c.demand(both(less(number(-limit-1), n), less(n, number(limit+1))))
	return n.within(-limit, limit)
}

const (
	sumLimit     = math.MaxInt64 / 8
	productLimit = 1 << 30
)
