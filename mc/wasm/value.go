package wasm

import (
	"fmt"
	"math"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/word"
)

// value is what an expression comes to when it is compiled. Which fields are
// set depends on its type: x of a number, a bool or a packed type; place and
// words of a variable that is spread over slots; parts of another struct or
// total function; seq of a sequence; list of a set that is not packed.
type value struct {
	t     *ir.Type
	x     *node
	place *program.Place
	words []*node
	parts []value
	seq   *sequence
	list  []member
	isSet bool // list is meant, even if it is empty
	// sorted says that the list is in order, without an element twice.
	sorted bool
}

// sequence is a sequence of packed elements: element i stands width*i bits up
// in items, and what is beyond length is zero.
type sequence struct {
	length *node
	items  *node
	width  int
	most   int // elements
}

// member is an element of a set or sequence, if in is true.
type member struct {
	in *node
	v  value
}

// Unsupported is why a System cannot be compiled to WebAssembly.
type Unsupported struct {
	Span source.Span // of the expression or statement
	Why  string
}

func (u *Unsupported) Error() string { return u.Why }

func unsupported(sp source.Span, format string, args ...any) {
	panic(&Unsupported{sp, fmt.Sprintf(format, args...)})
}

func (c *compiler) rep(t *ir.Type) *word.Rep { return c.reps.Rep(t) }

func packed(r *word.Rep) bool { return r.Form == word.Packed }

func mask(n int) uint64 {
	if n >= 64 {
		return math.MaxUint64
	}
	return 1<<n - 1
}

// unpack makes a value of a packed type from its word.
func (c *compiler) unpack(t *ir.Type, w *node) value {
	r := c.rep(t)
	switch t.Kind {
	case ir.BoolKind:
		return value{t: t, x: not(eqConst(w, 0))}
	case ir.RangeKind:
		lo, hi := t.Lo.Int64(), t.Hi.Int64()
		if !w.known() {
			w = w.bounded(0, hi-lo)
		}
		return value{t: t, x: add(w, number(lo)).bounded(lo, hi)}
	case ir.SeqKind:
		return value{t: t, seq: &sequence{
			length: and(w, constant(r.Len.Mask)).bounded(0, int64(t.Max)),
			items:  shr(w, r.Len.Shift), width: r.Elem.Bits, most: t.Max}}
	case ir.SortKind:
		w = w.bounded(0, int64(len(t.Sort.Elems)-1))
	}
	return value{t: t, x: w}
}

// pack returns the word of a value of a packed type.
func (c *compiler) pack(v value, sp source.Span) *node {
	r := c.rep(v.t)
	if !packed(r) {
		unsupported(sp, "%s has no fixed size", v.t)
	}
	switch v.t.Kind {
	case ir.BoolKind:
		return extend(v.x)
	case ir.RangeKind:
		w := sub(v.x, number(r.Lo))
		if w.known() {
			return w
		}
		n := *w
		n.bits = mask(r.Bits)
		n.lo, n.hi = 0, int64(mask(r.Bits))
		return &n
	case ir.SeqKind:
		return or(v.seq.length, shl(v.seq.items, r.Len.Shift))
	}
	if v.x != nil {
		return v.x
	}
	w := constant(0)
	switch v.t.Kind {
	case ir.StructKind:
		for i, p := range r.Fields {
			w = or(w, shl(c.pack(c.field(v, i), sp), p.Shift))
		}
	case ir.FuncKind:
		for i := range r.Keys.Len() {
			w = or(w, shl(c.pack(c.at(v, i), sp), r.At(i).Shift))
		}
	case ir.SetKind:
		for _, m := range v.list {
			bit := shlBy(constant(1), c.rank(r.Elem, r.Elems, c.pack(m.v, sp)))
			w = or(w, choose(m.in, bit, constant(0)))
		}
	default:
		unsupported(sp, "%s has no fixed size", v.t)
	}
	return w
}

// field returns a field of a struct.
func (c *compiler) field(v value, i int) value {
	t := v.t.Fields[i].Type
	switch {
	case v.place != nil:
		return c.read(t, v.place.Field(i), v.words)
	case v.parts != nil:
		return v.parts[i]
	}
	p := c.rep(v.t).Fields[i]
	return c.unpack(t, extract(v.x, p.Shift, p.Mask))
}

// at returns what a total function has at the key of a rank.
func (c *compiler) at(v value, rank int) value {
	switch {
	case v.place != nil:
		return c.read(v.t.Elem, v.place.At(rank), v.words)
	case v.parts != nil:
		return v.parts[rank]
	}
	p := c.rep(v.t).At(rank)
	return c.unpack(v.t.Elem, extract(v.x, p.Shift, p.Mask))
}

