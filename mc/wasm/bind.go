package wasm

import (
	"cmp"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
)

// under compiles what is evaluated only if a condition is true. Locals that
// it sets have a meaning only then.
func (c *compiler) under(in *node, f func()) {
	switch {
	case in.is(0):
	case in.known():
		f()
	default:
		code := c.aside(in, f)
		c.guarded(in, code, nil)
	}
}

// domain lists the elements of a domain.
func (c *compiler) domain(e ir.Expr, v env) []member {
	if a, ok := e.(*ir.Apply); ok {
		switch a.Op {
		case ir.Universe:
			return c.universe(a.T.Elem, a.Loc)
		case ir.Interval:
			return c.interval(a, v)
		case ir.Powerset:
			return c.powerset(a, c.expr(a.Args[0], v))
		}
	}
	x := c.kept(c.expr(e, v))
	if x.isSet && !x.sorted {
		return c.sort(x, e.Span())
	}
	return c.members(x, e.Span())
}

// sort lists the elements of a set in order, each once.
func (c *compiler) sort(x value, sp source.Span) []member {
	var out []member
	for _, m := range x.list {
		if !x.t.Elem.IsNumeric() || !m.v.x.known() {
			unsupported(sp, "the order of the elements of this %s is not known beforehand", x.t)
		}
		i, found := slices.BinarySearchFunc(out, m, func(a, b member) int { return cmp.Compare(int64(a.v.x.k), int64(b.v.x.k)) })
		if found {
			out[i].in = c.keep(either(out[i].in, m.in))
		} else {
			out = slices.Insert(out, i, m)
		}
	}
	return out
}

// each visits the bindings of e, each with the condition that it counts.
func (c *compiler) each(e *ir.Bind, v env, visit func(in *node, v env)) {
	var level func(i int, in *node, v env)
	level = func(i int, in *node, v env) {
		if i == len(e.Binders) {
			if e.Cond != nil {
				in = c.keep(c.lazy(in, func() *node { return c.cond(e.Cond, v) }))
			}
			if in = c.know(in); !in.is(0) {
				visit(in, v)
			}
			return
		}
		var list []member
		c.under(in, func() { list = c.domain(e.Binders[i].Domain, v) })
		for _, m := range list {
			if both := c.know(both(in, m.in)); !both.is(0) {
				level(i+1, c.keep(both), v.bind(e.Binders[i].Local, m.v))
			}
		}
	}
	level(0, truth(true), v)
}

// bind compiles a quantifier, aggregate or comprehension.
func (c *compiler) bind(e *ir.Bind, v env) value {
	out := value{t: e.T}
	switch e.Kind {
	case ir.Forall, ir.Exists:
		out.x = c.quantifier(e, v)
	case ir.Count:
		out.x = number(0)
		c.each(e, v, func(in *node, v env) {
			out.x = add(out.x, extend(c.lazy(in, func() *node { return c.cond(e.Body, v) })))
		})
		out.x = c.keep(out.x)
	case ir.Sum:
		out.x = number(0)
		c.each(e, v, func(in *node, v env) {
			x := c.body(in, e.Body, v)
			out.x = add(c.inRange(out.x, sumLimit), choose(in, c.inRange(x.x, sumLimit), number(0)))
		})
		out.x = c.keep(out.x)
	case ir.Min, ir.Max:
		return c.extreme(e, v)
	case ir.Fold:
		return c.fold(e, v)
	case ir.Choose:
		return c.first(e, v)
	case ir.SetOf:
		var list []member
		c.each(e, v, func(in *node, v env) { list = append(list, member{in, c.body(in, e.Body, v)}) })
		return c.setOf(e.T, list, false, e.Loc)
	case ir.SeqOf:
		return c.seqOf(e, v)
	case ir.FuncOf:
		out.parts = []value{}
		for _, m := range c.universe(e.T.Key, e.Loc) {
			out.parts = append(out.parts, c.kept(c.expr(e.Body, v.bind(e.Binders[0].Local, m.v))))
		}
	default:
		unsupported(e.Loc, "a map has no fixed size")
	}
	return out
}

// body evaluates an expression that counts only if in is true.
func (c *compiler) body(in *node, e ir.Expr, v env) (x value) {
	c.under(in, func() { x = c.kept(c.expr(e, v)) })
	return x
}

