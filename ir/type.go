package ir

import (
	"fmt"
	"math/big"
	"strings"
)

// Kind is the kind of a type.
type Kind int

// Kinds of type.
const (
	BoolKind Kind = iota + 1
	IntKind
	StringKind
	DurationKind // integer nanoseconds
	InstantKind  // integer nanoseconds since the start
	RangeKind    // Lo..Hi
	SortKind
	SumKind    // enum or option
	StructKind // struct or tuple
	SetKind
	BagKind
	FuncKind // total function on a finite Key
	MapKind  // partial function
	SeqKind  // sequence, of at most Max if Max >= 0
)

// Type is a type. Types come from a Table and are compared by pointer.
type Type struct {
	Kind     Kind
	Name     string // of a declared enum or struct with its arguments, else ""
	Lo, Hi   *big.Int
	Sort     *Sort
	Key      *Type // of FuncKind and MapKind
	Elem     *Type // of SetKind, BagKind, FuncKind, MapKind, SeqKind
	Max      int   // of SeqKind; -1 means unbounded
	Fields   []Field
	Variants []Variant
	Option   bool // a SumKind with variants none and some(x)
	// Generic is what a generic enum or struct is called without arguments;
	// its instances convert where their fields do. "" for anything else.
	Generic string

	id int
}

// Field is a field of a struct; tuples name theirs "0", "1", ...
type Field struct {
	Name string
	Type *Type
}

// Variant is an alternative of a sum.
type Variant struct {
	Name   string
	Fields []Field
}

// Table makes types unique. The zero Table is ready to use.
type Table struct {
	types map[string]*Type
	made  []*Type // by id, from 1
}

func (t *Table) add(key string, typ Type) *Type {
	if old := t.types[key]; old != nil {
		return old
	}
	if t.types == nil {
		t.types = map[string]*Type{}
	}
	typ.id = len(t.types) + 1
	t.types[key] = &typ
	t.made = append(t.made, &typ)
	return &typ
}

// Bool returns the type bool.
func (t *Table) Bool() *Type { return t.add("bool", Type{Kind: BoolKind}) }

// Int returns the type of all integers.
func (t *Table) Int() *Type { return t.add("int", Type{Kind: IntKind}) }

// String returns the type of strings.
func (t *Table) String() *Type { return t.add("string", Type{Kind: StringKind}) }

// Duration returns the type duration.
func (t *Table) Duration() *Type { return t.add("duration", Type{Kind: DurationKind}) }

// Instant returns the type instant.
func (t *Table) Instant() *Type { return t.add("instant", Type{Kind: InstantKind}) }

// Range returns the type lo..hi; lo <= hi.
func (t *Table) Range(lo, hi *big.Int) *Type {
	return t.add(fmt.Sprintf("range %s %s", lo, hi), Type{Kind: RangeKind, Lo: lo, Hi: hi})
}

// SortOf returns the type of the elements of s; sorts have unique names.
func (t *Table) SortOf(s *Sort) *Type {
	return t.add("sort "+s.Name, Type{Kind: SortKind, Sort: s, Name: s.Name})
}

// Sum returns the declared enum called name. The first call for a name fixes
// its variants.
func (t *Table) Sum(name string, variants []Variant) *Type {
	return t.add("sum "+name, Type{Kind: SumKind, Name: name, Variants: variants})
}

// Option returns option[elem], whose variants are none (0) and some (1).
func (t *Table) Option(elem *Type) *Type {
	return t.add(fmt.Sprintf("option %d", elem.id), Type{Kind: SumKind, Option: true, Elem: elem,
		Variants: []Variant{{Name: "none"}, {Name: "some", Fields: []Field{{Name: "value", Type: elem}}}}})
}

// Struct returns the declared struct called name. The first call for a name
// fixes its fields.
func (t *Table) Struct(name string, fields []Field) *Type {
	return t.add("struct "+name, Type{Kind: StructKind, Name: name, Fields: fields})
}

