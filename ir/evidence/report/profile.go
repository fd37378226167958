package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spec-lang/spec/ir/evidence"
)

// How much of a profile is shown.
const (
	mostLevels    = 20
	mostParts     = 10
	mostVariables = 5
	barWidth      = 40
)

// spaceReport writes a profile: all of it if it was asked for.
func (t *text) spaceReport(res *evidence.Result) {
	if len(res.Profile.Parts) > 0 {
		t.profile(res)
	}
	if res.Basis.Kind == evidence.Partial {
		t.explosion(res)
	}
}

// explosion says why a search that a limit has ended may not end, and what to
// write.
func (t *text) explosion(res *evidence.Result) {
	p := res.Profile
	if o, ok := p.Outlook(); ok {
		t.reason("growth", t.outlook(p, o))
	}
	t.widest(p)
	for _, g := range p.Growing {
		t.reasonAt("grows", fmt.Sprintf("%s may grow for ever: nothing in the guard of action %s looks at it, nor does a bound", g.Var.Name, g.Action.Name),
			place(t.files, g.Span, true))
	}
	if advice := bound(res); advice != "" {
		t.reason("write", advice)
	}
}

// outlook says how the last levels grew and what is to be expected.
func (t *text) outlook(p *evidence.Profile, o evidence.Outlook) string {
	s := fmt.Sprintf("the last levels grew by a factor of %.2f each; ", o.Factor)
	if o.Total == 0 {
		return s + fmt.Sprintf("nothing says that it ends: expect %s at depth %d", count(o.Next, "new state"), o.Depth)
	}
	s += fmt.Sprintf("that slows down: expect about %s in all", count(rounded(o.Total), "state"))
	if f := p.Store; t.style.Times && f != nil && f.States > 0 {
		s += ", " + memoryText(uint64(float64(f.Bytes())/float64(f.States)*float64(o.Total)))
	}
	return s
}

// rounded leaves two digits of a number that is not known better.
func rounded(n uint64) uint64 {
	scale := uint64(1)
	for n/scale >= 100 {
		scale *= 10
	}
	return (n + scale/2) / scale * scale
}

// widest names the variables that take the most values.
func (t *text) widest(p *evidence.Profile) {
	var parts []string
	for i, w := range p.Variables {
		if i < mostVariables && w.Values > 1 {
			parts = append(parts, fmt.Sprintf("%s %s", w.Var.Name, number(uint64(w.Values))))
		}
	}
	if len(parts) > 0 {
		t.reason("widest", fmt.Sprintf("distinct values of variables in %s: %s", count(uint64(p.Sampled), "state"), strings.Join(parts, ", ")))
	}
}

// bound says what to write against a space that is too large.
func bound(res *evidence.Result) string {
	p := res.Profile
	switch {
	case len(p.Growing) > 0:
		v := p.Growing[0].Var
		cond := v.Name + " <= 10"
		if !v.Type.IsNumeric() {
			cond = "len(" + v.Name + ") <= 3"
		}
		return fmt.Sprintf("a bound in model %s, such as `bound %s`, or a guard", res.System.Model, cond)
	case len(p.Variables) > 0 && p.Variables[0].Values > 1:
		return fmt.Sprintf("a bound on %s in model %s, or smaller sorts and constants", p.Variables[0].Var.Name, res.System.Model)
	}
	return ""
}

// profile writes all of a profile.
func (t *text) profile(res *evidence.Result) {
	p := res.Profile
	t.levels(p)
	if f := p.Store; t.style.Times && f != nil && f.States > 0 {
		t.reason("store", storeText(*f))
	}
	for _, r := range p.Reduced {
		t.reason("reduced", fmt.Sprintf("%s: %s of %s", r.Name, number(r.Kept), count(r.Of, r.Unit)))
	}
	if p.Sampled == 0 {
		return
	}
	t.widest(p)
	for _, g := range p.Growing {
		t.reasonAt("grows", fmt.Sprintf("action %s may enlarge %s for ever", g.Action.Name, g.Var.Name), place(t.files, g.Span, true))
	}
	t.idle(res)
	t.costs(p)
	t.hottest(p)
}

