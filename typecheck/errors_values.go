package typecheck

import (
	"fmt"
	"strings"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

func (c *checker) errArgCount(at source.Span, name string, want, got int, obj types.Object) {
	help := ""
	if _, variant := obj.(*types.Variant); variant && got == 0 {
		rest := strings.Repeat(", _", want-1)
		help = fmt.Sprintf("to ask whether x is one, write `match x { %s(_%s) => true, _ => false }`", obj.Name(), rest)
	}
	c.report(diag.Diagnostic{Code: ArgumentCount, Span: at,
		Message: fmt.Sprintf("%s: expected %s, found %d", name, plural(want, "argument"), got), Help: help, Related: declaredHere(obj)})
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
		if faulty(u) {
			return ""
		}
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
		d.Message = "match leaves out values of " + typeText(t)
		d.Help = "add `_ => ...` for all others"
	}
	c.report(d)
}

func (c *checker) errUnreachableArm(p *ast.Pattern, help string) {
	c.report(diag.Diagnostic{Code: UnreachableArm, Span: p.Span(),
		Message: "no value reaches this arm", Help: help})
}

func (c *checker) errPattern(p *ast.Pattern, t types.Type) {
	help := "match it with literals and `_`"
	if _, ok := under(t).(*types.Option); ok {
		help = "the patterns of an option are `none` and `some(x)`"
	}
	c.report(diag.Diagnostic{Code: BadPattern, Span: p.Span(),
		Message: fmt.Sprintf("expected a pattern for %s, found %s", typeText(t), exprText(p.Name)), Help: help})
}

func (c *checker) errBindInAlternative(id *ast.Ident) {
	c.report(diag.Diagnostic{Code: BindInOr, Span: id.Span(),
		Message: "alternatives cannot bind " + id.Name, Help: "write `_` instead, or give each alternative an arm of its own"})
}

// errNotTotal says what is found instead where that is one key.
func (c *checker) errNotTotal(e ast.Expr, t *types.Func, found string) {
	c.report(diag.Diagnostic{Code: NotTotal, Span: e.Span(),
		Message: fmt.Sprintf("a value of %s needs a value for every %s%s", t, t.Key, found),
		Help:    fmt.Sprintf("write `{_: v}`, `{k: v, _: w}` or `{k: v for k in %s}`; for a partial function use map[%s]%s", t.Key, t.Key, t.Elem)})
}

func (c *checker) errDefaultInMap(e *ast.MapLit) {
	c.report(diag.Diagnostic{Code: DefaultInMap, Span: e.Default.Span(), Message: "a map has no default value",
		Help: "leave `_: ...` out, or declare a total function `[K]V`"})
}

// errCannotInfer: t is the type of the call, as far as it is known.
func (c *checker) errCannotInfer(e *ast.Call, t types.Type) {
	c.report(diag.Diagnostic{Code: CannotInfer, Span: e.Span(), Message: "the type of " + exprText(e) + " cannot be told here",
		Help: fmt.Sprintf("say what it is, as in `let x %s = %s`", exampleOf(t), exprText(e))})
}

// exampleOf is t with int for whatever is not known of it.
func exampleOf(t types.Type) types.Type {
	switch t := t.(type) {
	case *types.Param:
		return types.Int
	case types.Basic:
		if t == types.Invalid {
			return types.Int
		}
	}
	return types.Rebuild(t, exampleOf)
}

// errBound: lacks is what t does not have.
func (c *checker) errBound(at source.Span, what string, t types.Type, lacks string) {
	help := "it must be a type of numbers, of times, or an ordered sort"
	if lacks != "an order" {
		help = "it must be a range, an enum, a sort, or a type that is made of these"
	}
	c.report(diag.Diagnostic{Code: BoundUnmet, Span: at, Message: fmt.Sprintf("%s: %s does not have %s", what, typeText(t), lacks), Help: help})
}

func (c *checker) errBuiltinArg(e ast.Expr, name string, t types.Type, want string) {
	c.report(diag.Diagnostic{Code: BuiltinArg, Span: e.Span(),
		Message: fmt.Sprintf("%s: expected %s, found %s", name, want, foundType(e, t))})
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
