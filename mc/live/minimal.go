package live

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// The way to the nearest node on a fair accepting cycle need not be the
// shortest stem: a run may be in its loop long before the automaton is. So
// loops of the system are looked for, from states that are nearer. A loop is
// good if its repetition is fair and accepted by the automaton from some state
// that it may be in there. What a way around does to the automaton is a relation
// on its states, with the marks that are met; relations compose, and there are
// finitely many. So this is a search through states with relations (transition
// profiles: Sistla, Vardi and Wolper, "The complementation problem for Buchi
// automata with applications to temporal logic", TCS 49, 1987), with the deeds
// of the way beside them for the sake of fairness. There may be very many; the
// search for shorter runs ends after some effort.

// mostProfiled is how many states of an automaton relations are for, and
// mostMarked how many acceptance sets.
const mostProfiled, mostMarked = 64, 48

// shorter looks for lassos with fewer steps.
type shorter struct {
	*product
	left int // effort
	best lasso
}

// place is a state that a run comes to, with the states that the automaton may
// be in then.
type place struct {
	state uint32
	autos uint64
	from  int32  // the place before
	edge  uint32 // from there
}

// shortest returns a lasso with the shortest stem and, of those, with a
// shortest loop, so far as can be found out with some effort, and whether
// there can be no shorter stem. No stem has fewer than least steps.
func (x *product) shortest(best lasso, least int) (lasso, bool) {
	if !x.whole {
		least = 0
	}
	if x.nq > mostProfiled || x.q.never.Sets > mostMarked {
		return best, len(best.stem) <= least
	}
	s := &shorter{product: x, left: x.c.opt.Effort, best: best}
	proved := s.levels(least)
	return s.best, proved && x.whole || len(s.best.stem) <= least
}

// reached are the places that runs come to, those with fewer steps first.
type reached struct {
	*shorter
	all   []place
	known map[spot]bool
}

// spot is what tells places apart.
type spot struct {
	state uint32
	autos uint64
}

// levels goes through what runs come to in 0, 1, 2 and so on steps, and looks
// for loops from there. It returns whether it has seen all that is nearer than
// where the best lasso has its loop.
func (s *shorter) levels(least int) bool {
	r := &reached{shorter: s, known: map[spot]bool{}}
	first := uint64(0)
	for _, q := range s.q.never.Initial {
		first |= 1 << q
	}
	for _, id := range s.g.Initial {
		r.add(place{state: id, autos: first, from: -1})
	}
	for depth, begin := 0, 0; ; depth++ {
		end := len(r.all)
		done := depth < least || r.loops(begin, end, depth)
		switch {
		case depth >= len(s.best.stem):
			return true
		case !done || !r.further(begin, end):
			return false
		}
		begin = end
	}
}

func (r *reached) add(p place) {
	if k := (spot{p.state, p.autos}); p.autos != 0 && !r.known[k] {
		r.known[k] = true
		r.left--
		r.all = append(r.all, p)
	}
}

// loops looks for loops from some places. False means that no effort is left.
func (r *reached) loops(begin, end, depth int) bool {
	for i := begin; i < end && r.left > 0; i++ {
		if loop := r.loop(r.all[i], depth); loop != nil {
			r.best = lasso{way(r.all, int32(i)), loop}
		}
	}
	return r.left > 0
}

// further takes runs one step further from some places. False means that no
// effort is left.
func (r *reached) further(begin, end int) bool {
	for i := begin; i < end && r.left > 0; i++ {
		at := r.all[i]
		r.steps(at.state, func(edge, to uint32, l letters) {
			r.add(place{to, r.after(at.autos, l), int32(i), edge})
		})
	}
	return r.left > 0
}

// after are the states of the automaton after a step from some.
func (s *shorter) after(autos uint64, l letters) uint64 {
	out := uint64(0)
	for ; autos != 0; autos &= autos - 1 {
		for _, e := range s.q.never.Edges[bits.TrailingZeros64(autos)] {
			if s.allows(e.Label, l.holds, l.bad) {
				out |= 1 << e.To
			}
		}
	}
	return out
}

// way is how a run comes to a place.
func way(all []place, i int32) []step {
	var out []step
	for ; all[i].from >= 0; i = all[i].from {
		out = append(out, step{all[all[i].from].state, all[i].edge})
	}
	slices.Reverse(out)
	return out
}

// letters are the propositions that hold on a step, and those without a value.
type letters struct{ holds, bad uint64 }

// steps visits the steps of a state.
func (s *shorter) steps(state uint32, visit func(edge, to uint32, l letters)) {
	if !s.g.Expanded(state) {
		return
	}
	holds, bad := s.letter(state)
	for i, end := s.g.Row(state); i < end; i++ {
		mv := s.g.Edge(i)
		if mv.To >= s.horizon {
			continue
		}
		l := letters{holds, bad}
		if s.q.steps != 0 {
			holds, bad := s.stepLetter(state, mv.Label)
			l = letters{l.holds&^s.q.steps | holds, l.bad&^s.q.steps | bad}
		}
		visit(i, mv.To, l)
	}
}

// around is a state that a way comes to from some state, with what has
// happened on the way.
type around struct {
	state   uint32
	profile []move   // sorted
	deeds   []uint64 // as of a root
	from    int32
	edge    uint32
	length  int
}

// move says that the automaton may come from one state to another and meet
// marks.
type move struct {
	from, to uint8
	marks    uint64
}

