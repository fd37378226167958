package mc

import (
	"context"
	"fmt"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/slice"
	"github.com/spec-lang/spec/mc/porder"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/store"
	"github.com/spec-lang/spec/mc/symmetry"
)

// Use says when a reduction is used, where it is sound.
type Use int

// Uses. IfLarge leaves small state spaces whole: their figures are those of
// the system, and there is nothing to gain. A search that turns out to be
// larger begins again with the reductions that pay; not if the model expects
// figures.
const (
	IfLarge Use = iota
	Never
	Always
)

// Reductions say which states a search may leave out. Without Slicing, the
// properties of runs and of branching time are decided on graphs of their own,
// which are whole.
type Reductions struct {
	Slicing      Use // variables that no answer depends on; also where runs and trees are decided
	Symmetry     Use // one state of those that differ only in the names of interchangeable elements
	PartialOrder Use // one order of steps that do not depend on each other
}

// large is how many states make a search large.
const large = lonely

// leastGroup is how many renamings there must be for symmetry to pay: finding
// representatives costs more than computing successors.
const leastGroup = 6

// leastSaving is by how much partial order reduction must divide the steps on
// a sample of states to pay: WebAssembly computes all steps several times as
// fast as closures compute some.
const leastSaving = 4

// reduction is what is left out of a search, with what was said about it.
type reduction struct {
	cut    *slice.Slice // that is searched; nil if that is the System
	orbits *symmetry.Reducer
	order  *porder.Reducer
	notes  []string
}

func (r *reduction) any() bool { return r.cut != nil || r.orbits != nil || r.order != nil }

func (r *reduction) note(format string, args ...any) {
	r.notes = append(r.notes, fmt.Sprintf(format, args...))
}

// mayReduce reports whether a search that turns out to be large is to begin
// again.
func (o Options) mayReduce(sys *ir.System) bool {
	r := o.Reductions
	return (r.Slicing == IfLarge || r.Symmetry == IfLarge || r.PartialOrder == IfLarge) && porder.Figures(sys) == "" &&
		o.Order == BreadthFirst && o.Store == Exact && o.Checkpoint == nil
}

// reduce finds out what may be left out of a search. It comes before the first
// Machine of p. The sample is of states that a search has visited, nil before
// there is any.
func (r *reduction) reduce(p *program.Program, c *program.Compiler, opt Options, sample func() [][]uint64) {
	wanted := func(u Use) bool { return u == Always || u == IfLarge && sample != nil }
	if wanted(opt.Reductions.Symmetry) {
		r.symmetry(p, opt)
	}
	if r.orbits == nil && wanted(opt.Reductions.PartialOrder) {
		r.partialOrder(p, c, opt, sample)
	}
}

// safety are the properties that a search of states decides.
func safety(sys *ir.System) []*ir.Property {
	var props []*ir.Property
	for _, c := range sys.Checks {
		switch c.Prop.Kind {
		case ir.Invariant, ir.Step, ir.Witness:
			props = append(props, c.Prop)
		}
	}
	return props
}

func (r *reduction) symmetry(p *program.Program, opt Options) {
	orbits, refused := symmetry.New(p, p.Sys, safety(p.Sys)...)
	for _, no := range refused {
		if no.Sort.Order == ir.Unordered && len(no.Sort.Elems) > 1 {
			r.note("no symmetry: %s", no)
		}
	}
	switch {
	case orbits == nil:
	case opt.Reductions.Symmetry != Always && orbits.Renamings() < leastGroup:
		r.note("no symmetry: it would not merge more than %d states", orbits.Renamings())
	default:
		r.orbits = orbits
	}
}

func (r *reduction) partialOrder(p *program.Program, c *program.Compiler, opt Options, sample func() [][]uint64) {
	order, why := porder.New(p, c, safety(p.Sys))
	if order == nil {
		r.note("no partial order reduction: %s", why)
		return
	}
	if opt.Reductions.PartialOrder != Always {
		if saving := order.Saving(sample()); saving < leastSaving {
			r.note("no partial order reduction: on a sample it leaves 1 of %.1f steps, which does not pay", saving)
			return
		}
	}
	r.order = order
}

// newRun returns a search of sys with the reductions that are wanted from the
// beginning.
func newRun(sys *ir.System, opt Options) *search {
	r := &reduction{}
	if opt.Reductions.Slicing == Always {
		r.slice(sys, Always)
	}
	if r.cut != nil {
		sys = r.cut.Sys
	}
	prog, c := program.Compile(sys)
	g := newGoal(sys, c)
	b := newBeside(prog, c, g, sys.Asked())
	if opt.Order == Guided {
		opt.compass = newCompass(sys, c)
	}
	r.reduce(prog, c, opt, nil)
	opt.reduction = r
	s := newSearch(prog, c, g, opt)
	s.beside = b
	if !r.any() && opt.mayReduce(sys) {
		s.pause = large
		if opt.large > 0 {
			s.pause = opt.large
		}
	}
	return s
}

// reconsider returns the search to go on with after s has paused: a new one
// with reductions, if any pays, or s.
func (s *search) reconsider() *search {
	r, sys := &reduction{}, s.sys
	if u := s.opt.Reductions.Slicing; u != Never {
		r.slice(sys, u)
		s.weighSlice(r)
	}
	if r.cut != nil {
		sys = r.cut.Sys
	}
	prog, c := program.Compile(sys)
	g, opt, b := newGoal(sys, c), s.opt, s.beside
	if r.cut != nil {
		b = newBeside(prog, c, g, sys.Asked())
	}
	r.reduce(prog, c, opt, func() [][]uint64 { return s.sample(prog, r.cut) })
	if !r.any() {
		s.opt.reduction = r
		return s
	}
	s.release()
	opt.reduction = r
	next := newSearch(prog, c, g, opt)
	next.beside = b
	return next
}

// sampled is how many states a decision about reductions looks at.
const sampled = 256

// sample are keys of states, evenly spread over those that were visited, as a
// Program of the System, or of a slice of it, has them.
func (s *search) sample(prog *program.Program, cut *slice.Slice) [][]uint64 {
	keys := [][]uint64{}
	n := len(s.parents)
	for i := range min(sampled, n) {
		key := make([]uint64, s.prog.Layout.Words)
		s.store.Key(store.ID(i*n/sampled), key)
		if cut != nil {
			key = s.translated(key, prog, cut)
		}
		keys = append(keys, key)
	}
	return keys
}

// explore runs a search to its end, with a second beginning if it is large.
func (s *search) explore(ctx context.Context) *search {
	s.run(ctx)
	if !s.paused {
		return s
	}
	start := s.start
	next := s.reconsider()
	next.start, next.paused, next.pause = start, false, 0
	next.run(ctx)
	return next
}
