package all_test

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/lang/diag"
)

// refuteKernel holds what is said of reachable states against those that were
// found.
func (b *behaviour) refuteKernel(d diag.Diagnostic) (bad string, tried bool) {
	switch d.Code {
	case "A1201":
		for _, a := range b.sys.Actions {
			if a.NameSpan == d.Span && b.moves(a) {
				return "it is taken", true
			}
		}
		return "", true
	case "A1230":
		return b.neverChanges(d)
	}
	for i, p := range b.sys.Props {
		switch {
		case p.Formula == nil:
		case d.Code == "A1222" && b.matters(p, d):
			return "it matters in some state", true
		case p.Formula.Span() != d.Span || len(b.found.States) == 0:
		case d.Code == "A1220" && p.Kind != ir.Witness && b.found.Props[i] >= 0:
			return "it is violated", true
		case d.Code == "A1221" && p.Kind == ir.Witness && b.found.Props[i] >= 0, d.Code == "A1221" && p.Kind == ir.Invariant && b.found.Props[i] != 0 && b.found.PropErr < 0:
			return "it is true in some state", true
		}
	}
	return "", true
}

// moves reports whether an action has a step from a state that was found,
// other than into an error.
func (b *behaviour) moves(a *ir.Action) bool {
	for _, s := range b.found.States {
		for _, o := range eval.Successors(b.sys, s) {
			if o.Action == a && o.Err == nil && o.Assert == nil {
				return true
			}
		}
	}
	return false
}

// matters reports whether a part of an invariant is about a state that was
// found.
func (b *behaviour) matters(p *ir.Property, d diag.Diagnostic) bool {
	if p.Kind != ir.Invariant {
		return false
	}
	for _, part := range ir.MustMatter(b.sys, p) {
		if part.Span != d.Span {
			continue
		}
		for _, s := range b.found.States {
			if ok, err := eval.Holds(part.Once, &eval.Env{State: s}); ok && err == nil {
				return true
			}
		}
	}
	return false
}
