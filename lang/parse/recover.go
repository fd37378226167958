package parse

import (
	"github.com/alecthomas/participle/v2/lexer"
)

// maxSearch is how many tokens are searched for the bracket that closes one,
// where the search may be made again and again.
const maxSearch = 4000

// skip goes to the end of what stands here: the next line break, comma or
// closing bracket that is not inside brackets opened on the way.
func (p *parser) skip() { p.skipWithin(maxSearch) }

// skipWithin is skip with a limit of its own for the tokens within brackets.
func (p *parser) skipWithin(limit int) {
	for {
		switch p.kind() {
		case lexer.EOF, tNewline, tComma, tRparen, tRbrack, tRbrace:
			return
		case tLparen, tLbrack, tLbrace:
			if !p.skipBrackets(limit) {
				limit = 0 // never closed: what follows is skipped one by one
			}
		default:
			p.next()
		}
	}
}

// skipBrackets takes an opening bracket and, if its closing one is found within
// a number of tokens, everything between them. It reports whether it is found.
func (p *parser) skipBrackets(limit int) bool {
	mark := p.lex.MakeCheckpoint()
	depth := 0
	for range limit {
		switch p.next().Type {
		case tLparen, tLbrack, tLbrace:
			depth++
		case tRparen, tRbrack, tRbrace:
			if depth--; depth == 0 {
				return true
			}
		case lexer.EOF:
			p.lex.LoadCheckpoint(mark)
			p.next()
			return false
		}
	}
	p.lex.LoadCheckpoint(mark)
	p.next()
	return false
}

// skipLine goes to the end of the statement.
func (p *parser) skipLine() {
	for {
		p.skip()
		switch p.kind() {
		case lexer.EOF, tNewline, tRbrace:
			return
		}
		p.next()
	}
}

// skipDecl goes to the end of the line before the next one that begins a
// declaration, or to the bracket that closes the place we are in.
func (p *parser) skipDecl() {
	for {
		p.skipLine()
		if !p.at(tNewline) {
			return
		}
		mark := p.lex.MakeCheckpoint()
		p.next()
		if p.beginsMember() {
			p.lex.LoadCheckpoint(mark)
			return
		}
	}
}

// beginsMember reports whether the next token begins a declaration.
func (p *parser) beginsMember() bool {
	if beginsDecl.has(p.kind()) || p.at(kVar) {
		return true
	}
	if !p.at(tIdent) {
		return false
	}
	switch p.peek().Value {
	case "step":
		return p.second().Type == tIdent
	case "internal", "refuse":
		return p.second().Type >= kModule
	}
	return (later[p.peek().Value] || loanWords[p.peek().Value] != "") && p.second().Type == tIdent
}

// ended takes the end of a statement or declaration; what stands before it is
// one fault.
func (p *parser) ended(what string) {
	switch p.kind() {
	case tNewline:
		p.next()
		return
	case tRbrace, lexer.EOF:
		return
	}
	if t := p.previous(); t != nil && t.Type == tConcat && t.Pos.Line < p.peek().Pos.Line {
		return // x++, which is reported
	}
	if t := p.peek(); t.Type == tIdent && loanWords[t.Value] != "" {
		p.report(foreignSpelling(p.here(), t.Value, loanWords[t.Value]))
	}
	p.wanted("the end of the "+what, "begin a new line, or write `;`")
	p.skipLine()
}

// head returns the first token of the statement or declaration that holds the
// last token taken.
func (p *parser) head() *lexer.Token {
	raw := p.lex.RawCursor()
	first := &p.lex.Range(raw-1, raw)[0]
	for raw--; raw > 0; raw-- {
		t := &p.lex.Range(raw-1, raw)[0]
		switch t.Type {
		case tNewline, tLbrace, tRbrace:
			return first
		case tDoc:
		default:
			first = t
		}
	}
	return first
}
