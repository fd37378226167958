package diag

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/spec-lang/spec/lang/source"
)

// Widths of an excerpt, in columns of a terminal.
const (
	tabWidth  = 4
	lineWidth = 120 // longer lines are clipped around the place
)

// Text renders diagnostics for people, in the order of list:
//
//	bank.spec:14:10: error E0301: action says nothing about log
//	   14 |   action Withdraw(n) { balance = balance - n }
//	      |          ^^^^^^^^
//	   help: assign log
//	   bank.spec:4:7: log is declared here
//
// A diagnostic whose file is not among files is shown without an excerpt.
func Text(files source.Set, list List) string {
	var b strings.Builder
	for _, d := range list {
		text(&b, files, d)
	}
	return b.String()
}

func text(b *strings.Builder, files source.Set, d Diagnostic) {
	fmt.Fprintf(b, "%s%s %s: %s\n", place(files, d.Span), d.Severity, d.Code, d.Message)
	if f := files[d.Span.File]; f != nil && f.Text != "" {
		excerpt(b, f, d.Span)
	}
	if d.Help != "" {
		fmt.Fprintf(b, "   help: %s\n", d.Help)
	}
	for _, r := range d.Related {
		fmt.Fprintf(b, "   %s%s\n", place(files, r.Span), r.Message)
	}
}

// place is `file:line:col: `, or as much of it as is known.
func place(files source.Set, s source.Span) string {
	f := files[s.File]
	switch {
	case !s.IsValid():
		return ""
	case f == nil:
		return s.File + ": "
	}
	pos := f.Pos(s.Lo)
	return fmt.Sprintf("%s:%d:%d: ", f.Name, pos.Line, pos.Col)
}

// excerpt shows the first line of a span with carets under it.
func excerpt(b *strings.Builder, f *source.File, s source.Span) {
	n := f.Pos(s.Lo).Line
	line := f.Line(n)
	lo := min(max(0, s.Lo-f.LineStart(n)), len(line))
	hi := min(max(lo, s.Hi-f.LineStart(n)), len(line))
	before, marked, after := clip(line, lo, hi)
	fmt.Fprintf(b, "%5d | %s%s%s\n", n, before, marked, after)
	fmt.Fprintf(b, "      | %s%s\n", strings.Repeat(" ", width(before)), strings.Repeat("^", max(1, width(marked))))
}

// clip lays out the parts of a line before, in and after [lo, hi) so that
// together they fit into lineWidth.
func clip(line string, lo, hi int) (before, marked, after string) {
	col := 0
	before, col = layout(line[:lo], col)
	marked, col = layout(line[lo:hi], col)
	after, _ = layout(line[hi:], col)
	room := lineWidth
	if width(marked) > lineWidth/2 {
		marked = head(marked, lineWidth/2-3) + "..."
	}
	room -= width(marked)
	if width(before) > room*2/3 && width(before)+width(after) > room {
		keep := max(room*2/3, room-width(after))
		before = "..." + tail(before, keep-3)
	}
	if room -= width(before); width(after) > room {
		after = head(after, room-3) + "..."
	}
	return before, marked, after
}

// layout expands tabs and replaces what a terminal would not show.
func layout(text string, col int) (string, int) {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\t':
			n := tabWidth - col%tabWidth
			b.WriteString(strings.Repeat(" ", n))
			col += n
			continue
		case r == unicode.ReplacementChar || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r):
			r = '?'
		}
		b.WriteRune(r)
		col += runeWidth(r)
	}
	return b.String(), col
}

func width(text string) int {
	n := 0
	for _, r := range text {
		n += runeWidth(r)
	}
	return n
}

// head returns the beginning of text that fits into n columns.
func head(text string, n int) string {
	for i, r := range text {
		if n -= runeWidth(r); n < 0 {
			return text[:i]
		}
	}
	return text
}

// tail returns the end of text that fits into n columns.
func tail(text string, n int) string {
	skip := width(text) - n
	for i, r := range text {
		if skip <= 0 {
			return text[i:]
		}
		skip -= runeWidth(r)
	}
	return ""
}

// wide are the characters that take two columns, after Unicode's East Asian
// Width (UAX 11) in blocks.
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{{Lo: 0x1100, Hi: 0x115F, Stride: 1}, {Lo: 0x2E80, Hi: 0x303E, Stride: 1}, {Lo: 0x3041, Hi: 0xA4CF, Stride: 1},
		{Lo: 0xAC00, Hi: 0xD7A3, Stride: 1}, {Lo: 0xF900, Hi: 0xFAFF, Stride: 1}, {Lo: 0xFE30, Hi: 0xFE6F, Stride: 1},
		{Lo: 0xFF00, Hi: 0xFF60, Stride: 1}, {Lo: 0xFFE0, Hi: 0xFFE6, Stride: 1}},
	R32: []unicode.Range32{{Lo: 0x1F300, Hi: 0x1F64F, Stride: 1}, {Lo: 0x1F680, Hi: 0x1F6FF, Stride: 1}, {Lo: 0x1F900, Hi: 0x1FAFF, Stride: 1},
		{Lo: 0x20000, Hi: 0x3FFFD, Stride: 1}},
}

// runeWidth is how many columns a character takes.
func runeWidth(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case unicode.Is(wide, r):
		return 2
	}
	return 1
}
