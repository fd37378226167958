package symmetry

import (
	"fmt"
	"math/bits"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/mc/program"
	"github.com/spec-lang/spec/mc/word"
)

// family is the parts of the state that renaming turns into each other: vote[r]
// for all r, or whether Promise(a, b) is in net for all a and b. Its atoms are
// numbered by their points, each digit of the number being one.
type family struct {
	rep   *word.Rep
	plain bool   // values speak of no points
	table *table // values that do, if there are few; nil and not plain: see rename
	mask  uint64
	digit []digit
	atoms []atom
	seed  uint64
	// trait says where the value stands among the traits of its point, if that
	// is all there is to it. One of each sort with a table.
	trait []trait
}

type digit struct{ first, stride int32 }

type atom struct {
	slot   int32
	shift  uint8
	points []int32
}

type trait struct {
	used  bool
	shift int
}

// index returns the number of the atom, or word, with other points.
func index(digits []digit, points, perm []int32) int32 {
	n := int32(0)
	for i, p := range points {
		n += (perm[p] - digits[i].first) * digits[i].stride
	}
	return n
}

// table has the values of a type of few values that speaks of points.
type table struct {
	shape  []int32 // by word; -1 means no value
	points [][]int32
	kinds  []kind // by shape
	most   int    // points of one value
}

// kind is the values that renaming turns into each other.
type kind struct {
	digit []digit
	words []uint64
}

func (t *table) rename(w uint64, perm []int32) uint64 {
	k := &t.kinds[t.shape[w]]
	return k.words[index(k.digit, t.points[w], perm)]
}

// maxTable is how many bits words have for which there is a table.
const maxTable = 12

// splitter finds the families of a layout.
type splitter struct {
	*Reducer
	byShape map[string]*family
}

// place is a part of the state: its points and what is the same of all in its
// family.
type place struct {
	slot, shift int
	shape       string
	points      []int32
}

func (r *Reducer) split(l *program.Layout) {
	s := &splitter{r, map[string]*family{}}
	for i, leaf := range l.Leaves() {
		at := place{slot: i, shape: fmt.Sprint("v", leaf.Var)}
		for _, st := range leaf.Path {
			if st.Rep.Type.Kind == ir.StructKind {
				at.shape += fmt.Sprint(".", st.Index)
			} else {
				s.key(&at, st.Rep.Key, st.Rep.Keys.Word(st.Index))
			}
		}
		if rep := l.Slots[i].Rep; !r.mentions(rep.Type) && len(at.points) == 0 {
			r.fixed = append(r.fixed, i)
		} else {
			r.moved = append(r.moved, i)
			s.part(at, rep)
		}
	}
	r.traits()
}

// key adds a key of a simple type to a place.
func (s *splitter) key(at *place, r *word.Rep, w uint64) {
	shape, points := s.decompose(r, w)
	at.shape += "[" + shape + "]"
	at.points = append(at.points[:len(at.points):len(at.points)], points...)
}

// simple reports whether the values of t are told apart by their shape and an
// independent choice of points.
func (r *Reducer) simple(t *ir.Type) bool {
	if !r.mentions(t) {
		return true
	}
	switch t.Kind {
	case ir.SortKind:
		return true
	case ir.SumKind, ir.StructKind:
		ok := true
		t.Parts(func(p *ir.Type) { ok = ok && r.simple(p) })
		return ok
	case ir.SeqKind:
		return t.Max >= 0 && r.simple(t.Elem)
	}
	return false
}

// decompose returns the shape of a value of a simple type, and its points.
func (r *Reducer) decompose(rep *word.Rep, w uint64) (string, []int32) {
	if !r.mentions(rep.Type) {
		return fmt.Sprint(rep.Decode(w)), nil
	}
	parts := func(name string, ps []word.Part) (string, []int32) {
		var points []int32
		for _, p := range ps {
			shape, more := r.decompose(p.Rep, rep.Part(w, p))
			name += " " + shape
			points = append(points, more...)
		}
		return "(" + name + ")", points
	}
	switch rep.Type.Kind {
	case ir.SumKind:
		n := rep.Variant(w)
		return parts(fmt.Sprint(n), rep.Variants[n])
	case ir.StructKind:
		return parts("", rep.Fields)
	case ir.SeqKind:
		name := ""
		var points []int32
		for _, x := range rep.Elements(nil, w) {
			shape, more := r.decompose(rep.Elem, x)
			name += " " + shape
			points = append(points, more...)
		}
		return "[" + name + "]", points
	}
	first := r.first[rep.Type.Sort] // a SortKind: the type is simple
	return rep.Type.Sort.Name, []int32{int32(first) + int32(w)}
}

// part adds the value of a rep at a place to its families, as finely as can
// be.
func (s *splitter) part(at place, r *word.Rep) {
	inner := func(name string, p word.Part) place {
		q := at
		q.shift += p.Shift
		q.shape += name
		return q
	}
	switch {
	case r.Form != word.Packed || !s.mentions(r.Type):
	case r.Type.Kind == ir.StructKind:
		for i, p := range r.Fields {
			s.part(inner(fmt.Sprint(".", i), p), p.Rep)
		}
		return
	case r.Type.Kind == ir.FuncKind && s.simple(r.Key.Type):
		for i := range r.Keys.Len() {
			q := inner("", r.At(i))
			s.key(&q, r.Key, r.Keys.Word(i))
			s.part(q, r.Elem)
		}
		return
	case r.Type.Kind == ir.SetKind && s.simple(r.Elem.Type):
		for i := range r.Elems.Len() {
			q := inner("", word.Part{Shift: i})
			s.key(&q, r.Elem, r.Elems.Word(i))
			s.add(q, nil, 1)
		}
		return
	}
	mask := ^uint64(0)
	if r.Form == word.Packed {
		mask = 1<<r.Bits - 1
	}
	s.add(at, r, mask)
}

