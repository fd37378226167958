package ir

// Limits are part of the meaning of a System, so that every engine gives up
// at the same place: beyond them stands an evaluation error.
const (
	// MaxSteps is how many loop iterations and function calls one instance of
	// an action, or one expression on its own, may need.
	MaxSteps = 1_000_000
	// MaxDepth is how deep function calls may nest.
	MaxDepth = 10_000
	// MaxElems is how many elements an interval, a universe or a powerset may
	// have where all of them are needed. Membership needs none.
	MaxElems = 1_000_000
)
