package elaborate_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spec-lang/spec/elaborate"
)

// word is a piece of a text that may stand in the place of another.
var word = regexp.MustCompile(`[\pL_0-9]+|[^\pL_0-9\s]+`)

// FuzzLower puts words of a spec in the place of others. Whatever still checks
// without errors must elaborate without a fault of the tool: package verify
// has looked at every System that comes out.
func FuzzLower(f *testing.F) {
	for _, pattern := range []string{"testdata/*.spec", "../testdata/corpus/*.spec", "../examples/*/*.spec"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for i, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(text), uint16(0), uint16(0), uint16(0), uint16(0))
			f.Add(string(text), uint16(37*i+50), uint16(11*i+70), uint16(0), uint16(0))
		}
	}
	f.Fuzz(func(t *testing.T, text string, to1, from1, to2, from2 uint16) {
		p := compile("fuzz.spec", exchange(exchange(text, to1, from1), to2, from2))
		if p.diags.HasErrors() {
			return
		}
		for _, m := range p.models() {
			sys, diags := elaborate.Model(p.info, m)
			if sys == nil && !diags.HasErrors() {
				t.Fatalf("model %s: neither a system nor an error", m.Name())
			}
			for _, d := range diags {
				if d.Code == elaborate.MissingFact {
					t.Fatalf("model %s:\n%s\n%s", m.Name(), p.show(diags), p.file.Text)
				}
			}
		}
	})
}

// exchange puts word number from of a text in the place of word number to.
func exchange(text string, to, from uint16) string {
	at := word.FindAllStringIndex(text, -1)
	if len(at) == 0 || to == from {
		return text
	}
	target, source := at[int(to)%len(at)], at[int(from)%len(at)]
	var b strings.Builder
	b.WriteString(text[:target[0]])
	b.WriteString(text[source[0]:source[1]])
	b.WriteString(text[target[1]:])
	return b.String()
}
