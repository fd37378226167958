package format

import "github.com/spec-lang/spec/lang/ast"

func (p *printer) model(d *ast.Model) doc {
	head := concat(text("model "+d.Name.Name+" of "), p.expr(d.Machine), p.machineArgs(d.Args, d.Machine), text(" "))
	var items []item
	for _, it := range d.Items {
		items = append(items, itemOf(it, func() doc { return p.item(it) }))
	}
	return concat(head, p.braces(p.bodyStart(d.Machine.Span().Hi, '{', items), d.Loc.Hi, items, "; ", ""))
}

func (p *printer) item(it ast.ModelItem) doc {
	switch it := it.(type) {
	case *ast.BadItem:
		return text(p.original(it))
	case *ast.Bind:
		return concat(p.expr(it.Target), p.assigned(" =", it.Value))
	case *ast.Bound:
		return p.word("bound", it.Cond)
	case *ast.Start:
		return p.word("start where", it.Where)
	case *ast.Check:
		return p.check(it)
	case *ast.ExpectItem:
		return text("expect " + p.expectation(it.Expect))
	case *ast.Mutate:
		return p.mutate(it)
	case *ast.Option:
		if it.Value == nil {
			return text(it.Name.Name)
		}
		return text(it.Name.Name + " " + it.Value.Name)
	}
	return none
}

func (p *printer) check(c *ast.Check) doc {
	d := text("check all")
	if !c.All {
		var docs []doc
		for i, n := range c.Names {
			if i > 0 {
				docs = append(docs, text(","), p.gap(line, n.Span().Lo))
			}
			docs = append(docs, p.expr(n))
		}
		d = concat(text("check "), group(indent(docs...)))
	}
	if c.Expect == nil {
		return d
	}
	return concat(d, text(" expect "+p.expectation(*c.Expect)))
}

func (p *printer) expectation(e ast.Expectation) string {
	s := e.Kind.String()
	if e.Depth != nil {
		s += " depth " + p.literal(e.Depth)
	}
	if e.Count != nil {
		s += " " + p.literal(e.Count)
	}
	return s
}

func (p *printer) mutate(m *ast.Mutate) doc {
	d := text("mutate ")
	if m.IsVar {
		d = text("mutate var ")
	}
	d = concat(d, p.expr(m.Target))
	if m.Value != nil {
		d = concat(d, p.assigned(" =", m.Value))
	}
	if m.Guard != nil {
		d = group(d, indent(p.gap(line, m.Guard.Span().Lo), p.word("when", m.Guard)))
	}
	if m.Body != nil {
		d = concat(d, text(" "), p.block(m.Body))
	}
	return d
}
