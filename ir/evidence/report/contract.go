package report

import "github.com/spec-lang/spec/ir/evidence"

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
	if len(u.Args) > 0 {
		t.print("  ", pad("with", labelWidth-2), flow(bindings(u.Args), ", ", labelWidth, labelWidth, t.style.Width), "\n")
	}
}

type jsonContract struct {
	Goals int           `json:"goals"`
	By    []string      `json:"by"`
	Goal  string        `json:"goal,omitempty"`
	Args  []jsonBinding `json:"args"`
}

func jsonContractOf(c *evidence.Contract) *jsonContract {
	if c == nil {
		return nil
	}
	out := &jsonContract{Goals: c.Goals, By: append([]string{}, c.By...), Args: []jsonBinding{}}
	if u := c.Unmet; u != nil {
		out.Goal, out.Args = u.Goal, jsonBindings(u.Args)
	}
	return out
}
