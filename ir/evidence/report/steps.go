package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/lang/source"
)

// WriteTrace writes the steps of a run, one line each, beginning with the
// values of the initial state.
func WriteTrace(w io.Writer, files source.Set, sys *ir.System, tr *evidence.Trace, s Style) error {
	t := newText(w, files, s)
	t.steps(sys, tr, true, false)
	return t.w.Flush()
}

// WriteFinding writes the trace to a finding as WriteTrace does, and why it is
// what it is.
func WriteFinding(w io.Writer, files source.Set, res *evidence.Result, f *evidence.Finding, s Style) error {
	t := newText(w, files, s)
	t.steps(res.System, f.Trace, true, failsInStep(f))
	t.reasons(res, f)
	return t.w.Flush()
}

// widest is how wide a column of a trace may be before it gets its own line.
const widest = 34

// steps writes a trace: number and action, place, what changed; of the first
// state the values if initial is set. With fails, the last step has no end.
// The states of a loop have a bar before them.
func (t *text) steps(sys *ir.System, tr *evidence.Trace, initial, fails bool) {
	nums := make([]int, len(tr.Steps)+1)
	for i := range nums {
		nums[i] = i
	}
	t.numbered(sys, tr, nums, 0, initial, fails)
	if tr.Loop >= 0 && tr.Back.Action == nil {
		t.print(fmt.Sprintf("| and so for ever: nothing is possible in #%d\n", tr.Loop))
	}
}

// numbered writes a trace as steps does, from step first on, with the given
// numbers, and the step that leads back if it has one.
func (t *text) numbered(sys *ir.System, tr *evidence.Trace, nums []int, first int, initial, fails bool) {
	all := tr.Steps
	if tr.Loop >= 0 && tr.Back.Action != nil {
		all = append(all[:len(all):len(all)], tr.Back)
	}
	names, places := make([]string, len(all)), make([]string, len(all))
	nameCol, placeCol := 0, 0
	for i, s := range all {
		names[i] = fmt.Sprintf("#%d %s", nums[i], stepName(s))
		if s.Action != nil {
			places[i] = place(t.files, stepSpan(s), true)
		}
		if n := width(names[i]); n <= widest {
			nameCol = max(nameCol, n)
		}
		placeCol = max(placeCol, width(places[i]))
	}
	for i, s := range all {
		if i < first || t.leftOut(i, len(all)) {
			continue
		}
		var changes []string
		switch {
		case i > 0:
			changes = changeTexts(Diff(sys, all[i-1].State, s.State), fails && i == len(all)-1)
		case initial:
			changes = stateTexts(sys, s.State)
		}
		if i == len(tr.Steps) {
			changes = append(changes, fmt.Sprintf("back to #%d, and so for ever", nums[tr.Loop]))
		}
		t.mark = tr.Loop >= 0 && i >= tr.Loop
		t.step(names[i], places[i], changes, nameCol, placeCol)
	}
	t.mark = false
}

// Of a longer trace than mostSteps the first and the last steps are shown.
const (
	mostSteps  = 200
	firstSteps = 20
	lastSteps  = 100
)

// leftOut reports whether step i of n is left out, and says so once.
func (t *text) leftOut(i, n int) bool {
	if t.style.Verbose || n <= mostSteps || i < firstSteps || i >= n-lastSteps {
		return false
	}
	if i == firstSteps {
		t.print("  ... ", count(uint64(n-firstSteps-lastSteps), "step"), " left out; --verbose shows them\n")
	}
	return true
}

func (t *text) step(name, at string, changes []string, nameCol, placeCol int) {
	indent := 2 + nameCol + len(gap) + placeCol + len(gap)
	margin := "  "
	if t.mark {
		margin = "| "
	}
	line := margin + pad(name, nameCol) + gap + t.paint.faint(at) + pad("", placeCol-width(at))
	if width(name) > nameCol {
		line = margin + name + "\n" + strings.Repeat(" ", 2+nameCol) + gap + t.paint.faint(at) + pad("", placeCol-width(at))
	}
	if len(changes) > 0 {
		line += gap + flow(changes, gap, indent, indent, t.style.Width)
	}
	t.print(strings.TrimRight(line, " "), "\n")
}

// stepName is an action with its arguments: "Prepare(a)".
func stepName(s evidence.Step) string {
	if s.Action == nil {
		return "init"
	}
	return call(s.Action, s.Args)
}

func call(a *ir.Action, args []ir.Value) string {
	if len(args) == 0 {
		return a.Name
	}
	parts := make([]string, len(args))
	for i, v := range args {
		parts[i] = Show(a.Params[i].Local.Type, v)
	}
	return a.Name + "(" + strings.Join(parts, ", ") + ")"
}

func stepSpan(s evidence.Step) source.Span {
	if s.Span.IsValid() {
		return s.Span
	}
	return s.Action.NameSpan
}

// failsInStep reports whether a finding may be about a step that has no end.
func failsInStep(f *evidence.Finding) bool {
	return f.Prop.Kind == ir.Evaluation || f.Prop.Kind == ir.Assertion
}

func changeTexts(cs []Change, fails bool) []string {
	switch {
	case len(cs) == 0 && fails:
		return []string{"(fails)"}
	case len(cs) == 0:
		return []string{"(nothing changes)"}
	}
	out := make([]string, len(cs))
	for i, c := range cs {
		out[i] = c.String()
	}
	return out
}

func stateTexts(sys *ir.System, state []ir.Value) []string {
	out := make([]string, len(sys.Vars))
	for i, v := range sys.Vars {
		out[i] = v.Name + " = " + Show(v.Type, state[v.Index])
	}
	return out
}
