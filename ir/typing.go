package ir

import (
	"fmt"
	"strings"
)

// typing is what an operator demands of its operands and result: in words,
// and as a test. The number of operands has been checked.
type typing struct {
	rule string
	ok   func(args []*Type, result *Type) bool
}

// CheckTypes says whether operator o applies to operands of the given types
// with a result of the given type. Types match exactly: nothing is converted.
func (o Op) CheckTypes(args []*Type, result *Type) error {
	if o <= 0 || int(o) >= len(Ops) {
		return fmt.Errorf("operator %d does not exist", int(o))
	}
	if arity := Ops[o].Arity; arity != Variadic && arity != len(args) {
		return fmt.Errorf("%s: expected %d operands, found %d", o, arity, len(args))
	}
	if row := typings[o]; !row.ok(args, result) {
		return fmt.Errorf("%s: expected %s, found %s: %s", o, row.rule, typeList(args), result)
	}
	return nil
}

func typeList(ts []*Type) string {
	parts := make([]string, len(ts))
	for i, t := range ts {
		parts[i] = t.String()
	}
	return strings.Join(parts, ", ")
}

func (k Kind) in(kinds ...Kind) bool {
	for _, l := range kinds {
		if k == l {
			return true
		}
	}
	return false
}

// sameKind accepts operands and a result of one type, which is of the kinds.
func sameKind(kinds ...Kind) func([]*Type, *Type) bool {
	return func(args []*Type, r *Type) bool {
		for _, a := range args {
			if a != r {
				return false
			}
		}
		return r.Kind.in(kinds...)
	}
}

// compares accepts two operands of one type that test accepts, and a bool.
func compares(test func(*Type) bool) func([]*Type, *Type) bool {
	return func(a []*Type, r *Type) bool { return a[0] == a[1] && test(a[0]) && r.Kind == BoolKind }
}

func anyType(*Type) bool { return true }

func isOrdered(t *Type) bool {
	return t.IsNumeric() || t.Kind == SortKind && t.Sort.Order == Ordered
}

// arithmetic accepts the listed triples of kinds: two operands and a result.
func arithmetic(rows ...[3]Kind) func([]*Type, *Type) bool {
	return func(a []*Type, r *Type) bool {
		for _, row := range rows {
			if a[0].Kind == row[0] && a[1].Kind == row[1] && r.Kind == row[2] {
				return true
			}
		}
		return false
	}
}

// listOf accepts any number of operands of the element type of a collection.
func listOf(kind Kind) func([]*Type, *Type) bool {
	return func(args []*Type, r *Type) bool {
		if r.Kind != kind || kind == SeqKind && r.Max >= 0 && len(args) > r.Max {
			return false
		}
		for _, a := range args {
			if a != r.Elem {
				return false
			}
		}
		return true
	}
}

// keyed accepts a container and one of its keys.
func keyed(c, k *Type) bool {
	return c.Kind.in(FuncKind, MapKind) && k == c.Key || c.Kind == SeqKind && k.Kind == IntKind
}

func isIn(x, c *Type) bool {
	return c.Kind.in(SetKind, BagKind, SeqKind) && x == c.Elem || c.Kind == MapKind && x == c.Key
}

func isFinite(t *Type) bool {
	_, ok := Card(t)
	return ok
}

func isMapLit(args []*Type, r *Type) bool {
	if r.Kind != MapKind || len(args)%2 != 0 {
		return false
	}
	for i, a := range args {
		if i%2 == 0 && a != r.Key || i%2 == 1 && a != r.Elem {
			return false
		}
	}
	return true
}

var (
	boolean  = typing{"bool, ...: bool", sameKind(BoolKind)}
	sets     = typing{"two sets of one type: that type", sameKind(SetKind)}
	bags     = typing{"two bags of one type: that type", sameKind(BagKind)}
	equality = typing{"two operands of one type: bool", compares(anyType)}
	ordering = typing{"two numbers, or elements of an ordered sort, of one type: bool", compares(isOrdered)}
)

