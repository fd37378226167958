package all_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/analysis/all"
	"github.com/spec-lang/spec/lang/source"
)

// mangled is a text as somebody leaves it while typing: cut off, with a piece
// missing, twice or elsewhere, or with another word.
func mangled(r *rand.Rand, text string) string {
	lo := r.IntN(len(text))
	hi := min(len(text), lo+1+r.IntN(40))
	switch r.IntN(6) {
	case 0:
		return text[:lo]
	case 1:
		return text[:lo] + text[hi:]
	case 2:
		return text[:hi] + text[lo:]
	case 3:
		at := r.IntN(len(text))
		return text[:at] + text[lo:hi] + text[at:]
	case 4:
		lines := strings.SplitAfter(text, "\n")
		i := r.IntN(len(lines))
		return strings.Join(append(lines[:i:i], lines[i+1:]...), "")
	}
	words := []string{" 3 ", " n ", " when ", "{", "}", " = ", " && ", " true ", "x: ", " goto x\n"}
	return text[:lo] + words[r.IntN(len(words))] + text[hi:]
}

// TestEdits mangles every spec there is, again and again: a driver that has
// seen the texts before says the same as one that has not, and its places are
// in the text.
func TestEdits(t *testing.T) {
	rounds := 3
	if os.Getenv("SPEC_SOAK") != "" {
		rounds = 300
	}
	for _, pattern := range []string{"testdata/corpus/*.spec", "testdata/analysis/*.spec", "testdata/check/*.spec", "examples/*/*.spec"} {
		paths, err := filepath.Glob("../../" + pattern)
		if err != nil || len(paths) == 0 {
			t.Fatalf("no file matches %s (%v)", pattern, err)
		}
		for i, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			edits(t, filepath.Base(path), string(text), rand.New(rand.NewPCG(uint64(i), 0xed17)), rounds)
		}
	}
}

func edits(t *testing.T, name, text string, r *rand.Rand, rounds int) {
	kept := analysis.NewDriver(all.Analyzers())
	kept.Run(program(source.NewFile(name, text)))
	for range rounds {
		now := text
		for range 1 + r.IntN(2) {
			now = mangled(r, now)
		}
		p := program(source.NewFile(name, now))
		got, want := kept.Run(p), analysis.NewDriver(all.Analyzers()).Run(p)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s: kept findings differ: %s\n%s", name, diff, now)
		}
		for _, d := range got {
			if d.Span.Lo < 0 || d.Span.Hi > len(now) || d.Span.Lo > d.Span.Hi {
				t.Fatalf("%s: %s at %v in %d bytes\n%s", name, d.Code, fmt.Sprint(d.Span), len(now), now)
			}
		}
	}
}

// TestNewNames adds declarations that change what is to be said of others,
// which do not name them.
func TestNewNames(t *testing.T) {
	const text = `module m

machine M {
    var n int = 0
    action Up when n < 3 {
        let k = n + 1
        n = k
    }
    invariant Low: n < 4 && forall q in {1, 2}: q > n
}

model All of M { check all }
`
	for _, add := range []string{"var k int = 0", "const q int = 3", "func k() int = n", "invariant High: n > -1", "terminal when n == 3"} {
		kept := analysis.NewDriver(all.Analyzers())
		kept.Run(program(source.NewFile("m.spec", text)))
		p := program(source.NewFile("m.spec", strings.Replace(text, "    action", "    "+add+"\n    action", 1)))
		got, want := kept.Run(p), analysis.NewDriver(all.Analyzers()).Run(p)
		if diff := cmp.Diff(want, got); diff != "" || len(p.Diags) > 0 {
			t.Errorf("%s: %v %s", add, p.Diags, diff)
		}
	}
}
