package report

import (
	"fmt"
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
)

// proved says in words what a proof by induction covers, and what it rests on:
// "inductive for every size of RM (36 obligations by z3 4.8.12)".
func proved(f *evidence.Finding, sys *ir.System) string {
	ind := f.Induction
	if first := ind.With[0]; first != f.Prop {
		return "proved with " + first.Name
	}
	return scope(ind, sys) + " (" + count(uint64(ind.Obligations), "obligation") + " by " + strings.Join(ind.By, " and ") + ")"
}

func scope(ind *evidence.Induction, sys *ir.System) string {
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

// induction says why an invariant is not inductive, or why that is not known.
func (t *text) induction(f *evidence.Finding) {
	ind := f.Induction
	if ind == nil {
		return
	}
	if c := ind.Counter; c != nil {
		t.counter(c)
		if len(ind.Suggest) > 0 {
			t.reason("help", "write `inductive using "+strings.Join(propNames(ind.Suggest), ", ")+"`: with these it is inductive in this model")
		}
		return
	}
	if ind.Why != "" && ind.Outcome == evidence.NotDecided {
		t.reason("induction", ind.Why)
	}
}

func (t *text) counter(c *evidence.Counter) {
	tr := c.Trace()
	if c.Action == nil {
		t.reason("induction", "an initial state breaks "+c.Prop.Name+", at "+Sizes(c.System))
		t.steps(c.System, tr, true, false)
		return
	}
	t.reason("induction", fmt.Sprintf("%s does not keep %s, at %s:", c.Action.Name, c.Prop.Name, Sizes(c.System)))
	t.print("  ", pad("before", labelWidth-2), flow(stateTexts(c.System, c.Before), gap, labelWidth, labelWidth, t.style.Width), "\n")
	t.numbered(c.System, tr, []int{0, 1}, 1, false, false)
	if c.Reach != "" {
		t.reason("reached", c.Reach)
	}
	if len(c.Excluding) > 0 {
		t.reason("excluded", "by "+strings.Join(propNames(c.Excluding), ", ")+", which "+verb(len(c.Excluding))+" false before the step")
	}
}

func verb(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

func propNames(ps []*ir.Property) []string {
	out := make([]string, len(ps))
	for i, p := range ps {
		out[i] = p.Name
	}
	return out
}
