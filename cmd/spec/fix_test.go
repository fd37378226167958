package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestRewrite: a file is replaced as a whole, its permissions stay, and a link
// to it stays a link.
func TestRewrite(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "a.spec"), filepath.Join(dir, "link.spec")
	if err := os.WriteFile(file, []byte("old"), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	if err := rewrite(link, "new"); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil || string(text) != "new" {
		t.Errorf("got %q, %v", text, err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("permissions %v, %v", info.Mode(), err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is no link any more: %v", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("%d files are left, %v", len(entries), err)
	}
	if err := rewrite(filepath.Join(dir, "nosuch.spec"), "new"); err == nil {
		t.Error("a file that is not there was rewritten")
	}
}
