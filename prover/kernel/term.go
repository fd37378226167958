// Package kernel checks proofs. It is the only place that has to be right for
// a theorem to be one: whatever finds a proof, Check takes it apart step by
// step, and lists what it rests on besides the rules.
//
// The logic is classical, many-sorted and of first order, with equality,
// integers, sequences, enums, and functions with a definition. Sorts are not
// empty. The rules are those of natural deduction (G. Gentzen, "Untersuchungen
// ueber das logische Schliessen", 1935), with induction, arithmetic as far as
// polynomials and linear combinations go, and refutation by resolution (J. A.
// Robinson, "A machine-oriented logic based on the resolution principle", 1965).
package kernel

import (
	"math/big"
	"slices"
)

// Sort is the name of a sort. The sequences of a sort s are Seq(s).
type Sort string

// Sorts that mean something.
const (
	Bool Sort = "bool"
	Int  Sort = "int"
)

// Seq is the sort of sequences.
func Seq(elem Sort) Sort { return "[]" + elem }

// Op is what stands at the head of a term.
type Op int

// Heads of terms. Subtraction is addition of a product with -1, a < b is
// a + 1 <= b, and equivalence is equality of truth values.
const (
	Free  Op = iota + 1 // a variable, told by name and sort
	Bound               // a variable of the Index-th binder outwards, from 0
	App                 // the symbol Name on Args
	Num                 // N
	True
	False
	Not
	And
	Or
	Implies
	Eq
	Ite // on any sort
	Add
	Mul
	Le
	Forall // Name is only for readers, Over is the sort of the variable
	Exists
)

// Term is a term or, of sort bool, a formula. Terms are never changed.
type Term struct {
	Op    Op
	Sort  Sort
	Name  string
	Index int
	N     *big.Int
	Over  Sort
	Args  []*Term
}

// Constructors of terms.

// V is a variable.
func V(name string, s Sort) *Term { return &Term{Op: Free, Name: name, Sort: s} }

// F is a symbol applied to arguments.
func F(name string, s Sort, args ...*Term) *Term {
	return &Term{Op: App, Name: name, Sort: s, Args: args}
}

// I is a number.
func I(n int64) *Term { return N(big.NewInt(n)) }

// N is a number.
func N(n *big.Int) *Term { return &Term{Op: Num, Sort: Int, N: n} }

// Truth is true or false.
func Truth(v bool) *Term {
	if v {
		return &Term{Op: True, Sort: Bool}
	}
	return &Term{Op: False, Sort: Bool}
}

// T is a term with one of the fixed heads: its sort follows from its arguments.
func T(op Op, args ...*Term) *Term {
	s := Bool
	switch op {
	case Add, Mul:
		s = Int
	case Ite:
		s = args[1].Sort
	}
	return &Term{Op: op, Sort: s, Args: args}
}

// Sub is a - b.
func Sub(a, b *Term) *Term { return T(Add, a, T(Mul, I(-1), b)) }

// Lt is a < b.
func Lt(a, b *Term) *Term { return T(Le, T(Add, a, I(1)), b) }

// Bind binds the variable v in a formula, which becomes a Forall or an Exists.
func Bind(q Op, v, body *Term) *Term {
	return &Term{Op: q, Sort: Bool, Name: v.Name, Over: v.Sort, Args: []*Term{abstract(body, v, 0)}}
}

// abstract makes a free variable one of the binder outside of t.
func abstract(t, v *Term, depth int) *Term {
	if t.Op == Free && t.Name == v.Name && t.Sort == v.Sort {
		return &Term{Op: Bound, Sort: t.Sort, Index: depth}
	}
	return t.mapArgs(func(a *Term, binds int) *Term { return abstract(a, v, depth+binds) })
}

// mapArgs applies f to the arguments; binds is 1 below a quantifier.
func (t *Term) mapArgs(f func(a *Term, binds int) *Term) *Term {
	if len(t.Args) == 0 {
		return t
	}
	binds := 0
	if t.Op == Forall || t.Op == Exists {
		binds = 1
	}
	args, changed := make([]*Term, len(t.Args)), false
	for i, a := range t.Args {
		args[i] = f(a, binds)
		changed = changed || args[i] != a
	}
	if !changed {
		return t
	}
	copied := *t
	copied.Args = args
	return &copied
}

// Instance is the body of a quantifier with a term in the place of its
// variable. The term has no variables of binders outside itself, so none can be
// captured.
func Instance(q, t *Term) *Term { return fill(q.Args[0], t, 0) }

func fill(t, by *Term, depth int) *Term {
	if t.Op == Bound && t.Index == depth {
		return by
	}
	return t.mapArgs(func(a *Term, binds int) *Term { return fill(a, by, depth+binds) })
}

// Replace puts a term in the place of a free variable.
func Replace(t, v, by *Term) *Term {
	if t.Op == Free && t.Name == v.Name && t.Sort == v.Sort {
		return by
	}
	return t.mapArgs(func(a *Term, _ int) *Term { return Replace(a, v, by) })
}

// Same reports whether two terms are the same up to names of bound variables.
func Same(a, b *Term) bool {
	if a == b {
		return true
	}
	if a.Op != b.Op || a.Sort != b.Sort || a.Over != b.Over || a.Index != b.Index || !slices.EqualFunc(a.Args, b.Args, Same) {
		return false
	}
	switch a.Op {
	case Free, App:
		return a.Name == b.Name
	case Num:
		return a.N.Cmp(b.N) == 0
	}
	return true
}

// Occurs reports whether the variable v is free in t.
func Occurs(v, t *Term) bool {
	return Same(v, t) || slices.ContainsFunc(t.Args, func(a *Term) bool { return Occurs(v, a) })
}

// Closed reports whether no variable of t belongs to a binder outside it.
func Closed(t *Term) bool { return closed(t, 0) }

// closed reports whether no variable of t belongs to a binder outside it.
func closed(t *Term, depth int) bool {
	if t.Op == Bound {
		return t.Index < depth
	}
	if t.Op == Forall || t.Op == Exists {
		depth++
	}
	return !slices.ContainsFunc(t.Args, func(a *Term) bool { return !closed(a, depth) })
}
