package report

import (
	"io"
	"strings"

	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

// ContractText writes what became of the functions of files.
func ContractText(w io.Writer, files source.Set, s Style, all []*evidence.Contract) error {
	t := newText(w, files, s)
	for _, c := range all {
		t.function(c)
	}
	return t.w.Flush()
}

func (t *text) function(c *evidence.Contract) {
	f := c.Finding()
	at := place(t.files, f.Place(), false)
	switch {
	case c.Verdict == evidence.Holds:
		t.headline("PASS", f.Prop.Label(), provedBy(c))
		for _, x := range c.Believed() {
			t.reason("rests on", believed(x.Name))
		}
		return
	case c.Verdict == evidence.Violated:
		t.headline("FAIL", f.Prop.Label(), string(evidence.ContractBroken)+" "+at)
	default:
		t.headline("UNKNOWN", f.Prop.Label(), at)
		t.reason("unknown", c.Unmet.Why)
	}
	t.contract(&f)
	t.because(&f)
	if c.Unmet.Help != "" {
		t.reason("help", c.Unmet.Help)
	}
}

func provedBy(c *evidence.Contract) string {
	if c.Goals == 0 {
		return "proved, nothing can go wrong"
	}
	if len(c.By) == 0 {
		return "proved (" + count(uint64(c.Goals), "goal") + ")"
	}
	return "proved (" + count(uint64(c.Goals), "goal") + " by " + strings.Join(c.By, " and ") + ")"
}

func believed(name string) string { return "what extern function " + name + " is said to do" }

// contractSummary counts the functions that are proved.
func (r *Report) contractSummary() string {
	n := map[evidence.Verdict]uint64{}
	for _, c := range r.Contracts {
		n[c.Verdict]++
	}
	if len(r.Contracts) < 2 {
		return ""
	}
	parts := []string{count(n[evidence.Holds], "function") + " proved"}
	if n[evidence.Violated] > 0 {
		parts = append(parts, count(n[evidence.Violated], "function")+" refuted")
	}
	if n[evidence.Unknown] > 0 {
		parts = append(parts, count(n[evidence.Unknown], "function")+" not decided")
	}
	return strings.Join(parts, ", ") + "\n"
}

type jsonFunction struct {
	Name    string        `json:"name"`
	Verdict string        `json:"verdict"`
	Code    diag.Code     `json:"code,omitempty"`
	Why     string        `json:"why,omitempty"`
	Help    string        `json:"help,omitempty"`
	Place   diag.Place    `json:"place"`
	Proof   *jsonContract `json:"contract"`
	Rests   []string      `json:"restsOn,omitempty"`
}

func (j jsonWriter) function(c *evidence.Contract) jsonFunction {
	f := c.Finding()
	out := jsonFunction{Name: f.Prop.Name, Verdict: c.Verdict.String(), Why: f.Why, Place: diag.PlaceOf(j.files, f.Place()), Proof: j.contract(c)}
	for _, x := range c.Believed() {
		out.Rests = append(out.Rests, believed(x.Name))
	}
	if c.Unmet != nil {
		out.Help = c.Unmet.Help
	}
	if c.Verdict == evidence.Violated {
		out.Code = evidence.ContractBroken
	}
	return out
}

// contract says which goal of a function is not met, and for which arguments.
func (t *text) contract(f *evidence.Finding) {
	if f.Contract == nil || f.Contract.Unmet == nil {
		return
	}
	u := f.Contract.Unmet
	if u.Goal != "" {
		t.reason("goal", u.Goal)
	}
	if part := quote(t.files.Text(u.Span)); part != "" && u.Span != f.Contract.Func.Span {
		t.reasonAt("at", part, place(t.files, u.Span, true))
	}
	if part := quote(t.files.Text(u.From)); part != "" {
		t.reasonAt("by", part, place(t.files, u.From, true))
	}
	if len(u.Args) > 0 {
		t.print("  ", pad("with", labelWidth-2), flow(bindings(u.Args), ", ", labelWidth, labelWidth, t.style.Width), "\n")
	}
}

type jsonContract struct {
	Goals int           `json:"goals"`
	By    []string      `json:"by"`
	Goal  string        `json:"goal,omitempty"`
	From  *diag.Place   `json:"from,omitempty"`
	Args  []jsonBinding `json:"args"`
}

func (j jsonWriter) contract(c *evidence.Contract) *jsonContract {
	if c == nil {
		return nil
	}
	out := &jsonContract{Goals: c.Goals, By: append([]string{}, c.By...), Args: []jsonBinding{}}
	if u := c.Unmet; u != nil {
		out.Goal, out.Args = u.Goal, jsonBindings(u.Args)
		if u.From.IsValid() {
			p := diag.PlaceOf(j.files, u.From)
			out.From = &p
		}
	}
	return out
}
