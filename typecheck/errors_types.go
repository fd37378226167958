package typecheck

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// Codes about types.
const (
	Mismatch       diag.Code = "E0201" // an expression has another type than its place expects
	NeedsType      diag.Code = "E0202" // a literal does not tell its type
	BadOperator    diag.Code = "E0203" // an operator does not apply to its operands
	BadDimension   diag.Code = "E0204" // times and numbers are mixed
	BadComparison  diag.Code = "E0205" // values of different types are compared
	ArgumentCount  diag.Code = "E0206" // too many or too few arguments
	MissingField   diag.Code = "E0207" // a struct value lacks a field
	NamedArgument  diag.Code = "E0208" // an argument of a function is named
	NotIndexable   diag.Code = "E0209" // a value has no elements to select
	UnknownField   diag.Code = "E0210" // a value has no such field
	NotCollection  diag.Code = "E0211" // a set or sequence is expected
	NotExhaustive  diag.Code = "E0212" // a match leaves values out
	UnreachableArm diag.Code = "E0213" // an arm of a match that no value reaches
	BadPattern     diag.Code = "E0214" // a pattern for another type
	BindInOr       diag.Code = "E0215" // an alternative of a pattern binds a name
	TypeArguments  diag.Code = "E0216" // too many or too few type arguments
	ArgumentKind   diag.Code = "E0217" // a type where a value is expected, or the other way
	OutOfRange     diag.Code = "E0218" // a literal is outside its range
	EmptyRange     diag.Code = "E0219" // a range type has no values
	Infinite       diag.Code = "E0220" // all values of an infinite type are asked for
	NotConstant    diag.Code = "E0221" // something is not known before the run
	Unordered      diag.Code = "E0222" // an order is asked of a sort that has none
	RecursiveType  diag.Code = "E0223" // a type contains itself
	NotTotal       diag.Code = "E0224" // a total function without a value for every key
	DefaultInMap   diag.Code = "E0225" // a map with a default
	CannotInfer    diag.Code = "E0226" // a type argument that nothing determines
	ValueParameter diag.Code = "E0227" // a value in brackets where only types may stand
	BuiltinArg     diag.Code = "E0228" // a builtin does not apply to its argument
	NoReturn       diag.Code = "E0229" // a path through a function returns nothing
	ReturnNothing  diag.Code = "E0230" // return without a value
	NoMeasure      diag.Code = "E0231" // a loop without decreases
	NoMeasureRec   diag.Code = "E0232" // a recursive function without decreases
	WrongLogic     diag.Code = "E0233" // a temporal operator where there is no run
	NestedTemporal diag.Code = "E0234" // a temporal operator inside a value
	OldOutside     diag.Code = "E0235" // old where there is no step
	TakenOutside   diag.Code = "E0236" // taken where there is no step
	SortElement    diag.Code = "E0237" // a sort element is named outside a model
	BoundUnmet     diag.Code = "E0248" // a type argument that its bound excludes
	Swallowed      diag.Code = "E0247" // an operator has taken an end of an interval
	ElementOrSet   diag.Code = "E0238" // a collection where an element is added, or the other way
	BadAssignOp    diag.Code = "E0239" // an assignment operator does not apply
	ChangingDomain diag.Code = "E0240" // temporal operators below a quantifier over a changing set
	Undeclared     diag.Code = "E0241" // an effect that the declaration does not allow
	OnlyReads      diag.Code = "E0242" // an effect where the state is only observed
	EffectPath     diag.Code = "E0243" // a clause names no part of the state
	EffectName     diag.Code = "E0244" // a clause names no effect
	StateInConst   diag.Code = "E0245" // a constant calls a function that reads the state
)

func (c *checker) errMismatch(e ast.Expr, found, want types.Type, what string) {
	c.errDisagree(e, found, want, what, nil)
}

// errDisagree: first is an earlier argument that said what is expected here,
// nil if the declaration does.
func (c *checker) errDisagree(e ast.Expr, found, want types.Type, what string, first ast.Expr) {
	e, found, want = c.blame(e, found, want)
	d := diag.Diagnostic{Code: Mismatch, Span: e.Span(), Help: mismatchHelp(e, found, want),
		Message: fmt.Sprintf("%s: expected %s, found %s", what, c.expectedText(want), foundType(e, found))}
	if first != nil {
		d.Related = []diag.Related{{Span: first.Span(), Message: "this is " + foundType(first, c.info.Types[first])}}
	}
	c.report(d)
}

// expectedText names a type that is expected. What a call leaves open of it
// is not named: of a generic type that is nothing but its kind.
func (c *checker) expectedText(t types.Type) string {
	open := false
	var close func(types.Type) types.Type
	close = func(t types.Type) types.Type {
		if p, ok := t.(*types.Param); ok && !c.inScope(p) {
			open = true
			return types.Invalid
		}
		return types.Rebuild(t, close)
	}
	if closed := close(t); open {
		return typeText(closed)
	}
	return t.String()
}

