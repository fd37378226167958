package transition

import (
	"math/big"
	"math/bits"
	"slices"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/circuit"
	"github.com/spec-lang/spec/ir/evidence"
	"github.com/spec-lang/spec/ir/print"
)

// mostValues is how many values of a place are listed; the digits of larger
// numbers are places of their own.
const mostValues = 32

// Places are the parts of a state, in the language of the model, that have a
// few values each: together they are all of its bits.
type Places struct {
	sys    *System
	byBit  []*place
	byName map[string]*place
}

// place is a part of a state that may not be there, such as the value of an
// option.
type place struct {
	name   string
	guards []ir.Expr // under which it is there; where it is not, its bits are false
	bits   []int     // lowest first
	values []placeValue
}

// placeValue is a value with how it is held and written.
type placeValue struct {
	pattern uint64
	name    string
	is      ir.Expr // that the place has it
}

// NewPlaces returns the places of a system.
func NewPlaces(sys *System) *Places {
	w := &walker{t: sys.Sys.Types, out: &Places{sys: sys, byName: map[string]*place{}}}
	for _, v := range sys.Sys.Vars {
		w.walk(&ir.VarRef{Node: ir.Node{T: v.Type, Loc: v.Span}, Var: v}, v.Type)
	}
	return w.out
}

// Atoms returns a clause in terms of places: of bits, counted from 1 and
// negative if they are to be false, one is so exactly if one atom is true, in
// every state that is typed. It reports false if that is always so.
func (p *Places) Atoms(clause []int) ([]evidence.Atom, bool) {
	wanted := map[*place][]int{}
	var order []*place
	for _, l := range clause {
		at := p.byBit[max(l, -l)-1]
		if wanted[at] == nil {
			order = append(order, at)
		}
		wanted[at] = append(wanted[at], l)
	}
	out := []evidence.Atom{}
	for _, at := range order {
		a := at.atom(wanted[at])
		if len(a.Values) > 0 {
			out = append(out, a)
		} else if a.Not {
			return nil, false
		}
	}
	return out, true
}

// atom is where one of some bits of the place is as wanted.
func (p *place) atom(wanted []int) evidence.Atom {
	so := func(pattern uint64) bool {
		return slices.ContainsFunc(wanted, func(l int) bool {
			i := slices.Index(p.bits, max(l, -l)-1)
			return (pattern>>i&1 != 0) == (l > 0)
		})
	}
	var in, out []string
	for _, v := range p.values {
		if so(v.pattern) {
			in = append(in, v.name)
		} else {
			out = append(out, v.name)
		}
	}
	not := so(0)
	if len(p.guards) == 0 && p.values[0].name != "true" { // it has one of the values
		not = len(out) < len(in)
	}
	if not {
		return evidence.Atom{Place: p.name, Values: out, Not: true}
	}
	return evidence.Atom{Place: p.name, Values: in}
}

// chosen are the values that an atom names.
func (p *Places) chosen(a evidence.Atom) (*place, []placeValue, bool) {
	at := p.byName[a.Place]
	if at == nil {
		return nil, nil, false
	}
	var out []placeValue
	for _, name := range a.Values {
		i := slices.IndexFunc(at.values, func(v placeValue) bool { return v.name == name })
		if i < 0 {
			return nil, nil, false
		}
		out = append(out, at.values[i])
	}
	return at, out, true
}

// Lit is where an atom is true; false if the system has no such place or
// value.
func (p *Places) Lit(a evidence.Atom) (circuit.Lit, bool) {
	at, values, ok := p.chosen(a)
	g, some := p.sys.Graph, circuit.False
	for _, v := range values {
		is := circuit.True
		for _, guard := range at.guards {
			c, err := p.sys.circuit.Condition(guard)
			ok = ok && err == nil
			is = g.And(is, c.Holds)
		}
		for i, j := range at.bits {
			bit := p.sys.State(j)
			if v.pattern>>i&1 == 0 {
				bit = bit.Not()
			}
			is = g.And(is, bit)
		}
		some = g.Or(some, is)
	}
	if a.Not {
		some = some.Not()
	}
	return some, ok
}

// Expr is an atom as an expression, which never fails; nil if the system has
// no such place or value.
func (p *Places) Expr(a evidence.Atom) ir.Expr {
	at, values, ok := p.chosen(a)
	if !ok {
		return nil
	}
	t := p.sys.Sys.Types.Bool()
	some := ir.Expr(&ir.Lit{Node: ir.Node{T: t}, Value: ir.Bool(false)})
	for _, v := range values {
		some = &ir.Apply{Node: ir.Node{T: t}, Op: ir.Or, Args: []ir.Expr{some, v.is}}
	}
	for _, g := range slices.Backward(at.guards) {
		some = &ir.Apply{Node: ir.Node{T: t}, Op: ir.And, Args: []ir.Expr{g, some}}
	}
	if a.Not {
		return &ir.Apply{Node: ir.Node{T: t}, Op: ir.Not, Args: []ir.Expr{some}}
	}
	return some
}

// walker goes through a value as its bits are laid out.
type walker struct {
	t      *ir.Table
	out    *Places
	guards []ir.Expr
}

func (w *walker) op(t *ir.Type, op ir.Op, args ...ir.Expr) ir.Expr {
	return &ir.Apply{Node: ir.Node{T: t}, Op: op, Args: args}
}

func (w *walker) truth(op ir.Op, args ...ir.Expr) ir.Expr { return w.op(w.t.Bool(), op, args...) }

