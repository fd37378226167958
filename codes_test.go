package spec_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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

// front are the codes that parsing and checking alone report.
var front = regexp.MustCompile(`^E0[0-3]`)

// unshown are the codes whose fault is not in the text of a spec.
var unshown = map[string]string{
	"E0040": "the file itself cannot be read",
	"X9001": "a fault of the tool",
	"X9002": "a fault of the tool",
	"X9004": "a fault of the tool",
}

// TestCodes checks that every code has a page, that the wrong text of the page
// has exactly that fault and the right one none.
func TestCodes(t *testing.T) {
	codes := declaredCodes(t)
	bin := buildSpec(t)
	for code, file := range codes {
		t.Run(code, func(t *testing.T) {
			page, ok := docs.Find(code)
			if !ok || page.Title == "" || page.Severity == "" || !strings.Contains(page.Text, "## Why") {
				t.Fatalf("%s declares %s: docs/errors/%s.md is missing or lacks its title, severity or Why", file, code, code)
			}
			if unshown[code] != "" {
				return
			}
			wrong, right := section(page, "Wrong"), section(page, "Right")
			if wrong == "" || right == "" {
				t.Fatalf("docs/errors/%s.md needs the sections Wrong and Right", code)
			}
			if code == string(parse.NotText) { // which a page cannot show
				wrong = "\xff"
			}
			if strings.HasPrefix(code, "G") {
				return // see package gogen, which generates from its pages
			}
			yields := codesIn
			switch {
			case strings.HasPrefix(filepath.ToSlash(file), "analysis/"):
				yields = func(text string) []string { return codesOfCheck(t, bin, text) }
			case !front.MatchString(code):
				how := []string{"--max-states", "10000"}
				if strings.HasPrefix(code, "P") { // which needs no solver for what it shows
					how = []string{"--prove", "--solver", "embedded"}
				}
				yields = func(text string) []string { return codesOfVerify(t, bin, text, how...) }
			}
			if got := yields(wrong); !slices.Equal(got, []string{code}) {
				t.Errorf("docs/errors/%s.md: the wrong text yields %v", code, got)
			}
			if got := yields(right); len(got) > 0 {
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

// buildSpec builds the command into a folder and returns the folder.
func buildSpec(t *testing.T) string {
	t.Helper()
	bin := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", filepath.Join(bin, "spec"), "./cmd/spec").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return bin
}

// codesOfCheck checks a text with every analyzer and returns the codes of what
// they say.
func codesOfCheck(t *testing.T, bin, text string) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "page.spec")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(filepath.Join(bin, "spec"), "check", "--format", "json", path)
	out, err := cmd.Output()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	var list []struct{ Code string }
	if err := json.Unmarshal(out, &list); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	codes := []string{}
	for _, d := range list {
		codes = append(codes, d.Code)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// codesOfVerify verifies a text, within limits that any example keeps, and
// returns the codes of all that is not as it should be.
func codesOfVerify(t *testing.T, bin, text string, how ...string) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "page.spec")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(filepath.Join(bin, "spec"), append([]string{"verify", "--format", "json", path}, how...)...)
	out, err := cmd.Output()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	type coded struct{ Code string }
	var report struct {
		Models []struct {
			Properties []struct {
				Code string
				OK   bool
			}
			Complaints []coded
		}
		Functions   []coded
		Diagnostics []coded
	}
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	codes := []string{}
	for _, d := range append(report.Diagnostics, report.Functions...) {
		if d.Code != "" {
			codes = append(codes, d.Code)
		}
	}
	for _, m := range report.Models {
		for _, d := range m.Complaints {
			codes = append(codes, d.Code)
		}
		for _, p := range m.Properties {
			// A complaint says what is wrong with a verdict better than its code.
			if p.Code != "" && !p.OK && len(m.Complaints) == 0 {
				codes = append(codes, p.Code)
			}
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
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
