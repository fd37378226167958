package report

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

// Style is how text is written. The zero Style is plain, 100 columns wide,
// without times: the same result is the same text.
type Style struct {
	Width   int  // columns; 0 means 100
	Color   bool // terminal colours
	Times   bool // durations
	Verbose bool // traces of what was expected to fail or be reached, and coverage
}

type text struct {
	w     *bufio.Writer
	files source.Set
	style Style
	paint paint
	mark  bool // the steps that are written belong to a loop
}

func newText(w io.Writer, files source.Set, s Style) *text {
	if s.Width <= 0 {
		s.Width = 100
	}
	return &text{w: bufio.NewWriter(w), files: files, style: s, paint: paint(s.Color)}
}

func (t *text) print(parts ...string) {
	for _, p := range parts {
		t.w.WriteString(p) // the error is kept and returned by Flush
	}
}

// Text writes the verdicts of all models, without the diagnostics of sources.
func (r *Report) Text(w io.Writer, s Style) error {
	if err := TheoremText(w, r.Files, s, r.Theorems); err != nil {
		return err
	}
	for _, m := range r.Models {
		if err := m.Text(w, r.Files, s); err != nil {
			return err
		}
	}
	return r.Summary(w)
}

// Text writes the verdicts of one model.
func (m Model) Text(w io.Writer, files source.Set, s Style) error {
	t := newText(w, files, s)
	t.model(m)
	t.warnings(m.Warnings)
	return t.w.Flush()
}

// Summary writes a line about several theorems, and one about several models.
func (r *Report) Summary(w io.Writer) error {
	summary := r.theoremSummary() + r.contractSummary()
	if len(r.Models) > 1 {
		summary += r.summary()
	}
	_, err := io.WriteString(w, summary)
	return err
}

func (t *text) model(m Model) {
	res := m.Result
	if m.Judgement.Standing == evidence.AsExpected {
		t.headline(goodWord(res), "model "+Sizes(res.System), t.figures(res, false))
		t.settled(res)
		t.coverageLine(res)
	}
	for _, c := range m.Judgement.Complaints {
		t.complaint(res, c)
	}
	if m.Judgement.Standing != evidence.AsExpected {
		t.besides(res)
	}
	if res.Sample != nil {
		t.sample(res)
	}
	for _, b := range res.Basis.BoundOf {
		t.reasonAt("bound", t.source(b.Cond), place(t.files, b.Span, true))
	}
	for _, n := range res.Basis.Notes {
		t.reason("note", n)
	}
	if res.Profile != nil {
		t.spaceReport(res)
	}
	if t.style.Verbose {
		t.expectedTraces(res)
		t.coverage(res)
		t.parts(res)
		t.proofs(res)
	}
}

func (t *text) complaint(res *evidence.Result, c evidence.Complaint) {
	word, label, depth := "FAIL", "", ""
	if c.Undecided {
		word = "UNKNOWN"
	}
	violated := false
	if f := c.Finding; f != nil {
		label = headlineLabel(f)
		violated = c.Diagnostic.Code == evidence.ViolationCode(f.Prop.Kind)
		if f.Trace != nil {
			depth = "depth " + strconv.Itoa(f.Depth)
		}
	}
	figures := t.figures(res, violated)
	if c.Finding != nil && c.Finding.Contract != nil {
		figures = "" // it has nothing to do with states
	}
	at := strings.TrimSpace(string(c.Diagnostic.Code) + " " + place(t.files, c.Diagnostic.Span, false))
	t.headline(word, label, "model "+Sizes(res.System), depth, figures, at)
	if c.Finding != nil && c.Finding.Trace != nil {
		t.steps(res.System, c.Finding.Trace, res.States.Initial > 1 || len(c.Finding.Trace.Steps) == 1, failsInStep(c.Finding))
	}
	switch {
	case c.Undecided:
		t.reason("unknown", c.Diagnostic.Message)
	case !violated:
		t.reason("expects", c.Diagnostic.Message)
	}
	if c.Diagnostic.Help != "" {
		t.reason("help", c.Diagnostic.Help)
	}
	if c.Finding != nil {
		t.reasons(res, c.Finding)
	}
}

// headlineLabel names a finding; a built-in property goes by what it found.
func headlineLabel(f *evidence.Finding) string {
	switch f.Prop.Kind {
	case ir.Deadlock:
		return "deadlock"
	case ir.Assertion:
		return "assertion"
	case ir.Evaluation:
		return "evaluation error"
	}
	return f.Prop.Label()
}

