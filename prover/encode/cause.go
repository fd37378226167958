package encode

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/prover/term"
)

// GoalKind is what a goal is about.
type GoalKind int

// Kinds of goal. From NoError on they are about errors of evaluation: NoError
// itself where several come together.
const (
	Ensured  GoalKind = iota + 1 // clause Number of ensures, where the function returns
	Entered                      // clause Number of a loop invariant, where the loop begins
	Kept                         // the same, after the body
	Falls                        // the measure of a loop goes down, and was not negative
	Ends                         // the same of the measure of a call
	Required                     // clause Number of requires of a function Of that is called
	Asserted                     // an assert
	NoError
	DivisorNotZero
	IndexInside
	PartInside // s[lo:hi]
	KeyThere
	InType
	OfVariant // what an enum or option holds is asked for only of that variant
	SomeFits  // choose, min and max have something to choose from
	HasNeighbour
)

// cause is why a condition must hold for an evaluation to be no error.
type cause struct {
	kind   GoalKind
	number int
	of     *ir.Func
	span   source.Span
}

// because notes that c must hold, at what is being said.
func (e *Encoder) because(c *term.Term, kind GoalKind, number int, of *ir.Func) *term.Term {
	if e.proof != nil {
		for _, part := range conjuncts(c) {
			e.causes[part] = cause{kind, number, of, e.at}
		}
	}
	return c
}

func conjuncts(t *term.Term) []*term.Term {
	if t.Op == term.And {
		return t.Args
	}
	return []*term.Term{t}
}

// causeOf is why t must hold, if there is one reason.
func (e *Encoder) causeOf(t *term.Term) cause {
	if c, ok := e.causes[t]; ok {
		return c
	}
	var all []cause
	t.Walk(map[*term.Term]bool{}, func(part *term.Term) {
		if c, ok := e.causes[part]; ok && !slices.Contains(all, c) {
			all = append(all, c)
		}
	})
	if len(all) == 1 {
		return all[0]
	}
	return cause{kind: NoError, span: e.at}
}

// noError makes goals of the reasons for which ok must hold, each where those
// before it are met.
func (e *Encoder) noError(w Way, ok *term.Term) {
	var causes []cause
	claims := map[cause][]*term.Term{}
	for _, part := range conjuncts(ok) {
		c := e.causeOf(part)
		if claims[c] == nil {
			causes = append(causes, c)
		}
		claims[c] = append(claims[c], part)
	}
	for _, c := range causes {
		claim := e.b.And(claims[c]...)
		e.goal(c, w, claim)
		w = w.assume(e.b, claim)
	}
}

// needed is what the needs of an operator are about.
func needed(x *ir.Apply) GoalKind {
	switch x.Op {
	case ir.Div, ir.Mod:
		return DivisorNotZero
	case ir.Slice:
		return PartInside
	case ir.Next, ir.Prev:
		return HasNeighbour
	case ir.Get, ir.Put:
		return placed(x.Args[0].Type())
	}
	return NoError
}

// placed is what a place in a collection must be.
func placed(t *ir.Type) GoalKind {
	switch t.Kind {
	case ir.SeqKind:
		return IndexInside
	case ir.MapKind:
		return KeyThere
	}
	return InType
}