// spreadParts returns a struct or total function part by part.
func (c *compiler) spreadParts(v value) []value {
	var parts []value
	if v.t.Kind == ir.StructKind {
		for i := range v.t.Fields {
			parts = append(parts, c.field(v, i))
		}
		return parts
	}
	for i := range c.keys(v.t).Len() {
		parts = append(parts, c.at(v, i))
	}
	return parts
}

// most is how many parts a value is taken apart into.
const most = 1024

func (c *compiler) keys(t *ir.Type) *word.Universe {
	u := c.rep(t).Keys
	if u == nil || u.Len() > most {
		unsupported(c.here, "%s has too many keys", t)
	}
	return u
}

// read returns the value at a place.
func (c *compiler) read(t *ir.Type, p program.Place, words []*node) value {
	if !p.Leaf() {
		return value{t: t, place: &p, words: words}
	}
	s := c.layout.Slots[p.Slot]
	w := extract(words[s.Word], s.Shift, s.Mask)
	if s.Rep.Form != word.Integer {
		return c.unpack(t, w)
	}
	// 31 bits of the integer above a 0, see word.Rep.Squeeze.
	w = c.keep(w)
	c.demand(eqConst(and(w, constant(1)), 0))
	return value{t: t, x: c.keep(signed31(w))}
}

// write stores a value at a place.
func (c *compiler) write(words []*node, p program.Place, v value, sp source.Span) {
	if p.Leaf() {
		s := c.layout.Slots[p.Slot]
		var w *node
		if s.Rep.Form == word.Integer {
			w = and(shl(c.small(v.x), 1), constant(math.MaxUint32))
		} else {
			w = c.pack(v, sp)
		}
		words[s.Word] = c.keep8(put(words[s.Word], s.Shift, s.Mask, c.keep(w)))
		return
	}
	for i, part := range c.spreadParts(v) {
		if v.t.Kind == ir.StructKind {
			c.write(words, p.Field(i), part, sp)
		} else {
			c.write(words, p.At(i), part, sp)
		}
	}
}

// Integers that a slot holds itself.
const (
	minSlot = -1 << 30
	maxSlot = 1<<30 - 1
)

// small leaves the source to a Machine unless a slot can hold the number.
func (c *compiler) small(n *node) *node {
	if n.lo >= minSlot && n.hi <= maxSlot {
		return n
	}
	n = c.keep(n)
	c.demand(both(less(number(minSlot-1), n), less(n, number(maxSlot+1))))
	return n.within(minSlot, maxSlot)
}

// keep8 puts a word that many parts were put into into a local.
func (c *compiler) keep8(n *node) *node {
	if n.cost > 40 {
		return c.store(n)
	}
	return n
}

// kept puts what is dear to compute in a value into locals.
func (c *compiler) kept(v value) value {
	switch {
	case v.x != nil:
		v.x = c.keep(v.x)
	case v.seq != nil:
		s := *v.seq
		s.length, s.items = c.keep(s.length), c.keep(s.items)
		v.seq = &s
	case v.isSet:
		var list []member
		for _, m := range v.list {
			list = append(list, member{c.keep(m.in), c.kept(m.v)})
		}
		v.list = list
	case v.parts != nil:
		parts := make([]value, len(v.parts))
		for i, p := range v.parts {
			parts[i] = c.kept(p)
		}
		v.parts = parts
	}
	return v
}

// rank returns the rank of a word among all values of a type.
func (c *compiler) rank(r *word.Rep, u *word.Universe, w *node) *node {
	switch {
	case w.known():
		if w.k >= 1<<r.Bits || u.Dense() && w.k >= uint64(u.Len()) {
			return number(0) // comes after a failure
		}
		return number(int64(u.Rank(w.k)))
	case u.Dense():
		return w
	case u.Len() > 256 || r.Bits > 16:
		unsupported(c.here, "%s has too many values for an index", r.Type)
	}
	table, ok := c.tables[u]
	if !ok {
		table = c.dataAt + uint64(len(c.data))
		c.tables[u] = table
		at := len(c.data)
		c.data = append(c.data, make([]byte, 1<<r.Bits)...)
		for i := range u.Len() {
			c.data[at+int(u.Word(i))] = byte(i)
		}
	}
	return load(table, w, uint64(u.Len()-1))
}

