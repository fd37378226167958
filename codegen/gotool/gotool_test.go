package gotool_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spec-lang/spec/codegen/gogen"
	"github.com/spec-lang/spec/codegen/gotool"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/workspace"
)

// generate returns the package for a model of a spec.
func generate(t *testing.T, path, model string, edges int) []gogen.File {
	t.Helper()
	s := workspace.New().Snapshot("../../" + path)
	for _, m := range s.Models() {
		if m.Name() != model {
			continue
		}
		sys, diags := s.System(m)
		if sys == nil {
			t.Fatalf("%s: %v", path, diags)
		}
		files, diags := gogen.Generate(sys, gogen.Options{Package: "p", Files: s.Files, Edges: edges})
		if diags.HasErrors() {
			t.Fatalf("%s: %v", path, diags)
		}
		return files
	}
	t.Fatalf("%s has no model %s", path, model)
	return nil
}

// throwaway makes a module in a folder of its own.
func throwaway(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module throwaway\n\ngo 1.24\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func write(t *testing.T, dir string, files []gogen.File) {
	t.Helper()
	if _, err := gotool.Write(dir, files); err != nil {
		t.Fatal(err)
	}
}

// replaced returns the files with a text of one of them replaced, which must
// stand there once.
func replaced(t *testing.T, files []gogen.File, name, old, by string) []gogen.File {
	t.Helper()
	out := append([]gogen.File{}, files...)
	for i, f := range out {
		if f.Name == name {
			if n := strings.Count(f.Text, old); n != 1 {
				t.Fatalf("%q stands in %s %d times:\n%s", old, name, n, f.Text)
			}
			out[i].Text = strings.Replace(f.Text, old, by, 1)
		}
	}
	return out
}

// replay writes packages into a module, vets them and runs their tests in one
// program, which is much faster to build than one for each. It returns the
// output of the tests that fail.
func replay(t *testing.T, packages map[string][]gogen.File) map[string]string {
	t.Helper()
	dir := throwaway(t)
	var imports, calls strings.Builder
	for _, name := range slices.Sorted(maps.Keys(packages)) {
		files := slices.Clone(packages[name])
		for i, f := range files {
			if f.Name == "conform_test.go" { // to be called from outside
				files[i].Name = "conform.go"
			}
		}
		write(t, filepath.Join(dir, name), files)
		fmt.Fprintf(&imports, "\t%s %q\n", name, "throwaway/"+name)
		fmt.Fprintf(&calls, "\tt.Run(%q, func(t *testing.T) { t.Chdir(%q); %s.TestConform(t) })\n", name, name, name)
	}
	main := "package throwaway\n\nimport (\n\t\"testing\"\n\n" + imports.String() + ")\n\nfunc TestAll(t *testing.T) {\n" + calls.String() + "}\n"
	if err := os.WriteFile(filepath.Join(dir, "all_test.go"), []byte(main), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := gotool.Go(t.Context(), dir, "vet", "./..."); err != nil {
		t.Fatalf("go vet: %v\n%s", err, out)
	}
	// Without paths in what is compiled, the next run finds it in the cache.
	out, err := gotool.Go(t.Context(), dir, "test", "-trimpath", "-vet=off", ".")
	if err == nil {
		return nil
	}
	failed := map[string]string{}
	for _, part := range strings.Split(out, "    --- FAIL: TestAll/")[1:] {
		name, rest, _ := strings.Cut(part, " ")
		failed[name] = rest
	}
	if len(failed) == 0 {
		t.Fatalf("go test: %v\n%s", err, out)
	}
	return failed
}

// TestGenerated generates packages, which must replay the state graphs of
// their models.
func TestGenerated(t *testing.T) {
	for name, out := range replay(t, sound(t)) {
		t.Errorf("%s:\n%s", name, out)
	}
}

// TestBroken breaks packages by hand, which their tests must find.
func TestBroken(t *testing.T) {
	broken := mutants(t)
	failed := replay(t, broken)
	for name := range broken {
		if failed[name] == "" {
			t.Errorf("%s is broken, and its test passes", name)
		}
	}
}

// TestAsShipped vets and tests a package as it is written, the way that its
// owner does.
func TestAsShipped(t *testing.T) {
	dir := throwaway(t)
	write(t, filepath.Join(dir, "lock"), generate(t, "examples/lock/lock.spec", "Three", 2000))
	for _, command := range []string{"vet", "test"} {
		if out, err := gotool.Go(t.Context(), dir, command, "./..."); err != nil {
			t.Errorf("go %s: %v\n%s", command, err, out)
		}
	}
}

// TestRandom generates packages from random systems, which must compute what
// the judge computes: every outcome of every action, errors included.
func TestRandom(t *testing.T) {
	first, n := uint64(1000), uint64(12)
	if os.Getenv("SPEC_SOAK") != "" {
		n = 300
	}
	packages := map[string][]gogen.File{}
	for seed := first; seed < first+n; seed++ {
		files, diags := gogen.Generate(irtest.Random(seed), gogen.Options{Package: "p", Edges: 200})
		if diags.HasErrors() {
			t.Logf("seed %d: %v", seed, diags)
			continue
		}
		packages[fmt.Sprint("seed", seed)] = files
	}
	if uint64(len(packages)) < n*2/3 {
		t.Errorf("only %d of %d random systems can be generated", len(packages), n)
	}
	for name, out := range replay(t, packages) {
		t.Errorf("%s:\n%s", name, out)
	}
}

// sound are packages as they are generated.
func sound(t *testing.T) map[string][]gogen.File {
	t.Helper()
	out := map[string][]gogen.File{}
	for _, m := range []struct {
		path, model string
		edges       int
	}{
		{"examples/counter/counter.spec", "Three", 0},
		{"examples/diehard/diehard.spec", "Puzzle", 0},
		{"examples/twophase/twophase.spec", "Small", 0},
		{"examples/peterson/peterson.spec", "Two", 0},
		{"testdata/corpus/chang_roberts.spec", "Three", 0},
		{"testdata/corpus/internal_memory.spec", "Two", 1000},
		{"testdata/corpus/inner_fifo.spec", "Three", 1000},
		{"testdata/corpus/nano.spec", "Small", 300},
	} {
		name := strings.TrimSuffix(filepath.Base(m.path), ".spec")
		out[name] = generate(t, m.path, m.model, m.edges)
	}
	for _, k := range irtest.Systems() {
		files, diags := gogen.Generate(k.Sys, gogen.Options{Package: "p"})
		if diags.HasErrors() {
			t.Fatalf("%s: %v", k.Name, diags)
		}
		out["irtest_"+gogen.PackageName(k.Name)] = files
	}
	return out
}

// mutants are packages with a fault each.
func mutants(t *testing.T) map[string][]gogen.File {
	t.Helper()
	twophase := generate(t, "examples/twophase/twophase.spec", "Small", 0)
	counter := generate(t, "examples/counter/counter.spec", "Three", 0)
	diehard := generate(t, "examples/diehard/diehard.spec", "Puzzle", 0)
	return map[string][]gogen.File{
		"flipped_guard":   replaced(t, twophase, "state.go", "&& !s.Heard.Has(r)", "&& s.Heard.Has(r)"),
		"dropped_write":   replaced(t, twophase, "state.go", "	s.Net = s.Net.With(PreparedBy(r))\n", ""),
		"weak_guard":      replaced(t, twophase, "state.go", "!s.Verdict.Some && s.Net.Has(PreparedBy(r)) && ", "s.Net.Has(PreparedBy(r)) && "),
		"wrong_value":     replaced(t, twophase, "state.go", "s.Verdict = SomeBool(commit)", "s.Verdict = SomeBool(true)"),
		"wrong_start":     replaced(t, counter, "state.go", "	s.Total = 0\n", "	s.Total = 1\n"),
		"wrong_invariant": replaced(t, diehard, "state.go", "return s.Big == 4", "return s.Big == 3"),
		"missing_edge":    replaced(t, diehard, "testdata/conform.txt", "state 3 0\nholds 0 1 1\n0 0 1\n", "state 3 0\nholds 0 1 1\n"),
		"short_graph":     truncated(diehard),
	}
}

// truncated leaves out the last state of the graph.
func truncated(files []gogen.File) []gogen.File {
	out := append([]gogen.File{}, files...)
	for i, f := range out {
		if f.Name == "testdata/conform.txt" {
			out[i].Text = f.Text[:strings.LastIndex(f.Text, "state ")]
		}
	}
	return out
}

func TestWriteKeepsForeignFiles(t *testing.T) {
	dir := t.TempDir()
	mine := filepath.Join(dir, "state.go")
	if err := os.WriteFile(mine, []byte("package mine\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	files := []gogen.File{{Name: "spec.go", Text: "// Code generated by spec gen; DO NOT EDIT.\n"}, {Name: "state.go", Text: "// x\n"}}
	if _, err := gotool.Write(dir, files); err == nil {
		t.Error("a file of somebody else is overwritten")
	}
	if _, err := os.Stat(filepath.Join(dir, "spec.go")); err == nil {
		t.Error("some files are written and some not")
	}
}

func TestWriteTwice(t *testing.T) {
	dir := t.TempDir()
	files := generate(t, "examples/diehard/diehard.spec", "Puzzle", 0)
	for i, want := range []int{len(files), 0} {
		changed, err := gotool.Write(dir, files)
		if err != nil || len(changed) != want {
			t.Errorf("time %d: changed %v, %v, want %d files", i+1, changed, err, want)
		}
	}
}
