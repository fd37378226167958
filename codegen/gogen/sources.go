package gogen

// The sources of collections. $T is the collection, $E its elements, $K its
// keys; see goType.instance. What nothing uses of what is not exported is
// left out of the result (see prune).

const optionSource = `// $T is $spec: a value, or nothing. The zero value is none.
type $T struct {
	Some  bool
	Value $E // zero if not Some
}

// $Some returns some(x).
func $Some(x $E) $T { return $T{Some: true, Value: x} }

// Compare orders none before some.
func (o $T) Compare(p $T) int {
	if o.Some != p.Some {
		return compareBool(o.Some, p.Some)
	}
	return $compareE(o.Value, p.Value)
}

// String returns o as the spec writes it.
func (o $T) String() string {
	if !o.Some {
		return "none"
	}
	return "some(" + $showE(o.Value) + ")"
}

func (o $T) must(e *fault, pos string) $T {
	if !o.Some {
		e.fail(WrongVariant, pos)
	}
	return o
}
`

const setSource = `// $T is $spec: distinct elements in canonical order. A set does not change:
// its methods return new ones. The zero value is empty.
type $T struct{ elems []$E }

// New$T returns the set of the given elements.
func New$T(elems ...$E) $T {
	sorted := slices.Clone(elems)
	slices.SortFunc(sorted, $cmpE)
	return $T{slices.CompactFunc(sorted, func(x, y $E) bool { return $eqE(x, y) })}
}

// Elems returns the elements in order.
func (s $T) Elems() []$E { return slices.Clone(s.elems) }

// Len returns the number of elements.
func (s $T) Len() int { return len(s.elems) }

// Has reports whether x is an element.
func (s $T) Has(x $E) bool {
	_, ok := slices.BinarySearchFunc(s.elems, x, $cmpE)
	return ok
}

// With returns s with x added.
func (s $T) With(x $E) $T {
	i, ok := slices.BinarySearchFunc(s.elems, x, $cmpE)
	if ok {
		return s
	}
	return $T{slices.Insert(slices.Clone(s.elems), i, x)}
}

// Without returns s with x removed.
func (s $T) Without(x $E) $T {
	i, ok := slices.BinarySearchFunc(s.elems, x, $cmpE)
	if !ok {
		return s
	}
	return $T{slices.Delete(slices.Clone(s.elems), i, i+1)}
}

// Union returns the elements of s or t.
func (s $T) Union(t $T) $T { return New$T(slices.Concat(s.elems, t.elems)...) }

// Intersect returns the elements of both s and t.
func (s $T) Intersect(t $T) $T {
	return $T{slices.DeleteFunc(s.Elems(), func(x $E) bool { return !t.Has(x) })}
}

// Minus returns the elements of s that are not in t.
func (s $T) Minus(t $T) $T {
	return $T{slices.DeleteFunc(s.Elems(), t.Has)}
}

// SubsetOf reports whether every element of s is in t.
func (s $T) SubsetOf(t $T) bool {
	return !slices.ContainsFunc(s.elems, func(x $E) bool { return !t.Has(x) })
}

// Compare orders sets as the sequences of their elements.
func (s $T) Compare(t $T) int { return slices.CompareFunc(s.elems, t.elems, $cmpE) }

// String returns s as the spec writes it.
func (s $T) String() string {
	parts := make([]string, len(s.elems))
	for i, x := range s.elems {
		parts[i] = $showE(x)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func (s $T) subsets(e *fault, pos string) []$T {
	if len(s.elems) >= maxBits {
		e.fail(TooLarge, pos)
		return nil
	}
	return s.subsetList()
}

// subsetList returns all subsets, each before those that extend it.
func (s $T) subsetList() []$T {
	out := []$T{{}}
	for i, x := range s.elems {
		for _, rest := range ($T{s.elems[i+1:]}).subsetList() {
			out = append(out, $T{slices.Concat([]$E{x}, rest.elems)})
		}
	}
	return out
}
`