// Tuple returns the type of tuples of the given types.
func (t *Table) Tuple(elems ...*Type) *Type {
	var key strings.Builder
	key.WriteString("tuple")
	fields := make([]Field, len(elems))
	for i, e := range elems {
		fmt.Fprintf(&key, " %d", e.id)
		fields[i] = Field{fmt.Sprint(i), e}
	}
	return t.add(key.String(), Type{Kind: StructKind, Fields: fields})
}

// Set returns set[elem].
func (t *Table) Set(elem *Type) *Type {
	return t.add(fmt.Sprintf("set %d", elem.id), Type{Kind: SetKind, Elem: elem})
}

// Bag returns bag[elem].
func (t *Table) Bag(elem *Type) *Type {
	return t.add(fmt.Sprintf("bag %d", elem.id), Type{Kind: BagKind, Elem: elem})
}

// Func returns [key]elem; key is finite.
func (t *Table) Func(key, elem *Type) *Type {
	return t.add(fmt.Sprintf("func %d %d", key.id, elem.id), Type{Kind: FuncKind, Key: key, Elem: elem})
}

// Map returns map[key]elem.
func (t *Table) Map(key, elem *Type) *Type {
	return t.add(fmt.Sprintf("map %d %d", key.id, elem.id), Type{Kind: MapKind, Key: key, Elem: elem})
}

// Seq returns []elem if max < 0, else [..max]elem.
func (t *Table) Seq(elem *Type, max int) *Type {
	if max < 0 {
		max = -1
	}
	return t.add(fmt.Sprintf("seq %d %d", elem.id, max), Type{Kind: SeqKind, Elem: elem, Max: max})
}

// IsTuple reports whether t is a struct without a name.
func (t *Type) IsTuple() bool { return t.Kind == StructKind && t.Name == "" }

// IsNumeric reports whether values of t are integers: int, a range, a
// duration or an instant.
func (t *Type) IsNumeric() bool {
	switch t.Kind {
	case IntKind, RangeKind, DurationKind, InstantKind:
		return true
	}
	return false
}

// String returns the type as it is written.
func (t *Type) String() string {
	switch t.Kind {
	case BoolKind:
		return "bool"
	case IntKind:
		return "int"
	case StringKind:
		return "string"
	case DurationKind:
		return "duration"
	case InstantKind:
		return "instant"
	case RangeKind:
		return t.Lo.String() + ".." + t.Hi.String()
	case SumKind:
		if t.Option {
			return "option[" + t.Elem.String() + "]"
		}
	case StructKind:
		if t.IsTuple() {
			parts := make([]string, len(t.Fields))
			for i, f := range t.Fields {
				parts[i] = f.Type.String()
			}
			return "(" + strings.Join(parts, ", ") + ")"
		}
	case SetKind:
		return "set[" + t.Elem.String() + "]"
	case BagKind:
		return "bag[" + t.Elem.String() + "]"
	case FuncKind:
		return "[" + t.Key.String() + "]" + t.Elem.String()
	case MapKind:
		return "map[" + t.Key.String() + "]" + t.Elem.String()
	case SeqKind:
		if t.Max >= 0 {
			return fmt.Sprintf("[..%d]%s", t.Max, t.Elem)
		}
		return "[]" + t.Elem.String()
	}
	return t.Name
}

// Has reports whether typ was made by this table.
func (t *Table) Has(typ *Type) bool {
	return typ != nil && typ.id > 0 && typ.id <= len(t.made) && t.made[typ.id-1] == typ
}

// Parts calls visit for each type that t is directly made of.
func (t *Type) Parts(visit func(*Type)) {
	for _, p := range []*Type{t.Key, t.Elem} {
		if p != nil {
			visit(p)
		}
	}
	for _, f := range t.Fields {
		visit(f.Type)
	}
	if t.Option {
		return // its payload is Elem
	}
	for _, v := range t.Variants {
		for _, f := range v.Fields {
			visit(f.Type)
		}
	}
}