func (c *compiler) quantifier(e *ir.Bind, v env) *node {
	if e.Kind == ir.Exists {
		any := truth(false)
		c.each(e, v, func(in *node, v env) {
			if !any.is(1) {
				any = c.keepTruth(either(any, c.lazy(in, func() *node { return c.cond(e.Body, v) })))
			}
		})
		return any
	}
	all := truth(true)
	c.each(e, v, func(in *node, v env) {
		if !all.is(0) {
			all = c.keepTruth(both(all, not(c.lazy(in, func() *node { return not(c.cond(e.Body, v)) }))))
		}
	})
	return all
}

// keepTruth keeps what gets long in quantifiers over many values.
func (c *compiler) keepTruth(n *node) *node {
	if n.cost > 100 {
		return c.store(n)
	}
	return n
}

func (c *compiler) extreme(e *ir.Bind, v env) value {
	if k := e.T.Kind; !e.T.IsNumeric() && k != ir.SortKind {
		unsupported(e.Loc, "the least %s is not compiled", e.T)
	}
	any, out := truth(false), value{t: e.T, x: constant(0)}
	c.each(e, v, func(in *node, v env) {
		x := c.body(in, e.Body, v).x
		better := less(x, out.x)
		if e.Kind == ir.Max {
			better = less(out.x, x)
		}
		if any.is(0) {
			better = truth(true)
		}
		out.x = c.keep(choose(both(in, either(not(any), better)), x, out.x))
		any = c.keep(either(any, in))
	})
	c.demand(any)
	return out
}

func (c *compiler) fold(e *ir.Bind, v env) value {
	acc := c.kept(c.expr(e.Init, v))
	c.each(e, v, func(in *node, v env) {
		next := c.body(in, e.Body, v.bind(e.Acc, acc))
		acc = c.choose(in, next, acc, e.Loc)
	})
	return acc
}

// first compiles Choose.
func (c *compiler) first(e *ir.Bind, v env) value {
	var list []member
	c.each(e, v, func(in *node, v env) {
		x, _ := v.lookUp(e.Binders[0].Local)
		list = append(list, member{in, x})
	})
	any := truth(false)
	for _, m := range list {
		any = either(any, m.in)
	}
	c.demand(any)
	if len(list) == 0 {
		return c.anything(e.T, e.Loc)
	}
	out := list[len(list)-1].v
	for i := len(list) - 2; i >= 0; i-- {
		out = c.choose(list[i].in, list[i].v, out, e.Loc)
	}
	return out
}

func (c *compiler) seqOf(e *ir.Bind, v env) value {
	r := c.rep(e.T.Elem)
	out := &sequence{length: constant(0), items: constant(0), width: r.Bits}
	c.each(e, v, func(in *node, v env) {
		x := c.body(in, e.Body, v)
		if out.most++; out.most*r.Bits > 64 || !packed(r) {
			unsupported(e.Loc, "the sequence may take more than 64 bits")
		}
		w := shlBy(c.pack(x, e.Loc), c.keep(mul(out.length, number(int64(r.Bits)))))
		items := or(out.items, choose(in, w, constant(0)))
		if !items.known() {
			n := *items
			items = (&n).word(mask(out.most * r.Bits))
		}
		out.items = c.keep(items)
		out.length = c.keep(add(out.length, extend(in)))
	})
	return value{t: e.T, seq: out}
}

// call compiles a call in place.
func (c *compiler) call(e *ir.Call, v env) value {
	f := e.Func
	if c.calling[f] {
		unsupported(e.Loc, "%s calls itself", f.Name)
	}
	c.calls++
	inner := env{words: v.words, old: v.old, exit: v.exit, action: v.action, args: v.args}
	for i, a := range e.Args {
		inner = inner.bind(f.Params[i], c.kept(c.expr(a, v)))
	}
	c.calling[f] = true
	defer delete(c.calling, f)
	if f.Value != nil {
		return c.expr(f.Value, inner)
	}
	return c.result(f.Body, inner, func(env) value {
		unsupported(f.Span, "%s may end without a result", f.Name)
		return value{}
	})
}

