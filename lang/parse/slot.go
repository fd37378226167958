package parse

import (
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/spec-lang/spec/lang/ast"
)

type (
	nameSlot          = slot[*ast.Ident, nameRule]
	propNameSlot      = slot[*ast.Ident, propNameRule]
	namesSlot         = slot[[]*ast.Ident, namesRule]
	exprSlot          = slot[ast.Expr, exprRule]
	valueSlot         = slot[ast.Expr, valueRule]
	formulaSlot       = slot[ast.Expr, formulaRule]
	proofSlot         = slot[*ast.Proof, proofRule]
	pathSlot          = slot[ast.Expr, pathRule]
	anyActionSlot     = slot[ast.Expr, anyActionRule]
	typeSlot          = slot[ast.Type, typeRule]
	optTypeSlot       = slot[ast.Type, optTypeRule]
	typeParamsSlot    = slot[[]ast.TypeParam, typeParamsRule]
	typeArgsSlot      = slot[[]ast.TypeArg, typeArgsRule]
	argsSlot          = slot[[]ast.Field, argsRule]
	structFieldsSlot  = slot[[]ast.Field, structFieldsRule]
	variantsSlot      = slot[[]ast.Variant, variantsRule]
	paramsSlot        = slot[[]ast.Param, paramsRule]
	machineParamsSlot = slot[[]ast.MachineParam, machineParamsRule]
	clausesSlot       = slot[clauses, clausesRule]
	blockSlot         = slot[*ast.Block, blockRule]
	funcBodySlot      = slot[funcBody, funcBodyRule]
	storySlot         = slot[[]ast.Stmt, storyRule]
	membersSlot       = slot[[]ast.Decl, membersRule]
	itemsSlot         = slot[[]ast.ModelItem, itemsRule]
	mappingSlot       = slot[[]ast.Binding, mappingRule]
	syncSlot          = slot[syncParts, syncRule]
	asSlot            = slot[*ast.Ident, asRule]
	eqSlot            = slot[bool, eqRule]
	ofSlot            = slot[bool, ofRule]
	whenSlot          = slot[bool, whenRule]
)

type (
	nameRule          struct{}
	propNameRule      struct{}
	namesRule         struct{}
	exprRule          struct{}
	valueRule         struct{}
	formulaRule       struct{}
	proofRule         struct{}
	pathRule          struct{}
	anyActionRule     struct{}
	typeRule          struct{}
	optTypeRule       struct{}
	typeParamsRule    struct{}
	typeArgsRule      struct{}
	argsRule          struct{}
	structFieldsRule  struct{}
	variantsRule      struct{}
	paramsRule        struct{}
	machineParamsRule struct{}
	clausesRule       struct{}
	blockRule         struct{}
	funcBodyRule      struct{}
	storyRule         struct{}
	membersRule       struct{}
	itemsRule         struct{}
	mappingRule       struct{}
	syncRule          struct{}
	asRule            struct{}
	eqRule            struct{}
	ofRule            struct{}
	whenRule          struct{}
)

func (nameRule) parse(p *parser) *ast.Ident            { return p.ident("a name") }
func (exprRule) parse(p *parser) ast.Expr              { return p.expr() }
func (pathRule) parse(p *parser) ast.Expr              { return p.path("the name of a machine") }
func (anyActionRule) parse(p *parser) ast.Expr         { return p.postfix() }
func (typeRule) parse(p *parser) ast.Type              { return p.typ() }
func (typeParamsRule) parse(p *parser) []ast.TypeParam { return p.typeParams() }
func (typeArgsRule) parse(p *parser) []ast.TypeArg     { return p.typeArgs() }
func (argsRule) parse(p *parser) []ast.Field           { return p.fields() }
func (proofRule) parse(p *parser) *ast.Proof           { return p.proof() }
func (blockRule) parse(p *parser) *ast.Block           { return p.block("a body stands between braces: { ... }") }
func (membersRule) parse(p *parser) []ast.Decl         { return p.members() }
func (itemsRule) parse(p *parser) []ast.ModelItem      { return p.modelItems() }
func (eqRule) parse(p *parser) bool                    { return p.need(tAssign, "write `type T = ...`") }
func (whenRule) parse(p *parser) bool                  { return p.need(kWhen, "write `terminal when P`") }

