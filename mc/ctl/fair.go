package ctl

import "github.com/spec-lang/spec/mc/graph"

// fairness finds the parts of a graph in which a fair run can stay for ever.
//
// A run is fair if each weak constraint is infinitely often impossible or
// taken, and each strong one, if infinitely often possible, infinitely often
// taken. A strongly connected component in which the run sees everything again
// and again is fair if each constraint is taken in it, or (weak) impossible in
// some state of it, or (strong) possible in none. If a weak constraint fails,
// it fails in every part of the component too. If a strong one fails, it can
// only be met by leaving the states where it is possible, so these are taken
// out and the rest is looked at again: Emerson and Lei, "Modalities for model
// checking: branching time logic strikes back", Science of Computer
// Programming 8 (1987).
type fairness struct {
	g *graph.Graph
	// region says of each state to which part it belongs, 0 to none.
	region []uint32
	parts  uint32

	// Of the search for components:
	part, count uint32
	index, low  []uint32
	open        []uint32
	frames      []frame

	// By constraint, of the component that is looked at:
	seen    []uint32 // in how many states it is possible
	taken   []bool   // whether it is taken
	latest  []uint32 // the state that counted it last, plus 1
	touched []int32
}

func newFairness(g *graph.Graph) *fairness {
	n := len(g.Fair)
	return &fairness{g: g, region: make([]uint32, g.Len()), seen: make([]uint32, n), taken: make([]bool, n), latest: make([]uint32, n)}
}

// components returns the fair components within s, each a list of states, and
// no two with a state in common.
func (f *fairness) components(s set) [][]uint32 {
	var all []uint32
	s.each(func(id uint32) { all = append(all, id) })
	var out [][]uint32
	for work := [][]uint32{all}; len(work) > 0; {
		part := work[len(work)-1]
		work = work[:len(work)-1]
		f.split(part, func(comp []uint32) {
			switch rest := f.judge(comp); {
			case rest == nil:
			case len(rest) == len(comp):
				out = append(out, rest)
			default:
				work = append(work, rest)
			}
		})
	}
	return out
}

// judge returns comp, a component, if it is fair; else what of it may have a
// fair part, nil if nothing. It may be called while components are looked
// for: the regions of other states stay as they are.
func (f *fairness) judge(comp []uint32) []uint32 {
	f.tally(comp)
	var bad map[int32]bool
	for _, i := range f.touched {
		switch c := &f.g.Fair[i]; {
		case f.taken[i]:
		case c.Strong():
			if bad == nil {
				bad = map[int32]bool{}
			}
			bad[i] = true
		case int(f.seen[i]) == len(comp):
			return nil
		}
	}
	if len(bad) == 0 {
		return comp
	}
	rest := []uint32{}
	for _, id := range comp {
		if !f.possible(id, bad) {
			rest = append(rest, id)
		}
	}
	if len(rest) == 0 {
		return nil
	}
	return rest
}

// tally counts in how many states of a component each constraint is possible
// and which are taken within it.
func (f *fairness) tally(comp []uint32) {
	for _, i := range f.touched {
		f.seen[i], f.taken[i], f.latest[i] = 0, false, 0
	}
	f.touched = f.touched[:0]
	f.parts++
	for _, id := range comp {
		f.region[id] = f.parts
	}
	for _, id := range comp {
		to, label := f.g.Out(id)
		for k, l := range label {
			i := f.g.Labels[l].Fair
			if i < 0 {
				continue
			}
			if f.seen[i] == 0 {
				f.touched = append(f.touched, i)
			}
			if f.latest[i] != id+1 {
				f.latest[i] = id + 1
				f.seen[i]++
			}
			if to[k] != graph.Outside && f.region[to[k]] == f.parts {
				f.taken[i] = true
			}
		}
	}
}

// possible reports whether one of some constraints is possible in a state.
func (f *fairness) possible(id uint32, some map[int32]bool) bool {
	_, label := f.g.Out(id)
	for _, l := range label {
		if i := f.g.Labels[l].Fair; i >= 0 && some[i] {
			return true
		}
	}
	return false
}
