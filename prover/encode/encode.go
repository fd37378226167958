// Package encode says what the kernel means in terms that solvers understand.
//
// Values become terms by their structure (see Value): sums are a tag and
// payloads, sets are predicates, functions are function symbols. What remains
// is many-sorted first-order logic with integers.
//
//   - A sort of any size is a sort of the logic, with at least one element and
//     axioms for its order. It is grounded to known elements otherwise.
//   - How many elements a set has is an uninterpreted number with the facts
//     about finite sets that proofs about majorities need (see card.go).
//   - Evaluation errors are conditions beside every value: an expression has
//     its value where the condition holds. It may be false where ir/eval
//     finds a value nevertheless, in a quantifier that is decided before the
//     error; it is never true where there is an error.
//   - What cannot be said is an Unsupported, the first one of an Encoder.
//
// With a Proof, bodies are proved instead of followed: see Proof.
//
// Every fact that an Encoder adds is true of the kernel, so that what follows
// from the terms is so. The converse does not hold: a model of the terms is
// only a hint, to be replayed on ir/eval.
package encode

import (
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/prover/term"
)

// Unsupported is something that has no terms.
type Unsupported struct {
	Span source.Span
	What string // fits after "the prover cannot say "
}

func (u *Unsupported) Error() string { return "the prover cannot say " + u.What }

// Encoder turns expressions of one System into terms of one Bank.
type Encoder struct {
	b    *term.Bank
	free map[*ir.Sort]bool
	vars []*ir.Type // of the state variables

	facts []*term.Term
	err   *Unsupported
	at    source.Span // what is being said
	cards map[*ir.Type][]*card
	// cardTypes are the keys of cards, in order.
	cardTypes []*ir.Type
	counted   map[cardKey]*card
	depth     int // of card.go: sets being counted inside each other
	elems     map[string]element
	seen      map[string]bool // axioms and constants that are among the facts
	texts     []string
	calling   map[*ir.Func]bool
	fresh     int
	scope     []*term.Term // bound variables, outermost first
	proof     *Proof       // nil unless bodies are being proved
	goals     []Goal
	causes    map[*term.Term]cause // with a proof: why conditions must hold
}

// New returns an Encoder for sys in which the given sorts have any size.
func New(b *term.Bank, sys *ir.System, free []*ir.Sort) *Encoder {
	e := &Encoder{b: b, free: map[*ir.Sort]bool{}, cards: map[*ir.Type][]*card{}, counted: map[cardKey]*card{},
		elems: map[string]element{}, seen: map[string]bool{}, calling: map[*ir.Func]bool{}, causes: map[*term.Term]cause{}}
	for _, s := range free {
		e.free[s] = true
	}
	for _, v := range sys.Vars {
		e.vars = append(e.vars, v.Type)
	}
	return e
}

// Err is the first thing that could not be said; nil if all was.
func (e *Encoder) Err() error {
	if e.err == nil {
		return nil
	}
	return e.err
}

func (e *Encoder) give(format string, args ...any) {
	if e.err == nil {
		e.err = &Unsupported{e.at, fmt.Sprintf(format, args...)}
	}
}

// fact adds what is true of the values made so far.
func (e *Encoder) fact(t *term.Term) {
	if t.Op != term.True {
		e.facts = append(e.facts, t)
	}
}

// Facts are what is true of the symbols in use; to be asserted with the rest.
func (e *Encoder) Facts() []*term.Term {
	out := append([]*term.Term{}, e.facts...)
	return append(out, e.cardFacts()...)
}

func (e *Encoder) name(of string) string {
	e.fresh++
	return fmt.Sprintf("%s#%d", of, e.fresh)
}

// Symbol returns a value of type t about which nothing is known but its type.
// The name is that of its terms.
func (e *Encoder) Symbol(name string, t *ir.Type) Value {
	v := e.symbol(name, t, nil)
	e.fact(e.fits(v, t))
	return v
}

