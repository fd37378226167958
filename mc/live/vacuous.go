package live

import "github.com/spec-lang/spec/ir/evidence"

// vacuous lists the antecedents of a property that were never true; all that
// can be reached must be known.
func (x *product) vacuous() []evidence.Vacuity {
	if len(x.q.ltl.Antecedents) == 0 {
		return nil
	}
	ever, never := x.extremes()
	var out []evidence.Vacuity
	for n, a := range x.q.ltl.Antecedents {
		asked, earlier := false, false
		for k, b := range x.q.ltl.Antecedents { // the same for another value
			if b.Span == a.Span {
				seen := ever
				if b.Negated {
					seen = never
				}
				asked = asked || seen>>b.Prop&1 == 1
				earlier = earlier || k < n
			}
		}
		if !asked && !earlier {
			out = append(out, evidence.Vacuity{Prop: x.q.prop, Span: a.Span, Why: "this is never true, so what it asks for is never asked for"})
		}
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
