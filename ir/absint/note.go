package absint

import "github.com/spec-lang/spec/ir"

// Note is what is known of one expression or statement, over all its
// evaluations in reachable states.
type Note struct {
	value   *Value // of an expression that is evaluated; nil if it never is
	fails   bool   // an evaluation may end in an error of its own
	reached bool   // a statement that some run may come to
	passed  bool   // and go on from
}

func (x *run) note(t ir.Tree) *Note {
	n := x.notes[t]
	if n == nil {
		n = &Note{}
		x.notes[t] = n
	}
	return n
}

func (n *Note) add(v *Value) {
	if n.value == nil {
		n.value = v
	} else {
		n.value = n.value.join(v)
	}
}