const bagSource = `// $T is $spec: elements in canonical order, each with how often it is there.
// A bag does not change: its methods return new ones. The zero value is empty.
type $T struct {
	elems  []$E
	counts []int64 // at least 1
}

// New$T returns the bag of the given elements.
func New$T(elems ...$E) $T {
	var b $T
	for _, x := range elems {
		b = b.Add(x, 1)
	}
	return b
}

// Elems returns the distinct elements in order.
func (b $T) Elems() []$E { return slices.Clone(b.elems) }

// Len returns the number of elements, repetitions included.
func (b $T) Len() int {
	n := 0
	for _, c := range b.counts {
		n += int(c)
	}
	return n
}

// Count returns how often x is there.
func (b $T) Count(x $E) int64 {
	if i, ok := slices.BinarySearchFunc(b.elems, x, $cmpE); ok {
		return b.counts[i]
	}
	return 0
}

// Has reports whether x is there at all.
func (b $T) Has(x $E) bool { return b.Count(x) > 0 }

// Add returns b with n more of x, but not less than none.
func (b $T) Add(x $E, n int64) $T {
	i, ok := slices.BinarySearchFunc(b.elems, x, $cmpE)
	sum := $T{slices.Clone(b.elems), slices.Clone(b.counts)}
	if !ok {
		if n > 0 {
			sum.elems, sum.counts = slices.Insert(sum.elems, i, x), slices.Insert(sum.counts, i, n)
		}
		return sum
	}
	if sum.counts[i] += n; sum.counts[i] <= 0 {
		sum.elems, sum.counts = slices.Delete(sum.elems, i, i+1), slices.Delete(sum.counts, i, i+1)
	}
	return sum
}

// Plus returns the elements of both bags.
func (b $T) Plus(c $T) $T {
	for i, x := range c.elems {
		b = b.Add(x, c.counts[i])
	}
	return b
}

// Minus returns b without the elements of c.
func (b $T) Minus(c $T) $T {
	for i, x := range c.elems {
		b = b.Add(x, -c.counts[i])
	}
	return b
}

// Compare orders bags by their distinct elements, then by the counts.
func (b $T) Compare(c $T) int {
	return cmp.Or(slices.CompareFunc(b.elems, c.elems, $cmpE), slices.Compare(b.counts, c.counts))
}

// String returns b as the spec writes it.
func (b $T) String() string {
	var parts []string
	for i, x := range b.elems {
		for range b.counts[i] {
			parts = append(parts, $showE(x))
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}
`

const mapSource = `// $T is $spec: distinct keys in canonical order, each with its value. A map
// does not change: its methods return new ones. The zero value is empty.
type $T struct {
	keys []$K
	vals []$E
}

// Keys returns the keys in order.
func (m $T) Keys() []$K { return slices.Clone(m.keys) }

// Len returns the number of keys.
func (m $T) Len() int { return len(m.keys) }

// Has reports whether k is a key.
func (m $T) Has(k $K) bool {
	_, ok := slices.BinarySearchFunc(m.keys, k, $cmpK)
	return ok
}

// Get returns the value at k and whether there is one.
func (m $T) Get(k $K) (x $E, ok bool) {
	i, ok := slices.BinarySearchFunc(m.keys, k, $cmpK)
	if !ok {
		return x, false
	}
	return m.vals[i], true
}

// With returns m with x at k.
func (m $T) With(k $K, x $E) $T {
	i, ok := slices.BinarySearchFunc(m.keys, k, $cmpK)
	vals := slices.Clone(m.vals)
	if ok {
		vals[i] = x
		return $T{m.keys, vals}
	}
	return $T{slices.Insert(slices.Clone(m.keys), i, k), slices.Insert(vals, i, x)}
}

// Without returns m without the key k.
func (m $T) Without(k $K) $T {
	i, ok := slices.BinarySearchFunc(m.keys, k, $cmpK)
	if !ok {
		return m
	}
	return $T{slices.Delete(slices.Clone(m.keys), i, i+1), slices.Delete(slices.Clone(m.vals), i, i+1)}
}

// Compare orders maps by their keys, then by the values.
func (m $T) Compare(n $T) int {
	return cmp.Or(slices.CompareFunc(m.keys, n.keys, $cmpK), slices.CompareFunc(m.vals, n.vals, $cmpE))
}

// String returns m as the spec writes it.
func (m $T) String() string {
	parts := make([]string, len(m.keys))
	for i, k := range m.keys {
		x := m.vals[i]
		parts[i] = $showK(k) + ": " + $showE(x)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func (m $T) at(e *fault, k $K, pos string) $E {
	x, ok := m.Get(k)
	if !ok {
		e.fail(MissingKey, pos)
	}
	return x
}

// assignments returns every map with some of the keys and values: a map
// without a key before those that have it and the same before.
func (m $T) assignments(keys []$K, vals []$E) []$T {
	return m.extensions(nil, keys, vals)
}

func (m $T) extensions(chosen, rest []$K, vals []$E) []$T {
	maps := []$T{{keys: chosen}}
	for range chosen {
		var longer []$T
		for _, f := range maps {
			for _, x := range vals {
				longer = append(longer, $T{f.keys, slices.Concat(f.vals, []$E{x})})
			}
		}
		maps = longer
	}
	for i, k := range rest {
		maps = append(maps, m.extensions(slices.Concat(chosen, []$K{k}), rest[i+1:], vals)...)
	}
	return maps
}
`

