package symmetry

import (
	"slices"

	"github.com/spec-lang/spec/ir"
)

// Renaming says of each point which it becomes. Nil renames nothing.
type Renaming []int32

// Renaming returns what made the last state that Canonical was given its
// representative.
func (c *Canon) Renaming() Renaming { return slices.Clone(c.final) }

// Inverse returns the renaming that takes n back.
func (n Renaming) Inverse() Renaming {
	out := make(Renaming, len(n))
	for p, to := range n {
		out[to] = int32(p)
	}
	return out
}

// Then returns the renaming that does n and then m.
func (n Renaming) Then(m Renaming) Renaming {
	if m == nil {
		return n
	}
	out := slices.Clone(n)
	for p, to := range out {
		out[p] = m[to]
	}
	return out
}

// Rename returns values with the elements of sorts renamed.
func (r *Reducer) Rename(vs []ir.Value, n Renaming) []ir.Value {
	if n == nil {
		return vs
	}
	out := slices.Clone(vs)
	for i, v := range out {
		for _, b := range r.sorts {
			if v != nil {
				v = renamed(v, b.sort, func(i int) int { return int(n[b.first+i]) - b.first })
			}
		}
		out[i] = v
	}
	return out
}

// keep notes how the state became the best so far: turned, and then renamed.
func (c *Canon) keep() {
	for i := range c.sorts {
		b := &c.sorts[i]
		for p := range b.n {
			c.final[b.first+p] = c.levels[0].perm[b.first+(p+c.rot[i])%b.n]
		}
	}
}
