package program

import "github.com/spec-lang/spec/mc/word"

// Place is where a variable, or a part of one, stands in a state: in one slot,
// or spread over several from Slot on.
type Place struct {
	*shape
	// Slot is the number of the first slot, see Layout.Slots.
	Slot int
}

// Place returns where the variable with the given index stands.
func (l *Layout) Place(v int) Place { return Place{l.vars[v], l.starts[v]} }

// Rep returns how the value would be held in one word.
func (p Place) Rep() *word.Rep { return p.rep }

// Leaf reports whether the value stands in one slot. Else it is a struct or a
// total function.
func (p Place) Leaf() bool { return p.leaf() }

// Field returns where a field of a struct that is no leaf stands.
func (p Place) Field(i int) Place { return Place{p.fields[i].shape, p.Slot + p.fields[i].offset} }

// At returns where a total function that is no leaf has the value of the key
// with the given rank.
func (p Place) At(rank int) Place { return Place{p.elem, p.Slot + rank*p.elem.size} }
