// Package contracts_test proves the functions of this folder, and refutes those
// of the folder wrong: each is a fault that people make in the one of the same
// name. What needs solvers is in solvers_test.go.
package contracts_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/prover/hoare"
	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/workspace"
)

// refuted is how each wrong function fails: the text of what fails, where a
// wrong result comes from, the arguments, and what comes of them. What only
// solvers find may come with any arguments that do: "" then.
var refuted = map[string]struct {
	at, from, args, why string
	needs               bool // a solver
}{
	"numbers gcd":     {at: "gcd(a, b - a)", args: "a = 0, b = 1", why: "calls of gcd nest deeper than 10000"},
	"numbers counted": {at: "n <= result && result <= limit", from: "n + by", args: "n = 0, by = 2, limit = 1", why: "the result is 2"},
	"numbers refill": {at: "elapsed / every", args: "tokens = 0, burst = 0, every = 0, elapsed = 0",
		why: "division by zero: 0 / 0"},
	"numbers backoff": {at: "result <= cap", args: "tries = 1, base = 2, cap = 3", why: "the result is 4"},
	"numbers clamp": {at: "-1000 <= result && result <= 1000", from: "n", args: "n = -1001", why: "the result is -1001",
		needs: true},
	"numbers grade":             {at: "n", args: "n = 10", why: "expected 0..9, found 10"},
	"search search":             {at: "s[mid]", args: "s = [], x = 0", why: "index 0 into an empty sequence"},
	"search hasty":              {at: "result == -1 => forall i in 0..len(s)-1: s[i] != x", from: "return -1", args: "s = [0], x = 0", why: "the result is -1"},
	"search lookup":             {at: "m[k]", args: "m = {}, k = K.1", why: "no value for key K.1: the map is empty"},
	"search first":              {at: "s[0]", args: "s = []", why: "index 0 into an empty sequence"},
	"sorting insertion":         {at: "forall x in s: count(result, x) == count(s, x)", args: "s = [1, 0]", why: "the result is [1, 1]"},
	"sorting merge":             {at: "len(result) == len(a) + len(b)", args: "a = [], b = [0]", why: "the result is []"},
	"sorting majority":          {at: "forall x in s: 2 * count(s, x) > len(s) => result == x", args: "s = [0, 1, 0]", why: "the result is 1"},
	"learning learn":            {at: "-1000 * most <= result && result <= 1000 * most", needs: true},
	"learning explore":          {at: "result <= chance", from: "128", args: "chance = 0, num = 1, den = 1", why: "the result is 128"},
	"learning explorePublished": {at: "result <= chance", from: "128", args: "chance = 100, num = 1, den = 2", why: "the result is 128", needs: true},
	"merging clockLaws":         {at: "result", args: "a = {Node.1: 0, Node.2: 1}, b = {Node.1: 0, Node.2: 0}", why: "the result is false"},
	"merging registerLaws": {at: "result", args: "a = Register(at: 0, value: 0), b = Register(at: 0, value: 1)",
		why: "the result is false"},
	"quorums majorities": {at: "result", args: "a = {Node.1}, b = {Node.2}", why: "the result is false"},
	"quorums shared":     {at: "result >= f + 1", needs: true},
}

// prove proves the functions of the files that the pattern matches.
func prove(t *testing.T, pattern string, s solver.Solver, visit func(module string, files source.Set, c *evidence.Contract)) {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatal("no specs", err)
	}
	for _, p := range paths {
		systems, files := functions(t, p)
		found, err := hoare.Check(t.Context(), systems[0], hoare.Options{Solver: s, Examples: systems[1:]})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range found {
			visit(systems[0].Module, files, c)
		}
	}
}

// functions are those of a file, for some sizes of its sorts.
func functions(t *testing.T, path string) ([]*ir.System, source.Set) {
	t.Helper()
	snap := workspace.New().Snapshot(path)
	if len(snap.Diags) > 0 {
		t.Fatalf("%s: %v", path, snap.Diags)
	}
	var out []*ir.System
	for n := 2; n <= 4; n++ {
		sys, diags := snap.Functions(n)
		if sys == nil {
			t.Fatalf("%s: %v", path, diags)
		}
		out = append(out, sys)
	}
	files := source.Set{}
	for _, f := range snap.Files {
		files.Add(f)
	}
	return out, files
}

func bindings(bs []evidence.Binding) string {
	var out []string
	for _, b := range bs {
		out = append(out, b.Local.Name+" = "+ir.FormatAs(b.Value, b.Local.Type))
	}
	return strings.Join(out, ", ")
}

// refute compares how wrong functions fail with how they should.
func refute(t *testing.T, s solver.Solver) {
	seen := 0
	prove(t, "wrong/*.spec", s, func(module string, files source.Set, c *evidence.Contract) {
		want, ok := refuted[module+" "+c.Func.Name]
		if !ok {
			t.Errorf("%s %s: nothing is expected of it", module, c.Func.Name)
			return
		}
		seen++
		if want.needs && s == nil {
			if c.Verdict != evidence.Unknown || c.Unmet.Help == "" {
				t.Errorf("%s %s: %s, without a solver", module, c.Func.Name, c.Verdict)
			}
			return
		}
		if c.Verdict != evidence.Violated {
			t.Errorf("%s %s: %s", module, c.Func.Name, c.Verdict)
			return
		}
		got, found := want, c.Unmet
		got.at, got.from = files.Text(found.Span), files.Text(found.From)
		if want.args != "" {
			got.args, got.why = bindings(found.Args), found.Why
		}
		if got != want {
			t.Errorf("%s %s:\ngot  %+v\nwant %+v", module, c.Func.Name, got, want)
		}
	})
	if seen != len(refuted) {
		t.Errorf("%d wrong functions, want %d", seen, len(refuted))
	}
}

func TestWrong(t *testing.T) { refute(t, nil) }
