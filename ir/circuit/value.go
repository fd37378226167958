package circuit

import (
	"math/big"
	"slices"

	"github.com/spec-lang/spec/ir"
)

// maxCases bounds how many values of one expression are told apart, and the
// elements of sets and keys of functions.
const maxCases = 4096

// val is a value whose bits are literals: *boolean, *num (also of a sort),
// *sum, *record, *set, *table, *sequence or *bag.
type val interface{}

type (
	boolean struct{ is Lit }
	// sum has the payloads of each variant; nil where it cannot be of it.
	sum struct {
		tag  *num
		args [][]val
	}
	record struct{ fields []val }
	// set has possible elements in canonical order.
	set struct {
		elems []ir.Value
		on    []Lit
	}
	// table is a function or map: possible keys in canonical order, with
	// values, which mean nothing where a key is off.
	table struct {
		keys []ir.Value
		on   []Lit
		vals []val
	}
	// sequence has as many elems as it is long at most.
	sequence struct {
		len   *num
		elems []val
	}
	bag struct {
		elems  []ir.Value
		counts []*num
	}
)

func truth(l Lit) val { return &boolean{l} }

// zero is some value of t, for where the value does not matter.
func (b *builder) zero(t *ir.Type) val {
	switch t.Kind {
	case ir.BoolKind:
		return truth(False)
	case ir.RangeKind:
		if !t.Lo.IsInt64() || !t.Hi.IsInt64() {
			b.unsupported("integers beyond 2^48")
			return fixed(0)
		}
		return fixed(t.Lo.Int64())
	case ir.SumKind:
		return &sum{fixed(0), make([][]val, len(t.Variants))}
	case ir.StructKind:
		r := &record{}
		for _, f := range t.Fields {
			r.fields = append(r.fields, b.zero(f.Type))
		}
		return r
	case ir.SetKind:
		return &set{}
	case ir.FuncKind:
		f := &table{keys: b.universe(t.Key)}
		for range f.keys {
			f.on, f.vals = append(f.on, True), append(f.vals, b.zero(t.Elem))
		}
		return f
	case ir.MapKind:
		return &table{}
	case ir.SeqKind:
		return &sequence{len: fixed(0)}
	case ir.BagKind:
		return &bag{}
	case ir.StringKind:
		b.unsupported("strings")
	}
	return fixed(0)
}

// universe lists the values of a type, if there are few.
func (b *builder) universe(t *ir.Type) []ir.Value {
	if u, ok := b.universes[t]; ok {
		return u
	}
	n, ok := ir.Card(t)
	switch {
	case !ok:
		b.unsupported("all values of " + t.String() + ", of which there is no end")
		return nil
	case n.Cmp(big.NewInt(maxCases)) > 0:
		b.unsupported("all values of " + t.String() + ", which are more than 4096")
		return nil
	}
	u := slices.Collect(ir.Values(t))
	b.universes[t] = u
	return u
}

// lift is a constant.
func (b *builder) lift(v ir.Value, t *ir.Type) val {
	switch v := v.(type) {
	case ir.Bool:
		if v {
			return truth(True)
		}
		return truth(False)
	case ir.Int:
		if !v.IsInt64() || v.Int64() > maxNumber || v.Int64() < -maxNumber {
			b.unsupported("integers beyond 2^48")
			return fixed(0)
		}
		return fixed(v.Int64())
	case ir.Elem:
		return fixed(int64(v.Index))
	case ir.SumValue:
		s := &sum{fixed(int64(v.Variant)), make([][]val, len(t.Variants))}
		s.args[v.Variant] = b.liftFields(v.Args, t.Variants[v.Variant].Fields)
		return s
	case ir.StructValue:
		return &record{b.liftFields(v.Fields, t.Fields)}
	case ir.SetValue:
		return &set{v.Elems, slices.Repeat([]Lit{True}, len(v.Elems))}
	case ir.MapValue:
		return &table{v.Keys, slices.Repeat([]Lit{True}, len(v.Keys)), b.liftAll(v.Vals, t.Elem)}
	case ir.SeqValue:
		return &sequence{fixed(int64(len(v.Elems))), b.liftAll(v.Elems, t.Elem)}
	case ir.BagValue:
		g := &bag{elems: v.Elems}
		for _, n := range v.Counts {
			g.counts = append(g.counts, fixed(int64(n)))
		}
		return g
	}
	b.unsupported("strings")
	return fixed(0)
}