const seqSource = `// $T is $spec. What the generated code puts into a state is never changed in
// place.
type $T []$E

// Compare orders sequences by their elements in turn.
func (q $T) Compare(r $T) int { return slices.CompareFunc(q, r, $cmpE) }

// String returns q as the spec writes it.
func (q $T) String() string {
	parts := make([]string, len(q))
	for i, x := range q {
		parts[i] = $showE(x)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// Has reports whether x is an element.
func (q $T) Has(x $E) bool { return q.Count(x) > 0 }

// Count returns how often x is an element.
func (q $T) Count(x $E) int64 {
	var n int64
	for _, y := range q {
		if $eqE(x, y) {
			n++
		}
	}
	return n
}

func (q $T) at(e *fault, i int64, pos string) (x $E) {
	if i < 0 || i >= int64(len(q)) {
		e.fail(OutsideIndex, pos)
		return x
	}
	return q[i]
}

func (q $T) put(e *fault, i int64, x $E, pos string) $T {
	if i < 0 || i >= int64(len(q)) {
		e.fail(OutsideIndex, pos)
		return q
	}
	changed := slices.Clone(q)
	changed[i] = x
	return changed
}

func (q $T) slice(e *fault, lo, hi int64, pos string) $T {
	if lo < 0 || lo > hi || hi > int64(len(q)) {
		e.fail(OutsideIndex, pos)
		return nil
	}
	return q[lo:hi]
}

func (q $T) atMost(e *fault, n int, pos string) $T {
	if len(q) > n {
		e.fail(OutsideType, pos)
	}
	return q
}

// words returns q and its extensions to at most longest elements, each before
// those that extend it.
func (q $T) words(alphabet []$E, longest int) []$T {
	out := []$T{q}
	if len(q) == longest {
		return out
	}
	for _, x := range alphabet {
		out = append(out, slices.Concat(q, $T{x}).words(alphabet, longest)...)
	}
	return out
}
`

const funcSource = `// $T is $spec, as an array. The index is $how.
type $T [$N]$E

// Compare orders functions by their values in turn.
func (f $T) Compare(g $T) int { return slices.CompareFunc(f[:], g[:], $cmpE) }

// String returns f as the spec writes it.
func (f $T) String() string {
	parts := make([]string, len(f))
	for i, x := range f {
		parts[i] = $keyAt + ": " + $showE(x)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func (f $T) filled(x $E) $T {
	for i := range f {
		f[i] = x
	}
	return f
}

func (f $T) with(i int, x $E) $T {
	f[i] = x
	return f
}
`

