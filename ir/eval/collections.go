package eval

import (
	"math/big"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
)

var maxElems = big.NewInt(ir.MaxElems)

func universe(a application) (ir.Value, *Error) {
	n, ok := ir.Card(a.T.Elem)
	if !ok {
		return nil, illFormed(a.Loc, "type %s has infinitely many values", a.T.Elem)
	}
	if n.Cmp(maxElems) > 0 {
		return nil, tooLarge(a.Loc, n, "values of "+a.T.Elem.String())
	}
	return ir.SetValue{Elems: slices.Collect(ir.Values(a.T.Elem))}, nil
}

func interval(a application) (ir.Value, *Error) {
	lo, hi := a.int(0), a.int(1)
	one := big.NewInt(1)
	n := new(big.Int).Sub(hi, lo)
	if n.Add(n, one).Cmp(maxElems) > 0 {
		return nil, tooLarge(a.Loc, n, "elements of "+lo.String()+".."+hi.String())
	}
	var elems []ir.Value
	for i := lo; i.Cmp(hi) <= 0; i = new(big.Int).Add(i, one) {
		elems = append(elems, ir.Int{Int: i})
	}
	return ir.SetValue{Elems: elems}, nil
}

func powerset(a application) (ir.Value, *Error) {
	s := a.v[0].(ir.SetValue)
	if n := new(big.Int).Lsh(big.NewInt(1), uint(len(s.Elems))); n.Cmp(maxElems) > 0 {
		return nil, tooLarge(a.Loc, n, "subsets of "+elide(ir.Format(s)))
	}
	return ir.SetValue{Elems: slices.Collect(ir.Subsets(s))}, nil
}

func neighbour(a application, by int) (ir.Value, *Error) {
	e := a.v[0].(ir.Elem)
	i, n := e.Index+by, len(e.Sort.Elems)
	if e.Sort.Order == ir.Ring {
		i = (i + n) % n
	}
	if i < 0 || i >= n {
		return nil, noNeighbour(a.Apply, e)
	}
	return ir.Elem{Sort: e.Sort, Index: i}, nil
}

// length is the number of elements, for a string of bytes as in Go.
func length(v ir.Value) int {
	switch v := v.(type) {
	case ir.Str:
		return len(v)
	case ir.MapValue:
		return len(v.Keys)
	case ir.BagValue:
		n := 0
		for _, c := range v.Counts {
			n += c
		}
		return n
	}
	return len(elements(v))
}

// addTo returns bag with n more of v, but not less than none.
func addTo(bag ir.BagValue, v ir.Value, n int) ir.BagValue {
	i, found := slices.BinarySearchFunc(bag.Elems, v, ir.Compare)
	if found {
		n += bag.Counts[i]
	}
	n = max(n, 0)
	elems, counts := slices.Clone(bag.Elems), slices.Clone(bag.Counts)
	switch {
	case found && n == 0:
		return ir.BagValue{Elems: slices.Delete(elems, i, i+1), Counts: slices.Delete(counts, i, i+1)}
	case found:
		counts[i] = n
		return ir.BagValue{Elems: elems, Counts: counts}
	case n == 0:
		return bag
	}
	return ir.BagValue{Elems: slices.Insert(elems, i, v), Counts: slices.Insert(counts, i, n)}
}

// merge adds the second bag to the first, sign times.
func merge(a application, sign int) ir.Value {
	bag, by := a.v[0].(ir.BagValue), a.v[1].(ir.BagValue)
	for i, v := range by.Elems {
		bag = addTo(bag, v, sign*by.Counts[i])
	}
	return bag
}

func occurrences(in, v ir.Value) int {
	if bag, ok := in.(ir.BagValue); ok {
		if i, found := slices.BinarySearchFunc(bag.Elems, v, ir.Compare); found {
			return bag.Counts[i]
		}
		return 0
	}
	n := 0
	for _, e := range elements(in) {
		if ir.Equal(e, v) {
			n++
		}
	}
	return n
}