// settled lists the verdicts of a model that came out as expected.
func (t *text) settled(res *evidence.Result) {
	kinds, names := 0, 0
	for _, f := range res.Findings {
		kinds, names = max(kinds, width(kindWord(&f))), max(names, width(f.Prop.Name))
	}
	for i := range res.Findings {
		f := &res.Findings[i]
		t.print("      ", pad(kindWord(f), kinds), " ", pad(f.Prop.Name, names), gap, outcome(res, f), "\n")
	}
}

func kindWord(f *evidence.Finding) string {
	if f.Prop.Name == "" {
		return headlineLabel(f)
	}
	if f.Prop.Run != nil && f.Prop.Run.Refuse {
		return "refuse scenario"
	}
	return f.Prop.Kind.String()
}

// outcome is a verdict in words.
func outcome(res *evidence.Result, f *evidence.Finding) string {
	at := ""
	if f.Trace != nil {
		at = " at depth " + strconv.Itoa(f.Depth)
	}
	switch {
	case f.Estimate != nil:
		return sampledOutcome(f)
	case f.Verdict == evidence.Unknown && res.Sample != nil:
		return "not looked at: " + f.Why
	case f.Verdict == evidence.Unknown && (f.Prop.Kind == ir.Temporal || f.Prop.Kind == ir.CTL || f.Prop.Kind == ir.Refines):
		return "unknown (" + f.Why + "), as expected"
	case f.Verdict == evidence.Unknown:
		return "unknown (no violation within the bound), as expected"
	case f.Verdict == evidence.Violated && f.Prop.Kind == ir.Witness:
		return "not reached, as expected"
	case f.Verdict == evidence.Violated:
		return "violated" + at + ", as expected"
	case f.Prop.Kind == ir.Witness:
		return "reached" + at
	case f.Prop.Run != nil && f.Prop.Run.Refuse:
		return "not possible"
	case f.Prop.Kind == ir.Scenario:
		return "possible"
	case f.Contract != nil:
		return "holds, " + provedBy(f.Contract)
	case f.Induction != nil && f.Induction.Outcome == evidence.IsInductive:
		return "holds, " + proved(f, res.System)
	}
	if f.Proof != nil {
		return "holds " + f.Proof.Words()
	}
	return "holds"
}

// besides lists what a model that is not as expected has as expected.
func (t *text) besides(res *evidence.Result) {
	var parts []string
	for i := range res.Findings {
		if f := &res.Findings[i]; f.Ok {
			parts = append(parts, headlineLabel(f)+" "+outcome(res, f))
		}
	}
	if len(parts) > 0 {
		t.print("  besides   ", flow(parts, ", ", labelWidth, labelWidth, t.style.Width), "\n")
	}
}

func (t *text) expectedTraces(res *evidence.Result) {
	for i := range res.Findings {
		f := &res.Findings[i]
		if f.Trace == nil || !f.Ok {
			continue
		}
		t.print("  ", headlineLabel(f), " ", outcome(res, f), "\n")
		t.steps(res.System, f.Trace, res.States.Initial > 1, failsInStep(f))
		t.reasons(res, f)
	}
}

func (r *Report) summary() string {
	count := map[evidence.Standing]int{}
	for _, m := range r.Models {
		count[m.Judgement.Standing]++
	}
	parts := []string{fmt.Sprintf("%d as expected", count[evidence.AsExpected])}
	if n := count[evidence.Failed] + count[evidence.Broken]; n > 0 {
		parts = append(parts, fmt.Sprintf("%d failed", n))
	}
	if n := count[evidence.Inconclusive]; n > 0 {
		parts = append(parts, fmt.Sprintf("%d inconclusive", n))
	}
	return fmt.Sprintf("%d models: %s\n", len(r.Models), strings.Join(parts, ", "))
}

// warnings writes each warning under the verdict that it qualifies.
func (t *text) warnings(ds diag.List) {
	for _, d := range ds.Sorted() {
		t.print("  ", t.paint.yellow("warning"), "   ", flow([]string{d.Message, string(d.Code) + " " + place(t.files, d.Span, false)}, gap, labelWidth, labelWidth, t.style.Width), "\n")
		for _, r := range d.Related {
			t.reason("", r.Message+": "+quote(t.files.Text(r.Span)))
		}
		t.reason("help", d.Help)
	}
}
