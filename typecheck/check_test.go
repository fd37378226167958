package typecheck_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck"
)

func noImports(*ast.File, string) (*ast.File, error) { return nil, errors.New("no such module") }

func check(name, text string) (source.Set, diag.List) {
	f := source.NewFile(name, text)
	tree, diags := parse.File(f)
	_, more := typecheck.Check(tree, noImports)
	return source.Set{name: f}, append(diags, more...).Sorted()
}

// wanted is `//~ CODE at "text": message`, any number of them on a line.
var wanted = regexp.MustCompile(`([EA]\d{4}) at "((?:[^"\\]|\\.)*)"`)

// TestFiles checks that each file of testdata/check has exactly the
// diagnostics that its comments expect.
func TestFiles(t *testing.T) {
	files, err := filepath.Glob("../testdata/check/*.spec")
	if err != nil || len(files) == 0 {
		t.Fatal("no test files", err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			set, diags := check(name, string(text))
			want := map[string]string{}
			for i, line := range strings.Split(string(text), "\n") {
				if _, comment, ok := strings.Cut(line, "//~"); ok {
					for _, m := range wanted.FindAllStringSubmatch(comment, -1) {
						want[fmt.Sprintf("%d %s %s", i+1, m[1], strings.ReplaceAll(m[2], `\"`, `"`))] = comment
					}
				}
			}
			for _, d := range diags {
				line, _, _ := strings.Cut(set.Text(d.Span), "\n")
				key := fmt.Sprintf("%d %s %s", set.Pos(d.Span).Line, d.Code, line)
				comment, ok := want[key]
				if !ok {
					t.Errorf("unexpected: %s: %s (help: %s)", key, d.Message, d.Help)
				} else if !strings.Contains(comment, d.Message) {
					t.Errorf("%s: got message %q, want %q", key, d.Message, comment)
				}
				delete(want, key)
			}
			for key := range want {
				t.Errorf("missing: %s", key)
			}
		})
	}
}
