package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/explain"
)

// Exit codes. They are the same for every command.
const (
	exitOK           = 0  // every model as expected
	exitFailed       = 1  // a property or an expectation failed
	exitUsage        = 2  // errors in the spec or in the usage
	exitInconclusive = 3  // nothing failed, but not everything is decided
	exitInternal     = 70 // a fault of this tool
)

// exit ends a command whose output is complete with a code.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// usageError is a fault of the command line. Hint says what to write.
type usageError struct{ msg, hint string }

func (e usageError) Error() string { return e.msg }

// streams are where a command reads and writes.
type streams struct {
	in  io.Reader
	out io.Writer
	err io.Writer
}

// run runs the command line and returns the exit code.
func run(args []string, std streams) int {
	return guard(std, func() int {
		root := newRoot(std)
		root.SetArgs(args)
		return conclude(root.ExecuteContext(context.Background()), std)
	})
}

// guard is the one place where a panic ends: as an internal error, without a
// stack of Go unless SPEC_DEBUG is set.
func guard(std streams, f func() int) (code int) {
	defer func() {
		if p := recover(); p != nil {
			fmt.Fprintf(std.err, "spec: internal error X9001: %v\n", p)
			fmt.Fprintln(std.err, "   help: this is a fault of spec, not of your files: please report it with the command and the files,")
			fmt.Fprintln(std.err, "         at https://github.com/spec-lang/spec/issues (SPEC_DEBUG=1 shows where it happened)")
			if os.Getenv("SPEC_DEBUG") != "" {
				fmt.Fprintf(std.err, "%s", debug.Stack())
			}
			code = exitInternal
		}
	}()
	return f()
}

// conclude turns the error of a command into an exit code and prints it.
func conclude(err error, std streams) int {
	var code exit
	var usage usageError
	var disagreement *explain.Disagreement
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &code):
		return int(code)
	case errors.As(err, &disagreement):
		fmt.Fprintf(std.err, "spec: %v\n   help: this is a fault of spec, not of your files: please report it\n", err)
		return exitInternal
	case errors.As(err, &usage) && usage.hint != "":
		fmt.Fprintf(std.err, "spec: %s\n   help: %s\n", usage.msg, usage.hint)
		return exitUsage
	}
	// cobra's own errors end with a period or blank lines here and there.
	fmt.Fprintf(std.err, "spec: %s\n", strings.TrimSpace(err.Error()))
	return exitUsage
}

// exitOf is the code for a standing.
func exitOf(s evidence.Standing) error {
	switch s {
	case evidence.AsExpected:
		return nil
	case evidence.Failed:
		return exit(exitFailed)
	case evidence.Broken:
		return exit(exitUsage)
	}
	return exit(exitInconclusive)
}
