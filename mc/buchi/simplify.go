package buchi

import "slices"

// simplify makes an automaton smaller without changing what it accepts.
func (a *Automaton) simplify() {
	for {
		states, edges, sets := len(a.Edges), a.Transitions(), a.Sets
		a.trim()
		a.forget()
		a.reduce()
		if len(a.Edges) == states && a.Transitions() == edges && a.Sets == sets {
			break
		}
	}
	a.trim()
}

// trim drops what cannot be part of an accepting run: states that no path
// leads to or from which no accepting cycle can be reached. Marks count on
// cycles that can accept only.
func (a *Automaton) trim() {
	comp, accepting := a.components()
	useful := make([]bool, len(a.Edges))
	for changed := true; changed; {
		changed = false
		for q, es := range a.Edges {
			if !useful[q] && (accepting[comp[q]] || slices.ContainsFunc(es, func(e Edge) bool { return useful[e.To] })) {
				useful[q], changed = true, true
			}
		}
	}
	for q, es := range a.Edges {
		kept := es[:0]
		for _, e := range es {
			if !useful[e.To] {
				continue
			}
			if comp[q] != comp[e.To] || !accepting[comp[q]] {
				e.Marks = 0
			}
			kept = append(kept, e)
		}
		a.Edges[q] = kept
	}
	a.Accepting = make([]bool, len(a.Edges))
	for q := range a.Edges {
		a.Accepting[q] = accepting[comp[q]]
	}
	a.Initial = slices.DeleteFunc(a.Initial, func(q int) bool { return !useful[q] })
	a.renumber()
}

// renumber numbers the states that can be reached in the order of a
// breadth-first walk and drops the others.
func (a *Automaton) renumber() {
	to := make([]int, len(a.Edges))
	for i := range to {
		to[i] = -1
	}
	var order []int
	visit := func(q int) int {
		if to[q] < 0 {
			to[q] = len(order)
			order = append(order, q)
		}
		return to[q]
	}
	for i, q := range a.Initial {
		a.Initial[i] = visit(q)
	}
	var edges [][]Edge
	var accepting []bool
	for i := 0; i < len(order); i++ {
		es := a.Edges[order[i]]
		for j := range es {
			es[j].To = visit(es[j].To)
		}
		edges, accepting = append(edges, es), append(accepting, a.Accepting[order[i]])
	}
	slices.Sort(a.Initial)
	a.Initial = slices.Compact(a.Initial)
	a.Edges, a.Accepting = edges, accepting
}

// components returns the strongly connected component of each state, and
// which of these accept: they have a cycle, and all marks.
func (a *Automaton) components() (comp []int, accepting []bool) {
	comp = scc(len(a.Edges), func(q int, visit func(int)) {
		for _, e := range a.Edges[q] {
			visit(e.To)
		}
	})
	n := 0
	for _, c := range comp {
		n = max(n, c+1)
	}
	marks, cyclic := make([]uint64, n), make([]bool, n)
	for q, es := range a.Edges {
		for _, e := range es {
			if comp[q] == comp[e.To] {
				marks[comp[q]] |= e.Marks
				cyclic[comp[q]] = true
			}
		}
	}
	accepting = make([]bool, n)
	for c := range accepting {
		accepting[c] = cyclic[c] && marks[c] == a.All()
	}
	return comp, accepting
}

// scc numbers strongly connected components. Tarjan, "Depth-first search and
// linear graph algorithms", SIAM J. Comput. 1 (1972); automata are small
// enough for recursion.
func scc(n int, successors func(q int, visit func(int))) []int {
	comp, low, index := make([]int, n), make([]int, n), make([]int, n)
	var stack []int
	clock, count := 0, 0
	var visit func(q int)
	visit = func(q int) {
		clock++
		index[q], low[q] = clock, clock
		stack = append(stack, q)
		successors(q, func(r int) {
			if index[r] == 0 {
				visit(r)
			}
			if comp[r] == 0 {
				low[q] = min(low[q], low[r])
			}
		})
		if low[q] < index[q] {
			return
		}
		count++
		for {
			r := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			comp[r] = count
			if r == q {
				return
			}
		}
	}
	for q := range n {
		if index[q] == 0 {
			visit(q)
		}
	}
	for q := range comp {
		comp[q]--
	}
	return comp
}

