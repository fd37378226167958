package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/format"
	"github.com/spec-lang/spec/lang/source"
)

type fmtFlags struct {
	write bool
	check bool
}

func newFmt(std streams) *cobra.Command {
	var f fmtFlags
	cmd := &cobra.Command{
		Use:   "fmt [FILE...]",
		Short: "Format; there is one style",
		Long: `fmt prints the files in the one style that there is; without files it formats its
input. Comments are kept. A file with syntax errors is left alone.`,
		Example: `  spec fmt -w examples/twophase/twophase.spec
  spec fmt --check examples/twophase/twophase.spec
  cat examples/twophase/twophase.spec | spec fmt`,
		ValidArgsFunction: specFiles,
		RunE:              func(_ *cobra.Command, args []string) error { return f.format(std, args) },
	}
	cmd.Flags().BoolVarP(&f.write, "write", "w", false, "write the files instead of printing them")
	cmd.Flags().BoolVar(&f.check, "check", false, "name the files that are not formatted, and exit with 1 if there are any")
	return cmd
}

func (f *fmtFlags) format(std streams, args []string) error {
	if len(args) == 0 {
		args = []string{"-"}
	}
	files, diags, differ := source.Set{}, diag.List{}, false
	for _, name := range args {
		file, err := readSource(std, name)
		if err != nil {
			return err
		}
		text, errs := format.Source(files.Add(file))
		diags = append(diags, errs...)
		if errs.HasErrors() {
			continue
		}
		differ = differ || text != file.Text
		if err := f.put(std, name, file.Text, text); err != nil {
			return err
		}
	}
	if err := printDiagnostics(std.err, files, diags); err != nil {
		return err
	}
	switch {
	case diags.HasErrors():
		return exit(exitUsage)
	case f.check && differ:
		return exit(exitFailed)
	}
	return nil
}

func readSource(std streams, name string) (*source.File, error) {
	if name == "-" {
		data, err := io.ReadAll(std.in)
		return source.NewFile("<input>", string(data)), err
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, usageError{err.Error(), "name .spec files, or none to format the input"}
	}
	return source.NewFile(name, string(data)), nil
}

// put does with a formatted file what the flags say.
func (f *fmtFlags) put(std streams, name, before, after string) error {
	switch {
	case f.check && before != after:
		_, err := fmt.Fprintln(std.out, name)
		return err
	case f.check:
		return nil
	case f.write && name != "-":
		if before == after {
			return nil
		}
		return output(std, name, []byte(after))
	}
	return output(std, "", []byte(after))
}
