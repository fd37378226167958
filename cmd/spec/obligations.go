package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spec-lang/spec/ir/discharge"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

// obligation is a value that has to be of a type, in a model, as JSON has it.
type obligation struct {
	Model  string `json:"model"`
	Value  string `json:"value"` // its text
	Type   string `json:"type"`
	By     string `json:"by"`               // constants, intervals or model checker
	Values string `json:"values,omitempty"` // what it may be, if nothing shows it
	Breaks string `json:"breaks,omitempty"` // those of them outside the type
	Fails  bool   `json:"fails,omitempty"`  // it never is of the type
	diag.Place
}

// obligations lists those of all models that elaborate.
func (l *loaded) obligations() []obligation {
	out := []obligation{}
	all, err := l.models(nil)
	if err != nil {
		return out // which only a name can cause
	}
	for _, c := range all {
		sys := l.system(c)
		if sys == nil {
			continue
		}
		for _, a := range discharge.Of(sys) {
			out = append(out, obligation{Model: sys.Model, Value: oneLine(l.files.Text(a.Span)), Type: a.Type, By: a.By.String(),
				Values: a.Values, Breaks: a.Breaks, Fails: a.Fails, Place: diag.PlaceOf(l.files, a.Span)})
		}
	}
	return out
}

func oneLine(text string) string {
	line, _, more := strings.Cut(text, "\n")
	if more {
		line += " ..."
	}
	return line
}

// writeObligations writes one line for each.
func writeObligations(w io.Writer, list []obligation) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	model := ""
	for _, o := range list {
		if o.Model != model {
			model = o.Model
			fmt.Fprintf(t, "values of model %s\n", model)
		}
		fmt.Fprintf(t, "  %s:%d:%d\t%s\tis in %s\t%s\n", o.File, o.Line, o.Column, o.Value, o.Type, o.shown())
	}
	return t.Flush()
}

// shown says by what an obligation is met, and else what breaks it.
func (o obligation) shown() string {
	switch {
	case o.By != discharge.ModelChecker.String():
		return "by " + o.By
	case o.Fails:
		return "never: it is " + o.Values
	case o.Breaks != "":
		return "left to the model checker, as it may be " + o.Breaks
	case o.Values != "":
		return "left to the model checker, as it may be any of " + o.Values
	}
	return "left to the model checker"
}

// checkedJSON renders diagnostics and obligations as one object.
func checkedJSON(files source.Set, list diag.List, obligations []obligation) ([]byte, error) {
	return json.MarshalIndent(struct {
		Diagnostics []diag.Record `json:"diagnostics"`
		Obligations []obligation  `json:"obligations"`
	}{diag.Records(files, list), obligations}, "", "  ")
}
