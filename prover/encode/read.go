package encode

import (
	"math/big"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/prover/term"
)

// maxRead is how many members of a collection are looked at.
const maxRead = 1 << 12

// Reader turns values back into values of the kernel, given what the terms in
// them are in some model.
type Reader struct {
	e *Encoder
	// Value returns the value of a term: a number or element as Int, a truth
	// value as Bool; ok is false if it is not known yet.
	Value func(*term.Term) (n *big.Int, truth, ok bool)
	// Missing are the terms whose values were not known.
	Missing []*term.Term
	// Unreadable is why something cannot be read at all; "" if all can.
	Unreadable string
}

// NewReader returns a Reader of values of e.
func (e *Encoder) NewReader(value func(*term.Term) (n *big.Int, truth, ok bool)) *Reader {
	return &Reader{e: e, Value: value}
}

// Read returns v, of type t. It means nothing if something is Missing.
func (r *Reader) Read(v Value, t *ir.Type) ir.Value {
	switch v := v.(type) {
	case *Scalar:
		return r.scalar(v.T, t)
	case *Sum:
		tag, _, ok := r.ask(v.Tag)
		if !ok {
			return nil
		}
		i := index(tag, len(t.Variants))
		return ir.SumValue{Type: t, Variant: i, Args: r.fields(r.e.payload(v, t, i), t.Variants[i].Fields)}
	case *Struct:
		return ir.StructValue{Type: t, Fields: r.fields(v.Fields, t.Fields)}
	case *Set:
		return ir.SetValue{Elems: r.members(t.Elem, v.Has)}
	case *Bag:
		return r.bag(v, t)
	case *Func:
		m := ir.MapValue{Keys: r.members(t.Key, func(Value) *term.Term { return r.e.b.Truth(true) })}
		return r.filled(m, v.At, t)
	case *Map:
		return r.filled(ir.MapValue{Keys: r.members(t.Key, v.Has)}, v.At, t)
	}
	return r.seq(v.(*Seq), t)
}

func (r *Reader) ask(t *term.Term) (n *big.Int, truth, ok bool) {
	switch t.Op {
	case term.True, term.False:
		return nil, t.Op == term.True, true
	case term.Number:
		return t.N, false, true
	case term.Elem:
		return big.NewInt(int64(t.Index)), false, true
	}
	if n, truth, ok = r.Value(t); !ok {
		r.Missing = append(r.Missing, t)
	}
	return n, truth, ok
}

func (r *Reader) scalar(x *term.Term, t *ir.Type) ir.Value {
	if t.Kind == ir.StringKind || t.Kind == ir.SortKind && r.e.free[t.Sort] {
		r.Unreadable = "values of type " + t.String() + " have no names"
		return nil
	}
	n, truth, ok := r.ask(x)
	switch {
	case !ok:
		return nil
	case t.Kind == ir.BoolKind:
		return ir.Bool(truth)
	case t.Kind == ir.SortKind:
		return ir.Elem{Sort: t.Sort, Index: index(n, len(t.Sort.Elems))}
	}
	return ir.Int{Int: n}
}

// index is n if it is an index of size things; a term that no assertion
// mentions may be anything, and is the first then.
func index(n *big.Int, size int) int {
	if !n.IsInt64() || n.Int64() < 0 || n.Int64() >= int64(size) {
		return 0
	}
	return int(n.Int64())
}

func (r *Reader) fields(vs []Value, fields []ir.Field) []ir.Value {
	out := make([]ir.Value, len(fields))
	for i, f := range fields {
		out[i] = r.Read(vs[i], f.Type)
	}
	return out
}

// all lists the values of t, if there are not too many.
func (r *Reader) all(t *ir.Type) []ir.Value {
	n, ok := ir.Card(t)
	if !ok || n.Cmp(big.NewInt(maxRead)) > 0 {
		r.Unreadable = "there are too many values of type " + t.String() + " to look at"
		return nil
	}
	var out []ir.Value
	for v := range ir.Values(t) {
		out = append(out, v)
	}
	return out
}

func (r *Reader) members(t *ir.Type, has func(Value) *term.Term) []ir.Value {
	var out []ir.Value
	for _, x := range r.all(t) {
		if _, in, ok := r.ask(has(r.e.Literal(x, t))); ok && in {
			out = append(out, x)
		}
	}
	return out
}

func (r *Reader) bag(v *Bag, t *ir.Type) ir.Value {
	var out ir.BagValue
	for _, x := range r.all(t.Elem) {
		n, _, ok := r.ask(v.Count(r.e.Literal(x, t.Elem)))
		if ok && n.Sign() > 0 && n.IsInt64() && n.Int64() <= maxRead {
			out.Elems, out.Counts = append(out.Elems, x), append(out.Counts, int(n.Int64()))
		}
	}
	return out
}

func (r *Reader) filled(m ir.MapValue, at func(Value) Value, t *ir.Type) ir.Value {
	for _, k := range m.Keys {
		m.Vals = append(m.Vals, r.Read(at(r.e.Literal(k, t.Key)), t.Elem))
	}
	return m
}

func (r *Reader) seq(q *Seq, t *ir.Type) ir.Value {
	n, _, ok := r.ask(q.Len)
	if !ok {
		return nil
	}
	if !n.IsInt64() || n.Int64() > maxRead {
		r.Unreadable = "a sequence is too long to look at"
		return nil
	}
	var out ir.SeqValue
	for i := range max(0, int(n.Int64())) {
		out.Elems = append(out.Elems, r.Read(q.At(r.e.b.I(i)), t.Elem))
	}
	return out
}
