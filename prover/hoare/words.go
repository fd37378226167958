package hoare

import (
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/print"
	"github.com/spec-lang/spec/prover/encode"
)

// goalText says what a goal of f is.
func goalText(f *ir.Func, g encode.Goal) string {
	switch g.Kind {
	case encode.Ensured:
		return nth("ensures", g.Number, len(f.Ensures)) + " of " + f.Name
	case encode.Required:
		return nth("requires", g.Number, len(g.Of.Requires)) + " of " + g.Of.Name + " is met by the call"
	case encode.Entered:
		return "the invariant holds where the loop begins"
	case encode.Kept:
		return "the invariant is kept by the loop"
	case encode.Falls:
		return "the measure of the loop goes down, and is not negative before"
	case encode.Ends:
		return "the measure of the call of " + g.Of.Name + " is smaller, and not negative"
	}
	return map[encode.GoalKind]string{
		encode.Asserted:       "the assertion holds",
		encode.NoError:        "nothing here is an error",
		encode.DivisorNotZero: "the divisor is not zero",
		encode.IndexInside:    "the index is inside",
		encode.PartInside:     "both ends of the part are inside",
		encode.KeyThere:       "the key is there",
		encode.InType:         "the value is in its type",
		encode.OfVariant:      "the value is of this variant",
		encode.SomeFits:       "there is something to choose",
		encode.HasNeighbour:   "there is a next or previous element",
	}[g.Kind]
}

// nth names a clause; one that is alone needs no number.
func nth(word string, n, of int) string {
	if of < 2 {
		return word
	}
	return fmt.Sprintf("%s %d", word, n)
}

// advice says what to write if a goal of f is not met.
func advice(f *ir.Func, g encode.Goal, steep bool) string {
	loops := loopsOf(f)
	switch {
	case g.Kind == encode.Required:
		return "call " + g.Of.Name + " only where its `requires` hold, or require the same of who calls"
	case g.Kind != encode.Ends && bare(loops) != nil:
		return "write `invariant " + guess(bare(loops)) + "` behind the condition of the loop: what is true whenever the loop begins again"
	case g.Kind == encode.Falls || g.Kind == encode.Ends:
		return "write another `decreases`: a number that gets smaller each time, and is not below 0"
	case steep:
		return "unknown numbers are multiplied here, of which solvers know little: say more steps in invariants, or in `ensures` of a function that is called"
	case g.Kind == encode.Kept:
		return "strengthen the invariant, or add another one that holds with it"
	case len(loops) > 0:
		return "say more in the invariants of the loop: of it only they are known afterwards"
	}
	return "say more in `requires`, or in `ensures` of the functions that it calls"
}

// spared says why a goal may be met although the solver has arguments for which
// it is not: the function was run with them, and did not fail.
func spared(k encode.GoalKind) string {
	switch k {
	case encode.Falls, encode.Ends:
		return "the function ends for these arguments, but the measure does not show why"
	case encode.Required:
		return "the function does not fail for these arguments, but what is called may not be given what it requires"
	}
	return "the function is right for these arguments: what loops and calls are known to come to may say too little"
}

// bare is a loop without an invariant; nil if there is none.
func bare(loops []*ir.WhileStmt) *ir.WhileStmt {
	for _, w := range loops {
		if len(w.Invariants) == 0 {
			return w
		}
	}
	return nil
}

func loopsOf(f *ir.Func) []*ir.WhileStmt {
	var out []*ir.WhileStmt
	ir.WalkBody(f.Body, func(t ir.Tree) bool {
		if w, ok := t.(*ir.WhileStmt); ok {
			out = append(out, w)
		}
		return true
	})
	return out
}

// guess is an invariant that loops with such a condition often have: the limit
// is met exactly.
func guess(w *ir.WhileStmt) string {
	x, ok := w.Cond.(*ir.Apply)
	if !ok || len(x.Args) != 2 || !x.Args[0].Type().IsNumeric() {
		return "P"
	}
	switch x.Op {
	case ir.Lt:
		return print.Expr(x.Args[0]) + " <= " + print.Expr(x.Args[1])
	case ir.Gt:
		return print.Expr(x.Args[0]) + " >= " + print.Expr(x.Args[1])
	}
	return "P"
}
