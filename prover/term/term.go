// Package term has the formulas that solvers are asked about: many-sorted
// first-order terms with integers, quantifiers and free function symbols.
//
//   - A Bank makes terms unique: two terms of one Bank are the same exactly if
//     their pointers are. What it makes is simplified as far as constants go.
//   - Ground turns formulas over sorts with known elements into formulas
//     without quantifiers over them and without sorts but bool and int.
//   - Script writes formulas as SMT-LIB 2.
//
// How values of the kernel become terms is the business of package encode.
package term

import (
	"math/big"
	"strconv"
	"strings"
)

// SortKind is the kind of a sort.
type SortKind int

// Kinds of sort.
const (
	BoolSort SortKind = iota + 1
	IntSort
	EnumSort // finitely many elements with names
	FreeSort // any number of elements, at least one
)

// Sort is a sort of a Bank, unique by its name.
type Sort struct {
	Kind  SortKind
	Name  string
	Elems []string // of EnumSort
}

// Func is a symbol whose meaning is open. One without parameters is a constant.
type Func struct {
	Name   string
	Params []*Sort
	Result *Sort
}

// Op is what stands at the head of a term.
type Op int

// Heads of terms. Division is that of SMT-LIB: the remainder is not negative.
const (
	True Op = iota + 1
	False
	Number // N
	Elem   // element Index of its enum sort
	Bound  // a variable that a quantifier binds
	Apply  // Fn on Args
	Not
	And
	Or
	Implies
	Eq // on any sort, bool included
	Ite
	Add
	Mul
	Div
	Mod
	Le
	Forall // Vars, Args[0]
	Exists
)

// Term is a term of a Bank.
type Term struct {
	Op    Op
	Sort  *Sort
	Args  []*Term
	Fn    *Func
	N     *big.Int
	Index int     // of Elem; of Bound: what tells it from others
	Name  string  // of Bound, for readers
	Vars  []*Term // of Forall and Exists

	id   int
	open map[*Term]bool // bound variables that occur free
}

// Bank makes terms unique. Use NewBank.
type Bank struct {
	Bool, Int *Sort

	sorts  map[string]*Sort
	funcs  map[string]*Func
	order  []*Func
	terms  map[string]*Term
	bounds int
	yes    *Term
	no     *Term
}

// NewBank returns a Bank without terms.
func NewBank() *Bank {
	b := &Bank{
		Bool:  &Sort{Kind: BoolSort, Name: "Bool"},
		Int:   &Sort{Kind: IntSort, Name: "Int"},
		sorts: map[string]*Sort{}, funcs: map[string]*Func{}, terms: map[string]*Term{},
	}
	b.yes = b.intern(Term{Op: True, Sort: b.Bool})
	b.no = b.intern(Term{Op: False, Sort: b.Bool})
	return b
}

// Enum returns the sort of the given name; the first call fixes its elements.
func (b *Bank) Enum(name string, elems []string) *Sort {
	return b.sort(Sort{Kind: EnumSort, Name: name, Elems: elems})
}

// Free returns the sort of the given name with any number of elements.
func (b *Bank) Free(name string) *Sort { return b.sort(Sort{Kind: FreeSort, Name: name}) }

func (b *Bank) sort(s Sort) *Sort {
	if old := b.sorts[s.Name]; old != nil {
		return old
	}
	b.sorts[s.Name] = &s
	return &s
}

// Func returns the symbol of the given name; the first call fixes its sorts.
func (b *Bank) Func(name string, params []*Sort, result *Sort) *Func {
	if old := b.funcs[name]; old != nil {
		return old
	}
	f := &Func{Name: name, Params: params, Result: result}
	b.funcs[name] = f
	b.order = append(b.order, f)
	return f
}

func (b *Bank) intern(t Term) *Term {
	k := t.key()
	if old := b.terms[k]; old != nil {
		return old
	}
	t.id = len(b.terms) + 1
	t.open = t.findOpen()
	p := &t
	if t.Op == Bound {
		p.open = map[*Term]bool{p: true}
	}
	b.terms[k] = p
	return p
}

func (t *Term) key() string {
	var k strings.Builder
	put := func(n int) {
		k.WriteString(strconv.Itoa(n))
		k.WriteByte(' ')
	}
	put(int(t.Op))
	for _, a := range t.Args {
		put(a.id)
	}
	if len(t.Vars) > 0 {
		k.WriteByte('|')
		for _, v := range t.Vars {
			put(v.id)
		}
	}
	switch t.Op {
	case Number:
		k.WriteString(t.N.String())
	case Elem:
		k.WriteString(t.Sort.Name + "/")
		put(t.Index)
	case Bound:
		put(t.Index)
	case Apply:
		k.WriteString(t.Fn.Name)
	}
	return k.String()
}

// findOpen collects the variables that occur free; nil for none. Sets are
// shared with an argument that has them all.
func (t *Term) findOpen() map[*Term]bool {
	var most map[*Term]bool
	for _, a := range t.Args {
		if len(a.open) > len(most) {
			most = a.open
		}
	}
	all, own := most, false
	for _, a := range t.Args {
		for v := range a.open {
			if all[v] {
				continue
			}
			if !own {
				all, own = copied(all), true
			}
			all[v] = true
		}
	}
	for _, v := range t.Vars {
		if all[v] && !own {
			all, own = copied(all), true
		}
		delete(all, v)
	}
	if len(all) == 0 {
		return nil
	}
	return all
}

func copied(set map[*Term]bool) map[*Term]bool {
	out := make(map[*Term]bool, len(set)+1)
	for v := range set {
		out[v] = true
	}
	return out
}

// Open returns the variables that occur in t and are bound outside, in the
// order in which they were made.
func (t *Term) Open() []*Term {
	var out []*Term
	for v := range t.open {
		out = append(out, v)
	}
	sortByID(out)
	return out
}

// Const reports whether t is a value: a truth value, number or element.
func (t *Term) Const() bool { return t.Op <= Elem }

// Walk visits the distinct terms in t that are not in seen, arguments first.
func (t *Term) Walk(seen map[*Term]bool, visit func(*Term)) {
	if seen[t] {
		return
	}
	seen[t] = true
	for _, a := range t.Args {
		a.Walk(seen, visit)
	}
	visit(t)
}
