package word

import (
	"math"
	"math/big"
	"math/bits"

	"github.com/spec-lang/spec/ir"
)

// Form is how words of a type are to be read.
type Form int

// Forms of a word.
const (
	Packed  Form = iota + 1 // the bits of the value
	Integer                 // an integer, see Pool.Int
	Node                    // the id of a node
)

// Rep is how the values of a type are held in words.
//
// Nodes hold: a set its elements in canonical order; a bag its elements, then
// their counts as plain numbers; a map its keys in order, then their values; a
// sequence its elements; a struct its fields; a sum its variant and then its
// fields; a total function its values in the order of the keys; a string its
// length in bytes and then the bytes.
type Rep struct {
	Type *ir.Type
	Form Form
	Bits int // that a value takes in a state
	// Numeric says that words as numbers are in canonical order.
	Numeric bool

	Lo   int64 // of a packed range: the integer with word 0
	Key  *Rep  // of a total function or map
	Elem *Rep
	// Keys are the values of Key, of a total function.
	Keys *Universe
	// Elems are the values of Elem, of a packed set.
	Elems *Universe
	// Len is the length field of a packed sequence; element i stands Elem.Bits
	// times i bits above it.
	Len      Part
	Fields   []Part   // of a struct
	Variants [][]Part // of a sum
	// Payload is how many bits of a packed sum stand below its variant.
	Payload int

	universe *Universe
	pool     *Pool
}

// Part is a part of a word: of a node the word with number Index, else the
// bits under Mask after a shift by Shift.
type Part struct {
	Rep   *Rep
	Index int
	Shift int
	Mask  uint64
}

// maxRankBits is how many bits an element may have to be ranked by a table,
// which packed sets need.
const maxRankBits = 16

func mask(n int) uint64 { return 1<<n - 1 }

// Reps are the Reps of the types of one System over one Pool. Of must not be
// called by several goroutines at once.
type Reps struct {
	Pool  *Pool
	types map[*ir.Type]*Rep
}

// NewReps returns an empty Reps.
func NewReps(p *Pool) *Reps { return &Reps{p, map[*ir.Type]*Rep{}} }

// Of returns the Rep of t.
func (rs *Reps) Of(t *ir.Type) *Rep {
	if r := rs.types[t]; r != nil {
		return r
	}
	r := &Rep{Type: t, Form: Node, Bits: 32, pool: rs.Pool}
	rs.fill(r, t)
	rs.types[t] = r
	return r
}

func (r *Rep) pack(bits int, numeric bool) {
	r.Form, r.Bits, r.Numeric = Packed, bits, numeric
}

func (rs *Reps) fill(r *Rep, t *ir.Type) {
	switch t.Kind {
	case ir.BoolKind:
		r.pack(1, true)
	case ir.IntKind, ir.DurationKind, ir.InstantKind:
		r.Form = Integer
	case ir.StringKind:
	case ir.RangeKind:
		fillRange(r, t)
	case ir.SortKind:
		r.pack(bits.Len(uint(max(len(t.Sort.Elems)-1, 0))), true)
	case ir.SumKind:
		rs.fillSum(r, t)
	case ir.StructKind:
		r.Fields = rs.parts(t.Fields)
		if n, numeric, ok := place(r.Fields); ok {
			r.pack(n, numeric)
		}
	case ir.SetKind:
		r.Elem = rs.Of(t.Elem)
		if u := r.Elem.Universe(); u != nil && r.Elem.Form == Packed && u.Len() <= 64 && r.Elem.Bits <= maxRankBits {
			r.Elems = u
			r.pack(u.Len(), false)
		}
	case ir.BagKind:
		r.Elem = rs.Of(t.Elem)
	case ir.MapKind:
		r.Key, r.Elem = rs.Of(t.Key), rs.Of(t.Elem)
	case ir.FuncKind:
		r.Key, r.Elem = rs.Of(t.Key), rs.Of(t.Elem)
		r.Keys = r.Key.Universe()
		if r.Keys != nil && r.Elem.Form == Packed && r.Keys.Len()*r.Elem.Bits <= 64 {
			r.pack(r.Keys.Len()*r.Elem.Bits, r.Elem.Numeric)
		}
	case ir.SeqKind:
		r.Elem = rs.Of(t.Elem)
		if n := bits.Len(uint(max(t.Max, 0))); t.Max >= 0 && t.Max <= 64 && r.Elem.Form == Packed && n+t.Max*r.Elem.Bits <= 64 {
			r.Len = Part{Mask: mask(n), Shift: n}
			r.pack(n+t.Max*r.Elem.Bits, false)
		}
	}
}

