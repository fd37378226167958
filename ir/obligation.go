package ir

import "github.com/spec-lang/spec/lang/source"

// Obligation says that a value has to be of a narrower type than the one that
// its expression is known to have: it is assigned, passed, returned or put
// into another value.
type Obligation struct {
	Type string      // that the value has to be of
	Span source.Span // of the value
	// Check is the Convert or stored Choose of the System that tests it when
	// it is evaluated; nil if the constants of the model have shown already
	// that it holds.
	Check Expr
}
