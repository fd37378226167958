package report

import (
	"io"
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

// TheoremText writes what became of theorems.
func TheoremText(w io.Writer, files source.Set, s Style, theorems []evidence.Theorem) error {
	t := newText(w, files, s)
	for i := range theorems {
		t.theorem(&theorems[i])
	}
	return t.w.Flush()
}

func (t *text) theorem(x *evidence.Theorem) {
	name := x.Theorem.Kind.String() + " " + x.Theorem.Name
	switch {
	case x.Verdict != evidence.Holds:
		t.headline("UNKNOWN", name)
		t.reasonAt("unknown", x.Why, place(t.files, x.Span, true))
	case x.Theorem.Kind == ir.AxiomClaim:
		t.headline("AXIOM", name, "believed")
	case len(x.Rests) == 0:
		t.headline("PASS", name, "proved, every step checked by the proof kernel")
	default:
		t.headline("PASS", name, "proved, if what it rests on is so")
		for _, what := range x.Rests {
			t.reason("rests on", what)
		}
	}
}

// Unchecked writes everything that the report claims and that the proof kernel
// did not check.
func (r *Report) Unchecked(w io.Writer, s Style) error {
	t := newText(w, r.Files, s)
	t.print("not checked by the proof kernel:\n")
	for _, x := range r.Theorems {
		for _, what := range x.Rests {
			t.reason("", x.Theorem.Kind.String()+" "+x.Theorem.Name+" rests on "+what)
		}
	}
	for _, c := range r.Contracts {
		if c.Verdict == evidence.Holds && len(c.By) > 0 {
			t.reason("", "function "+c.Func.Name+" rests on "+strings.Join(c.By, " and "))
		}
	}
	for _, m := range r.Models {
		for i := range m.Result.Findings {
			f := &m.Result.Findings[i]
			if f.Verdict == evidence.Unknown {
				continue
			}
			by := m.Result.Engine
			if k := f.Prop.Kind; k == ir.Temporal || k == ir.CTL || k == ir.Scenario || k == ir.Refines {
				by = "a visit of all states"
			}
			t.reason("", f.Prop.Label()+" of model "+m.Result.System.Model+" rests on "+by)
		}
	}
	return t.w.Flush()
}

type jsonTheorem struct {
	Name    string      `json:"name"`
	Kind    string      `json:"kind"`
	Verdict string      `json:"verdict"`
	Why     string      `json:"why,omitempty"`
	Place   *diag.Place `json:"place,omitempty"`
	Uses    []string    `json:"uses,omitempty"`
	Rests   []string    `json:"restsOn,omitempty"`
}

func (j jsonWriter) theorem(x evidence.Theorem) jsonTheorem {
	out := jsonTheorem{Name: x.Theorem.Name, Kind: x.Theorem.Kind.String(), Verdict: x.Verdict.String(), Why: x.Why, Uses: x.Uses, Rests: x.Rests}
	at := x.Span
	if !at.IsValid() {
		at = x.Theorem.NameSpan
	}
	p := diag.PlaceOf(j.files, at)
	out.Place = &p
	return out
}

// theoremSummary counts the theorems that are proved.
func (r *Report) theoremSummary() string {
	proved, open := 0, 0
	for _, x := range r.Theorems {
		switch {
		case x.Theorem.Kind == ir.AxiomClaim:
		case x.Verdict == evidence.Holds:
			proved++
		default:
			open++
		}
	}
	if proved+open < 2 {
		return ""
	}
	parts := []string{count(uint64(proved), "theorem") + " proved"}
	if open > 0 {
		parts = append(parts, count(uint64(open), "theorem")+" not proved")
	}
	return strings.Join(parts, ", ") + "\n"
}
