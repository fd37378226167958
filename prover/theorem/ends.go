package theorem

import "github.com/spec-lang/spec/prover/kernel"

// ends reports whether a function is shown to end: it does not call itself, or
// its measure is smaller, and not below 0, in each call. Functions that call
// each other are not shown to.
func (r *run) ends(name string) bool {
	return r.endsBelow(name, map[string]bool{})
}

func (r *run) endsBelow(name string, above map[string]bool) bool {
	def, ok := r.theory().Defs[name]
	if !ok {
		return true
	}
	above[name] = true
	defer delete(above, name)
	return r.callsEnd(name, def, def.Body, nil, above)
}

// callsEnd looks at every call in a part of a definition that is reached under
// some conditions.
func (r *run) callsEnd(name string, def kernel.Def, t *kernel.Term, conds []fact, above map[string]bool) bool {
	if t.Op == kernel.Ite {
		c := t.Args[0]
		return r.callsEnd(name, def, c, conds, above) &&
			r.callsEnd(name, def, t.Args[1], r.with(conds, assumed(c)), above) &&
			r.callsEnd(name, def, t.Args[2], r.with(conds, assumed(kernel.T(kernel.Not, c))), above)
	}
	for _, a := range t.Args {
		if !r.callsEnd(name, def, a, conds, above) {
			return false
		}
	}
	switch {
	case t.Op != kernel.App:
		return true
	case t.Name == name:
		return r.smaller(name, def, t, conds)
	case above[t.Name]:
		return false
	}
	return r.endsBelow(t.Name, above)
}

func (r *run) smaller(name string, def kernel.Def, call *kernel.Term, conds []fact) bool {
	m := r.tr.measures[name]
	if m == nil {
		return false
	}
	then := substituted(m, def.Params, call.Args)
	conds = r.lengths(conds, kernel.T(kernel.Add, m, then))
	return r.prove(conds, kernel.T(kernel.And, kernel.T(kernel.Le, kernel.I(0), then), kernel.Lt(then, m)), 0) != nil
}

// lengths adds what is known of the lengths in a term.
func (r *run) lengths(facts []fact, t *kernel.Term) []fact {
	for _, a := range t.Args {
		facts = r.lengths(facts, a)
	}
	if t.Op != kernel.App || t.Name != kernel.Len {
		return facts
	}
	s := t.Args[0]
	for _, name := range []string{"len least", "len tail"} {
		p := &kernel.Proof{Rule: kernel.Fact, Name: name, Terms: []*kernel.Term{s}}
		if res, err := kernel.Check(r.theory(), p); err == nil {
			facts = r.with(facts, fact{res.Goal, p})
		}
	}
	return facts
}
