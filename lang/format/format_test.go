package format_test

import (
	"math/big"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/format"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/parse/parsetest"
	"github.com/spec-lang/spec/lang/source"
)

// sameTree compares trees without their places.
var sameTree = cmp.Options{
	cmpopts.IgnoreTypes(source.Span{}),
	cmpopts.EquateEmpty(),
	cmp.Comparer(func(a, b *big.Int) bool { return a == b || a != nil && b != nil && a.Cmp(b) == 0 }),
}

// noDocs leaves doc comments out of the comparison. A comment of three slashes
// that stands where nothing can be documented may come to stand before
// something.
var noDocs = cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Doc" }, cmp.Ignore())

// check formats text and complains unless the result has the same tree and
// comments, and formats to itself. Text with faults is left alone.
func check(t *testing.T, text string, opts ...cmp.Option) string {
	t.Helper()
	before, faults := parse.File(source.NewFile("t.spec", text))
	once, again := format.Source(source.NewFile("t.spec", text))
	if faults.HasErrors() {
		if once != text || len(again) == 0 {
			t.Fatalf("a text with faults is changed:\n%s", once)
		}
		return once
	}
	after, faults := parse.File(source.NewFile("t.spec", once))
	if len(faults) > 0 {
		t.Fatalf("formatted text has faults: %v\n%s", faults, once)
	}
	if d := cmp.Diff(comments(before), comments(after)); d != "" {
		t.Fatalf("comments are changed: %s\n%s", d, once)
	}
	before.Comments, after.Comments = nil, nil
	if d := difference(before, after, opts...); d != "" {
		t.Fatalf("the tree is changed: %s\n%s", d, once)
	}
	twice, _ := format.Source(source.NewFile("t.spec", once))
	if d := cmp.Diff(once, twice); d != "" {
		t.Fatalf("formatting again changes: %s", d)
	}
	return once
}

// difference compares trees. Most are equal, which is seen faster than a
// difference is explained.
func difference(a, b any, opts ...cmp.Option) string {
	if equal(reflect.ValueOf(a), reflect.ValueOf(b)) {
		return ""
	}
	return cmp.Diff(a, b, append(opts, sameTree)...)
}

func equal(a, b reflect.Value) bool {
	if a.IsValid() != b.IsValid() || a.IsValid() && a.Type() != b.Type() {
		return false
	}
	switch a.Kind() {
	case reflect.Interface, reflect.Pointer:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() == b.IsNil()
		}
		if x, ok := a.Interface().(*big.Int); ok {
			return x.Cmp(b.Interface().(*big.Int)) == 0
		}
		return equal(a.Elem(), b.Elem())
	case reflect.Slice:
		if a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !equal(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	case reflect.Struct:
		for i := range a.NumField() {
			if a.Type().Field(i).Name != "At" && !equal(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	}
	return !a.IsValid() || a.Interface() == b.Interface()
}

func comments(f *ast.File) (out []string) {
	for _, c := range f.Comments {
		out = append(out, c.Text)
	}
	return out
}

// specs are all specs of the repository.
func specs(t testing.TB) (paths []string) {
	for _, pattern := range []string{"../parse/testdata/*.spec", "../../testdata/*/*.spec", "../../examples/*/*.spec"} {
		more, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, more...)
	}
	return paths
}

func TestSpecsKeepTheirTree(t *testing.T) {
	for _, path := range specs(t) {
		t.Run(strings.TrimPrefix(path, "../../"), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			check(t, string(text))
		})
	}
}

// TestWrittenByTheGrammar formats texts that are nothing like what people
// write.
func TestWrittenByTheGrammar(t *testing.T) {
	text, err := os.ReadFile("../../docs/grammar.ebnf")
	if err != nil {
		t.Fatal(err)
	}
	g, err := parsetest.Read(string(text))
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(300) {
		if check(t, g.File(seed), noDocs); t.Failed() {
			t.Fatal(g.File(seed))
		}
	}
}
