package gogen

import (
	"strconv"

	"github.com/spec-lang/spec/ir"
)

// convert checks that a value is of the narrower type; the Go value stays.
func (f *fn) convert(e *ir.Convert) code {
	from, to := e.X.Type(), e.T
	x := f.expr(e.X)
	test := f.g.fits(primary("x"), from, to)
	if from.IsNumeric() && f.interval(e.X).within(typeInterval(to)) {
		test = primary("true")
	}
	if to.Kind == ir.SeqKind && f.shortEnough(e.X, to) && f.g.fits(primary("x"), from.Elem, to.Elem).text == "true" {
		test = primary("true")
	}
	if test.text == "true" {
		return x
	}
	if to.Kind == ir.RangeKind {
		lo, hi := typeInterval(to).lo.String(), typeInterval(to).hi.String()
		return f.fail("within", x.text, lo, hi, f.where(e.Loc))
	}
	f.faults = true
	if to.Kind == ir.SeqKind && f.g.fits(primary("x"), from.Elem, to.Elem).text == "true" {
		return primary(x.at(primaryPrec) + ".atMost(e, " + strconv.Itoa(to.Max) + ", " + f.where(e.Loc) + ")")
	}
	t, name := f.g.typ(to), f.names.claim("x")
	p := &printer{}
	p.line("func(%s %s) %s {", name, t.name, t.name)
	p.line("if %s {", condition(negated(f.g.fits(primary(name), from, to))))
	p.line("e.fail(OutsideType, %s)", f.where(e.Loc))
	p.line("}")
	p.line("return %s", name)
	p.text.WriteString("}(" + x.text + ")")
	return primary(p.String())
}

// shortEnough reports whether a sequence is known to be no longer than t
// allows.
func (f *fn) shortEnough(e ir.Expr, t *ir.Type) bool {
	if t.Max < 0 {
		return true
	}
	switch e := e.(type) {
	case *ir.Apply:
		return e.Op == ir.SeqLit && len(e.Args) <= t.Max || e.Op == ir.Slice && f.shortEnough(e.Args[0], t)
	case *ir.Lit:
		s, ok := e.Value.(ir.SeqValue)
		return ok && len(s.Elems) <= t.Max
	case *ir.Convert:
		return f.shortEnough(e.X, t)
	}
	from := e.Type()
	return from.Kind == ir.SeqKind && from.Max >= 0 && from.Max <= t.Max
}

// fits is the condition that a value of type from is one of type to; the
// types differ at most in ranges and lengths. It is true where the types say
// so; what a caller from outside hands in is checked with a nil from.
func (g *gen) fits(x code, from, to *ir.Type) code {
	yes := primary("true")
	if from == to && from != nil {
		return yes
	}
	t := g.typ(to)
	inner := func(typ *ir.Type, elem func(*ir.Type) *ir.Type) *ir.Type {
		if typ == nil {
			return nil
		}
		return elem(typ)
	}
	elem := func(t *ir.Type) *ir.Type { return t.Elem }
	switch t.kind {
	case goInt:
		if to.Kind != ir.RangeKind || from != nil && typeInterval(from).within(typeInterval(to)) {
			return yes
		}
		i := typeInterval(to)
		return join(code{text: i.lo.String() + " <= " + x.at(addPrec), prec: comparePrec},
			code{text: x.at(addPrec) + " <= " + i.hi.String(), prec: comparePrec}, true)
	case goSort, goEnum, goSum:
		if from != nil {
			return yes
		}
		return primary(x.at(primaryPrec) + ".Valid()")
	case goOption:
		part := g.fits(primary(x.at(primaryPrec)+".Value"), inner(from, elem), to.Elem)
		if part.text == "true" {
			return yes
		}
		return join(code{text: "!" + x.at(primaryPrec) + ".Some", prec: unaryPrec}, part, false)
	case goStruct:
		all := yes
		for i, f := range to.Fields {
			part := inner(from, func(t *ir.Type) *ir.Type { return t.Fields[i].Type })
			all = join(all, g.fits(primary(x.at(primaryPrec)+"."+t.fields[i].name), part, f.Type), true)
		}
		return all
	}
	return g.fitsAll(x, from, to)
}

// fitsAll is fits for collections.
func (g *gen) fitsAll(x code, from, to *ir.Type) code {
	t, all := g.typ(to), primary("true")
	each := func(list string, from, to *ir.Type) {
		v := "v" + strconv.Itoa(len(x.text)) // not a name within the condition
		part := g.fits(primary(v), from, to)
		if part.text == "true" {
			return
		}
		test := callOf("slices.ContainsFunc", list, "func("+v+" "+g.typ(to).name+") bool { return "+negated(part).text+" }")
		all = join(all, negated(test), true)
	}
	var fromElem, fromKey *ir.Type
	if from != nil {
		fromElem, fromKey = from.Elem, from.Key
	}
	at := x.at(primaryPrec)
	switch t.kind {
	case goSet, goBag:
		each(at+".elems", fromElem, to.Elem)
	case goSeq:
		if to.Max >= 0 && (from == nil || from.Max < 0 || from.Max > to.Max) {
			all = code{text: "len(" + x.text + ") <= " + strconv.Itoa(to.Max), prec: comparePrec}
		}
		each(x.text, fromElem, to.Elem)
	case goFunc:
		each(at+"[:]", fromElem, to.Elem)
	case goMap:
		each(at+".keys", fromKey, to.Key)
		each(at+".vals", fromElem, to.Elem)
	}
	return all
}
