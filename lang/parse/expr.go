package parse

import (
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/source"
)

// infix holds the operator that each kind is between two expressions.
var infix = [kinds]ast.BinaryOp{
	tIff: ast.Iff, tImplies: ast.Implies, tLeadsTo: ast.LeadsTo, kUntil: ast.Until, kUnless: ast.Unless, kRelease: ast.Release,
	tOr: ast.Or, tAnd: ast.And, tEq: ast.Eq, tNe: ast.Ne, tLt: ast.Lt, tLe: ast.Le, tGt: ast.Gt, tGe: ast.Ge, kIn: ast.In, kNot: ast.NotIn,
	kSubset: ast.Subset, tAssign: ast.Eq, tRange: ast.Range, tPlus: ast.Add, tMinus: ast.Sub, tPipe: ast.Union, tConcat: ast.Concat,
	tStar: ast.Mul, tSlash: ast.Div, tPercent: ast.Mod, tAmp: ast.Inter,
}

// prefix holds the operator that each kind is before an expression.
var prefix = [kinds]ast.UnaryOp{
	kNot: ast.Not, kAlways: ast.Always, kEventually: ast.Eventually, kAG: ast.AG, kAF: ast.AF, kAX: ast.AX, kEG: ast.EG, kEF: ast.EF,
	kEX: ast.EX, tMinus: ast.Neg, tBang: ast.Bang, kNext: ast.Next, kPrev: ast.Prev,
}

// expr parses an expression.
func (p *parser) expr() ast.Expr { return p.binary(ast.LevelIff) }

// missing stands for an expression that is not there, and says so.
func (p *parser) missing(what string) ast.Expr {
	p.wanted(what, p.exprHelp())
	return &ast.BadExpr{At: p.nowhere()}
}

// exprHelp says what to write where something cannot begin an expression.
func (p *parser) exprHelp() string {
	switch p.kind() {
	case tRange:
		return "write the lower end of the range too: lo..hi"
	case tAmp:
		return "write `&&` for and"
	case kPick:
		return "pick is a statement: write `pick x in S` on a line of its own, and use x"
	}
	return ""
}

// binary parses operators that bind at least as tightly as min.
func (p *parser) binary(min int) ast.Expr {
	x := p.unary(min)
	compared := false
	for n := 0; ; n++ {
		k := p.kind()
		if !p.continues(k, min) {
			return x
		}
		if n == maxChain {
			p.giveUp()
			return x
		}
		t := p.peek()
		level := infix[k].Level()
		chain := compared && level == ast.LevelCompare || level == ast.LevelRange && isOp(x, ast.Range)
		if _, bad := x.(*ast.BadExpr); chain && !bad {
			p.report(chained(p.here(), p.chainHelp(x)))
		}
		compared = compared || level == ast.LevelCompare
		if x = p.operand(x, t, level); chain {
			x = &ast.BadExpr{At: ast.At{Loc: x.Span()}}
		}
	}
}

func isOp(x ast.Expr, op ast.BinaryOp) bool {
	b, ok := x.(*ast.Binary)
	return ok && b.Op == op
}

// continues reports whether the next token, of kind k, continues an
// expression whose operators bind at least as tightly as min.
func (p *parser) continues(k lexer.TokenType, min int) bool {
	if k < 0 || infix[k] == 0 || infix[k].Level() < min {
		return false
	}
	switch k {
	case kIn:
		return !p.noIn
	case tPipe:
		return !p.noPipe
	case tAssign:
		return !p.noEq
	case kNot:
		return p.second().Type == kIn
	}
	return true
}

// operand takes the operator t and what stands to the right of it.
func (p *parser) operand(x ast.Expr, t *lexer.Token, level int) ast.Expr {
	if t.Type == tAssign {
		p.report(assignInCondition(p.here()))
	}
	p.next()
	if t.Type == kNot {
		p.next()
	}
	right := level + 1
	if level == ast.LevelArrow {
		right = level
	}
	var y ast.Expr
	if right < level+1 {
		y = p.nested(func() ast.Expr { return p.binary(right) })
	} else {
		y = p.binary(right)
	}
	op := infix[t.Type]
	if b, ok := y.(*ast.Binary); ok && level == ast.LevelArrow && b.Op.Level() == ast.LevelArrow && (op != ast.Implies || b.Op != op) {
		p.report(mixedOperators(tokenSpan(t), "write `a "+op.String()+" (b "+b.Op.String()+" c)` or `(a "+op.String()+" b) "+b.Op.String()+" c`",
			op.String(), b.Op.String()))
	}
	return &ast.Binary{At: p.from(x.Span().Lo), Op: op, X: x, Y: y}
}

