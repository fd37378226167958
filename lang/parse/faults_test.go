package parse_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const (
	between = "\n----\n"
	said    = "\n>> "
)

// broken are the texts of testdata/faults.txt, each with what is said of it.
func broken(t testing.TB) (cases [][2]string) {
	all, err := os.ReadFile("testdata/faults.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range strings.Split(strings.TrimSuffix(string(all), "\n"), between) {
		in, want, _ := strings.Cut(c, said)
		cases = append(cases, [2]string{in, want})
	}
	return cases
}

// say parses a text and returns its faults, each as `CODE "text": message |
// help` and the line of the bracket that is open.
func say(text string) string {
	f := source.NewFile("t.spec", text)
	_, list := parse.File(f)
	var out []string
	for _, d := range list {
		s := string(d.Code) + " line " + string(rune('0'+f.Pos(d.Span.Lo).Line/10)) + string(rune('0'+f.Pos(d.Span.Lo).Line%10)) +
			" at " + text[d.Span.Lo:d.Span.Hi] + ": " + d.Message
		if d.Help != "" {
			s += " | " + d.Help
		}
		for _, r := range d.Related {
			s += " | " + r.Message + ": " + f.Line(f.Pos(r.Span.Lo).Line)
		}
		out = append(out, s)
	}
	return strings.Join(out, said)
}

// TestGoldenFaults reads texts with slips that people make: every slip is
// reported once, with what to write instead.
func TestGoldenFaults(t *testing.T) {
	var all []string
	for _, c := range broken(t) {
		got := say(c[0])
		all = append(all, c[0]+said+got)
		if d := cmp.Diff(c[1], got); d != "" && !*update {
			t.Errorf("%s\n%s", c[0], d)
		}
	}
	if *update {
		if err := os.WriteFile("testdata/faults.txt", []byte(strings.Join(all, between)+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestDeepAndLong nests so deeply that the rest is skipped, and so far that a
// closing bracket is not found by looking a little ahead.
func TestDeepAndLong(t *testing.T) {
	for _, tt := range []struct{ name, first, open, close string }{
		{"parentheses", "x = ", "(", ")"},
		{"blocks", "", "if b { ", "} "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := "machine M { action A { x = 1\n" + tt.first + strings.Repeat(tt.open, 6000) + strings.Repeat(tt.close, 6000) + "\n} }"
			if got := say(text); strings.Count(got, "E00") != 1 || !strings.Contains(got, "E0010") {
				t.Errorf("got %.300s, want one fault E0010", got)
			}
		})
	}
}
