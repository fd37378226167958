package parse

import (
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/spec-lang/spec/lang/ast"
)

// block parses `{ statements }`. A missing block is an empty one.
func (p *parser) block(help string) *ast.Block {
	var b *ast.Block
	if !p.deeper(func() { b = p.oneBlock(help) }) {
		return &ast.Block{At: p.nowhere()}
	}
	return b
}

func (p *parser) oneBlock(help string) *ast.Block {
	if !p.at(tLbrace) {
		p.wanted(`"{"`, help)
		b := &ast.Block{At: p.nowhere()}
		p.skipBody()
		return b
	}
	open := p.next()
	raw := p.lex.RawCursor() - 1
	b := &ast.Block{}
	p.plain(func() { b.Stmts = p.stmts() })
	if p.shut(tRbrace, open) {
		p.suspectBlock(raw)
	}
	b.At = p.from(open.Pos.Offset)
	return b
}

// suspectBlock remembers a block whose closing brace, just taken, does not stand
// below the line that opens it. If a brace turns out to be missing, it is
// likely to be missing there.
func (p *parser) suspectBlock(open lexer.RawCursor) {
	closer, opener := p.previous(), &p.lex.Range(open, open+1)[0]
	if p.suspect == nil && closer.Pos.Line != opener.Pos.Line && closer.Pos.Column < p.lineColumn(open) {
		p.suspect = opener
	}
}

// skipBody goes over a body that has lost its opening brace: to the end of the
// line, or where the body begins on the next, to the next declaration or over
// the closing brace that stands under the head.
func (p *parser) skipBody() {
	if !p.at(tNewline) || p.lex.RawCursor() == 0 {
		p.skipLine()
		return
	}
	column := p.head().Pos.Column
	for {
		p.skipLine()
		switch p.kind() {
		case lexer.EOF:
			return
		case tRbrace:
			if p.peek().Pos.Column == column {
				p.next()
			}
			return
		}
		mark := p.lex.MakeCheckpoint()
		p.next()
		if p.beginsMember() || p.at(kVar) {
			p.lex.LoadCheckpoint(mark)
			return
		}
	}
}

// stmts parses statements to the end of a block.
func (p *parser) stmts() []ast.Stmt {
	var list []ast.Stmt
	for p.lines(); !p.at(tRbrace) && !p.at(lexer.EOF); p.lines() {
		if beginsDecl.has(p.kind()) && !p.strayDecl() {
			break
		}
		before := p.lex.RawCursor()
		s := p.stmt()
		list = append(list, s)
		if !isLabel(s) {
			p.ended("statement")
		}
		if p.lex.RawCursor() == before {
			break
		}
	}
	return list
}

func isLabel(s ast.Stmt) bool {
	_, ok := s.(*ast.Label)
	return ok
}

// strayDecl decides what a declaration within a block is: one that stands
// further in than the block's own line is out of place and parsed as a bad
// statement, any other shows that the block is not closed.
func (p *parser) strayDecl() bool {
	t := p.peek()
	return p.previous() != nil && t.Pos.Line != p.previous().Pos.Line && t.Pos.Column > p.blockColumn()
}

// blockColumn is the column of the line whose block we are in.
func (p *parser) blockColumn() int {
	depth := 0
	for raw := p.lex.RawCursor(); raw > 0; raw-- {
		switch t := &p.lex.Range(raw-1, raw)[0]; t.Type {
		case tRbrace:
			depth++
		case tLbrace:
			if depth--; depth < 0 {
				return p.lineColumn(raw - 1)
			}
		}
	}
	return 0
}

// lineColumn is the column of the first token of the line of token raw.
func (p *parser) lineColumn(raw lexer.RawCursor) int {
	t := &p.lex.Range(raw, raw+1)[0]
	for ; raw > 0; raw-- {
		if q := &p.lex.Range(raw-1, raw)[0]; q.Pos.Line == t.Pos.Line {
			t = q
			continue
		}
		break
	}
	return t.Pos.Column
}

// stmt parses one statement.
func (p *parser) stmt() ast.Stmt {
	var s ast.Stmt
	lo := p.start()
	if !p.deeper(func() { s = p.oneStmt() }) {
		return &ast.BadStmt{At: p.from(lo)}
	}
	return s
}

