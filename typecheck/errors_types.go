package typecheck

import (
	"fmt"
	"math/big"
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
	ElementOrSet   diag.Code = "E0238" // a collection where an element is added, or the other way
	BadAssignOp    diag.Code = "E0239" // an assignment operator does not apply
	ChangingDomain diag.Code = "E0240" // temporal operators below a quantifier over a changing set
	Undeclared     diag.Code = "E0241" // an effect that the declaration does not allow
	OnlyReads      diag.Code = "E0242" // an effect where the state is only observed
	EffectPath     diag.Code = "E0243" // a clause names no part of the state
	EffectName     diag.Code = "E0244" // a clause names no effect
	StateInConst   diag.Code = "E0245" // a constant calls a function that reads the state
	LinearUnproved diag.Code = "E0246" // that a linear value is used once is not enforced
)

func (c *checker) errMismatch(e ast.Expr, found, want types.Type, what string) {
	e, found, want = c.blame(e, found, want)
	c.report(diag.Diagnostic{Code: Mismatch, Span: e.Span(),
		Message: fmt.Sprintf("%s: expected %s, found %s", what, want, foundType(e, found)), Help: mismatchHelp(e, found, want)})
}

// foundType names a type, after the text of an expression that is short.
func foundType(e ast.Expr, t types.Type) string {
	if text := exprText(e); text != "..." && text != t.String() {
		return text + " (" + typeText(t) + ")"
	}
	return typeText(t)
}