// levels draws how many new states each depth has; of many depths, groups.
func (t *text) levels(p *evidence.Profile) {
	per := (len(p.Levels) + mostLevels - 1) / mostLevels
	most := uint64(0)
	var names []string
	var sizes []uint64
	for i := 0; i < len(p.Levels); i += per {
		end, n := min(i+per, len(p.Levels)), uint64(0)
		for _, l := range p.Levels[i:end] {
			n += l
		}
		name := strconv.Itoa(i)
		if per > 1 && end-1 > i {
			name += "-" + strconv.Itoa(end-1)
		}
		names, sizes, most = append(names, name), append(sizes, n), max(most, n)
	}
	rows := [][]string{{"depth", "new states", ""}}
	for i, n := range sizes {
		rows = append(rows, []string{names[i], number(n), bar(n, most)})
	}
	if len(rows) > 1 {
		t.chart("growth", rows)
	}
}

// bar is a bar of at least one column for what is not 0.
func bar(n, most uint64) string {
	if n == 0 {
		return ""
	}
	return strings.Repeat("#", max(1, int(float64(n)/float64(most)*barWidth+0.5)))
}

// chart is a table whose last column stands to the left.
func (t *text) chart(label string, rows [][]string) {
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
		line := "  " + pad(label, labelWidth-2) + pad(r[0], cols[0])
		for j := 1; j < len(r)-1; j++ {
			line += gap + pad("", cols[j]-width(r[j])) + r[j]
		}
		t.print(strings.TrimRight(line+gap+r[len(r)-1], " "), "\n")
	}
}

func storeText(f evidence.StoreFigures) string {
	s := fmt.Sprintf("%.1f bytes per state: %s of keys, %s of index", float64(f.Bytes())/float64(f.States), memoryText(f.Keys), memoryText(f.Index))
	if f.Values > 0 {
		s += ", " + memoryText(f.Values) + " of values of unbounded types"
	}
	if f.Slots > 0 {
		s += fmt.Sprintf("; the index is filled to %.0f %%", 100*float64(f.States)/float64(f.Slots))
	}
	return s
}

// idle names actions that were never taken.
func (t *text) idle(res *evidence.Result) {
	var names []string
	for _, c := range res.Coverage.Actions {
		if c.Taken == 0 {
			names = append(names, c.Action.Name)
		}
	}
	if len(names) > 0 {
		t.reason("never", "taken: "+strings.Join(names, ", "))
	}
}

// costs writes what each action takes, the most first.
func (t *text) costs(p *evidence.Profile) {
	total := time.Duration(0)
	for _, a := range p.Actions {
		total += a.Time
	}
	rows := [][]string{{"action", "steps", "per state", "of the time"}}
	for _, a := range p.Actions {
		each, share := "", ""
		if t.style.Times && total > 0 {
			each = (a.Time / time.Duration(p.Sampled)).String()
			share = fmt.Sprintf("%.0f %%", 100*float64(a.Time)/float64(total))
		}
		rows = append(rows, []string{a.Action.Name, number(a.Outcomes), each, share})
	}
	if !t.style.Times {
		for i := range rows {
			rows[i] = rows[i][:2]
		}
	}
	if len(rows) > 1 {
		t.table("actions", rows)
	}
}

// hottest writes where most expressions are evaluated.
func (t *text) hottest(p *evidence.Profile) {
	rows := [][]string{{"part", "evaluated", "of the work"}}
	for i, q := range p.Parts {
		if i == mostParts {
			break
		}
		name := q.Of
		if q.Expr != nil {
			name += ": " + shortened(t.source(q.Expr))
		} else if src := quote(t.files.Text(q.Span)); src != "" {
			name += ": " + shortened(src)
		}
		times := ""
		if q.Evaluations > 0 {
			times = number(q.Evaluations)
		}
		rows = append(rows, []string{name, times, fmt.Sprintf("%.0f %%", 100*float64(q.Work)/float64(p.Work))})
	}
	if len(rows) > 1 {
		t.table("hottest", rows)
	}
}

// shortened cuts what does not fit into a column.
func shortened(s string) string {
	const most = 48
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most-3]) + "..."
}

// memoryText writes an amount of memory.
func memoryText(n uint64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d B", n)
}
