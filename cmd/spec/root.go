package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/spec-lang/spec/internal/spell"
)

// newRoot returns the command line of spec.
func newRoot(std streams) *cobra.Command {
	root := &cobra.Command{
		Use:   "spec",
		Short: "Describe a system, check every way it can go, generate Go from it",
		Long: `spec checks specifications of distributed systems, protocols and workflows.

A specification is a state machine with properties; spec verify visits every
state that it can reach and shows a shortest run to each violation.`,
		Example:       "  spec verify examples/twophase/twophase.spec",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          unknownCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetIn(std.in)
	root.SetOut(std.out)
	root.SetErr(std.err)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{err.Error(), "see " + cmd.CommandPath() + " --help"}
	})
	root.CompletionOptions.HiddenDefaultCmd = false
	root.AddCommand(newCheck(std), newVerify(std), newCertify(std), newSimulate(std), newMutate(std), newRun(std), newExpand(std), newFmt(std), newExplain(std), newGraph(std), newGen(std), newLSP(std), newVersion(std))
	for _, cmd := range root.Commands() {
		wrapArgs(cmd)
	}
	return root
}

// unknownCommand refuses what is not the name of a command.
func unknownCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var known []string
	for _, c := range root.Commands() {
		known = append(known, c.Name())
	}
	hint := "see spec --help"
	if near := spell.Nearest(args[0], known); near != "" {
		hint = "did you mean spec " + near + "? " + hint
	}
	return usageError{"there is no command " + args[0], hint}
}

// wrapArgs makes a wrong number of arguments a usage error with a hint.
func wrapArgs(cmd *cobra.Command) {
	check := cmd.Args
	if check == nil {
		return
	}
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usageError{err.Error(), "write " + cmd.UseLine() + ", such as\n         " + firstLine(cmd.Example)}
		}
		return nil
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}

// files takes at least one file.
func files(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usageError{msg: "expected the name of a .spec file"}
	}
	return nil
}

// oneFile takes one file.
func oneFile(_ *cobra.Command, args []string) error {
	switch len(args) {
	case 0:
		return usageError{msg: "expected the name of a .spec file"}
	case 1:
		return nil
	}
	return usageError{msg: "expected one .spec file, found " + strings.Join(args, " ")}
}

// specFiles completes names of files.
func specFiles(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	return []string{"spec"}, cobra.ShellCompDirectiveFilterFileExt
}
