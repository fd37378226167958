package porder

import (
	"cmp"
	"maps"
	"slices"
)

// cycles returns instances of which every cycle of at least two states takes
// one, after Kurshan, Levin, Minea, Peled and Yenigun, "Static partial order
// reduction", TACAS 1998: a cycle of states leads each cell through a cycle of
// its values, so it is enough to break those.
//
// An instance is harmless if there is a cell that it always changes, along an
// edge that is on no cycle of that cell's values, or if all changes it can
// make to any cell are such edges. Where there is
// a choice, few instances break the cycles, and such that are rarely alone in
// a reduced set anyway.
func (r *Reducer) cycles(cs *cells) Bits {
	b := &breaking{r: r, breakers: makeBits(len(r.list)), safe: makeBits(len(r.list))}
	var order []int
	strict := map[int]int{}
	for _, in := range r.list {
		for i := range in.writes {
			if in.moves(i) {
				strict[i]++
			}
		}
	}
	order = slices.SortedFunc(maps.Keys(strict), func(x, y int) int { return cmp.Or(cmp.Compare(strict[y], strict[x]), cmp.Compare(x, y)) })
	for _, i := range order {
		b.cell(cs.list[i])
	}
	for i, in := range r.list {
		if !b.safe.Has(i) && !b.breakers.Has(i) && !b.harmless(cs, in) {
			b.breakers.set(i)
		}
	}
	return b.breakers
}

// moves reports whether in always changes cell i.
func (in *instance) moves(i int) bool {
	w := in.writes[i]
	return w.sure && in.from(i) != ^uint64(0) && in.from(i)&w.mask == 0
}

type breaking struct {
	r              *Reducer
	breakers, safe Bits
}

// edges returns for each value of a cell the values that it can change into
// by instances that do not break.
func (b *breaking) edges(c cell) []uint64 {
	to := make([]uint64, len(c.values))
	for t, in := range b.r.list {
		w, ok := in.writes[c.lo]
		if !ok || b.breakers.Has(t) {
			continue
		}
		for v := range to {
			if in.from(c.lo)>>v&1 != 0 {
				to[v] |= w.mask &^ (1 << v)
			}
		}
	}
	// Closed under more than one step.
	for k := range to {
		for v := range to {
			if to[v]>>k&1 != 0 {
				to[v] |= to[k]
			}
		}
	}
	return to
}

// cyclic reports whether an edge of in is on a cycle.
func (in *instance) cyclic(c cell, reach []uint64) bool {
	w := in.writes[c.lo]
	for v := range reach {
		if in.from(c.lo)>>v&1 == 0 {
			continue
		}
		for u := range reach {
			if u != v && w.mask>>u&1 != 0 && reach[u]>>v&1 != 0 {
				return true
			}
		}
	}
	return false
}

// cell breaks the cycles of a cell that have edges of instances which always
// change it and are not safe yet.
func (b *breaking) cell(c cell) {
	var chosen []int
	for {
		best, need := b.widest(c)
		if !need {
			break
		}
		b.breakers.set(best)
		chosen = append(chosen, best)
	}
	for _, t := range chosen { // those that came later may have made it needless
		b.breakers.clear(t)
		if _, need := b.widest(c); need {
			b.breakers.set(t)
		}
	}
	for t, in := range b.r.list {
		if in.moves(c.lo) && !b.breakers.Has(t) {
			b.safe.set(t)
		}
	}
}

// maxTried is among how many instances the best breaker is looked for.
const maxTried = 64

// widest returns of the instances with an edge on a cycle the one to break
// with, and whether there is one to break the cycles for. That is the one that
// takes most others off their cycles, and of those one with many demands: the
// square of the one times the other gave the smallest searches on the models
// of testdata/bench.
func (b *breaking) widest(c cell) (best int, need bool) {
	list, need := b.cycling(c)
	best = -1
	most := 0
	for _, t := range list[:min(len(list), maxTried)] {
		b.breakers.set(t)
		left, _ := b.cycling(c)
		b.breakers.clear(t)
		freed := len(list) - len(left)
		if n := freed * freed * (b.r.demands[t].Len() + 1); n > most {
			best, most = t, n
		}
	}
	return best, need
}

// cycling returns the instances with an edge on a cycle, and whether one of
// them has to be made safe.
func (b *breaking) cycling(c cell) (list []int, need bool) {
	reach := b.edges(c)
	for t, in := range b.r.list {
		if _, ok := in.writes[c.lo]; ok && !b.breakers.Has(t) && in.cyclic(c, reach) {
			need = need || in.moves(c.lo) && !b.safe.Has(t)
			list = append(list, t)
		}
	}
	return list, need
}

// harmless reports whether no change that in can make is on a cycle.
func (b *breaking) harmless(cs *cells, in *instance) bool {
	for i := range in.writes {
		c := cs.list[i]
		if c.values == nil || in.cyclic(c, b.edges(c)) {
			return false
		}
	}
	return true
}
