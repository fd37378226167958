package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/evidence/itf"
	"github.com/spec-lang/spec/ir/evidence/report"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/mc/simulate"
)

type runFlags struct {
	model  string
	trace  string
	steps  int
	number int // of the run
	random randomFlags
	search searchFlags
}

func newRun(std streams) *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "run FILE",
		Short: "Take a run: at random, or a trace that was found before",
		Long: `run shows a run of a model step by step.

Without --trace it chooses at random; the same seed takes the same run. With
--trace it replays the trace that spec verify names, which it finds by searching
again, or one in a file: an ITF trace or a JSON report of spec verify.`,
		Example: `  spec run examples/twophase/twophase.spec --model Small --seed 7
  spec verify examples/twophase/twophase.spec --model Bug --format itf -o bug.itf.json
  spec run examples/twophase/twophase.spec --model Bug --trace bug.itf.json`,
		Args:              oneFile,
		ValidArgsFunction: specFiles,
		RunE:              func(cmd *cobra.Command, args []string) error { return f.run(cmd.Context(), std, args) },
	}
	fl := cmd.Flags()
	fl.StringVarP(&f.model, "model", "m", "", "run the `model` of this name")
	fl.StringVar(&f.trace, "trace", "", "replay the trace of this `id`, or of this file")
	f.random.register(cmd)
	fl.IntVar(&f.number, "run", 0, "take run number `i` of those that spec simulate takes")
	fl.IntVar(&f.steps, "steps", 20, "take at most `n` random steps")
	complete(cmd, "model", completeModels)
	return cmd
}

func (f *runFlags) run(ctx context.Context, std streams, args []string) error {
	l := load(args)
	sys, err := l.one(f.model)
	if err != nil {
		return err
	}
	if err := printDiagnostics(std.err, l.files, l.diags); err != nil {
		return err
	}
	if sys == nil {
		return exit(exitUsage)
	}
	style := report.Style{Width: columns(std.out), Color: colours(std.out), Verbose: true}
	switch {
	case f.trace == "":
		return f.randomRun(std, l.files, sys, style)
	case isFile(f.trace):
		return f.follow(std, l.files, sys, style)
	}
	ctx, stop := interruptible(ctx)
	defer stop()
	return f.found(ctx, std, l.files, sys, style)
}

// isFile tells names of files from ids of traces, which have four letters or
// digits.
func isFile(name string) bool {
	if strings.ContainsAny(name, `./\`) {
		return true
	}
	_, err := os.Stat(name)
	return err == nil
}

// randomRun takes a random run.
func (f *runFlags) randomRun(std streams, files source.Set, sys *ir.System, style report.Style) error {
	if f.steps <= 0 || f.number < 0 {
		return usageError{"a run has at least one step, and runs count from 0", "write --steps 20, or leave it out"}
	}
	opt, err := f.random.options()
	if err != nil {
		return err
	}
	opt.Depth = f.steps
	tr, finding := simulate.Take(sys, opt, f.number)
	if tr == nil {
		return usageError{"model " + sys.Model + " has no initial state", "see that every `var x in S` and every `pick` of init has a value to take"}
	}
	if finding == nil {
		fmt.Fprintf(std.out, "model %s   random run, seed %d, %s\n", report.Sizes(sys), opt.Seed, stepsText(len(tr.Steps)-1))
		if err := report.WriteTrace(std.out, files, sys, tr, style); err != nil {
			return err
		}
		if len(tr.Steps) <= f.steps && len(eval.Successors(sys, tr.Steps[len(tr.Steps)-1].State)) == 0 {
			fmt.Fprintln(std.out, "  end       no action is possible; the state is terminal")
		}
		return nil
	}
	return f.failed(std, files, sys, finding, opt, style)
}

// failed shows a random run that ends in a violation.
func (f *runFlags) failed(std streams, files source.Set, sys *ir.System, finding *evidence.Finding, opt simulate.Options, style report.Style) error {
	plain := *sys
	plain.Expect = ir.Expect{ViolatedDepth: -1, DeadlockDepth: -1, States: -1, Generated: -1, Depth: -1}
	finding.Check = nil
	if opt.Scheduler != simulate.Priorities {
		opt.Depth = max(1, finding.Depth) // with priorities other steps would be taken
	}
	replay := opt.Flags()
	if f.number > 0 {
		replay += fmt.Sprintf(" --run %d", f.number)
	}
	n := uint64(len(finding.Trace.Steps))
	res := &evidence.Result{System: &plain, Engine: "random run", Findings: []evidence.Finding{*finding},
		States: evidence.States{Distinct: n, Generated: n, Depth: finding.Depth, Initial: 2},
		Basis:  evidence.Basis{Kind: evidence.Sampled, Runs: 1, Seed: opt.Seed, Replay: replay}}
	if err := explain.Fill(res); err != nil {
		return err
	}
	if err := report.NewModel(res).Text(std.out, files, style); err != nil {
		return err
	}
	return exit(exitFailed)
}

// follow replays a trace of a file.
func (f *runFlags) follow(std streams, files source.Set, sys *ir.System, style report.Style) error {
	data, err := os.ReadFile(f.trace)
	if err != nil {
		return usageError{"cannot read the trace: " + err.Error(), "name a file that spec verify --format itf -o wrote"}
	}
	rec, err := itf.Read(data, sys.Model)
	if err != nil {
		return usageError{filepath.ToSlash(f.trace) + ": " + err.Error(), "write one with spec verify --format itf -o FILE"}
	}
	tr, err := explain.Follow(sys, len(rec.States),
		func(i int, state []ir.Value) bool { return rec.States[i].Matches(sys, state) },
		func(i int, a *ir.Action) bool { return rec.States[i].Action == "" || rec.States[i].Action == a.Name })
	if err == nil {
		err = explain.Return(sys, tr, rec.Loop)
	}
	if err != nil {
		fmt.Fprintf(std.out, "FAIL  %s: %s\n", f.trace, err)
		return exit(exitFailed)
	}
	fmt.Fprintf(std.out, "model %s   replay of %s, %s\n", report.Sizes(sys), f.trace, stepsText(len(tr.Steps)-1))
	return report.WriteTrace(std.out, files, sys, tr, style)
}

// found searches again and shows the trace with the id.
func (f *runFlags) found(ctx context.Context, std streams, files source.Set, sys *ir.System, style report.Style) error {
	res, err := f.search.check(ctx, std, sys)
	if err != nil {
		return err
	}
	var ids []string
	for i := range res.Findings {
		fd := &res.Findings[i]
		if fd.Trace == nil {
			continue
		}
		if strings.EqualFold(fd.ID(), f.trace) {
			fmt.Fprintf(std.out, "model %s   %s, %s\n", report.Sizes(sys), fd.Summary(), stepsText(len(fd.Trace.Steps)-1))
			return report.WriteFinding(std.out, files, res, fd, style)
		}
		ids = append(ids, fd.ID()+" ("+fd.Prop.Label()+")")
	}
	hint := "model " + sys.Model + " has no traces"
	if len(ids) > 0 {
		slices.Sort(ids)
		hint = "model " + sys.Model + " has " + strings.Join(ids, ", ")
	}
	return usageError{"there is no trace " + f.trace, hint}
}

func stepsText(n int) string {
	if n == 1 {
		return "1 step"
	}
	return fmt.Sprintf("%d steps", n)
}
