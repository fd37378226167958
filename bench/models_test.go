package bench

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc"
	"github.com/spec-lang/spec/workspace"
)

// large is how many states a model may expect and still be checked with every
// `go test`; the tables of `make bench` are for those above.
const large = 50_000

// TestModels checks the small models of every system that a figure is measured
// on, the right and the wrong ones: that the large ones have the same shape is
// then a matter of their constants.
func TestModels(t *testing.T) {
	files, err := filepath.Glob("../testdata/bench/*.spec")
	if err != nil || len(files) == 0 {
		t.Fatalf("no models: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) { checkSmall(t, file) })
	}
}

func checkSmall(t *testing.T, file string) {
	snap := workspace.New().Snapshot(file)
	if snap.Diags.HasErrors() {
		t.Fatal(snap.Diags)
	}
	right, wrong := 0, 0
	for _, m := range snap.Models() {
		sys, diags := snap.System(m)
		if sys == nil {
			t.Fatal(diags)
		}
		if sys.Expect.States > large {
			continue
		}
		res, err := mc.Check(context.Background(), sys, mc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range evidence.Judge(res).Complaints {
			t.Errorf("%s: %s", m.Name(), c.Diagnostic.Message)
		}
		if fails(sys) {
			wrong++
		} else {
			right++
		}
	}
	if right == 0 || wrong == 0 {
		t.Errorf("%d small models hold and %d are wrong on purpose; want one of each", right, wrong)
	}
}

// fails reports whether the model expects a violation and says how deep.
func fails(sys *ir.System) bool {
	for _, c := range sys.Checks {
		if c.Expect == ir.ExpectViolated && c.Depth >= 0 {
			return true
		}
	}
	return false
}
