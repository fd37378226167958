package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/spec-lang/spec/prover/certificate"
	"github.com/spec-lang/spec/prover/transition"
)

// mostVisited is how many states spec certify visits besides.
const mostVisited = 20_000

func newCertify(std streams) *cobra.Command {
	var spec string
	cmd := &cobra.Command{
		Use:   "certify FILE",
		Short: "Check a certificate that spec verify --prove has written",
		Long: `certify checks what spec verify --prove --certificate FILE claims, without the
solvers that found it: it goes through each refutation step by step, and of a
small model it visits every reachable state with the reference evaluator.

Exit codes: 0 the certificate is right, 1 it is refused, 2 errors in the spec or
the usage, 3 interrupted.`,
		Example: `  spec verify examples/peterson/peterson.spec --prove --certificate peterson.json
  spec certify peterson.json`,
		Args: oneCertificate,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, stop := interruptible(cmd.Context())
			defer stop()
			return certify(ctx, std, args[0], spec)
		},
	}
	cmd.Flags().StringVar(&spec, "spec", "", "check it against this `file` instead of the one it names")
	return cmd
}

func oneCertificate(_ *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usageError{msg: "expected the name of one certificate"}
	}
	return nil
}

func certify(ctx context.Context, std streams, name, spec string) error {
	file, err := os.Open(name)
	if err != nil {
		return usageError{"cannot read the certificate: " + err.Error(), "name a file that spec verify --prove --certificate wrote"}
	}
	defer file.Close()
	f, err := certificate.Read(file)
	if err != nil {
		return usageError{filepath.ToSlash(name) + ": " + err.Error(), "write one with spec verify --prove --certificate FILE"}
	}
	var worst error
	for i := range f.Models {
		c := &f.Models[i]
		if spec != "" {
			c.Spec = spec
		}
		if err := certifyModel(ctx, std, c); err != nil {
			var code exit
			if !errors.As(err, &code) || code != exit(exitFailed) {
				return err
			}
			worst = err
		}
	}
	return worst
}

// certifyModel checks what is claimed of one model.
func certifyModel(ctx context.Context, std streams, c *certificate.Certificate) error {
	l := load([]string{c.Spec})
	sys, err := l.one(c.Model)
	if err != nil {
		return err
	}
	if err := printDiagnostics(std.err, l.files, l.diags); err != nil {
		return err
	}
	if sys == nil {
		return exit(exitUsage)
	}
	refuse := func(err error) error {
		if ctx.Err() != nil {
			fmt.Fprintf(std.out, "UNKNOWN model %s: interrupted\n", c.Model)
			return exit(exitInconclusive)
		}
		fmt.Fprintf(std.out, "FAIL  model %s: %s\n", c.Model, err)
		return exit(exitFailed)
	}
	ts, err := transition.New(c.Of(sys))
	if err == nil {
		err = c.Check(ctx, ts)
	}
	if err != nil {
		return refuse(err)
	}
	visited, err := c.Enumerate(ctx, ts, mostVisited)
	var large certificate.ErrLarge
	switch {
	case errors.As(err, &large):
		certified(std, c, fmt.Sprintf("more than %d states, so none was visited besides", large.States))
	case err != nil:
		return refuse(err)
	default:
		certified(std, c, fmt.Sprintf("and true in each of %d states, visited with the reference evaluator", visited))
	}
	return nil
}

// certified says what is certified.
func certified(std streams, c *certificate.Certificate, besides string) {
	refutations := 0
	for _, p := range c.Claims {
		refutations += len(p.Refutations)
	}
	fmt.Fprintf(std.out, "PASS  model %s: %d refutations checked, %s\n", c.Model, refutations, besides)
	for _, p := range c.Claims {
		how := "by an invariant of " + fmt.Sprint(len(p.Invariant)) + " clauses"
		if len(p.Invariant) == 1 {
			how = "by an invariant of 1 clause"
		}
		if p.K > 0 {
			how = fmt.Sprintf("by %d-induction", p.K)
		}
		fmt.Fprintf(std.out, "      %s, %s\n", strings.Join(p.Targets, ", "), how)
	}
}
