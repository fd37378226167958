package analysis

import (
	"strings"

	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

// Quote is source text for a message: on one line, and cut if it is long.
func (p *Pass) Quote(s source.Span) string {
	const most = 60
	text := []rune(strings.Join(strings.Fields(p.Files.Text(s)), " "))
	if len(text) > most {
		return "`" + string(text[:most]) + "...`"
	}
	return "`" + string(text) + "`"
}

// Removal is the edit that removes a declaration or statement: with its doc
// comment and its line, if nothing else stands there.
func (p *Pass) Removal(s source.Span) diag.Edit {
	f := p.Files[s.File]
	first, last := f.Pos(s.Lo).Line, f.Pos(s.Hi).Line
	before := f.Text[f.LineStart(first):s.Lo]
	after, _, _ := strings.Cut(f.Text[s.Hi:], "\n")
	if strings.TrimSpace(before) != "" || strings.TrimSpace(after) != "" {
		return diag.Edit{Span: s}
	}
	for first > 1 && strings.HasPrefix(strings.TrimSpace(f.Line(first-1)), "///") {
		first--
	}
	s.Lo = f.LineStart(first)
	s.Hi = len(f.Text)
	if last < f.Lines() {
		s.Hi = f.LineStart(last + 1)
	}
	return diag.Edit{Span: s}
}
