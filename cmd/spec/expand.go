package main

import (
	"github.com/spf13/cobra"

	"github.com/spec-lang/spec/ir/print"
	"github.com/spec-lang/spec/lang/format"
	"github.com/spec-lang/spec/lang/source"
)

func newExpand(std streams) *cobra.Command {
	var model, out string
	cmd := &cobra.Command{
		Use:   "expand FILE",
		Short: "Print the plain machine that engines see",
		Long: `expand prints the kernel of a model in the language itself: processes are actions,
instances are part of the machine, mutations are done, generic functions are
instantiated. What it prints is a spec with the same states.`,
		Example:           "  spec expand examples/peterson/peterson.spec --model Two",
		Args:              oneFile,
		ValidArgsFunction: specFiles,
		RunE: func(_ *cobra.Command, args []string) error {
			l := load(args)
			sys, err := l.one(model)
			if err != nil {
				return err
			}
			if err := printDiagnostics(std.err, l.files, l.diags); err != nil {
				return err
			}
			if sys == nil {
				return exit(exitUsage)
			}
			text := print.System(sys)
			if tidy, faults := format.Source(source.NewFile(sys.Model, text)); len(faults) == 0 {
				text = tidy
			}
			return output(std, out, []byte(text))
		},
	}
	cmd.Flags().StringVarP(&model, "model", "m", "", "expand the `model` of this name")
	cmd.Flags().StringVarP(&out, "output", "o", "", "write to a `file`")
	complete(cmd, "model", completeModels)
	return cmd
}
