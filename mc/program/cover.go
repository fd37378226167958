package program

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/effects"
	"github.com/spec-lang/spec/mc/word"
)

// Cover sets the bits of a key that a part of the state may occupy. If two
// parts have no bit in common, a write to one is never seen at the other.
// Values that do not stand in the key themselves are covered as a whole. It is
// for the time before the first Machine runs: keys of paths may be new values.
func (l *Layout) Cover(key []uint64, p effects.Path) {
	l.cover(key, l.vars[p.Var.Index], l.starts[p.Var.Index], p.Steps)
}

func (l *Layout) cover(key []uint64, s *shape, slot int, steps []effects.Access) {
	switch {
	case s.leaf():
		at := &l.Slots[slot]
		key[at.Word] |= coverPart(s.rep, steps) << at.Shift
	case s.elem != nil:
		lo, hi := 0, s.rep.Keys.Len()
		if len(steps) > 0 {
			if rank, ok := rankOf(s.rep, steps[0].Key); ok {
				lo, hi = rank, rank+1
			}
			steps = steps[1:]
		}
		for i := lo; i < hi; i++ {
			l.cover(key, s.elem, slot+i*s.elem.size, steps)
		}
	case len(steps) > 0:
		f := s.fields[steps[0].Field]
		l.cover(key, f.shape, slot+f.offset, steps[1:])
	default:
		for _, f := range s.fields {
			l.cover(key, f.shape, slot+f.offset, nil)
		}
	}
}

func rankOf(r *word.Rep, key ir.Expr) (int, bool) {
	lit, ok := key.(*ir.Lit)
	if !ok {
		return 0, false
	}
	return r.Keys.Rank(r.Key.Encode(lit.Value)), true
}

// coverPart returns the bits of a word that a part of the value may occupy.
func coverPart(r *word.Rep, steps []effects.Access) uint64 {
	all := uint64(1)<<r.Bits - 1
	if len(steps) == 0 || r.Form != word.Packed {
		return all
	}
	switch r.Type.Kind {
	case ir.StructKind:
		p := r.Fields[steps[0].Field]
		return coverPart(p.Rep, steps[1:]) << p.Shift
	case ir.FuncKind:
		each := coverPart(r.Elem, steps[1:])
		if rank, ok := rankOf(r, steps[0].Key); ok {
			return each << r.At(rank).Shift
		}
		mask := uint64(0)
		for i := range r.Keys.Len() {
			mask |= each << r.At(i).Shift
		}
		return mask
	case ir.SetKind:
		if lit, ok := steps[0].Key.(*ir.Lit); ok {
			return 1 << r.Elems.Rank(r.Elem.Encode(lit.Value))
		}
	}
	return all
}
