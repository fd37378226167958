package report

import (
	"fmt"
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
)

// labelWidth is the column at which reasons begin.
const labelWidth = 12

// reason writes one labelled reason, broken at spaces.
func (t *text) reason(label, s string) {
	t.print("  ", pad(label, labelWidth-2), words(s, labelWidth, labelWidth, t.style.Width), "\n")
}

// reasonAt writes a reason with its place behind it.
func (t *text) reasonAt(label, s, at string) {
	body := words(s, labelWidth, labelWidth, t.style.Width)
	last := body[strings.LastIndexByte(body, '\n')+1:]
	switch {
	case at == "":
	case labelWidth+width(last)+len(gap)+width(at) <= t.style.Width:
		body += gap + at
	default:
		body += "\n" + strings.Repeat(" ", labelWidth) + at
	}
	t.print("  ", pad(label, labelWidth-2), body, "\n")
}

// reasons says why a finding is what it is and how to see it again.
func (t *text) reasons(res *evidence.Result, f *evidence.Finding) {
	if f.Prop.Kind == ir.Deadlock && f.Trace != nil && len(res.System.Vars) > 0 {
		last := f.Trace.Steps[len(f.Trace.Steps)-1]
		t.print("  ", pad("state", labelWidth-2), flow(stateTexts(res.System, last.State), gap, labelWidth, labelWidth, t.style.Width), "\n")
	}
	t.failing(f)
	t.induction(f)
	t.contract(f)
	t.branches(res.System, f)
	t.above(f)
	t.because(f)
	if f.Prop.Kind == ir.Deadlock && len(res.System.Actions) == 0 {
		t.reason("stuck", "the machine has no actions")
	}
	t.stuck(f)
	t.fair(f)
	if f.Trace == nil {
		return
	}
	switch order, _, _ := strings.Cut(res.Engine, ","); {
	case f.Branch != nil || len(f.Trace.Steps) < 2 || f.Trace.Loop >= 0:
	case res.Shortest:
		t.reason("shortest", order+"; every step is needed")
	case res.Uncounted():
		t.reason("long", "found on the way to a proof; a shorter trace may exist")
	case res.Basis.Kind != evidence.Sampled:
		t.reason("long", "found in "+order+" order; a shorter trace may exist")
	}
	again := "--trace " + f.ID()
	switch {
	case f.Estimate != nil:
		t.reason("how often", f.Estimate.Words(evidence.Verbs(f.Prop.Kind)))
		again = fmt.Sprintf("%s --run %d", res.Basis.Replay, f.Estimate.First)
	case res.Basis.Kind == evidence.Sampled:
		again = res.Basis.Replay
	}
	t.reason("replay", fmt.Sprintf("spec run %s --model %s %s", res.System.Span.File, res.System.Model, again))
}

// because says what went wrong where no formula does, with the source there.
func (t *text) because(f *evidence.Finding) {
	if f.Verdict != evidence.Violated {
		return
	}
	if f.Why != "" {
		t.reason("because", f.Why)
	}
	switch f.Prop.Kind {
	case ir.Evaluation, ir.Assertion, ir.Scenario: // of a contract it is told with its arguments
		at := f.Place()
		if part := quote(t.files.Text(at)); part != "" && f.Why != "" {
			t.reasonAt("at", part, place(t.files, at, true))
		}
	}
}

// failing writes the smallest false part with the values that make it so.
func (t *text) failing(f *evidence.Finding) {
	switch {
	case f.Verdict != evidence.Violated:
		return
	case f.Prop.Kind == ir.Witness && f.Prop.Formula != nil:
		t.reason("never", t.source(f.Prop.Formula)+" in any reachable state")
		return
	}
	if f.Failing == nil {
		if f.Prop.Formula != nil {
			t.reason("violated", t.source(f.Prop.Formula))
		}
		return
	}
	at := place(t.files, f.Failing.Expr.Span(), true)
	if at == place(t.files, f.Prop.Span, true) {
		at = ""
	}
	t.reasonAt("violated", t.source(f.Failing.Expr), at)
	if len(f.Failing.Bindings) > 0 {
		t.print("  ", pad("", labelWidth-2), "with ", flow(bindings(f.Failing.Bindings), ", ", labelWidth+5, labelWidth+5, t.style.Width), "\n")
	}
}

