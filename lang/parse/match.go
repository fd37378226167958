package parse

import (
	"math/big"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/spec-lang/spec/lang/ast"
)

func (p *parser) matchExpr() ast.Expr {
	lo := p.start()
	p.next()
	e := &ast.Match{X: p.expr()}
	p.arms(func(pat ast.Pattern) { e.Arms = append(e.Arms, ast.ExprArm{Pattern: pat, Body: p.expr()}) })
	e.At = p.from(lo)
	return e
}

// arms parses `{ pattern => body ... }`, the arms on lines of their own or
// between commas.
func (p *parser) arms(body func(ast.Pattern)) {
	if !p.at(tLbrace) {
		p.wanted(`"{"`, "write `match e { A => x, B(y) => z }`")
		return
	}
	open := p.next()
	p.plain(func() {
		for p.lines(); !p.at(tRbrace) && !p.stuck(tRbrace); p.lines() {
			before := p.lex.RawCursor()
			pat := p.pattern()
			if p.need(tImplies, "write `pattern => body`") {
				body(pat)
			} else {
				p.skip()
			}
			p.armEnd()
			if p.lex.RawCursor() == before {
				break
			}
		}
	})
	p.shut(tRbrace, open)
}

func (p *parser) armEnd() {
	switch p.kind() {
	case tComma, tNewline:
		p.next()
	case tRbrace, lexer.EOF:
	default:
		p.wanted("a new line, \",\" or \"}\"", "")
		p.skip()
		p.accept(tComma)
	}
}

func (p *parser) pattern() ast.Pattern {
	first := p.onePattern()
	if !p.at(tPipe) {
		return first
	}
	or := ast.Pattern{Or: []ast.Pattern{first}}
	for p.accept(tPipe) {
		or.Or = append(or.Or, p.onePattern())
	}
	or.At = p.from(first.Loc.Lo)
	return or
}

func (p *parser) onePattern() ast.Pattern {
	t := p.peek()
	lo := t.Pos.Offset
	var pat ast.Pattern
	switch t.Type {
	case tIdent:
		if t.Value == "_" {
			p.next()
			pat.Wild = true
			break
		}
		pat.Name = p.path("a pattern")
		if p.at(tLparen) {
			pat.HasArgs = true
			p.list(p.peek(), tRparen, func() { pat.Binds = append(pat.Binds, p.ident("a name for the value, or `_`")) })
		}
	case tMinus:
		p.next()
		pat.Literal = p.negative(lo)
	case tInt, tDuration, tString, kTrue, kFalse:
		pat.Literal = p.primary()
	default:
		p.wanted("a pattern", "write `A`, `B(x)`, a literal, or `_` for everything else")
		pat.Literal = &ast.BadExpr{At: p.nowhere()}
		pat.At = p.nowhere()
		return pat
	}
	pat.At = p.from(lo)
	return pat
}

// negative parses the number of a negative literal, after its sign at lo.
func (p *parser) negative(lo int) ast.Expr {
	if !p.at(tInt) {
		return p.missing("a number")
	}
	x := p.numberLit()
	if x, ok := x.(*ast.IntLit); ok && x.Value == nil {
		x.Value = new(big.Int)
	}
	return &ast.Unary{At: p.from(lo), Op: ast.Neg, X: x}
}