// typings is the table of what operators demand, beside Ops.
var typings = [...]typing{
	Not: boolean, And: boolean, Or: boolean, Implies: boolean, Iff: boolean,
	Eq: equality, Ne: equality, Lt: ordering, Le: ordering, Gt: ordering, Ge: ordering,

	Neg: {"int or duration: the same", sameKind(IntKind, DurationKind)},
	Add: {"int, int: int; duration, duration: duration; instant and duration: instant", arithmetic(
		[3]Kind{IntKind, IntKind, IntKind}, [3]Kind{DurationKind, DurationKind, DurationKind},
		[3]Kind{InstantKind, DurationKind, InstantKind}, [3]Kind{DurationKind, InstantKind, InstantKind})},
	Sub: {"int, int: int; duration, duration: duration; instant, duration: instant; instant, instant: duration", arithmetic(
		[3]Kind{IntKind, IntKind, IntKind}, [3]Kind{DurationKind, DurationKind, DurationKind},
		[3]Kind{InstantKind, DurationKind, InstantKind}, [3]Kind{InstantKind, InstantKind, DurationKind})},
	Mul: {"int, int: int; duration and int: duration", arithmetic(
		[3]Kind{IntKind, IntKind, IntKind}, [3]Kind{DurationKind, IntKind, DurationKind}, [3]Kind{IntKind, DurationKind, DurationKind})},
	Div: {"int, int: int; duration, int: duration; duration, duration: int", arithmetic(
		[3]Kind{IntKind, IntKind, IntKind}, [3]Kind{DurationKind, IntKind, DurationKind}, [3]Kind{DurationKind, DurationKind, IntKind})},
	Mod: {"int, int: int; duration, duration: duration", sameKind(IntKind, DurationKind)},

	Next: {"an element of an ordered sort or ring: the same", func(a []*Type, r *Type) bool {
		return a[0] == r && r.Kind == SortKind && r.Sort.Order != Unordered
	}},
	Prev: {"an element of an ordered sort: the same", func(a []*Type, r *Type) bool {
		return a[0] == r && r.Kind == SortKind && r.Sort.Order == Ordered
	}},

	Universe: {"set[T] of a finite T", func(_ []*Type, r *Type) bool { return r.Kind == SetKind && isFinite(r.Elem) }},
	Interval: {"int, int: set[int]", func(a []*Type, r *Type) bool {
		return a[0].Kind == IntKind && a[1].Kind == IntKind && r.Kind == SetKind && r.Elem.Kind == IntKind
	}},
	SetLit: {"T, ...: set[T]", listOf(SetKind)},
	In: {"T and set[T], bag[T] or []T, or K and map[K]V: bool", func(a []*Type, r *Type) bool {
		return isIn(a[0], a[1]) && r.Kind == BoolKind
	}},
	Subset: {"two sets of one type: bool", compares(func(t *Type) bool { return t.Kind == SetKind })},
	Union:  sets, Inter: sets, Diff: sets,
	Powerset: {"set[T]: set[set[T]]", func(a []*Type, r *Type) bool {
		return a[0].Kind == SetKind && r.Kind == SetKind && r.Elem == a[0]
	}},
	Len: {"a collection or string: int", func(a []*Type, r *Type) bool {
		return a[0].Kind.in(SetKind, BagKind, MapKind, SeqKind, StringKind) && r.Kind == IntKind
	}},
	ToSet: {"[]T or bag[T]: set[T]", func(a []*Type, r *Type) bool {
		return a[0].Kind.in(SeqKind, BagKind) && r.Kind == SetKind && r.Elem == a[0].Elem
	}},
	BagLit: {"T, ...: bag[T]", listOf(BagKind)}, BagAdd: bags, BagSub: bags,
	CountOf: {"[]T or bag[T], T: int", func(a []*Type, r *Type) bool {
		return a[0].Kind.in(SeqKind, BagKind) && a[1] == a[0].Elem && r.Kind == IntKind
	}},
	ConstFunc: {"V: [K]V", func(a []*Type, r *Type) bool { return r.Kind == FuncKind && r.Elem == a[0] }},
	MapLit:    {"K, V, ...: map[K]V", isMapLit},
	Get: {"a function, map or sequence and its key: its element", func(a []*Type, r *Type) bool {
		return keyed(a[0], a[1]) && r == a[0].Elem
	}},
	Put: {"a function, map or sequence, its key and its element: the same", func(a []*Type, r *Type) bool {
		return keyed(a[0], a[1]) && a[2] == a[0].Elem && r == a[0]
	}},
	RemoveKey: {"map[K]V, K: map[K]V", func(a []*Type, r *Type) bool {
		return a[0].Kind == MapKind && a[1] == a[0].Key && r == a[0]
	}},
	Keys: {"map[K]V: set[K]", func(a []*Type, r *Type) bool {
		return a[0].Kind == MapKind && r.Kind == SetKind && r.Elem == a[0].Key
	}},
	SeqLit: {"T, ...: []T", listOf(SeqKind)},
	Concat: {"two sequences without a longest length of one type, or two strings: the same", func(a []*Type, r *Type) bool {
		return a[0] == r && a[1] == r && (r.Kind == StringKind || r.Kind == SeqKind && r.Max < 0)
	}},
	Slice: {"a sequence, int, int: the same", func(a []*Type, r *Type) bool {
		return a[0].Kind == SeqKind && a[1].Kind == IntKind && a[2].Kind == IntKind && r == a[0]
	}},

	Always: boolean, Eventually: boolean, NextTime: boolean, Until: boolean, Unless: boolean, Release: boolean, LeadsTo: boolean,
	Within: {"duration, bool: bool", func(a []*Type, r *Type) bool {
		return a[0].Kind == DurationKind && a[1].Kind == BoolKind && r.Kind == BoolKind
	}},
	AG: boolean, AF: boolean, AX: boolean, EG: boolean, EF: boolean, EX: boolean, AU: boolean, EU: boolean,
}

// Converts reports whether Convert may lead from one type to another: the
// same up to the ranges of integers and the longest lengths of sequences,
// within instances of one generic type too. The key of a total function stays
// as it is.
func Converts(from, to *Type) bool {
	if from == to {
		return true
	}
	isInt := func(t *Type) bool { return t.Kind == IntKind || t.Kind == RangeKind }
	if isInt(from) && isInt(to) {
		return true
	}
	if from.Kind != to.Kind {
		return false
	}
	switch from.Kind {
	case SumKind:
		if from.Option || to.Option {
			return from.Option && to.Option && Converts(from.Elem, to.Elem)
		}
		if from.Generic == "" || from.Generic != to.Generic || len(from.Variants) != len(to.Variants) {
			return false
		}
		for i, v := range from.Variants {
			if !convertFields(v.Fields, to.Variants[i].Fields) {
				return false
			}
		}
		return true
	case StructKind:
		same := from.Generic != "" && from.Generic == to.Generic
		return (same || from.IsTuple() && to.IsTuple()) && convertFields(from.Fields, to.Fields)
	case SetKind, BagKind, SeqKind:
		return Converts(from.Elem, to.Elem)
	case FuncKind:
		return from.Key == to.Key && Converts(from.Elem, to.Elem)
	case MapKind:
		return Converts(from.Key, to.Key) && Converts(from.Elem, to.Elem)
	}
	return false
}

func convertFields(from, to []Field) bool {
	if len(from) != len(to) {
		return false
	}
	for i, f := range from {
		if !Converts(f.Type, to[i].Type) {
			return false
		}
	}
	return true
}
