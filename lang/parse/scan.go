package parse

import (
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

// language is the lexical definition that the participle grammar is built on.
//
// The loop is written by hand because the regular expressions of
// lexer.MustStateful took seven times as long; a test keeps the two in agreement.
type language struct{}

// Symbols names the kinds of token.
func (language) Symbols() map[string]lexer.TokenType {
	m := map[string]lexer.TokenType{"EOF": lexer.EOF}
	for k := tBad; k < kinds; k++ {
		m[spelling[k]] = k
	}
	return m
}

// Lex reads all of r and returns its tokens; lexical faults are Bad tokens.
func (language) Lex(name string, r io.Reader) (lexer.Lexer, error) {
	text, err := io.ReadAll(r)
	return newScanner(source.NewFile(name, string(text))), err
}

// A scanner cuts a file into tokens and applies the newline rule.
type scanner struct {
	file     *source.File
	text     string
	pos      int // offset of the next byte
	line     int // line of pos, from 1
	begin    int // offset at which the line begins
	open     []lexer.TokenType
	last     lexer.TokenType // kind of the token handed out last
	queue    []lexer.Token   // tokens ready to be handed out, from head on
	head     int
	docs     []lexer.Token
	comments []ast.Comment
	faults   diag.List
}

func newScanner(f *source.File) *scanner {
	s := &scanner{file: f, text: f.Text, line: 1, last: tNewline}
	if strings.HasPrefix(s.text, "\uFEFF") {
		s.pos = len("\uFEFF")
	}
	return s
}

// Next returns the next token. The error is always nil.
func (s *scanner) Next() (lexer.Token, error) {
	if s.head == len(s.queue) {
		s.fill()
	}
	s.head++
	return s.queue[s.head-1], nil
}

// fill queues the next token, with the newline and doc comments before it.
func (s *scanner) fill() {
	s.queue, s.docs, s.head = s.queue[:0], s.docs[:0], 0
	nl := s.blanks()
	t := s.token()
	if nl.Type == tNewline && s.ends(t) {
		s.queue = append(s.queue, nl)
		s.last = tNewline
	}
	if t.Type == tNewline && s.last == tNewline {
		s.fill()
		return
	}
	s.queue = append(s.queue, s.docs...)
	s.queue = append(s.queue, t)
	s.brackets(t.Type)
	s.last = t.Type
}

// ends applies the newline rule: it reports whether the line break before t
// ends what stands before it.
func (s *scanner) ends(t lexer.Token) bool {
	if t.Type == lexer.EOF || s.last == tNewline {
		return s.last != tNewline
	}
	if n := len(s.open); n > 0 && s.open[n-1] != tLbrace {
		if !neverInBrackets.has(t.Type) {
			return false
		}
		s.closeTo(tLbrace)
	}
	if beginsDecl.has(t.Type) && neverInBrackets.has(t.Type) {
		return s.last != tLbrace
	}
	return !joinsNext.has(s.last) && !joinsPrevious.has(t.Type)
}

// brackets keeps the stack of open brackets.
func (s *scanner) brackets(k lexer.TokenType) {
	switch k {
	case tLparen, tLbrack, tLbrace:
		s.open = append(s.open, k)
	case tRbrace:
		s.closeTo(tLbrace)
		s.pop(tLbrace)
	case tRparen:
		s.pop(tLparen)
	case tRbrack:
		s.pop(tLbrack)
	}
}

func (s *scanner) pop(k lexer.TokenType) {
	if n := len(s.open); n > 0 && s.open[n-1] == k {
		s.open = s.open[:n-1]
	}
}

// closeTo gives up the brackets above the innermost k.
func (s *scanner) closeTo(k lexer.TokenType) {
	for n := len(s.open); n > 0 && s.open[n-1] != k; n = len(s.open) {
		s.open = s.open[:n-1]
	}
}

// blanks skips blanks and comments. It returns a Newline token if there was a
// line break.
func (s *scanner) blanks() (nl lexer.Token) {
	nl.Type = tBad
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; {
		case c == ' ' || c == '\t' || c == '\r':
			s.pos++
		case c == '\n':
			if nl.Type == tBad {
				nl = s.cut(tNewline, 1)
			} else {
				s.pos++
			}
			s.line++
			s.begin = s.pos
		case c == '/' && strings.HasPrefix(s.text[s.pos:], "//"):
			s.comment(nl.Type == tNewline || s.last == tNewline && len(s.comments) == 0)
		default:
			return nl
		}
	}
	return nl
}

