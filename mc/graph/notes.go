package graph

import (
	"math/big"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/word"
)

// Notes are variables in which each step writes down its label. A Stepper
// says of a successor only which action it comes from; what else the label
// needs stands then in the key of the successor, and is taken out of it before
// the state is stored.
type Notes struct {
	sys    *ir.System // without notes
	vars   int        // of sys; those of notes come after them
	counts [][]int
	args   [][]int // by action: for each parameter that counts, the variable
}

// mostNoted is how many bits notes may take.
const mostNoted = 64

// Note returns sys with notes; told says of which actions labels tell all
// arguments. Every expression over the states of sys is one over those of the
// result.
func Note(sys *ir.System, told []bool) (*ir.System, *Notes) {
	n := &Notes{sys: sys, vars: len(sys.Vars), counts: counts(sys, told)}
	out := *sys
	out.Vars = append([]*ir.Var(nil), sys.Vars...)
	out.Actions = make([]*ir.Action, len(sys.Actions))
	// Types are unique in a System: this one is of no other variable.
	types := &ir.Table{}
	which := types.Range(new(big.Int), big.NewInt(int64(len(sys.Actions))))
	action := n.variable(&out, "action", which)
	for i, a := range sys.Actions {
		b := *a
		at := ir.Pos{Loc: a.Span}
		body := []ir.Stmt{&ir.Assign{Pos: at, Target: ir.Target{Var: action, Span: a.Span},
			Value: &ir.Lit{Node: ir.Node{T: which, Loc: a.Span}, Value: ir.NewInt(int64(i + 1))}}}
		var args []int
		for _, j := range n.counts[i] {
			p := a.Params[j].Local
			v := n.room(&out, p.Type, args)
			args = append(args, v.Index)
			body = append(body, &ir.Assign{Pos: at, Target: ir.Target{Var: v, Span: a.Span},
				Value: &ir.LocalRef{Node: ir.Node{T: p.Type, Loc: p.Span}, Local: p}})
		}
		n.args = append(n.args, args)
		b.Body = append(body, a.Body...)
		out.Actions[i] = &b
	}
	return &out, n
}

// room returns a variable for an argument of a type that none of the
// arguments before it takes.
func (n *Notes) room(sys *ir.System, t *ir.Type, taken []int) *ir.Var {
next:
	for _, v := range sys.Vars[n.vars+1:] {
		if v.Type != t {
			continue
		}
		for _, i := range taken {
			if i == v.Index {
				continue next
			}
		}
		return v
	}
	return n.variable(sys, "argument", t)
}

func (n *Notes) variable(sys *ir.System, name string, t *ir.Type) *ir.Var {
	v := &ir.Var{Name: name, Type: t, Index: len(sys.Vars), Span: sys.Span}
	sys.Vars = append(sys.Vars, v)
	return v
}

// reader reads notes out of keys.
type reader struct {
	*Notes
	mask  []uint64       // by word: where notes stand
	blank []uint64       // by word: what stands there in a stored key
	slots []program.Slot // of the notes, in order of their variables
	codes []uint32       // by the bits of the notes: the label plus 1
	more  map[uint64]uint32
	args  []uint64
}

// fewNoted is for how many bits of notes there is a table.
const fewNoted = 16

// reader returns nil if notes do not fit.
func (n *Notes) reader(prog *program.Program) *reader {
	l := prog.Layout
	r := &reader{Notes: n, mask: make([]uint64, l.Words), blank: make([]uint64, l.Words), more: map[uint64]uint32{}}
	size := 0
	for v := n.vars; v < len(prog.Sys.Vars); v++ {
		p := l.Place(v)
		if !p.Leaf() {
			return nil
		}
		s := l.Slots[p.Slot]
		r.slots = append(r.slots, s)
		r.mask[s.Word] |= s.Mask << s.Shift
		r.blank[s.Word] |= s.Rep.Zero() & s.Mask << s.Shift
		size += s.Rep.Bits
	}
	if size > mostNoted {
		return nil
	}
	if size <= fewNoted {
		r.codes = make([]uint32, 1<<size)
	}
	return r
}

// strip takes the notes out of a key and returns their bits.
func (r *reader) strip(key []uint64) uint64 {
	bits, at := uint64(0), 0
	for i := range r.slots {
		s := &r.slots[i]
		bits |= key[s.Word] >> s.Shift & s.Mask << at
		at += s.Rep.Bits
	}
	for i := range key {
		key[i] = key[i]&^r.mask[i] | r.blank[i]
	}
	return bits
}

// read takes the notes out of a key and returns the label that they stand for.
func (r *reader) read(u *numberer, key []uint64) uint32 {
	bits := r.strip(key)
	if r.codes == nil {
		l, ok := r.more[bits]
		if !ok {
			l = r.label(u, bits)
			r.more[bits] = l
		}
		return l
	}
	if r.codes[bits] == 0 {
		r.codes[bits] = r.label(u, bits) + 1
	}
	return r.codes[bits] - 1
}

func (r *reader) label(u *numberer, bits uint64) uint32 {
	var values []uint64
	for i := range r.slots {
		s := &r.slots[i]
		v := bits & s.Mask
		if bits >>= s.Rep.Bits; s.Rep.Form == word.Integer {
			v = s.Rep.Stretch(v)
		}
		values = append(values, v)
	}
	a := int(values[0]) - 1
	r.args = r.args[:0]
	for _, v := range r.Notes.args[a] {
		r.args = append(r.args, values[v-r.vars])
	}
	return u.of(a, r.args)
}