// propNameRule takes the name of a property, which is easily forgotten.
func (propNameRule) parse(p *parser) *ast.Ident {
	if t := p.second(); p.at(tIdent) && t.Type != tColon && t.Value != "inductive" && t.Value != "using" {
		p.report(unexpected(p.here(), "a name and \":\"", p.found(), "give it a name: `invariant Name: P`"))
		return &ast.Ident{At: p.nowhere()}
	}
	return p.ident("a name and \":\"")
}

func (namesRule) parse(p *parser) []*ast.Ident {
	ids := []*ast.Ident{p.ident("a name")}
	for p.accept(tComma) {
		ids = append(ids, p.ident("a name"))
	}
	return ids
}

func (formulaRule) parse(p *parser) ast.Expr {
	if p.need(tColon, "write `Name: P`") {
		return p.expr()
	}
	return &ast.BadExpr{At: p.nowhere()}
}

// valueRule takes `= e`, if it is there.
func (valueRule) parse(p *parser) ast.Expr {
	if p.accept(tAssign) {
		return p.expr()
	}
	return nil
}

// optTypeRule takes the type of a constant or variable, which its value may
// show instead.
func (optTypeRule) parse(p *parser) ast.Type {
	if p.at(tAssign) || p.at(kIn) {
		return nil
	}
	return p.typ()
}

// funcBody is what a function does: one of the two, or nothing.
type funcBody struct {
	value ast.Expr
	block *ast.Block
}

func (funcBodyRule) parse(p *parser) funcBody {
	if p.at(tLbrace) {
		return funcBody{block: p.block("")}
	}
	return funcBody{value: valueRule{}.parse(p)}
}

func (storyRule) parse(p *parser) []ast.Stmt {
	p.story = true
	return p.block("the steps stand between braces: { A(x); expect P }").Stmts
}

func (ofRule) parse(p *parser) bool {
	if p.acceptWord("of") {
		return true
	}
	p.wanted(`"of"`, "write `model Name of Machine { ... }`")
	return false
}

func (asRule) parse(p *parser) *ast.Ident {
	if p.acceptWord("as") {
		return p.ident("a name after as")
	}
	p.wanted(`"as"`, "write `use Machine(...) as name`")
	return &ast.Ident{At: p.nowhere()}
}

// variantsRule takes the variants of an enum, between commas or on lines of
// their own.
func (variantsRule) parse(p *parser) (vs []ast.Variant) {
	p.members0("enum E { A, B(x T) }", func() {
		v := ast.Variant{Doc: p.doc(), Name: p.ident("a variant")}
		v.Fields = p.fields()
		v.At = p.from(v.Name.Loc.Lo)
		vs = append(vs, v)
	})
	return vs
}

func (structFieldsRule) parse(p *parser) (fs []ast.Field) {
	p.members0("struct S { a T; b U }", func() { fs = append(fs, p.field()) })
	return fs
}

func (mappingRule) parse(p *parser) (bs []ast.Binding) {
	if !p.accept(kWith) {
		if !p.at(tLbrace) {
			return nil
		}
		p.wanted(`"with"`, "write `refines M with { x = e }`")
	}
	p.members0("refines M with { x = e }", func() {
		b := ast.Binding{Name: p.ident("a variable of the abstract machine")}
		b.Value = p.initial("write `x = e`")
		b.At = p.from(b.Name.Loc.Lo)
		bs = append(bs, b)
	})
	return bs
}

