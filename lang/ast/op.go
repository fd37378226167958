package ast

// How tightly operators bind, weakest first. Above LevelTight stands what is
// attached to an operand: calls, fields, indices, with.
const (
	LevelIff     = iota + 1
	LevelArrow   // => ~> until unless release
	LevelOr      // ||
	LevelAnd     // &&
	LevelPrefix  // not, always, eventually, within, AG ...
	LevelCompare // == < in subset ...
	LevelRange   // ..
	LevelAdd     // + - | ++
	LevelMul     // * / % &
	LevelTight   // - ! next prev
)

var binaryOps = [...]struct {
	text  string
	level int
}{
	Iff: {"<=>", LevelIff}, Implies: {"=>", LevelArrow}, LeadsTo: {"~>", LevelArrow}, Until: {"until", LevelArrow},
	Unless: {"unless", LevelArrow}, Release: {"release", LevelArrow}, Or: {"||", LevelOr}, And: {"&&", LevelAnd},
	Eq: {"==", LevelCompare}, Ne: {"!=", LevelCompare}, Lt: {"<", LevelCompare}, Le: {"<=", LevelCompare}, Gt: {">", LevelCompare},
	Ge: {">=", LevelCompare}, In: {"in", LevelCompare}, NotIn: {"not in", LevelCompare}, Subset: {"subset", LevelCompare},
	Range: {"..", LevelRange}, Add: {"+", LevelAdd}, Sub: {"-", LevelAdd}, Union: {"|", LevelAdd}, Concat: {"++", LevelAdd},
	Mul: {"*", LevelMul}, Div: {"/", LevelMul}, Mod: {"%", LevelMul}, Inter: {"&", LevelMul},
}

// String returns the operator as it is written.
func (o BinaryOp) String() string { return binaryOps[o].text }

// Level returns how tightly the operator binds.
func (o BinaryOp) Level() int { return binaryOps[o].level }

var unaryOps = [...]string{
	Neg: "-", Bang: "!", Not: "not", Always: "always", Eventually: "eventually", Next: "next", Prev: "prev",
	AG: "AG", AF: "AF", AX: "AX", EG: "EG", EF: "EF", EX: "EX",
}

// String returns the operator as it is written.
func (o UnaryOp) String() string { return unaryOps[o] }

// Level returns how tightly the operator binds.
func (o UnaryOp) Level() int {
	switch o {
	case Neg, Bang, Next, Prev:
		return LevelTight
	}
	return LevelPrefix
}

var assignOps = [...]string{Set: "=", AddSet: "+=", SubSet: "-=", UnionSet: "|=", InterSet: "&=", ConcatSet: "++="}

// String returns the operator as it is written.
func (o AssignOp) String() string { return assignOps[o] }

var quantKinds = [...]string{Forall: "forall", Exists: "exists", Count: "count", Sum: "sum", Min: "min", Max: "max"}

// String returns the word that begins the quantifier.
func (k QuantKind) String() string { return quantKinds[k] }

var propertyKinds = [...]string{InvariantProp: "invariant", StepProp: "step", TemporalProp: "property", CTLProp: "ctl", WitnessProp: "witness"}

// String returns the word that begins the property.
func (k PropertyKind) String() string { return propertyKinds[k] }

var theoremKinds = [...]string{Axiom: "axiom", Lemma: "lemma", TheoremClaim: "theorem"}

// String returns the word that begins the claim.
func (k TheoremKind) String() string { return theoremKinds[k] }

var expectKinds = [...]string{
	ExpectHolds: "holds", ExpectViolated: "violated", ExpectDeadlock: "deadlock", ExpectUnknown: "unknown", ExpectBounded: "bounded",
	ExpectStates: "states", ExpectGenerated: "generated", ExpectDepth: "depth",
}

// String returns the word that says what is expected.
func (k ExpectKind) String() string { return expectKinds[k] }
