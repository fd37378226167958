package diag_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

// fixOf makes a fix from pairs of a text that stands once in the file and what
// comes instead of it.
func fixOf(f *source.File, pairs ...string) diag.Fix {
	fix := diag.Fix{Title: pairs[0]}
	for i := 0; i < len(pairs); i += 2 {
		lo := strings.Index(f.Text, pairs[i])
		fix.Edits = append(fix.Edits, diag.Edit{Span: f.Span(lo, lo+len(pairs[i])), Text: pairs[i+1]})
	}
	return fix
}

// TestChoose: fixes are accepted in order, as a whole, and only with texts
// that are right.
func TestChoose(t *testing.T) {
	f := source.NewFile("a.spec", "one two three four")
	files := source.Set{f.Name: f}
	for _, tt := range []struct {
		name  string
		fixes []diag.Fix
		want  string
		left  []string
	}{
		{"none", nil, "", nil},
		{"two places", []diag.Fix{fixOf(f, "three", "3"), fixOf(f, "one", "1")}, "1 two 3 four", nil},
		{"side by side", []diag.Fix{fixOf(f, "one", "1"), fixOf(f, " two", "")}, "1 three four", nil},
		{"overlap", []diag.Fix{fixOf(f, "one two", "1"), fixOf(f, "two three", "2")}, "1 three four", []string{"two three"}},
		{"within", []diag.Fix{fixOf(f, "two", "2"), fixOf(f, "one two three", "")}, "one 2 three four", []string{"one two three"}},
		{"never by half", []diag.Fix{fixOf(f, "two", "2"), fixOf(f, "four", "4", "two three", "2 3")}, "one 2 three four", []string{"four"}},
		{"the same twice", []diag.Fix{fixOf(f, "two", "2"), fixOf(f, "two", "2", "four", "4")}, "one 2 three 4", nil},
		{"one place, two texts", []diag.Fix{fixOf(f, "two", "2"), fixOf(f, "two", "zwei")}, "one 2 three four", []string{"two"}},
		{"not right", []diag.Fix{fixOf(f, "two", "wrong"), fixOf(f, "two", "2")}, "one 2 three four", []string{"two"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var list diag.List
			for _, fix := range tt.fixes {
				list.Add(diag.Diagnostic{Code: "E0101", Span: fix.Edits[0].Span, Message: fix.Title, Fixes: []diag.Fix{fix}})
			}
			list.Add(diag.Diagnostic{Code: "E0102", Message: "without a fix"})
			accepted, refused := diag.Choose(files, list, func(texts map[string]string) bool {
				return !strings.Contains(texts["a.spec"], "wrong")
			})
			var left []string
			for _, d := range refused {
				left = append(left, d.Fixes[0].Title)
			}
			if !slices.Equal(left, tt.left) || len(accepted)+len(refused) != len(tt.fixes) {
				t.Errorf("refused %q, want %q", left, tt.left)
			}
			var fixes []diag.Fix
			for _, d := range accepted {
				fixes = append(fixes, d.Fixes[0])
			}
			if got := diag.Apply(files, fixes)["a.spec"]; got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