// inScope reports whether a type parameter is one of the declaration that is
// being checked, so that its name means something to the reader.
func (c *checker) inScope(p *types.Param) bool { return slices.Contains(c.params, p) }

// foundType names a type, after the text of an expression that is short.
func foundType(e ast.Expr, t types.Type) string {
	if text := exprText(e); text != "..." && text != t.String() {
		return text + " (" + typeText(t) + ")"
	}
	return typeText(t)
}

// typeText names a type; of one whose parts are not known it says the kind.
func typeText(t types.Type) string {
	if !faulty(t) {
		return t.String()
	}
	switch t := t.(type) {
	case *types.Tuple:
		if !slices.ContainsFunc(t.Elems, func(e types.Type) bool { return !faulty(e) }) {
			return "a tuple of " + strconv.Itoa(len(t.Elems))
		}
		var parts []string
		for _, e := range t.Elems {
			parts = append(parts, typeText(e))
		}
		return "(" + strings.Join(parts, ", ") + ")"
	case types.Basic:
		return "something unknown"
	case *types.Named:
		return t.Obj.Name() + "[...]"
	case *types.Bag:
		return "a bag"
	case *types.Set:
		return "a set"
	case *types.Seq:
		return "a sequence"
	case *types.Option:
		return "an option"
	case *types.Func:
		return "a total function"
	case *types.Map:
		return "a map"
	}
	return t.String()
}

// blame finds the part of a literal that makes its type wrong.
func (c *checker) blame(e ast.Expr, found, want types.Type) (ast.Expr, types.Type, types.Type) {
	var parts []ast.Expr
	var elem types.Type
	switch x := e.(type) {
	case *ast.Paren:
		return c.blame(x.X, found, want)
	case *ast.SetLit:
		parts, elem = x.Elems, elemOf(want)
	case *ast.SeqLit:
		if w, ok := under(want).(*types.Seq); ok {
			parts, elem = x.Elems, w.Elem
		}
	case *ast.If:
		parts, elem = []ast.Expr{x.Then, x.Else}, want
	}
	if _, param := elem.(*types.Param); param {
		return e, found, want
	}
	for _, p := range parts {
		if t := c.info.Types[p]; t != nil && elem != nil && sameShape(found, want) && !agree(t, elem) {
			return c.blame(p, t, elem)
		}
	}
	return e, found, want
}

// sameShape reports whether two types differ only in what they are made of.
func sameShape(a, b types.Type) bool {
	switch under(a).(type) {
	case *types.Set:
		_, set := under(b).(*types.Set)
		_, bag := under(b).(*types.Bag)
		return set || bag
	case *types.Seq:
		_, ok := under(b).(*types.Seq)
		return ok
	}
	return true
}

// mismatchHelp says how to turn what was found into what is expected.
func mismatchHelp(e ast.Expr, found, want types.Type) string {
	text := exprText(e)
	switch w := under(want).(type) {
	case *types.Func:
		if agree(found, w.Elem) {
			return "write `{_: " + text + "}` for the same value everywhere, or assign one entry: `f[k] = " + text + "`"
		}
	case *types.Option:
		if agree(found, w.Elem) {
			return "write `some(" + text + ")`"
		}
	case *types.Set:
		if agree(found, w.Elem) {
			return "write `{" + text + "}` for the set with this one element"
		}
		if elem := elemOf(found); elem != nil && agree(elem, w.Elem) {
			return "write `toSet(" + text + ")`"
		}
	case *types.Seq:
		if agree(found, w.Elem) {
			return "write `[" + text + "]` for the sequence of this one element"
		}
		if _, set := under(found).(*types.Set); set {
			return "a sequence is written `[a, b]`, the empty one `[]`"
		}
	}
	if o, ok := under(found).(*types.Option); ok && agree(o.Elem, want) {
		if call, ok := e.(*ast.Call); o.Elem == types.Invalid || ok && exprText(call.Fun) == "some" {
			return "declare the place as `option[" + want.String() + "]` if it can be empty"
		}
		return "use match, or write `" + text + ".value` if it cannot be none here"
	}
	if s, ok := under(found).(*types.Set); ok && agree(s.Elem, want) {
		return text + " is the set of all of them: write one, such as `x` of `forall x in " + text + ": ...`"
	}
	if under(want) == types.Duration && under(found) == types.Int {
		return "give it a unit, as in `" + text + "ms`, or multiply: `" + text + " * 1ms`"
	}
	return ""
}

func (c *checker) errNeedsType(e ast.Expr, text, form string) {
	c.report(diag.Diagnostic{Code: NeedsType, Span: e.Span(),
		Message: "the type of " + text + " cannot be told here", Help: "declare it: `let x " + form + " = " + text + "`"})
}

