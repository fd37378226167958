package spec_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

const module = "github.com/spec-lang/spec"

// floor is where each top-level folder stands. Imports run downward only,
// and folders of one floor do not know each other.
var floor = map[string]int{
	"internal": 0, "stdlib": 0, "runtime": 0, "docs": 0,
	"lang": 1,
	// ir stands beside the checker: it knows places and diagnostics, no syntax.
	"typecheck": 2, "ir": 2,
	"elaborate": 3,
	"analysis":  4, "mc": 4, "prover": 4, "codegen": 4, "conform": 4,
	"workspace": 5, "lsp": 6, "cmd": 7, "examples": 8, "testdata": 8, "bench": 8,
}

// barred are imports that the floors would allow, with the reason against.
var barred = []struct{ from, to, why string }{
	{"ir", "lang/ast", "the kernel has no syntax"},
	{"ir", "lang/parse", "the kernel has no syntax"},
	{"mc", "lang/ast", "engines see meaning, not syntax: go through ir"},
	{"mc", "lang/parse", "engines see meaning, not syntax: go through ir"},
	{"mc", "typecheck", "engines see meaning, not syntax: go through ir"},
	{"mc", "elaborate", "engines are given Systems"},
	{"codegen", "lang/ast", "engines see meaning, not syntax: go through ir"},
	{"codegen", "lang/parse", "engines see meaning, not syntax: go through ir"},
	{"codegen", "typecheck", "engines see meaning, not syntax: go through ir"},
	{"codegen", "elaborate", "engines are given Systems"},
	{"prover", "lang/ast", "engines see meaning, not syntax: go through ir"},
	{"prover", "lang/parse", "engines see meaning, not syntax: go through ir"},
	{"prover", "typecheck", "engines see meaning, not syntax: go through ir"},
	{"prover", "elaborate", "engines are given Systems"},
	{"prover/drat", "prover/cdcl", "the checker shares no code with a solver"},
	{"prover/drat", "prover/sat", "the checker shares no code with a solver"},
	{"ir/eval", "mc", "the judge shares no code with an engine"},
	{"typecheck/types", "typecheck", "types is vocabulary only"},
}

// world are the packages of the standard library that touch the outside, with
// the only folders that may import them.
var world = map[string][]string{
	// diagtest is a harness of tests: it reads their fixtures.
	"os":      {"cmd", "lsp", "workspace", "codegen/gotool", "internal/golden", "lang/diag/diagtest"},
	"os/exec": {"cmd", "codegen/gotool", "prover/solver"},
	"net":     {"cmd", "lsp", "runtime"},
}

type pkg struct {
	ImportPath string
	Imports    []string
}

func listPackages(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var pkgs []pkg
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return pkgs
		} else if err != nil {
			t.Fatal(err)
		}
		pkgs = append(pkgs, p)
	}
}

func within(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+"/")
}

func top(path string) string {
	first, _, _ := strings.Cut(path, "/")
	return first
}

// complaints says what is wrong with one import of one package.
func complaints(from, imp string) []string {
	var bad []string
	if homes, ok := world[imp]; ok {
		home := false
		for _, h := range homes {
			home = home || within(from, h)
		}
		if !home {
			bad = append(bad, from+" imports "+imp+": the world is touched only in "+strings.Join(homes, ", "))
		}
	}
	to, ours := strings.CutPrefix(imp, module+"/")
	if !ours {
		return bad
	}
	for _, b := range barred {
		if within(from, b.from) && within(to, b.to) {
			bad = append(bad, from+" imports "+to+": "+b.why)
		}
	}
	if top(from) != top(to) && floor[top(to)] >= floor[top(from)] {
		bad = append(bad, from+" imports "+to+": imports run downward only")
	}
	return bad
}

func TestLayering(t *testing.T) {
	for _, p := range listPackages(t) {
		from := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
		if from == "" {
			continue
		}
		if _, ok := floor[top(from)]; !ok {
			t.Errorf("%s is in a folder without a floor: give it one in deps_test.go", from)
		}
		for _, imp := range p.Imports {
			for _, c := range complaints(from, imp) {
				t.Error(c)
			}
		}
	}
}

// TestLayeringRefuses holds the rule itself to what it must refuse.
func TestLayeringRefuses(t *testing.T) {
	for _, tt := range []struct {
		name, from, imp string
		want            int
	}{
		{"downward", "typecheck", module + "/lang/ast", 0},
		{"upward", "lang/parse", module + "/typecheck", 1},
		{"between wings", "mc", module + "/codegen", 1},
		{"syntax in an engine", "mc/program", module + "/lang/ast", 1},
		{"the kernel knows the checker", "ir", module + "/typecheck", 1},
		{"the world in the core", "mc", "os", 1},
		{"the world at home", "cmd/spec", "os", 0},
	} {
		if got := complaints(tt.from, tt.imp); len(got) != tt.want {
			t.Errorf("%s: complaints(%q, %q) = %q, want %d", tt.name, tt.from, tt.imp, got, tt.want)
		}
	}
}

// TestNoDrawers refuses folders named for nothing.
func TestNoDrawers(t *testing.T) {
	for _, p := range listPackages(t) {
		last := p.ImportPath[strings.LastIndex(p.ImportPath, "/")+1:]
		switch last {
		case "util", "utils", "common", "helper", "helpers", "misc", "shared", "base", "core":
			t.Errorf("%s is named for nothing: put it with its only caller, or name the idea", p.ImportPath)
		}
	}
}
