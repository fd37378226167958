package analysis

import (
	"slices"

	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// claim is what two models may agree on.
type claim struct {
	code diag.Code
	at   source.Span
}

// agreed returns what analyzers of kernels say of every model that has the
// declaration in it: what is so in one model only is a matter of its numbers.
// What is said of other modules is left to them.
func (r *run) agreed() diag.List {
	votes := map[claim]int{}
	for _, diags := range r.models {
		said := map[claim]bool{}
		for _, d := range diags {
			said[claim{d.Code, d.Span}] = true
		}
		for c := range said {
			votes[c]++
		}
	}
	var out diag.List
	for _, u := range r.index.Units {
		m, ok := u.Object.(*types.Model)
		if !ok {
			continue
		}
		for _, d := range r.models[m] {
			c := claim{d.Code, d.Span}
			home := r.index.At(d.Span)
			if home == nil || home.Broken || votes[c] == 0 || votes[c] < r.having(home) || r.told(d.Span) {
				continue
			}
			votes[c] = 0 // said once
			out = append(out, d)
		}
	}
	return out
}

// told reports whether something is said of a place or of a part of it that
// needs no model to be seen.
func (r *run) told(at source.Span) bool {
	return slices.ContainsFunc(r.diags, func(d diag.Diagnostic) bool { return at.Holds(d.Span) })
}

// having is how many models have the declaration of a unit in them. One with
// errors counts: what it would say is not known.
func (r *run) having(home *Unit) int {
	n := 0
	for _, u := range r.index.Units {
		if m, ok := u.Object.(*types.Model); ok && (home.Machine == nil || r.index.includes(m.Machine, home.Machine, nil)) {
			n++
		}
	}
	return n
}

// includes reports whether machine a is b or is composed of it.
func (x *Index) includes(a, b *types.Machine, seen []*types.Machine) bool {
	if a == b {
		return true
	}
	if slices.Contains(seen, b) {
		return false
	}
	seen = append(seen, b)
	return slices.ContainsFunc(x.usersOf(b), func(by *types.Machine) bool { return x.includes(a, by, seen) })
}
