package report

import (
	"fmt"
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
)

// proved says in words what a proof by induction covers: "inductive for every
// size of RM".
func proved(ind *evidence.Induction, sys *ir.System) string {
	switch {
	case len(sys.Sorts) == 0:
		return "inductive"
	case len(ind.Every) == 0:
		return "inductive for the sizes of this model"
	case len(ind.Every) == len(sys.Sorts):
		return "inductive for every size of " + sortNames(ind.Every)
	}
	return "inductive for every size of " + sortNames(ind.Every) + " and the sizes of this model otherwise"
}

func sortNames(sorts []*ir.Sort) string {
	names := make([]string, len(sorts))
	for i, s := range sorts {
		names[i] = s.Name
	}
	return strings.Join(names, ", ")
}

// support says what a proof by induction rests on.
func support(ind *evidence.Induction) string {
	return count(uint64(ind.Obligations), "obligation") + " by " + strings.Join(ind.By, " and ")
}

// induction says why an invariant is not inductive, or why that is not known.
func (t *text) induction(f *evidence.Finding) {
	ind := f.Induction
	if ind == nil {
		return
	}
	if c := ind.Counter; c != nil {
		t.counter(c)
		return
	}
	if ind.Why != "" && ind.Outcome == evidence.NotDecided {
		t.reason("induction", ind.Why)
	}
}

func (t *text) counter(c *evidence.Counter) {
	switch {
	case c.Action == nil:
		t.reason("induction", "an initial state breaks "+c.Prop.Name+", at "+Sizes(c.System))
	default:
		t.reason("induction", fmt.Sprintf("%s does not keep %s, at %s:", c.Action.Name, c.Prop.Name, Sizes(c.System)))
	}
	t.steps(c.System, c.Trace(), true, false)
	if c.Reach != "" {
		t.reason("reached", c.Reach)
	}
	if len(c.Excluding) > 0 {
		names := make([]string, len(c.Excluding))
		for i, p := range c.Excluding {
			names[i] = p.Name
		}
		t.reason("excluded", "false before the step: "+strings.Join(names, ", ")+"; `using "+names[0]+"` excludes it")
	}
}