func bindings(bs []evidence.Binding) []string {
	out := make([]string, len(bs))
	for i, b := range bs {
		out[i] = b.Local.Name + " = " + Show(b.Local.Type, b.Value)
		if b.Note != "" {
			out[i] += " (" + b.Note + ")"
		}
	}
	return out
}

// source is an expression as it stands in the source, on one line.
func (t *text) source(e ir.Expr) string { return exprText(t.files, e) }

// stuck writes one line for each action: what it waits for.
func (t *text) stuck(f *evidence.Finding) { t.blocked("stuck", f.Stuck) }

// blocked writes one line for each action: what keeps it from happening.
func (t *text) blocked(title string, list []evidence.Blocked) {
	names, whys := make([]string, len(list)), make([]string, len(list))
	col, whyCol := 0, 0
	for i, b := range list {
		names[i] = blockedCall(b)
		whys[i] = b.Reason
		if b.Expr != nil {
			whys[i] = "needs " + t.source(b.Expr)
		}
		col, whyCol = max(col, min(widest, width(names[i]))), max(whyCol, min(44, width(whys[i])))
	}
	for i, b := range list {
		label := ""
		if i == 0 {
			label = title
		}
		pieces := []string{pad(whys[i], whyCol)}
		if b.Expr != nil && b.Reason != "" {
			pieces = append(pieces, "("+b.Reason+")")
		}
		if b.Expr != nil {
			pieces = append(pieces, place(t.files, b.Expr.Span(), true))
		}
		from := labelWidth + col + len(gap)
		lines := "  " + pad(label, labelWidth-2) + pad(names[i], col) + gap +
			flow(pieces, gap, max(from, labelWidth+width(names[i])), from, t.style.Width)
		for line := range strings.SplitSeq(lines, "\n") {
			t.print(strings.TrimRight(line, " "), "\n")
		}
	}
}

// mostFair is how many actions are said to be treated fairly.
const mostFair = 40

// fair writes one line for each action: why the loop is fair to it.
func (t *text) fair(f *evidence.Finding) {
	col := 0
	for _, x := range f.Fair {
		col = max(col, min(widest, width(fairCall(x))))
	}
	for i, x := range f.Fair {
		label := ""
		if i == 0 {
			label = "fair"
		}
		if i == mostFair {
			t.reason("", count(uint64(len(f.Fair)-i), "action")+" more")
			return
		}
		pieces := []string{fairText(x)}
		if b := x.Blocked; x.How == evidence.FairDisabled {
			if b.Expr != nil {
				pieces = append(pieces, "needs "+t.source(b.Expr))
			}
			if b.Reason != "" {
				pieces = append(pieces, "("+b.Reason+")")
			}
		}
		from := labelWidth + col + len(gap)
		lines := "  " + pad(label, labelWidth-2) + pad(fairCall(x), col) + gap + flow(pieces, gap, max(from, labelWidth+width(fairCall(x))), from, t.style.Width)
		for line := range strings.SplitSeq(lines, "\n") {
			t.print(strings.TrimRight(line, " "), "\n")
		}
	}
}

// fairText says why a loop is fair to an action.
func fairText(x evidence.Fair) string {
	switch {
	case x.How == evidence.FairTaken:
		return fmt.Sprintf("taken at #%d", x.Step)
	case x.How == evidence.FairDisabled && x.Action.Fair == ir.Strong:
		return fmt.Sprintf("never possible in the loop, as at #%d", x.Step)
	case x.How == evidence.FairDisabled:
		return fmt.Sprintf("not possible at #%d", x.Step)
	}
	return "possible all along, but not declared fair"
}

func fairCall(x evidence.Fair) string {
	return blockedCall(evidence.Blocked{Action: x.Action, Args: x.Args})
}

// blockedCall is an action with the arguments that came closest.
func blockedCall(b evidence.Blocked) string {
	if len(b.Args) == 0 {
		return b.Action.Name
	}
	parts := make([]string, len(b.Args))
	for i, a := range b.Args {
		parts[i] = Show(a.Local.Type, a.Value)
	}
	return b.Action.Name + "(" + strings.Join(parts, ", ") + ")"
}
