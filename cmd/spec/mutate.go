package main

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"github.com/spec-lang/spec/analysis/mutate"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/evidence/report"
	"github.com/spec-lang/spec/mc"
	"github.com/spec-lang/spec/workspace"
)

type mutateFlags struct {
	models  []string
	format  string
	out     string
	states  uint64
	timeout time.Duration
	least   int
	verbose bool
}

func newMutate(std streams) *cobra.Command {
	var f mutateFlags
	cmd := &cobra.Command{
		Use:   "mutate FILE",
		Short: "Make small faults on purpose, and show those that no property notices",
		Long: `mutate changes one thing at a time in what the machines of a file do: another
operator, a condition or a statement left out, another constant, fairness left
out. It checks every model of each such mutant. A mutant is killed if a property
fails that did not fail before; one that survives shows what the properties
leave open.

Models that show a fault on purpose, or are too large, are left out. A mutant
that makes the same steps as the original in every model is no fault.

Exit codes: 0 the score is at least --least, 1 it is less, 2 errors in the spec
or the usage.`,
		Example: `  spec mutate examples/twophase/twophase.spec
  spec mutate examples/twophase/twophase.spec --least 90
  spec mutate examples/twophase/twophase.spec --format json -o mutants.json`,
		Args:              oneFile,
		ValidArgsFunction: specFiles,
		RunE:              func(cmd *cobra.Command, args []string) error { return f.mutate(cmd.Context(), std, args[0]) },
	}
	fl := cmd.Flags()
	fl.StringArrayVarP(&f.models, "model", "m", nil, "use only the `model` of this name; may be repeated")
	fl.StringVar(&f.format, "format", "text", "`form` of the report: text or json")
	fl.StringVarP(&f.out, "output", "o", "", "write the report to a `file`")
	fl.Uint64Var(&f.states, "max-states", 50_000, "leave models out that have more than `n` states")
	fl.DurationVar(&f.timeout, "timeout", 10*time.Second, "give each model of a mutant up after a `time`")
	fl.IntVar(&f.least, "least", 0, "fail if less than `n` percent of the mutants are killed or explained")
	fl.BoolVarP(&f.verbose, "verbose", "v", false, "show also the mutants that do not survive")
	complete(cmd, "model", completeModels)
	complete(cmd, "format", cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (f *mutateFlags) mutate(ctx context.Context, std streams, path string) error {
	if f.format != "text" && f.format != "json" {
		return badFormat(f.format, "text", "json")
	}
	ctx, stop := interruptible(ctx)
	defer stop()
	l := load([]string{path})
	chosen, err := l.models(f.models)
	if err != nil && !l.diags.HasErrors() {
		return err
	}
	if len(chosen) == 0 && !l.diags.HasErrors() {
		l.diags.Add(noModel(l.snaps[0]))
	}
	b := f.bench(ctx, l, chosen)
	if err := printDiagnostics(std.err, l.files, l.diags); err != nil {
		return err
	}
	if l.diags.HasErrors() {
		return exit(exitUsage)
	}
	if len(b.originals) == 0 {
		return usageError{"no model can tell mutants from the original: " + b.omissions(), "give the file a model that passes, within --max-states"}
	}
	b.run(ctx, newProgress(std.err, path))
	return f.report(std, b)
}

// bench is where the mutants of a file are tried.
type bench struct {
	f         *mutateFlags
	snap      *workspace.Snapshot
	originals []original
	idle      int // actions that no model takes
	omitted   []omission
	trials    []trial
}

// original is a model as it was written.
type original struct {
	sys *ir.System
	res *evidence.Result
}

// omission is a model that is not used, and why.
type omission struct{ model, why string }

// bench checks the models as they were written.
func (f *mutateFlags) bench(ctx context.Context, l *loaded, chosen []choice) *bench {
	b := &bench{f: f, snap: l.snaps[0]}
	var models []report.Model
	for _, c := range chosen {
		sys := l.system(c)
		if sys == nil {
			continue
		}
		if meant(sys) {
			b.omitted = append(b.omitted, omission{sys.Model, "shows a fault on purpose"})
			continue
		}
		res, err := f.check(ctx, sys, f.states)
		switch {
		case err != nil:
			b.omitted = append(b.omitted, omission{sys.Model, err.Error()})
		case evidence.Judge(res).Standing == evidence.AsExpected:
			b.originals, models = append(b.originals, original{sys, res}), append(models, report.NewModel(res))
		case res.Basis.Kind == evidence.Partial:
			b.omitted = append(b.omitted, omission{sys.Model, "stopped at " + res.Basis.Limit})
		default:
			b.omitted = append(b.omitted, omission{sys.Model, "is not as it expects: see spec verify"})
		}
	}
	b.idle = len(dead(models))
	return b
}

// meant reports whether a model expects a failure.
func meant(sys *ir.System) bool {
	failing := sys.Expect.Deadlock || sys.Expect.Outcome == ir.ExpectViolated
	for _, c := range sys.Checks {
		failing = failing || c.Expect == ir.ExpectViolated
	}
	return failing
}

func (f *mutateFlags) check(ctx context.Context, sys *ir.System, states uint64) (*evidence.Result, error) {
	return mc.Check(ctx, sys, mc.Options{Workers: 1, Limits: mc.Limits{States: states, Time: f.timeout, Memory: machineMemory() / 4},
		Reductions: mc.Reductions{Symmetry: mc.Never, PartialOrder: mc.Never}})
}

// run tries every mutant, several at a time.
func (b *bench) run(ctx context.Context, p *progress) {
	file := b.snap.Files[b.snap.Path]
	mutants := mutate.Of(file, b.snap.Tree, b.snap.Info)
	b.trials = make([]trial, len(mutants))
	var next atomic.Int64
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			ws := workspace.New()
			for i := next.Add(1) - 1; int(i) < len(mutants) && ctx.Err() == nil; i = next.Add(1) - 1 {
				b.trials[i] = b.try(ctx, ws, mutants[i], mutants[i].Apply(file.Text))
				p.line(func(float64) string { return fmt.Sprintf("%d of %d mutants", i+1, len(mutants)) })
			}
		})
	}
	all.Wait()
	p.clear()
	if done := min(int(next.Load()), len(mutants)); ctx.Err() != nil {
		b.trials = b.trials[:done]
	}
}

// report writes what became of the mutants.
func (f *mutateFlags) report(std streams, b *bench) error {
	r := b.tally()
	data := r.text(b, f.verbose)
	if f.format == "json" {
		data = r.json(b)
	}
	if err := output(std, f.out, data); err != nil {
		return err
	}
	if r.percent() < f.least {
		fmt.Fprintf(std.err, "spec: %d %% of the mutants are killed or explained, --least asks for %d %%\n", r.percent(), f.least)
		return exit(exitFailed)
	}
	return nil
}
