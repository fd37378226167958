package format_test

import (
	"os"
	"testing"
)

// FuzzFormat: the tree and the comments stay, and formatting again changes
// nothing.
func FuzzFormat(f *testing.F) {
	for _, path := range specs(f) {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	for _, tt := range layouts {
		f.Add(tt.in)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) < 20_000 {
			check(t, text, noDocs)
		}
	})
}
