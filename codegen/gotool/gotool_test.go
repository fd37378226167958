package gotool_test

import (
	"os"
	"path/filepath"
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

// TestGenerated generates packages, which must pass vet and replay the state
// graphs of their models; and breaks them by hand, which the replay must find.
func TestGenerated(t *testing.T) {
	dir := throwaway(t)
	for name, files := range sound(t) {
		write(t, filepath.Join(dir, name), files)
	}
	broken := mutants(t)
	for name, files := range broken {
		write(t, filepath.Join(dir, name), files)
	}
	if out, err := gotool.Go(t.Context(), dir, "vet", "./..."); err != nil {
		t.Errorf("go vet: %v\n%s", err, out)
	}
	out, err := gotool.Go(t.Context(), dir, "test", "./...")
	if err == nil {
		t.Errorf("go test passes on broken packages:\n%s", out)
	}
	verdicts := map[string]string{}
	for line := range strings.Lines(out) {
		if f := strings.Fields(line); len(f) > 1 && strings.HasPrefix(f[1], "throwaway/") {
			verdicts[strings.TrimPrefix(f[1], "throwaway/")] = f[0]
		}
	}
	for name := range sound(t) {
		if verdicts[name] != "ok" {
			t.Errorf("%s: %s\n%s", name, verdicts[name], out)
		}
	}
	for name := range broken {
		if verdicts[name] != "FAIL" {
			t.Errorf("%s is broken, and its test says %s", name, verdicts[name])
		}
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
		{"examples/lock/lock.spec", "Three", 2000},
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
