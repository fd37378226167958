//go:build z3

package main

import (
	"github.com/spec-lang/spec/prover/solver"
	"github.com/spec-lang/spec/prover/solver/native"
)

// library is the library of Z3, which is faster than its program where it can
// answer.
func library() []solver.Solver { return []solver.Solver{native.Library{}} }
