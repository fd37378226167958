package lsp

import (
	"unicode/utf16"
	"unicode/utf8"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/spec-lang/spec/lang/source"
)

// position translates a byte offset: lines from 0, columns in UTF-16 units.
func position(f *source.File, off int) protocol.Position {
	off = max(0, min(off, len(f.Text)))
	line := f.Pos(off).Line
	units := 0
	for _, r := range f.Text[f.LineStart(line):off] {
		units += utf16Len(r)
	}
	return protocol.Position{Line: uint32(line - 1), Character: uint32(units)}
}

// offset translates back. A position beyond its line means the end of the
// line, one beyond the text the end of the text, as the protocol says.
func offset(f *source.File, p protocol.Position) int {
	line := int(p.Line) + 1
	if line > f.Lines() {
		return len(f.Text)
	}
	text := f.Line(line)
	start := f.LineStart(line)
	units := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		units += utf16Len(r)
		if units > int(p.Character) {
			return start + i
		}
		i += size
	}
	return start + len(text)
}

func utf16Len(r rune) int {
	if n := utf16.RuneLen(r); n > 0 {
		return n
	}
	return 1
}

func rangeOf(f *source.File, sp source.Span) protocol.Range {
	return protocol.Range{Start: position(f, sp.Lo), End: position(f, sp.Hi)}
}

// location translates a span of a file of the set.
func location(files source.Set, sp source.Span) (protocol.Location, bool) {
	f := files[sp.File]
	if f == nil {
		return protocol.Location{}, false
	}
	return protocol.Location{URI: uri.File(sp.File), Range: rangeOf(f, sp)}, true
}
