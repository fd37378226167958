package evidence

import (
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
)

// Place is where a finding points to: the failing part if it is known.
func (f *Finding) Place() source.Span {
	if f.Span.IsValid() {
		return f.Span
	}
	return f.Prop.Span
}

// Headline says in one line what a violation is.
func (f *Finding) Headline() string {
	switch f.Prop.Kind {
	case ir.Deadlock:
		return fmt.Sprintf("deadlock at depth %d", f.Depth)
	case ir.Assertion:
		return fmt.Sprintf("assertion fails at depth %d", f.Depth)
	case ir.Evaluation:
		return fmt.Sprintf("%s, at depth %d", f.Why, f.Depth)
	case ir.Witness:
		return f.Prop.Label() + " is not reached"
	case ir.Scenario:
		if f.Prop.Run != nil && f.Prop.Run.Refuse {
			return f.Prop.Label() + " is possible"
		}
		return f.Prop.Label() + " is not possible"
	case ir.Temporal, ir.CTL:
		return f.Prop.Label() + " is violated"
	case ir.Contract:
		return f.Prop.Label() + " does not keep its contract"
	}
	return fmt.Sprintf("%s is violated at depth %d", f.Prop.Label(), f.Depth)
}

// Summary says in a few words what a finding is.
func (f *Finding) Summary() string {
	switch {
	case f.Verdict == Violated:
		return f.Headline()
	case f.Verdict == Holds && f.Prop.Kind == ir.Witness:
		return fmt.Sprintf("%s is reached at depth %d", f.Prop.Label(), f.Depth)
	}
	return fmt.Sprintf("%s: %s", f.Prop.Label(), f.Verdict)
}

// Words says in a few words what a proof is.
func (p *Proof) Words() string {
	switch n := uint64(len(p.Invariant)); {
	case p.K == 1:
		return "by induction"
	case p.K > 1:
		return fmt.Sprintf("by %d-induction", p.K)
	case n == 0:
		return "in every state of its type"
	default:
		return "by an inductive invariant of " + plural(n, "clause")
	}
}

// event is what happens at the depth of a finding, as a noun.
func (f *Finding) event() string {
	switch {
	case f.Prop.Kind == ir.Deadlock:
		return "a deadlock"
	case f.Verdict == Holds:
		return f.Prop.Label()
	}
	return "a violation of " + f.Prop.Label()
}

func plural(n uint64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
