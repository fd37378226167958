package all_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spec-lang/spec/analysis"
	"github.com/spec-lang/spec/analysis/all"
	"github.com/spec-lang/spec/elaborate"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/diag/diagtest"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/stdlib"
	"github.com/spec-lang/spec/typecheck"
	"github.com/spec-lang/spec/typecheck/types"
)

// program reads a text for the analyzers.
func program(f *source.File) analysis.Program {
	tree, diags := parse.File(f)
	files := source.Set{f.Name: f}
	info, more := typecheck.Check(tree, importer(files))
	diags = append(diags, more...)
	return analysis.Program{Info: info, Files: files, Diags: diags, System: func(m *types.Model) *ir.System {
		if diags.HasErrors() {
			return nil
		}
		sys, faults := elaborate.Model(info, m)
		if faults.HasErrors() {
			return nil
		}
		return sys
	}}
}

// importer knows the standard library.
func importer(files source.Set) typecheck.Importer {
	trees := map[string]*ast.File{}
	return func(_ *ast.File, path string) (*ast.File, error) {
		name, std := strings.CutPrefix(path, "std/")
		if !std {
			return nil, errors.New("no such module")
		}
		if trees[path] == nil {
			data, err := fs.ReadFile(stdlib.Files, name+".spec")
			if err != nil {
				return nil, err
			}
			trees[path], _ = parse.File(files.Add(source.NewFile(path+".spec", string(data))))
		}
		return trees[path], nil
	}
}

// TestFiles checks that each file of testdata/analysis has exactly the
// diagnostics that its comments expect.
func TestFiles(t *testing.T) {
	diagtest.Run(t, "../../testdata/analysis/*.spec", func(f *source.File) diag.List {
		p := program(f)
		return append(p.Diags, analysis.NewDriver(all.Analyzers()).Run(p)...)
	})
}

// TestAnalyzers checks what every analyzer says of itself, and that each of
// its codes is expected in testdata/analysis.
func TestAnalyzers(t *testing.T) {
	files, err := filepath.Glob("../../testdata/analysis/*.spec")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	var expected strings.Builder
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		expected.Write(text)
	}
	names, codes := map[string]bool{}, map[diag.Code]string{}
	for _, a := range all.Analyzers() {
		if names[a.Name] || a.Name == "" || a.Doc == "" || len(a.Codes) == 0 {
			t.Errorf("%q: a name of its own, a sentence and codes are wanted", a.Name)
		}
		names[a.Name] = true
		if kinds := count(a.Decl != nil, a.Module != nil, a.System != nil); kinds != 1 {
			t.Errorf("%s has %d functions", a.Name, kinds)
		}
		for _, c := range a.Codes {
			if codes[c] != "" {
				t.Errorf("%s is a code of %s and of %s", c, codes[c], a.Name)
			}
			codes[c] = a.Name
			if !strings.Contains(expected.String(), "//~ "+string(c)) {
				t.Errorf("nothing in testdata/analysis expects %s", c)
			}
		}
	}
}

// TestTable compares the table of docs/spec.md with what the analyzers say of
// themselves.
func TestTable(t *testing.T) {
	text, err := os.ReadFile("../../docs/spec.md")
	if err != nil {
		t.Fatal(err)
	}
	word := map[bool]string{true: "yes", false: "no"}
	for _, a := range all.Analyzers() {
		var codes []string
		for _, c := range a.Codes {
			codes = append(codes, string(c))
		}
		row := strings.Join([]string{"|", a.Name, "|", strings.Join(codes, " "), "|", a.Doc, "|", word[a.Sound], "|", word[a.Complete], "|"}, " ")
		if !strings.Contains(string(text), "\n"+row+"\n") {
			t.Errorf("docs/spec.md lacks the row\n%s", row)
		}
	}
}

func count(conds ...bool) int {
	return len(slices.DeleteFunc(conds, func(b bool) bool { return !b }))
}

// alarm is a finding in a file that is as its author wants it.
type alarm struct {
	file string
	code diag.Code
	at   string
}

// Reasons why findings in our own files are as they should be.
const (
	kept    = "kept from the published specification, where it is what an observer sees"
	another = "asked of another size than the models have"
)

// meant are the findings in our own files, with what is meant by them.
var meant = map[alarm]string{
	{"testdata/corpus/alternating_bit.spec", "A1014", "Arrives"}:                     "a bound cuts every run off that it speaks of",
	{"testdata/bench/lamport.spec", "A1014", "Contended"}:                            another,
	{"testdata/bench/twophase.spec", "A1014", "HeardIsPrepared"}:                     another,
	{"testdata/bench/twophase.spec", "A1014", "Final"}:                               another,
	{"testdata/bench/twophase.spec", "A1014", "AllCommit"}:                           another,
	{"examples/diehard/broken_spill.spec", "A1230", "small"}:                         "what is poured never fits, which is what the example shows",
	{"testdata/corpus/internal_memory.spec", "A1020", "wire"}:                        kept,
	{"testdata/corpus/internal_memory.spec", "A1042", "choose p in Proc where true"}: kept,
	{"testdata/corpus/prisoners.spec", "A1020", "b"}:                                 "the switch that says nothing is what the riddle is about",
}

// TestNoFalseAlarms runs every analyzer over all specs that are right.
func TestNoFalseAlarms(t *testing.T) {
	met := map[alarm]bool{}
	files := 0
	for _, pattern := range []string{"testdata/corpus/*.spec", "testdata/bench/*.spec", "testdata/proof/*.spec", "examples/*/*.spec", "stdlib/*.spec"} {
		paths, err := filepath.Glob("../../" + pattern)
		if err != nil || len(paths) == 0 {
			t.Fatalf("no file matches %s (%v)", pattern, err)
		}
		for _, path := range paths {
			files++
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			f := source.NewFile(strings.TrimPrefix(filepath.ToSlash(path), "../../"), string(text))
			p := program(f)
			for _, d := range analysis.NewDriver(all.Analyzers()).Run(p) {
				a := alarm{f.Name, d.Code, p.Files.Text(d.Span)}
				met[a] = true
				if meant[a] == "" {
					t.Errorf("%s:%d: %s %s at %q", a.file, f.Pos(d.Span.Lo).Line, d.Code, d.Message, a.at)
				}
			}
		}
	}
	for a := range meant {
		if !met[a] {
			t.Errorf("%v is listed and not found", a)
		}
	}
	t.Logf("%d files", files)
}
