package parse

import (
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/spec-lang/spec/lang/ast"
)

// modelItems parses the body of a model.
func (p *parser) modelItems() (items []ast.ModelItem) {
	if !p.at(tLbrace) {
		p.wanted(`"{"`, "write `model Name of Machine { ... }`")
		p.skipBody()
		return nil
	}
	open := p.next()
	for p.lines(); !p.at(tRbrace) && !p.at(lexer.EOF) && !beginsDecl.has(p.kind()); p.lines() {
		before := p.lex.RawCursor()
		items = append(items, p.modelItem())
		p.ended("item")
		if p.lex.RawCursor() == before {
			p.next()
		}
	}
	p.shut(tRbrace, open)
	return items
}

func (p *parser) modelItem() ast.ModelItem {
	lo := p.start()
	if !p.at(tIdent) {
		return p.badItem()
	}
	if k := p.second().Type; k == tAssign || k == tDot {
		target := p.path("a constant or sort")
		value := p.initial("write `N = 3`")
		return &ast.Bind{At: p.from(lo), Target: target, Value: value}
	}
	switch p.peek().Value {
	case "bound":
		p.next()
		cond := p.expr()
		return &ast.Bound{At: p.from(lo), Cond: cond}
	case "check":
		return p.check()
	case "expect":
		p.next()
		e := p.expectation()
		return &ast.ExpectItem{At: p.from(lo), Expect: e}
	case "mutate":
		return p.mutate()
	}
	if p.peek().Value == "start" && p.second().Type == kWhere {
		p.next()
		p.next()
		cond := p.expr()
		return &ast.Start{At: p.from(lo), Where: cond}
	}
	if p.second().Type != tIdent {
		return p.badItem()
	}
	o := &ast.Option{Name: p.ident("an option"), Value: p.ident("a value")}
	o.At = p.from(lo)
	return o
}

func (p *parser) badItem() ast.ModelItem {
	lo := p.start()
	help := "write `N = 3`, `bound P`, `start where P`, `check all`, `expect states 10` or `mutate A when G`"
	if p.second().Type == tColon {
		help = "write `=` to bind a constant: `N = 3`"
	}
	p.wanted("an item of a model", help)
	p.next()
	p.skipLine()
	return &ast.BadItem{At: p.from(lo)}
}

func (p *parser) check() ast.ModelItem {
	lo := p.start()
	p.next()
	c := &ast.Check{}
	if p.word("all") {
		p.next()
		c.All = true
	} else {
		c.Names = append(c.Names, p.path("the name of a property, or all"))
		for p.accept(tComma) {
			c.Names = append(c.Names, p.path("the name of a property"))
		}
	}
	if p.acceptWord("expect") {
		e := p.expectation()
		c.Expect = &e
	}
	c.At = p.from(lo)
	return c
}

// expectKinds are the words after expect.
var expectKinds = map[string]ast.ExpectKind{
	"holds": ast.ExpectHolds, "violated": ast.ExpectViolated, "deadlock": ast.ExpectDeadlock, "unknown": ast.ExpectUnknown,
	"bounded": ast.ExpectBounded, "states": ast.ExpectStates, "generated": ast.ExpectGenerated, "depth": ast.ExpectDepth,
}

func (p *parser) expectation() ast.Expectation {
	lo := p.start()
	t := p.peek()
	e := ast.Expectation{Kind: expectKinds[t.Value]}
	if e.Kind == 0 {
		p.wanted("an expectation", "write holds, violated, deadlock, unknown, bounded, states n, generated n or depth n")
		p.skip()
		e.Kind = ast.ExpectHolds
		e.At = p.nowhere()
		return e
	}
	p.next()
	switch e.Kind {
	case ast.ExpectViolated, ast.ExpectDeadlock:
		if p.acceptWord("depth") {
			e.Depth = p.number()
		}
	case ast.ExpectStates, ast.ExpectGenerated, ast.ExpectDepth:
		e.Count = p.number()
	}
	e.At = p.from(lo)
	return e
}

// number takes a number without an expression around it, or nil.
func (p *parser) number() *ast.IntLit {
	if !p.at(tInt) {
		p.wanted("a number", "")
		return nil
	}
	n, _ := p.numberLit().(*ast.IntLit)
	return n
}

func (p *parser) mutate() ast.ModelItem {
	lo := p.start()
	p.next()
	m := &ast.Mutate{}
	if p.accept(kVar) {
		m.IsVar = true
		m.Target = p.path("a variable")
		m.Value = p.initial("write `mutate var x = e`")
		m.At = p.from(lo)
		return m
	}
	m.Target = p.path("the name of an action, process or function")
	if p.accept(tAt) {
		label := p.ident("a label")
		m.Target = &ast.AtLabel{At: p.from(m.Target.Span().Lo), X: m.Target, Label: label}
	}
	if p.accept(tAssign) {
		m.Value = p.expr()
		m.At = p.from(lo)
		return m
	}
	if p.accept(kWhen) {
		m.Guard = p.expr()
	}
	if p.at(tLbrace) {
		m.Body = p.block("")
	}
	if m.Guard == nil && m.Body == nil {
		p.wanted("a change", "write `mutate A when G`, `mutate A { ... }`, `mutate f = e` or `mutate var x = e`")
	}
	m.At = p.from(lo)
	return m
}
