package itf

import (
	"bytes"
	"strings"
)

// Pretty lays out compact JSON: what fits on a line of the given width stands
// on one, the rest is broken at its elements.
func Pretty(raw []byte, width int) []byte {
	p := pretty{raw: raw, width: width}
	p.value(0, 0)
	p.b.WriteByte('\n')
	return p.b.Bytes()
}

type pretty struct {
	b     bytes.Buffer
	raw   []byte
	width int
}

// value writes the value, or the field, that begins at i and returns where it
// ends.
func (p *pretty) value(i, indent int) int {
	end := p.end(i)
	open := p.content(i)
	bracket := p.raw[open] == '{' || p.raw[open] == '['
	if !bracket || end-i+indent <= p.width || p.raw[open+1] == '}' || p.raw[open+1] == ']' {
		p.b.Write(p.raw[i:end])
		return end
	}
	p.b.Write(p.raw[i : open+1])
	for i = open + 1; ; i++ {
		p.b.WriteString("\n" + strings.Repeat(" ", indent+1))
		if i = p.value(i, indent+1); p.raw[i] != ',' {
			break
		}
		p.b.WriteByte(',')
	}
	p.b.WriteString("\n" + strings.Repeat(" ", indent))
	p.b.WriteByte(p.raw[i])
	return i + 1
}

// content is where the value of the field that begins at i begins, or i if it
// is not a field.
func (p *pretty) content(i int) int {
	if p.raw[i] != '"' {
		return i
	}
	if end := p.quoted(i); end < len(p.raw) && p.raw[end] == ':' {
		return end + 1
	}
	return i
}

// quoted is where the string that begins at i ends.
func (p *pretty) quoted(i int) int {
	for i++; p.raw[i] != '"'; i++ {
		if p.raw[i] == '\\' {
			i++
		}
	}
	return i + 1
}

// end is where the value or field that begins at i ends: at the comma or the
// closing bracket after it.
func (p *pretty) end(i int) int {
	depth := 0
	for ; i < len(p.raw); i++ {
		switch p.raw[i] {
		case '"':
			i = p.quoted(i) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i
			}
			depth--
		case ',':
			if depth == 0 {
				return i
			}
		}
	}
	return i
}
