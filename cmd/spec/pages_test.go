package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spec-lang/spec/docs"
)

// found is the codes of what this program finds.
var found = regexp.MustCompile(`^(M2|A11|P3)`)

// reported is a code at the end of a headline or in a diagnostic.
var reported = regexp.MustCompile(`\b[A-Z]\d{4}\b`)

// TestPagesFire checks that the wrong text of each page of a search has
// exactly that fault and the right one none.
func TestPagesFire(t *testing.T) {
	n := 0
	for _, code := range docs.Codes() {
		if !found.MatchString(code) {
			continue
		}
		n++
		t.Run(code, func(t *testing.T) {
			page, _ := docs.Find(code)
			for name, want := range map[string][]string{"Wrong": {code}, "Right": nil} {
				if got := codesOf(t, code, page, name); !slices.Equal(got, want) {
					t.Errorf("%s yields %v, want %v", name, got, want)
				}
			}
		})
	}
	if n == 0 {
		t.Error("no pages")
	}
}

// codesOf verifies the text of a section and returns the codes in the report.
func codesOf(t *testing.T, code string, page docs.Page, section string) []string {
	t.Helper()
	_, rest, _ := strings.Cut(page.Text, "## "+section+"\n")
	_, rest, _ = strings.Cut(rest, "```spec\n")
	text, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatalf("section %s has no spec", section)
	}
	path := filepath.Join(t.TempDir(), "page.spec")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	args := []string{"verify", path, "--max-states", "2000"}
	if strings.HasPrefix(code, "P3") {
		args = []string{"verify", path, "--prove", "--solver", "embedded"}
	}
	run(args, streams{strings.NewReader(""), &out, &out})
	codes := reported.FindAllString(strings.ReplaceAll(out.String(), filepath.Dir(path), ""), -1)
	slices.Sort(codes)
	return slices.Compact(codes)
}

// TestPagesExist checks that every code that ir/evidence declares has a page.
func TestPagesExist(t *testing.T) {
	text, err := os.ReadFile("../../ir/evidence/errors.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`diag\.Code = "(\w+)"`).FindAllStringSubmatch(string(text), -1) {
		if _, ok := docs.Find(m[1]); !ok {
			t.Errorf("docs/errors/%s.md is missing", m[1])
		}
	}
}
