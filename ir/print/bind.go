package print

import (
	"strings"

	"github.com/spec-lang/spec/ir"
)

var bindWords = map[ir.BindKind]string{ir.Forall: "forall", ir.Exists: "exists", ir.Count: "count", ir.Sum: "sum", ir.Min: "min", ir.Max: "max"}

func (p *printer) binding(e *ir.Bind, want *ir.Type) shown {
	var s shown
	p.scoped(func() {
		switch e.Kind {
		case ir.Forall, ir.Exists:
			s = p.quantifier(e)
		case ir.Count, ir.Sum, ir.Min, ir.Max:
			s = p.aggregate(e)
		case ir.Fold:
			s = p.fold(e)
		case ir.Choose:
			s = p.choose(e)
		default:
			s = p.comprehension(e, want)
		}
	})
	return s
}

// quantifier shows nested quantifiers of one kind as one. A filter becomes a
// part of the body.
func (p *printer) quantifier(e *ir.Bind) shown {
	binders := e.Binders
	body := e.Body
	for e.Cond == nil {
		inner, ok := body.(*ir.Bind)
		if !ok || inner.Kind != e.Kind {
			break
		}
		binders, body = append(binders[:len(binders):len(binders)], inner.Binders...), inner.Body
		e = inner
	}
	head := bindWords[e.Kind] + " " + p.binders(binders) + ": "
	text := p.closed(body, body.Type())
	if e.Cond != nil {
		op := ir.Implies
		if e.Kind == ir.Exists {
			op = ir.And
		}
		text = p.closed(&ir.Apply{Node: e.Node, Op: op, Args: []ir.Expr{e.Cond, body}}, e.T)
	}
	return shown{head + text, levelPostfix, true}
}

// binders shows `x, y in S, z in T` and binds the names.
func (p *printer) binders(bs []ir.Binder) string {
	var groups []string
	last := ""
	for _, b := range bs {
		domain := p.operand(b.Domain, nil, anyLevel)
		name := p.bind(b.Local)
		if n := len(groups); n > 0 && domain == last {
			groups[n-1] = strings.Replace(groups[n-1], " in ", ", "+name+" in ", 1)
			continue
		}
		groups = append(groups, name+" in "+domain)
		last = domain
	}
	return strings.Join(groups, ", ")
}

// aggregate shows count, sum, min and max. The language filters the domain of
// the last name, not the bindings.
func (p *printer) aggregate(e *ir.Bind) shown {
	binders := e.Binders
	if e.Cond != nil {
		binders = filtered(binders, e.Cond)
	}
	head := bindWords[e.Kind] + " " + p.binders(binders) + ": "
	return shown{head + p.closed(e.Body, nil), levelPostfix, true}
}

// filtered puts a condition into the domain of the last binder.
func filtered(bs []ir.Binder, cond ir.Expr) []ir.Binder {
	out := append([]ir.Binder(nil), bs...)
	b := &out[len(out)-1]
	kind := ir.SetOf
	if b.Domain.Type().Kind == ir.SeqKind {
		kind = ir.SeqOf
	}
	inner := &ir.Local{Name: b.Local.Name, Type: b.Local.Type}
	cond = ir.Rewrite(cond, func(x ir.Expr) ir.Expr {
		if r, ok := x.(*ir.LocalRef); ok && r.Local == b.Local {
			return &ir.LocalRef{Node: r.Node, Local: inner}
		}
		return x
	})
	b.Domain = &ir.Bind{Node: ir.Node{T: b.Domain.Type(), Loc: cond.Span()}, Kind: kind, Cond: cond,
		Binders: []ir.Binder{{Local: inner, Domain: b.Domain}}, Body: &ir.LocalRef{Node: ir.Node{T: inner.Type}, Local: inner}}
	return out
}

func (p *printer) fold(e *ir.Bind) shown {
	binders := e.Binders
	if e.Cond != nil {
		binders = filtered(binders, e.Cond)
	}
	init := p.expr(e.Init, nil)
	if p.exact && !says(e.Init) { // it gives the accumulator its type
		init = p.typed(e.Init)
	}
	if init.open {
		init = paren(init)
	}
	domains := p.binders(binders)
	acc := p.bind(e.Acc)
	return shown{"fold " + acc + " = " + init.text + ", " + domains + ": " + p.closed(e.Body, nil), levelPostfix, true}
}

// says reports whether the text of e has the type of e.
func says(e ir.Expr) bool {
	switch e := e.(type) {
	case *ir.Convert:
		return false
	case *ir.Let:
		return says(e.Body)
	case *ir.If:
		return says(e.Then) && says(e.Else)
	}
	return !needy(e)
}

func (p *printer) choose(e *ir.Bind) shown {
	text := "choose " + p.binders(e.Binders)
	if e.Cond != nil {
		text += " where " + p.closed(e.Cond, e.Cond.Type())
	}
	return shown{text, levelPostfix, true}
}

// comprehension shows sets, sequences, functions and maps of something.
func (p *printer) comprehension(e *ir.Bind, want *ir.Type) shown {
	binders := p.binders(e.Binders)
	var elem, key *ir.Type
	if want == e.T || !p.exact {
		elem, key = e.T.Elem, e.T.Key
	}
	body := p.operand(e.Body, elem, anyLevel)
	switch e.Kind {
	case ir.FuncOf:
		body = p.names.of(e.Binders[0].Local, "") + ": " + body
	case ir.MapOf:
		body = p.operand(e.Key, key, levelRange) + ": " + body
	}
	text := body + " for " + binders
	if e.Cond != nil {
		text += " if " + p.closed(e.Cond, e.Cond.Type())
	}
	if e.Kind == ir.SeqOf {
		return atom("[" + text + "]")
	}
	return atom("{" + text + "}")
}
