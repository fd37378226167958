package absint

import "github.com/spec-lang/spec/ir"

// OfListing is Of with another number of values that are listed: with few, the
// small systems of tests are described by their parts.
func OfListing(sys *ir.System, n int) *Facts { return of(sys, n) }
