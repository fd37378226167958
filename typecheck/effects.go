package typecheck

import "github.com/spec-lang/spec/typecheck/types"

// Effects are what evaluating or executing something may do. The zero value
// is pure. Lists are sorted by their text and without repetitions.
type Effects struct {
	Reads    []Path
	Writes   []Path
	Grows    []Path // may enlarge an unbounded value
	Raises   []string
	Picks    bool // is nondeterministic beyond its parameters
	Clock    bool
	Random   bool
	IO       bool
	Diverges bool // may not terminate
}

// Path is a state variable or a part of it, such as `vote[r]`.
type Path struct {
	// Var is a *types.Var or *types.ProcessVar, or a *types.Process for the
	// label that an instance is at.
	Var  types.Object
	Via  []*types.Instance
	Text string // as written, with parameters: `vote[r]`, `log[_]` for any index
}
