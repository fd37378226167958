package ir

import (
	"iter"
	"math/big"
	"slices"
)

// maxCardBits bounds the numbers that Card computes with.
const maxCardBits = 1 << 12

// Card returns how many values t has, and whether that is finite. A number
// of more than 4096 bits is given as 2^4096.
func Card(t *Type) (*big.Int, bool) {
	switch t.Kind {
	case BoolKind:
		return big.NewInt(2), true
	case RangeKind:
		n := new(big.Int).Sub(t.Hi, t.Lo)
		return clampCard(n.Add(n, big.NewInt(1))), true
	case SortKind:
		return big.NewInt(int64(len(t.Sort.Elems))), true
	case SumKind:
		sum := new(big.Int)
		for _, v := range t.Variants {
			n, ok := cardFields(v.Fields)
			if !ok {
				return nil, false
			}
			sum.Add(sum, n)
		}
		return clampCard(sum), true
	case StructKind:
		return cardFields(t.Fields)
	case SetKind:
		n, ok := Card(t.Elem)
		return power(big.NewInt(2), n), ok
	case FuncKind:
		n, ok := Card(t.Key)
		if !ok {
			return nil, false
		}
		return cardPower(t.Elem, 0, n)
	case MapKind:
		n, ok := Card(t.Key)
		if !ok {
			return emptyOnly(t.Elem)
		}
		return cardPower(t.Elem, 1, n)
	case BagKind:
		return emptyOnly(t.Elem)
	case SeqKind:
		return cardSeq(t)
	}
	return nil, false
}

// emptyOnly is the number of finite collections with any number of elem:
// one, the empty collection, if there are no elements at all.
func emptyOnly(elem *Type) (*big.Int, bool) {
	if n, ok := Card(elem); ok && n.Sign() == 0 {
		return big.NewInt(1), true
	}
	return nil, false
}

// cardFields is the product over fields. One empty field makes it 0 even
// beside an infinite one.
func cardFields(fields []Field) (*big.Int, bool) {
	product, finite := big.NewInt(1), true
	for _, f := range fields {
		n, ok := Card(f.Type)
		if ok && n.Sign() == 0 {
			return n, true
		}
		if finite = finite && ok; finite {
			product = clampCard(product.Mul(product, n))
		}
	}
	return product, finite
}

// cardPower is (|elem| + extra) ^ n.
func cardPower(elem *Type, extra int64, n *big.Int) (*big.Int, bool) {
	if n.Sign() == 0 {
		return big.NewInt(1), true
	}
	base, ok := Card(elem)
	if !ok {
		return nil, false
	}
	return power(new(big.Int).Add(base, big.NewInt(extra)), n), true
}

func cardSeq(t *Type) (*big.Int, bool) {
	n, ok := Card(t.Elem)
	switch {
	case t.Max == 0 || ok && n.Sign() == 0:
		return big.NewInt(1), true
	case !ok || t.Max < 0:
		return nil, false
	}
	sum, term := big.NewInt(1), big.NewInt(1)
	for i := 0; i < t.Max && sum.BitLen() <= maxCardBits; i++ {
		term = new(big.Int).Mul(term, n)
		sum.Add(sum, term)
	}
	return clampCard(sum), true
}

// power returns base^exp, or 2^4096 if that is less.
func power(base, exp *big.Int) *big.Int {
	if exp == nil {
		return nil
	}
	one := big.NewInt(1)
	switch {
	case exp.Sign() == 0, base.Cmp(one) == 0:
		return one
	case base.Sign() == 0:
		return base
	case !exp.IsInt64() || exp.Int64() > maxCardBits || int64(base.BitLen()-1)*exp.Int64() > maxCardBits:
		return new(big.Int).Lsh(one, maxCardBits)
	}
	return clampCard(new(big.Int).Exp(base, exp, nil))
}

func clampCard(n *big.Int) *big.Int {
	if n.BitLen() > maxCardBits {
		return new(big.Int).Lsh(big.NewInt(1), maxCardBits)
	}
	return n
}

// Values yields every value of t in canonical order. Only what is consumed is
// computed, apart from the values of the element and key types of t. It
// panics if t is not finite (see Card).
func Values(t *Type) iter.Seq[Value] {
	switch t.Kind {
	case BoolKind:
		return slices.Values([]Value{Bool(false), Bool(true)})
	case RangeKind:
		return rangeValues(t)
	case SortKind:
		return func(yield func(Value) bool) {
			for i := range t.Sort.Elems {
				if !yield(Elem{t.Sort, i}) {
					return
				}
			}
		}
	case SumKind:
		return sumValues(t)
	case StructKind:
		return func(yield func(Value) bool) {
			rows(fieldValues(t.Fields), func(row []Value) bool { return yield(StructValue{t, row}) })
		}
	case SetKind:
		return func(yield func(Value) bool) {
			subsets(slices.Collect(Values(t.Elem)), func(s []Value) bool { return yield(SetValue{s}) })
		}
	case FuncKind:
		return func(yield func(Value) bool) {
			keys := slices.Collect(Values(t.Key))
			assignments(keys, t.Elem, yield)
		}
	case MapKind:
		return mapValues(t)
	case SeqKind:
		return func(yield func(Value) bool) {
			if n, _ := Card(t.Elem); n != nil && n.Sign() == 0 || t.Max == 0 {
				yield(SeqValue{})
				return
			}
			words(slices.Collect(Values(t.Elem)), t.Max, nil, yield)
		}
	case BagKind:
		if n, ok := emptyOnly(t.Elem); ok && n.Sign() > 0 {
			return slices.Values([]Value{BagValue{}})
		}
	}
	panic("ir.Values: " + t.String() + " is not finite")
}

