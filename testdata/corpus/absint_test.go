package corpus_test

import (
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/absint"
	"github.com/spec-lang/spec/ir/evidence"
)

// agree compares what abstract interpretation claims of a model with what a
// search of it has found.
func agree(t *testing.T, sys *ir.System, res *evidence.Result) {
	t.Helper()
	facts := absint.Of(sys)
	for _, c := range res.Coverage.Actions {
		if c.Taken > 0 && !facts.Fires(c.Action) {
			t.Errorf("%s: %s is taken, and is said never to be", sys.Model, c.Action.Name)
		}
	}
	for _, f := range res.Findings {
		if k := f.Prop.Kind; f.Verdict == evidence.Violated && (k == ir.Invariant || k == ir.Step) && facts.Property(f.Prop) == (absint.Truth{True: true}) {
			t.Errorf("%s: %s is violated, and is said to be true in every state", sys.Model, f.Prop.Name)
		}
	}
}
