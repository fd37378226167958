package parse

import (
	"math/big"
	"strconv"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/spec-lang/spec/lang/ast"
)

// primary parses an operand without prefix and postfix. The kinds that end
// in an expression of their own (if, let, match, quantifiers) reach as far to
// the right as they can.
func (p *parser) primary() ast.Expr {
	t := p.peek()
	lo := t.Pos.Offset
	switch t.Type {
	case tIdent:
		return p.name()
	case tInt, tDuration:
		return p.numberLit()
	case tString:
		p.next()
		v, _ := strconv.Unquote(t.Value) // the scanner has checked it
		return &ast.StringLit{At: p.from(lo), Value: v}
	case kTrue, kFalse:
		p.next()
		return &ast.BoolLit{At: p.from(lo), Value: t.Type == kTrue}
	case tBad:
		p.next()
		p.hush()
		return &ast.BadExpr{At: p.from(lo)}
	case tLparen, tLbrack, tLbrace, kIf, kLet, kMatch, kForall, kExists, kChoose:
		return p.nested(p.bracketed)
	case kOld, kValues, kEnabled, kTaken:
		return p.nested(p.form)
	case kNot, kAlways, kEventually, kWithin, kAG, kAF, kAX, kEG, kEF, kEX, tMinus, tBang, kNext, kPrev:
		return p.unary(ast.LevelTight)
	}
	return p.missing("an expression")
}

func (p *parser) numberLit() ast.Expr {
	t := p.next()
	v, unit := splitNumber(t.Value)
	at := p.from(t.Pos.Offset)
	if t.Type == tDuration {
		return &ast.DurationLit{At: at, Value: v.Mul(v, big.NewInt(unit))}
	}
	return &ast.IntLit{At: at, Value: v}
}

// name parses a name, or an aggregate: count, sum, min, max and fold are
// names unless a name follows.
func (p *parser) name() ast.Expr {
	t := p.peek()
	kind, ok := aggregates[t.Value]
	if ok && p.second().Type == tIdent {
		return p.nested(func() ast.Expr { return p.quant(kind) })
	}
	if t.Value == "fold" && p.second().Type == tIdent {
		return p.nested(p.fold)
	}
	p.next()
	return &ast.Name{At: p.from(t.Pos.Offset), Name: t.Value}
}

// aggregates are the contextual words that begin a quantifier.
var aggregates = map[string]ast.QuantKind{"count": ast.Count, "sum": ast.Sum, "min": ast.Min, "max": ast.Max}

func (p *parser) bracketed() ast.Expr {
	switch p.kind() {
	case tLparen:
		return p.paren()
	case tLbrack:
		return p.seq()
	case tLbrace:
		return p.brace()
	case kIf:
		return p.ifExpr()
	case kLet:
		return p.letExpr()
	case kMatch:
		return p.matchExpr()
	case kForall:
		return p.quant(ast.Forall)
	case kExists:
		return p.quant(ast.Exists)
	default:
		return p.choose()
	}
}

func (p *parser) paren() ast.Expr {
	open := p.peek()
	var elems []ast.Expr
	comma := false
	p.list(open, tRparen, func() {
		comma = len(elems) > 0
		elems = append(elems, p.expr())
	})
	at := p.from(open.Pos.Offset)
	switch {
	case comma:
		return &ast.Tuple{At: at, Elems: elems}
	case len(elems) == 1:
		return &ast.Paren{At: at, X: elems[0]}
	}
	p.report(unexpected(at.Loc, "an expression", `"()"`, ""))
	return &ast.BadExpr{At: at}
}

// items parses the rest of a literal from its opening bracket: items until a
// `for`, which makes a comprehension of them.
func (p *parser) items(open *lexer.Token, closer lexer.TokenType, item func()) (binders []ast.Binder, cond ast.Expr) {
	done := false
	p.list(open, closer, func() {
		if done {
			p.wanted(quote(spelling[closer]), "")
		}
		item()
		p.inner()
		if !p.accept(kFor) {
			return
		}
		done = true
		binders = p.binders()
		p.inner()
		if p.accept(kIf) {
			cond = p.expr()
		}
	})
	return binders, cond
}

