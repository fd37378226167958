package mc

import (
	"context"
	"fmt"
	"time"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/evidence"
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

// Reductions say which states a search may leave out. The properties of runs
// and of branching time are decided on graphs of their own, which are whole.
type Reductions struct {
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
	orbits *symmetry.Reducer
	order  *porder.Reducer
	notes  []string
}

func (r *reduction) any() bool { return r.orbits != nil || r.order != nil }

func (r *reduction) note(format string, args ...any) {
	r.notes = append(r.notes, fmt.Sprintf(format, args...))
}

// mayReduce reports whether a search that turns out to be large is to begin
// again.
func (o Options) mayReduce(sys *ir.System) bool {
	return (o.Reductions.Symmetry == IfLarge || o.Reductions.PartialOrder == IfLarge) && porder.Figures(sys) == "" &&
		o.Order == BreadthFirst && o.Store == Exact && o.Checkpoint == nil
}

// reduce finds out what may be left out of a search. It comes before the first
// Machine of p. The sample is of states that a search has visited, nil before
// there is any.
func reduce(sys *ir.System, p *program.Program, c *program.Compiler, opt Options, sample [][]uint64) *reduction {
	r := &reduction{}
	wanted := func(u Use) bool { return u == Always || u == IfLarge && sample != nil }
	if wanted(opt.Reductions.Symmetry) {
		r.symmetry(sys, p, opt)
	}
	if r.orbits == nil && wanted(opt.Reductions.PartialOrder) {
		r.partialOrder(sys, p, c, opt, sample)
	}
	return r
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

func (r *reduction) symmetry(sys *ir.System, p *program.Program, opt Options) {
	orbits, refused := symmetry.New(p, sys, safety(sys)...)
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

func (r *reduction) partialOrder(sys *ir.System, p *program.Program, c *program.Compiler, opt Options, sample [][]uint64) {
	order, why := porder.New(p, c, safety(sys))
	switch {
	case order == nil:
		r.note("no partial order reduction: %s", why)
	case opt.Reductions.PartialOrder != Always && order.Saving(sample) < leastSaving:
		r.note("no partial order reduction: on a sample it leaves 1 of %.1f steps, which does not pay", order.Saving(sample))
	default:
		r.order = order
	}
}

// begin returns a search of sys with the reductions that are wanted from the
// beginning.
func newRun(prog *program.Program, c *program.Compiler, opt Options) *search {
	opt.reduction = reduce(prog.Sys, prog, c, opt, nil)
	s := newSearch(prog, c, newGoal(prog.Sys, c), opt)
	if !opt.reduction.any() && opt.mayReduce(prog.Sys) {
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
	prog, c := program.Compile(s.sys)
	g, opt := newGoal(s.sys, c), s.opt
	opt.reduction = reduce(s.sys, prog, c, opt, s.sample())
	if !opt.reduction.any() {
		s.opt.reduction = opt.reduction
		return s
	}
	s.release()
	return newSearch(prog, c, g, opt)
}

// sampled is how many states a decision about reductions looks at.
const sampled = 256

// sample are keys of states, evenly spread over those that were visited.
func (s *search) sample() [][]uint64 {
	keys := [][]uint64{}
	n := len(s.parents)
	for i := range min(sampled, n) {
		key := make([]uint64, s.prog.Layout.Words)
		s.store.Key(store.ID(i*n/sampled), key)
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

// noteReductions says what reductions did, and why some did nothing.
func (s *search) noteReductions(res *evidence.Result) {
	r := s.opt.reduction
	if r == nil {
		return
	}
	visited := s.states.Distinct
	if r.orbits != nil {
		names := ""
		for i, sort := range r.orbits.Sorts {
			if i > 0 {
				names += ", "
			}
			names += sort.Name
		}
		note := fmt.Sprintf("symmetry of %s: %d states were visited", names, visited)
		if n, ok := s.orbitSum(); ok {
			note += fmt.Sprintf(" for %d", n)
		}
		res.Basis.Notes = append(res.Basis.Notes, note)
	}
	if r.order != nil {
		res.Basis.Notes = append(res.Basis.Notes, fmt.Sprintf("partial order reduction: in %d of %d states only some steps were taken", s.thinned(), visited))
	}
	res.Basis.Notes = append(res.Basis.Notes, r.notes...)
	if res.Reduced = r.any(); res.Reduced {
		if porder.Figures(s.sys) != "" {
			res.Basis.Notes = append(res.Basis.Notes, "figures that the model expects are not compared, since not all states were visited")
		}
		res.Coverage.Vacuous = nil // a part may matter only in what is left out
	}
}

func (s *search) thinned() uint64 {
	n := uint64(0)
	for _, w := range s.workers {
		n += w.thinned
	}
	return n
}

// orbitSum is how many states those that were visited stand for; false if that
// is too much to count.
func (s *search) orbitSum() (uint64, bool) {
	n := uint64(0)
	for _, w := range s.workers {
		if w.endless {
			return 0, false
		}
		n += w.orbitSum
	}
	return n, true
}

// limitTime bounds ctx by the limit on time.
func limitTime(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	if d <= 0 {
		return ctx, func() {}
	}
	return context.WithTimeoutCause(ctx, d, fmt.Errorf("the time limit of %s", d))
}
