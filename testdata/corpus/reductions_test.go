package corpus_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/ir/slice"
	"github.com/spec-lang/spec/mc"
	"github.com/spec-lang/spec/workspace"
)

var update = flag.Bool("update", false, "write the table of docs/reductions.md")

const (
	tablePage = "../../docs/reductions.md"
	// tableMark ends what is written by hand in tablePage.
	tableMark = "<!-- What follows is written by: go test ./testdata/corpus -run Golden -update -->\n"
	// quickStates is how many states a model may have to be searched in every
	// run of the tests. The others need SPEC_SOAK.
	quickStates = 20_000
)

// reductions are the columns of the table.
var reductions = []struct {
	name string
	use  mc.Reductions
}{
	{"slicing", mc.Reductions{Slicing: mc.Always, Symmetry: mc.Never, PartialOrder: mc.Never}},
	{"symmetry", mc.Reductions{Slicing: mc.Never, Symmetry: mc.Always, PartialOrder: mc.Never}},
	{"partial order", mc.Reductions{Slicing: mc.Never, Symmetry: mc.Never, PartialOrder: mc.Always}},
	{"all", mc.Reductions{Slicing: mc.Always, Symmetry: mc.Always, PartialOrder: mc.Always}},
}

// TestGoldenReductions searches every model of the corpus and of the examples
// with and without each reduction. Verdicts, depths and traces are the same;
// how many states were visited is what the table says.
func TestGoldenReductions(t *testing.T) {
	page, err := os.ReadFile(tablePage)
	if err != nil {
		t.Fatal(err)
	}
	text, old, ok := strings.Cut(string(page), tableMark)
	if !ok {
		t.Fatalf("%s has no line %s", tablePage, tableMark)
	}
	rows := "\n| model | states |"
	for _, r := range reductions {
		rows += " " + r.name + " |"
	}
	rows += "\n|---|" + strings.Repeat("---|", len(reductions)+1) + "\n"
	for _, pattern := range []string{"*.spec", "../../examples/*/*.spec"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no files match %s: %v", pattern, err)
		}
		for _, file := range files {
			for _, m := range workspace.New().Snapshot(file).Models() {
				row := reduced(t, file, m.Name())
				if row == "" {
					row = oldRow(old, title(file, m.Name()))
				}
				rows += row
			}
		}
	}
	if *update {
		if err := os.WriteFile(tablePage, []byte(text+tableMark+rows), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(old, rows); diff != "" {
		t.Errorf("run go test ./testdata/corpus -run Golden -update (-%s +now):\n%s", tablePage, diff)
	}
}

// title is the first cell of a row.
func title(file, model string) string { return fmt.Sprintf("| %s, %s |", short(file), model) }

// oldRow is the row of a model in a table, "" if there is none.
func oldRow(table, title string) string {
	for row := range strings.Lines(table) {
		if strings.HasPrefix(row, title) {
			return row
		}
	}
	return ""
}

// reduced searches one model in all ways and returns its row, "" if it is too
// large to be searched now.
func reduced(t *testing.T, file, model string) string {
	t.Helper()
	whole := mc.Options{Workers: 1, Reductions: mc.Reductions{Slicing: mc.Never, Symmetry: mc.Never, PartialOrder: mc.Never}}
	if os.Getenv("SPEC_SOAK") == "" {
		whole.Limits.States = quickStates
	}
	want, res := searched(t, file, model, whole)
	if strings.HasPrefix(res.Basis.Limit, "the limit") {
		return ""
	}
	row := fmt.Sprintf("%s %d |", title(file, model), res.States.Distinct)
	for _, r := range reductions {
		got, res := searched(t, file, model, mc.Options{Reductions: r.use})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s, %s, with %s (-without +with):\n%s", file, model, r.name, diff)
		}
		cell := "-"
		if res.Reduced {
			cell = fmt.Sprint(res.States.Distinct)
		}
		row += " " + cell + " |"
	}
	return row + "\n"
}

// searched searches a model that expects no figures, and returns what no
// reduction may change.
func searched(t *testing.T, file, model string, opt mc.Options) (string, *evidence.Result) {
	t.Helper()
	sys := system(t, file, model)
	sys.Expect.States, sys.Expect.Generated, sys.Expect.Depth = -1, -1, -1
	res, err := mc.Check(context.Background(), sys, opt)
	if err != nil {
		t.Fatal(err)
	}
	if err := explain.Fill(res); err != nil {
		t.Errorf("%s, %s, %v: %v", file, model, opt.Reductions, err)
	}
	said := ""
	for _, f := range res.Findings {
		said += fmt.Sprintf("%s %s at %d", f.Prop.Label(), f.Verdict, f.Depth)
		if f.Prop.Kind != ir.Temporal && f.Prop.Kind != ir.CTL {
			said += " " + f.ID()
		}
		said += "\n"
	}
	for _, d := range evidence.Warnings(res) {
		if d.Code == evidence.ActionNeverTaken {
			said += d.Message + "\n"
		}
	}
	return said, res
}

// BenchmarkSlice finds the slices of all models of the corpus. It reports the
// time for the model that takes longest, in the best of the rounds.
func BenchmarkSlice(b *testing.B) {
	files, err := filepath.Glob("*.spec")
	if err != nil || len(files) == 0 {
		b.Fatal("no files", err)
	}
	best := map[*ir.System]time.Duration{}
	for _, file := range files {
		snap := workspace.New().Snapshot(file)
		for _, m := range snap.Models() {
			sys, _ := snap.System(m)
			sys.Expect.States, sys.Expect.Generated, sys.Expect.Depth = -1, -1, -1
			best[sys] = time.Hour
		}
	}
	for b.Loop() {
		for sys := range best {
			start := time.Now()
			slice.Of(sys)
			best[sys] = min(best[sys], time.Since(start))
		}
	}
	b.ReportMetric(float64(slices.Max(slices.Collect(maps.Values(best))).Microseconds()), "µs/slowest")
}