// errOperator: y is nil for a prefix operator.
func (c *checker) errOperator(e ast.Expr, op string, x, y types.Type, help string) {
	operands := typeText(x)
	if y != nil {
		operands += " and " + typeText(y)
	}
	c.report(diag.Diagnostic{Code: BadOperator, Span: e.Span(),
		Message: fmt.Sprintf("operator %s does not apply to %s", op, operands), Help: help})
}

func (c *checker) errSwallowed(e, inner *ast.Binary) {
	op := binaryText[inner.Op]
	c.report(diag.Diagnostic{Code: Swallowed, Span: e.Span(),
		Message: fmt.Sprintf("%s takes an end of the interval, because .. binds less than %s", op, op),
		Help:    "put the interval into parentheses, as in `S " + op + " (1..n)`"})
}

func orderHelp(x types.Type) string {
	if p, ok := under(x).(*types.Param); ok {
		return fmt.Sprintf("declare it as `%s ordered`, for types whose values have an order", p.Name)
	}
	if n, ok := under(x).(*types.Named); ok {
		return fmt.Sprintf("%s has no order: write a func that gives each value a number", n)
	}
	return "only numbers, times and ordered sorts have an order"
}

func concatHelp(e *ast.Binary, x, y types.Type) string {
	if s, ok := under(x).(*types.Seq); ok && agree(s.Elem, y) {
		return "write `" + exprText(e.X) + " ++ [" + exprText(e.Y) + "]` to append one element"
	}
	if s, ok := under(y).(*types.Seq); ok && agree(s.Elem, x) {
		return "write `[" + exprText(e.X) + "] ++ " + exprText(e.Y) + "` to put one element before"
	}
	if _, ok := under(x).(*types.Set); ok {
		return "write `|` for the union of sets"
	}
	return "++ joins two sequences of one type, or two strings"
}

func arithmeticHelp(e *ast.Binary, x, y types.Type) string {
	a, b := exprText(e.X), exprText(e.Y)
	if elem := elemOf(x); elem != nil && agree(elem, y) {
		switch under(x).(type) {
		case *types.Set:
			if e.Op == ast.Add {
				return "write `" + a + " | {" + b + "}` to add an element"
			}
			return "write `" + a + " - {" + b + "}` to leave an element out"
		case *types.Seq:
			return "write `" + a + " ++ [" + b + "]` to append an element"
		}
	}
	switch under(x).(type) {
	case *types.Set:
		if e.Op == ast.Add {
			return "write `|` for the union of sets, `&` for what they share"
		}
		if e.Op == ast.Mul {
			return "write `&` for what two sets share"
		}
	case *types.Seq:
		return "write `++` to join sequences"
	case *types.Option:
		return "use match to get at the value, or write `" + a + ".value` if it cannot be none here"
	}
	if under(x) == types.String && under(y) == types.String {
		return "write `++` to join strings"
	}
	return ""
}

func (c *checker) errDimension(e ast.Node, op string, x, y types.Type) {
	c.report(diag.Diagnostic{Code: BadDimension, Span: e.Span(),
		Message: fmt.Sprintf("operator %s does not apply to %s and %s", op, x, y), Help: dimensionHelp(op, under(x), under(y))})
}

func dimensionHelp(op string, x, y types.Type) string {
	if op == "*" || op == "/" || op == "%" {
		return "a duration may be multiplied by an int, and divided by an int or a duration"
	}
	if x == types.Instant && y == types.Instant {
		return "two instants have a difference, `a - b`, and no sum"
	}
	if x == types.Int || y == types.Int {
		return "give the number a unit, as in `3s` or `3ms`, or multiply it: `n * 1ms`"
	}
	return "durations add to durations and instants; `instant - instant` is a duration"
}

func (c *checker) errCompare(e ast.Expr, op string, x, y types.Type) {
	c.report(diag.Diagnostic{Code: BadComparison, Span: e.Span(),
		Message: fmt.Sprintf("%s compares values of different types: %s and %s", op, typeText(x), typeText(y)), Help: compareHelp(op, x, y)})
}

func compareHelp(op string, x, y types.Type) string {
	if op == "in" || op == "not in" {
		if agree(x, y) {
			return "write subset to compare two sets"
		}
		return ""
	}
	if o, ok := under(x).(*types.Option); ok && agree(o.Elem, y) {
		return "write some(...) around the second"
	}
	if o, ok := under(y).(*types.Option); ok && agree(o.Elem, x) {
		return "write some(...) around the first"
	}
	if f, ok := under(x).(*types.Func); ok && agree(f.Elem, y) {
		return "write `f[k]` for the value at one key, or `{_: v}` for the function that is v everywhere"
	}
	if _, seq := under(x).(*types.Seq); seq {
		if _, set := under(y).(*types.Set); set {
			return "a sequence is written `[a, b]`, the empty one `[]`; `toSet(s)` is the set of its elements"
		}
	}
	if elem := elemOf(y); elem != nil && agree(elem, x) {
		return "write in to ask whether it is an element"
	}
	return ""
}

