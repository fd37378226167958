package format_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
)

// TestCommentsAnywhere puts comments and line breaks into the blanks of every
// spec and formats what is still without fault.
func TestCommentsAnywhere(t *testing.T) {
	for _, path := range specs(t) {
		t.Run(strings.TrimPrefix(path, "../../"), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			r := rand.New(rand.NewPCG(7, uint64(len(text))))
			if _, faults := parse.File(source.NewFile("t.spec", string(text))); len(faults) > 0 {
				return
			}
			tried := 0
			for i := 0; i < 300 && tried < 20; i++ {
				changed := sprinkle(r, string(text))
				if _, faults := parse.File(source.NewFile("t.spec", changed)); len(faults) == 0 {
					tried++
					if check(t, changed, noDocs); t.Failed() {
						t.Fatal(changed)
					}
				}
			}
			if tried == 0 {
				t.Error("every change was a fault")
			}
		})
	}
}

// sprinkle puts comments or line breaks into some blanks of a text.
func sprinkle(r *rand.Rand, text string) string {
	for i := range 1 + r.IntN(6) {
		at := r.IntN(len(text))
		n := strings.IndexByte(text[at:], ' ')
		if n < 0 {
			continue
		}
		piece := [...]string{" // c%d\n", "\n// c%d\n", "\n", "\n\n/// c%d\n\n"}[r.IntN(4)]
		if strings.Contains(piece, "%d") {
			piece = fmt.Sprintf(piece, i)
		}
		text = text[:at+n] + piece + text[at+n:]
	}
	return text
}