func rangeValues(t *Type) iter.Seq[Value] {
	return func(yield func(Value) bool) {
		one := big.NewInt(1)
		for n := t.Lo; n.Cmp(t.Hi) <= 0; n = new(big.Int).Add(n, one) {
			if !yield(Int{n}) {
				return
			}
		}
	}
}

func sumValues(t *Type) iter.Seq[Value] {
	return func(yield func(Value) bool) {
		for i, v := range t.Variants {
			if len(v.Fields) == 0 {
				if !yield(SumValue{Type: t, Variant: i}) {
					return
				}
				continue
			}
			if !rows(fieldValues(v.Fields), func(row []Value) bool { return yield(SumValue{t, i, row}) }) {
				return
			}
		}
	}
}

func mapValues(t *Type) iter.Seq[Value] {
	if n, ok := Card(t.Key); !ok || n.Sign() == 0 {
		return slices.Values([]Value{MapValue{}})
	}
	return func(yield func(Value) bool) {
		subsets(slices.Collect(Values(t.Key)), func(keys []Value) bool { return assignments(keys, t.Elem, yield) })
	}
}

func fieldValues(fields []Field) [][]Value {
	columns := make([][]Value, len(fields))
	for _, f := range fields {
		if n, ok := Card(f.Type); ok && n.Sign() == 0 {
			return [][]Value{nil}
		}
	}
	for i, f := range fields {
		columns[i] = slices.Collect(Values(f.Type))
	}
	return columns
}

// rows yields each choice of one value from every column, the last column
// varying fastest. It reports whether the consumer wanted all of them.
func rows(columns [][]Value, yield func([]Value) bool) bool {
	at := make([]int, len(columns))
	for _, c := range columns {
		if len(c) == 0 {
			return true
		}
	}
	for {
		row := make([]Value, len(columns))
		for i, c := range columns {
			row[i] = c[at[i]]
		}
		if !yield(row) {
			return false
		}
		i := len(columns) - 1
		for ; i >= 0; i-- {
			if at[i]++; at[i] < len(columns[i]) {
				break
			}
			at[i] = 0
		}
		if i < 0 {
			return true
		}
	}
}

// assignments yields every function from keys to elem.
func assignments(keys []Value, elem *Type, yield func(Value) bool) bool {
	columns := make([][]Value, len(keys))
	if len(keys) > 0 {
		vals := slices.Collect(Values(elem))
		for i := range columns {
			columns[i] = vals
		}
	}
	return rows(columns, func(row []Value) bool { return yield(MapValue{keys, row}) })
}

// subsets yields the subsets of elems, which are in canonical order, in
// canonical order: each set before those that extend it.
func subsets(elems []Value, yield func([]Value) bool) bool {
	return extend(elems, nil, yield)
}

func extend(rest, chosen []Value, yield func([]Value) bool) bool {
	if !yield(slices.Clip(chosen)) {
		return false
	}
	for i, e := range rest {
		if !extend(rest[i+1:], append(slices.Clip(chosen), e), yield) {
			return false
		}
	}
	return true
}

// words yields word and all its extensions to at most longest values.
func words(alphabet []Value, longest int, word []Value, yield func(Value) bool) bool {
	if !yield(SeqValue{word}) {
		return false
	}
	if len(word) == longest {
		return true
	}
	for _, v := range alphabet {
		if !words(alphabet, longest, append(slices.Clip(word), v), yield) {
			return false
		}
	}
	return true
}

// Subsets yields the subsets of s in canonical order.
func Subsets(s SetValue) iter.Seq[Value] {
	return func(yield func(Value) bool) {
		subsets(s.Elems, func(sub []Value) bool { return yield(SetValue{sub}) })
	}
}

// Fits reports whether v, a value of t or of a type that converts to t, is a
// value of t: integers within ranges, sequences not too long, in all depths.
func Fits(v Value, t *Type) bool {
	switch v := v.(type) {
	case Bool:
		return t.Kind == BoolKind
	case Int:
		return t.IsNumeric() && (t.Kind != RangeKind || t.Lo.Cmp(v.Int) <= 0 && v.Cmp(t.Hi) <= 0)
	case Str:
		return t.Kind == StringKind
	case Elem:
		return t.Kind == SortKind && t.Sort == v.Sort && v.Index < len(v.Sort.Elems)
	case SumValue:
		return t.Kind == SumKind && v.Variant < len(t.Variants) && fitFields(v.Args, t.Variants[v.Variant].Fields)
	case StructValue:
		return t.Kind == StructKind && fitFields(v.Fields, t.Fields)
	case SetValue:
		return t.Kind == SetKind && fitAll(v.Elems, t.Elem)
	case BagValue:
		return t.Kind == BagKind && fitAll(v.Elems, t.Elem)
	case MapValue:
		return fitsMap(v, t)
	case SeqValue:
		return t.Kind == SeqKind && (t.Max < 0 || len(v.Elems) <= t.Max) && fitAll(v.Elems, t.Elem)
	}
	return false
}

func fitsMap(v MapValue, t *Type) bool {
	if t.Kind != MapKind && t.Kind != FuncKind || !fitAll(v.Keys, t.Key) || !fitAll(v.Vals, t.Elem) {
		return false
	}
	if t.Kind == FuncKind {
		n, ok := Card(t.Key)
		return ok && n.IsInt64() && n.Int64() == int64(len(v.Keys))
	}
	return true
}

func fitAll(vs []Value, t *Type) bool {
	for _, v := range vs {
		if !Fits(v, t) {
			return false
		}
	}
	return true
}

func fitFields(vs []Value, fields []Field) bool {
	if len(vs) != len(fields) {
		return false
	}
	for i, v := range vs {
		if !Fits(v, fields[i].Type) {
			return false
		}
	}
	return true
}