// members0 parses `{ items }`, the items between commas, semicolons or line
// breaks.
func (p *parser) members0(shape string, item func()) {
	if !p.at(tLbrace) {
		p.wanted(`"{"`, "write `"+shape+"`")
		p.skipBody()
		return
	}
	open := p.next()
	for p.lines(); !p.at(tRbrace) && !p.stuck(tRbrace); p.lines() {
		before := p.lex.RawCursor()
		item()
		if p.lex.RawCursor() == before && !p.at(tComma) && !p.at(tNewline) {
			p.next()
			p.hush()
		}
		p.armEnd()
	}
	p.shut(tRbrace, open)
}

// paramsRule takes the parameters of an action: `r RM, m in net`.
func (paramsRule) parse(p *parser) (ps []ast.Param) {
	if !p.at(tLparen) {
		return nil
	}
	p.list(p.peek(), tRparen, func() {
		par := ast.Param{Name: p.ident("a parameter")}
		if p.accept(kIn) {
			par.In = p.expr()
		} else {
			par.Type = p.typ()
		}
		par.At = p.from(par.Name.Loc.Lo)
		ps = append(ps, par)
	})
	return ps
}

// machineParamsRule takes the parameters of a machine: `Client sort, n int`.
func (machineParamsRule) parse(p *parser) (ps []ast.MachineParam) {
	if !p.at(tLparen) {
		return nil
	}
	p.list(p.peek(), tRparen, func() {
		par := ast.MachineParam{Name: p.ident("a parameter")}
		if p.accept(kSort) {
			par.IsSort = true
			par.Order = p.order()
		} else {
			par.Type = p.typ()
		}
		par.At = p.from(par.Name.Loc.Lo)
		ps = append(ps, par)
	})
	return ps
}

func (p *parser) order() ast.SortOrder {
	switch {
	case p.acceptWord("ordered"):
		return ast.Ordered
	case p.acceptWord("ring"):
		return ast.Ring
	}
	return ast.Unordered
}

// clauses are what may stand between the head and the body of a function or
// action.
type clauses struct {
	requires, ensures []ast.Expr
	decreases         ast.Expr
	effects           []ast.EffectClause
}

// clauseWords are the contextual words that begin a clause.
var clauseWords = map[string]bool{
	"requires": true, "ensures": true, "decreases": true, "reads": true, "writes": true, "sends": true, "receives": true,
	"raises": true, "picks": true, "grows": true, "effects": true,
}

func beginsClause(t *lexer.Token) bool { return t.Type == tIdent && clauseWords[t.Value] }

func (clausesRule) parse(p *parser) (c clauses) {
	for p.clause(beginsClause) {
		t := p.next()
		lo := t.Pos.Offset
		switch t.Value {
		case "requires", "ensures", "decreases":
			p.lines()
			p.noEq = true
			x := p.expr()
			p.noEq = false
			switch t.Value {
			case "requires":
				c.requires = append(c.requires, x)
			case "ensures":
				c.ensures = append(c.ensures, x)
			default:
				c.decreases = x
			}
		default:
			e := ast.EffectClause{Kind: t.Value, Paths: p.effectPaths(t.Value)}
			e.At = p.from(lo)
			c.effects = append(c.effects, e)
		}
	}
	return c
}

// effectPaths parses what an effect is on; picks stands alone.
func (p *parser) effectPaths(kind string) (paths []ast.Expr) {
	if kind == "picks" {
		return nil
	}
	for {
		paths = append(paths, p.postfix())
		if !p.accept(tComma) {
			return paths
		}
	}
}

// syncParts are the parts of a sync.
type syncParts struct {
	name    *ast.Ident
	actions []ast.Expr
}

func (syncRule) parse(p *parser) (s syncParts) {
	if p.at(tIdent) && p.second().Type == tColon {
		s.name = p.ident("a name")
		p.next()
	}
	help := "write `sync A.Send || B.Recv`"
	s.actions = []ast.Expr{p.postfix()}
	for p.accept(tOr) {
		s.actions = append(s.actions, p.postfix())
	}
	if len(s.actions) == 1 {
		p.wanted(`"||"`, help)
	}
	return s
}