func (p *parser) seq() ast.Expr {
	open := p.peek()
	var elems []ast.Expr
	binders, cond := p.items(open, tRbrack, func() { elems = append(elems, p.expr()) })
	at := p.from(open.Pos.Offset)
	if binders != nil {
		return &ast.SeqComp{At: at, Elem: elems[0], Binders: binders, Cond: cond}
	}
	return &ast.SeqLit{At: at, Elems: elems}
}

// brace parses a set, map, function, or a comprehension of one.
func (p *parser) brace() ast.Expr {
	open := p.peek()
	var elems []ast.Expr
	m := &ast.MapLit{}
	binders, cond := p.items(open, tRbrace, func() {
		if p.word("_") && p.second().Type == tColon {
			p.next()
			p.next()
			m.Default = p.expr()
			return
		}
		x := p.expr()
		if b, ok := x.(*ast.Binary); ok && p.at(tColon) && b.Op == ast.In && m.Entries == nil && elems == nil {
			p.wanted(`"," or "}"`, setHelp)
		}
		if p.accept(tColon) {
			m.Entries = append(m.Entries, ast.Entry{Key: x, Value: p.expr()})
			return
		}
		elems = append(elems, x)
	})
	m.At = p.from(open.Pos.Offset)
	isMap := len(m.Entries) > 0 || m.Default != nil
	switch {
	case isMap && len(elems) > 0:
		p.report(unexpected(elems[0].Span(), "`key: value`", "an element without a key", "a map has a key for every value, a set has none"))
		return &ast.BadExpr{At: m.At}
	case binders == nil && isMap:
		return m
	case binders == nil:
		return &ast.SetLit{At: m.At, Elems: elems}
	case len(elems) == 1:
		return &ast.SetComp{At: m.At, Elem: elems[0], Binders: binders, Cond: cond}
	case len(m.Entries) == 1 && m.Default == nil:
		return &ast.MapComp{At: m.At, Key: m.Entries[0].Key, Value: m.Entries[0].Value, Binders: binders, Cond: cond}
	}
	p.report(unexpected(m.Loc, "one element before `for`", "several", "write `{e for x in S if P}`"))
	return &ast.BadExpr{At: m.At}
}

func (p *parser) ifExpr() ast.Expr {
	lo := p.start()
	p.next()
	e := &ast.If{Cond: p.expr()}
	help := "as a value, write `if c then a else b`"
	if p.need(kThen, help) {
		e.Then = p.expr()
	} else {
		e.Then = &ast.BadExpr{At: p.nowhere()}
	}
	if p.need(kElse, help) {
		e.Else = p.expr()
	} else {
		e.Else = &ast.BadExpr{At: p.nowhere()}
	}
	e.At = p.from(lo)
	return e
}

func (p *parser) letExpr() ast.Expr {
	lo := p.start()
	p.next()
	e := &ast.Let{Name: p.ident("a name after let")}
	if !p.at(tAssign) {
		e.Type = p.typ()
	}
	p.need(tAssign, "write `let x = e in b`")
	in := p.noIn
	p.noIn = true
	e.Value = p.expr()
	p.noIn = in
	if p.need(kIn, "as a value, write `let x = e in b`") {
		e.Body = p.expr()
	} else {
		e.Body = &ast.BadExpr{At: p.nowhere()}
	}
	e.At = p.from(lo)
	return e
}

func (p *parser) quant(kind ast.QuantKind) ast.Expr {
	lo := p.start()
	p.next()
	e := &ast.Quant{Kind: kind, Binders: p.binders()}
	e.Body = p.body()
	e.At = p.from(lo)
	return e
}

// body parses what a quantifier says of its names.
func (p *parser) body() ast.Expr {
	if p.need(tColon, "write `forall x in S: P`") {
		return p.expr()
	}
	return &ast.BadExpr{At: p.nowhere()}
}

