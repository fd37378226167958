package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
)

func TestGuard(t *testing.T) {
	for _, tt := range []struct {
		name, debug string
		stack       bool
	}{
		{"for people", "", false},
		{"for developers", "1", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv("SPEC_DEBUG", tt.debug)
			var out, err bytes.Buffer
			code := guard(streams{nil, &out, &err}, func() int { panic("a broken invariant") })
			if code != exitInternal || out.Len() > 0 {
				t.Errorf("got exit code %d and output %q", code, out.String())
			}
			for _, want := range []string{"X9001", "a broken invariant", "please report"} {
				if !strings.Contains(err.String(), want) {
					t.Errorf("%q is not said in %q", want, err.String())
				}
			}
			if got := strings.Contains(err.String(), "goroutine"); got != tt.stack {
				t.Errorf("stack shown: %v, want %v", got, tt.stack)
			}
		})
	}
}

func TestConclude(t *testing.T) {
	disagreement := &explain.Disagreement{Finding: &evidence.Finding{Prop: &ir.Property{Name: "P", Kind: ir.Invariant}}, Why: "no"}
	for _, tt := range []struct {
		name string
		err  error
		want int
		says string
	}{
		{"nothing", nil, exitOK, ""},
		{"a code", exit(exitInconclusive), exitInconclusive, ""},
		{"usage", usageError{"what", "this"}, exitUsage, "spec: what\n   help: this\n"},
		{"another error", errors.New("what\n"), exitUsage, "spec: what\n"},
		{"a disagreement", fmt.Errorf("in a model: %w", disagreement), exitInternal, "X9002"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b bytes.Buffer
			got := conclude(tt.err, streams{nil, &b, &b})
			if got != tt.want || !strings.Contains(b.String(), tt.says) || tt.says == "" && b.Len() > 0 {
				t.Errorf("got %d %q, want %d %q", got, b.String(), tt.want, tt.says)
			}
		})
	}
}

// TestInterrupt ends a search of infinitely many states before it begins: the
// report is still written.
func TestInterrupt(t *testing.T) {
	interrupted(t, "int", verifyFlags{format: "text"})
	interrupted(t, "0..99", verifyFlags{format: "text", search: searchFlags{prove: proveFlags{prove: true}}})
	interrupted(t, "0..99", verifyFlags{format: "text", search: searchFlags{engine: "bmc"}})
}

func interrupted(t *testing.T, numbers string, f verifyFlags) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "m.spec")
	text := "module m\nmachine M {\n    var n " + numbers + " = 0\n    action Up { n += 1 }\n    invariant P: n >= 0\n}\nmodel All of M { check all }\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(errors.New("interrupted"))
	var b bytes.Buffer
	code := conclude(f.verify(ctx, streams{nil, &b, &b}, []string{path}, f.search.check), streams{nil, &b, &b})
	if code != exitInconclusive || !strings.Contains(b.String(), "UNKNOWN invariant P") || !strings.Contains(b.String(), "interrupted") {
		t.Errorf("got exit code %d and %s", code, b.String())
	}
}

// TestExamples runs every example of every help text.
func TestExamples(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "examples"), os.DirFS("../../examples")); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	n := 0
	for _, cmd := range newRoot(streams{}).Commands() {
		if cmd.Name() == "completion" || cmd.Name() == "help" {
			continue
		}
		if cmd.Example == "" {
			t.Errorf("%s has no example", cmd.Name())
		}
		for line := range strings.Lines(cmd.Example) {
			command, input := strings.TrimSpace(line), ""
			if left, right, piped := strings.Cut(command, " | "); piped {
				data, err := os.ReadFile(strings.TrimPrefix(left, "cat "))
				if err != nil {
					t.Fatal(err)
				}
				command, input = right, string(data)
			}
			n++
			var out, err bytes.Buffer
			args := strings.Fields(command)[1:]
			if code := run(args, streams{strings.NewReader(input), &out, &err}); code != exitOK {
				t.Errorf("%s: exit code %d\n%s%s", command, code, out.String(), err.String())
			}
		}
	}
	if n < 10 {
		t.Errorf("only %d examples", n)
	}
}
