// Package diagtest compares diagnostics with expectations that stand in the
// text, on the line of the fault:
//
//	var x int = true    //~ E0201 at "true": expected int
//
// An expectation is a code, the source text that the diagnostic marks (may be
// left out) and a part of the message (may be left out). Several on one line
// follow one another, each with its own //~.
package diagtest

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

const mark = "//~"

// A want is one expectation.
type want struct {
	line    int
	code    diag.Code
	at      string // text that is marked
	hasAt   bool
	message string // part of the message, "" for any
}

func (w want) String() string {
	s := string(w.code)
	if w.hasAt {
		s += " at " + strconv.Quote(w.at)
	}
	if w.message != "" {
		s += ": " + w.message
	}
	return s
}

// meets reports whether d, in f, is what w expects.
func (w want) meets(f *source.File, d diag.Diagnostic) bool {
	return d.Span.File == f.Name && f.Pos(d.Span.Lo).Line == w.line && d.Code == w.code &&
		(!w.hasAt || f.Text[d.Span.Lo:d.Span.Hi] == w.at) && strings.Contains(d.Message, w.message)
}

// Check returns one complaint for every expectation of f that list does not
// meet, for every diagnostic that nothing expects, and for every expectation
// that cannot be read.
func Check(f *source.File, list diag.List) []string {
	wants, complaints := expectations(f)
	met := make([]bool, len(wants))
	for _, d := range list.Sorted() {
		if i := find(f, wants, met, d); i >= 0 {
			met[i] = true
			continue
		}
		complaints = append(complaints, fmt.Sprintf("%s:%d: nothing expects %s", f.Name, f.Pos(d.Span.Lo).Line, show(f, d)))
	}
	for i, w := range wants {
		if !met[i] {
			complaints = append(complaints, fmt.Sprintf("%s:%d: nothing meets %s", f.Name, w.line, w))
		}
	}
	return complaints
}

func find(f *source.File, wants []want, met []bool, d diag.Diagnostic) int {
	for i, w := range wants {
		if !met[i] && w.meets(f, d) {
			return i
		}
	}
	return -1
}

// show writes d as the expectation that it would meet.
func show(f *source.File, d diag.Diagnostic) string {
	w := want{code: d.Code, message: d.Message}
	if d.Span.File == f.Name && d.Span.Lo >= 0 && d.Span.Lo <= d.Span.Hi && d.Span.Hi <= len(f.Text) {
		w.at, w.hasAt = f.Text[d.Span.Lo:d.Span.Hi], true
	}
	return w.String()
}

// expectations reads the expectations of f, with a complaint for each that
// cannot be read.
func expectations(f *source.File) (wants []want, complaints []string) {
	for n := 1; n <= f.Lines(); n++ {
		_, rest, found := strings.Cut(f.Line(n), mark)
		for found {
			var one string
			one, rest, found = strings.Cut(rest, mark)
			w, err := read(strings.TrimSpace(one))
			if err != nil {
				complaints = append(complaints, fmt.Sprintf("%s:%d: %v", f.Name, n, err))
				continue
			}
			w.line = n
			wants = append(wants, w)
		}
	}
	return wants, complaints
}

// read reads `CODE at "text": message`.
func read(text string) (want, error) {
	n := strings.IndexAny(text, " :")
	if n < 0 {
		n = len(text)
	}
	w := want{code: diag.Code(text[:n])}
	if len(w.code) != 5 || strings.Trim(string(w.code[1:]), "0123456789") != "" || w.code[0] < 'A' || w.code[0] > 'Z' {
		return w, fmt.Errorf("expected a code after %s, found %q", mark, text[:n])
	}
	text = text[n:]
	if rest, ok := strings.CutPrefix(text, " at "); ok {
		quoted, err := strconv.QuotedPrefix(rest)
		if err != nil {
			return w, fmt.Errorf("expected quoted source text after at, found %s", rest)
		}
		w.at, _ = strconv.Unquote(quoted)
		w.hasAt, text = true, rest[len(quoted):]
	}
	if rest, ok := strings.CutPrefix(text, ":"); ok {
		w.message, text = strings.TrimSpace(rest), ""
	}
	if text != "" {
		return w, fmt.Errorf("expected `at \"text\"` or `: message` after %s, found %q", w.code, text)
	}
	return w, nil
}

// Run checks every file that pattern matches, each as a subtest.
func Run(t *testing.T, pattern string, diagnose func(*source.File) diag.List) {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no file matches %s (%v)", pattern, err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			f := source.NewFile(filepath.Base(path), string(text))
			for _, c := range Check(f, diagnose(f)) {
				t.Error(c)
			}
		})
	}
}
