package absint

import (
	"math/big"
	"slices"

	"github.com/spec-lang/spec/ir"
)

// norm returns v in its one form: empty if a part that every value has has no
// values, listed if few values are left.
func (v *Value) norm() *Value {
	if v.listed {
		return v
	}
	n := v.reduced()
	if all := v.shape.all; all != nil && !n.listed {
		return &Value{shape: v.shape, listed: true, few: keep(all, n.Has)}
	}
	return n
}

func (v *Value) reduced() *Value {
	s := v.shape
	switch s.t.Kind {
	case ir.IntKind, ir.DurationKind, ir.InstantKind, ir.RangeKind, ir.SortKind:
		return v.normNum()
	case ir.StringKind:
		if v.num.none {
			return s.bottom
		}
	case ir.SumKind:
		return v.normSum()
	case ir.StructKind:
		return v.normRow()
	case ir.FuncKind:
		if slices.ContainsFunc(v.parts, (*Value).Empty) {
			return s.bottom
		}
		return v.normMap(s.keys, v.parts)
	case ir.SetKind, ir.BagKind, ir.SeqKind, ir.MapKind:
		return v.normCollection()
	}
	return v
}

func (v *Value) normNum() *Value {
	n := v.num
	if n.none {
		return v.shape.bottom
	}
	if n.Lo == nil || n.Hi == nil {
		return v
	}
	step := one
	if n.Mod != nil {
		step = n.Mod
	}
	size := new(big.Int).Sub(n.Hi, n.Lo)
	if size.Quo(size, step).Cmp(big.NewInt(int64(v.shape.most))) >= 0 {
		return v
	}
	var few []ir.Value
	for i := n.Lo; i.Cmp(n.Hi) <= 0; i = new(big.Int).Add(i, step) {
		few = append(few, v.shape.numbered(i))
	}
	return &Value{shape: v.shape, listed: true, few: few}
}

// numbered is the value that n stands for.
func (s *shape) numbered(n *big.Int) ir.Value {
	if s.t.Kind == ir.SortKind {
		return ir.Elem{Sort: s.t.Sort, Index: int(n.Int64())}
	}
	return ir.Int{Int: n}
}

func (v *Value) normSum() *Value {
	possible, n, most := false, 0, v.shape.most
	alts := slices.Clone(v.alts)
	for i, fields := range alts {
		if fields == nil || slices.ContainsFunc(fields, (*Value).Empty) {
			alts[i] = nil
			continue
		}
		possible = true
		n = min(n+combinations(fields, most), most+1)
	}
	switch {
	case !possible:
		return v.shape.bottom
	case n > most:
		return &Value{shape: v.shape, alts: alts}
	}
	var few []ir.Value
	for i, fields := range alts {
		if fields == nil {
			continue
		}
		for _, row := range rowsOf(fields) {
			few = append(few, ir.SumValue{Type: v.shape.t, Variant: i, Args: row})
		}
	}
	return &Value{shape: v.shape, listed: true, few: few}
}

func (v *Value) normRow() *Value {
	if slices.ContainsFunc(v.parts, (*Value).Empty) {
		return v.shape.bottom
	}
	if combinations(v.parts, v.shape.most) > v.shape.most {
		return v
	}
	rows := rowsOf(v.parts)
	few := make([]ir.Value, len(rows))
	for i, row := range rows {
		few[i] = ir.StructValue{Type: v.shape.t, Fields: row}
	}
	return &Value{shape: v.shape, listed: true, few: few}
}

// combinations is how many choices of one value for each field there are, at
// most one more than most.
func combinations(fields []*Value, most int) int {
	n := 1
	for _, f := range fields {
		if n *= len(f.few); !f.listed || n > most {
			return most + 1
		}
	}
	return n
}

// rowsOf lists the choices of one value for each field in canonical order.
func rowsOf(fields []*Value) [][]ir.Value {
	rows := [][]ir.Value{nil}
	for _, f := range fields {
		longer := make([][]ir.Value, 0, len(rows)*len(f.few))
		for _, row := range rows {
			for _, x := range f.few {
				longer = append(longer, append(row[:len(row):len(row)], x))
			}
		}
		rows = longer
	}
	return rows
}

func (v *Value) normCollection() *Value {
	s := v.shape
	n := *v
	distinct := s.t.Kind == ir.SetKind || s.t.Kind == ir.MapKind
	n.num = n.num.meet(atLeast(int64(len(n.must))))
	switch {
	case n.elem.Empty():
		n.num = n.num.meet(count(0))
	case distinct && n.elem.listed:
		n.num = n.num.meet(between(new(big.Int), big.NewInt(int64(len(n.elem.few)))))
	}
	if n.num.none || slices.ContainsFunc(n.must, func(m ir.Value) bool { return !n.elem.Has(m) }) {
		return s.bottom
	}
	if top := n.num.Single(); top != nil && top.Sign() == 0 {
		return s.single(s.nothing())
	}
	if distinct && n.elem.listed && n.num.Lo.Cmp(big.NewInt(int64(len(n.elem.few)))) == 0 {
		n.must = n.elem.few // all that may be there are
	}
	if s.t.Kind == ir.SetKind && n.elem.listed && len(n.must) == len(n.elem.few) {
		return s.single(ir.SetValue{Elems: n.must})
	}
	if s.t.Kind == ir.MapKind && s.keys != nil && n.num.Single() != nil && n.num.Lo.Cmp(big.NewInt(int64(len(n.must)))) == 0 {
		parts := make([]*Value, len(n.must))
		for i, k := range n.must {
			if parts[i] = n.parts[s.slot(k)]; parts[i].Empty() {
				return s.bottom
			}
		}
		return n.normMap(n.must, parts)
	}
	return &n
}

