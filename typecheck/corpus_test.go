package typecheck_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
)

// library imports the modules of the standard library.
func library() func(*ast.File, string) (*ast.File, error) {
	known := map[string]*ast.File{}
	return func(_ *ast.File, path string) (*ast.File, error) {
		if f := known[path]; f != nil {
			return f, nil
		}
		text, err := os.ReadFile(filepath.Join("..", "stdlib", filepath.Base(path)+".spec"))
		if err != nil {
			return nil, fmt.Errorf("no module %s", path)
		}
		known[path], _ = parse.File(source.NewFile(path, string(text)))
		return known[path], nil
	}
}

// TestCorpus checks every specification of the repository that is meant to be
// sound.
func TestCorpus(t *testing.T) {
	for _, pattern := range []string{"../testdata/corpus/*.spec", "../testdata/bench/*.spec", "../examples/*/*.spec", "../stdlib/*.spec"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal("no files for", pattern, err)
		}
		for _, name := range files {
			t.Run(filepath.Base(name), func(t *testing.T) {
				text, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				set, diags := check(name, string(text), library())
				for _, d := range diags {
					t.Errorf("%d: %s at %q: %s (%s)", set.Pos(d.Span).Line, d.Code, set.Text(d.Span), d.Message, d.Help)
				}
			})
		}
	}
}