// result compiles the body of a function; next is what comes after it.
func (c *compiler) result(stmts []ir.Stmt, v env, next func(env) value) value {
	for i, s := range stmts {
		rest := func(v env) value { return c.result(stmts[i+1:], v, next) }
		switch s := s.(type) {
		case *ir.ReturnStmt:
			return c.kept(c.expr(s.Value, v))
		case *ir.IfStmt:
			if returns(s) {
				return c.branch(c.cond(s.Cond, v), func() value { return c.result(s.Then, v, rest) },
					func() value { return c.result(s.Else, v, rest) }, s.Loc)
			}
		case *ir.ForStmt:
			if returns(s) {
				return c.resultFor(s, c.domain(s.Domain, v), v, rest)
			}
		}
		if returns(s) {
			unsupported(s.Span(), "a return in this statement is not compiled")
		}
		v, _ = c.direct(s, v)
	}
	return next(v)
}

func (c *compiler) resultFor(s *ir.ForStmt, list []member, v env, next func(env) value) value {
	if len(list) == 0 {
		return next(v)
	}
	rest := func(v env) value { return c.resultFor(s, list[1:], v, next) }
	return c.branch(list[0].in, func() value { return c.result(s.Body, v.bind(s.Local, list[0].v), rest) },
		func() value { return rest(v) }, s.Loc)
}

func returns(s ir.Stmt) bool {
	found := false
	ir.Walk(s, func(t ir.Tree) bool {
		_, ok := t.(*ir.ReturnStmt)
		found = found || ok
		return !found
	})
	return found
}

// actionPred compiles enabled(A(x)) and taken(A(x)).
func (c *compiler) actionPred(e *ir.ActionPred, v env) *node {
	any := e.Any || len(e.Args) == 0
	var args []value
	for _, a := range e.Args {
		args = append(args, c.kept(c.expr(a, v)))
	}
	if !e.Taken {
		return c.enabled(e, args, any, v)
	}
	if v.action == nil {
		unsupported(e.Loc, "`taken` is about steps")
	}
	same := truth(v.action == e.Action)
	if v.action == e.Action && !any {
		for i, a := range args {
			same = both(same, c.equal(a, v.args[i], e.Loc))
		}
	}
	return same
}

// enabled compiles enabled(A(x)) of an action whose body cannot block.
func (c *compiler) enabled(e *ir.ActionPred, args []value, any bool, v env) *node {
	a := e.Action
	if blocks(a.Body) || c.asking > 3 {
		unsupported(e.Loc, "whether %s is enabled depends on more than its guard", a.Name)
	}
	c.asking++
	defer func() { c.asking-- }()
	inner := env{words: v.words, old: v.words, exit: v.exit}
	some := truth(false)
	var level func(i int, in *node, v env)
	level = func(i int, in *node, v env) {
		if i == len(a.Params) {
			if a.Guard != nil {
				in = c.lazy(in, func() *node { return c.cond(a.Guard, v) })
			}
			some = c.keepTruth(either(some, in))
			return
		}
		p := a.Params[i]
		if !any {
			in = c.lazy(in, func() *node { return c.inDomain(args[i], p, v) })
			level(i+1, c.keep(in), v.bind(p.Local, args[i]))
			return
		}
		var list []member
		c.under(in, func() { list = c.domain(p.Domain, v) })
		for _, m := range list {
			if both := c.know(both(in, m.in)); !both.is(0) {
				level(i+1, c.keep(both), v.bind(p.Local, m.v))
			}
		}
	}
	level(0, truth(true), inner)
	return some
}

// inDomain is whether a value is in the domain of a parameter.
func (c *compiler) inDomain(x value, p *ir.Param, v env) *node {
	node := ir.Node{T: p.Local.Type, Loc: p.Domain.Span()}
	return c.in(&ir.Apply{Node: node, Op: ir.In, Args: []ir.Expr{&ir.LocalRef{Node: node, Local: p.Local}, p.Domain}}, v.bind(p.Local, x))
}

// blocks reports whether a body may have no way through.
func blocks(body []ir.Stmt) bool {
	found := false
	ir.WalkBody(body, func(t ir.Tree) bool {
		switch t.(type) {
		case *ir.AwaitStmt, *ir.PickStmt, *ir.EitherStmt, *ir.WhileStmt:
			found = true
		}
		return !found
	})
	return found
}