// symbol is a value that depends on args.
func (e *Encoder) symbol(name string, t *ir.Type, args []*term.Term) Value {
	switch t.Kind {
	case ir.SumKind:
		s := &Sum{Tag: e.apply(name, e.tags(t), args), Args: make([][]Value, len(t.Variants))}
		for i, v := range t.Variants {
			for _, f := range v.Fields {
				s.Args[i] = append(s.Args[i], e.symbol(name+"."+v.Name+"."+f.Name, f.Type, args))
			}
		}
		return s
	case ir.StructKind:
		s := &Struct{}
		for _, f := range t.Fields {
			s.Fields = append(s.Fields, e.symbol(name+"."+f.Name, f.Type, args))
		}
		return s
	case ir.SetKind:
		return &Set{e.relation(name, t.Elem, args)}
	case ir.BagKind:
		count := e.table(name, t.Elem, args, func(name string, args []*term.Term) Value {
			return scalar(e.apply(name, e.b.Int, args))
		}, nil)
		return &Bag{func(x Value) *term.Term { return one(count(x)) }}
	case ir.FuncKind:
		return &Func{e.results(name, t, args)}
	case ir.MapKind:
		return &Map{e.relation(name+".has", t.Key, args), e.results(name, t, args)}
	case ir.SeqKind:
		q := &Seq{Len: e.apply(name+".len", e.b.Int, args), At: func(i *term.Term) Value {
			return e.symbol(name+".at", t.Elem, with(args, i))
		}}
		q.Prefix = e.prefix(name, t, args, q)
		return q
	}
	return scalar(e.apply(name, e.sortOf(t), args))
}

func with(args []*term.Term, more ...*term.Term) []*term.Term {
	return append(append([]*term.Term{}, args...), more...)
}

func (e *Encoder) apply(name string, result *term.Sort, args []*term.Term) *term.Term {
	sorts := make([]*term.Sort, len(args))
	for i, a := range args {
		sorts[i] = a.Sort
	}
	return e.b.Apply(e.b.Func(name, sorts, result), args...)
}

func (e *Encoder) relation(name string, elem *ir.Type, args []*term.Term) func(Value) *term.Term {
	has := e.table(name, elem, args, func(name string, args []*term.Term) Value {
		return scalar(e.apply(name, e.b.Bool, args))
	}, nil)
	return func(x Value) *term.Term { return one(has(x)) }
}

func (e *Encoder) results(name string, t *ir.Type, args []*term.Term) func(Value) Value {
	return e.table(name, t.Key, args, func(name string, args []*term.Term) Value { return e.symbol(name, t.Elem, args) }, t.Elem)
}

// table is a function of keys of type key, made of one symbol for each shape
// that a key can have. A nil elem means a scalar result.
func (e *Encoder) table(name string, key *ir.Type, args []*term.Term, entry func(string, []*term.Term) Value, elem *ir.Type) func(Value) Value {
	return func(k Value) Value {
		var out Value
		shapes := e.shapes(k, key)
		for i := len(shapes) - 1; i >= 0; i-- {
			s := shapes[i]
			if s.when.Op == term.False {
				continue
			}
			out = e.choice(s.when, entry(name+s.name, with(args, s.terms...)), out, elem)
		}
		if out == nil { // no shape fits: what stands here is never asked for
			return entry(name, args)
		}
		return out
	}
}

// tags is the sort of the variants of sum type t. Instances of one generic
// type share it, so that a conversion between them changes nothing.
func (e *Encoder) tags(t *ir.Type) *term.Sort {
	names := make([]string, len(t.Variants))
	for i, v := range t.Variants {
		names[i] = v.Name
	}
	switch {
	case t.Option:
		return e.b.Enum("option", names)
	case t.Generic != "":
		return e.b.Enum("generic "+t.Generic, names)
	}
	return e.b.Enum(t.Name, names)
}

// sortOf is the sort of a scalar type.
func (e *Encoder) sortOf(t *ir.Type) *term.Sort {
	switch {
	case t.Kind == ir.BoolKind:
		return e.b.Bool
	case t.IsNumeric():
		return e.b.Int
	case t.Kind == ir.StringKind:
		return e.b.Free("string")
	case e.free[t.Sort]:
		return e.b.Free(t.Sort.Name)
	}
	return e.b.Enum(t.Sort.Name, t.Sort.Elems)
}

// text is a string, different from all others.
func (e *Encoder) text(s string) *term.Term {
	c := e.apply(fmt.Sprintf("text %x", s), e.b.Free("string"), nil)
	for _, old := range e.texts {
		if old == s {
			return c
		}
	}
	for _, old := range e.texts {
		e.fact(e.b.Not(e.b.Eq(c, e.apply(fmt.Sprintf("text %x", old), e.b.Free("string"), nil))))
	}
	e.texts = append(e.texts, s)
	return c
}
