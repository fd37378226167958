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
	if all := e.causesIn(t); len(all) == 1 {
		return all[0]
	}
	return cause{kind: NoError, span: e.at}
}

// causesIn are the reasons for which t or parts of it must hold.
func (e *Encoder) causesIn(t *term.Term) []cause {
	if c, ok := e.causes[t]; ok {
		return []cause{c}
	}
	var all []cause
	t.Walk(map[*term.Term]bool{}, func(part *term.Term) {
		if c, ok := e.causes[part]; ok && !slices.Contains(all, c) {
			all = append(all, c)
		}
	})
	return all
}

// noError makes goals of the reasons for which ok must hold, each where those
// before it are met.
func (e *Encoder) noError(w Way, ok *term.Term) {
	var causes []cause
	claims := map[cause][]*term.Term{}
	e.reasons(ok, e.b.Truth(true), func(c cause, claim *term.Term) {
		if claims[c] == nil {
			causes = append(causes, c)
		}
		claims[c] = append(claims[c], claim)
	})
	for _, c := range causes {
		claim := e.b.And(claims[c]...)
		e.goal(c, w, claim)
		w = w.assume(e.b, claim)
	}
}

// reasons takes ok apart into what must hold for one reason, in the branches in
// which it must.
func (e *Encoder) reasons(ok, where *term.Term, visit func(cause, *term.Term)) {
	_, known := e.causes[ok]
	switch {
	case !known && ok.Op == term.And:
		for _, part := range ok.Args {
			e.reasons(part, where, visit)
		}
	case !known && ok.Op == term.Implies:
		e.reasons(ok.Args[1], e.b.And(where, ok.Args[0]), visit)
	case !known && ok.Op == term.Ite:
		e.reasons(ok.Args[1], e.b.And(where, ok.Args[0]), visit)
		e.reasons(ok.Args[2], e.b.And(where, e.b.Not(ok.Args[0])), visit)
	case !known && ok.Op == term.Or && e.only(ok.Args) >= 0:
		i := e.only(ok.Args)
		e.reasons(ok.Args[i], e.b.And(where, e.b.Not(e.b.Or(slices.Delete(slices.Clone(ok.Args), i, i+1)...))), visit)
	case ok.Op != term.True:
		visit(e.causeOf(ok), e.b.Implies(where, ok))
	}
}

// only is the index of the one part in which there are causes; -1 if there is
// not exactly one.
func (e *Encoder) only(parts []*term.Term) int {
	found := -1
	for i, p := range parts {
		if len(e.causesIn(p)) == 0 {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
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
