package parse_test

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
)

// TestMutatedSpecs replaces pieces of every spec by words that matter to the
// parser: the tree stays whole.
func TestMutatedSpecs(t *testing.T) {
	words := append(parse.Reserved(), strings.Fields("{ } ( ) [ ] , ; : = == => .. . @ | & && - ! + ++ += _ x 3 5s ` \" $ ≠ step check expect mutate "+
		"bound of as any internal refuse requires effects picks reads fold min count A[ U /// // :=")...)
	words = append(words, "\n", "\n", "")
	for _, path := range specs(t) {
		t.Run(strings.TrimPrefix(path, "../../"), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			r := rand.New(rand.NewPCG(11, uint64(len(text))))
			for range 30 {
				changed := string(text)
				for range 1 + r.IntN(4) {
					lo := r.IntN(len(changed) + 1)
					hi := min(len(changed), lo+r.IntN(12))
					changed = changed[:lo] + " " + words[r.IntN(len(words))] + " " + changed[hi:]
				}
				f := source.NewFile("t.spec", changed)
				tree, _ := parse.File(f)
				if checkPlaces(t, f, tree); t.Failed() {
					t.Fatal(changed)
				}
			}
		})
	}
}
