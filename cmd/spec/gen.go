package main

import (
	"context"
	"fmt"
	"go/token"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/spec-lang/spec/codegen/gogen"
	"github.com/spec-lang/spec/codegen/gotool"
	"github.com/spec-lang/spec/internal/spell"
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/ast"
)

type genFlags struct {
	machine string
	model   string
	dir     string
	pkg     string
	edges   int
	test    bool
}

func newGen(std streams) *cobra.Command {
	var f genFlags
	cmd := &cobra.Command{
		Use:   "gen FILE --machine M -o DIR",
		Short: "Write a machine as a Go package, with a test that replays its states",
		Long: `gen writes a Go package: a struct State with a method for each action, the
invariants, the types and functions of the spec. It imports the standard library
only.

Constants and sizes are those of a model: the first model of the machine that
changes nothing and expects no violation, or the one that --model names. A test
beside the package replays every edge of the state graph of that model.`,
		Example: `  spec gen examples/twophase/twophase.spec --machine TwoPhase -o internal/twophase
  spec gen examples/lock/lock.spec --machine LeaseLock --model Three -o internal/lock`,
		Args:              oneFile,
		ValidArgsFunction: specFiles,
		RunE:              func(cmd *cobra.Command, args []string) error { return f.gen(cmd.Context(), std, args) },
	}
	fl := cmd.Flags()
	fl.StringVar(&f.machine, "machine", "", "generate the `machine` of this name")
	fl.StringVarP(&f.model, "model", "m", "", "take constants and sizes from this `model`")
	fl.StringVarP(&f.dir, "output", "o", "", "write the package into this `folder`")
	fl.StringVar(&f.pkg, "package", "", "`name` of the package, if not that of the folder")
	fl.IntVar(&f.edges, "max-edges", gogen.DefaultEdges, "replay at most about `n` edges of the state graph; -1 writes no test")
	fl.BoolVar(&f.test, "test", false, "run go vet and go test in the folder afterwards")
	complete(cmd, "model", completeModels)
	return cmd
}

func (f *genFlags) gen(ctx context.Context, std streams, args []string) error {
	if f.dir == "" {
		return usageError{"expected a folder to write to", "say where with -o DIR"}
	}
	if f.pkg != "" && (!token.IsIdentifier(f.pkg) || f.pkg == "main") {
		return usageError{"expected the name of a package, found " + f.pkg, "write --package " + gogen.PackageName(f.pkg)}
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	l := load(args)
	sys, err := f.system(l)
	if err != nil {
		return err
	}
	var files []gogen.File
	if sys != nil {
		opts := gogen.Options{Package: f.packageName(), Files: l.files, Edges: f.edges}
		generated, diags := gogen.Generate(sys, opts)
		files, l.diags = generated, append(l.diags, diags...)
	}
	if err := printDiagnostics(std.err, l.files, l.diags); err != nil {
		return err
	}
	if len(files) == 0 {
		return exit(exitUsage)
	}
	changed, err := gotool.Write(f.dir, files)
	if err != nil {
		return err
	}
	what := "machine " + sys.Machine
	if sys.Model != "" {
		what += ", model " + sys.Model
	}
	fmt.Fprintf(std.out, "%s: %s: %d files, %d changed\n", f.dir, what, len(files), len(changed))
	if !f.test {
		return nil
	}
	return f.runTest(ctx, std)
}

func (f *genFlags) runTest(ctx context.Context, std streams) error {
	for _, command := range [][]string{{"vet", "."}, {"test", "-count=1", "."}} {
		out, err := gotool.Go(ctx, f.dir, command...)
		if _, werr := fmt.Fprint(std.out, out); werr != nil {
			return werr
		}
		if err != nil {
			return exit(exitFailed)
		}
	}
	return nil
}

// packageName is the name that was asked for, or that of the folder.
func (f *genFlags) packageName() string {
	if f.pkg != "" {
		return f.pkg
	}
	abs, err := filepath.Abs(f.dir)
	if err != nil {
		return ""
	}
	return gogen.PackageName(filepath.Base(abs))
}

// system is the kernel of the model to generate from; nil if it has errors.
func (f *genFlags) system(l *loaded) (*ir.System, error) {
	if l.diags.HasErrors() {
		return nil, nil
	}
	if f.model != "" {
		sys, err := l.one(f.model)
		if sys != nil && f.machine != "" && sys.Machine != f.machine {
			return nil, usageError{"model " + f.model + " is one of machine " + sys.Machine, "leave out --machine, or name that machine"}
		}
		return sys, err
	}
	all, err := l.models(nil)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		l.diags.Add(noModel(l.snaps[0]))
		return nil, nil
	}
	var machines []string
	for _, c := range all {
		machines = append(machines, c.model.Machine.Name())
	}
	slices.Sort(machines)
	machines = slices.Compact(machines)
	switch {
	case f.machine == "" && len(machines) > 1:
		return nil, usageError{"there are several machines: " + strings.Join(machines, ", "), "say which one with --machine " + machines[0]}
	case f.machine == "":
		f.machine = machines[0]
	case !slices.Contains(machines, f.machine):
		hint := "there are models of " + strings.Join(machines, ", ")
		if near := spell.Nearest(f.machine, machines); near != "" {
			hint = "did you mean " + near + "? " + hint
		}
		return nil, usageError{"there is no model of a machine " + f.machine, hint}
	}
	return f.firstSound(l, all)
}

// firstSound is the kernel of the first model of the machine that changes
// nothing and expects no violation.
func (f *genFlags) firstSound(l *loaded, all []choice) (*ir.System, error) {
	for _, c := range all {
		if c.model.Machine.Name() != f.machine || isMutant(c) {
			continue
		}
		if sys := l.system(c); sys == nil || expectsNoViolation(sys) {
			return sys, nil
		}
	}
	return nil, usageError{"every model of machine " + f.machine + " is a mutant or expects a violation",
		"declare one that holds, or name the one you want with --model"}
}

func isMutant(c choice) bool {
	return slices.ContainsFunc(c.model.Decl.Items, func(item ast.ModelItem) bool {
		_, mutates := item.(*ast.Mutate)
		return mutates
	})
}

func expectsNoViolation(sys *ir.System) bool {
	if sys.Expect.Outcome == ir.ExpectViolated || sys.Expect.Deadlock {
		return false
	}
	return !slices.ContainsFunc(sys.Checks, func(c ir.Check) bool { return c.Expect == ir.ExpectViolated })
}
