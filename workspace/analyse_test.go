package workspace

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/lang/diag"
)

const (
	library = "module library\n\nfunc size() 0..9 = 3\n"
	client  = "module client\n\nimport \"library\" as l\n\nfunc large() bool = l.size() > 9\nfunc small(n 0..3) bool = n < 0\n"
)

// TestAnalysisFollowsImports: what is found in a file depends on what it
// imports, and what is kept is kept only as long as that stays.
func TestAnalysisFollowsImports(t *testing.T) {
	dir := folder(t, map[string]string{"library.spec": library, "client.spec": client})
	path, lib := filepath.Join(dir, "client.spec"), filepath.Join(dir, "library.spec")
	w := New()
	for _, tt := range []struct {
		name, library string
		want          []diag.Code
	}{
		{"at first", library, []diag.Code{"A1004", "A1004"}},
		{"again", library + "\n", []diag.Code{"A1004", "A1004"}},
		{"a wider range", "module library\n\nfunc size() 0..99 = 3\n", []diag.Code{"A1004"}},
		{"broken", "module library\n\nfunc size() 0..99 =\n", []diag.Code{"A1004"}},
		{"mended", library, []diag.Code{"A1004", "A1004"}},
	} {
		w.SetOverlay(lib, tt.library)
		s := w.Snapshot(path)
		if diff := cmp.Diff(tt.want, codes(s.Analysis())); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
		if diff := cmp.Diff(s.Analysis(), w.Snapshot(path).Analysis()); diff != "" {
			t.Errorf("%s, asked again: %s", tt.name, diff)
		}
	}
}
