package report

import (
	"strings"
	"unicode/utf8"
)

// gap separates the columns of a line.
const gap = "   "

func width(s string) int { return utf8.RuneCountInString(s) }

func pad(s string, n int) string { return s + strings.Repeat(" ", max(0, n-width(s))) }

// paint wraps text in terminal colours, or leaves it alone.
type paint bool

func (p paint) with(code, s string) string {
	if !p || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (p paint) red(s string) string    { return p.with("1;31", s) }
func (p paint) green(s string) string  { return p.with("1;32", s) }
func (p paint) yellow(s string) string { return p.with("1;33", s) }
func (p paint) faint(s string) string  { return p.with("2", s) }

// flow puts pieces on lines of at most limit columns, sep apart. The first
// line begins at column from; the others are indented by indent. A piece that
// fits on no line is broken at its spaces.
func flow(pieces []string, sep string, from, indent, limit int) string {
	var b strings.Builder
	col := from
	for i, p := range pieces {
		switch {
		case i == 0:
		case col+width(sep)+width(p) > limit:
			b.WriteString(strings.TrimRight(sepEnd(sep), " ") + "\n" + strings.Repeat(" ", indent))
			col = indent
		default:
			b.WriteString(sep)
			col += width(sep)
		}
		if col+width(p) > limit && strings.Contains(p, " ") {
			p = flow(strings.Fields(p), " ", col, indent+2, limit)
		}
		b.WriteString(p)
		if last := strings.LastIndexByte(p, '\n'); last >= 0 {
			col, p = 0, p[last+1:]
		}
		col += width(p)
	}
	return b.String()
}

// sepEnd is what of a separator stays at the end of a broken line.
func sepEnd(sep string) string {
	if strings.TrimSpace(sep) == "" {
		return ""
	}
	return sep
}

// words breaks a text at its spaces, with the same meaning of the numbers as
// flow.
func words(s string, from, indent, limit int) string {
	return flow(strings.Fields(s), " ", from, indent, limit)
}

// number writes n, with commas from five digits on.
func number(n uint64) string {
	digits := []byte{}
	for n >= 10 {
		digits = append(digits, byte('0'+n%10))
		n /= 10
	}
	digits = append(digits, byte('0'+n))
	var b strings.Builder
	for i := len(digits) - 1; i >= 0; i-- {
		b.WriteByte(digits[i])
		if i > 0 && i%3 == 0 && len(digits) > 4 {
			b.WriteByte(',')
		}
	}
	return b.String()
}

func count(n uint64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return number(n) + " " + noun + "s"
}