// supportSource is what every package has: errors, and arithmetic that is
// exact or refused.
const supportSource = `// ErrDisabled is what an action returns that cannot happen in a state. The
// state is as before.
var ErrDisabled = errors.New("the action is not enabled")

// EvalError is what an action, property or function returns when the spec has
// no value: the state is as before. Numbers are int64 here and unbounded in
// the spec; where a result does not fit, that is an error of kind Overflow,
// never a wrong number.
type EvalError struct {
	Kind ErrorKind
	Pos  string // in the spec
}

func (e *EvalError) Error() string { return e.Pos + ": " + e.Kind.String() }

// ErrorKind says what went wrong.
type ErrorKind int

// Kinds of EvalError.
const (
	DivideByZero ErrorKind = iota
	MissingKey             // of a map
	OutsideIndex           // of a sequence
	OutsideType            // a number outside its range, a sequence that is too long
	WrongVariant           // the value of none, or a part of another variant
	Empty                  // min, max or choose of nothing
	NoNeighbour            // next of the last, prev of the first
	DuplicateKey           // two values for one key
	TooLarge               // more elements than can be listed
	TooLong                // more steps of loops and recursion than are allowed
	TooDeep                // calls nested too deep
	AssertionFailed
	Overflow // of int64
)

func (k ErrorKind) String() string {
	return [...]string{"division by zero", "missing key", "index out of range", "value outside its type",
		"wrong variant", "nothing to choose from", "no neighbour", "duplicate key", "too large", "too many steps",
		"recursion too deep", "assertion failed", "the number does not fit into 64 bits"}[k]
}

// Limits of the spec language.
const (
	maxSteps = 1_000_000
	maxDepth = 10_000
	maxElems = 1_000_000
	maxBits  = 20
)

// fault keeps the first error of an evaluation, which goes on from zero values
// that nobody sees.
type fault struct {
	err          *EvalError
	steps, depth int
}

func (e *fault) fail(kind ErrorKind, pos string) {
	if e.err == nil {
		e.err = &EvalError{kind, pos}
	}
}

// or returns the error if there is one, else err.
func (e *fault) or(err error) error {
	if e.err != nil {
		return e.err
	}
	return err
}

// take returns the error and forgets it.
func (e *fault) take() *EvalError {
	err := e.err
	e.err = nil
	return err
}

// step counts an iteration or call; it is false if there may be no more.
func (e *fault) step(pos string) bool {
	if e.steps++; e.steps > maxSteps {
		e.fail(TooLong, pos)
	}
	return e.err == nil
}

// enter counts a call of a recursive function.
func (e *fault) enter(pos string) bool {
	if !e.step(pos) {
		return false
	}
	if e.depth >= maxDepth {
		e.fail(TooDeep, pos)
		return false
	}
	e.depth++
	return true
}

func (e *fault) leave() { e.depth-- }

func (e *fault) add(x, y int64, pos string) int64 {
	z := x + y
	if (z > x) != (y > 0) {
		e.fail(Overflow, pos)
	}
	return z
}

func (e *fault) sub(x, y int64, pos string) int64 {
	z := x - y
	if (z < x) != (y > 0) {
		e.fail(Overflow, pos)
	}
	return z
}

func (e *fault) mul(x, y int64, pos string) int64 {
	if x == 0 || y == 0 {
		return 0
	}
	z := x * y
	if z/y != x || x == -1 && y == math.MinInt64 || y == -1 && x == math.MinInt64 {
		e.fail(Overflow, pos)
	}
	return z
}

func (e *fault) div(x, y int64, pos string) int64 {
	if y == 0 {
		e.fail(DivideByZero, pos)
		return 0
	}
	if x == math.MinInt64 && y == -1 {
		e.fail(Overflow, pos)
	}
	return x / y
}

func (e *fault) mod(x, y int64, pos string) int64 {
	if y == 0 {
		e.fail(DivideByZero, pos)
		return 0
	}
	return x % y
}

// within returns x if it is one of lo..hi.
func (e *fault) within(x, lo, hi int64, pos string) int64 {
	if x < lo || x > hi {
		e.fail(OutsideType, pos)
		return lo
	}
	return x
}

// interval lists the numbers from lo to hi.
func (e *fault) interval(lo, hi int64, pos string) []int64 {
	if lo > hi {
		return nil
	}
	if n := uint64(hi) - uint64(lo); n >= maxElems {
		e.fail(TooLarge, pos)
		return nil
	}
	out := make([]int64, hi-lo+1)
	for i := range out {
		out[i] = lo + int64(i)
	}
	return out
}

func between(x, lo, hi int64) bool { return lo <= x && x <= hi }

func compareBool(x, y bool) int { return indexBool(x) - indexBool(y) }

func indexBool(x bool) int {
	if x {
		return 1
	}
	return 0
}
`

const chooserSource = `// A Chooser decides where the spec leaves a choice open.
type Chooser interface {
	// Choose returns one of 0..n-1, the position among the possible choices in
	// canonical order; n is at least 1.
	Choose(n int) int
}

// choose asks c for one of n.
func (e *fault) choose(c Chooser, n int) (int, error) {
	switch {
	case e.err != nil:
		return 0, e.err
	case n == 0:
		return 0, ErrDisabled
	}
	i := c.Choose(n)
	if i < 0 || i >= n {
		return 0, fmt.Errorf("a choice among %d: expected a number from 0 to %d, found %d", n, n-1, i)
	}
	return i, nil
}

// choices makes all choices in turn: the first one varies slowest.
type choices struct {
	taken, width []int
	at           int
}

func (c *choices) Choose(n int) int {
	if c.at == len(c.taken) {
		c.taken, c.width = append(c.taken, 0), append(c.width, n)
	}
	c.at++
	return c.taken[c.at-1]
}

// next goes on to the next way; it is false after the last.
func (c *choices) next() bool {
	for c.at = 0; len(c.taken) > 0; {
		last := len(c.taken) - 1
		if c.taken[last]++; c.taken[last] < c.width[last] {
			return true
		}
		c.taken, c.width = c.taken[:last], c.width[:last]
	}
	return false
}
`
