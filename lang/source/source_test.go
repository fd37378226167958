package source_test

import (
	"testing"

	"github.com/spec-lang/spec/lang/source"
)

func TestPos(t *testing.T) {
	f := source.NewFile("a", "ab\r\né日x\n\nend")
	for _, tt := range []struct {
		offset int
		want   source.Pos
	}{
		{0, source.Pos{Line: 1, Col: 1}},
		{2, source.Pos{Line: 1, Col: 3}},
		{4, source.Pos{Line: 2, Col: 1}},
		{6, source.Pos{Line: 2, Col: 2}}, // behind é, which has two bytes
		{9, source.Pos{Line: 2, Col: 3}}, // behind 日, which has three
		{11, source.Pos{Line: 3, Col: 1}},
		{15, source.Pos{Line: 4, Col: 4}},
		{99, source.Pos{Line: 4, Col: 4}},
		{-1, source.Pos{Line: 1, Col: 1}},
	} {
		if got := f.Pos(tt.offset); got != tt.want {
			t.Errorf("Pos(%d): got %v, want %v", tt.offset, got, tt.want)
		}
	}
}

func TestLine(t *testing.T) {
	f := source.NewFile("a", "ab\r\n\nend")
	want := []string{"", "ab", "", "end", ""}
	for n, line := range want {
		if got := f.Line(n); got != line {
			t.Errorf("Line(%d): got %q, want %q", n, got, line)
		}
	}
	if f.Lines() != 3 || f.LineStart(2) != 4 || f.LineStart(3) != 5 || f.LineStart(9) != 5 {
		t.Errorf("got %d lines that begin at %d, %d and %d", f.Lines(), f.LineStart(2), f.LineStart(3), f.LineStart(9))
	}
	if n := source.NewFile("a", "").Lines(); n != 1 {
		t.Errorf("an empty file has %d lines, want 1", n)
	}
}

func TestSpan(t *testing.T) {
	a, b, other := source.Span{File: "a", Lo: 2, Hi: 4}, source.Span{File: "a", Lo: 3, Hi: 7}, source.Span{File: "b", Lo: 0, Hi: 9}
	for _, tt := range []struct {
		name      string
		got, want source.Span
	}{
		{"cover", a.Cover(b), source.Span{File: "a", Lo: 2, Hi: 7}},
		{"cover nothing", a.Cover(source.Span{}), a},
		{"nothing covers", source.Span{}.Cover(a), a},
		{"cover another file", a.Cover(other), a},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.name, tt.got, tt.want)
		}
	}
	if a.Holds(b) || !a.Cover(b).Holds(b) || other.Holds(a) {
		t.Error("Holds is about one file and both ends")
	}
}

func TestSet(t *testing.T) {
	s := source.Set{}
	f := s.Add(source.NewFile("a", "one\ntwo"))
	if got := s.Text(f.Span(4, 7)); got != "two" {
		t.Errorf("got %q, want two", got)
	}
	if got := s.Pos(f.Span(4, 7)); got != (source.Pos{Line: 2, Col: 1}) {
		t.Errorf("got %v, want 2:1", got)
	}
	for _, bad := range []source.Span{{File: "b"}, {File: "a", Lo: 4, Hi: 8}, {File: "a", Lo: -1, Hi: 1}, {File: "a", Lo: 3, Hi: 2}} {
		if got := s.Text(bad); got != "" {
			t.Errorf("%v: got %q, want nothing", bad, got)
		}
	}
}
