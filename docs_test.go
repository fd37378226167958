package spec_test

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write what the commands print into the documents")

// session plays a console block: lines that begin with "$ " are run in dir,
// each followed by what it prints and, if it fails, "[exit N]".
func session(t *testing.T, bin, dir string, lines []string) []string {
	t.Helper()
	var out []string
	for _, line := range lines {
		command, ok := strings.CutPrefix(line, "$ ")
		if !ok {
			continue
		}
		out = append(out, line)
		cmd := exec.Command("sh", "-c", command)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "NO_COLOR=1", "CI=")
		text, err := cmd.CombinedOutput()
		for l := range strings.Lines(string(text)) {
			out = append(out, strings.TrimRight(l, "\n"))
		}
		if err != nil {
			out = append(out, fmt.Sprintf("[exit %d]", cmd.ProcessState.ExitCode()))
		}
	}
	return out
}

var clock = regexp.MustCompile(`<?\b\d+(\.\d+)?(ns|µs|ms|s)\b`)

// timeless hides what differs from run to run.
func timeless(lines []string) string {
	return clock.ReplaceAllString(strings.Join(lines, "\n"), "TIME")
}

// TestGoldenDocs runs every command of the documents that have a console and
// compares what it prints with what the document says.
func TestGoldenDocs(t *testing.T) {
	bin := buildSpec(t)
	for _, tt := range []struct {
		doc string
		// root documents speak of the checkout itself, others bring their
		// own files.
		root bool
	}{
		{"README.md", true},
		{"docs/tutorial.md", false},
		{"docs/simulation.md", true},
		{"docs/profile.md", true},
		{"docs/mutation.md", true},
	} {
		t.Run(tt.doc, func(t *testing.T) { playDoc(t, bin, tt.doc, tt.root) })
	}
}

func playDoc(t *testing.T, bin, doc string, root bool) {
	text, err := os.ReadFile(doc)
	if err != nil {
		t.Fatal(err)
	}
	dir := "."
	if !root {
		dir = t.TempDir()
	}
	lines := strings.Split(string(text), "\n")
	var out []string
	next, commands := 0, 0
	for _, b := range blocks(lines) {
		got := b.lines
		switch {
		case strings.HasPrefix(b.info, "spec file="):
			name := filepath.Join(dir, strings.TrimPrefix(b.info, "spec file="))
			if err := os.WriteFile(name, []byte(strings.Join(b.lines, "\n")+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		case b.info == "console":
			commands++
			got = session(t, bin, dir, b.lines)
			if diff := cmp.Diff(timeless(b.lines), timeless(got)); diff != "" && !*update {
				t.Errorf("line %d: what is printed (+) is not what the document says (-); to accept: make docs\n%s", b.at, diff)
			} else if diff == "" {
				got = b.lines
			}
		}
		out = append(append(out, lines[next:b.at]...), got...)
		next = b.at + len(b.lines)
	}
	if commands == 0 {
		t.Errorf("%s has no console block: nothing was run", doc)
	}
	if *update {
		out = append(out, lines[next:]...)
		if err := os.WriteFile(doc, []byte(strings.Join(out, "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
