package program

import "github.com/spec-lang/spec/mc/word"

// Spot is where a variable, or a part of one, stands in the slots of a state.
type Spot struct {
	rep   *word.Rep
	shape *shape // nil below a slot
	slot  int
	shift int
	lost  bool
}

// Spot returns where the variable with the given index stands.
func (l *Layout) Spot(variable int) Spot {
	s := l.vars[variable]
	return Spot{rep: s.rep, shape: s, slot: l.starts[variable]}.settle()
}

// settle goes below the slot, if s is one.
func (s Spot) settle() Spot {
	if s.shape != nil && s.shape.leaf() {
		s.shape = nil
	}
	return s
}

// Field returns where field i of a struct stands.
func (s Spot) Field(i int) Spot {
	if s.shape != nil {
		f := s.shape.fields[i]
		return Spot{rep: f.rep, shape: f.shape, slot: s.slot + f.offset}.settle()
	}
	if s.lost || s.rep.Form != word.Packed {
		return Spot{lost: true}
	}
	return s.part(s.rep.Fields[i])
}

// At returns where the value of a total function at the key of the given rank
// stands.
func (s Spot) At(rank int) Spot {
	if s.shape != nil {
		e := s.shape.elem
		return Spot{rep: e.rep, shape: e, slot: s.slot + rank*e.size}.settle()
	}
	if s.lost || s.rep.Form != word.Packed {
		return Spot{lost: true}
	}
	return s.part(s.rep.At(rank))
}

// Member returns where it stands whether the value of the given rank is in a
// set: a bit.
func (s Spot) Member(rank int) Spot {
	if s.lost || s.shape != nil || s.rep.Form != word.Packed {
		return Spot{lost: true}
	}
	s.shift += rank
	s.rep = nil
	return s
}

func (s Spot) part(p word.Part) Spot {
	return Spot{rep: p.Rep, slot: s.slot, shift: s.shift + p.Shift}
}

// Packed reports whether Rank works: the part is packed and its type has few
// values.
func (s Spot) Packed() bool {
	return !s.lost && s.shape == nil && (s.rep == nil || s.rep.Form == word.Packed && s.rep.Universe() != nil)
}

// Rank returns the rank of the value that stands there in canonical order; of
// a member 1 if it is in the set.
func (s Spot) Rank(slots []uint64) int {
	w := slots[s.slot] >> s.shift
	if s.rep == nil {
		return int(w & 1)
	}
	return s.rep.Universe().Rank(w & (1<<s.rep.Bits - 1))
}