// typeText names a type; of one whose parts are not known it says the kind.
func typeText(t types.Type) string {
	unknown := false
	types.Rebuild(t, func(part types.Type) types.Type {
		unknown = unknown || part == types.Invalid
		return part
	})
	if !unknown {
		return t.String()
	}
	switch t.(type) {
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

func orderHelp(x types.Type) string {
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

func (c *checker) errArgCount(at source.Span, name string, want, got int, obj types.Object) {
	c.report(diag.Diagnostic{Code: ArgumentCount, Span: at,
		Message: fmt.Sprintf("%s: expected %s, found %d", name, plural(want, "argument"), got), Related: declaredHere(obj)})
}

func plural(n int, noun string) string {
	switch n {
	case 0:
		return "no " + noun + "s"
	case 1:
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func (c *checker) errMissingFields(e *ast.Call, what types.Object, missing []string) {
	c.report(diag.Diagnostic{Code: MissingField, Span: e.Span(),
		Message: fmt.Sprintf("%s lacks %s", what.Name(), strings.Join(missing, ", ")),
		Help:    "write `" + missing[0] + ": ...`; a value has all its fields", Related: declaredHere(what)})
}

func (c *checker) errNamedArg(id *ast.Ident, what types.Object) {
	c.report(diag.Diagnostic{Code: NamedArgument, Span: id.Span(),
		Message: fmt.Sprintf("arguments of %s have no names", what.Name()),
		Help:    "write the values in order; only structs and variants name their fields", Related: declaredHere(what)})
}

func (c *checker) errNotIndexable(e ast.Expr, t types.Type) {
	c.report(diag.Diagnostic{Code: NotIndexable, Span: e.Span(),
		Message: fmt.Sprintf("expected a function, map or sequence before [, found %s", typeText(t)), Help: indexHelp(t)})
}

func indexHelp(t types.Type) string {
	switch under(t).(type) {
	case *types.Set:
		return "a set has no order: write `choose x in S` for some element"
	case *types.Option:
		return "use match to get at the value"
	case *types.Tuple:
		return "write `.0`, `.1` for the parts of a tuple"
	}
	return ""
}

func (c *checker) errNoField(e *ast.Select, t types.Type, names []string) {
	c.report(diag.Diagnostic{Code: UnknownField, Span: e.Sel.Span(),
		Message: fmt.Sprintf("%s has no field %s", typeText(t), e.Sel.Name), Help: fieldHelp(e, t, names)})
}

func fieldHelp(e *ast.Select, t types.Type, names []string) string {
	name := e.Sel.Name
	if help := methodHelp(t, e.X, name); help != "" {
		return help
	}
	if guess := nearest(name, names); guess != "" {
		return suggestion(guess)
	}
	switch u := under(t).(type) {
	case *types.Named:
		if len(u.Obj.Variants) > 0 {
			return "use match to get at what a variant holds"
		}
		return "the fields of " + u.Obj.Name() + " are " + strings.Join(fieldNames(u.Obj), ", ")
	case *types.Option:
		return "use match, or `.value` where it cannot be none"
	case *types.Tuple:
		return "the parts of a tuple are `.0`, `.1` and so on"
	case *types.Func, *types.Map:
		return "to read one entry write `[k]`"
	}
	return ""
}

func (c *checker) errCollection(e ast.Expr, want string, t types.Type) {
	c.report(diag.Diagnostic{Code: NotCollection, Span: e.Span(),
		Message: fmt.Sprintf("expected %s, found %s", want, foundType(e, t)), Help: collectionHelp(e, t)})
}

func collectionHelp(e ast.Expr, t types.Type) string {
	switch u := under(t).(type) {
	case *types.Map:
		return "write `keys(" + exprText(e) + ")` for its keys"
	case *types.Func:
		return "write `" + u.Key.String() + "` for its keys"
	case *types.Seq:
		return "write `toSet(" + exprText(e) + ")` for the set of its elements"
	}
	if under(t) == types.Int {
		return "write `0.." + exprText(e) + "` for the numbers up to it"
	}
	return ""
}

func (c *checker) errNotExhaustive(x ast.Expr, t types.Type, missing []string) {
	d := diag.Diagnostic{Code: NotExhaustive, Span: x.Span(),
		Message: "match leaves out " + strings.Join(missing, ", "),
		Help:    "add an arm for each, or `_ => ...` for all others"}
	if len(missing) == 0 {
		d.Message = fmt.Sprintf("match leaves out values of %s", t)
		d.Help = "add `_ => ...` for all others"
	}
	c.report(d)
}

func (c *checker) errUnreachableArm(p *ast.Pattern) {
	c.report(diag.Diagnostic{Code: UnreachableArm, Span: p.Span(),
		Message: "no value reaches this arm", Help: "the arms before it match everything that it matches: remove it"})
}

func (c *checker) errPattern(p *ast.Pattern, t types.Type) {
	help := "match it with literals and `_`"
	if _, ok := under(t).(*types.Option); ok {
		help = "the patterns of an option are `none` and `some(x)`"
	}
	c.report(diag.Diagnostic{Code: BadPattern, Span: p.Span(),
		Message: fmt.Sprintf("expected a pattern for %s, found %s", t, exprText(p.Name)), Help: help})
}

func (c *checker) errBindInAlternative(id *ast.Ident) {
	c.report(diag.Diagnostic{Code: BindInOr, Span: id.Span(),
		Message: "alternatives cannot bind " + id.Name, Help: "write `_` instead, or give each alternative an arm of its own"})
}

func (c *checker) errTypeArgs(at ast.Node, name string, want, got int) {
	c.report(diag.Diagnostic{Code: TypeArguments, Span: at.Span(),
		Message: fmt.Sprintf("%s: expected %s, found %d", name, plural(want, "type argument"), got)})
}

func (c *checker) errArgKind(at ast.Node, want, found string) {
	c.report(diag.Diagnostic{Code: ArgumentKind, Span: at.Span(), Message: fmt.Sprintf("expected %s, found %s", want, found)})
}

func (c *checker) errOutOfRange(e ast.Expr, n *big.Int, r *types.Range) {
	c.report(diag.Diagnostic{Code: OutOfRange, Span: e.Span(), Message: fmt.Sprintf("%s is not in %s", n, r),
		Help: "write a value of the range, or widen the range"})
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
	c.report(diag.Diagnostic{Code: NotConstant, Span: e.Span(),
		Message: fmt.Sprintf("%s may mention only constants, found %s: %s", where, exprText(e), kindOf(obj)),
		Help:    "use a const, or a number", Related: declaredHere(obj)})
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

func (c *checker) errNotTotal(e ast.Expr, t *types.Func) {
	c.report(diag.Diagnostic{Code: NotTotal, Span: e.Span(),
		Message: fmt.Sprintf("a value of %s needs a value for every %s", t, t.Key),
		Help:    fmt.Sprintf("write `{_: v}`, `{k: v, _: w}` or `{k: v for k in %s}`; for a partial function use map[%s]%s", t.Key, t.Key, t.Elem)})
}

func (c *checker) errDefaultInMap(e *ast.MapLit) {
	c.report(diag.Diagnostic{Code: DefaultInMap, Span: e.Default.Span(), Message: "a map has no default value",
		Help: "leave `_: ...` out, or declare a total function `[K]V`"})
}

func (c *checker) errCannotInfer(e *ast.Call, name string, missing []string) {
	c.report(diag.Diagnostic{Code: CannotInfer, Span: e.Span(),
		Message: fmt.Sprintf("the arguments of %s do not tell what %s is", name, strings.Join(missing, ", ")),
		Help:    "use it where a type is expected, as in `let x set[int] = " + exprText(e.Fun) + "(...)`"})
}

func (c *checker) errValueParam(id *ast.Ident, of string) {
	help := "make it an argument: `(" + id.Name + " int, ...)`"
	if of != "a function" {
		help = "only `type` declarations have values in brackets: use a const"
	}
	c.report(diag.Diagnostic{Code: ValueParameter, Span: id.Span(),
		Message: fmt.Sprintf("%s is a value, and %s has types alone in brackets", id.Name, of), Help: help})
}

func (c *checker) errBuiltinArg(e ast.Expr, name string, t types.Type, want string) {
	c.report(diag.Diagnostic{Code: BuiltinArg, Span: e.Span(),
		Message: fmt.Sprintf("%s: expected %s, found %s", name, want, foundType(e, t))})
}

func (c *checker) errNoReturn(d *ast.Func) {
	c.report(diag.Diagnostic{Code: NoReturn, Span: d.Name.Span(),
		Message: fmt.Sprintf("function %s can end without a result", d.Name.Name), Help: "end every path with `return e`"})
}

func (c *checker) errReturnNothing(s *ast.Return, want types.Type) {
	c.report(diag.Diagnostic{Code: ReturnNothing, Span: s.Span(),
		Message: fmt.Sprintf("expected a result of %s after return", want), Help: "write `return e`"})
}

func (c *checker) errNoDecreases(s *ast.While) {
	c.report(diag.Diagnostic{Code: NoMeasure, Span: s.Cond.Span(), Message: "nothing shows that this loop ends",
		Help: "write `while " + exprText(s.Cond) + " decreases e` with an int that falls at each turn and stays above 0, or use `for x in S`"})
}

func (c *checker) errNoMeasureRec(fn *types.Function, way []string) {
	msg := fmt.Sprintf("function %s calls itself and nothing shows that it ends", fn.Name())
	if len(way) > 1 {
		msg = fmt.Sprintf("function %s calls itself through %s and nothing shows that it ends", fn.Name(), strings.Join(way[1:], ", "))
	}
	c.report(diag.Diagnostic{Code: NoMeasureRec, Span: fn.Span(), Message: msg,
		Help: "write `decreases e` after the result type, with an int that is smaller in each call and never below 0"})
}

func (c *checker) errFormula(e ast.Expr, op, where, kind string) {
	help := "write it in a `" + kind + "`"
	if where == placeInvariant.what && (op == "always" || op == "AG") {
		help = "leave it out: an invariant is checked in every state"
	} else if where == placeCTL.what && kind == "property" {
		help = "write `AG`, `AF`, `EG` or `EF` here, or make this a `property`"
	} else if where == placeProperty.what {
		help = "write `always` or `eventually` here, or make this a `ctl`"
	}
	c.report(diag.Diagnostic{Code: WrongLogic, Span: e.Span(),
		Message: fmt.Sprintf("%s means nothing in %s", op, where), Help: help})
}

func (c *checker) errTemporalInside(e ast.Expr, op string) {
	c.report(diag.Diagnostic{Code: NestedTemporal, Span: e.Span(), Message: op + " cannot stand inside a value",
		Help: "temporal operators stand under `&& || not => <=>`, `forall` and other temporal operators alone"})
}

func (c *checker) errOld(e *ast.Old, where string) {
	c.report(diag.Diagnostic{Code: OldOutside, Span: e.Span(), Message: "old means nothing in " + where + ", which is about one state",
		Help: "write a `step` property to compare the states before and after a step"})
}

func (c *checker) errTaken(e ast.Expr, where string) {
	c.report(diag.Diagnostic{Code: TakenOutside, Span: e.Span(), Message: "taken means nothing in " + where + ", which is about one state",
		Help: "write a `property` or a `step` property"})
}

func (c *checker) errSortElem(e *ast.Select, s *types.SortName) {
	c.report(diag.Diagnostic{Code: SortElement, Span: e.Span(),
		Message: fmt.Sprintf("%s names one element of sort %s, and its elements are all alike", exprText(e), s.Name()),
		Help:    "only models and scenarios name elements; elsewhere write `forall x in " + s.Name() + ": ...`", Related: declaredHere(s)})
}

func (c *checker) errElement(s *ast.Assign, v, t types.Type) {
	target, value := exprText(s.Target), exprText(s.Value)
	takes, help := "one element", "write `"+target+" |= "+value+"` to add every element of a set"
	if _, seq := under(t).(*types.Seq); seq {
		takes, help = "a sequence", "write `"+target+" ++= ["+value+"]` to append one element"
	} else if _, bag := under(t).(*types.Bag); bag {
		help = "write `" + target + " = " + target + " + " + value + "` to add every element of a bag"
	}
	c.report(diag.Diagnostic{Code: ElementOrSet, Span: s.Value.Span(),
		Message: fmt.Sprintf("%s adds %s, found %s", assignText[s.Op], takes, foundType(s.Value, v)), Help: help})
}

func (c *checker) errAssignOp(s *ast.Assign, op string, t types.Type) {
	help := "write `" + exprText(s.Target) + " = ...`"
	if _, seq := under(t).(*types.Seq); seq {
		help = "write `" + exprText(s.Target) + " ++= [x]` to append"
	}
	c.report(diag.Diagnostic{Code: BadAssignOp, Span: s.Target.Span(),
		Message: fmt.Sprintf("%s does not apply to %s", op, foundType(s.Target, t)), Help: help})
}

func (c *checker) errChangingDomain(e ast.Expr) {
	c.report(diag.Diagnostic{Code: ChangingDomain, Span: e.Span(),
		Message: exprText(e) + " changes in a run, and the operators below it speak about many states",
		Help:    "quantify over a sort or type, and ask for membership inside: `forall x in T: always (x in " + exprText(e) + " => ...)`"})
}

func (c *checker) errEffect(at source.Span, obj types.Object, effect, help string) {
	c.report(diag.Diagnostic{Code: Undeclared, Span: at,
		Message: fmt.Sprintf("%s %s does not declare this effect: %s", strings.TrimPrefix(strings.TrimPrefix(kindOf(obj), "an "), "a "), obj.Name(), effect),
		Help:    help, Related: declaredHere(obj)})
}

func (c *checker) errOnlyReads(at source.Span, what, effect string) {
	c.report(diag.Diagnostic{Code: OnlyReads, Span: at,
		Message: fmt.Sprintf("%s may only read the state, and this has an effect: %s", what, effect),
		Help:    "do it in the body of an action and keep the result in a variable"})
}

func (c *checker) warnLinear(t *ast.LinearType) {
	c.report(diag.Diagnostic{Code: LinearUnproved, Severity: diag.Warning, Span: t.Span(),
		Message: "that this value is used exactly once is not enforced yet",
		Help:    "leave linear out, or take it as a note to the reader"})
}

func (c *checker) errStateInConst(at source.Span, fn types.Object, reads string) {
	c.report(diag.Diagnostic{Code: StateInConst, Span: at, Related: declaredHere(fn),
		Message: fmt.Sprintf("%s reads %s, and this must be known before the run", fn.Name(), reads),
		Help:    "use constants and functions of constants"})
}

func (c *checker) errEffectPath(e ast.Expr) {
	c.report(diag.Diagnostic{Code: EffectPath, Span: e.Span(),
		Message: "expected a variable or a part of one, found " + exprText(e), Help: "write paths such as `vote` or `vote[r]`"})
}

func (c *checker) errEffectName(e ast.Expr) {
	c.report(diag.Diagnostic{Code: EffectName, Span: e.Span(),
		Message: "unknown effect " + exprText(e), Help: "effects are " + strings.Join(effectFlags, ", ")})
}
