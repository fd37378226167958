package resolution

import (
	"slices"

	"github.com/spec-lang/spec/prover/kernel"
)

// tautology reports whether a clause has a literal and its negation.
func tautology(c kernel.Clause) bool {
	for i, a := range c {
		for _, b := range c[:i] {
			if a.Neg != b.Neg && kernel.Same(a.Atom, b.Atom) {
				return true
			}
		}
	}
	return false
}

// weight is the number of symbols.
func weight(c kernel.Clause) int {
	n := 0
	for _, l := range c {
		n += size(l.Atom)
	}
	return n
}

func size(t *kernel.Term) int {
	n := 1
	for _, a := range t.Args {
		n += size(a)
	}
	return n
}

// longest is how many literals a clause has that is tried for subsumption: the
// cost grows exponentially with them.
const longest = 4

// subsumes reports whether b says no more than an instance of a. It may miss
// that of a long one.
func subsumes(a, b kernel.Clause) bool {
	return len(a) <= len(b) && len(a) <= longest && matches(a, b, kernel.Substitution{})
}

// matches looks for an instance of a all of whose literals are in b.
func matches(a, b kernel.Clause, s kernel.Substitution) bool {
	if len(a) == 0 {
		return true
	}
	return slices.ContainsFunc(b, func(l kernel.Literal) bool {
		if l.Neg != a[0].Neg {
			return false
		}
		try := kernel.Substitution{}
		for k, v := range s {
			try[k] = v
		}
		return match(a[0].Atom, l.Atom, try) && matches(a[1:], b, try)
	})
}

// match extends s so that the instance of a is b. The variables of b stand for
// themselves.
func match(a, b *kernel.Term, s kernel.Substitution) bool {
	if kernel.IsVariable(a) {
		if old := s[a.Name]; old != nil {
			return kernel.Same(old, b)
		}
		s[a.Name] = b
		return a.Sort == b.Sort
	}
	if a.Op != b.Op || a.Sort != b.Sort || a.Name != b.Name || a.Over != b.Over || len(a.Args) != len(b.Args) {
		return false
	}
	if len(a.Args) == 0 {
		return kernel.Same(a, b)
	}
	for i := range a.Args {
		if !match(a.Args[i], b.Args[i], s) {
			return false
		}
	}
	return true
}
