package inductive

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/prover/solver"
)

// suggest finds invariants of the system with which p would be inductive at the
// sizes of the model: of all invariants those are dropped, again and again, that
// a step breaks although all that are left hold before it. Nil if p is among
// the dropped ones, or if a solver does not know.
//
// After Flanagan and Leino, "Houdini, an annotation assistant for ESC/Java", 2001.
func (s *search) suggest(p *ir.Property) []*ir.Property {
	var left []*ir.Property
	for _, q := range s.sys.Props {
		if q.Kind == ir.Invariant {
			left = append(left, q)
		}
	}
	if len(left) < 2 {
		return nil
	}
	for {
		bad, needed, known := s.weakest(left)
		switch {
		case !known || bad == p:
			return nil
		case bad == nil:
			return slices.DeleteFunc(left, func(q *ir.Property) bool { return q == p || !slices.Contains(needed, q) })
		}
		left = slices.DeleteFunc(left, func(q *ir.Property) bool { return q == bad })
	}
}

// weakest returns one of the invariants that is not kept by all steps, given all
// of them; nil if all are kept. Needed are those that some step needs.
func (s *search) weakest(all []*ir.Property) (bad *ir.Property, needed []*ir.Property, known bool) {
	obligations, err := obligations(s.sys, all, nil)
	if err != nil {
		return nil, nil, false
	}
	for _, o := range obligations {
		c, a, err := s.ask(s.sys, all, o)
		switch {
		case err != nil || s.ctx.Err() != nil:
			return nil, nil, false
		case c != nil:
			return c.Prop, nil, true
		case a.Status != solver.Unsat:
			return nil, nil, false
		case a.Core == nil: // this solver does not say what it needed
			needed = all
		}
		for _, name := range a.Core {
			if q := o.Names[name]; q != nil && q != o.Prop && !slices.Contains(needed, q) {
				needed = append(needed, q)
			}
		}
	}
	return nil, needed, true
}
