package ir

// Op is an operator.
type Op int

// Operators. T is any type, N a numeric one (int, duration, instant), C a
// collection; see the table Ops for arities.
const (
	_ Op = iota

	Not     // bool
	And     // bool, bool: the second only if the first is true
	Or      // bool, bool: the second only if the first is false
	Implies // bool, bool: the second only if the first is true
	Iff     // bool, bool
	Eq      // T, T
	Ne      // T, T

	Neg // N
	Add // N, N
	Sub // N, N
	Mul // N, N
	Div // N, N: truncated as in Go; by zero is an error
	Mod // N, N: sign of the first as in Go; by zero is an error
	Lt  // N or ordered sort
	Le
	Gt
	Ge

	Next // sort: successor; in a ring cyclic, else an error after the last
	Prev // sort: predecessor; an error before the first

	Universe   // no operand: the set of all values of Type().Elem, which is finite
	Interval   // int, int: the set of integers from the first to the second
	SetLit     // T...: set
	In         // T, set[T] | bag[T] | []T; K, map[K]V
	Subset     // set, set
	Union      // set, set
	Inter      // set, set
	Diff       // set, set
	Powerset   // set[T]: set[set[T]]
	Len        // set | bag | map | seq | string: number of elements
	ToSet      // seq[T] | bag[T]: set[T]
	BagLit     // T...: bag
	BagAdd     // bag, bag: counts added
	BagSub     // bag, bag: counts subtracted, not below zero
	CountOf    // bag[T] | seq[T], T: how often
	ConstFunc  // V: the total function that is V everywhere
	MapLit     // K, V, K, V, ...: map; later entries win
	Get        // func, K | map, K (an error if missing) | seq, int (an error outside)
	Put        // func, K, V | map, K, V | seq, int, V (an error outside): changed at one place
	RemoveKey  // map, K: without the key
	Keys       // map[K]V: set[K]
	SeqLit     // T...: seq
	Concat     // seq, seq | string, string
	Slice      // seq, lo, hi: elements lo..hi-1; an error outside
	Always     // temporal
	Eventually // temporal
	NextTime   // temporal
	Until      // temporal
	Unless     // temporal: until, or for ever (weak until)
	Release    // temporal
	LeadsTo    // temporal: always (p => eventually q)
	Within     // temporal: duration, p
	AG         // CTL
	AF
	AX
	EG
	EF
	EX
	AU // CTL: A[p U q]
	EU // CTL: E[p U q]
)

// Variadic is the arity of operators that take any number of operands.
const Variadic = -1

// OpRow is what the table says of an operator.
type OpRow struct {
	Name  string // as written, or the name of the builtin
	Arity int    // or Variadic
	Infix bool
	// Partial operators can be evaluation errors.
	Partial bool
	// Lazy operators do not always evaluate their second operand.
	Lazy bool
	// Temporal operators occur only in properties.
	Temporal bool
}

// Ops is the table of operators, indexed by Op.
var Ops = [...]OpRow{
	Not:     {Name: "!", Arity: 1},
	And:     {Name: "&&", Arity: 2, Infix: true, Lazy: true},
	Or:      {Name: "||", Arity: 2, Infix: true, Lazy: true},
	Implies: {Name: "=>", Arity: 2, Infix: true, Lazy: true},
	Iff:     {Name: "<=>", Arity: 2, Infix: true},
	Eq:      {Name: "==", Arity: 2, Infix: true},
	Ne:      {Name: "!=", Arity: 2, Infix: true},

	Neg: {Name: "-", Arity: 1},
	Add: {Name: "+", Arity: 2, Infix: true},
	Sub: {Name: "-", Arity: 2, Infix: true},
	Mul: {Name: "*", Arity: 2, Infix: true},
	Div: {Name: "/", Arity: 2, Infix: true, Partial: true},
	Mod: {Name: "%", Arity: 2, Infix: true, Partial: true},
	Lt:  {Name: "<", Arity: 2, Infix: true},
	Le:  {Name: "<=", Arity: 2, Infix: true},
	Gt:  {Name: ">", Arity: 2, Infix: true},
	Ge:  {Name: ">=", Arity: 2, Infix: true},

	Next: {Name: "next", Arity: 1, Partial: true},
	Prev: {Name: "prev", Arity: 1, Partial: true},

	Universe:  {Name: "values", Arity: 0},
	Interval:  {Name: "..", Arity: 2, Infix: true},
	SetLit:    {Name: "{}", Arity: Variadic},
	In:        {Name: "in", Arity: 2, Infix: true},
	Subset:    {Name: "subset", Arity: 2, Infix: true},
	Union:     {Name: "|", Arity: 2, Infix: true},
	Inter:     {Name: "&", Arity: 2, Infix: true},
	Diff:      {Name: "-", Arity: 2, Infix: true},
	Powerset:  {Name: "powerset", Arity: 1},
	Len:       {Name: "len", Arity: 1},
	ToSet:     {Name: "toSet", Arity: 1},
	BagLit:    {Name: "bag", Arity: Variadic},
	BagAdd:    {Name: "+", Arity: 2, Infix: true},
	BagSub:    {Name: "-", Arity: 2, Infix: true},
	CountOf:   {Name: "count", Arity: 2},
	ConstFunc: {Name: "{_:}", Arity: 1},
	MapLit:    {Name: "{:}", Arity: Variadic},
	Get:       {Name: "[]", Arity: 2, Partial: true},
	Put:       {Name: "with", Arity: 3, Partial: true},
	RemoveKey: {Name: "remove", Arity: 2},
	Keys:      {Name: "keys", Arity: 1},
	SeqLit:    {Name: "[...]", Arity: Variadic},
	Concat:    {Name: "++", Arity: 2, Infix: true},
	Slice:     {Name: "[:]", Arity: 3, Partial: true},

	Always:     {Name: "always", Arity: 1, Temporal: true},
	Eventually: {Name: "eventually", Arity: 1, Temporal: true},
	NextTime:   {Name: "next", Arity: 1, Temporal: true},
	Until:      {Name: "until", Arity: 2, Infix: true, Temporal: true},
	Unless:     {Name: "unless", Arity: 2, Infix: true, Temporal: true},
	Release:    {Name: "release", Arity: 2, Infix: true, Temporal: true},
	LeadsTo:    {Name: "~>", Arity: 2, Infix: true, Temporal: true},
	Within:     {Name: "within", Arity: 2, Temporal: true},
	AG:         {Name: "AG", Arity: 1, Temporal: true},
	AF:         {Name: "AF", Arity: 1, Temporal: true},
	AX:         {Name: "AX", Arity: 1, Temporal: true},
	EG:         {Name: "EG", Arity: 1, Temporal: true},
	EF:         {Name: "EF", Arity: 1, Temporal: true},
	EX:         {Name: "EX", Arity: 1, Temporal: true},
	AU:         {Name: "AU", Arity: 2, Temporal: true},
	EU:         {Name: "EU", Arity: 2, Temporal: true},
}

// String returns how the operator is written.
func (o Op) String() string { return Ops[o].Name }
