package gogen

import (
	"strconv"
	"strings"

	"github.com/spec-lang/spec/ir"
)

// text returns e as a Go expression that can stand as an argument.
func (f *fn) text(e ir.Expr) string { return f.expr(e).text }

// typed is text of a kind that := gives the right type.
func (f *fn) typed(e ir.Expr) string {
	c := f.expr(e)
	if c.untyped {
		return f.g.typ(e.Type()).name + "(" + c.text + ")"
	}
	return c.text
}

// expr returns e as a Go expression.
func (f *fn) expr(e ir.Expr) code {
	switch e := e.(type) {
	case *ir.Lit:
		return f.g.value(e.Value, e.T, e.Loc)
	case *ir.LocalRef:
		return primary(f.bind(e.Local))
	case *ir.VarRef:
		if e.Old {
			return primary(f.before + "." + f.g.vars[e.Var])
		}
		return primary(f.now + "." + f.g.vars[e.Var])
	case *ir.ConstRef:
		return primary(f.g.constant(e.Const))
	case *ir.Apply:
		return f.apply(e)
	case *ir.Convert:
		return f.convert(e)
	case *ir.If:
		if c, ok := f.extreme(e); ok {
			return c
		}
		if e.T.Kind == ir.BoolKind {
			if c, ok := f.logical(e); ok {
				return c
			}
		}
		return f.closure(e)
	case *ir.Let:
		if c, ok := f.extreme(e); ok {
			return c
		}
		return f.closure(e)
	case *ir.Bind:
		return f.closure(e)
	case *ir.Make:
		return f.make(e)
	case *ir.FieldOf:
		return primary(f.expr(e.X).at(primaryPrec) + "." + f.g.typ(e.X.Type()).fields[e.Index].name)
	case *ir.WithField:
		return f.closure(e)
	case *ir.Is:
		return f.is(e)
	case *ir.Payload:
		return f.payload(e)
	case *ir.Call:
		return f.call(e)
	case *ir.ActionPred:
		return f.enabled(e)
	}
	return primary(f.g.typ(e.Type()).zero())
}

// cond returns a condition as it can stand after if and for.
func (f *fn) cond(e ir.Expr) string { return condition(f.expr(e)) }

// condition puts a condition with braces into parentheses, which the grammar
// of Go asks for.
func condition(c code) string {
	if strings.Contains(c.text, "{") {
		return "(" + c.text + ")"
	}
	return c.text
}

// closure returns an expression that needs statements.
func (f *fn) closure(e ir.Expr) code {
	p := &printer{}
	p.line("func() %s {", f.g.typ(e.Type()).name)
	f.fork(func() { f.tail(p, e, sink{ret: true}) })
	p.text.WriteString("}()")
	return primary(p.String())
}

// sink is where the value of an expression goes: out of the function, or to a
// place.
type sink struct {
	ret   bool
	place string
}

func (k sink) put(p *printer, c code) {
	switch {
	case k.ret:
		p.line("return %s", c.text)
	case k.place != c.text: // vet refuses x = x
		p.line("%s = %s", k.place, c.text)
	}
}

// tail writes statements that bring the value of e to its sink.
func (f *fn) tail(p *printer, e ir.Expr, k sink) {
	switch e := e.(type) {
	case *ir.If:
		if _, ok := f.extreme(e); ok {
			break
		}
		p.line("if %s {", f.cond(e.Cond))
		f.fork(func() {
			f.assume(e.Cond, true)
			f.tail(p, e.Then, k)
		})
		if k.ret {
			p.line("}")
		} else {
			p.line("} else {")
		}
		f.fork(func() {
			f.assume(e.Cond, false)
			f.tail(p, e.Else, k)
		})
		if !k.ret {
			p.line("}")
		}
		return
	case *ir.Let:
		if _, ok := f.extreme(e); ok {
			break
		}
		f.declare(p, e.Local, e.Value, uses(e.Local, e.Body))
		f.tail(p, e.Body, k)
		return
	case *ir.WithField:
		if k.ret {
			p.line("changed := %s", f.text(e.X))
			p.line("changed.%s = %s", f.g.typ(e.T).fields[e.Index].name, f.text(e.Value))
			p.line("return changed")
			return
		}
	case *ir.Bind:
		if k.ret {
			f.binding(p, e)
			return
		}
	case *ir.Apply:
		if dual, ok := dualOf(e); ok && k.ret {
			f.binding(p, dual)
			return
		}
	}
	k.put(p, f.expr(e))
}

// dualOf turns the negation of a quantifier into the other quantifier of the
// negation.
func dualOf(e *ir.Apply) (*ir.Bind, bool) {
	if e.Op != ir.Not {
		return nil, false
	}
	q, ok := e.Args[0].(*ir.Bind)
	if !ok || q.Kind != ir.Forall && q.Kind != ir.Exists {
		return nil, false
	}
	dual := *q
	dual.Kind = ir.Forall + ir.Exists - q.Kind
	dual.Body = not(q.Body)
	if inner, ok := dualOf(dual.Body.(*ir.Apply)); ok {
		dual.Body = inner
	}
	return &dual, true
}

// declare writes the declaration of a local.
func (f *fn) declare(p *printer, l *ir.Local, value ir.Expr, used bool) {
	switch {
	case used:
		text := f.typed(value)
		p.line("%s := %s", f.bindValue(l, value), text)
	case f.canFail(value): // for the error that it may be
		p.line("_ = %s", f.text(value))
	}
}

