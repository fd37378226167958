package mc

import (
	"fmt"

	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/mc/porder"
)

// noteReductions says what reductions did, and why some did nothing.
func (s *search) noteReductions(res *evidence.Result) {
	r := s.opt.reduction
	note := func(format string, args ...any) {
		res.Basis.Notes = append(res.Basis.Notes, fmt.Sprintf(format, args...))
	}
	if r.cut != nil {
		note("slicing: no answer depends on %s", names(r.cut.Removed))
	}
	if r.orbits != nil {
		sum := ""
		if n, ok := s.orbitSum(); ok {
			sum = fmt.Sprintf(" for %d", n)
		}
		note("%s: %d states were visited%s", s.symmetric(), s.states.Distinct, sum)
	}
	if r.order != nil {
		note("partial order reduction: in %d of %d states only some steps were taken", s.thinned(), s.states.Distinct)
	}
	res.Basis.Notes = append(res.Basis.Notes, r.notes...)
	if res.Reduced = r.any(); res.Reduced && porder.Figures(s.sys) != "" {
		note("figures that the model expects are not compared, since not all states were visited")
	}
	if r.order != nil {
		s.doubt(res, note)
	}
}

// doubt takes back what partial order reduction may have missed: states that
// exercise a part of a property, or come further in a guard. An action that is
// never taken stays so (see package porder), and slices and orbits have all
// steps.
func (s *search) doubt(res *evidence.Result, note func(string, ...any)) {
	if n := len(res.Coverage.Vacuous); n > 0 {
		res.Coverage.Vacuous = nil
		note("parts of properties that no visited state exercises are not reported (%d): partial order reduction may leave out those that do", n)
	}
	for _, c := range res.Coverage.Actions {
		if c.Taken == 0 {
			clear(c.Blocked)
		}
	}
}

// reductions are what reductions did, in figures.
func (s *search) reductions() []evidence.Reduction {
	var out []evidence.Reduction
	r := s.opt.reduction
	if r.cut != nil {
		all := uint64(len(s.sys.Vars))
		out = append(out, evidence.Reduction{Name: "slicing", Kept: all - uint64(len(r.cut.Removed)), Of: all, Unit: "variable"})
	}
	if n, ok := s.orbitSum(); ok && r.orbits != nil {
		out = append(out, evidence.Reduction{Name: s.symmetric(), Kept: s.states.Distinct, Of: n, Unit: "state"})
	}
	if r.order != nil {
		n := s.states.Distinct
		out = append(out, evidence.Reduction{Name: "all steps under partial order", Kept: n - s.thinned(), Of: n, Unit: "state"})
	}
	return out
}

// symmetric names the symmetry that is used.
func (s *search) symmetric() string {
	names := ""
	for i, sort := range s.orbits.Sorts {
		if i > 0 {
			names += ", "
		}
		names += sort.Name
	}
	return "symmetry of " + names
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
