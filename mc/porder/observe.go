package porder

import (
	"maps"

	"github.com/spec-lang/spec/ir"
)

// sight is how the truth of a condition hangs on cells. It can become true
// only if an atom does or a raw cell changes, and false likewise.
type sight struct {
	atoms []atom
	raw   Bits
	fails bool                // evaluating it may fail
	taken map[*ir.Action]bool // that it asks whether they are taken
	lost  bool
}

// atom is the condition that a cell has one of some values.
type atom struct {
	cell int
	mask uint64
}

// reads adds the cells that the condition reads to b.
func (s *sight) reads(b Bits) {
	b.or(s.raw)
	for _, a := range s.atoms {
		b.set(a.cell)
	}
}

// single returns the atom that the condition is, if it is one.
func (s *sight) single() (atom, bool) {
	for _, w := range s.raw {
		if w != 0 {
			return atom{}, false
		}
	}
	if len(s.atoms) != 1 || s.fails || s.lost || len(s.taken) > 0 {
		return atom{}, false
	}
	return s.atoms[0], true
}

// observer builds a sight.
type observer struct {
	*cells
	sight
	left  int
	calls int
}

// observe returns how the truth of e, in which locals have values, hangs on
// cells.
func (c *cells) observe(e ir.Expr, locals map[*ir.Local]ir.Value) sight {
	o := &observer{cells: c, sight: sight{raw: makeBits(len(c.list)), taken: map[*ir.Action]bool{}}, left: maxVisits}
	in := map[*ir.Local]ir.Value{}
	maps.Copy(in, locals)
	o.add(e, in, true)
	return o.sight
}

func (o *observer) walk(e ir.Expr, locals map[*ir.Local]ir.Value) (*walker, ir.Value) {
	w := o.walker()
	w.left = min(w.left, o.left)
	before := w.left
	maps.Copy(w.locals, locals)
	v := w.expr(e)
	o.left -= before - w.left
	o.lost = o.lost || w.lost
	return w, v
}

// add adds e, or its negation.
func (o *observer) add(e ir.Expr, locals map[*ir.Local]ir.Value, positive bool) {
	w, v := o.walk(e, locals)
	switch {
	case o.lost || v != nil && !w.fails:
		return
	case w.fails || len(w.taken) > 0:
		// A third value: parts do not say how the whole changes.
		o.fails = o.fails || w.fails
		o.raw.or(w.reads)
		maps.Copy(o.taken, w.taken)
		return
	case o.atom(e, w.reads, locals, positive):
		return
	}
	if !o.parts(e, locals, positive) {
		o.raw.or(w.reads)
	}
}

// atom adds e if its value hangs on one cell only.
func (o *observer) atom(e ir.Expr, reads Bits, locals map[*ir.Local]ir.Value, positive bool) bool {
	i := reads.Next(0)
	if i < 0 || reads.Next(i+1) >= 0 || o.list[i].values == nil {
		return false
	}
	mask := uint64(0)
	for r, v := range o.list[i].values {
		w := o.walker()
		maps.Copy(w.locals, locals)
		w.known[i] = v
		switch w.expr(e) {
		case ir.Bool(true):
			mask |= 1 << r
		case ir.Bool(false):
		default:
			return false
		}
		if w.fails {
			return false
		}
	}
	if !positive {
		mask = ^mask & o.list[i].everything()
	}
	if mask != 0 && mask != o.list[i].everything() {
		o.atoms = append(o.atoms, atom{i, mask})
	}
	return true
}

// parts adds the parts of e, if it is made of conditions.
func (o *observer) parts(e ir.Expr, locals map[*ir.Local]ir.Value, positive bool) bool {
	switch e := e.(type) {
	case *ir.Apply:
		switch e.Op {
		case ir.And, ir.Or:
			o.add(e.Args[0], locals, positive)
			o.add(e.Args[1], locals, positive)
		case ir.Implies:
			o.add(e.Args[0], locals, !positive)
			o.add(e.Args[1], locals, positive)
		case ir.Not:
			o.add(e.Args[0], locals, !positive)
		default:
			return false
		}
		return true
	case *ir.If:
		o.add(e.Cond, locals, true)
		o.add(e.Cond, locals, false)
		o.add(e.Then, locals, positive)
		o.add(e.Else, locals, positive)
		return true
	case *ir.Let:
		in := maps.Clone(locals)
		o.value(e.Local, e.Value, locals, in)
		o.add(e.Body, in, positive)
		return true
	case *ir.Call:
		if e.Func.Value == nil || o.calls >= maxCalls {
			return false
		}
		in := map[*ir.Local]ir.Value{}
		for i, p := range e.Func.Params {
			o.value(p, e.Args[i], locals, in)
		}
		o.calls++
		o.add(e.Func.Value, in, positive)
		o.calls--
		return true
	case *ir.Bind:
		return o.quantifier(e, locals, positive)
	}
	return false
}

// value gives a local its value; if it is not known, what it is read from
// stands for whatever is said of the local.
func (o *observer) value(l *ir.Local, e ir.Expr, locals, in map[*ir.Local]ir.Value) {
	w, v := o.walk(e, locals)
	if v == nil {
		o.raw.or(w.reads)
		delete(in, l)
		return
	}
	in[l] = v
}

// quantifier adds a quantifier over known elements, or over the elements of a
// set in the state, of which the system can have only few.
func (o *observer) quantifier(e *ir.Bind, locals map[*ir.Local]ir.Value, positive bool) bool {
	if e.Kind != ir.Forall && e.Kind != ir.Exists {
		return false
	}
	in := maps.Clone(locals)
	return o.bindings(e, e.Binders, in, func() {
		if e.Cond != nil {
			o.add(e.Cond, in, positive == (e.Kind == ir.Exists))
		}
		if w, v := o.walk(firstOf(e.Cond, e.Body), in); v == ir.Bool(false) && !w.fails && e.Cond != nil {
			return
		}
		o.add(e.Body, in, positive)
	})
}

func firstOf(e, otherwise ir.Expr) ir.Expr {
	if e != nil {
		return e
	}
	return otherwise
}

// bindings visits the bindings of the binders of e, unless one of them has
// elements that are not known.
func (o *observer) bindings(e *ir.Bind, binders []ir.Binder, in map[*ir.Local]ir.Value, visit func()) bool {
	if len(binders) == 0 {
		visit()
		return true
	}
	b := binders[0]
	w := o.walker()
	maps.Copy(w.locals, in)
	elems, known := w.domain(b.Domain)
	if !known {
		nodes, old := w.place(b.Domain)
		if len(nodes) != 1 || old || nodes[0].kids == nil || nodes[0].typ.Kind != ir.SetKind {
			return false
		}
		elems = o.small(nodes[0].typ.Elem, maxUnrolled)
		if elems == nil {
			return false
		}
		w.read(nodes, false)
		o.raw.or(w.reads) // whichever they are
	}
	for _, v := range elems {
		if o.left--; o.left < 0 {
			o.lost = true
			return true
		}
		in[b.Local] = v
		if !o.bindings(e, binders[1:], in, visit) {
			return false
		}
	}
	return true
}
