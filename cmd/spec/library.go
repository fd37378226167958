//go:build !z3

package main

import "github.com/spec-lang/spec/prover/solver"

// library is empty in programs that are built without the build tag z3.
func library() []solver.Solver { return nil }
