// Package discharge says of each obligation of a System what shows that the
// value is of its type: nothing that runs has to test it then.
//
// The means are tried in order, from the cheapest to the dearest: the
// constants of the model; intervals, congruences and guards (see ir/absint).
// What neither shows is tested by every engine in each state that it reaches.
// Package prover, which stands above this one, is asked between the two last
// ones by spec check --obligations: a proof that no step of a model fails is one
// for all of them.
package discharge

import (
	"cmp"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/absint"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/lang/source"
)

// Means is what shows that an obligation is met.
type Means int

// Means, the safest first.
const (
	ModelChecker Means = iota // nothing yet: it is tested in each reachable state
	Intervals                 // intervals, congruences and guards
	Constants                 // constants alone
)

func (m Means) String() string { return [...]string{"model checker", "intervals", "constants"}[m] }

// Answer is what is known of the obligations of one place and type: of a
// function that stands in several places, the weakest.
type Answer struct {
	Span source.Span // of the value
	Type string      // that it has to be of
	By   Means
	// Values is what the value may be, and Breaks the part of it that is
	// outside the type, where it can be told; both are "" otherwise, and
	// where a Means is found.
	Values, Breaks string
	// Fails says that every evaluation is an error.
	Fails bool
}

// Of answers for each obligation of a System, in the order of their places.
func Of(sys *ir.System) []Answer {
	if len(sys.Obligations) == 0 {
		return nil
	}
	trees := absint.Of(sys).Trees()
	var out []Answer
	for _, o := range sys.Obligations {
		out = append(out, answer(o, trees))
	}
	return weakest(out)
}

func answer(o *ir.Obligation, trees absint.Trees) Answer {
	a := Answer{Span: o.Span, Type: o.Type}
	switch {
	case o.Check == nil || constant(o.Check):
		a.By = Constants
	case trees.Value(o.Check) != nil && !trees.MayFail(o.Check):
		a.By = Intervals
	default:
		a.Fails = trees.Fails(o.Check)
		if v := trees.Value(subject(o.Check)); v != nil {
			a.Values, a.Breaks = v.String(), breaks(v, o.Check, trees)
		}
	}
	return a
}

// constant reports whether a check depends on nothing but constants, and
// passes.
func constant(check ir.Expr) bool {
	if !ir.Closed(check) {
		return false
	}
	_, err := eval.Expr(check, &eval.Env{})
	return err == nil
}

// subject is the value that a check is about.
func subject(check ir.Expr) ir.Expr {
	switch c := check.(type) {
	case *ir.Convert:
		return c.X
	case *ir.Bind: // a Choose from the set of one value
		return c.Binders[0].Domain.(*ir.Apply).Args[0]
	}
	return check
}

// weakest keeps one answer for each place and type.
func weakest(list []Answer) []Answer {
	slices.SortStableFunc(list, func(a, b Answer) int {
		return cmp.Or(cmp.Compare(a.Span.File, b.Span.File), cmp.Compare(a.Span.Lo, b.Span.Lo), cmp.Compare(a.Span.Hi, b.Span.Hi),
			cmp.Compare(a.Type, b.Type), cmp.Compare(a.By, b.By))
	})
	return slices.CompactFunc(list, func(a, b Answer) bool { return a.Span == b.Span && a.Type == b.Type })
}