// add adds an atom; a nil rep is a bit.
func (s *splitter) add(at place, rep *word.Rep, mask uint64) {
	f := s.byShape[at.shape]
	if f == nil {
		f = &family{rep: rep, mask: mask, plain: rep == nil || !s.mentions(rep.Type), seed: word.Mix(uint64(len(s.families)+1), 0x9e3779b97f4a7c15)}
		f.digit = s.digits(at.points)
		f.atoms = make([]atom, s.number(at.points))
		if !f.plain && rep.Form == word.Packed && rep.Bits <= maxTable && s.simple(rep.Type) {
			f.table = s.tabulate(rep)
		}
		s.byShape[at.shape] = f
		s.families = append(s.families, f)
	}
	f.atoms[index(f.digit, at.points, s.identity())] = atom{int32(at.slot), uint8(at.shift), at.points}
}

func (r *Reducer) identity() []int32 {
	id := make([]int32, r.points)
	for i := range id {
		id[i] = int32(i)
	}
	return id
}

// sortAt returns the sort of a point.
func (r *Reducer) sortAt(p int32) *block {
	for i := range r.sorts {
		if b := &r.sorts[i]; int(p) < b.first+b.n {
			return b
		}
	}
	return nil
}

func (r *Reducer) digits(points []int32) []digit {
	out := make([]digit, len(points))
	stride := int32(1)
	for i, p := range points {
		b := r.sortAt(p)
		out[i] = digit{int32(b.first), stride}
		stride *= int32(b.n)
	}
	return out
}

// number returns how many choices of points of the same sorts there are.
func (r *Reducer) number(points []int32) int {
	n := 1
	for _, p := range points {
		n *= r.sortAt(p).n
	}
	return n
}

func (r *Reducer) tabulate(rep *word.Rep) *table {
	size := 1 << rep.Bits
	t := &table{shape: make([]int32, size), points: make([][]int32, size)}
	for i := range t.shape {
		t.shape[i] = -1
	}
	byShape := map[string]int32{}
	id := r.identity()
	u := rep.Universe()
	for i := range u.Len() {
		w := u.Word(i)
		shape, points := r.decompose(rep, w)
		k, ok := byShape[shape]
		if !ok {
			k = int32(len(t.kinds))
			byShape[shape] = k
			t.kinds = append(t.kinds, kind{r.digits(points), make([]uint64, r.number(points))})
		}
		t.shape[w], t.points[w] = k, points
		t.kinds[k].words[index(t.kinds[k].digit, points, id)] = w
		t.most = max(t.most, len(points))
	}
	return t
}

// traits gives the families that tell of one point each their place in the
// traits of that point, as long as there is room in a word. All others relate
// points to each other.
func (r *Reducer) traits() {
	for _, f := range r.families {
		if !r.trait(f) {
			r.related = append(r.related, f)
			r.relate(f)
		}
	}
}

// trait reports whether a family is read into traits, or tells of no point.
func (r *Reducer) trait(f *family) bool {
	switch {
	case f.plain && len(f.digit) == 0:
		return true
	case f.plain && len(f.digit) == 1 && (f.rep == nil || f.rep.Form == word.Packed):
		b := r.sortAt(f.digit[0].first)
		n := bits.Len64(f.mask)
		if b.bits+n > 64 {
			return false
		}
		f.trait = []trait{{true, b.bits}}
		b.bits += n
		return true
	case f.table != nil && f.table.most <= 1 && len(f.digit) == 0:
		return r.mention(f)
	}
	return false
}

// mention gives each sort that a value may speak of room for the shape of it.
func (r *Reducer) mention(f *family) bool {
	n := bits.Len(uint(len(f.table.kinds)))
	traits := make([]trait, len(r.sorts))
	for _, k := range f.table.kinds {
		for i := range r.sorts {
			if len(k.digit) == 1 && int(k.digit[0].first) == r.sorts[i].first {
				traits[i] = trait{true, r.sorts[i].bits}
				if r.sorts[i].bits+n > 64 {
					return false
				}
			}
		}
	}
	for i := range traits {
		if traits[i].used {
			r.sorts[i].bits += n
		}
	}
	f.trait = traits
	return true
}

// relate marks the sorts whose points a family may tell apart.
func (r *Reducer) relate(f *family) {
	for i := range r.sorts {
		b := &r.sorts[i]
		for _, d := range f.digit {
			b.related = b.related || int(d.first) == b.first
		}
		if !f.plain {
			b.related = b.related || r.speaksOf(f.rep.Type, b.sort)
		}
	}
}

func (r *Reducer) speaksOf(t *ir.Type, s *ir.Sort) bool {
	found := t.Kind == ir.SortKind && t.Sort == s
	t.Parts(func(p *ir.Type) { found = found || r.speaksOf(p, s) })
	return found
}
