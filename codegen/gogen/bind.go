package gogen

import (
	"math/big"
	"strings"

	"github.com/spec-lang/spec/ir"
)

// binding writes the statements of a quantifier, aggregate or comprehension
// at the end of a function.
func (f *fn) binding(p *printer, e *ir.Bind) {
	f.fork(func() {
		switch e.Kind {
		case ir.Forall, ir.Exists:
			f.quantifier(p, e)
			p.line("return %s", map[bool]string{true: "true", false: "false"}[e.Kind == ir.Forall])
		case ir.Count:
			f.counted(p, e)
		case ir.Sum:
			f.summed(p, e)
		case ir.Min, ir.Max:
			f.extremum(p, e)
		case ir.Fold:
			f.folded(p, e)
		case ir.Choose:
			f.chosen(p, e)
		case ir.SetOf, ir.SeqOf:
			f.comprehended(p, e)
		case ir.FuncOf:
			f.function(p, e)
		case ir.MapOf:
			f.mapped(p, e)
		}
	})
}

// quantifier writes loops that return as soon as one binding decides. A
// quantifier of the same kind in the body becomes a loop of its own.
func (f *fn) quantifier(p *printer, e *ir.Bind) {
	f.loops(p, e.Binders, e.Cond, []ir.Tree{e.Body}, func() {
		if inner, ok := e.Body.(*ir.Bind); ok && inner.Kind == e.Kind {
			f.quantifier(p, inner)
			return
		}
		if e.Kind == ir.Forall {
			p.line("if %s {", condition(f.not(e.Body)))
			p.line("return false")
		} else {
			p.line("if %s {", f.cond(e.Body))
			p.line("return true")
		}
		p.line("}")
	})
}

func (f *fn) counted(p *printer, e *ir.Bind) {
	n := f.names.claim("n")
	p.line("var %s int64", n)
	f.loops(p, e.Binders, e.Cond, []ir.Tree{e.Body}, func() {
		if l, ok := e.Body.(*ir.Lit); ok && l.Value == ir.Bool(true) {
			p.line("%s++", n)
			return
		}
		p.line("if %s {", f.cond(e.Body))
		p.line("%s++", n)
		p.line("}")
	})
	p.line("return %s", n)
}

func (f *fn) summed(p *printer, e *ir.Bind) {
	t, sum := f.g.typ(e.T), f.names.claim("sum")
	p.line("var %s %s", sum, t.name)
	f.loops(p, e.Binders, e.Cond, []ir.Tree{e.Body}, func() {
		switch c := f.expr(e.Body); t.kind {
		case goDuration:
			added := f.fail("add", "int64("+sum+")", "int64("+c.text+")", f.where(e.Loc))
			p.line("%s = time.Duration(%s)", sum, added.text)
		default:
			p.line("%s = %s", sum, f.fail("add", sum, c.text, f.where(e.Loc)).text)
		}
	})
	p.line("return %s", sum)
}

func (f *fn) extremum(p *printer, e *ir.Bind) {
	t := f.g.typ(e.T)
	best, found, v := f.names.claim("best"), f.names.claim("found"), f.names.claim("v")
	p.line("var %s %s", best, t.name)
	p.line("%s := false", found)
	sign, what := " < 0", "min"
	if e.Kind == ir.Max {
		sign, what = " > 0", "max"
	}
	f.loops(p, e.Binders, e.Cond, []ir.Tree{e.Body}, func() {
		p.line("%s := %s", v, f.typed(e.Body))
		p.line("if !%s || %s {", found, t.compared(v, best)+sign)
		p.line("%s, %s = %s, true", best, found, v)
		p.line("}")
	})
	p.line("if !%s {", found)
	p.line("%s", f.fail("fail", "Empty", f.where(e.Loc)).text+" // "+what+" of nothing")
	p.line("}")
	p.line("return %s", best)
}

