package porder

import (
	"math/bits"

	"github.com/spec-lang/spec/mc/program"
)

// Set computes which instances to explore, state by state. A goroutine needs
// one of its own.
type Set struct {
	r *Reducer
	m *program.Machine

	ranks   []int
	enabled Bits
	maybe   Bits  // conditions that are single cells allow it
	falseAt []int // by instance: the condition found false, -1 if not known, -2 if blocked
	best    Bits
	all     Bits
	work    []int
	found   bool
	fire    func(*program.Machine)
}

// What falseAt may also be.
const (
	unseen  = -1
	blocked = -2
)

// NewSet returns a Set.
func (r *Reducer) NewSet() *Set {
	n := len(r.list)
	s := &Set{r: r, m: r.prog.NewMachine(), ranks: make([]int, len(r.cells)), enabled: makeBits(n), maybe: makeBits(n),
		falseAt: make([]int, n), best: makeBits(n), all: makeBits(n), work: make([]int, 0, n)}
	s.fire = func(*program.Machine) { s.found = true }
	return s
}

// Reduce returns the instances to explore in the state with the given key; all
// that are enabled there are among them if reduced is false. The result is
// valid until the next call.
//
// If exploring a reduced set comes to a failure, or to no state but this one,
// the caller must explore all instances instead.
func (s *Set) Reduce(key []uint64) (explore Bits, reduced bool) {
	slots := s.m.Load(key)
	s.look(slots)
	n := s.enabled.Len()
	if n <= 1 {
		return s.enabled, false
	}
	least := n
	for t := s.enabled.Next(0); t >= 0 && least > 1; t = s.enabled.Next(t + 1) {
		if size := s.close(t, least); size < least {
			least = size
			copy(s.best, s.all)
		}
	}
	if least == n {
		return s.enabled, false
	}
	s.best.and(s.enabled)
	return s.best, true
}

// look finds out which instances are enabled.
func (s *Set) look(slots []uint64) {
	r := s.r
	for i := range s.maybe {
		s.maybe[i] = ^uint64(0)
	}
	if extra := len(r.list) & 63; extra != 0 {
		s.maybe[len(s.maybe)-1] = 1<<extra - 1
	}
	for i, c := range r.cells {
		s.ranks[i] = c.spot.Rank(slots)
		s.maybe.and(r.allows[i][s.ranks[i]])
	}
	for i := range s.falseAt {
		s.falseAt[i] = unseen
	}
	clear(s.enabled)
	for t := s.maybe.Next(0); t >= 0; t = s.maybe.Next(t + 1) {
		if s.possible(t, slots) {
			s.enabled.set(t)
		}
	}
}

// possible reports whether an instance has an outcome. A failure is one.
func (s *Set) possible(t int, slots []uint64) bool {
	in := s.r.list[t]
	for k := range in.conds {
		c := &in.conds[k]
		if c.pred == nil {
			if !c.early && c.at.mask>>s.ranks[c.at.cell]&1 == 0 {
				s.falseAt[t] = k
				return false
			}
			continue
		}
		ok, failure := s.m.Test(c.pred, slots, nil)
		if failure != nil {
			return true
		}
		if !ok {
			s.falseAt[t] = k
			return false
		}
	}
	if !in.blocks {
		return true
	}
	s.found = false
	s.m.Fire(s.r.handles[t], s.fire)
	if !s.found {
		s.falseAt[t] = blocked
	}
	return s.found
}

// close puts into s.all the least set that has instance t and whatever its
// members need, and returns how many of them are enabled; it gives up when
// these are as many as limit.
func (s *Set) close(t, limit int) int {
	clear(s.all)
	s.work = append(s.work[:0], t)
	s.all.set(t)
	size := 0
	for len(s.work) > 0 {
		t := s.work[len(s.work)-1]
		s.work = s.work[:len(s.work)-1]
		needs := Bits(nil)
		if s.enabled.Has(t) {
			if size++; size >= limit || s.r.breakers.Has(t) {
				return limit
			}
			needs = s.r.demands[t]
		} else {
			needs = s.enabling(t)
		}
		for i, w := range needs {
			more := w &^ s.all[i]
			s.all[i] |= more
			for ; more != 0; more &= more - 1 {
				s.work = append(s.work, i<<6+bits.TrailingZeros64(more))
			}
		}
	}
	return size
}

// enabling returns the instances without which t, which is not enabled, stays
// so: those that need least for the conditions known to be false.
func (s *Set) enabling(t int) Bits {
	r, in := s.r, s.r.list[t]
	if s.falseAt[t] == blocked {
		return r.unblockers[t]
	}
	var best Bits
	least := 0
	for k := range in.conds {
		c := &in.conds[k]
		if c.pred == nil {
			if c.at.mask>>s.ranks[c.at.cell]&1 != 0 {
				continue
			}
		} else if s.falseAt[t] != k {
			continue
		}
		b := r.enablers[t][k]
		if cost := 8*b.common(s.enabled) + b.Len() - b.common(s.all); best == nil || cost < least {
			best, least = b, cost
		}
	}
	return best
}

// Saving returns by how much r divides the number of steps, over the states
// with the given keys.
func (r *Reducer) Saving(keys [][]uint64) float64 {
	s := r.NewSet()
	all, some := 0, 0
	for _, key := range keys {
		explore, reduced := s.Reduce(key)
		all += s.enabled.Len()
		if reduced {
			some += explore.Len()
		} else {
			some += s.enabled.Len()
		}
	}
	return float64(all) / float64(max(some, 1))
}
