package main

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/evidence/itf"
	"github.com/spec-lang/spec/ir/evidence/report"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

type verifyFlags struct {
	models   []string
	property string
	format   string
	out      string
	verbose  bool
	times    bool
	search   searchFlags
}

func newVerify(std streams) *cobra.Command {
	var f verifyFlags
	cmd := &cobra.Command{
		Use:   "verify FILE...",
		Short: "Check every model: all reachable states, shortest traces",
		Long: `verify checks every model of the files and compares what it finds with what
each model expects.

Exit codes: 0 every model as expected, 1 a property or an expectation failed,
2 errors in the spec or the usage, 3 not decided: a limit or a bound was met.
With --prove states are not visited: verdicts rest on proofs by induction.
An interrupt (Ctrl-C) ends the search and reports what is known so far.`,
		Example: `  spec verify examples/twophase/twophase.spec
  spec verify examples/twophase/twophase.spec --model Bug --verbose
  spec verify examples/twophase/twophase.spec --model Small --profile
  spec verify examples/peterson/peterson.spec --prove
  spec verify examples/twophase/twophase.spec --format json`,
		Args:              files,
		ValidArgsFunction: specFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, _, err := f.search.prover(); err != nil {
				return err
			}
			err := f.verify(cmd.Context(), std, args, f.search.check)
			if failed := f.search.prove.write(std); failed != nil {
				return failed
			}
			return err
		},
	}
	f.register(cmd)
	f.search.register(cmd.Flags())
	return cmd
}

// register are the flags that say which models are reported on, and how.
func (f *verifyFlags) register(cmd *cobra.Command) {
	fl := cmd.Flags()
	fl.StringArrayVarP(&f.models, "model", "m", nil, "check only the `model` of this name; may be repeated")
	fl.StringVarP(&f.property, "property", "p", "", "check only the `property` of this name")
	fl.StringVar(&f.format, "format", "text", "`form` of the report: text, json, or itf for the first trace")
	fl.StringVarP(&f.out, "output", "o", "", "write the report to a `file`")
	fl.BoolVarP(&f.verbose, "verbose", "v", false, "show traces that were expected, and coverage")
	fl.BoolVar(&f.times, "times", true, "print durations; --times=false makes reports comparable")
	complete(cmd, "model", completeModels)
	complete(cmd, "format", cobra.FixedCompletions([]string{"text", "json", "itf"}, cobra.ShellCompDirectiveNoFileComp))
}

// complete registers the completion of a flag.
func complete(cmd *cobra.Command, flag string, f cobra.CompletionFunc) {
	if err := cmd.RegisterFlagCompletionFunc(flag, f); err != nil {
		panic(err) // the flag does not exist: a fault of this program
	}
}

// checker decides one model.
type checker func(ctx context.Context, std streams, sys *ir.System) (*evidence.Result, error)

func (f *verifyFlags) verify(ctx context.Context, std streams, args []string, check checker) error {
	switch f.format {
	case "text", "json", "itf":
	default:
		return badFormat(f.format, "text", "json", "itf")
	}
	ctx, stop := interruptible(ctx)
	defer stop()
	l := load(args)
	chosen, err := l.models(f.models)
	if err != nil && !l.diags.HasErrors() {
		return err
	}
	theories := l.theories()
	if len(chosen) == 0 && !l.diags.HasErrors() && len(theories) == 0 && l.promises() == 0 {
		l.diags.Add(noModel(l.snaps[0]))
	}
	systems, err := f.systems(l, chosen)
	if err != nil {
		return err
	}
	w := &writer{std: std, f: f, report: &report.Report{Files: l.files, Diagnostics: l.diags}}
	if f.format == "text" {
		if err := printDiagnostics(std.err, l.files, l.diags); err != nil {
			return err
		}
	}
	if err := w.theorems(ctx, theories); err != nil {
		return err
	}
	if err := w.contracts(ctx, l); err != nil {
		return err
	}
	for _, sys := range systems {
		res, err := check(ctx, std, sys)
		if err == nil && f.search.prove.prove {
			if err = f.search.induct(ctx, l, res, w.report.Contracts); err == nil {
				err = f.search.visitUnbounded(ctx, sys, res)
			}
		}
		if err != nil {
			return err
		}
		if err := w.add(report.NewModel(res)); err != nil {
			return err
		}
	}
	return w.finish()
}

// systems are the kernels of the chosen models, cut down to --property.
func (f *verifyFlags) systems(l *loaded, chosen []choice) ([]*ir.System, error) {
	var out []*ir.System
	var known []string
	for _, c := range chosen {
		sys := l.system(c)
		if sys == nil {
			continue
		}
		if f.property != "" {
			for _, check := range sys.Checks {
				known = append(known, check.Prop.Name)
			}
			if sys = only(sys, f.property); sys == nil {
				continue
			}
		}
		out = append(out, sys)
	}
	if f.property != "" && len(out) == 0 && !l.diags.HasErrors() {
		return nil, unknownProperty(f.property, known)
	}
	return out, nil
}