// comment keeps a comment; one of three slashes on a line of its own documents
// what follows.
func (s *scanner) comment(own bool) {
	n := strings.IndexByte(s.text[s.pos:], '\n')
	if n < 0 {
		n = len(s.text) - s.pos
	}
	t := s.cut(tDoc, n)
	t.Value = strings.TrimRight(t.Value, " \t\r")
	s.comments = append(s.comments, ast.Comment{At: ast.At{Loc: s.span(t)}, Text: t.Value})
	if own && strings.HasPrefix(t.Value, "///") && !strings.HasPrefix(t.Value, "////") {
		s.docs = append(s.docs, t)
	}
}

// cut takes the next n bytes as a token.
func (s *scanner) cut(k lexer.TokenType, n int) lexer.Token {
	t := lexer.Token{Type: k, Value: s.text[s.pos : s.pos+n], Pos: lexer.Position{
		Filename: s.file.Name, Offset: s.pos, Line: s.line, Column: s.pos - s.begin + 1}}
	s.pos += n
	return t
}

func (s *scanner) span(t lexer.Token) source.Span {
	return source.Span{File: s.file.Name, Lo: t.Pos.Offset, Hi: t.Pos.Offset + len(t.Value)}
}

// token takes the next token, which does not begin with a blank.
func (s *scanner) token() lexer.Token {
	if s.pos == len(s.text) {
		return s.cut(lexer.EOF, 0)
	}
	c := s.text[s.pos]
	switch {
	case c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		return s.word()
	case '0' <= c && c <= '9':
		return s.number()
	case c == '"':
		return s.quoted()
	case c == '`':
		return s.raw()
	case c >= utf8.RuneSelf:
		if r, _ := utf8.DecodeRuneInString(s.text[s.pos:]); unicode.IsLetter(r) && foreign[string(r)].kind == 0 {
			return s.word()
		}
		return s.stranger()
	case c == ';':
		return s.cut(tNewline, 1)
	}
	if k, n := operator(s.text[s.pos:]); n > 0 {
		return s.checked(k, n)
	}
	return s.stranger()
}

// operator returns the kind and length of the operator that text begins with.
func operator(text string) (lexer.TokenType, int) {
	var c, d, e byte
	c = text[0]
	if len(text) > 1 {
		d = text[1]
	}
	if len(text) > 2 {
		e = text[2]
	}
	switch {
	case c == '<' && d == '=' && e == '>':
		return tIff, 3
	case c == '+' && d == '+' && e == '=':
		return tConcatSet, 3
	}
	if k := operator2(c, d); k != 0 {
		return k, 2
	}
	if c < utf8.RuneSelf && operators1[c] != 0 {
		return operators1[c], 1
	}
	return 0, 0
}

func operator2(c, d byte) lexer.TokenType {
	switch [2]byte{c, d} {
	case [2]byte{'+', '='}:
		return tAddSet
	case [2]byte{'-', '='}:
		return tSubSet
	case [2]byte{'|', '='}:
		return tUnionSet
	case [2]byte{'&', '='}:
		return tInterSet
	case [2]byte{'+', '+'}:
		return tConcat
	case [2]byte{'=', '>'}:
		return tImplies
	case [2]byte{'~', '>'}:
		return tLeadsTo
	case [2]byte{'|', '|'}:
		return tOr
	case [2]byte{'&', '&'}:
		return tAnd
	case [2]byte{'=', '='}:
		return tEq
	case [2]byte{'!', '='}:
		return tNe
	case [2]byte{'<', '='}:
		return tLe
	case [2]byte{'>', '='}:
		return tGe
	case [2]byte{'.', '.'}:
		return tRange
	}
	return 0
}

// operators1 are the operators of one byte.
var operators1 = [utf8.RuneSelf]lexer.TokenType{
	'(': tLparen, ')': tRparen, '[': tLbrack, ']': tRbrack, '{': tLbrace, '}': tRbrace, ',': tComma, ':': tColon, '.': tDot,
	'@': tAt, '=': tAssign, '<': tLt, '>': tGt, '+': tPlus, '-': tMinus, '|': tPipe, '*': tStar, '/': tSlash, '%': tPercent,
	'&': tAmp, '!': tBang,
}
