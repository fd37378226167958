package cdcl_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/spec-lang/spec/prover/cdcl"
	"github.com/spec-lang/spec/prover/cnf"
	"github.com/spec-lang/spec/prover/cnf/cnftest"
	"github.com/spec-lang/spec/prover/drat"
)

// TestRandom compares answers with those of trying everything; models are
// tried, refutations are checked.
func TestRandom(t *testing.T) {
	sat := 0
	for seed := range uint64(400) {
		f := cnftest.Random(seed, 3+int(seed%10))
		var log drat.Proof
		answer, model := cdcl.Solve(context.Background(), f, &log)
		switch want := cnftest.Satisfiable(f); {
		case want != (answer == cdcl.Sat):
			t.Fatalf("seed %d: got %d, satisfiable is %v", seed, answer, want)
		case want && !cnftest.Satisfies(f, func(v cnf.Lit) bool { return model[v] }):
			t.Fatalf("seed %d: the model is none", seed)
		case want:
			sat++
		default:
			if err := drat.Check(context.Background(), f, log); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
		}
	}
	if sat < 50 || sat > 350 {
		t.Errorf("%d of 400 are satisfiable: the formulas are not what they should be", sat)
	}
}

// TestLarger refutes formulas that need learning, restarts and forgetting.
func TestLarger(t *testing.T) {
	formulas := map[string]*cnf.Formula{"pigeons": cnftest.Pigeons(8)}
	for seed := range uint64(6) {
		formulas[fmt.Sprint("random ", seed)] = cnftest.Random(seed, 130)
	}
	deleted := 0
	for name, f := range formulas {
		var log drat.Proof
		answer, model := cdcl.Solve(context.Background(), f, &log)
		if answer == cdcl.Sat {
			if !cnftest.Satisfies(f, func(v cnf.Lit) bool { return model[v] }) {
				t.Errorf("%s: the model is none", name)
			}
			continue
		}
		if err := drat.Check(context.Background(), f, log); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, s := range log {
			if s.Delete {
				deleted++
			}
		}
	}
	if deleted == 0 {
		t.Error("nothing was ever forgotten")
	}
}

func TestStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if answer, _ := cdcl.Solve(ctx, cnftest.Pigeons(10), nil); answer != cdcl.Stopped {
		t.Errorf("got %d", answer)
	}
}
