package verify

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
)

// place is what an expression may say where it stands.
type place struct {
	state bool // read variables
	old   bool // as they were before the step
	taken bool // ask which step was taken
	// temporal is the kind of property whose temporal operators mean
	// something, or 0.
	temporal ir.PropKind
}

var (
	constPlace = &place{}
	statePlace = &place{state: true}
	stepPlace  = &place{state: true, old: true, taken: true}
	bodyPlace  = &place{state: true, old: true}
	ltlPlace   = &place{state: true, taken: true, temporal: ir.Temporal}
	ctlPlace   = &place{state: true, temporal: ir.CTL}
)

// scope is what is known at one point of a System. It is passed by value and
// its slices are never changed in place.
type scope struct {
	place  *place
	locals []*ir.Local
	// mutable are the locals that may be assigned.
	mutable []*ir.Local
	// below is set under an operator that temporal operators cannot stand in.
	below bool
	// unassigned are the variables that have no value yet, in Init.
	unassigned []*ir.Var
	// fn is the function whose body this is, if any.
	fn *ir.Func
}

func (s scope) has(l *ir.Local) bool { return contains(s.locals, l) }

func contains[T comparable](list []T, x T) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

// with returns list with x, as a new list.
func with[T any](list []T, x T) []T {
	return append(list[:len(list):len(list)], x)
}

func without[T comparable](list []T, x T) []T {
	var out []T
	for _, y := range list {
		if y != x {
			out = append(out, y)
		}
	}
	return out
}

// bind returns s with l bound.
func (v *verifier) bind(s scope, l *ir.Local, at source.Span) scope {
	if l == nil {
		v.fault(at, "a binder binds nothing")
		return s
	}
	v.typ(l.Type, at)
	if s.has(l) {
		v.fault(at, "local %s is bound again", l.Name)
		return s
	}
	s.locals = with(s.locals, l)
	return s
}

// inner returns s for an operand in which temporal operators mean nothing.
func (s scope) inner() scope {
	s.below = true
	return s
}
