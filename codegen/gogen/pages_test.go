package gogen_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/spec-lang/spec/codegen/gogen"
	"github.com/spec-lang/spec/docs"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/workspace"
)

// system elaborates the model called name of a spec, the first one for "".
func system(t *testing.T, path, text, name string) (*ir.System, source.Set) {
	t.Helper()
	w := workspace.New()
	if text != "" {
		w.SetOverlay(path, text)
	}
	s := w.Snapshot(path)
	if s.Diags.HasErrors() {
		t.Fatalf("%s: %v", path, s.Diags)
	}
	for _, m := range s.Models() {
		if name == "" || m.Name() == name {
			sys, diags := s.System(m)
			if sys == nil {
				t.Fatalf("%s: %v", path, diags)
			}
			return sys, s.Files
		}
	}
	t.Fatalf("%s has no model %s", path, name)
	return nil, nil
}

// TestPagesFire checks that the wrong text of each page of this package has
// exactly that fault and the right one none.
func TestPagesFire(t *testing.T) {
	n := 0
	for _, code := range docs.Codes() {
		if !strings.HasPrefix(code, "G4") {
			continue
		}
		n++
		page, _ := docs.Find(code)
		for name, want := range map[string][]string{"Wrong": {code}, "Right": nil} {
			t.Run(code+" "+name, func(t *testing.T) {
				_, rest, _ := strings.Cut(page.Text, "## "+name+"\n\n```spec\n")
				text, _, _ := strings.Cut(rest, "```")
				sys, files := system(t, "page.spec", text, "")
				out, diags := gogen.Generate(sys, gogen.Options{Files: files, Edges: 2000})
				var got []string
				for _, d := range diags {
					got = append(got, string(d.Code))
				}
				if got = slices.Compact(got); !slices.Equal(got, want) {
					t.Errorf("got %v, want %v", got, want)
				}
				if (len(out) == 0) != diags.HasErrors() {
					t.Errorf("got %d files with %v", len(out), diags)
				}
			})
		}
	}
	if n == 0 {
		t.Error("no pages")
	}
}
