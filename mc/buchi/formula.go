// Package buchi turns formulas of linear time into automata.
//
//   - FromIR splits a property into a Formula over atomic propositions, the
//     largest parts without temporal operators.
//   - Translate makes a transition-based generalised Buchi automaton that
//     accepts exactly the infinite words of which a formula is true: by way of
//     a very weak alternating automaton, after Gastin and Oddoux, "Fast LTL to
//     Buchi automata translation", CAV 2001. Acceptance stays on transitions
//     and generalised, as Couvreur proposes in "On-the-fly verification of
//     linear temporal logic", FM 1999: who looks for cycles needs no more.
//   - Formulas are rewritten first (Etessami and Holzmann, "Optimizing Buchi
//     automata", CONCUR 2000; Somenzi and Bloem, CAV 2000), automata afterwards:
//     dead states go, states that simulate each other are merged, transitions
//     that others dominate are dropped.
package buchi

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// MaxProps is how many propositions a formula may have.
const MaxProps = 64

// Formula is a formula in negation normal form, of the Formulas that made it.
// Equal formulas are equal numbers.
type Formula int32

type kind uint8

// The kinds of formula. Conjunctions and disjunctions lean to the right, over
// operands in ascending order.
const (
	falsity kind = iota
	truth
	literal
	and
	or
	next
	until   // a until b
	release // a release b
)

// False and True are in every Formulas.
const (
	False Formula = 0
	True  Formula = 1
)

// node is what a Formula stands for. A literal has its proposition in a, and 1
// in b if it is negated.
type node struct {
	kind kind
	a, b Formula
}

// Formulas makes formulas; it simplifies as it goes.
type Formulas struct {
	nodes []node
	ids   map[node]Formula
	duals map[Formula]Formula
	below map[[2]Formula]bool
}

// NewFormulas returns a Formulas with nothing but constants.
func NewFormulas() *Formulas {
	f := &Formulas{ids: map[node]Formula{}, duals: map[Formula]Formula{}, below: map[[2]Formula]bool{}}
	f.intern(node{kind: falsity})
	f.intern(node{kind: truth})
	return f
}

func (f *Formulas) intern(n node) Formula {
	if id, ok := f.ids[n]; ok {
		return id
	}
	id := Formula(len(f.nodes))
	f.nodes = append(f.nodes, n)
	f.ids[n] = id
	return id
}

func (f *Formulas) is(x Formula, k kind) bool { return f.nodes[x].kind == k }

// Prop is proposition i, which is less than MaxProps.
func (f *Formulas) Prop(i int) Formula { return f.intern(node{kind: literal, a: Formula(i)}) }

// Not is the dual of x: negations stand at propositions only.
func (f *Formulas) Not(x Formula) Formula {
	if d, ok := f.duals[x]; ok {
		return d
	}
	n := f.nodes[x]
	var d Formula
	switch n.kind {
	case falsity:
		d = True
	case truth:
		d = False
	case literal:
		d = f.intern(node{literal, n.a, 1 - n.b})
	case and:
		d = f.Or(f.Not(n.a), f.Not(n.b))
	case or:
		d = f.And(f.Not(n.a), f.Not(n.b))
	case next:
		d = f.Next(f.Not(n.a))
	case until:
		d = f.Release(f.Not(n.a), f.Not(n.b))
	case release:
		d = f.Until(f.Not(n.a), f.Not(n.b))
	}
	f.duals[x], f.duals[d] = d, x
	return d
}

// Implies is x => y.
func (f *Formulas) Implies(x, y Formula) Formula { return f.Or(f.Not(x), y) }

// Iff is x <=> y.
func (f *Formulas) Iff(x, y Formula) Formula {
	return f.Or(f.And(x, y), f.And(f.Not(x), f.Not(y)))
}

// Eventually is true until x.
func (f *Formulas) Eventually(x Formula) Formula { return f.Until(True, x) }

// Always is false release x.
func (f *Formulas) Always(x Formula) Formula { return f.Release(False, x) }

// Unless is x until y, or x for ever.
func (f *Formulas) Unless(x, y Formula) Formula { return f.Release(y, f.Or(x, y)) }

// LeadsTo is always (x => eventually y).
func (f *Formulas) LeadsTo(x, y Formula) Formula {
	return f.Always(f.Implies(x, f.Eventually(y)))
}

// operands lists what a conjunction or disjunction is made of.
func (f *Formulas) operands(k kind, xs ...Formula) []Formula {
	var out []Formula
	for _, x := range xs {
		for f.is(x, k) {
			out = append(out, f.nodes[x].a)
			x = f.nodes[x].b
		}
		out = append(out, x)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// fold is the conjunction or disjunction of ascending operands, at least one.
func (f *Formulas) fold(k kind, xs []Formula) Formula {
	x := xs[len(xs)-1]
	for _, y := range slices.Backward(xs[:len(xs)-1]) {
		x = f.intern(node{k, y, x})
	}
	return x
}

// String writes x with propositions p0, p1, and so on.
func (f *Formulas) String(x Formula) string {
	n := f.nodes[x]
	switch n.kind {
	case falsity:
		return "false"
	case truth:
		return "true"
	case literal:
		return strings.Repeat("!", int(n.b)) + fmt.Sprintf("p%d", n.a)
	case next:
		return "X " + f.String(n.a)
	}
	op := map[kind]string{and: "&&", or: "||", until: "U", release: "V"}[n.kind]
	return "(" + f.String(n.a) + " " + op + " " + f.String(n.b) + ")"
}

// Size is how many different subformulas x has.
func (f *Formulas) Size(x Formula) int {
	seen := map[Formula]bool{}
	var walk func(Formula)
	walk = func(x Formula) {
		n := f.nodes[x]
		if seen[x] {
			return
		}
		seen[x] = true
		switch n.kind {
		case and, or, until, release:
			walk(n.a)
			walk(n.b)
		case next:
			walk(n.a)
		}
	}
	walk(x)
	return len(seen)
}

// compareSets orders sets of formulas.
func compareSets(a, b []Formula) int {
	if c := cmp.Compare(len(a), len(b)); c != 0 {
		return c
	}
	return slices.Compare(a, b)
}