func (p *parser) oneStmt() ast.Stmt {
	t := p.peek()
	lo := t.Pos.Offset
	if beginsDecl.has(t.Type) {
		p.report(misplaced(p.here(), "move it out of the braces", "a declaration", "inside a body"))
		p.skipLine()
		return &ast.BadStmt{At: p.from(lo)}
	}
	switch t.Type {
	case kLet:
		return p.letStmt()
	case kVar:
		return p.varStmt()
	case kPick:
		return p.pick()
	case kIf:
		return p.ifStmt()
	case kMatch:
		return p.matchStmt()
	case kFor:
		p.next()
		binders := p.binders()
		body := p.block("write `for x in S { ... }`")
		return &ast.For{At: p.from(lo), Binders: binders, Body: body}
	case kWhile:
		return p.while()
	case kLoop:
		p.next()
		body := p.block("write `loop { ... }`")
		return &ast.Loop{At: p.from(lo), Body: body}
	case kEither:
		return p.either()
	case kAssert, kAwait:
		p.next()
		cond := p.expr()
		if t.Type == kAwait {
			return &ast.Await{At: p.from(lo), Cond: cond}
		}
		return &ast.Assert{At: p.from(lo), Cond: cond}
	case kSkip:
		p.next()
		return &ast.Skip{At: p.from(lo)}
	case kReturn:
		p.next()
		s := &ast.Return{}
		if !p.statementEnds() {
			s.Value = p.expr()
		}
		s.At = p.from(lo)
		return s
	case kGoto:
		p.next()
		label := p.ident("a label")
		return &ast.Goto{At: p.from(lo), Label: label}
	case tIdent:
		return p.simple()
	}
	return p.badStmt()
}

// badStmt reports something that begins no statement and goes to its end.
func (p *parser) badStmt() ast.Stmt {
	lo := p.start()
	help := ""
	switch p.kind() {
	case tLbrace:
		help = "a block belongs to if, for, while, loop or either"
	case kElse, kThen:
		help = "as a statement, write `if c { ... } else { ... }`"
	case kOr:
		help = "write `either { ... } or { ... }`"
	case kWhen:
		help = "a guard stands before the body: `action A when g { ... }`; inside a body write `await g`"
	case kForall:
		help = "to do something for every x, write `for x in S { ... }`"
	}
	p.wanted("a statement", help)
	if p.statementEnds() {
		return &ast.BadStmt{At: p.nowhere()}
	}
	p.next()
	p.skipLine()
	return &ast.BadStmt{At: p.from(lo)}
}

func (p *parser) letStmt() ast.Stmt {
	lo := p.start()
	p.next()
	s := &ast.LetStmt{Name: p.ident("a name after let")}
	if !p.at(tAssign) {
		s.Type = p.typ()
	}
	s.Value = p.initial("write `let x = e`")
	s.At = p.from(lo)
	return s
}

// initial parses `= e`.
func (p *parser) initial(help string) ast.Expr {
	if p.need(tAssign, help) {
		return p.expr()
	}
	return &ast.BadExpr{At: p.nowhere()}
}

func (p *parser) varStmt() ast.Stmt {
	lo := p.start()
	p.next()
	s := &ast.VarStmt{Name: p.ident("a name after var")}
	if !p.at(tAssign) {
		s.Type = p.typ()
	}
	if p.accept(tAssign) {
		s.Value = p.expr()
	}
	s.At = p.from(lo)
	return s
}

func (p *parser) pick() ast.Stmt {
	lo := p.start()
	p.next()
	s := &ast.Pick{Binders: p.binders()}
	if p.accept(kWhere) {
		s.Where = p.expr()
	}
	s.At = p.from(lo)
	return s
}

func (p *parser) ifStmt() ast.Stmt {
	lo := p.start()
	first := &ast.IfStmt{}
	var all []*ast.IfStmt
	for s := first; ; {
		all = append(all, s)
		s.Loc.Lo = p.start()
		p.next()
		s.Cond = p.expr()
		s.Then = p.branch()
		if !p.accept(kElse) {
			break
		}
		if !p.at(kIf) {
			b := p.block("write `if c { ... } else { ... }`")
			s.Else = &ast.BlockStmt{At: b.At, Body: b}
			break
		}
		next := &ast.IfStmt{}
		s.Else = next
		s = next
	}
	for _, s := range all {
		s.At = p.from(s.Loc.Lo)
	}
	first.Loc.Lo = lo
	return first
}

// branch parses the block of an if.
func (p *parser) branch() *ast.Block {
	if p.at(kThen) {
		p.wanted(`"{"`, "as a statement, write `if c { ... } else { ... }`")
		p.skipLine()
		return &ast.Block{At: p.nowhere()}
	}
	return p.block("write `if c { ... }`")
}

func (p *parser) matchStmt() ast.Stmt {
	lo := p.start()
	p.next()
	s := &ast.MatchStmt{X: p.expr()}
	p.arms(func(pat ast.Pattern) { s.Arms = append(s.Arms, ast.StmtArm{Pattern: pat, Body: p.armBody()}) })
	s.At = p.from(lo)
	return s
}

// armBody parses a block, or one statement as a block.
func (p *parser) armBody() *ast.Block {
	if p.at(tLbrace) {
		return p.block("")
	}
	s := p.stmt()
	b := &ast.Block{At: ast.At{Loc: s.Span()}, Stmts: []ast.Stmt{s}}
	for isLabel(s) && !p.statementEnds() {
		s = p.stmt()
		b.Stmts = append(b.Stmts, s)
		b.Loc = b.Loc.Cover(s.Span())
	}
	return b
}

