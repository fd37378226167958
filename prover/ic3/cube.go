package ic3

import "slices"

// Cube is a set of states: those with the given bits. A bit is counted from 1,
// and negative if it is false. Bits are in ascending order.
type Cube []int

func bit(l int) int { return max(l, -l) - 1 }

func (c Cube) equal(d Cube) bool { return slices.Equal(c, d) }

// contains reports whether all states of d are in c: what c asks for, d does.
func (c Cube) contains(d Cube) bool {
	i := 0
	for _, l := range c {
		for i < len(d) && bit(d[i]) < bit(l) {
			i++
		}
		if i == len(d) || d[i] != l {
			return false
		}
	}
	return true
}

// without is c without its literal at i.
func (c Cube) without(i int) Cube {
	return append(append(make(Cube, 0, len(c)), c[:i]...), c[i+1:]...)
}

// union is the literals of both, which are of one cube.
func (c Cube) union(d Cube) Cube {
	out := append(slices.Clone(c), d...)
	slices.SortFunc(out, func(a, b int) int { return bit(a) - bit(b) })
	return slices.Compact(out)
}