// loop returns a shortest good loop from a place, nil if there is none that is
// better than the best one.
func (s *shorter) loop(at place, depth int) []step {
	home := s.components(at.state)
	if len(home) == 0 {
		return nil
	}
	n := s.f.words
	first := around{state: at.state, deeds: make([]uint64, 3*n), from: -1}
	for q := range uint8(s.nq) {
		first.profile = append(first.profile, move{q, q, 0})
	}
	d := deedsOf(first.deeds)
	s.f.possible(at.state, d.somewhere)
	copy(d.always, d.somewhere)
	all, known := []around{first}, map[string]bool{}
	for i := 0; i < len(all) && s.left > 0; i++ {
		if depth == len(s.best.stem) && all[i].length+1 >= len(s.best.loop) {
			return nil
		}
		if end := s.extend(&all, int32(i), at, home, known); end >= 0 {
			return loopTo(all, end)
		}
	}
	return nil
}

// components are those fair ones with nodes of a state.
func (s *shorter) components(state uint32) []int32 {
	var out []int32
	for q := range int(s.nq) {
		if v := s.node(state, q); s.good(v) && !slices.Contains(out, s.num[v]) {
			out = append(out, s.num[v])
		}
	}
	return out
}

// within reports whether a state has nodes in some components: a good loop
// does not leave those of its first state.
func (s *shorter) within(state uint32, home []int32) bool {
	for q := range int(s.nq) {
		if slices.Contains(home, s.num[s.node(state, q)]) {
			return true
		}
	}
	return false
}

func deedsOf(d []uint64) deeds {
	n := len(d) / 3
	return deeds{d[:n], d[n : 2*n], d[2*n:]}
}

// extend takes a way one step further, in each direction. It returns the number
// of one that is a good loop, -1 if none is.
func (s *shorter) extend(all *[]around, i int32, at place, home []int32, known map[string]bool) (end int32) {
	end = -1
	a := (*all)[i]
	possible := make([]uint64, s.f.words)
	s.steps(a.state, func(edge, to uint32, l letters) {
		if end >= 0 || !s.within(to, home) {
			return
		}
		b := around{state: to, profile: s.then(a.profile, l), deeds: slices.Clone(a.deeds), from: i, edge: edge, length: a.length + 1}
		d := deedsOf(b.deeds)
		s.f.serve(s.g.Edge(edge).Label, d.taken)
		clear(possible)
		s.f.possible(to, possible)
		for w, e := range possible {
			d.always[w] &= e
			d.somewhere[w] |= e
		}
		if k := b.key(); len(b.profile) > 0 && !known[k] {
			known[k] = true
			s.left--
			*all = append(*all, b)
			if to == at.state && s.accepted(b.profile, at.autos) {
				if ok, starved := s.f.starved(d, nil); ok && !starved {
					end = int32(len(*all) - 1)
				}
			}
		}
	})
	return end
}

func (a *around) key() string {
	key := binary.LittleEndian.AppendUint32(nil, a.state)
	for _, m := range a.profile {
		key = binary.LittleEndian.AppendUint64(key, uint64(m.from)<<56|uint64(m.to)<<48|m.marks)
	}
	for _, w := range a.deeds {
		key = binary.LittleEndian.AppendUint64(key, w)
	}
	return string(key)
}

// then is a relation with a step after it. What is possible with fewer marks
// and the same states goes.
func (s *shorter) then(p []move, l letters) []move {
	var out []move
	for _, m := range p {
		for _, e := range s.q.never.Edges[m.to] {
			if s.allows(e.Label, l.holds, l.bad) {
				out = insert(out, move{m.from, uint8(e.To), m.marks | e.Marks})
			}
		}
	}
	slices.SortFunc(out, func(a, b move) int {
		switch {
		case a.from != b.from:
			return int(a.from) - int(b.from)
		case a.to != b.to:
			return int(a.to) - int(b.to)
		case a.marks < b.marks:
			return -1
		}
		return 1
	})
	return out
}

func insert(ms []move, m move) []move {
	for _, o := range ms {
		if o.from == m.from && o.to == m.to && m.marks&^o.marks == 0 {
			return ms
		}
	}
	ms = slices.DeleteFunc(ms, func(o move) bool { return o.from == m.from && o.to == m.to && o.marks&^m.marks == 0 })
	return append(ms, m)
}

// accepted reports whether the automaton accepts from one of some states what
// does p to it again and again.
func (s *shorter) accepted(p []move, from uint64) bool {
	reach := make([]uint64, s.nq)
	for _, m := range p {
		reach[m.from] |= 1 << m.to
	}
	for k := range reach {
		for i := range reach {
			if reach[i]>>k&1 == 1 {
				reach[i] |= reach[k]
			}
		}
	}
	seen := from
	for left := from; left != 0; left &= left - 1 {
		seen |= reach[bits.TrailingZeros64(left)]
	}
	for ; seen != 0; seen &= seen - 1 {
		q, marks := bits.TrailingZeros64(seen), uint64(0)
		if reach[q]>>q&1 == 0 {
			continue
		}
		for _, m := range p {
			if reach[q]>>m.from&1 == 1 && reach[m.to]>>q&1 == 1 {
				marks |= m.marks
			}
		}
		if marks == s.q.never.All() {
			return true
		}
	}
	return false
}

func loopTo(all []around, i int32) []step {
	var out []step
	for ; all[i].from >= 0; i = all[i].from {
		out = append(out, step{all[all[i].from].state, all[i].edge})
	}
	slices.Reverse(out)
	return out
}
