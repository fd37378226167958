package eval

import (
	"fmt"
	"math/big"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
)

// Error is why an expression has no value.
type Error struct {
	Span source.Span
	Kind ErrorKind
	Msg  string // lower case, with the values
	// Assert is the failed assertion with AssertFailed.
	Assert *ir.AssertStmt
}

func (e *Error) Error() string { return e.Msg }

// ErrorKind is a kind of evaluation error. Engines agree with the judge on
// the kind and the place; the wording is the judge's.
type ErrorKind int

// Kinds of evaluation error.
const (
	// IllFormed is a fault of the System, not of its run: a temporal operator
	// in a state predicate, a name without a value.
	IllFormed    ErrorKind = iota
	DivideByZero           // Div or Mod by zero
	MissingKey             // Get of a key that the map does not have
	OutsideIndex           // Get, Put or Slice outside a sequence
	OutsideType            // Convert to a type that the value is not of
	WrongVariant           // Payload of another variant, value of none
	Empty                  // Min, Max or Choose of nothing
	NoNeighbour            // Next of the last, Prev of the first
	DuplicateKey           // MapOf with two values for one key
	TooLarge               // more than ir.MaxElems elements or ways through a body
	TooLong                // more than ir.MaxSteps steps
	TooDeep                // calls nested deeper than ir.MaxDepth
	AssertFailed           // an assert in a function
)

func (k ErrorKind) String() string {
	return [...]string{"ill-formed", "division by zero", "missing key", "index out of range", "value outside its type",
		"wrong variant", "nothing to choose from", "no neighbour", "duplicate key", "too large", "too many steps",
		"recursion too deep", "assertion"}[k]
}

func illFormed(sp source.Span, format string, args ...any) *Error {
	return &Error{Span: sp, Kind: IllFormed, Msg: fmt.Sprintf(format, args...)}
}

func divideByZero(e *ir.Apply, x ir.Value) *Error {
	return &Error{Span: e.Loc, Kind: DivideByZero,
		Msg: fmt.Sprintf("division by zero: %s %s 0", show(x, e.Args[0].Type()), e.Op)}
}

func missingKey(sp source.Span, key ir.Value, m ir.MapValue, t *ir.Type) *Error {
	keys := ir.SetValue{Elems: m.Keys}
	msg := fmt.Sprintf("no value for key %s: the keys are %s", show(key, t.Key), elide(ir.Format(keys)))
	if len(m.Keys) == 0 {
		msg = fmt.Sprintf("no value for key %s: the map is empty", show(key, t.Key))
	}
	return &Error{Span: sp, Kind: MissingKey, Msg: msg}
}

func outsideIndex(sp source.Span, index ir.Value, s ir.SeqValue) *Error {
	msg := fmt.Sprintf("index %s is outside 0..%d: the sequence is %s", ir.Format(index), len(s.Elems)-1, elide(ir.Format(s)))
	if len(s.Elems) == 0 {
		msg = fmt.Sprintf("index %s into an empty sequence", ir.Format(index))
	}
	return &Error{Span: sp, Kind: OutsideIndex, Msg: msg}
}

func outsideSlice(sp source.Span, lo, hi ir.Value, s ir.SeqValue) *Error {
	return &Error{Span: sp, Kind: OutsideIndex,
		Msg: fmt.Sprintf("slice %s:%s of a sequence of length %d: expected 0 <= from <= to <= length",
			ir.Format(lo), ir.Format(hi), len(s.Elems))}
}

func outsideType(sp source.Span, v ir.Value, t *ir.Type) *Error {
	return &Error{Span: sp, Kind: OutsideType, Msg: misfit(v, t)}
}

func wrongVariant(e *ir.Payload, v ir.SumValue) *Error {
	t := e.X.Type()
	msg := fmt.Sprintf("expected %s, found %s", t.Variants[e.Variant].Name, show(v, t))
	if t.Option {
		msg = "none has no value"
	}
	return &Error{Span: e.Loc, Kind: WrongVariant, Msg: msg}
}

func empty(e *ir.Bind) *Error {
	what := map[ir.BindKind]string{ir.Min: "min", ir.Max: "max", ir.Choose: "choose"}[e.Kind]
	msg := what + " of nothing: no element"
	if e.Cond != nil {
		msg += " fits the condition"
	}
	return &Error{Span: e.Loc, Kind: Empty, Msg: msg}
}

func notStored(e *ir.Bind, v ir.Value) *Error {
	as := e.As
	if as == "" {
		as = "a value that meets the condition of its type"
	}
	return &Error{Span: e.Loc, Kind: Empty, Msg: fmt.Sprintf("expected %s, found %s", as, show(v, e.T))}
}

func noNeighbour(e *ir.Apply, v ir.Value) *Error {
	what := "after the last element"
	if e.Op == ir.Prev {
		what = "before the first element"
	}
	return &Error{Span: e.Loc, Kind: NoNeighbour, Msg: fmt.Sprintf("nothing comes %s, %s", what, ir.Format(v))}
}

func duplicateKey(e *ir.Bind, key, a, b ir.Value) *Error {
	return &Error{Span: e.Loc, Kind: DuplicateKey,
		Msg: fmt.Sprintf("two values for key %s: %s and %s", show(key, e.T.Key), show(a, e.T.Elem), show(b, e.T.Elem))}
}

func tooLarge(sp source.Span, n *big.Int, what string) *Error {
	count := n.String()
	if len(count) > 30 {
		count = fmt.Sprintf("more than 10^%d", len(count)-1)
	}
	return &Error{Span: sp, Kind: TooLarge, Msg: fmt.Sprintf("%s %s, expected at most %d", count, what, ir.MaxElems)}
}

func tooDeep(sp source.Span, name string) *Error {
	return &Error{Span: sp, Kind: TooDeep, Msg: fmt.Sprintf("calls of %s nest deeper than %d", name, ir.MaxDepth)}
}

func assertFailed(a *ir.AssertStmt) *Error {
	return &Error{Span: a.Loc, Kind: AssertFailed, Msg: "the assertion is false", Assert: a}
}

// step counts one step at sp.
func (m *meter) step(sp source.Span) *Error {
	if m.steps++; m.steps > ir.MaxSteps {
		return &Error{Span: sp, Kind: TooLong, Msg: fmt.Sprintf("more than %d loop iterations and calls", ir.MaxSteps)}
	}
	return nil
}

// maxShown is how much of a value a message shows, in bytes.
const maxShown = 120

func show(v ir.Value, t *ir.Type) string { return elide(ir.FormatAs(v, t)) }

func elide(s string) string {
	if len(s) <= maxShown {
		return s
	}
	cut := maxShown
	for cut > 0 && s[cut]&0xC0 == 0x80 { // not inside a character
		cut--
	}
	return s[:cut] + "..."
}