func (f *fn) is(e *ir.Is) code {
	t, x := f.g.typ(e.X.Type()), f.expr(e.X)
	switch t.kind {
	case goOption:
		some := primary(x.at(primaryPrec) + ".Some")
		if e.Variant == 0 {
			return negated(some)
		}
		return some
	case goEnum:
		return code{text: x.at(addPrec) + " == " + t.variants[e.Variant].tag, prec: comparePrec}
	}
	return code{text: x.at(primaryPrec) + ".Tag == " + t.variants[e.Variant].tag, prec: comparePrec}
}

func (f *fn) payload(e *ir.Payload) code {
	t, x := f.g.typ(e.X.Type()), f.expr(e.X).at(primaryPrec)
	known := f.isOnly(e.X, e.Variant)
	if t.kind == goOption {
		if !known {
			f.faults = true
			x += ".must(e, " + f.where(e.Loc) + ")"
		}
		return primary(x + ".Value")
	}
	v := t.variants[e.Variant]
	if !known {
		f.faults = true
		x += ".as(e, " + v.tag + ", " + f.where(e.Loc) + ")"
	}
	return primary(x + "." + v.fields[e.Index])
}

func (f *fn) texts(es []ir.Expr) []string {
	out := make([]string, len(es))
	for i, e := range es {
		out[i] = f.text(e)
	}
	return out
}

func (f *fn) make(e *ir.Make) code {
	return f.g.construct(e.T, e.Variant, f.texts(e.Args))
}

// construct returns a value of a sum or struct of the given parts.
func (g *gen) construct(typ *ir.Type, variant int, args []string) code {
	t := g.typ(typ)
	switch t.kind {
	case goOption:
		if variant == 0 {
			return primary(t.name + "{}")
		}
		return callOf(t.count, args...)
	case goEnum:
		return primary(t.variants[variant].build)
	case goSum:
		return callOf(t.variants[variant].build, args...)
	}
	text := t.name + "{"
	for i, a := range args {
		if i > 0 {
			text += ", "
		}
		text += t.fields[i].name + ": " + a
	}
	return primary(text + "}")
}

func (f *fn) call(e *ir.Call) code {
	fun := f.g.function(e.Func)
	args := f.texts(e.Args)
	if fun.faults {
		f.faults = true
		return callOf(fun.inner, append([]string{"e"}, args...)...)
	}
	return callOf(fun.name, args...)
}

// logical returns a conditional of bools by && and ||, if one of its branches
// is a constant.
func (f *fn) logical(e *ir.If) (code, bool) {
	truth := func(e ir.Expr) (bool, bool) {
		l, ok := e.(*ir.Lit)
		if !ok {
			return false, false
		}
		b, ok := l.Value.(ir.Bool)
		return bool(b), ok
	}
	node := ir.Node{T: e.T, Loc: e.Loc}
	if b, ok := truth(e.Then); ok {
		if b {
			return f.apply(&ir.Apply{Node: node, Op: ir.Or, Args: []ir.Expr{e.Cond, e.Else}}), true
		}
		return f.apply(&ir.Apply{Node: node, Op: ir.And, Args: []ir.Expr{not(e.Cond), e.Else}}), true
	}
	if b, ok := truth(e.Else); ok {
		if b {
			return f.apply(&ir.Apply{Node: node, Op: ir.Implies, Args: []ir.Expr{e.Cond, e.Then}}), true
		}
		return f.apply(&ir.Apply{Node: node, Op: ir.And, Args: []ir.Expr{e.Cond, e.Then}}), true
	}
	return code{}, false
}

func not(e ir.Expr) ir.Expr {
	return &ir.Apply{Node: ir.Node{T: e.Type(), Loc: e.Span()}, Op: ir.Not, Args: []ir.Expr{e}}
}

// extreme recognises what min(a, b) and max(a, b) are lowered to: a
// conditional that compares what it chooses from, under names for what is not
// simple.
func (f *fn) extreme(e ir.Expr) (code, bool) {
	named := map[*ir.Local]ir.Expr{}
	for {
		l, ok := e.(*ir.Let)
		if !ok {
			break
		}
		for other := range named {
			if uses(other, l.Value) {
				return code{}, false
			}
		}
		named[l.Local], e = l.Value, l.Body
	}
	cond, ok := e.(*ir.If)
	if !ok || len(named) > 2 || !cond.T.IsNumeric() {
		return code{}, false
	}
	test, ok := cond.Cond.(*ir.Apply)
	if !ok || test.Op != ir.Le && test.Op != ir.Ge || test.Args[0].Type() != cond.T {
		return code{}, false
	}
	var args []string
	for i, branch := range []ir.Expr{cond.Then, cond.Else} {
		x, xok := f.place(branch)
		y, yok := f.place(test.Args[i])
		if !xok || !yok || x != y {
			return code{}, false
		}
		for { // a name may stand for another one
			r, ok := branch.(*ir.LocalRef)
			if !ok || named[r.Local] == nil {
				break
			}
			branch = named[r.Local]
		}
		c := f.expr(branch)
		if c.untyped && i == 1 && isNumber(args[0]) {
			return code{}, false
		}
		args = append(args, c.text)
	}
	if test.Op == ir.Le {
		return callOf("min", args...), true
	}
	return callOf("max", args...), true
}

func isNumber(text string) bool {
	_, err := strconv.ParseInt(text, 10, 64)
	return err == nil
}