func (p *parser) while() ast.Stmt {
	lo := p.start()
	p.next()
	s := &ast.While{Cond: p.expr()}
	for p.clause(func(t *lexer.Token) bool { return t.Type == kInvariant || t.Value == "decreases" }) {
		if t := p.next(); t.Type == kInvariant {
			s.Invariants = append(s.Invariants, p.expr())
		} else {
			s.Decreases = p.expr()
		}
	}
	s.Body = p.block("write `while c { ... }`")
	s.At = p.from(lo)
	return s
}

// clause reports whether a clause comes next, on this line or the next one,
// and goes to it.
func (p *parser) clause(begins func(*lexer.Token) bool) bool {
	if p.at(tNewline) && p.peek().Value != ";" && begins(p.second()) {
		p.next()
	}
	return begins(p.peek())
}

func (p *parser) either() ast.Stmt {
	lo := p.start()
	p.next()
	help := "write `either { ... } or { ... }`"
	s := &ast.Either{Branches: []*ast.Block{p.block(help)}}
	for p.accept(kOr) {
		s.Branches = append(s.Branches, p.block(help))
	}
	if len(s.Branches) == 1 {
		p.wanted(`"or"`, help)
	}
	s.At = p.from(lo)
	return s
}

// assignOps are the operators of assignments.
var assignOps = [kinds]ast.AssignOp{
	tAssign: ast.Set, tAddSet: ast.AddSet, tSubSet: ast.SubSet, tUnionSet: ast.UnionSet, tInterSet: ast.InterSet, tConcatSet: ast.ConcatSet,
}

// simple parses a statement that begins with a name: a label, an assignment
// or a call, and in a scenario an expectation.
func (p *parser) simple() ast.Stmt {
	lo := p.start()
	switch t := p.second(); {
	case t.Type == tColon:
		name := p.ident("a label")
		p.next()
		return &ast.Label{At: p.from(lo), Name: name}
	case p.story && p.word("expect") && t.Type != tAssign && t.Type != tDot:
		p.next()
		cond := p.expr()
		return &ast.Expect{At: p.from(lo), Cond: cond}
	}
	x := p.postfix()
	k := p.kind()
	if k > 0 && assignOps[k] != 0 {
		p.next()
		value := p.expr()
		return &ast.Assign{At: p.from(lo), Target: x, Op: assignOps[k], Value: value}
	}
	switch x := x.(type) {
	case *ast.Call:
		if p.statementEnds() {
			return &ast.CallStmt{At: x.At, Call: x}
		}
	case *ast.Name, *ast.Select:
		if p.story && p.statementEnds() {
			at := ast.At{Loc: x.Span()}
			return &ast.CallStmt{At: at, Call: &ast.Call{At: at, Fun: x}}
		}
	}
	return p.useless(x)
}

func (p *parser) statementEnds() bool {
	switch p.kind() {
	case tNewline, tRbrace, tComma, lexer.EOF:
		return true
	}
	return false
}

// useless reports an expression where a statement stands.
func (p *parser) useless(x ast.Expr) ast.Stmt {
	lo := x.Span().Lo
	switch {
	case p.at(tBad):
		p.hush()
	case p.at(tIdent) && p.peek().Pos.Line == p.previous().Pos.Line:
		p.foreignStmt(x)
	case p.at(tConcat) && p.second().Type != tLbrack:
		p.report(noEffect(p.here(), "`++` joins sequences; to count up, write `x += 1`"))
		line := p.peek().Pos.Line
		if p.next(); p.peek().Pos.Line != line {
			return &ast.BadStmt{At: p.from(lo)}
		}
	case p.statementEnds():
		p.report(noEffect(x.Span(), "assign it, `x = e`, or call something with parentheses, `f()`"))
	case p.kind() > 0 && infix[p.kind()] != 0:
		help := "assign it, `x = e`, or test it, `assert e` or `await e`"
		if p.at(tEq) {
			help = "write `=` to assign, `assert a == b` or `await a == b` to test"
		}
		p.report(noEffect(p.here(), help))
	default:
		p.wanted(`"=", "(" or the end of the statement`, "")
	}
	p.skipLine()
	return &ast.BadStmt{At: p.from(lo)}
}

// foreignStmt reports two names in a row.
func (p *parser) foreignStmt(x ast.Expr) {
	name, _ := x.(*ast.Name)
	help := "assign with `x = e`, declare with `let x = e` or `var x T = e`"
	if name != nil && loanWords[name.Name] != "" {
		p.report(foreignSpelling(x.Span(), name.Name, loanWords[name.Name]))
		return
	}
	p.wanted("\"=\" or \"(\"", help)
}
