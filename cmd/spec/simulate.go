package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/spec-lang/spec/internal/spell"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
	"github.com/spec-lang/spec/mc/simulate"
)

// randomFlags say how random choices are made.
type randomFlags struct {
	seed      uint64
	scheduler string
	bugDepth  int
}

func (f *randomFlags) register(cmd *cobra.Command) {
	fl := cmd.Flags()
	fl.Uint64Var(&f.seed, "seed", 0, "`number` that random choices come from; 0 takes one from the clock")
	fl.StringVar(&f.scheduler, "scheduler", "uniform", "choose by `rule`: uniform over steps, actions (each as often), or pct (random priorities)")
	fl.IntVar(&f.bugDepth, "bug-depth", 3, "with pct: look for violations that depend on the order of `n` steps")
	complete(cmd, "scheduler", cobra.FixedCompletions([]string{"uniform", "actions", "pct"}, cobra.ShellCompDirectiveNoFileComp))
}

// options are those that the flags stand for; a seed is taken from the clock
// if none is given.
func (f *randomFlags) options() (simulate.Options, error) {
	if f.seed == 0 {
		f.seed = uint64(time.Now().UnixNano())%1_000_000 + 1
	}
	opt := simulate.Options{Seed: f.seed, BugDepth: f.bugDepth}
	names := []string{"uniform", "actions", "pct"}
	for i, s := range []simulate.Scheduler{simulate.Uniform, simulate.Actions, simulate.Priorities} {
		if names[i] == f.scheduler {
			opt.Scheduler = s
			if f.bugDepth < 1 {
				return opt, usageError{fmt.Sprintf("a violation depends on at least one step, found --bug-depth %d", f.bugDepth), "write --bug-depth 3, or leave it out"}
			}
			return opt, nil
		}
	}
	hint := "write --scheduler uniform, actions or pct"
	if near := spell.Nearest(f.scheduler, names); near != "" {
		hint = "did you mean " + near + "? " + hint
	}
	return opt, usageError{fmt.Sprintf("there is no scheduler %q", f.scheduler), hint}
}

type simulateFlags struct {
	verifyFlags
	random     randomFlags
	runs       int
	depth      int
	timeout    time.Duration
	workers    int
	confidence float64
}

func newSimulate(std streams) *cobra.Command {
	var f simulateFlags
	cmd := &cobra.Command{
		Use:   "simulate FILE...",
		Short: "Take many random runs of every model, and count what they show",
		Long: `simulate takes random runs of every model of the files. It finds violations in
models that are too large for spec verify, says how likely such runs are to
find one, and never calls that a proof.

The same seed takes the same runs. --scheduler pct is for processes: it gives
them random priorities and a guarantee how often a violation that depends on
the order of few steps is found.

Exit codes: 0 no run failed, and what the model says must happen did happen;
1 a run failed; 2 errors in the spec or the usage; 3 a witness, or a violation
that the model expects, was not met. An interrupt (Ctrl-C) ends the runs and
reports what is known so far.`,
		Example: `  spec simulate examples/twophase/twophase.spec --model Small --seed 7
  spec simulate examples/twophase/twophase.spec --runs 100000 --depth 50 --confidence 0.999
  spec simulate examples/peterson/peterson.spec --scheduler pct --bug-depth 2`,
		Args:              files,
		ValidArgsFunction: specFiles,
		RunE:              func(cmd *cobra.Command, args []string) error { return f.simulate(cmd.Context(), std, args) },
	}
	fl := cmd.Flags()
	fl.IntVarP(&f.runs, "runs", "n", 10_000, "take `n` runs of each model")
	fl.IntVar(&f.depth, "depth", 100, "take at most `n` steps in each run")
	f.random.register(cmd)
	fl.Float64Var(&f.confidence, "confidence", 0.99, "`probability` that what is said about all such runs is true")
	fl.DurationVar(&f.timeout, "timeout", 0, "take no more runs of a model after a `time`, such as 30s or 10m")
	fl.IntVar(&f.workers, "workers", 0, "take runs with `n` workers; 0 means one for each processor")
	f.register(cmd)
	return cmd
}

func (f *simulateFlags) simulate(ctx context.Context, std streams, args []string) error {
	switch {
	case f.runs <= 0 || f.depth <= 0:
		return usageError{"there is at least one run, of at least one step", "write --runs 10000 --depth 100, or leave them out"}
	case f.confidence <= 0 || f.confidence >= 1:
		return usageError{fmt.Sprintf("a confidence is above 0 and below 1, found %v", f.confidence), "write --confidence 0.99 for 99 %"}
	}
	opt, err := f.random.options()
	if err != nil {
		return err
	}
	opt.Runs, opt.Depth, opt.Confidence, opt.Workers, opt.Time = f.runs, f.depth, f.confidence, f.workers, f.timeout
	return f.verify(ctx, std, args, func(ctx context.Context, std streams, sys *ir.System) (*evidence.Result, error) {
		opt := opt
		p := newProgress(std.err, sys.Model)
		opt.Progress = p.runs(opt.Runs)
		res := simulate.Check(ctx, sys, opt)
		p.clear()
		return res, explain.Fill(res)
	})
}