// forget drops acceptance sets that another one is part of: whoever meets the
// smaller one infinitely often meets the larger one too.
func (a *Automaton) forget() {
	comp, accepting := a.components()
	within := func(q int, e Edge) bool { return comp[q] == comp[e.To] && accepting[comp[q]] }
	implied := func(i, j int) bool { // whatever has mark j has mark i
		for q, es := range a.Edges {
			for _, e := range es {
				if within(q, e) && e.Marks>>j&1 == 1 && e.Marks>>i&1 == 0 {
					return false
				}
			}
		}
		return true
	}
	var keep []int
	for i := range a.Sets {
		drop := a.everywhere(i, within)
		for j := 0; j < a.Sets && !drop; j++ {
			drop = i != j && implied(i, j) && (!implied(j, i) || j < i)
		}
		if !drop {
			keep = append(keep, i)
		}
	}
	for _, es := range a.Edges {
		for k := range es {
			marks := uint64(0)
			for n, i := range keep {
				marks |= es[k].Marks >> i & 1 << n
			}
			es[k].Marks = marks
		}
	}
	a.Sets = len(keep)
}

// everywhere reports whether all transitions of cycles that can accept have
// mark i. If there are cycles that cannot, some mark has to tell them apart.
func (a *Automaton) everywhere(i int, within func(int, Edge) bool) bool {
	comp, _ := a.components()
	for q, es := range a.Edges {
		for _, e := range es {
			if comp[q] == comp[e.To] && (!within(q, e) || e.Marks>>i&1 == 0) {
				return false
			}
		}
	}
	return true
}

// reduce merges states that simulate each other and drops transitions that
// others dominate. Direct simulation; Etessami, Wilke and Schuller, "Fair
// simulation relations, parity games, and state space reduction for Buchi
// automata", ICALP 2001, on transitions.
func (a *Automaton) reduce() {
	sim := a.simulation()
	class := make([]int, len(a.Edges))
	for q := range class {
		class[q] = q
		for r := range q {
			if sim[q][r] && sim[r][q] {
				class[q] = class[r]
				break
			}
		}
	}
	for q, es := range a.Edges {
		for i := range es {
			es[i].To = class[es[i].To]
		}
		a.Edges[q] = undominated(es, sim)
	}
	for i, q := range a.Initial {
		a.Initial[i] = class[q]
	}
	slices.Sort(a.Initial)
	a.Initial = slices.Compact(a.Initial)
	a.Initial = slices.DeleteFunc(slices.Clone(a.Initial), func(q int) bool {
		return slices.ContainsFunc(a.Initial, func(r int) bool { return r != q && sim[r][q] })
	})
}

// undominated drops the transitions that a weaker one with no fewer marks to a
// state that can do as much makes needless.
func undominated(es []Edge, sim [][]bool) []Edge {
	slices.SortFunc(es, func(d, e Edge) int {
		if c := compareLabels(d.Label, e.Label); c != 0 {
			return c
		}
		if d.To != e.To {
			return d.To - e.To
		}
		return compareMarks(e.Marks, d.Marks)
	})
	es = slices.Compact(es)
	var out []Edge
	for i, e := range es {
		if !slices.ContainsFunc(es, func(d Edge) bool { return d != e && dominates(d, e, sim) && (!dominates(e, d, sim)) }) {
			out = append(out, es[i])
		}
	}
	return out
}

func compareMarks(m, n uint64) int {
	switch {
	case m < n:
		return -1
	case m > n:
		return 1
	}
	return 0
}

func dominates(d, e Edge, sim [][]bool) bool {
	return d.Label.weaker(e.Label) && e.Marks&^d.Marks == 0 && sim[d.To][e.To]
}

// simulation computes which states can do what others can: sim[q][r] if q
// simulates r.
func (a *Automaton) simulation() [][]bool {
	n := len(a.Edges)
	sim := make([][]bool, n)
	for q := range sim {
		sim[q] = slices.Repeat([]bool{true}, n)
	}
	for changed := true; changed; {
		changed = false
		for q := range n {
			for r := range n {
				if sim[q][r] && !a.matches(q, r, sim) {
					sim[q][r], changed = false, true
				}
			}
		}
	}
	return sim
}

func (a *Automaton) matches(q, r int, sim [][]bool) bool {
	for _, e := range a.Edges[r] {
		if !slices.ContainsFunc(a.Edges[q], func(d Edge) bool { return dominates(d, e, sim) }) {
			return false
		}
	}
	return true
}
