package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
)

// TestExamplesAreKilled: the properties of every example notice 90 % of the
// faults that spec mutate makes in it.
func TestExamplesAreKilled(t *testing.T) {
	files, err := filepath.Glob("../../examples/*/*.spec")
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	for _, file := range files {
		if strings.HasPrefix(filepath.Base(file), "broken_") {
			continue
		}
		var out bytes.Buffer
		if code := run([]string{"mutate", file, "--least", "90"}, streams{out: &out, err: &out}); code != exitOK {
			t.Errorf("%s: exit code %d\n%s", file, code, &out)
		}
	}
}
