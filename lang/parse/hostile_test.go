package parse_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
)

func junk() string {
	r := rand.New(rand.NewPCG(3, 4))
	b := make([]byte, 1<<20)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return string(b)
}

// TestHostileTexts reads texts that are made to break a parser: they are
// reported with few words, and the tree stays whole.
func TestHostileTexts(t *testing.T) {
	nest := func(before, open, middle, closer, after string) string {
		return before + strings.Repeat(open, 10_000) + middle + strings.Repeat(closer, 10_000) + after
	}
	for _, tt := range []struct {
		name, in string
		want     []diag.Code
	}{
		{"parentheses", nest("assume ", "(", "a", ")", ""), []diag.Code{parse.TooDeep}},
		{"parentheses never closed", nest("assume ", "(", "a", "", ""), []diag.Code{parse.TooDeep}},
		{"braces", nest("assume ", "{", "a", "}", ""), []diag.Code{parse.TooDeep}},
		{"indices", nest("assume ", "a[", "a", "]", ""), []diag.Code{parse.TooDeep}},
		{"calls", nest("assume ", "f(", "a", ")", ""), []diag.Code{parse.TooDeep}},
		{"signs", nest("assume ", "!", "a", "", ""), []diag.Code{parse.TooDeep}},
		{"words", nest("assume ", "not ", "a", "", ""), []diag.Code{parse.TooDeep}},
		{"implications", nest("assume ", "a => ", "a", "", ""), []diag.Code{parse.TooDeep}},
		{"conditions", nest("assume ", "if a then ", "a", " else b", ""), []diag.Code{parse.TooDeep}},
		{"types", nest("type T = ", "[]", "int", "", ""), []diag.Code{parse.TooDeep}},
		{"arguments of types", nest("type T = ", "set[", "int", "]", ""), []diag.Code{parse.TooDeep}},
		{"refined types", nest("type T = ", "{x ", "int", " | true}", ""), []diag.Code{parse.TooDeep}},
		{"blocks", nest("machine M { init { ", "loop { ", "skip", "}", "} }"), []diag.Code{parse.TooDeep}},
		{"sum", "assume 0" + strings.Repeat(" + a", 250_000), []diag.Code{parse.TooDeep}},
		{"fields", "assume a" + strings.Repeat(".a", 500_000), []diag.Code{parse.TooDeep}},
		{"else if", "machine M { init { if a { skip }" + strings.Repeat(" else if a { skip }", 10_000) + " } }", nil},
		{"long line", "assume f(" + strings.Repeat("a, ", 350_000) + "a)", nil},
		{"long name", "const " + strings.Repeat("a", 1<<20) + " int", nil},
		{"long number", "const N = " + strings.Repeat("7", 1<<16), nil},
		{"long string", `const S = "` + strings.Repeat("a", 1<<20), []diag.Code{parse.UnterminatedString}},
		{"long comment", "//" + strings.Repeat("a", 1<<20), nil},
		{"binary", junk(), []diag.Code{parse.NotText}},
		{"bytes without NUL", strings.ReplaceAll(junk(), "\x00", "a"), []diag.Code{parse.NotText}},
		{"NUL", "sort A\x00", []diag.Code{parse.NotText}},
		{"latin 1", "sort Stra\xdfe", []diag.Code{parse.NotText}},
		{"replacement character", "sort A // \uFFFD", nil},
		{"byte order mark", "\uFEFFsort A", nil},
		{"byte order mark within", "sort A\uFEFF", []diag.Code{parse.BadCharacter}},
		{"carriage returns", "sort A\r\nsort B\r\n", nil},
		{"old line ends", "sort A\rsort B", []diag.Code{parse.Unexpected}},
		{"signs without meaning", strings.Repeat("$", 1<<20), []diag.Code{parse.BadCharacter}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := source.NewFile("t.spec", tt.in)
			tree, faults := parse.File(f)
			checkPlaces(t, f, tree)
			if len(faults) != len(tt.want) {
				t.Fatalf("got %v", faults)
			}
			for i, d := range faults {
				if d.Code != tt.want[i] || len(d.Message) > 200 {
					t.Errorf("got %s %s, want %s", d.Code, d.Message, tt.want[i])
				}
			}
		})
	}
}

// TestManyFaults: no more than a hundred are reported, and it is said that
// there are more.
func TestManyFaults(t *testing.T) {
	for _, line := range []string{"sort 3\n", "const = 1\n", "assume f(a b, c d)\n", "machine M { action A { x = } }\n", "} ) ]\n", "assume [\n", "$ a\n"} {
		f := source.NewFile("t.spec", strings.Repeat(line, 4000))
		tree, faults := parse.File(f)
		if tree == nil || len(faults) != 100 || !strings.Contains(faults[99].Help, "more faults follow") {
			t.Errorf("%q: %d faults, the last helped by %q", line, len(faults), faults[len(faults)-1].Help)
		}
	}
}
