package spec_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spec-lang/spec/workspace"
)

// block is a fenced block of a document.
type block struct {
	info  string // what follows the fence
	lines []string
	at    int // line of the document where lines begin, from 0
}

// blocks returns the fenced blocks of a document.
func blocks(lines []string) []block {
	var out []block
	for i := 0; i < len(lines); i++ {
		info, ok := strings.CutPrefix(lines[i], "```")
		if !ok {
			continue
		}
		b := block{info: info, at: i + 1}
		for i++; i < len(lines) && lines[i] != "```"; i++ {
			b.lines = append(b.lines, lines[i])
		}
		out = append(out, b)
	}
	return out
}

// TestReference parses and checks every example of the language reference,
// down to the kernel of its models: they have nothing to complain about.
func TestReference(t *testing.T) {
	text, err := os.ReadFile("docs/spec.md")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, b := range blocks(strings.Split(string(text), "\n")) {
		if b.info != "spec" {
			continue
		}
		n++
		path := filepath.Join(t.TempDir(), "example.spec")
		ws := workspace.New()
		ws.SetOverlay(path, strings.Join(b.lines, "\n")+"\n")
		snap := ws.Snapshot(path)
		diags := snap.Diags
		for _, m := range snap.Models() {
			if !snap.Diags.HasErrors() {
				_, ds := snap.System(m)
				diags = append(diags, ds...)
			}
		}
		for _, d := range diags {
			t.Errorf("docs/spec.md:%d: %s %s: %q", b.at+snap.Files.Pos(d.Span).Line, d.Code, d.Message, snap.Files.Text(d.Span))
		}
	}
	if n < 9 {
		t.Errorf("only %d examples in the reference", n)
	}
}
