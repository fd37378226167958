package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
)

func newCheck(std streams) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "check FILE...",
		Short: "Check names, types, effects and models, without searching",
		Example: `  spec check examples/twophase/twophase.spec
  spec check --format json examples/twophase/twophase.spec`,
		Args:              files,
		ValidArgsFunction: specFiles,
		RunE: func(_ *cobra.Command, args []string) error {
			l := load(args)
			if all, err := l.models(nil); err == nil {
				for _, c := range all {
					l.system(c)
				}
			}
			l.analyse()
			if err := writeDiagnostics(std, format, l.files, l.diags); err != nil {
				return err
			}
			if l.diags.HasErrors() {
				return exit(exitUsage)
			}
			if format == "text" {
				for _, s := range l.snaps {
					fmt.Fprintf(std.out, "%s: no errors\n", s.Path)
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "`form` of the diagnostics: text or json")
	return cmd
}

// writeDiagnostics writes text to the error stream, or JSON to the output.
func writeDiagnostics(std streams, format string, files source.Set, list diag.List) error {
	switch format {
	case "text":
		return printDiagnostics(std.err, files, list)
	case "json":
		data, err := diag.JSON(files, list.Sorted())
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(std.out, "%s\n", data)
		return err
	}
	return badFormat(format, "text", "json")
}
