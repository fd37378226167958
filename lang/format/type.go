package format

import (
	"github.com/spec-lang/spec/lang/ast"
)

func (p *printer) typ(t ast.Type) doc {
	switch t := t.(type) {
	case *ast.BadType:
		return text(p.original(t))
	case *ast.NamedType:
		name := t.Name.Name
		if t.Module != nil {
			name = t.Module.Name + "." + name
		}
		if t.Args == nil {
			return text(name)
		}
		return concat(text(name), p.list("[", "]", "", t.Name.Loc.Hi, t.Loc.Hi, p.typeArgs(t.Args)))
	case *ast.RangeType:
		return concat(p.end(t.Lo), text(".."), p.gap(none, t.Hi.Span().Lo), p.end(t.Hi))
	case *ast.FuncType:
		return concat(text("["), p.typ(t.Key), text("]"), p.typ(t.Elem))
	case *ast.MapType:
		return concat(text("map["), p.typ(t.Key), text("]"), p.typ(t.Elem))
	case *ast.SeqType:
		if t.Max == nil {
			return concat(text("[]"), p.typ(t.Elem))
		}
		return concat(text("[.."), p.right(t.Max, ast.LevelAdd), text("]"), p.typ(t.Elem))
	case *ast.TupleType:
		var items []item
		for _, e := range t.Elems {
			items = append(items, itemOf(e, func() doc { return p.typ(e) }))
		}
		return p.list("(", ")", "", t.Loc.Lo, t.Loc.Hi, items)
	case *ast.RefinedType:
		return p.refined(t)
	case *ast.LinearType:
		return spaced("linear", p.typ(t.Elem))
	}
	return none
}

func (p *printer) refined(t *ast.RefinedType) doc {
	p.noPipe = true
	base := p.typ(t.Base)
	p.noPipe = false
	return group(text("{"+t.Var.Name+" "), base, text(" |"), indent(p.gap(line, t.Pred.Span().Lo), p.expr(t.Pred)), text("}"))
}

// end lays out an end of a range. In the base of a refined type `|` ends it.
func (p *printer) end(e ast.Expr) doc {
	if p.noPipe && hasPipe(e) {
		return p.parens(e)
	}
	return p.narrow(e, func(e ast.Expr) doc { return p.left(e, ast.LevelAdd) })
}

func hasPipe(e ast.Expr) bool {
	b, ok := e.(*ast.Binary)
	return ok && (b.Op == ast.Union || hasPipe(b.X) || hasPipe(b.Y))
}

// optType is a type that may be left out.
func (p *printer) optType(t ast.Type) doc {
	if t == nil {
		return none
	}
	return spaced("", p.typ(t))
}

func (p *printer) typeArgs(args []ast.TypeArg) []item {
	var items []item
	for _, a := range args {
		if a.Type != nil {
			items = append(items, itemOf(a.Type, func() doc { return p.typ(a.Type) }))
		} else {
			items = append(items, itemOf(a.Value, func() doc { return p.expr(a.Value) }))
		}
	}
	return items
}

func (p *printer) typeParams(params []ast.TypeParam, hi int) doc {
	if len(params) == 0 {
		return none
	}
	var items []item
	for _, tp := range params {
		end := tp.Name.Loc.Hi
		if tp.Type != nil {
			end = tp.Type.Span().Hi
		}
		items = append(items, item{tp.Name.Loc.Lo, end, func() doc { return concat(text(tp.Name.Name), p.optType(tp.Type)) }})
		hi = end
	}
	return p.list("[", "]", "", params[0].Name.Loc.Lo-1, p.closing(hi), items)
}
