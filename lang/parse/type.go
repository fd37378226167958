package parse

import (
	"slices"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/spec-lang/spec/lang/ast"
)

// typ parses a type. What is missing is a BadType.
func (p *parser) typ() ast.Type {
	var t ast.Type
	if !p.deeper(func() { t = p.oneType() }) {
		return &ast.BadType{At: p.nowhere()}
	}
	return t
}

func (p *parser) oneType() ast.Type {
	lo := p.start()
	switch p.kind() {
	case tIdent:
		if p.rangeFollows() {
			return p.rangeType()
		}
		return p.namedType()
	case tInt, tDuration, tMinus:
		return p.rangeType()
	case tLparen:
		if p.rangeAfterParen() {
			return p.rangeType()
		}
		return p.tupleType()
	case tLbrack:
		return p.bracketType()
	case tLbrace:
		return p.refinedType()
	case kLinear:
		p.next()
		elem := p.typ()
		return &ast.LinearType{At: p.from(lo), Elem: elem}
	case tBad:
		p.next()
		p.hush()
		return &ast.BadType{At: p.from(lo)}
	}
	p.wanted("a type", p.typeHelp())
	return &ast.BadType{At: p.nowhere()}
}

func (p *parser) typeHelp() string {
	switch p.kind() {
	case tComma:
		return "every name has its own type: `a int, b int`"
	case tRparen:
		return "a name and its type: `x int`"
	case tColon:
		return "a type follows its name without a colon: `x int`"
	case tStar:
		return "there are no pointers: write the type itself"
	case tRange:
		return "a range has a lower end: 0..hi"
	}
	return ""
}

// rangeFollows reports whether the name that comes next begins the lower end
// of a range.
func (p *parser) rangeFollows() bool {
	mark := p.lex.MakeCheckpoint()
	defer p.lex.LoadCheckpoint(mark)
	p.next()
	for p.at(tDot) {
		p.next()
		p.next()
	}
	return p.inRange()
}

// rangeAfterParen reports whether the parentheses that come next are part of
// the lower end of a range.
func (p *parser) rangeAfterParen() bool {
	mark := p.lex.MakeCheckpoint()
	defer p.lex.LoadCheckpoint(mark)
	p.skipBrackets(maxSearch)
	return p.inRange()
}

func (p *parser) inRange() bool {
	switch p.kind() {
	case tRange, tPlus, tMinus, tStar, tSlash, tPercent, tLparen:
		return true
	}
	return false
}

func (p *parser) rangeType() ast.Type {
	lo := p.binary(ast.LevelAdd)
	if !p.need(tRange, "a number is no type; a range is `lo..hi`") {
		return &ast.BadType{At: p.from(lo.Span().Lo)}
	}
	hi := p.binary(ast.LevelAdd)
	return &ast.RangeType{At: p.from(lo.Span().Lo), Lo: lo, Hi: hi}
}

func (p *parser) namedType() ast.Type {
	lo := p.start()
	id := p.ident("a type")
	if id.Name == "map" && p.at(tLbrack) {
		return p.mapType(lo)
	}
	t := &ast.NamedType{Name: id}
	if p.accept(tDot) {
		t.Module, t.Name = id, p.ident("a type after \".\"")
	}
	if p.at(tLbrack) {
		p.list(p.peek(), tRbrack, func() { t.Args = append(t.Args, p.typeArg()) })
	}
	t.At = p.from(lo)
	return t
}

func (p *parser) mapType(lo int) ast.Type {
	key := p.key(p.next())
	elem := p.elem()
	return &ast.MapType{At: p.from(lo), Key: key, Elem: elem}
}

// key parses the rest of `[K]`.
func (p *parser) key(open *lexer.Token) (t ast.Type) {
	p.plain(func() { t = p.typ() })
	if p.at(tComma) {
		p.wanted(`"]"`, "a function of two arguments is `[A][B]T` or `[(A, B)]T`")
		for p.accept(tComma) {
			p.skip()
		}
	}
	p.shut(tRbrack, open)
	return t
}