// normMap lists the maps from keys to parts, if they are few.
func (v *Value) normMap(keys []ir.Value, parts []*Value) *Value {
	if v.shape.keys == nil || combinations(parts, v.shape.most) > v.shape.most {
		return v
	}
	rows := rowsOf(parts)
	few := make([]ir.Value, len(rows))
	for i, row := range rows {
		few[i] = ir.MapValue{Keys: keys, Vals: row}
	}
	return &Value{shape: v.shape, listed: true, few: few}
}

// nothing is the empty collection.
func (s *shape) nothing() ir.Value {
	switch s.t.Kind {
	case ir.BagKind:
		return ir.BagValue{}
	case ir.SeqKind:
		return ir.SeqValue{}
	case ir.MapKind:
		return ir.MapValue{}
	}
	return ir.SetValue{}
}

// join returns the values of both, and perhaps more.
func (v *Value) join(w *Value) *Value {
	switch {
	case v == w || w.Empty():
		return v
	case v.Empty():
		return w
	case v.listed && w.listed:
		if few := union(v.few, w.few); len(few) <= v.shape.most {
			return &Value{shape: v.shape, listed: true, few: few}
		}
	}
	return v.loosened().joinParts(w.loosened()).norm()
}

// union is the sorted union of two sorted lists.
func union(a, b []ir.Value) []ir.Value {
	out := make([]ir.Value, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		c := ir.Compare(a[0], b[0])
		if c <= 0 {
			out = append(out, a[0])
			a = a[1:]
		} else {
			out = append(out, b[0])
		}
		if c >= 0 {
			b = b[1:]
		}
	}
	return append(append(out, a...), b...)
}

func common(a, b []ir.Value) []ir.Value {
	return keep(a, func(x ir.Value) bool {
		_, ok := slices.BinarySearchFunc(b, x, ir.Compare)
		return ok
	})
}

func keep(vs []ir.Value, ok func(ir.Value) bool) []ir.Value {
	var out []ir.Value
	for _, v := range vs {
		if ok(v) {
			out = append(out, v)
		}
	}
	return out
}

// joinParts joins two descriptions that are not listed.
func (v *Value) joinParts(w *Value) *Value {
	return v.zip(w, (*Value).join, Num.join)
}

// zip combines two descriptions part by part. The certain elements are those
// of both.
func (v *Value) zip(w *Value, f func(v, w *Value) *Value, g func(a, b Num) Num) *Value {
	out := &Value{shape: v.shape, num: g(v.num, w.num), must: common(v.must, w.must)}
	if v.elem != nil {
		out.elem = f(v.elem, w.elem)
	}
	out.parts = zipAll(v.parts, w.parts, f)
	for i := range v.alts {
		switch {
		case v.alts[i] == nil:
			out.alts = append(out.alts, w.alts[i])
		case w.alts[i] == nil:
			out.alts = append(out.alts, v.alts[i])
		default:
			out.alts = append(out.alts, zipAll(v.alts[i], w.alts[i], f))
		}
	}
	return out
}

func zipAll(vs, ws []*Value, f func(v, w *Value) *Value) []*Value {
	if vs == nil {
		return nil
	}
	out := make([]*Value, len(vs))
	for i := range vs {
		out[i] = f(vs[i], ws[i])
	}
	return out
}

// widen returns a Value that holds v and w and that is v, or coarser in a way
// that can happen only so many times.
func (v *Value) widen(w *Value, thresholds []*big.Int) *Value {
	if v.shape.all != nil || w.Empty() {
		return v.join(w)
	}
	if v.Empty() {
		return w
	}
	return v.loosened().zip(w.loosened(), func(v, w *Value) *Value { return v.widen(w, thresholds) },
		func(a, b Num) Num { return a.widen(b, thresholds) }).norm()
}

// meet returns the values that are in both, and perhaps some more.
func (v *Value) meet(w *Value) *Value {
	switch {
	case v == w:
		return v
	case v.listed:
		return &Value{shape: v.shape, listed: true, few: keep(v.few, w.Has)}
	case w.listed:
		return w.meet(v)
	}
	out := &Value{shape: v.shape, num: v.num.meet(w.num), must: union(v.must, w.must)}
	if v.elem != nil {
		out.elem = v.elem.meet(w.elem)
	}
	out.parts = zipAll(v.parts, w.parts, (*Value).meet)
	if v.shape.t.Kind == ir.MapKind { // a key without a value is not there
		out.parts = v.parts
	}
	for i := range v.alts {
		var fields []*Value
		if v.alts[i] != nil && w.alts[i] != nil {
			fields = zipAll(v.alts[i], w.alts[i], (*Value).meet)
		}
		out.alts = append(out.alts, fields)
	}
	if len(out.must) > maxCertain {
		out.must = v.must
	}
	return out.norm()
}

// same reports whether two Values are written the same; it may be false of two
// that hold the same values.
func (v *Value) same(w *Value) bool {
	if v == w {
		return true
	}
	if v.listed != w.listed || !slices.EqualFunc(v.few, w.few, ir.Equal) || !v.num.same(w.num) ||
		!slices.EqualFunc(v.must, w.must, ir.Equal) || !slices.EqualFunc(v.parts, w.parts, (*Value).same) {
		return false
	}
	if (v.elem == nil) != (w.elem == nil) || v.elem != nil && !v.elem.same(w.elem) {
		return false
	}
	return slices.EqualFunc(v.alts, w.alts, func(a, b []*Value) bool {
		return (a == nil) == (b == nil) && slices.EqualFunc(a, b, (*Value).same)
	})
}
