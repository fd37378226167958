package spec_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/spec-lang/spec/docs"
	specast "github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck"
)

// declaredCodes finds every constant of type diag.Code in the source of this
// module; the value says in which file.
func declaredCodes(t *testing.T) map[string]string {
	t.Helper()
	codes := map[string]string{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		for _, code := range codesOf(file) {
			if old, twice := codes[code]; twice {
				t.Errorf("code %s is declared in %s and in %s", code, old, path)
			}
			codes[code] = path
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return codes
}

// codesOf lists the values of the constants of type diag.Code in a file.
func codesOf(file *ast.File) []string {
	var codes []string
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		sel, ok := spec.Type.(*ast.SelectorExpr)
		if !ok || sel.Sel.Name != "Code" {
			return true
		}
		for _, v := range spec.Values {
			if lit, ok := v.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if code, err := strconv.Unquote(lit.Value); err == nil {
					codes = append(codes, code)
				}
			}
		}
		return true
	})
	return codes
}

// section returns the spec of a section of a page.
func section(page docs.Page, name string) string {
	_, rest, _ := strings.Cut(page.Text, "## "+name+"\n")
	_, rest, _ = strings.Cut(rest, "```spec\n")
	text, _, _ := strings.Cut(rest, "```")
	return text
}

// codesIn checks a text and returns the codes of its diagnostics. The module
// demo imports itself, which is the shortest import cycle.
func codesIn(text string) []string {
	tree, list := parse.File(source.NewFile("page.spec", text))
	_, more := typecheck.Check(tree, func(_ *specast.File, path string) (*specast.File, error) {
		if path == "demo" {
			return tree, nil
		}
		return nil, errors.New("no such module")
	})
	var codes []string
	for _, d := range append(list, more...).Sorted() {
		codes = append(codes, string(d.Code))
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// TestCodes checks that every code has a page, and of what parsing and checking
// report that the wrong text of the page has exactly that fault and the right
// one none.
func TestCodes(t *testing.T) {
	codes := declaredCodes(t)
	for code, file := range codes {
		t.Run(code, func(t *testing.T) {
			page, ok := docs.Find(code)
			if !ok && strings.HasPrefix(file, "lang/parse") {
				return
			}
			if !ok || page.Title == "" || page.Severity == "" {
				t.Fatalf("%s declares %s: docs/errors/%s.md is missing or has no title and severity", file, code, code)
			}
			for _, heading := range []string{"## Wrong\n", "## Right\n", "## Why\n"} {
				if !strings.Contains(page.Text, heading) {
					t.Errorf("docs/errors/%s.md has no %q", code, heading)
				}
			}
			if !strings.HasPrefix(file, "typecheck") && !strings.HasPrefix(file, "lang/parse") {
				return
			}
			wrong, right := section(page, "Wrong"), section(page, "Right")
			if code == string(parse.NotText) { // which a page cannot show
				wrong = "\xff"
			}
			if got := codesIn(wrong); !slices.Equal(got, []string{code}) {
				t.Errorf("docs/errors/%s.md: the wrong text yields %v", code, got)
			}
			if got := codesIn(right); len(got) > 0 {
				t.Errorf("docs/errors/%s.md: the right text yields %v", code, got)
			}
		})
	}
	for _, code := range docs.Codes() {
		if _, ok := codes[code]; !ok {
			t.Errorf("docs/errors/%s.md is the page of no code", code)
		}
	}
}

// TestCodesFire checks that every code of the checker is expected somewhere
// in testdata/check.
func TestCodesFire(t *testing.T) {
	files, err := filepath.Glob("testdata/check/*.spec")
	if err != nil || len(files) == 0 {
		t.Fatal("no files in testdata/check", err)
	}
	var all strings.Builder
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	for code, file := range declaredCodes(t) {
		// An import cycle needs two files: see package typecheck.
		if strings.HasPrefix(file, "typecheck") && code != "E0106" && !strings.Contains(all.String(), "//~ "+code) {
			t.Errorf("nothing in testdata/check expects %s", code)
		}
	}
}