func (p *parser) fold() ast.Expr {
	lo := p.start()
	p.next()
	help := "write `fold acc = start, x in S: e`"
	e := &ast.Fold{Acc: p.ident("a name after fold")}
	if !p.need(tAssign, help) {
		p.skip()
		return &ast.BadExpr{At: p.from(lo)}
	}
	e.Init = p.expr()
	if !p.need(tComma, help) {
		p.skip()
		return &ast.BadExpr{At: p.from(lo)}
	}
	e.Binders = p.binders()
	e.Body = p.body()
	e.At = p.from(lo)
	return e
}

func (p *parser) choose() ast.Expr {
	lo := p.start()
	p.next()
	e := &ast.Choose{Binder: p.binder()}
	if len(e.Binder.Names) > 1 {
		p.report(unexpected(e.Binder.Names[1].Loc, "one name", quote(e.Binder.Names[1].Name), "choose gives one value; choose a tuple for two"))
	}
	if p.accept(kWhere) {
		e.Where = p.expr()
	}
	e.At = p.from(lo)
	return e
}

// binders parses `x, y in S, z in T`.
func (p *parser) binders() []ast.Binder {
	bs := []ast.Binder{p.binder()}
	for p.at(tComma) && p.second().Type == tIdent {
		p.next()
		bs = append(bs, p.binder())
	}
	return bs
}

func (p *parser) binder() ast.Binder {
	b := ast.Binder{Names: []*ast.Ident{p.ident("a name")}}
	for p.accept(tComma) {
		b.Names = append(b.Names, p.ident("a name"))
	}
	if p.need(kIn, "say what the name ranges over: `x in S`") {
		b.Domain = p.binary(ast.LevelRange)
	} else {
		b.Domain = &ast.BadExpr{At: p.nowhere()}
	}
	b.At = p.from(b.Names[0].Loc.Lo)
	return b
}

// form parses the words that look like calls.
func (p *parser) form() (x ast.Expr) {
	t := p.next()
	if !p.at(tLparen) {
		p.wanted(`"("`, "write `"+t.Value+"(...)`")
		return &ast.BadExpr{At: p.from(t.Pos.Offset)}
	}
	open := p.next()
	p.plain(func() {
		switch t.Type {
		case kOld:
			x = &ast.Old{X: p.expr()}
		case kValues:
			x = &ast.Values{Type: p.typ()}
		default:
			x = p.actionPred(t.Type == kTaken)
		}
	})
	p.shut(tRparen, open)
	at := p.from(t.Pos.Offset)
	switch x := x.(type) {
	case *ast.Old:
		x.At = at
	case *ast.Values:
		x.At = at
	case *ast.ActionPred:
		x.At = at
	}
	return x
}

func (p *parser) actionPred(taken bool) ast.Expr {
	e := &ast.ActionPred{Taken: taken, Action: p.path("an action"), NoArgs: true}
	if p.at(tLparen) {
		e.NoArgs = false
		p.list(p.peek(), tRparen, func() { e.Args = append(e.Args, p.expr()) })
	}
	return e
}

// path parses `a` or `a.b`, the name of a declaration.
func (p *parser) path(what string) ast.Expr {
	id := p.ident(what)
	var x ast.Expr = &ast.Name{At: id.At, Name: id.Name}
	for p.at(tDot) {
		x = p.selector(x)
	}
	return x
}

func (p *parser) with(x ast.Expr) ast.Expr {
	return p.nested(func() ast.Expr {
		p.next()
		e := &ast.With{X: x}
		if p.at(tLbrace) {
			p.list(p.peek(), tRbrace, func() { e.Updates = append(e.Updates, p.update()) })
		} else {
			p.wanted(`"{"`, "write `x with {field: value}`")
		}
		e.At = p.from(x.Span().Lo)
		return e
	})
}

func (p *parser) update() ast.Update {
	var u ast.Update
	if p.at(tLbrack) {
		open := p.next()
		p.plain(func() { u.Index = p.expr() })
		p.shut(tRbrack, open)
	} else {
		u.Field = p.ident("a field")
	}
	p.need(tColon, "write `field: value` or `[key]: value`")
	u.Value = p.expr()
	return u
}
