// Package symmetry merges states that differ only in the names of
// interchangeable elements.
//
// The elements of an unordered sort may be renamed in any way, those of a ring
// may be rotated, unless something in the system tells them apart (see
// refusals.go). States that renaming turns into each other form an orbit. A
// Canon replaces a state by the one representative of its orbit, so that a
// search visits one state of each. Ip and Dill, "Better verification through
// symmetry", FMSD 9 (1996).
//
// The representative is found by partition refinement, after McKay and
// Piperno, "Practical graph isomorphism, II", JSC 60 (2014): elements are
// coloured by how they occur in the state, colours are refined by the colours
// that they occur together with, and where elements still have one colour,
// each in turn is singled out. Elements whose exchange changes nothing need
// only one of the tries. Of the states that the tries come to, the least is
// the representative. Colours may be the same by accident, for they are hashes,
// which costs tries and never merges too much.
//
// What is decided about representatives is true of all states for invariants,
// steps, witnesses, deadlocks and faults, at the same depth. Properties of
// whole runs are not decided: fairness to each element is lost.
package symmetry

import (
	"math"
	"math/bits"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/word"
)

// Refusal is why states that differ only in the elements of a sort are not
// merged.
type Refusal struct {
	Sort *ir.Sort
	Why  string // in words
	Span source.Span
}

// String returns the refusal in words without its place.
func (r Refusal) String() string {
	return "the elements of " + r.Sort.Name + " are told apart: " + r.Why
}

// Reducer says which elements of a system are interchangeable. It may be used
// by several goroutines.
type Reducer struct {
	// Sorts are those whose elements are interchangeable.
	Sorts []*ir.Sort

	pool   *word.Pool
	layout *program.Layout
	sorts  []block
	points int
	first  map[*ir.Sort]int
	speaks map[*ir.Type]bool // of some element that may be renamed
	group  uint64            // how many renamings there are; 0 means too many for a word

	fixed    []int // slots that renaming leaves alone
	moved    []int // the others
	families []*family
	related  []*family // those that are not read into traits
}

// block is the points of one sort. A point is an element of any sort that is
// merged; they are numbered through.
type block struct {
	sort     *ir.Sort
	first, n int
	ring     bool
	// related says that more than the traits of its elements tells them apart.
	related bool
	bits    int // of the traits that are used
}

// New returns what can be merged in the states of a program, nil if nothing
// can, with the reason for each sort that cannot. Properties are those that
// the search decides.
func New(prog *program.Program, sys *ir.System, props ...*ir.Property) (*Reducer, []Refusal) {
	sorts, refused := symmetric(sys, prog.Layout, props)
	if len(sorts) == 0 {
		return nil, refused
	}
	r := &Reducer{Sorts: sorts, pool: prog.Pool, layout: prog.Layout, first: map[*ir.Sort]int{}, speaks: map[*ir.Type]bool{}, group: 1}
	for _, s := range sorts {
		n := len(s.Elems)
		r.first[s] = r.points
		r.sorts = append(r.sorts, block{sort: s, first: r.points, n: n, ring: s.Order == ir.Ring})
		r.points += n
		r.enlarge(s)
	}
	r.split(prog.Layout)
	return r, refused
}

func (r *Reducer) enlarge(s *ir.Sort) {
	if s.Order == ir.Ring {
		r.group = times(r.group, uint64(len(s.Elems)))
		return
	}
	r.group = times(r.group, factorial(len(s.Elems)))
}

// factorial returns n!, 0 if that is too much for a word.
func factorial(n int) uint64 {
	f := uint64(1)
	for i := 2; i <= n; i++ {
		f = times(f, uint64(i))
	}
	return f
}

// times multiplies; 0 stands for too much.
func times(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	if hi != 0 {
		return 0
	}
	return lo
}

// mentions reports whether values of t speak of points.
func (r *Reducer) mentions(t *ir.Type) bool {
	if m, ok := r.speaks[t]; ok {
		return m
	}
	m := false
	if t.Kind == ir.SortKind {
		_, m = r.first[t.Sort]
	}
	t.Parts(func(p *ir.Type) { m = r.mentions(p) || m })
	r.speaks[t] = m
	return m
}

// Renamings returns how many renamings there are; the greatest number if they
// are too many to count.
func (r *Reducer) Renamings() uint64 {
	if r.group == 0 {
		return math.MaxUint64
	}
	return r.group
}
