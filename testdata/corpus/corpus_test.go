package corpus_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc"
	"github.com/spec-lang/spec/workspace"
)

var table = flag.Bool("table", false, "print a row for each model")

// search runs the engine that `spec verify` runs.
func search(t *testing.T, sys *ir.System) *evidence.Result {
	t.Helper()
	res, err := mc.Check(context.Background(), sys, mc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// TestCorpus checks that every model of the corpus and of the examples comes
// to what it expects.
func TestCorpus(t *testing.T) {
	if *table {
		fmt.Printf("%-33s %-14s %-9s %9s %9s %6s %9s   %s\n", "spec", "model", "verdict", "states", "generated", "depth", "time", "published (depth in steps)")
	}
	for _, pattern := range []string{"*.spec", "../../examples/*/*.spec"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no files match %s: %v", pattern, err)
		}
		for _, file := range files {
			t.Run(short(file), func(t *testing.T) { testFile(t, file) })
		}
	}
}

func testFile(t *testing.T, file string) {
	snap := workspace.New().Snapshot(file)
	if snap.Diags.HasErrors() {
		t.Fatal(snap.Diags)
	}
	if len(snap.Models()) == 0 {
		t.Error("the file has no model")
	}
	mutated := strings.Contains(filepath.Base(file), "broken_")
	for _, m := range snap.Models() {
		sys, diags := snap.System(m)
		if sys == nil {
			t.Fatal(diags)
		}
		res := search(t, sys)
		agree(t, sys, res)
		for _, c := range evidence.Judge(res).Complaints {
			t.Errorf("%s: %s", m.Name(), c.Diagnostic.Message)
		}
		mutated = mutated || failsOnPurpose(sys)
		row(file, res)
	}
	if filepath.Dir(file) == "." && !mutated {
		t.Error("no model shows a mistake that is found, with its depth")
	}
}

// short is the name of a file in the table: `peterson` or
// `examples/peterson/peterson`.
func short(file string) string {
	return strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(file), "../../"), ".spec")
}

// failsOnPurpose reports whether a model expects a violation and says how deep.
func failsOnPurpose(sys *ir.System) bool {
	for _, c := range sys.Checks {
		if c.Expect == ir.ExpectViolated && c.Depth >= 0 {
			return true
		}
	}
	e := sys.Expect
	return e.Outcome == ir.ExpectViolated && e.ViolatedDepth >= 0 || e.Deadlock && e.DeadlockDepth >= 0
}

func row(file string, res *evidence.Result) {
	if !*table {
		return
	}
	spec := short(file)
	theirs := ""
	for _, p := range publications {
		if p.file == spec && p.model == res.System.Model {
			theirs = fmt.Sprintf("%d states, %d generated, depth %d", p.theirs.distinct, p.theirs.generated, p.theirs.depth)
			if p.why != "" {
				theirs += " (" + p.why + ")"
			}
		}
	}
	verdict := "holds"
	for _, f := range res.Findings {
		if f.Verdict == evidence.Violated {
			verdict = "violated"
		}
	}
	if verdict == "holds" && res.Basis.Kind == evidence.Bounded {
		verdict = "bounded"
	}
	fmt.Printf("%-33s %-14s %-9s %9d %9d %6d %9s   %s\n", spec, res.System.Model, verdict,
		res.States.Distinct, res.States.Generated, res.States.Depth, res.Time.Round(time.Millisecond), theirs)
}

// TestPublished checks that the models expect the published figures, or say
// why not.
func TestPublished(t *testing.T) {
	for _, p := range publications {
		e := system(t, p.file+".spec", p.model).Expect
		ours := figures{e.States, e.Generated, e.Depth}
		if same := ours == p.theirs; same != (p.why == "") {
			t.Errorf("%s: the model expects %+v, published is %+v, and the reason is %q", p.file, ours, p.theirs, p.why)
		}
		if p.why != "" && !strings.Contains(p.why, "symmetry") && ours.distinct != p.theirs.distinct {
			t.Errorf("%s: the model expects %d states, published are %d", p.file, ours.distinct, p.theirs.distinct)
		}
	}
}

// tableRow is a row of the README: spec, source, distinct, generated, depth.
var tableRow = regexp.MustCompile(`(?m)^\| (\w+) \| (\S+) \| (\d+)[^|]*\| (\d+)[^|]*\| (\d+)[^|]*\|`)

// TestReadme checks the figures of the README.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string][]string{}
	for _, m := range tableRow.FindAllStringSubmatch(string(text), -1) {
		rows[m[1]] = m[2:]
	}
	for _, p := range publications {
		e := system(t, p.file+".spec", p.model).Expect
		want := []string{p.source, strconv.FormatInt(e.States, 10), strconv.FormatInt(e.Generated, 10), strconv.FormatInt(e.Depth, 10)}
		if got := rows[p.file]; strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: the README says %v, want %v", p.file, got, want)
		}
	}
	if got, want := len(rows), len(publications)+1; got != want {
		t.Errorf("the README has %d rows, want %d: DieHard too", got, want)
	}
}