func (f *fn) folded(p *printer, e *ir.Bind) {
	init := f.typed(e.Init)
	acc := f.bind(e.Acc)
	p.line("%s := %s", acc, init)
	body := []ir.Tree{e.Body}
	f.loops(p, e.Binders, e.Cond, body, func() { f.tail(p, e.Body, sink{place: acc}) })
	p.line("return %s", acc)
}

func (f *fn) chosen(p *printer, e *ir.Bind) {
	l := e.Binders[0].Local
	read := []ir.Tree{&ir.LocalRef{Node: ir.Node{T: l.Type}, Local: l}}
	t := f.g.typ(e.T)
	f.loops(p, e.Binders, e.Cond, read, func() { p.line("return %s", f.bind(l)) })
	p.line("%s", f.fail("fail", "Empty", f.where(e.Loc)).text)
	p.line("return %s", t.zero())
}

func (f *fn) comprehended(p *printer, e *ir.Bind) {
	t, out := f.g.typ(e.T), f.names.claim("out")
	p.line("var %s []%s", out, t.elem.name)
	f.loops(p, e.Binders, e.Cond, []ir.Tree{e.Body}, func() {
		p.line("%s = append(%s, %s)", out, out, f.text(e.Body))
	})
	if e.Kind == ir.SeqOf {
		p.line("return %s", out)
		return
	}
	p.line("return New%s(%s...)", t.name, out)
}

func (f *fn) function(p *printer, e *ir.Bind) {
	t, out := f.g.typ(e.T), f.names.claim("out")
	key := e.Binders[0].Local
	read := []ir.Tree{e.Body, &ir.LocalRef{Node: ir.Node{T: key.Type}, Local: key}}
	p.line("var %s %s", out, t.name)
	f.loops(p, e.Binders, e.Cond, read, func() {
		place := out + "[" + f.g.index(e.T.Key, primary(f.bind(key))) + "]"
		f.tail(p, e.Body, sink{place: place})
	})
	p.line("return %s", out)
}

func (f *fn) mapped(p *printer, e *ir.Bind) {
	t, out := f.g.typ(e.T), f.names.claim("out")
	key, value := f.names.claim("key"), f.names.claim("value")
	twice, ok := f.names.claim("twice"), f.names.claim("ok")
	p.line("var %s %s", out, t.name)
	f.loops(p, e.Binders, e.Cond, []ir.Tree{e.Key, e.Body}, func() {
		p.line("%s, %s := %s, %s", key, value, f.typed(e.Key), f.typed(e.Body))
		p.line("if %s, %s := %s.Get(%s); %s && %s {", twice, ok, out, key, ok,
			condition(negated(t.elem.equal(primary(twice), primary(value)))))
		p.line("%s", f.fail("fail", "DuplicateKey", f.where(e.Loc)).text)
		p.line("}")
		p.line("%s = %s.With(%s, %s)", out, out, key, value)
	})
	p.line("return %s", out)
}

// loops writes one loop for each binder, and the condition around what body
// writes. Read are the trees in the body: a binder that none of them reads
// has no name.
func (f *fn) loops(p *printer, binders []ir.Binder, cond ir.Expr, read []ir.Tree, body func()) {
	if len(binders) == 0 {
		if cond == nil {
			body()
			return
		}
		p.line("if %s {", f.cond(cond))
		f.assuming(cond, true, body)
		p.line("}")
		return
	}
	first, rest := binders[0], binders[1:]
	trees := read
	if cond != nil {
		trees = append(trees[:len(trees):len(trees)], cond)
	}
	for _, b := range rest {
		trees = append(trees[:len(trees):len(trees)], b.Domain)
	}
	f.loop(p, first.Local, first.Domain, uses(first.Local, trees...), func() {
		f.loops(p, rest, cond, read, body)
	})
}

// loop writes a loop that binds l to each element of domain in turn.
func (f *fn) loop(p *printer, l *ir.Local, domain ir.Expr, used bool, body func()) {
	head := f.loopHead(l, domain, used)
	p.line("for %s {", head)
	f.fork(body)
	p.line("}")
}

