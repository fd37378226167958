package gogen_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/codegen/gogen"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden compares what is generated from examples with the files that a
// reader can look at: a process, arithmetic, messages and options.
func TestGolden(t *testing.T) {
	for _, tt := range []struct{ path, model string }{
		{"examples/counter/counter.spec", "Three"},
		{"examples/diehard/diehard.spec", "Puzzle"},
		{"examples/twophase/twophase.spec", "Pair"},
	} {
		name := strings.TrimSuffix(filepath.Base(tt.path), ".spec")
		t.Run(name, func(t *testing.T) {
			sys, files := system(t, "../../"+tt.path, "", tt.model)
			out, diags := gogen.Generate(sys, gogen.Options{Files: files})
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			dir := filepath.Join("testdata", "golden", name)
			if *update {
				if err := os.RemoveAll(dir); err != nil {
					t.Fatal(err)
				}
			}
			for _, f := range out {
				if f.Name == "spec.go" && name != "diehard" || f.Name == "conform_test.go" && name != "diehard" {
					continue // much the same in all packages
				}
				compareGolden(t, filepath.Join(dir, filepath.FromSlash(f.Name)), f.Text)
			}
		})
	}
}

func compareGolden(t *testing.T, path, text string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (run the test with -update)", err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("%s (-want +got; run the test with -update):\n%s", path, diff)
	}
}

// TestDeterministic generates twice.
func TestDeterministic(t *testing.T) {
	sys, files := system(t, "../../testdata/corpus/nano.spec", "", "Small")
	opts := gogen.Options{Files: files, Edges: 50}
	first, _ := gogen.Generate(sys, opts)
	second, _ := gogen.Generate(sys, opts)
	if diff := cmp.Diff(first, second); diff != "" {
		t.Error(diff)
	}
}
