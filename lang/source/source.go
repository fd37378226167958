// Package source names places in text.
//
// A Span is a half-open range of bytes in a named file. It is a value: it is
// compared with ==, kept in every node, and means nothing without the File
// that a Set holds under the same name.
package source

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// Span is the bytes [Lo, Hi) of the file called File. The zero Span is no
// place at all.
type Span struct {
	File   string
	Lo, Hi int
}

// IsValid reports whether s is a place in some file.
func (s Span) IsValid() bool { return s.File != "" }

// Cover returns the smallest span that holds s and t. An invalid span is
// ignored.
func (s Span) Cover(t Span) Span {
	if !s.IsValid() {
		return t
	}
	if !t.IsValid() || t.File != s.File {
		return s
	}
	return Span{s.File, min(s.Lo, t.Lo), max(s.Hi, t.Hi)}
}

// Holds reports whether t lies within s.
func (s Span) Holds(t Span) bool { return s.File == t.File && s.Lo <= t.Lo && t.Hi <= s.Hi }

// Pos is a place as people count: lines and columns from 1, columns in
// characters.
type Pos struct{ Line, Col int }

// File is a named text. Its content never changes.
type File struct {
	Name string
	Text string

	lines []int // offset of the first byte of each line
}

// NewFile returns the file called name with the given text.
func NewFile(name, text string) *File {
	f := &File{Name: name, Text: text, lines: []int{0}}
	for i := range len(text) {
		if text[i] == '\n' {
			f.lines = append(f.lines, i+1)
		}
	}
	return f
}

// Pos returns the line and column of a byte offset, which is brought into
// range first.
func (f *File) Pos(offset int) Pos {
	offset = max(0, min(offset, len(f.Text)))
	line := sort.Search(len(f.lines), func(i int) bool { return f.lines[i] > offset })
	return Pos{line, 1 + utf8.RuneCountInString(f.Text[f.lines[line-1]:offset])}
}

// Line returns the text of a line, counted from 1, without its line ending.
func (f *File) Line(n int) string {
	if n < 1 || n > len(f.lines) {
		return ""
	}
	end := len(f.Text)
	if n < len(f.lines) {
		end = f.lines[n] - 1
	}
	return strings.TrimSuffix(f.Text[f.lines[n-1]:end], "\r")
}

// Lines returns how many lines the file has; an empty file has one.
func (f *File) Lines() int { return len(f.lines) }

// LineStart returns the offset of the first byte of line n, counted from 1.
func (f *File) LineStart(n int) int { return f.lines[max(0, min(n-1, len(f.lines)-1))] }

// Span returns the span of the bytes [lo, hi) of f.
func (f *File) Span(lo, hi int) Span { return Span{f.Name, lo, hi} }

// Set holds files by name. It is what turns a Span back into text.
type Set map[string]*File

// Add puts f into the set and returns it.
func (s Set) Add(f *File) *File { s[f.Name] = f; return f }

// Text returns the source text of a span, or "" if its file is unknown.
func (s Set) Text(sp Span) string {
	f := s[sp.File]
	if f == nil || sp.Lo < 0 || sp.Hi > len(f.Text) || sp.Lo > sp.Hi {
		return ""
	}
	return f.Text[sp.Lo:sp.Hi]
}

// Pos returns where a span begins, or the zero Pos if its file is unknown.
func (s Set) Pos(sp Span) Pos {
	f := s[sp.File]
	if f == nil {
		return Pos{}
	}
	return f.Pos(sp.Lo)
}
