package elaborate_test

import (
	"testing"

	"github.com/spec-lang/spec/elaborate"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/parse"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck"
)

// TestTheory: claims, proofs and what they use come through, in order.
func TestTheory(t *testing.T) {
	file := source.NewFile("t.spec", `module t

sort Person
extern func drinks(p Person) bool
func total(n int) int decreases n = if n <= 0 then 0 else n + total(n - 1)

axiom Some: exists p in Person: drinks(p)
lemma Zero: total(0) == 0 by computation
theorem Gauss(n int): n >= 0 => 2 * total(n) == n * (n + 1)
    by induction on n using Zero
theorem Drinker: exists p in Person: drinks(p) => (forall q in Person: drinks(q)) {
    have h: 1 == 1 by computation
    obtain x in Person where drinks(x) by resolution using Some
    by resolution
}
`)
	tree, diags := parse.File(file)
	info, more := typecheck.Check(tree, nil)
	th, last := elaborate.Theory(info, info.Root)
	if diags = append(append(diags, more...), last...); len(diags) > 0 {
		t.Fatal(diags)
	}
	if len(th.Theorems) != 4 || len(th.Sorts) != 1 || len(th.Sorts[0].Elems) != 0 {
		t.Fatalf("%d theorems, sorts %v", len(th.Theorems), th.Sorts)
	}
	gauss, drinker := th.Theorems[2], th.Theorems[3]
	if gauss.Proof.Method != ir.ByInduction || len(gauss.Proof.Using) != 1 || gauss.Proof.Using[0] != th.Theorems[1] || len(gauss.Params) != 1 {
		t.Errorf("proof of Gauss: %+v", gauss.Proof)
	}
	steps := drinker.Proof.Steps
	if len(steps) != 3 || steps[1].Local == nil || steps[1].Local.Name != "x" || steps[2].Proof.Method != ir.ByResolution {
		t.Errorf("proof of Drinker: %+v", steps)
	}
	if f := th.Funcs[0]; f.Name != "drinks" || f.Value != nil || f.Body != nil {
		t.Errorf("drinks: %+v", f)
	}
}
