package program

import (
	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/mc/word"
)

// ref is a variable or a part of one that has slots of its own: they begin at
// base plus, for each key that is not known, its rank times a stride.
type ref struct {
	old   bool
	base  int
	keys  []strided
	shape *shape
	span  source.Span
	name  string
}

type strided struct {
	key    run
	keys   *word.Universe
	stride int
}

func (c *Compiler) variable(e *ir.VarRef) ref {
	l := c.prog.Layout
	return ref{old: e.Old, base: l.starts[e.Var.Index], shape: l.vars[e.Var.Index], span: e.Loc, name: e.Var.Name}
}

// ref returns where the value of e stands, if e is a variable, or a part of
// one, that has slots of its own.
func (c *Compiler) ref(e ir.Expr) (ref, bool) {
	switch e := e.(type) {
	case *ir.VarRef:
		return c.variable(e), true
	case *ir.FieldOf:
		if r, ok := c.ref(e.X); ok && r.shape.fields != nil {
			return r.field(e.Index), true
		}
	case *ir.Apply:
		if e.Op != ir.Get || e.Args[0].Type().Kind != ir.FuncKind {
			break
		}
		if r, ok := c.ref(e.Args[0]); ok && r.shape.elem != nil {
			return r.at(c.expr(e.Args[1])), true
		}
	}
	return ref{}, false
}

func (r ref) field(i int) ref {
	f := r.shape.fields[i]
	r.base += f.offset
	r.shape = f.shape
	return r
}

// at returns the value at a key. The keys so far are not shared.
func (r ref) at(key code) ref {
	keys, elem := r.shape.rep.Keys, r.shape.elem
	if key.known {
		r.base += keys.Rank(key.word) * elem.size
	} else {
		r.keys = append(r.keys[:len(r.keys):len(r.keys)], strided{key.run, keys, elem.size})
	}
	r.shape = elem
	return r
}

// read compiles reading a ref.
func (c *Compiler) read(r ref) code {
	if r.old {
		return r.readOld()
	}
	rep, base, s := r.shape.rep, r.base, r.shape
	switch {
	case !s.leaf():
		start := r.start()
		return plain(rep, func(m *Machine) uint64 {
			at := start(m)
			return s.gather(m.cur[at:])
		})
	case len(r.keys) == 0:
		x := plain(rep, func(m *Machine) uint64 { return m.cur[base] })
		x.slot = base + 1
		return x
	case len(r.keys) == 1 && r.keys[0].keys.Dense() && r.keys[0].stride == 1:
		key := r.keys[0].key
		return plain(rep, func(m *Machine) uint64 { return m.cur[base+int(key(m))] })
	}
	start := r.start()
	return plain(rep, func(m *Machine) uint64 { return m.cur[start(m)] })
}

func (r ref) readOld() code {
	rep, s, start, sp, zero := r.shape.rep, r.shape, r.start(), r.span, r.shape.rep.Zero()
	return plain(rep, func(m *Machine) uint64 {
		if m.old == nil {
			m.fail(eval.IllFormed, sp)
			return zero
		}
		at := start(m)
		return s.gather(m.old[at:])
	})
}

// start compiles the number of the first slot.
func (r ref) start() func(*Machine) int {
	base, keys := r.base, r.keys
	return func(m *Machine) int {
		at := base
		for i := range keys {
			k := &keys[i]
			at += k.keys.Rank(k.key(m)) * k.stride
		}
		return at
	}
}