// literal returns the value of a constant.
func (c *compiler) literal(t *ir.Type, v ir.Value, sp source.Span) value {
	r := c.rep(t)
	if packed(r) {
		return c.unpack(t, constant(r.Encode(v)))
	}
	switch v := v.(type) {
	case ir.Int:
		if v.IsInt64() && fits(v.Int64(), v.Int64()) {
			return value{t: t, x: number(v.Int64())}
		}
	case ir.StructValue:
		out := value{t: t, parts: []value{}}
		for i, f := range v.Fields {
			out.parts = append(out.parts, c.literal(t.Fields[i].Type, f, sp))
		}
		return out
	case ir.MapValue:
		if t.Kind == ir.FuncKind {
			out := value{t: t, parts: []value{}}
			for _, x := range v.Vals {
				out.parts = append(out.parts, c.literal(t.Elem, x, sp))
			}
			return out
		}
	case ir.SetValue:
		out := value{t: t, isSet: true, sorted: true}
		for _, x := range v.Elems {
			out.list = append(out.list, member{truth(true), c.literal(t.Elem, x, sp)})
		}
		return out
	case ir.SeqValue:
		var items []value
		for _, x := range v.Elems {
			items = append(items, c.literal(t.Elem, x, sp))
		}
		return c.makeSeq(t, items, sp)
	}
	unsupported(sp, "%s has no fixed size", t)
	return value{}
}

// makeSeq returns a sequence of known length.
func (c *compiler) makeSeq(t *ir.Type, items []value, sp source.Span) value {
	r := c.rep(t.Elem)
	if !packed(r) && len(items) > 0 {
		unsupported(sp, "a sequence of %s has no fixed size", t.Elem)
	}
	if len(items) == 0 {
		return value{t: t, seq: &sequence{length: constant(0), items: constant(0), width: r.Bits}}
	}
	if r.Bits*len(items) > 64 {
		unsupported(sp, "a sequence of %d %s takes more than 64 bits", len(items), t.Elem)
	}
	w := constant(0)
	for i, x := range items {
		w = or(w, shl(c.pack(x, sp), i*r.Bits))
	}
	return value{t: t, seq: &sequence{length: number(int64(len(items))), items: w, width: r.Bits, most: len(items)}}
}

// item returns element i of a sequence, which has as many.
func (c *compiler) item(v value, i int) value {
	s := v.seq
	return c.unpack(v.t.Elem, extract(s.items, i*s.width, mask(s.width)))
}

// members lists the elements of a set or sequence, in order.
func (c *compiler) members(v value, sp source.Span) []member {
	var list []member
	switch {
	case v.isSet:
		return v.list
	case v.seq != nil:
		for i := range v.seq.most {
			in := less(number(int64(i)), v.seq.length)
			list = append(list, member{in, c.item(v, i)})
		}
	case v.t.Kind == ir.SetKind && v.x != nil:
		u := c.rep(v.t).Elems
		for i := range u.Len() {
			if in := not(eqConst(and(v.x, constant(1<<i)), 0)); !in.is(0) {
				list = append(list, member{in, c.unpack(v.t.Elem, constant(u.Word(i)))})
			}
		}
	default:
		unsupported(sp, "the elements of a %s cannot be listed", v.t)
	}
	return list
}

// equal compares two values of one type.
func (c *compiler) equal(a, b value, sp source.Span) *node {
	switch {
	case a.seq != nil:
		x, y := a.seq, b.seq
		if x.length.is(0) {
			x, y = y, x
		}
		if y.length.is(0) {
			return eq(x.length, y.length)
		}
		return both(eq(x.length, y.length), eq(x.items, y.items))
	case a.isSet || b.isSet:
		if !packed(c.rep(a.t)) {
			unsupported(sp, "%s has no fixed size, so sets of them cannot be compared", a.t.Elem)
		}
		return eq(c.pack(a, sp), c.pack(b, sp))
	case a.x != nil && b.x != nil:
		return eq(a.x, b.x)
	}
	all := truth(true)
	others := c.spreadParts(b)
	for i, p := range c.spreadParts(a) {
		all = both(all, c.equal(p, others[i], sp))
	}
	return all
}

// select returns a if in is true, else b.
func (c *compiler) choose(in *node, a, b value, sp source.Span) value {
	if in.known() {
		if in.k != 0 {
			return a
		}
		return b
	}
	in = c.keep(in)
	switch {
	case a.seq != nil:
		s := *a.seq
		s.length, s.items, s.most = choose(in, s.length, b.seq.length), choose(in, s.items, b.seq.items), max(s.most, b.seq.most)
		return c.kept(value{t: a.t, seq: &s})
	case a.isSet || b.isSet:
		if packed(c.rep(a.t)) {
			return value{t: a.t, x: c.keep(choose(in, c.pack(a, sp), c.pack(b, sp)))}
		}
		out := value{t: a.t, isSet: true}
		for _, m := range a.list { // order is lost
			out.list = append(out.list, member{both(in, m.in), m.v})
		}
		for _, m := range b.list {
			out.list = append(out.list, member{both(not(in), m.in), m.v})
		}
		return c.kept(out)
	case a.x != nil && b.x != nil:
		return value{t: a.t, x: c.keep(choose(in, a.x, b.x))}
	}
	out := value{t: a.t, parts: []value{}}
	others := c.spreadParts(b)
	for i, p := range c.spreadParts(a) {
		out.parts = append(out.parts, c.choose(in, p, others[i], sp))
	}
	return out
}

