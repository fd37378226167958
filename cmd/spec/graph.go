package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/spec-lang/spec/ir/stategraph"
)

type graphFlags struct {
	model  string
	format string
	out    string
	states int
}

func newGraph(std streams) *cobra.Command {
	var f graphFlags
	cmd := &cobra.Command{
		Use:   "graph FILE",
		Short: "Draw the states of a small model",
		Long: `graph draws the reachable states of a model and the steps between them. Initial
states have a bold frame, deadlocks a red one.`,
		Example: `  spec graph examples/counter/counter.spec --model Three
  spec graph examples/counter/counter.spec --model Three --format svg -o counter.svg`,
		Args:              oneFile,
		ValidArgsFunction: specFiles,
		RunE:              func(_ *cobra.Command, args []string) error { return f.graph(std, args) },
	}
	fl := cmd.Flags()
	fl.StringVarP(&f.model, "model", "m", "", "draw the `model` of this name")
	fl.StringVar(&f.format, "format", "dot", "`form` of the picture: dot, mermaid or svg")
	fl.StringVarP(&f.out, "output", "o", "", "write to a `file`")
	fl.IntVar(&f.states, "max-states", 200, "draw at most `n` states")
	complete(cmd, "model", completeModels)
	complete(cmd, "format", cobra.FixedCompletions([]string{"dot", "mermaid", "svg"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (f *graphFlags) graph(std streams, args []string) error {
	switch f.format {
	case "dot", "mermaid", "svg":
	default:
		return badFormat(f.format, "dot", "mermaid", "svg")
	}
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
	g := stategraph.Build(sys, f.states)
	if g.Cut {
		fmt.Fprintf(std.err, "spec: model %s has more than %d states; these are the first of them (--max-states draws more)\n", sys.Model, f.states)
	}
	var text string
	switch f.format {
	case "dot":
		text = g.DOT()
	case "mermaid":
		text = g.Mermaid()
	case "svg":
		text = g.SVG()
	}
	return output(std, f.out, []byte(text))
}
