package report

import (
	"fmt"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
)

// coverageLine says how many actions a search took, and that nothing gets
// stuck if it saw every state.
func (t *text) coverageLine(res *evidence.Result) {
	all, taken := len(res.Coverage.Actions), 0
	for _, c := range res.Coverage.Actions {
		if c.Taken > 0 {
			taken++
		}
	}
	free := ""
	if res.Basis.Kind == evidence.Exhaustive && !hasDeadlock(res) {
		free = "no deadlock; "
	}
	switch {
	case res.Basis.Named:
	case res.Basis.Kind == evidence.Inductive:
		t.print("      no deadlock, no failed assertion, no evaluation error\n")
	case all == 0:
	case taken == all:
		t.print(fmt.Sprintf("      %severy action taken (%d of %d)\n", free, taken, all))
	default:
		t.print("      ", free, t.paint.yellow(fmt.Sprintf("only %d of %d actions taken", taken, all)), "\n")
	}
}

func hasDeadlock(res *evidence.Result) bool {
	return slices.ContainsFunc(res.Findings, func(f evidence.Finding) bool { return f.Prop.Kind == ir.Deadlock })
}

// coverage writes what each action did and where its guard stopped it.
func (t *text) coverage(res *evidence.Result) {
	head := []string{"action", "taken", "enabled in"}
	if res.Sample != nil {
		head = append(head, "instances")
	}
	rows := [][]string{head}
	for i, c := range res.Coverage.Actions {
		row := []string{c.Action.Name, number(c.Taken), number(c.Enabled)}
		if res.Sample != nil {
			row = append(row, instanceText(res.Sample.Instances[i]))
		}
		rows = append(rows, row)
	}
	if len(rows) == 1 {
		return
	}
	t.table("coverage", rows)
	rows = [][]string{{"guard", "stops"}}
	for _, c := range res.Coverage.Actions {
		for i, g := range ir.Conjuncts(c.Action.Guard) {
			if i < len(c.Blocked) {
				rows = append(rows, []string{c.Action.Name + ": " + t.source(g), number(c.Blocked[i])})
			}
		}
	}
	if len(rows) > 1 {
		t.table("guards", rows)
	}
}

// table writes rows in columns: the first to the left, figures to the right.
func (t *text) table(label string, rows [][]string) {
	cols := make([]int, len(rows[0]))
	for _, r := range rows {
		for i, cell := range r {
			cols[i] = max(cols[i], width(cell))
		}
	}
	for i, r := range rows {
		if i > 0 {
			label = ""
		}
		t.print("  ", pad(label, labelWidth-2), pad(r[0], cols[0]))
		for j := 1; j < len(r); j++ {
			t.print(gap, pad("", cols[j]-width(r[j])), r[j])
		}
		t.print("\n")
	}
}
