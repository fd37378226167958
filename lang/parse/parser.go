package parse

import (
	"math"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

// Limits that keep hostile input from exhausting the stack, here and in every
// later walk over the tree.
const (
	maxDepth = 200    // nested brackets, prefixes and blocks
	maxChain = 10_000 // operators in a row: the tree leans left
)

// A parser is a place in the tokens of one file together with the faults found
// on the way. One is made for every part that the grammar hands over; what it
// found goes back with the part.
type parser struct {
	lex    *lexer.PeekingLexer
	faults []report
	depth  int
	noIn   bool // `in` ends the expression: let x = e in
	noPipe bool // `|` ends the expression: {x 0..n | P}
	noEq   bool // `=` ends the expression: decreases n = e
	story  bool // in a scenario

	suspect *lexer.Token // the first brace that seems to be closed by that of another
}

// A report is a fault with the cursor at which it was found. What goes wrong
// at one and the same token is one fault.
type report struct {
	at   lexer.RawCursor
	diag diag.Diagnostic
}

func (p *parser) peek() *lexer.Token { return p.lex.Peek() }

func (p *parser) kind() lexer.TokenType { return p.lex.Peek().Type }

func (p *parser) at(k lexer.TokenType) bool { return p.lex.Peek().Type == k }

// word reports whether the next token is the contextual word w.
func (p *parser) word(w string) bool {
	t := p.lex.Peek()
	return t.Type == tIdent && t.Value == w
}

func (p *parser) next() *lexer.Token { return p.lex.Next() }

func (p *parser) accept(k lexer.TokenType) bool {
	if p.at(k) {
		p.lex.Next()
		return true
	}
	return false
}

func (p *parser) acceptWord(w string) bool {
	if p.word(w) {
		p.lex.Next()
		return true
	}
	return false
}

// second returns the token after the next one.
func (p *parser) second() *lexer.Token {
	c := p.lex.MakeCheckpoint()
	p.lex.Next()
	t := p.lex.Peek()
	p.lex.LoadCheckpoint(c)
	return t
}

// start is where the next token begins.
func (p *parser) start() int { return p.peek().Pos.Offset }

// previous returns the last token that was taken and is not a line break, or
// nil.
func (p *parser) previous() *lexer.Token {
	for raw := p.lex.RawCursor(); raw > 0; raw-- {
		t := &p.lex.Range(raw-1, raw)[0]
		if t.Type != tNewline && t.Type != tDoc {
			return t
		}
	}
	return nil
}

// end is where the last token that was taken ends.
func (p *parser) end() int {
	if t := p.previous(); t != nil {
		return t.Pos.Offset + len(t.Value)
	}
	return 0
}

// from is the place from lo to the end of the last token.
func (p *parser) from(lo int) ast.At {
	return ast.At{Loc: source.Span{File: p.peek().Pos.Filename, Lo: lo, Hi: max(lo, p.end())}}
}

// nowhere is the empty place after the last token.
func (p *parser) nowhere() ast.At { return p.from(p.end()) }

// here is the place of the next token. A missing rest of line or file is
// missing where the last token ends.
func (p *parser) here() source.Span {
	t := p.peek()
	if t.Type == lexer.EOF || t.Type == tNewline && t.Value != ";" {
		return p.nowhere().Loc
	}
	return source.Span{File: t.Pos.Filename, Lo: t.Pos.Offset, Hi: t.Pos.Offset + len(t.Value)}
}

// found says in words what the next token is.
func (p *parser) found() string {
	switch t := p.peek(); {
	case t.Type == lexer.EOF:
		return "end of file"
	case t.Type == tNewline && t.Value != ";":
		return "end of line"
	default:
		return quote(t.Value)
	}
}

// report keeps a fault, unless the token at which it was found has been
// reported already.
func (p *parser) report(d diag.Diagnostic) {
	p.keep(report{p.lex.RawCursor(), d})
}

func (p *parser) keep(r report) {
	if n := len(p.faults); n > 0 && p.faults[n-1].at == r.at {
		return
	}
	p.faults = append(p.faults, r)
}

// hush makes the next token one that has been reported already.
func (p *parser) hush() { p.faults = append(p.faults, report{at: p.lex.RawCursor()}) }

// wanted reports that something else is expected here.
func (p *parser) wanted(what, help string) {
	if t := p.peek(); t.Type == tBad || t.Type >= tLparen && t.Value != spelling[t.Type] {
		p.hush() // the scanner has reported it
		return
	}
	p.report(unexpected(p.here(), what, p.found(), help))
}

// need takes a token of kind k or reports that it is missing.
func (p *parser) need(k lexer.TokenType, help string) bool {
	if p.accept(k) {
		return true
	}
	p.wanted(quote(spelling[k]), help)
	return false
}

// shut takes the bracket that closes open, or reports it as missing.
func (p *parser) shut(k lexer.TokenType, open *lexer.Token) bool {
	if p.accept(k) {
		return true
	}
	if p.at(tBad) {
		p.hush()
		return false
	}
	d := unclosed(p.here(), spelling[k], open.Value, p.found(), tokenSpan(open))
	if k == tRbrace && p.suspect != nil {
		d.Related = append(d.Related, related(tokenSpan(p.suspect), "by its indentation, this one is not closed"))
	}
	p.report(d)
	return false
}

// lines skips line breaks and semicolons.
func (p *parser) lines() {
	for p.at(tNewline) {
		p.next()
	}
}

// ident takes a name. What is missing is an empty name.
func (p *parser) ident(what string) *ast.Ident {
	switch t := p.peek(); {
	case t.Type == tIdent:
		lo := p.start()
		p.next()
		return &ast.Ident{At: p.from(lo), Name: t.Value}
	case t.Type >= kModule:
		p.report(reservedName(p.here(), what, t.Value))
		if prev := p.previous(); !beginsDecl.has(t.Type) || prev != nil && prev.Pos.Line == t.Pos.Line {
			lo := p.start()
			p.next()
			return &ast.Ident{At: p.from(lo), Name: t.Value}
		}
	default:
		p.wanted(what, "")
	}
	return &ast.Ident{At: p.nowhere()}
}

// deeper runs f one level down, or skips what is there if that is too deep.
func (p *parser) deeper(f func()) bool {
	if p.depth >= maxDepth {
		p.giveUp()
		return false
	}
	p.depth++
	f()
	p.depth--
	return true
}

// giveUp reports that it goes too deep here and skips what is there.
func (p *parser) giveUp() {
	p.report(tooDeep(p.here()))
	p.skipWithin(math.MaxInt)
	p.hush()
}

// doc returns the doc comment before the next token.
func (p *parser) doc() string {
	var lines []string
	raw := p.lex.RawCursor()
	for {
		t := &p.lex.Range(raw, raw+1)[0]
		if t.Type != tDoc {
			return strings.Join(lines, "\n")
		}
		lines = append(lines, strings.TrimPrefix(strings.TrimPrefix(t.Value, "///"), " "))
		raw++
	}
}

// plain runs f with brackets around it: nothing outside decides where an
// expression ends.
func (p *parser) plain(f func()) {
	in, pipe, eq := p.noIn, p.noPipe, p.noEq
	p.noIn, p.noPipe, p.noEq = false, false, false
	f()
	p.noIn, p.noPipe, p.noEq = in, pipe, eq
}