func (w *walker) lit(t *ir.Type, v ir.Value) ir.Expr { return &ir.Lit{Node: ir.Node{T: t}, Value: v} }

func (w *walker) within(guard ir.Expr, f func()) {
	w.guards = append(w.guards, guard)
	f()
	w.guards = w.guards[:len(w.guards)-1]
}

// place adds a place of the next bits.
func (w *walker) place(e ir.Expr, width int, values []placeValue) {
	whole := e
	for _, g := range slices.Backward(w.guards) {
		whole = w.truth(ir.And, g, whole)
	}
	p := &place{name: print.Expr(whole), guards: slices.Clone(w.guards), values: values}
	for range width {
		p.bits = append(p.bits, len(w.out.byBit))
		w.out.byBit = append(w.out.byBit, p)
	}
	w.out.byName[p.name] = p
}

// truthful adds a place that is a bool.
func (w *walker) truthful(e ir.Expr) { w.place(e, 1, []placeValue{{1, "true", e}}) }

func (w *walker) walk(part ir.Expr, t *ir.Type) {
	switch t.Kind {
	case ir.BoolKind:
		w.truthful(part)
	case ir.RangeKind:
		w.number(part, t, t.Lo.Int64(), t.Hi.Int64())
	case ir.SortKind:
		w.number(part, t, 0, int64(len(t.Sort.Elems))-1)
	case ir.SumKind:
		w.sum(part, t)
	case ir.StructKind:
		for i, f := range t.Fields {
			w.walk(&ir.FieldOf{Node: ir.Node{T: f.Type}, X: part, Index: i}, f.Type)
		}
	case ir.SetKind:
		for v := range ir.Values(t.Elem) {
			w.truthful(w.truth(ir.In, w.lit(t.Elem, v), part))
		}
	case ir.FuncKind, ir.MapKind:
		for v := range ir.Values(t.Key) {
			w.entry(part, t, w.lit(t.Key, v))
		}
	case ir.SeqKind:
		w.sequence(part, t)
	}
}

// entry is about what a function or map has at a key.
func (w *walker) entry(part ir.Expr, t *ir.Type, key ir.Expr) {
	at := w.op(t.Elem, ir.Get, part, key)
	if t.Kind == ir.FuncKind {
		w.walk(at, t.Elem)
		return
	}
	there := w.truth(ir.In, key, part)
	w.truthful(there)
	w.within(there, func() { w.walk(at, t.Elem) })
}

func (w *walker) sequence(part ir.Expr, t *ir.Type) {
	length := w.op(w.t.Int(), ir.Len, part)
	w.number(length, w.t.Int(), 0, int64(t.Max))
	for i := range t.Max {
		at := w.lit(w.t.Int(), ir.NewInt(int64(i)))
		w.within(w.truth(ir.Lt, at, length), func() { w.walk(w.op(t.Elem, ir.Get, part, at), t.Elem) })
	}
}

func (w *walker) sum(part ir.Expr, t *ir.Type) {
	is := func(v int) ir.Expr { return &ir.Is{Node: ir.Node{T: w.t.Bool()}, X: part, Variant: v} }
	if t.Option {
		w.truthful(is(1))
		w.within(is(1), func() {
			w.walk(&ir.Payload{Node: ir.Node{T: t.Elem}, X: part, Variant: 1}, t.Elem)
		})
		return
	}
	var values []placeValue
	for v, variant := range t.Variants {
		values = append(values, placeValue{uint64(v), variant.Name, is(v)})
	}
	w.place(part, bits.Len(uint(max(len(t.Variants)-1, 0))), values)
	for v, variant := range t.Variants {
		w.within(is(v), func() {
			for i, f := range variant.Fields {
				w.walk(&ir.Payload{Node: ir.Node{T: f.Type}, X: part, Variant: v, Index: i}, f.Type)
			}
		})
	}
}

// number is about a number from lo to hi in two's complement, or the index of
// an element of a sort.
func (w *walker) number(part ir.Expr, t *ir.Type, lo, hi int64) {
	width := bits.Len64(uint64(max(hi, 0)))
	if lo < 0 {
		width = max(width, bits.Len64(uint64(-lo-1))) + 1
	}
	if hi-lo >= mostValues && t.Kind != ir.SortKind {
		for i := range width {
			w.truthful(w.digit(part, t, i, width))
		}
		return
	}
	var values []placeValue
	for n := lo; n <= hi; n++ {
		var v ir.Value = ir.NewInt(n)
		if t.Kind == ir.SortKind {
			v = ir.Elem{Sort: t.Sort, Index: int(n)}
		}
		values = append(values, placeValue{uint64(n) & (1<<width - 1), ir.FormatAs(v, t), w.truth(ir.Eq, part, w.lit(t, v))})
	}
	w.place(part, width, values)
}

// digit says that a binary digit of a number is 1: of the number itself, or of
// the one that is 2^width larger, which is not negative.
func (w *walker) digit(part ir.Expr, t *ir.Type, i, width int) ir.Expr {
	integer := w.t.Int()
	two := func(n int) ir.Expr { return w.lit(integer, ir.Int{Int: new(big.Int).Lsh(big.NewInt(1), uint(n))}) }
	if t.Kind != ir.IntKind {
		part = &ir.Convert{Node: ir.Node{T: integer}, X: part}
	}
	if t.Kind == ir.RangeKind && t.Lo.Sign() < 0 {
		part = w.op(integer, ir.Add, part, two(width))
	}
	rest := w.op(integer, ir.Mod, w.op(integer, ir.Div, part, two(i)), two(1))
	return w.truth(ir.Eq, rest, two(0))
}