func tokenSpan(t *lexer.Token) source.Span {
	return source.Span{File: t.Pos.Filename, Lo: t.Pos.Offset, Hi: t.Pos.Offset + len(t.Value)}
}

// setHelp is for those who write sets as on paper.
const setHelp = "the elements of S of which P holds are `{x for x in S if P}`"

// chainHelp says how to write a chain that ends in x.
func (p *parser) chainHelp(x ast.Expr) string {
	b, ok := x.(*ast.Binary)
	if !ok || b.Op == ast.Range {
		return "a range has two ends: lo..hi"
	}
	if m, ok := b.Y.(*ast.Binary); ok && b.Op == ast.In && m.Op == ast.Union {
		return setHelp
	}
	if m, ok := b.Y.(*ast.Binary); ok && (m.Op == ast.Inter || m.Op == ast.Union) {
		return "write `&&` for and, `||` for or: `&` and `|` join sets"
	}
	return "write `a < b && b < c`, or put parentheses around one comparison"
}

// unary parses an operand that may have prefix operators.
func (p *parser) unary(min int) ast.Expr {
	t := p.peek()
	if t.Type == kWithin {
		return p.scoped(min, t, p.within)
	}
	if t.Type < 0 || prefix[t.Type] == 0 {
		return p.postfix()
	}
	op := prefix[t.Type]
	if op.Level() == ast.LevelTight {
		return p.nested(func() ast.Expr {
			p.next()
			x := p.unary(ast.LevelTight)
			return &ast.Unary{At: p.from(t.Pos.Offset), Op: op, X: x}
		})
	}
	return p.scoped(min, t, func() ast.Expr {
		p.next()
		x := p.binary(ast.LevelPrefix)
		return &ast.Unary{At: p.from(t.Pos.Offset), Op: op, X: x}
	})
}

// nested parses one level down.
func (p *parser) nested(f func() ast.Expr) ast.Expr {
	var x ast.Expr
	if !p.deeper(func() { x = f() }) {
		return &ast.BadExpr{At: p.nowhere()}
	}
	return x
}

// scoped parses a prefix operator of the level of not. Where it stands as the
// operand of a tighter operator, or where a temporal one is followed by a
// weaker operator, people disagree on what it means: parentheses must say.
func (p *parser) scoped(min int, t *lexer.Token, f func() ast.Expr) ast.Expr {
	if min > ast.LevelPrefix {
		p.report(mixedOperators(tokenSpan(t), "put parentheses around it: ("+t.Value+" ...)", p.previous().Value, t.Value))
	}
	x := p.nested(f)
	if t.Type == kNot || p.kind() < 0 {
		return x
	}
	if op := infix[p.kind()]; op != 0 && op.Level() < ast.LevelPrefix {
		p.report(temporalScope(p.here(), t.Value, "a", p.peek().Value, "b"))
	}
	return x
}

// within parses `within D e`. D is a literal, a name or in parentheses, so
// that it is clear where e begins.
func (p *parser) within() ast.Expr {
	lo := p.start()
	p.next()
	bound := p.primary()
	for p.at(tDot) {
		bound = p.selector(bound)
	}
	x := p.binary(ast.LevelPrefix)
	return &ast.Within{At: p.from(lo), Bound: bound, X: x}
}

// postfix parses an operand with what is attached to it.
func (p *parser) postfix() ast.Expr {
	x := p.primary()
	for n := 0; ; n++ {
		if n == maxChain {
			p.giveUp()
			return x
		}
		switch p.kind() {
		case tDot:
			x = p.selector(x)
		case tLbrack:
			x = p.index(x)
		case tLparen:
			x = p.call(x)
		case kWith:
			x = p.with(x)
		case tAt:
			p.next()
			label := p.ident("a label")
			x = &ast.AtLabel{At: p.from(x.Span().Lo), X: x, Label: label}
		default:
			return x
		}
	}
}

func (p *parser) selector(x ast.Expr) ast.Expr {
	p.next()
	var sel *ast.Ident
	if t := p.peek(); t.Type == tInt {
		if n, ok := x.(*ast.IntLit); ok {
			p.report(fraction(n.Loc.Cover(tokenSpan(t))))
			p.next()
			return &ast.BadExpr{At: p.from(n.Loc.Lo)}
		}
		lo := p.start()
		p.next()
		sel = &ast.Ident{At: p.from(lo), Name: t.Value}
	} else {
		sel = p.ident("a name after \".\"")
	}
	return &ast.Select{At: p.from(x.Span().Lo), X: x, Sel: sel}
}

