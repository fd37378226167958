package wasm_test

import (
	"path/filepath"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/workspace"
)

// systems returns the models of a file, by name.
func systems(t testing.TB, path string) map[string]*ir.System {
	t.Helper()
	s := workspace.New().Snapshot(path)
	out := map[string]*ir.System{}
	for _, m := range s.Models() {
		sys, diags := s.System(m)
		if sys == nil {
			t.Fatalf("%s: %v", path, diags)
		}
		out[m.Name()] = sys
	}
	return out
}

func TestAgreesOnSpecs(t *testing.T) {
	for _, pattern := range []string{"../../testdata/bench/*.spec", "../../testdata/corpus/*.spec"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal("no files for", pattern, err)
		}
		for _, file := range files {
			for name, sys := range systems(t, file) {
				t.Run(filepath.Base(file)+"/"+name, func(t *testing.T) {
					p := compile(t, sys, true)
					if p == nil {
						p = compile(t, sys, false)
					}
					if p != nil {
						extra := agree(t, p, 600)
						t.Logf("%d bytes of code, %d states more for a Machine", p.code.Size, extra)
					}
				})
			}
		}
	}
}