func constFunc(a application) (ir.Value, *Error) {
	n, ok := ir.Card(a.T.Key)
	if !ok {
		return nil, illFormed(a.Loc, "type %s has infinitely many values", a.T.Key)
	}
	if n.Cmp(maxElems) > 0 {
		return nil, tooLarge(a.Loc, n, "keys of "+a.T.String())
	}
	m := ir.MapValue{Keys: slices.Collect(ir.Values(a.T.Key))}
	for range m.Keys {
		m.Vals = append(m.Vals, a.v[0])
	}
	return m, nil
}

// get returns what stands at key in a function, map or sequence of type t.
func get(sp source.Span, in ir.Value, t *ir.Type, key ir.Value) (ir.Value, *Error) {
	if q, ok := in.(ir.SeqValue); ok {
		if i, ok := position(key, len(q.Elems)); ok && i < len(q.Elems) {
			return q.Elems[i], nil
		}
		return nil, outsideIndex(sp, key, q)
	}
	m := in.(ir.MapValue)
	if v, ok := m.Lookup(key); ok {
		return v, nil
	}
	return nil, missingKey(sp, key, m, t)
}

// putAt returns a function, map or sequence of type t with v at key. Only in
// a map the key may be new.
func putAt(sp source.Span, in ir.Value, t *ir.Type, key, v ir.Value) (ir.Value, *Error) {
	if q, ok := in.(ir.SeqValue); ok {
		i, ok := position(key, len(q.Elems))
		if !ok || i == len(q.Elems) {
			return nil, outsideIndex(sp, key, q)
		}
		elems := slices.Clone(q.Elems)
		elems[i] = v
		return ir.SeqValue{Elems: elems}, nil
	}
	m := in.(ir.MapValue)
	if _, ok := m.Lookup(key); !ok && t.Kind == ir.FuncKind {
		return nil, missingKey(sp, key, m, t)
	}
	return put(m, key, v), nil
}

// position returns v as an int if it is between 0 and n.
func position(v ir.Value, n int) (int, bool) {
	i := v.(ir.Int).Int
	if !i.IsInt64() || i.Int64() < 0 || i.Int64() > int64(n) {
		return 0, false
	}
	return int(i.Int64()), true
}

func put(m ir.MapValue, key, v ir.Value) ir.MapValue {
	i, found := slices.BinarySearchFunc(m.Keys, key, ir.Compare)
	if found {
		vals := slices.Clone(m.Vals)
		vals[i] = v
		return ir.MapValue{Keys: m.Keys, Vals: vals}
	}
	return ir.MapValue{Keys: slices.Insert(slices.Clone(m.Keys), i, key), Vals: slices.Insert(slices.Clone(m.Vals), i, v)}
}

func removeKey(m ir.MapValue, key ir.Value) ir.MapValue {
	i, found := slices.BinarySearchFunc(m.Keys, key, ir.Compare)
	if !found {
		return m
	}
	return ir.MapValue{Keys: slices.Delete(slices.Clone(m.Keys), i, i+1), Vals: slices.Delete(slices.Clone(m.Vals), i, i+1)}
}

func setField(s ir.StructValue, i int, v ir.Value) ir.StructValue {
	fields := slices.Clone(s.Fields)
	fields[i] = v
	return ir.StructValue{Type: s.Type, Fields: fields}
}

func concat(a application) (ir.Value, *Error) {
	if s, ok := a.v[0].(ir.Str); ok {
		return s + a.v[1].(ir.Str), nil
	}
	return ir.SeqValue{Elems: slices.Concat(elements(a.v[0]), elements(a.v[1]))}, nil
}

func slice(a application) (ir.Value, *Error) {
	q := a.v[0].(ir.SeqValue)
	lo, lok := position(a.v[1], len(q.Elems))
	hi, hok := position(a.v[2], len(q.Elems))
	if !lok || !hok || lo > hi {
		return nil, outsideSlice(a.Loc, a.v[1], a.v[2], q)
	}
	return ir.SeqValue{Elems: q.Elems[lo:hi]}, nil
}
