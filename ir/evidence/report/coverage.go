package report

import (
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
)

// coverageLine says how many actions a search took.
func (t *text) coverageLine(res *evidence.Result) {
	all, taken := len(res.Coverage.Actions), 0
	for _, c := range res.Coverage.Actions {
		if c.Taken > 0 {
			taken++
		}
	}
	switch {
	case all == 0:
	case taken == all:
		t.print(fmt.Sprintf("      every action taken (%d of %d)\n", taken, all))
	default:
		t.print(t.paint.yellow(fmt.Sprintf("      only %d of %d actions taken", taken, all)), "\n")
	}
}

// coverage writes what each action did and where its guard stopped it.
func (t *text) coverage(res *evidence.Result) {
	rows := [][]string{{"action", "taken", "new", "enabled in"}}
	for _, c := range res.Coverage.Actions {
		rows = append(rows, []string{c.Action.Name, number(c.Taken), number(c.New), number(c.Enabled)})
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
