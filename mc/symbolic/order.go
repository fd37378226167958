package symbolic

import (
	"slices"

	"github.com/spec-lang/spec/ir/circuit"
)

// rounds is how often order moves all bits.
const rounds = 30

// order places the bits of a state so that those that depend on each other
// are close: bits are pulled to the centre of the steps they occur in, again
// and again. Aloul, Markov and Sakallah, "FORCE: a fast and easy-to-implement
// variable-ordering heuristic", GLSVLSI 2003.
//
// The result is the place of each bit.
func order(c *circuit.Circuit) []int {
	edges := hyperedges(c)
	best := make([]int, c.States)
	for i := range best {
		best[i] = i
	}
	least := span(edges, best)
	place := slices.Clone(best)
	for range rounds {
		place = pull(edges, place)
		if s := span(edges, place); s < least {
			least, best = s, slices.Clone(place)
		}
	}
	return best
}

// hyperedges are sets of bits that belong together: a new bit with what it is
// computed from, and what decides whether a step is possible.
func hyperedges(c *circuit.Circuit) [][]int {
	var edges [][]int
	seen := map[string]bool{}
	add := func(bits []int) {
		slices.Sort(bits)
		key := ""
		for _, b := range bits {
			key += string(rune(b)) + ","
		}
		if bits = slices.Compact(bits); len(bits) > 1 && !seen[key] {
			seen[key] = true
			edges = append(edges, bits)
		}
	}
	support := func(bits []int, l ...circuit.Lit) []int {
		c.Graph.Support(func(leaf int) {
			if leaf < c.States {
				bits = append(bits, leaf)
			}
		}, l...)
		return bits
	}
	for _, s := range c.Steps {
		var changed []int
		for _, i := range moved(c, s) {
			changed = append(changed, i)
			add(support([]int{i}, s.Next[i]))
		}
		add(support(changed, s.Valid))
	}
	return edges
}

// span is how far the edges stretch in all.
func span(edges [][]int, place []int) int {
	total := 0
	for _, e := range edges {
		lo, hi := place[e[0]], place[e[0]]
		for _, i := range e {
			lo, hi = min(lo, place[i]), max(hi, place[i])
		}
		total += hi - lo
	}
	return total
}

// pull moves every bit to the mean of the centres of its edges.
func pull(edges [][]int, place []int) []int {
	n := len(place)
	sum, count := make([]float64, n), make([]int, n)
	for _, e := range edges {
		centre := 0
		for _, i := range e {
			centre += place[i]
		}
		for _, i := range e {
			sum[i] += float64(centre) / float64(len(e))
			count[i]++
		}
	}
	bits := make([]int, n)
	for i := range bits {
		bits[i] = i
		if count[i] > 0 {
			sum[i] /= float64(count[i])
		} else {
			sum[i] = float64(place[i])
		}
	}
	slices.SortStableFunc(bits, func(a, b int) int {
		switch {
		case sum[a] < sum[b]:
			return -1
		case sum[a] > sum[b]:
			return 1
		}
		return place[a] - place[b]
	})
	out := make([]int, n)
	for p, i := range bits {
		out[i] = p
	}
	return out
}
