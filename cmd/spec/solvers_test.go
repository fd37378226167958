//go:build solvers

package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestSolverScripts plays the scripts that need z3 and cvc5, which `make deps`
// installs.
func TestSolverScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "../../testdata/script/solvers",
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			env.Setenv("COLUMNS", "100")
			env.Setenv("NO_COLOR", "1")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}
