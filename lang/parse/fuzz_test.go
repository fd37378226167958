package parse_test

import (
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
)

// specs are all specs of the repository.
func specs(t testing.TB) (paths []string) {
	for _, pattern := range []string{"testdata/*.spec", "../../testdata/*/*.spec", "../../examples/*/*.spec"} {
		more, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, more...)
	}
	return paths
}

// checkPlaces complains about nodes that lie outside of the file or of what
// holds them, or before the node before them.
func checkPlaces(t *testing.T, f *source.File, root ast.Node) {
	t.Helper()
	ast.Walk(root, func(parent ast.Node) bool {
		outer := parent.Span()
		if outer.File != f.Name || outer.Lo < 0 || outer.Lo > outer.Hi || outer.Hi > len(f.Text) {
			t.Errorf("%T at %v is not in the file", parent, outer)
			return false
		}
		last := outer.Lo
		for _, child := range children(parent) {
			inner := child.Span()
			if !outer.Holds(inner) {
				t.Errorf("%T at %v %q holds %T at %v %q", parent, outer, f.Text[outer.Lo:outer.Hi], child, inner, f.Text[inner.Lo:inner.Hi])
			}
			if inner.Lo < last {
				t.Errorf("%T at %v in %T begins before what is before it ends, at %d", child, inner, parent, last)
			}
			last = inner.Hi
		}
		return !t.Failed()
	})
}

func children(n ast.Node) (out []ast.Node) {
	ast.Walk(n, func(c ast.Node) bool {
		if c != n {
			out = append(out, c)
		}
		return c == n
	})
	return out
}

// FuzzParse: no panic, places in order, faults with words and a place.
func FuzzParse(f *testing.F) {
	for _, path := range specs(f) {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	for _, c := range broken(f) {
		f.Add(c[0])
	}
	f.Fuzz(func(t *testing.T, text string) {
		file := source.NewFile("t.spec", text)
		tree, faults := parse.File(file)
		checkPlaces(t, file, tree)
		for _, d := range faults {
			if d.Span.File != "t.spec" || d.Span.Lo < 0 || d.Span.Lo > d.Span.Hi || d.Span.Hi > len(text) || d.Message == "" {
				t.Errorf("bad fault %+v", d)
			}
			if utf8.ValidString(text) && !utf8.ValidString(d.Message) {
				t.Errorf("message is no text: %q", d.Message)
			}
		}
		if len(faults) > 100 {
			t.Errorf("%d faults", len(faults))
		}
	})
}