// bracketType parses `[]T`, `[..n]T` and `[K]V`.
func (p *parser) bracketType() ast.Type {
	open := p.next()
	lo := open.Pos.Offset
	if p.accept(tRbrack) {
		elem := p.elem()
		return &ast.SeqType{At: p.from(lo), Elem: elem}
	}
	if p.accept(tRange) {
		var most ast.Expr
		p.plain(func() { most = p.binary(ast.LevelAdd) })
		p.shut(tRbrack, open)
		elem := p.elem()
		return &ast.SeqType{At: p.from(lo), Max: most, Elem: elem}
	}
	key := p.key(open)
	elem := p.elem()
	return &ast.FuncType{At: p.from(lo), Key: key, Elem: elem}
}

// elem parses the type behind brackets, which some forget.
func (p *parser) elem() ast.Type {
	switch p.kind() {
	case tNewline, tAssign, tComma, tRparen, tRbrack, tRbrace, lexer.EOF:
		p.wanted("a type behind \"]\"", "write `[]T` for a sequence, `[K]T` for a function, `map[K]T`, `set[T]`")
		return &ast.BadType{At: p.nowhere()}
	}
	return p.typ()
}

func (p *parser) tupleType() ast.Type {
	open := p.peek()
	t := &ast.TupleType{}
	p.list(open, tRparen, func() { t.Elems = append(t.Elems, p.typ()) })
	t.At = p.from(open.Pos.Offset)
	if len(t.Elems) < 2 {
		p.report(unexpected(t.Loc, "two types or more in a tuple", "fewer", "leave the parentheses out"))
	}
	return t
}

func (p *parser) refinedType() ast.Type {
	open := p.next()
	t := &ast.RefinedType{}
	help := "a refined type is `{x int | x > 0}`, a set type is `set[T]`"
	p.plain(func() {
		t.Var = p.ident("a name for the value")
		p.noPipe = true
		t.Base = p.typ()
		p.noPipe = false
		if p.need(tPipe, help) {
			t.Pred = p.expr()
		} else {
			t.Pred = &ast.BadExpr{At: p.nowhere()}
			p.skip()
		}
	})
	p.shut(tRbrace, open)
	t.At = p.from(open.Pos.Offset)
	return t
}

// typeArg parses an argument of a generic type or machine: a type if it can be
// one, else a value.
func (p *parser) typeArg() ast.TypeArg {
	mark := p.lex.MakeCheckpoint()
	q := &parser{lex: p.lex, depth: p.depth}
	if t := q.typ(); len(q.faults) == 0 && (q.at(tComma) || q.at(tRbrack) || q.at(tRparen)) {
		return ast.TypeArg{Type: t}
	} else if slices.ContainsFunc(q.faults, func(r report) bool { return r.diag.Code == TooDeep }) {
		p.faults = append(p.faults, q.faults...)
		return ast.TypeArg{Type: t}
	}
	p.lex.LoadCheckpoint(mark)
	return ast.TypeArg{Value: p.expr()}
}

// typeArgs parses the arguments of a machine, if there are any.
func (p *parser) typeArgs() (args []ast.TypeArg) {
	if p.at(tLparen) {
		p.list(p.peek(), tRparen, func() { args = append(args, p.typeArg()) })
	}
	return args
}

// typeParams parses `[T, n int]`, if it is there.
func (p *parser) typeParams() (ps []ast.TypeParam) {
	if !p.at(tLbrack) {
		return nil
	}
	p.list(p.peek(), tRbrack, func() {
		tp := ast.TypeParam{Name: p.ident("a type parameter")}
		if !p.at(tComma) && !p.at(tRbrack) {
			tp.Type = p.typ()
		}
		ps = append(ps, tp)
	})
	return ps
}

// field parses `name T`.
func (p *parser) field() ast.Field {
	doc := p.doc()
	id := p.ident("a name")
	f := ast.Field{Doc: doc, Name: id, Type: p.typ()}
	f.At = p.from(id.Loc.Lo)
	return f
}

// fields parses `(a T, b U)`, if it is there.
func (p *parser) fields() (fs []ast.Field) {
	if p.at(tLparen) {
		p.list(p.peek(), tRparen, func() { fs = append(fs, p.field()) })
	}
	return fs
}