func (b *builder) liftAll(vs []ir.Value, t *ir.Type) []val {
	var out []val
	for _, v := range vs {
		out = append(out, b.lift(v, t))
	}
	return out
}

func (b *builder) liftFields(vs []ir.Value, fs []ir.Field) []val {
	out := make([]val, len(vs))
	for i, v := range vs {
		out[i] = b.lift(v, fs[i].Type)
	}
	return out
}

// mux is x where c holds, else y; nil is any value.
func (b *builder) mux(c Lit, x, y val) val {
	switch {
	case c == True || y == nil || x == y:
		if x == nil {
			return y
		}
		return x
	case c == False || x == nil:
		if y == nil {
			return x
		}
		return y
	}
	switch x := x.(type) {
	case *boolean:
		return truth(b.g.Mux(c, x.is, y.(*boolean).is))
	case *num:
		return b.muxNum(c, x, y.(*num))
	case *sum:
		y := y.(*sum)
		s := &sum{b.muxNum(c, x.tag, y.tag), make([][]val, len(x.args))}
		for i := range s.args {
			s.args[i] = b.muxAll(c, x.args[i], y.args[i])
		}
		return s
	case *record:
		return &record{b.muxAll(c, x.fields, y.(*record).fields)}
	case *set:
		y := y.(*set)
		return b.combine(x, y, func(p, q Lit) Lit { return b.g.Mux(c, p, q) })
	case *table:
		return b.muxTable(c, x, y.(*table))
	case *sequence:
		y := y.(*sequence)
		return &sequence{b.muxNum(c, x.len, y.len), b.muxAll(c, x.elems, y.elems)}
	case *bag:
		y := y.(*bag)
		return b.combineBags(x, y, func(p, q *num) *num { return b.muxNum(c, p, q) })
	}
	panic("circuit: a value of unknown kind")
}

// muxAll is element by element; a shorter list is made longer by any values.
func (b *builder) muxAll(c Lit, xs, ys []val) []val {
	if xs == nil && ys == nil {
		return nil
	}
	out := make([]val, max(len(xs), len(ys)))
	at := func(vs []val, i int) val {
		if i < len(vs) {
			return vs[i]
		}
		return nil
	}
	for i := range out {
		out[i] = b.mux(c, at(xs, i), at(ys, i))
	}
	return out
}

// merge lists the values of two canonical lists, with their places in them,
// -1 where one is missing.
func merge(xs, ys []ir.Value, visit func(v ir.Value, i, j int)) {
	i, j := 0, 0
	for i < len(xs) || j < len(ys) {
		c := 0
		switch {
		case i == len(xs):
			c = 1
		case j == len(ys):
			c = -1
		default:
			c = ir.Compare(xs[i], ys[j])
		}
		switch {
		case c == 0:
			visit(xs[i], i, j)
			i, j = i+1, j+1
		case c < 0:
			visit(xs[i], i, -1)
			i++
		default:
			visit(ys[j], -1, j)
			j++
		}
	}
}

func at(ls []Lit, i int) Lit {
	if i < 0 {
		return False
	}
	return ls[i]
}

// combine applies f to the membership of each element.
func (b *builder) combine(x, y *set, f func(p, q Lit) Lit) *set {
	out := &set{}
	merge(x.elems, y.elems, func(v ir.Value, i, j int) {
		if on := f(at(x.on, i), at(y.on, j)); on != False {
			out.elems, out.on = append(out.elems, v), append(out.on, on)
		}
	})
	return out
}