// only is sys with the checks of one property, nil if it has none.
func only(sys *ir.System, property string) *ir.System {
	some := *sys
	some.Checks = nil
	for _, c := range sys.Checks {
		if c.Prop.Name == property {
			some.Checks = append(some.Checks, c)
		}
	}
	if some.Checks == nil {
		return nil
	}
	return &some
}

// writer writes verdicts: text as they come, other forms at the end.
type writer struct {
	std    streams
	f      *verifyFlags
	report *report.Report
	text   bytes.Buffer // text that goes to a file
}

func (w *writer) style() report.Style {
	s := report.Style{Width: columns(w.std.out), Color: colours(w.std.out), Times: w.f.times, Verbose: w.f.verbose}
	if w.f.out != "" {
		s.Width, s.Color = defaultWidth, false
	}
	return s
}

func (w *writer) add(m report.Model) error {
	w.report.Models = append(w.report.Models, m)
	switch {
	case w.f.format != "text":
		return nil
	case w.f.out != "":
		return m.Text(&w.text, w.report.Files, w.style())
	}
	return m.Text(w.std.out, w.report.Files, w.style())
}

func (w *writer) finish() error {
	var err error
	switch {
	case w.f.format == "json":
		if err = w.report.JSON(&w.text, w.f.times); err == nil {
			err = output(w.std, w.f.out, w.text.Bytes())
		}
	case w.f.format == "itf":
		err = w.itf()
	case w.f.out != "":
		if err = w.report.Summary(&w.text); err == nil {
			err = output(w.std, w.f.out, w.text.Bytes())
		}
	default:
		if err = w.report.Summary(w.std.out); err == nil && w.f.search.prove.trust != "" {
			err = w.report.Unchecked(w.std.out, w.style())
		}
	}
	if err != nil {
		return err
	}
	whole := len(w.f.models) == 0 && w.f.property == "" // or the actions may be taken elsewhere
	if len(w.report.Models) == 0 && len(w.report.Theorems) == 0 && len(w.report.Contracts) == 0 && !w.report.Diagnostics.HasErrors() {
		return exit(exitInconclusive) // there are theorems or functions, which nobody asked to prove
	}
	if idle := dead(w.report.Models); len(idle) > 0 && whole && w.report.Standing() == evidence.AsExpected {
		return w.refuse(idle)
	}
	return exitOf(w.report.Standing())
}

// dead are the warnings of actions that no model that has them takes.
func dead(models []report.Model) diag.List {
	declared, idle := map[source.Span]int{}, map[source.Span]int{}
	for _, m := range models {
		for _, a := range m.Result.System.Actions {
			declared[a.NameSpan]++
		}
	}
	var out diag.List
	for _, m := range models {
		for _, d := range m.Warnings {
			if d.Code != evidence.ActionNeverTaken {
				continue
			}
			if idle[d.Span]++; idle[d.Span] == declared[d.Span] {
				out.Add(d)
			}
		}
	}
	return out
}

// refuse ends a run that would pass but for actions that can never happen.
func (w *writer) refuse(dead diag.List) error {
	for _, d := range dead {
		at := diag.PlaceOf(w.report.Files, d.Span)
		_, err := fmt.Fprintf(w.std.err, "%s:%d:%d: error %s: no model takes this action\n   help: mend it, or write `mutate ACTION when false` in a model to say that it is meant\n",
			at.File, at.Line, at.Column, d.Code)
		if err != nil {
			return err
		}
	}
	return exit(exitUsage)
}

// itf writes the first trace, those of complaints first.
func (w *writer) itf() error {
	if w.report.Diagnostics.HasErrors() {
		if err := printDiagnostics(w.std.err, w.report.Files, w.report.Diagnostics); err != nil {
			return err
		}
		return exit(exitUsage)
	}
	sys, f, n := w.firstTrace()
	if n == 0 {
		fmt.Fprintln(w.std.err, "spec: no model has a trace to write")
		return nil
	}
	if n > 1 {
		fmt.Fprintf(w.std.err, "spec: there are %d traces, this is the one to %s of model %s; choose with --model and --property\n",
			n, f.Prop.Label(), sys.Model)
	}
	data, err := itf.Write(sys, f)
	if err != nil {
		return err
	}
	return output(w.std, w.f.out, data)
}

func (w *writer) firstTrace() (sys *ir.System, first *evidence.Finding, n int) {
	for _, m := range w.report.Models {
		for i := range m.Result.Findings {
			f := &m.Result.Findings[i]
			if f.Trace == nil {
				continue
			}
			if n++; first == nil || first.Ok && !f.Ok {
				sys, first = m.Result.System, f
			}
		}
	}
	return sys, first, n
}

// elapsed is the time since start; the clock is read only in this program.
func elapsed(start time.Time) time.Duration { return time.Since(start) }