// rankOf returns the rank of a key in a total function.
func (c *compiler) rankOf(f *word.Rep, key value, sp source.Span) *node {
	if f.Keys == nil {
		unsupported(sp, "%s has too many keys", f.Type)
	}
	return c.rank(f.Key, f.Keys, c.pack(key, sp))
}

// lookUp returns what a total function or sequence has at a key. Outside a
// sequence the source is left to a Machine.
func (c *compiler) lookUp(f, key value, sp source.Span) value {
	if f.seq != nil {
		s := f.seq
		c.demand(less(key.x, s.length))
		c.demand(less(number(-1), key.x))
		if s.most == 0 {
			return c.anything(f.t.Elem, sp)
		}
		by := c.keep(mul(key.x.within(0, int64(s.most-1)), number(int64(s.width))))
		return c.unpack(f.t.Elem, and(shrBy(s.items, by), constant(mask(s.width))))
	}
	if f.t.Kind != ir.FuncKind {
		unsupported(sp, "%s has no fixed size", f.t)
	}
	r := c.rep(f.t)
	rank := c.rankOf(r, key, sp)
	switch {
	case rank.known():
		return c.at(f, int(rank.k))
	case f.x != nil:
		p := r.At(0)
		by := sub(number(int64(p.Shift)), mul(rank, number(int64(r.Elem.Bits))))
		return c.unpack(f.t.Elem, and(shrBy(f.x, by), constant(p.Mask)))
	}
	rank = c.keep(rank)
	n := c.keys(f.t).Len()
	out := c.at(f, n-1)
	for i := n - 2; i >= 0; i-- {
		out = c.choose(eqConst(rank, uint64(i)), c.at(f, i), out, sp)
	}
	return out
}

// change returns a total function or sequence with v at a key.
func (c *compiler) change(f, key, v value, sp source.Span) value {
	if f.seq != nil {
		s := *f.seq
		c.demand(less(key.x, s.length))
		c.demand(less(number(-1), key.x))
		if s.most == 0 {
			return f
		}
		by := c.keep(mul(key.x.within(0, int64(s.most-1)), number(int64(s.width))))
		s.items = c.keep(c.putBy(s.items, by, mask(s.width), c.pack(v, sp), mask(s.width*s.most)))
		return value{t: f.t, seq: &s}
	}
	if f.t.Kind != ir.FuncKind {
		unsupported(sp, "%s has no fixed size", f.t)
	}
	r := c.rep(f.t)
	rank := c.rankOf(r, key, sp)
	if f.x != nil {
		p := r.At(0)
		if rank.known() {
			p = r.At(int(rank.k))
			return value{t: f.t, x: put(f.x, p.Shift, p.Mask, c.keep(c.pack(v, sp)))}
		}
		by := c.keep(sub(number(int64(p.Shift)), mul(rank, number(int64(r.Elem.Bits)))))
		return value{t: f.t, x: c.keep(c.putBy(f.x, by, p.Mask, c.pack(v, sp), mask(r.Bits)))}
	}
	rank, v = c.keep(rank), c.kept(v)
	out := value{t: f.t, parts: []value{}}
	for i := range c.keys(f.t).Len() {
		out.parts = append(out.parts, c.choose(eqConst(rank, uint64(i)), v, c.at(f, i), sp))
	}
	return out
}

// putBy is put at a place that is not known.
func (c *compiler) putBy(a, by *node, m uint64, v *node, all uint64) *node {
	w := or(and(a, not64(shlBy(constant(m), by))), shlBy(v, by))
	if w.known() {
		return w
	}
	n := *w
	return (&n).word(all)
}

// anything returns some value, where none is needed.
func (c *compiler) anything(t *ir.Type, sp source.Span) value {
	r := c.rep(t)
	if packed(r) {
		return c.unpack(t, constant(0))
	}
	if r.Form == word.Integer {
		return value{t: t, x: constant(0)}
	}
	unsupported(sp, "%s has no fixed size", t)
	return value{}
}