func (b *builder) muxTable(c Lit, x, y *table) *table {
	out := &table{}
	merge(x.keys, y.keys, func(k ir.Value, i, j int) {
		on := b.g.Mux(c, at(x.on, i), at(y.on, j))
		if on == False {
			return
		}
		var p, q val
		if i >= 0 {
			p = x.vals[i]
		}
		if j >= 0 {
			q = y.vals[j]
		}
		out.keys, out.on, out.vals = append(out.keys, k), append(out.on, on), append(out.vals, b.mux(c, p, q))
	})
	return out
}

func (b *builder) combineBags(x, y *bag, f func(p, q *num) *num) *bag {
	count := func(g *bag, i int) *num {
		if i < 0 {
			return fixed(0)
		}
		return g.counts[i]
	}
	out := &bag{}
	merge(x.elems, y.elems, func(v ir.Value, i, j int) {
		if n := f(count(x, i), count(y, j)); n.hi > 0 {
			out.elems, out.counts = append(out.elems, v), append(out.counts, n)
		}
	})
	return out
}

// equal reports whether two values of one type are the same.
func (b *builder) equal(x, y val) Lit {
	if x == y || x == nil || y == nil {
		return True
	}
	switch x := x.(type) {
	case *boolean:
		return b.g.Iff(x.is, y.(*boolean).is)
	case *num:
		return b.same(x, y.(*num))
	case *sum:
		y := y.(*sum)
		all := b.same(x.tag, y.tag)
		for i := range x.args {
			if all == False {
				break
			}
			if is := b.is(x.tag, int64(i)); is != False && len(x.args[i]) > 0 && len(y.args[i]) > 0 {
				all = b.g.And(all, b.g.Or(is.Not(), b.equalAll(x.args[i], y.args[i])))
			}
		}
		return all
	case *record:
		return b.equalAll(x.fields, y.(*record).fields)
	case *set:
		y := y.(*set)
		all := True
		merge(x.elems, y.elems, func(_ ir.Value, i, j int) { all = b.g.And(all, b.g.Iff(at(x.on, i), at(y.on, j))) })
		return all
	case *table:
		return b.equalTables(x, y.(*table))
	case *sequence:
		y := y.(*sequence)
		all := b.same(x.len, y.len)
		for i := range min(len(x.elems), len(y.elems)) {
			there := b.less(fixed(int64(i)), x.len)
			all = b.g.And(all, b.g.Or(there.Not(), b.equal(x.elems[i], y.elems[i])))
		}
		return all
	case *bag:
		all := True
		b.combineBags(x, y.(*bag), func(p, q *num) *num {
			all = b.g.And(all, b.same(p, q))
			return p
		})
		return all
	}
	panic("circuit: a value of unknown kind")
}

func (b *builder) equalAll(xs, ys []val) Lit {
	all := True
	for i := range min(len(xs), len(ys)) {
		all = b.g.And(all, b.equal(xs[i], ys[i]))
	}
	return all
}

func (b *builder) equalTables(x, y *table) Lit {
	all := True
	merge(x.keys, y.keys, func(_ ir.Value, i, j int) {
		p, q := at(x.on, i), at(y.on, j)
		all = b.g.And(all, b.g.Iff(p, q))
		if i >= 0 && j >= 0 {
			all = b.g.And(all, b.g.Or(b.g.And(p, q).Not(), b.equal(x.vals[i], y.vals[j])))
		}
	})
	return all
}

// choice is a value that an expression may have, and where it has it.
type choice struct {
	on Lit
	v  ir.Value
}

