package program

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/mc/word"
)

// seqOp compiles the operators that make sequences, and Concat of strings.
func (c *Compiler) seqOp(e *ir.Apply, r *word.Rep, a []code) code {
	switch e.Op {
	case ir.SeqLit:
		return plain(r, func(m *Machine) uint64 {
			base := len(m.tmp)
			for i := range a {
				w := a[i].run(m)
				m.push(w)
			}
			return m.seq(r, base)
		})
	case ir.Concat:
		x, y := a[0].run, a[1].run
		if r.Type.Kind == ir.StringKind {
			return plain(r, func(m *Machine) uint64 {
				v := x(m)
				return r.String(r.Text(v) + r.Text(y(m)))
			})
		}
		return plain(r, func(m *Machine) uint64 {
			v := x(m)
			w := y(m)
			base := len(m.tmp)
			m.tmp = r.Elements(m.tmp, v)
			m.tmp = r.Elements(m.tmp, w)
			return m.seq(r, base)
		})
	}
	x, lo, hi, sp := a[0].run, a[1].run, a[2].run, e.Loc // Slice
	return plain(r, func(m *Machine) uint64 {
		q := x(m)
		l := lo(m)
		h := hi(m)
		n := int64(m.lenSeq(r, q))
		if (l|h)&1 != 0 || word.Small(l) < 0 || word.Small(h) > n || word.Small(l) > word.Small(h) {
			m.fail(eval.OutsideIndex, sp)
			return q
		}
		base := len(m.tmp)
		m.tmp = r.Elements(m.tmp, q)
		m.tmp = append(m.tmp[:base], m.tmp[base+int(l>>1):base+int(h>>1)]...)
		return m.seq(r, base)
	})
}

// seq takes the words from base on off the stack and returns the sequence of
// them.
func (m *Machine) seq(r *word.Rep, base int) uint64 {
	w := r.Seq(m.tmp[base:])
	m.tmp = m.tmp[:base]
	return w
}
