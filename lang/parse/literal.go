package parse

import (
	"math/big"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"
)

// units are the units of a duration, in nanoseconds.
var units = map[string]int64{
	"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9, "min": 60e9, "h": 3600e9,
}

// wordLen returns the length of the letters, digits and underscores that text
// begins with.
func wordLen(text string) int {
	n := 0
	for n < len(text) {
		c := text[n]
		if c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' {
			n++
			continue
		}
		if c < utf8.RuneSelf {
			break
		}
		r, size := utf8.DecodeRuneInString(text[n:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) || foreign[string(r)].kind != 0 {
			break
		}
		n += size
	}
	return n
}

func (s *scanner) word() lexer.Token {
	t := s.cut(tIdent, wordLen(s.text[s.pos:]))
	if k, ok := keywords[t.Value]; ok {
		t.Type = k
	}
	return t
}

func (s *scanner) number() lexer.Token {
	t := s.cut(tInt, wordLen(s.text[s.pos:]))
	switch v, unit := splitNumber(t.Value); {
	case v == nil:
		t.Type = tBad
		s.faults.Add(badNumber(s.span(t), t.Value))
	case unit != 0:
		t.Type = tDuration
	}
	return t
}

// splitNumber returns the value of a number and its unit in nanoseconds, or 0
// for a plain number. The value is nil if text is not a number.
func splitNumber(text string) (*big.Int, int64) {
	digits := strings.TrimRightFunc(text, unicode.IsLetter)
	unit, ok := units[text[len(digits):]]
	if !ok || strings.HasPrefix(text, "0x") || strings.HasPrefix(text, "0X") {
		digits, unit = text, 0
	}
	if strings.HasPrefix(digits, "0") && len(digits) > 1 && digits[1] != 'x' && digits[1] != 'X' {
		return nil, 0
	}
	v, ok := new(big.Int).SetString(digits, 0)
	if !ok {
		return nil, 0
	}
	return v, unit
}

func (s *scanner) quoted() lexer.Token {
	rest := s.text[s.pos:]
	n := 1
	for n < len(rest) && rest[n] != '"' && rest[n] != '\n' {
		if rest[n] == '\\' && n+1 < len(rest) && rest[n+1] != '\n' {
			n++
		}
		n++
	}
	if n >= len(rest) || rest[n] == '\n' {
		t := s.cut(tBad, len(strings.TrimRight(rest[:min(n, len(rest))], "\r")))
		s.faults.Add(unterminatedString(s.span(t)))
		return t
	}
	t := s.cut(tString, n+1)
	if _, err := strconv.Unquote(t.Value); err != nil {
		t.Type = tBad
		s.faults.Add(badEscape(s.span(t)))
	}
	return t
}

// raw takes a string between backquotes, which may hold line breaks.
func (s *scanner) raw() lexer.Token {
	n := strings.IndexByte(s.text[s.pos+1:], '`')
	if n < 0 {
		line, _, _ := strings.Cut(s.text[s.pos:], "\n")
		t := s.cut(tBad, len(strings.TrimRight(line, "\r")))
		s.faults.Add(unterminatedString(s.span(t)))
		return t
	}
	t := s.cut(tString, n+2)
	s.line += strings.Count(t.Value, "\n")
	if i := strings.LastIndexByte(t.Value, '\n'); i >= 0 {
		s.begin = t.Pos.Offset + i + 1
	}
	return t
}

// A loan is a spelling of another language that we recognise to say what it is
// here. Its kind is what it is taken for; tBad if nothing fits.
type loan struct {
	kind lexer.TokenType
	ours string
}

// foreign are spellings of other languages.
var foreign = map[string]loan{
	"∧": {tAnd, "&&"}, "∨": {tOr, "||"}, "¬": {tBang, "!"}, "⇒": {tImplies, "=>"}, "→": {tImplies, "=>"}, "⇔": {tIff, "<=>"},
	"∀": {kForall, "forall"}, "∃": {kExists, "exists"}, "∈": {kIn, "in"}, "∉": {tBad, "not in"}, "⊆": {kSubset, "subset"},
	"∪": {tPipe, "|"}, "∩": {tAmp, "&"}, "≠": {tNe, "!="}, "≤": {tLe, "<="}, "≥": {tGe, ">="}, "×": {tStar, "*"},
	"□": {kAlways, "always"}, "◇": {kEventually, "eventually"}, "↝": {tLeadsTo, "~>"}, "≜": {tAssign, "="}, "≡": {tIff, "<=>"},
	"−": {tMinus, "-"}, "…": {tRange, ".."}, "“": {tBad, `"`}, "”": {tBad, `"`},
	"/\\": {tAnd, "&&"}, "\\/": {tOr, "||"}, ":=": {tAssign, "="}, "->": {tImplies, "=>"}, "===": {tEq, "=="},
	"!==": {tNe, "!="}, "/=": {tNe, "!="}, "/*": {tBad, "//"}, "'": {tBad, "x = e` for the next value of x, or for a string `\"text\""}, "#": {tBad, "//"}, "?": {tBad, "if c then a else b"},
}

// checked takes an operator unless it begins a longer foreign spelling.
func (s *scanner) checked(k lexer.TokenType, n int) lexer.Token {
	switch k {
	case tSlash, tColon, tMinus, tEq, tNe:
		if l := s.foreignLen(); l > n {
			return s.loan(l)
		}
	}
	return s.cut(k, n)
}

// foreignLen returns the length of the foreign spelling that comes next, or 0.
func (s *scanner) foreignLen() int {
	rest := s.text[s.pos:]
	_, size := utf8.DecodeRuneInString(rest)
	for _, n := range []int{3, 2, size} {
		if n <= len(rest) && foreign[rest[:n]].kind != 0 {
			return n
		}
	}
	return 0
}

// loan takes a foreign spelling of n bytes and reports it.
func (s *scanner) loan(n int) lexer.Token {
	l := foreign[s.text[s.pos:s.pos+n]]
	t := s.cut(l.kind, n+s.foreignString())
	s.faults.Add(foreignSpelling(s.span(t), t.Value, l.ours))
	return t
}

// foreignString returns how much follows of a string that begins with a quote
// of another language, 0 if none begins here.
func (s *scanner) foreignString() int {
	rest := s.text[s.pos:]
	closer := map[bool]string{strings.HasPrefix(rest, "“"): "”", strings.HasPrefix(rest, "'") && s.last != tIdent && s.last != tRbrack: "'"}[true]
	if closer == "" {
		return 0
	}
	_, size := utf8.DecodeRuneInString(rest)
	line, _, _ := strings.Cut(rest[size:], "\n")
	if n := strings.Index(line, closer); n >= 0 {
		return n + len(closer)
	}
	return 0
}

// stranger takes text that can begin no token, as much of it as there is.
func (s *scanner) stranger() lexer.Token {
	if n := s.foreignLen(); n > 0 {
		return s.loan(n)
	}
	n := 0
	for rest := s.text[s.pos:]; n < len(rest); {
		r, size := utf8.DecodeRuneInString(rest[n:])
		if n > 0 && (r < utf8.RuneSelf && r > ' ' && !strings.ContainsRune("$\\~^\x7f", r) || unicode.IsSpace(r) || unicode.IsLetter(r)) {
			break
		}
		n += size
	}
	t := s.cut(tBad, n)
	s.faults.Add(badCharacter(s.span(t), t.Value))
	return t
}