// cases lists the values that v, of type t, may have, in no order.
func (b *builder) cases(v val, t *ir.Type) []choice {
	var out []choice
	switch v := v.(type) {
	case nil:
		return b.cases(b.zero(t), t)
	case *boolean:
		out = []choice{{v.is.Not(), ir.Bool(false)}, {v.is, ir.Bool(true)}}
	case *num:
		if v.hi-v.lo >= maxCases {
			b.unsupported("so many different values of " + t.String() + " in one place")
			return nil
		}
		for n := v.lo; n <= v.hi; n++ {
			var w ir.Value = ir.NewInt(n)
			if t.Kind == ir.SortKind {
				w = ir.Elem{Sort: t.Sort, Index: int(n)}
			}
			out = append(out, choice{b.is(v, n), w})
		}
	case *sum:
		for i, variant := range t.Variants {
			is := b.is(v.tag, int64(i))
			if is == False {
				continue
			}
			args := v.args[i]
			if args == nil {
				args = make([]val, len(variant.Fields))
			}
			for _, r := range b.rows(args, variant.Fields) {
				out = append(out, choice{b.g.And(is, r.on), ir.SumValue{Type: t, Variant: i, Args: r.vs}})
			}
		}
	case *record:
		for _, r := range b.rows(v.fields, t.Fields) {
			out = append(out, choice{r.on, ir.StructValue{Type: t, Fields: r.vs}})
		}
	case *set:
		for _, r := range b.sublists(len(v.elems), func(i int, on Lit) []row { return b.inOrOut(on, v.on[i], v.elems[i]) }) {
			out = append(out, choice{r.on, ir.SetValue{Elems: r.vs}})
		}
	case *table:
		out = b.tableCases(v, t)
	case *sequence:
		out = b.sequenceCases(v, t)
	case *bag:
		b.unsupported("bags as elements or keys")
	}
	return slices.DeleteFunc(out, func(c choice) bool { return c.on == False })
}

// row is a list of values and where they are so.
type row struct {
	on Lit
	vs []ir.Value
}

// sublists lists the rows that are made by adding at most one step's values
// after the other.
func (b *builder) sublists(n int, step func(i int, on Lit) []row) []row {
	rows := []row{{on: True}}
	for i := range n {
		var next []row
		for _, r := range rows {
			for _, more := range step(i, r.on) {
				if more.on != False {
					next = append(next, row{more.on, append(slices.Clip(r.vs), more.vs...)})
				}
			}
		}
		if rows = next; len(rows) > maxCases {
			b.unsupported("so many different values in one place")
			return nil
		}
	}
	return rows
}

func (b *builder) inOrOut(on, in Lit, vs ...ir.Value) []row {
	return []row{{b.g.And(on, in.Not()), nil}, {b.g.And(on, in), vs}}
}

func (b *builder) rows(vs []val, fs []ir.Field) []row {
	return b.sublists(len(fs), func(i int, before Lit) []row {
		var out []row
		for _, c := range b.cases(vs[i], fs[i].Type) {
			out = append(out, row{b.g.And(before, c.on), []ir.Value{c.v}})
		}
		return out
	})
}

func (b *builder) tableCases(v *table, t *ir.Type) []choice {
	// Keys and values alternate in the rows.
	rows := b.sublists(len(v.keys), func(i int, before Lit) []row {
		out := []row{{b.g.And(before, v.on[i].Not()), nil}}
		for _, c := range b.cases(v.vals[i], t.Elem) {
			out = append(out, row{b.g.And(b.g.And(before, v.on[i]), c.on), []ir.Value{v.keys[i], c.v}})
		}
		return out
	})
	var out []choice
	for _, r := range rows {
		var m ir.MapValue
		for i := 0; i < len(r.vs); i += 2 {
			m.Keys, m.Vals = append(m.Keys, r.vs[i]), append(m.Vals, r.vs[i+1])
		}
		out = append(out, choice{r.on, m})
	}
	return out
}

func (b *builder) sequenceCases(v *sequence, t *ir.Type) []choice {
	rows := b.sublists(len(v.elems), func(i int, before Lit) []row {
		there := b.less(fixed(int64(i)), v.len)
		out := []row{{b.g.And(before, there.Not()), nil}}
		for _, c := range b.cases(v.elems[i], t.Elem) {
			out = append(out, row{b.g.And(b.g.And(before, there), c.on), []ir.Value{c.v}})
		}
		return out
	})
	var out []choice
	for _, r := range rows {
		out = append(out, choice{r.on, ir.SeqValue{Elems: r.vs}})
	}
	return out
}
