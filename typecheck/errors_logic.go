package typecheck

import (
	"fmt"
	"strings"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

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

func (c *checker) errStateInConst(at source.Span, fn types.Object, reads string) {
	c.report(diag.Diagnostic{Code: StateInConst, Span: at, Related: declaredHere(fn),
		Message: fmt.Sprintf("%s reads %s, and this must be known before the run", fn.Name(), reads),
		Help:    "use constants and functions of constants"})
}

func (c *checker) errEffectPath(e ast.Expr) {
	c.report(diag.Diagnostic{Code: EffectPath, Span: e.Span(),
		Message: "expected a variable or a part of one, found " + exprText(e), Help: "write paths such as `vote` or `vote[r]`"})
}

func (c *checker) errEffectName(at source.Span, name string) {
	help := "effects are " + strings.Join(effectFlags, ", ")
	if name == "sends" || name == "receives" {
		help = "machines have no messages of their own: write `reads` and `writes` of the variables that hold them"
	}
	c.report(diag.Diagnostic{Code: EffectName, Span: at, Message: "unknown effect " + name, Help: help})
}
