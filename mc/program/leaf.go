package program

import "github.com/spec-lang/spec/mc/word"

// Leaf says which part of the state stands in a slot.
type Leaf struct {
	Var  int // ir.Var.Index
	Path []LeafStep
}

// LeafStep leads from a struct to one of its fields, or from a total function
// to the value at one of its keys.
type LeafStep struct {
	Rep   *word.Rep // of the struct or function
	Index int       // of the field, or the rank of the key
}

// Leaves returns what stands in each of the Slots.
func (l *Layout) Leaves() []Leaf {
	var out []Leaf
	for i, s := range l.vars {
		s.leaves(Leaf{Var: i}, &out)
	}
	return out
}

func (s *shape) leaves(at Leaf, out *[]Leaf) {
	step := func(i int) Leaf {
		return Leaf{at.Var, append(at.Path[:len(at.Path):len(at.Path)], LeafStep{s.rep, i})}
	}
	switch {
	case s.leaf():
		*out = append(*out, at)
	case s.elem != nil:
		for i := range s.rep.Keys.Len() {
			s.elem.leaves(step(i), out)
		}
	default:
		for i, f := range s.fields {
			f.leaves(step(i), out)
		}
	}
}