func fillRange(r *Rep, t *ir.Type) {
	n := new(big.Int).Sub(t.Hi, t.Lo)
	if !t.Lo.IsInt64() || !t.Hi.IsInt64() || !n.IsInt64() || t.Lo.Int64() < minSmall || t.Hi.Int64() > maxSmall || n.Int64() > math.MaxInt64/4 {
		r.Form = Integer
		return
	}
	r.Lo = t.Lo.Int64()
	r.pack(bits.Len64(uint64(n.Int64())), true)
}

func (rs *Reps) fillSum(r *Rep, t *ir.Type) {
	numeric, packed := true, true
	for _, v := range t.Variants {
		ps := rs.parts(v.Fields)
		n, num, ok := place(ps)
		for i := range ps {
			ps[i].Index++
		}
		r.Variants = append(r.Variants, ps)
		numeric, packed, r.Payload = numeric && num, packed && ok, max(r.Payload, n)
	}
	if n := bits.Len(uint(max(len(t.Variants)-1, 0))) + r.Payload; packed && n <= 64 {
		r.pack(n, numeric)
	}
}

func (rs *Reps) parts(fields []ir.Field) []Part {
	parts := make([]Part, len(fields))
	for i, f := range fields {
		parts[i] = Part{Rep: rs.Of(f.Type), Index: i}
	}
	return parts
}

// place puts packed parts side by side, the last one lowest, and returns how
// many bits they take; ok is false if they cannot be packed.
func place(parts []Part) (n int, numeric, ok bool) {
	numeric = true
	for i := len(parts) - 1; i >= 0; i-- {
		p := &parts[i]
		if p.Rep.Form != Packed || n+p.Rep.Bits > 64 {
			return 0, false, false
		}
		p.Shift, p.Mask = n, mask(p.Rep.Bits)
		n += p.Rep.Bits
		numeric = numeric && p.Rep.Numeric
	}
	return n, numeric, true
}

// At returns where a packed total function has the value of the key with the
// given rank.
func (r *Rep) At(rank int) Part {
	return Part{Rep: r.Elem, Shift: (r.Keys.Len() - 1 - rank) * r.Elem.Bits, Mask: mask(r.Elem.Bits)}
}

// Item returns where a packed sequence has element i.
func (r *Rep) Item(i int) Part {
	return Part{Rep: r.Elem, Shift: r.Len.Shift + i*r.Elem.Bits, Mask: mask(r.Elem.Bits)}
}

// Get returns the part of a packed word.
func (p Part) Get(w uint64) uint64 { return w >> p.Shift & p.Mask }

// Put returns a packed word with the part replaced.
func (p Part) Put(w, v uint64) uint64 { return w&^(p.Mask<<p.Shift) | v<<p.Shift }

// Squeeze returns the Bits bits that stand for a word in a state.
func (r *Rep) Squeeze(w uint64) uint64 {
	if r.Form == Integer {
		return r.pool.squeeze(w)
	}
	return w
}

// Stretch is the inverse of Squeeze.
func (r *Rep) Stretch(s uint64) uint64 {
	if r.Form == Integer {
		return r.pool.stretch(s)
	}
	return s
}