// index parses `[i]`, `[i:j]` and, after A or E, `[p U q]`.
func (p *parser) index(x ast.Expr) ast.Expr {
	return p.nested(func() (y ast.Expr) {
		p.plain(func() { y = p.indexed(x) })
		return y
	})
}

func (p *parser) indexed(x ast.Expr) ast.Expr {
	open := p.next()
	var lo, hi ast.Expr
	if !p.at(tColon) {
		lo = p.expr()
	}
	if name, ok := x.(*ast.Name); ok && (name.Name == "A" || name.Name == "E") && p.acceptWord("U") {
		q := p.expr()
		p.shut(tRbrack, open)
		return &ast.PathQuant{At: p.from(x.Span().Lo), All: name.Name == "A", P: lo, Q: q}
	}
	if !p.accept(tColon) {
		p.shut(tRbrack, open)
		return &ast.Index{At: p.from(x.Span().Lo), X: x, I: lo}
	}
	if !p.at(tRbrack) {
		hi = p.expr()
	}
	p.shut(tRbrack, open)
	return &ast.Slice{At: p.from(x.Span().Lo), X: x, Lo: lo, Hi: hi}
}

func (p *parser) call(x ast.Expr) ast.Expr {
	return p.nested(func() ast.Expr {
		var args []ast.Arg
		open := p.peek()
		p.list(open, tRparen, func() { args = append(args, p.arg()) })
		return &ast.Call{At: p.from(x.Span().Lo), Fun: x, Args: args}
	})
}

func (p *parser) arg() ast.Arg {
	if p.at(tIdent) && p.second().Type == tColon {
		name := p.ident("a field")
		p.next()
		return ast.Arg{Name: name, Value: p.expr()}
	}
	if p.at(tIdent) && p.second().Type == tAssign {
		name := p.ident("a field")
		p.wanted(`":"`, "name a field with `:`, compare with `==`")
		p.next()
		return ast.Arg{Name: name, Value: p.expr()}
	}
	return ast.Arg{Value: p.expr()}
}

// list parses the rest of a list from its opening bracket: items between
// commas, the last of which may be followed by one.
func (p *parser) list(open *lexer.Token, closer lexer.TokenType, item func()) {
	p.next()
	p.plain(func() {
		for p.inner(); !p.at(closer) && !p.at(tNewline); p.inner() {
			before := p.lex.RawCursor()
			item()
			p.inner()
			if p.accept(tComma) {
				continue
			}
			if p.at(closer) || p.lex.RawCursor() == before && p.stuck(closer) {
				break
			}
			if !p.recoverList(closer, open) {
				return
			}
		}
	})
	p.shut(closer, open)
}

// inner skips line breaks within brackets, but for one before a declaration,
// which shows that the brackets were never closed.
func (p *parser) inner() {
	for p.at(tNewline) && !neverInBrackets.has(p.second().Type) {
		p.next()
	}
}

// stuck reports whether nothing more of a list can follow.
func (p *parser) stuck(closer lexer.TokenType) bool {
	switch p.kind() {
	case lexer.EOF, tRparen, tRbrack, tRbrace, tNewline:
		return true
	}
	return beginsDecl.has(p.kind())
}

// recoverList deals with what stands where a comma or the end of a list
// should. Where the list is closed further on, only its item is at fault.
func (p *parser) recoverList(closer lexer.TokenType, open *lexer.Token) bool {
	if !p.closes(closer) {
		return false
	}
	p.wantedInList(closer, open)
	p.skip()
	p.accept(tComma)
	return true
}

// closes reports whether the list that we are in is closed further on.
func (p *parser) closes(closer lexer.TokenType) bool {
	mark := p.lex.MakeCheckpoint()
	defer p.lex.LoadCheckpoint(mark)
	for range 200 {
		p.skip()
		switch p.kind() {
		case closer:
			return true
		case tComma, tNewline:
			p.next()
		default:
			return false
		}
		if neverInBrackets.has(p.kind()) {
			return false
		}
	}
	return true
}

func (p *parser) wantedInList(closer lexer.TokenType, open *lexer.Token) {
	if p.at(tNewline) || p.at(lexer.EOF) {
		p.shut(closer, open)
		return
	}
	p.wanted("\",\" or "+quote(spelling[closer]), listHelp(p.peek()))
}

func listHelp(t *lexer.Token) string {
	switch t.Type {
	case tAssign:
		return "write `:` between a name and its value, `==` to compare"
	case tColon:
		return "only names and keys stand before `:`"
	}
	return ""
}
