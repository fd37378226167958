package absint

import (
	"math/big"
	"slices"

	"github.com/spec-lang/spec/ir"
)

// maxListed is how many values a Value lists one by one, and how many keys of
// a function or map it keeps apart. Tests have it smaller.
const maxListed = 16

// shape is how the domain takes values of a type apart.
type shape struct {
	t         *ir.Type
	most      int        // how many values are listed, at least 2
	open      bool       // there may be more values: see shapes.open
	all       []ir.Value // every value in canonical order, if there are few
	keys      []ir.Value // every key of a function or map, if there are few
	key, elem *shape
	fields    []*shape
	alts      [][]*shape // fields of each variant
	top       *Value
	bottom    *Value
	bools     [2]*Value // of bool: what is false, what is true
}

// shapes makes the shape of each type once.
type shapes struct {
	made map[*ir.Type]*shape
	most int
	// open: how many elements sorts have is not looked at, so that what is
	// said holds for other sizes too.
	open bool
}

func (ss shapes) of(t *ir.Type) *shape {
	if s := ss.made[t]; s != nil {
		return s
	}
	s := &shape{t: t, most: ss.most, open: ss.open && hasSort(t)}
	ss.made[t] = s
	if !s.open {
		s.all = s.fewValues()
	}
	if t.Key != nil {
		s.key = ss.of(t.Key)
		s.keys = s.key.all
	}
	if t.Elem != nil {
		s.elem = ss.of(t.Elem)
	}
	s.fields = ss.ofFields(t.Fields)
	for _, v := range t.Variants {
		s.alts = append(s.alts, ss.ofFields(v.Fields))
	}
	s.bottom = &Value{shape: s, listed: true}
	s.top = s.anything()
	if t.Kind == ir.BoolKind {
		for i, v := range s.all {
			s.bools[i] = &Value{shape: s, listed: true, few: []ir.Value{v}}
		}
	}
	return s
}

func (ss shapes) ofFields(fs []ir.Field) []*shape {
	out := make([]*shape, len(fs))
	for i, f := range fs {
		out[i] = ss.of(f.Type)
	}
	return out
}

// hasSort reports whether how many values t has depends on the size of a sort.
func hasSort(t *ir.Type) bool {
	found := t.Kind == ir.SortKind
	t.Parts(func(p *ir.Type) { found = found || hasSort(p) })
	return found
}

// fewValues lists the values of the type if there are at most s.most, else
// nil.
func (s *shape) fewValues() []ir.Value {
	n, ok := ir.Card(s.t)
	if !ok || n.Cmp(big.NewInt(int64(s.most))) > 0 {
		return nil
	}
	return append([]ir.Value{}, slices.Collect(ir.Values(s.t))...)
}

// anything is every value of the type.
func (s *shape) anything() *Value {
	if s.all != nil {
		return &Value{shape: s, listed: true, few: s.all}
	}
	v := &Value{shape: s, num: atLeast(0)}
	switch t := s.t; t.Kind {
	case ir.IntKind, ir.DurationKind, ir.InstantKind:
		v.num = Num{}
	case ir.RangeKind:
		v.num = between(t.Lo, t.Hi)
	case ir.SortKind:
		if !s.open {
			v.num = between(new(big.Int), big.NewInt(int64(len(t.Sort.Elems)-1)))
		}
	case ir.SumKind:
		for _, fields := range s.alts {
			v.alts = append(v.alts, tops(fields))
		}
	case ir.StructKind:
		v.parts = tops(s.fields)
	case ir.SetKind:
		v.elem = s.elem.top
		v.num = v.num.meet(s.elem.sizeUpTo())
	case ir.BagKind:
		v.elem = s.elem.top
	case ir.SeqKind:
		v.elem = s.elem.top
		if t.Max >= 0 {
			v.num = between(new(big.Int), big.NewInt(int64(t.Max)))
		}
	case ir.FuncKind:
		v.parts = slices.Repeat([]*Value{s.elem.top}, s.width())
	case ir.MapKind:
		v.elem = s.key.top
		v.parts = slices.Repeat([]*Value{s.elem.top}, s.width())
		v.num = v.num.meet(s.key.sizeUpTo())
	}
	return v.norm()
}

// sizeUpTo is how many different values a collection may hold.
func (s *shape) sizeUpTo() Num {
	n, ok := ir.Card(s.t)
	if !ok || s.open {
		return atLeast(0)
	}
	return between(new(big.Int), n)
}

func tops(shapes []*shape) []*Value {
	out := make([]*Value, len(shapes))
	for i, s := range shapes {
		out[i] = s.top
	}
	return out
}

// width is how many values of a function or map are kept: one for each key,
// or one for all.
func (s *shape) width() int {
	if s.keys != nil {
		return len(s.keys)
	}
	return 1
}

// slot returns where the value of a key stands among the parts.
func (s *shape) slot(key ir.Value) int {
	if s.keys == nil {
		return 0
	}
	i, _ := slices.BinarySearchFunc(s.keys, key, ir.Compare)
	return i
}