func (c *checker) errTypeArgs(at ast.Node, name string, want, got int) {
	c.report(diag.Diagnostic{Code: TypeArguments, Span: at.Span(),
		Message: fmt.Sprintf("%s: expected %s, found %d", name, plural(want, "type argument"), got)})
}

func (c *checker) errArgKind(at ast.Node, want, found string) {
	c.report(diag.Diagnostic{Code: ArgumentKind, Span: at.Span(), Message: fmt.Sprintf("expected %s, found %s", want, found)})
}

func (c *checker) errOutOfRange(e ast.Expr, t types.Type) {
	help := "write a value of the range, or widen the range"
	if _, refined := t.(*types.Refined); refined {
		help = "write a value that meets the condition, or weaken the condition"
	}
	c.report(diag.Diagnostic{Code: OutOfRange, Span: e.Span(), Message: fmt.Sprintf("%s is not in %s", exprText(e), t), Help: help})
}

func (c *checker) errRangeEmpty(t *ast.RangeType, lo, hi *big.Int) {
	c.report(diag.Diagnostic{Code: EmptyRange, Span: t.Span(), Message: fmt.Sprintf("range %s..%s has no values", lo, hi),
		Help: fmt.Sprintf("both ends are included: write `%s..%s`", hi, lo)})
}

// errInfinite: part is what makes t infinite.
func (c *checker) errInfinite(at source.Span, t, part types.Type, help string) {
	msg := fmt.Sprintf("%s has infinitely many values", t)
	if !types.Identical(t, part) {
		msg += ", because " + part.String() + " has"
	}
	if help == "" {
		help = "a model checker tries them all, so they must be finitely many: use " + finiteForm(part)
	}
	c.report(diag.Diagnostic{Code: Infinite, Span: at, Message: msg, Help: help})
}

func finiteForm(t types.Type) string {
	switch u := t.(type) {
	case *types.Seq:
		return fmt.Sprintf("a longest length, as in `[..3]%s`", u.Elem)
	case *types.Bag:
		return "a set"
	}
	switch t {
	case types.Int:
		return "a range such as `0..9`"
	case types.String:
		return "an enum or a sort"
	}
	return "a range or a sort"
}

func (c *checker) errNotConst(e ast.Expr, obj types.Object, where string) {
	known, help := "constants", "use a const, or a number"
	if c.place.params {
		known = "constants and names that cannot change"
	}
	if _, local := obj.(*types.Local); local {
		help = fmt.Sprintf("use a const or a name that cannot change: `let limit = %s`", exprText(e))
	}
	c.report(diag.Diagnostic{Code: NotConstant, Span: e.Span(), Help: help, Related: declaredHere(obj),
		Message: fmt.Sprintf("%s may mention only %s, found %s: %s", where, known, exprText(e), kindOf(obj))})
}

func (c *checker) errUnordered(e ast.Expr, op string, s *types.SortName) {
	d := diag.Diagnostic{Code: Unordered, Span: e.Span(), Related: declaredHere(s),
		Message: fmt.Sprintf("operator %s does not apply to sort %s, whose elements have no order", op, s.Name()),
		Help:    "declare `sort " + s.Name() + " ordered`"}
	if s.Order == ast.Ring {
		d.Message = fmt.Sprintf("operator %s does not apply to sort %s, whose elements form a ring", op, s.Name())
		d.Help = "a ring has next alone: declare `sort " + s.Name() + " ordered` for < and prev"
	} else if op == "next" {
		d.Help = "declare `sort " + s.Name() + " ring`, or `ordered` if there is a last one"
	}
	c.report(d)
}

func (c *checker) errRecursiveType(t *ast.NamedType, obj types.Object) {
	c.report(diag.Diagnostic{Code: RecursiveType, Span: t.Span(), Message: "type " + obj.Name() + " contains itself",
		Help: "refer to the inner value by a key: a sort or range, with a function from it to " + obj.Name(), Related: declaredHere(obj)})
}

func (c *checker) errValueParam(id *ast.Ident, of string) {
	help := "make it an argument: `(" + id.Name + " int, ...)`"
	if of != "a function" {
		help = "only `type` declarations have values in brackets: use a const"
	}
	c.report(diag.Diagnostic{Code: ValueParameter, Span: id.Span(),
		Message: fmt.Sprintf("%s is a value, and %s has types alone in brackets", id.Name, of), Help: help})
}
