package workspace

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/lang/diag"
)

// folder writes files into a new folder and returns it.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func codes(l diag.List) []diag.Code {
	var out []diag.Code
	for _, d := range l {
		out = append(out, d.Code)
	}
	return out
}

const (
	base = "module base\n\nsort Node\n\nconst N int\n"
	user = "module user\n\nimport \"lib/base\" as b\n\nfunc twice(n b.Node) int = 2 * b.N\n"
)

func TestSnapshotIsReused(t *testing.T) {
	dir := folder(t, map[string]string{"user.spec": user, "lib/base.spec": base})
	path, lib := filepath.Join(dir, "user.spec"), filepath.Join(dir, "lib/base.spec")
	w := New()
	first := w.Snapshot(path)
	if got := codes(first.Diags); len(got) > 0 {
		t.Fatalf("right files have diagnostics %v", got)
	}
	if again := w.Snapshot(path); again != first {
		t.Error("nothing changed, and the snapshot is another one")
	}

	w.SetOverlay(lib, base+"\nconst M int\n")
	second := w.Snapshot(path)
	if second == first {
		t.Fatal("an import changed, and the snapshot is the old one")
	}
	if second.Tree != first.Tree {
		t.Error("the file itself has not changed, and was parsed again")
	}
	if second.texts[lib].tree == first.texts[lib].tree {
		t.Error("the import has changed, and was not parsed again")
	}

	w.DropOverlay(lib)
	if third := w.Snapshot(path); third.Files[lib].Text != base {
		t.Error("without the overlay the file on disk counts again")
	}
}

func TestOverlayWithoutFile(t *testing.T) {
	w := New()
	path := filepath.Join(t.TempDir(), "new.spec")
	w.SetOverlay(path, base)
	if s := w.Snapshot(path); len(s.Diags) > 0 || s.Tree == nil {
		t.Errorf("a text that is only in an editor: %v", s.Diags)
	}
}

// TestImportsAreRelative has one import path mean two files.
func TestImportsAreRelative(t *testing.T) {
	dir := folder(t, map[string]string{
		"main.spec":   "module main\n\nimport \"x\" as here\nimport \"sub/y\" as y\n\nconst A here.Here\nconst B y.T\n",
		"x.spec":      "module x\n\nenum Here { H }\n",
		"sub/y.spec":  "module y\n\nimport \"x\" as there\n\ntype T = there.There\n",
		"sub/x.spec":  "module x\n\nenum There { H }\n",
		"alone.spec":  "module alone\n\nimport \"std/quorum\"\n\nconst Q int = quorum.majority(5)\n",
		"broken.spec": "module broken\n\nimport \"x\" as here\n\nconst A here.There\n",
	})
	for name, want := range map[string]int{"main.spec": 0, "alone.spec": 0, "broken.spec": 1} {
		if s := New().Snapshot(filepath.Join(dir, name)); len(s.Diags) != want {
			t.Errorf("%s: %d diagnostics, want %d: %v", name, len(s.Diags), want, s.Diags)
		}
	}
}

func TestUnreadable(t *testing.T) {
	dir := folder(t, map[string]string{
		"importer.spec": "module importer\n\nimport \"nosuch\" as n\n",
		"large.spec":    strings.Repeat(" ", MaxFileSize+1),
	})
	for _, tt := range []struct {
		name, file, say string
		code            diag.Code
	}{
		{"no file", "nosuch.spec", "no such file", CannotRead},
		{"a folder", "", "it is a directory", CannotRead},
		{"too large", "large.spec", "larger than 16 MiB", CannotRead},
		{"an import without a file", "importer.spec", "no such file", "E0107"},
	} {
		s := New().Snapshot(filepath.Join(dir, tt.file))
		if diff := cmp.Diff([]diag.Code{tt.code}, codes(s.Diags)); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
			continue
		}
		if !strings.Contains(s.Diags[0].Message, tt.say) {
			t.Errorf("%s: %q does not say %q", tt.name, s.Diags[0].Message, tt.say)
		}
	}
}

func TestModels(t *testing.T) {
	dir := folder(t, map[string]string{"m.spec": `module m

machine M {
    var x 0..3 = 0
    action Up when x < 3 { x += 1 }
    terminal when x == 3
}

model One of M { expect states 4 }
model Two of M { mutate Up when x < 2 }
`})
	s := New().Snapshot(filepath.Join(dir, "m.spec"))
	models := s.Models()
	if len(models) != 2 || models[0].Name() != "One" || models[1].Name() != "Two" {
		t.Fatalf("models %v, diagnostics %v", models, s.Diags)
	}
	sys, diags := s.System(models[0])
	if sys == nil || len(diags) > 0 {
		t.Fatalf("no system: %v", diags)
	}
	if again, _ := s.System(models[0]); again != sys {
		t.Error("a system is built once")
	}
}
