package irtest_test

import (
	"fmt"
	"os"
	"reflect"
	"testing"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/irtest"
	"github.com/spec-lang/spec/ir/print"
	"github.com/spec-lang/spec/ir/verify"
)

// samples is how many random Systems a test looks at; SPEC_SOAK asks for more.
func samples() uint64 {
	if os.Getenv("SPEC_SOAK") != "" {
		return 20000
	}
	return 400
}

func TestRandomSystemsAreWellFormed(t *testing.T) {
	for seed := range samples() {
		sys := irtest.Random(seed)
		for _, sys := range []*ir.System{sys, irtest.RandomPacked(seed), irtest.RandomWide(seed)} {
			if err := verify.System(sys); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
		}
		if seed%20 == 0 && print.System(sys) != print.System(irtest.Random(seed)) {
			t.Fatalf("seed %d gives two systems", seed)
		}
	}
}

// TestRandomSystemsCover holds the generator to making every kind of node,
// operator, binder and type.
func TestRandomSystemsCover(t *testing.T) {
	seen := map[string]int{}
	for seed := range samples() {
		irtest.Random(seed).Walk(func(tree ir.Tree) bool {
			seen[reflect.TypeOf(tree).Elem().Name()]++
			switch tree := tree.(type) {
			case *ir.Apply:
				seen[fmt.Sprint("operator ", int(tree.Op), " ", tree.Op)]++
			case *ir.Bind:
				seen[fmt.Sprint("binder ", tree.Kind)]++
			}
			if e, ok := tree.(ir.Expr); ok {
				seen[fmt.Sprint("type ", e.Type().Kind)]++
			}
			return true
		})
	}
	want := []string{"Lit", "LocalRef", "VarRef", "ConstRef", "Apply", "Convert", "If", "Let", "Make", "FieldOf", "WithField", "Is",
		"Payload", "Bind", "Call", "ActionPred", "Assign", "Declare", "IfStmt", "ForStmt", "WhileStmt", "EitherStmt", "PickStmt",
		"AssertStmt", "AwaitStmt", "ReturnStmt"}
	for op := range ir.Ops {
		if op > 0 {
			want = append(want, fmt.Sprint("operator ", op, " ", ir.Op(op)))
		}
	}
	for k := ir.Forall; k <= ir.MapOf; k++ {
		want = append(want, fmt.Sprint("binder ", k))
	}
	for k := ir.BoolKind; k <= ir.SeqKind; k++ {
		want = append(want, fmt.Sprint("type ", k))
	}
	for _, w := range want {
		if seen[w] < 3 {
			t.Errorf("%s occurs %d times in %d systems", w, seen[w], samples())
		}
	}
}

// TestRandomSystemsRun holds the generator to making Systems that do
// something: they move, and few of them fail at once.
func TestRandomSystemsRun(t *testing.T) {
	moving, failing, whole, errors := 0, 0, 0, map[eval.ErrorKind]int{}
	for seed := range samples() {
		r := irtest.ExploreUpTo(irtest.Random(seed), 40)
		if r.Distinct > 3 {
			moving++
		}
		if r.Distinct < 60 {
			whole++
		}
		if len(r.Errors) > 0 {
			failing++
		}
		for _, o := range r.Errors {
			if o.Err.Kind == eval.IllFormed {
				t.Errorf("seed %d: %v", seed, o.Err)
			}
			errors[o.Err.Kind]++
		}
	}
	n := int(samples())
	t.Logf("of %d systems %d have more than 3 states, %d fewer than 60, %d fail: %v", n, moving, whole, failing, errors)
	if moving < n/2 || failing > n/2 || failing < n/20 || whole < n/4 {
		t.Errorf("of %d systems %d have more than 3 states, %d fewer than 60, %d fail", n, moving, whole, failing)
	}
	for _, k := range []eval.ErrorKind{eval.DivideByZero, eval.MissingKey, eval.OutsideIndex, eval.OutsideType, eval.WrongVariant,
		eval.Empty, eval.NoNeighbour, eval.DuplicateKey} {
		if errors[k] == 0 {
			t.Errorf("no %s in %d systems", k, n)
		}
	}
}