func (f *fn) loopHead(l *ir.Local, domain ir.Expr, used bool) string {
	if a, ok := domain.(*ir.Apply); ok {
		switch a.Op {
		case ir.Universe:
			if head, ok := f.overType(l, a.T.Elem, used); ok {
				return head
			}
			return f.over(l, f.g.listAll(a.T.Elem, a.Loc)+"()", used)
		case ir.Interval:
			if head, ok := f.overInterval(l, a, used); ok {
				return head
			}
			list := f.intervalList(a)
			f.bounds[l] = interval{f.interval(a.Args[0]).lo, f.interval(a.Args[1]).hi}
			return f.over(l, list, used)
		}
	}
	return f.over(l, f.list(domain), used)
}

// over ranges over a slice.
func (f *fn) over(l *ir.Local, list string, used bool) string {
	if strings.Contains(list, "{") { // the grammar of Go asks for parentheses
		list = "(" + list + ")"
	}
	if !used {
		return "range " + list
	}
	return "_, " + f.bind(l) + " := range " + list
}

// overType ranges over all values of a type that Go can count through.
func (f *fn) overType(l *ir.Local, t *ir.Type, used bool) (string, bool) {
	gt := f.g.typ(t)
	switch gt.kind {
	case goSort, goEnum:
		if !used {
			return "range " + gt.count, true
		}
		return f.bind(l) + " := range " + gt.count, true
	case goBool:
		return f.over(l, "[]bool{false, true}", used), true
	case goInt:
		if n, ok := ir.Card(t); ok && n.Cmp(big.NewInt(ir.MaxElems)) <= 0 && typeInterval(t).within(full()) && t.Hi.Cmp(full().hi) < 0 {
			x := f.bind(l)
			f.bounds[l] = interval{t.Lo, t.Hi}
			return x + " := int64(" + t.Lo.String() + "); " + x + " <= " + t.Hi.String() + "; " + x + "++", true
		}
	}
	return "", false
}

// overInterval counts from one number to another, if there cannot be too many
// in between.
func (f *fn) overInterval(l *ir.Local, a *ir.Apply, used bool) (string, bool) {
	i, j := f.interval(a.Args[0]), f.interval(a.Args[1])
	n := new(big.Int).Sub(j.hi, i.lo)
	if n.Cmp(big.NewInt(ir.MaxElems)) >= 0 || j.hi.Cmp(full().hi) >= 0 {
		return "", false
	}
	lo, hi := f.expr(a.Args[0]), f.expr(a.Args[1])
	x := f.bind(l)
	f.bounds[l] = interval{i.lo, j.hi}
	if i.lo.Cmp(j.hi) > 0 {
		f.bounds[l] = full()
	}
	if lo.untyped {
		lo = callOf("int64", lo.text)
	}
	if isNumber(hi.text) {
		return x + " := " + lo.text + "; " + x + " <= " + hi.text + "; " + x + "++", true
	}
	if hi.untyped {
		hi = callOf("int64", hi.text)
	}
	last := f.names.claim("last")
	return x + ", " + last + " := " + lo.text + ", " + hi.text + "; " + x + " <= " + last + "; " + x + "++", true
}

// list returns the elements of a collection as a slice: those that a binder
// over it binds.
func (f *fn) list(e ir.Expr) string {
	switch e.Type().Kind {
	case ir.SeqKind:
		return f.text(e)
	case ir.MapKind:
		return f.expr(e).at(primaryPrec) + ".keys"
	}
	if a, ok := e.(*ir.Apply); ok {
		switch a.Op {
		case ir.Universe:
			return f.g.listAll(a.T.Elem, a.Loc) + "()"
		case ir.Interval:
			return f.intervalList(a)
		}
	}
	return f.expr(e).at(primaryPrec) + ".elems"
}
