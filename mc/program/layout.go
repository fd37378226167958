package program

import (
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/mc/word"
)

// maxSlots is how many slots one variable is spread over at most.
const maxSlots = 4096

// shape says over which slots a value is spread: a leaf takes one; a struct
// or total function that does not fit into one has its parts one after
// another.
type shape struct {
	rep    *word.Rep
	size   int
	fields []field
	elem   *shape // of a total function: of each of its values
}

type field struct {
	offset int
	*shape
}

func (s *shape) leaf() bool { return s.fields == nil && s.elem == nil }

// Slot is where a component of the state stands in a key.
type Slot struct {
	Rep   *word.Rep
	Word  int
	Shift int
	Mask  uint64
}

// Layout says how states are held: spread over slots while they are worked
// on, and as keys in a store.
type Layout struct {
	Slots []Slot
	// Bits is how many bits of a key matter; they are the lowest of its words.
	Bits int
	// Words is the length of a key.
	Words int

	vars   []*shape
	starts []int
	blank  []uint64 // slots of some state, for variables that have no value yet
}

func newLayout(sys *ir.System, reps *word.Reps) *Layout {
	l := &Layout{}
	for _, v := range sys.Vars {
		s := spread(reps.Of(v.Type), maxSlots)
		l.vars = append(l.vars, s)
		l.starts = append(l.starts, len(l.Slots))
		l.add(s)
	}
	l.place()
	return l
}

// spread returns a shape of at most room slots.
func spread(r *word.Rep, room int) *shape {
	leaf := &shape{rep: r, size: 1}
	if r.Form == word.Packed {
		return leaf
	}
	s := &shape{rep: r}
	switch r.Type.Kind {
	case ir.StructKind:
		for _, p := range r.Fields {
			f := spread(p.Rep, room)
			s.fields = append(s.fields, field{s.size, f})
			s.size += f.size
		}
	case ir.FuncKind:
		if r.Keys == nil {
			return leaf
		}
		s.elem = spread(r.Elem, room)
		s.size = r.Keys.Len() * s.elem.size
	default:
		return leaf
	}
	if s.size > room || s.size == 0 {
		return leaf
	}
	return s
}

func (l *Layout) add(s *shape) {
	switch {
	case s.leaf():
		l.Slots = append(l.Slots, Slot{Rep: s.rep, Mask: 1<<s.rep.Bits - 1})
		l.blank = append(l.blank, s.rep.Zero())
	case s.elem != nil:
		for range s.rep.Keys.Len() {
			l.add(s.elem)
		}
	default:
		for _, f := range s.fields {
			l.add(f.shape)
		}
	}
}

// place puts the slots into words, wide ones first, each where it fits first.
// The word with the most room left comes last, so that half of it may be
// left out.
func (l *Layout) place() {
	order := make([]int, len(l.Slots))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return l.Slots[b].Rep.Bits - l.Slots[a].Rep.Bits })
	var used []int
	for _, i := range order {
		s := &l.Slots[i]
		w := slices.IndexFunc(used, func(n int) bool { return n+s.Rep.Bits <= 64 })
		if w < 0 {
			w = len(used)
			used = append(used, 0)
		}
		s.Word, s.Shift = w, used[w]
		used[w] += s.Rep.Bits
	}
	l.Words = len(used)
	if l.Words == 0 {
		l.Words = 1
		return
	}
	least := 0
	for i, n := range used {
		if n < used[least] {
			least = i
		}
	}
	last := l.Words - 1
	for i := range l.Slots {
		switch s := &l.Slots[i]; s.Word {
		case least:
			s.Word = last
		case last:
			s.Word = least
		}
	}
	l.Bits = 64*last + used[least]
}

// Pack writes the key of a state.
func (l *Layout) Pack(key, slots []uint64) {
	clear(key)
	for i := range l.Slots {
		s := &l.Slots[i]
		v := slots[i]
		if s.Rep.Form == word.Integer {
			v = s.Rep.Squeeze(v)
		}
		key[s.Word] |= v << s.Shift
	}
}

// Unpack writes the slots of the state with the given key.
func (l *Layout) Unpack(slots, key []uint64) {
	for i := range l.Slots {
		s := &l.Slots[i]
		v := key[s.Word] >> s.Shift & s.Mask
		if s.Rep.Form == word.Integer {
			v = s.Rep.Stretch(v)
		}
		slots[i] = v
	}
}

// gather returns the word of a value that is spread from slots[0] on.
func (s *shape) gather(slots []uint64) uint64 {
	if s.leaf() {
		return slots[0]
	}
	parts := make([]uint64, 0, s.size)
	if s.elem != nil {
		for i := range s.rep.Keys.Len() {
			parts = append(parts, s.elem.gather(slots[i*s.elem.size:]))
		}
		return s.rep.Func(parts)
	}
	for _, f := range s.fields {
		parts = append(parts, f.gather(slots[f.offset:]))
	}
	return s.rep.Struct(parts)
}

// scatter is the inverse of gather.
func (s *shape) scatter(slots []uint64, w uint64) {
	switch {
	case s.leaf():
		slots[0] = w
	case s.elem != nil:
		for i, v := range s.rep.Values(nil, w) {
			s.elem.scatter(slots[i*s.elem.size:], v)
		}
	default:
		for i, f := range s.fields {
			f.scatter(slots[f.offset:], s.rep.Part(w, s.rep.Fields[i]))
		}
	}
}

// Decode returns the values of the variables in a state.
func (l *Layout) Decode(slots []uint64) []ir.Value {
	vs := make([]ir.Value, len(l.vars))
	for i, s := range l.vars {
		vs[i] = s.rep.Decode(s.gather(slots[l.starts[i]:]))
	}
	return vs
}

// Span returns which slots variable v takes: from lo up to hi.
func (l *Layout) Span(v int) (lo, hi int) { return l.starts[v], l.starts[v] + l.vars[v].size }

// Encode writes the slots of a state with the given values.
func (l *Layout) Encode(slots []uint64, state []ir.Value) {
	for i, s := range l.vars {
		s.scatter(slots[l.starts[i]:], s.rep.Encode(state[i]))
	}
}
