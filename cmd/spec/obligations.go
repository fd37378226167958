package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/discharge"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/prover"
)

// obligation is a value that has to be of a type, in a model, as JSON has it.
type obligation struct {
	Model  string `json:"model"`
	Value  string `json:"value"` // its text
	Type   string `json:"type"`
	By     string `json:"by"`               // constants, intervals, proof or model checker
	Values string `json:"values,omitempty"` // what it may be, if nothing shows it
	Breaks string `json:"breaks,omitempty"` // those of them outside the type
	Fails  bool   `json:"fails,omitempty"`  // it never is of the type
	diag.Place
}

// obligations lists those of all models that elaborate.
func (l *loaded) obligations(ctx context.Context) []obligation {
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
		answers := discharge.Of(sys)
		proved := slices.ContainsFunc(answers, open) && neverFails(ctx, sys)
		for _, a := range answers {
			o := obligation{Model: sys.Model, Value: oneLine(l.files.Text(a.Span)), Type: a.Type, By: a.By.String(),
				Values: a.Values, Breaks: a.Breaks, Fails: a.Fails, Place: diag.PlaceOf(l.files, a.Span)}
			if proved && open(a) {
				o.By, o.Values, o.Breaks = byProof, "", ""
			}
			out = append(out, o)
		}
	}
	return out
}

// byProof is what shows an obligation if no step of the model ever fails.
const byProof = "proof"

// proofTime is how long a proof that no step fails may take.
const proofTime = 2 * time.Second

// open reports whether nothing shows an obligation so far.
func open(a discharge.Answer) bool { return a.By == discharge.ModelChecker && !a.Fails }

// neverFails reports whether it is proved that no step of a model fails.
func neverFails(ctx context.Context, sys *ir.System) bool {
	steps := *sys
	steps.Checks = nil
	res, err := prover.Check(ctx, &steps, prover.Options{Limits: prover.Limits{Time: proofTime, Memory: machineMemory() / 4}})
	return err == nil && res.Basis.Kind == evidence.Inductive &&
		!slices.ContainsFunc(res.Findings, func(x evidence.Finding) bool { return x.Prop.Kind == ir.Evaluation })
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
