package live

import (
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/buchi"
)

// vacuous lists the antecedents of a property that were never true; all that
// can be reached must be known.
func (x *product) vacuous() []evidence.Vacuity {
	if len(x.q.ltl.Antecedents) == 0 {
		return nil
	}
	ever, never := x.extremes()
	var out []evidence.Vacuity
	for _, at := range x.q.ltl.Idle(func(a buchi.Antecedent) bool {
		if a.Negated {
			return never>>a.Prop&1 == 1
		}
		return ever>>a.Prop&1 == 1
	}) {
		out = append(out, evidence.Vacuity{Prop: x.q.prop, Span: at, Why: buchi.NeverAsked})
	}
	return out
}

// extremes are the propositions that were true somewhere, and those that were
// false somewhere.
func (x *product) extremes() (ever, never uint64) {
	asked := uint64(0)
	for _, a := range x.q.ltl.Antecedents {
		asked |= 1 << a.Prop & x.q.steps
	}
	for s := range uint32(x.g.Len()) {
		letter, bad := x.letter(s)
		ever |= letter &^ x.q.steps
		never |= ^(letter | bad | x.q.steps)
		if asked == 0 || !x.g.Expanded(s) {
			continue
		}
		_, labels := x.g.Out(s)
		for _, l := range labels {
			letter, bad := x.stepLetter(s, l)
			ever |= letter
			never |= x.q.steps &^ letter &^ bad
		}
	}
	return ever, never
}
