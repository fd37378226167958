package elaborate

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/ir/verify"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// Codes of this package.
const (
	UnboundSort      diag.Code = "E0401" // a sort has no size
	UnboundConstant  diag.Code = "E0402" // a constant has no value
	BadSort          diag.Code = "E0403" // a sort's size or elements make no sense
	ConstantCycle    diag.Code = "E0404" // a constant needs its own value
	ConstantFails    diag.Code = "E0405" // a constant expression has no value
	AssumptionFalse  diag.Code = "E0406" // an assume is false under the model
	BadBound         diag.Code = "E0407" // an empty range or a length that makes no sense
	InfiniteDomain   diag.Code = "E0408" // something ranges over an infinite type
	PartialFunction  diag.Code = "E0409" // a total function lacks values
	NoSuchElement    diag.Code = "E0410" // RM.3 of a sort of two
	NoInitialValue   diag.Code = "E0411" // a variable is never initialised
	Recursion        diag.Code = "E0412" // a proc or action calls itself
	MachineCycle     diag.Code = "E0413" // a machine uses itself
	ExternCalled     diag.Code = "E0414" // a model needs a function that is implemented in Go
	NoLabelOnCycle   diag.Code = "E0415" // a process may run for ever within one step
	LostAtLabel      diag.Code = "E0416" // a local is read after a label
	LabelInFor       diag.Code = "E0417" // a label or return inside a for
	ReservedLabel    diag.Code = "E0418" // a label called done
	NotAStep         diag.Code = "E0419" // an action that does not happen by itself is named as a step
	FairTwice        diag.Code = "E0420" // an action is fair and fair any
	ScenarioLetReads diag.Code = "E0421" // a let of a scenario reads the state
	RefinesUnchecked diag.Code = "E0430" // refines is not checked yet
	OptionIgnored    diag.Code = "E0431" // an option that no engine reads yet
	MissingFact      diag.Code = "X9001" // the checker left something out
)

func (b *builder) report(code diag.Code, at source.Span, help, format string, args ...any) {
	b.diags.Add(diag.Diagnostic{Code: code, Span: at, Message: fmt.Sprintf(format, args...), Help: help})
}

// modelSpan is where the model or machine is named.
func (b *builder) modelSpan() source.Span { return b.sys.Span }

// inModel says in which model something is missing.
func (b *builder) inModel() string {
	if b.model == nil {
		return "machine " + b.sys.Machine + " without a model"
	}
	return "model " + b.model.Name()
}

// path is how a model names a member of an instance.
func (in *instance) path(name string) string {
	for ; in != nil && in.use != nil; in = in.parent {
		name = in.use.Name() + "." + name
	}
	return name
}

func (b *builder) unboundSort(in *instance, obj *types.SortName) {
	name := in.path(obj.Name())
	b.diags.Add(diag.Diagnostic{Code: UnboundSort, Span: b.modelSpan(),
		Message: fmt.Sprintf("sort %s has no size in %s", name, b.inModel()),
		Help:    fmt.Sprintf("write `%s = 3`, or name the elements: `%s = {a, b}`", name, name),
		Related: []diag.Related{{Span: obj.Span(), Message: obj.Name() + " is declared here"}}})
}

func (b *builder) unboundConstant(in *instance, obj *types.Const) {
	name := in.path(obj.Name())
	b.diags.Add(diag.Diagnostic{Code: UnboundConstant, Span: b.modelSpan(),
		Message: fmt.Sprintf("constant %s has no value in %s", name, b.inModel()),
		Help:    fmt.Sprintf("write `%s = ...` in the model", name),
		Related: []diag.Related{{Span: obj.Span(), Message: obj.Name() + " is declared here"}}})
}

func (b *builder) badSortSize(e ast.Expr, obj *types.SortName, n *big.Int) {
	b.report(BadSort, e.Span(), "give the number of elements", "expected a size between 1 and %d for sort %s, found %s", maxSort, obj.Name(), n)
}

func (b *builder) emptySort(e ast.Expr, obj *types.SortName) {
	b.report(BadSort, e.Span(), "name at least one element", "expected elements for sort %s, found none", obj.Name())
}

func (b *builder) badSortElement(e ast.Expr) {
	b.report(BadSort, e.Span(), "name the elements as in `{a, b}`", "expected the name of an element")
}

func (b *builder) constantCycle(obj *types.Const) {
	b.report(ConstantCycle, obj.Span(), "give it a value that does not depend on it", "the value of constant %s depends on itself", obj.Name())
}

func (b *builder) constantFails(x ir.Expr, err *eval.Error) {
	at := err.Span
	if !at.IsValid() {
		at = x.Span()
	}
	b.report(ConstantFails, at, "change it, or the constants that it reads", "this constant expression has no value: %s", err.Msg)
}

func (b *builder) assumptionFalse(a *ast.Assume, cond ir.Expr) {
	var facts []string
	var related []diag.Related
	for _, c := range constantsIn(cond) {
		facts = append(facts, fmt.Sprintf("%s = %s", c.Name, ir.Format(c.Value)))
		related = append(related, diag.Related{Span: c.Span, Message: c.Name + " is declared here"})
	}
	what := "this assumption is false"
	if len(facts) > 0 {
		what += " for " + strings.Join(facts, ", ")
	}
	related = append(related, diag.Related{Span: a.Cond.Span(), Message: "this is assumed"})
	b.diags.Add(diag.Diagnostic{Code: AssumptionFalse, Span: b.modelSpan(), Message: b.inModel() + ": " + what,
		Help: "bind other values in the model, or weaken the assumption", Related: related})
}

func (b *builder) emptyRange(t *types.Range, lo, hi *big.Int) {
	b.report(BadBound, t.Lo.Span().Cover(t.Hi.Span()), "put the smaller end first", "expected a range with values, found %s..%s", lo, hi)
}

func (b *builder) badSeqBound(e ast.Expr, n *big.Int) {
	b.report(BadBound, e.Span(), "give the largest length", "expected a length between 0 and %d, found %s", maxSeq, n)
}

func (b *builder) infinite(at ast.Node, t *ir.Type) {
	b.report(InfiniteDomain, at.Span(), "use a range such as `0..9`, a sort or an enum, or draw it from a set: `x in S`",
		"expected a type with finitely many values, found %s", t)
}

func (b *builder) infiniteStart(st *ast.Start, v *ir.Var) {
	b.report(InfiniteDomain, st.Span(), fmt.Sprintf("give %s a type such as `0..9` or `[..3]T`", v.Name),
		"expected variables with finitely many values, found %s of type %s", v.Name, v.Type)
}

func (b *builder) partialFunction(e ast.Node, k *ir.Type) {
	b.report(PartialFunction, e.Span(), "give a value for every key, or a default: `{_: v}`",
		"expected a value for every %s exactly once", k)
}

func (b *builder) badFunctionKeys(e *ast.MapComp) {
	b.report(PartialFunction, e.Span(), "write the names of the binders as the key, without `if`: `{k: e for k in K}`",
		"expected a total function, found keys that may leave some out")
}

func (b *builder) noSuchElement(e ast.Expr, s *ir.Sort) {
	b.report(NoSuchElement, e.Span(), fmt.Sprintf("use %s to %s", s.Elems[0], s.Elems[len(s.Elems)-1]),
		"sort %s has %d elements in %s", s.Name, len(s.Elems), b.inModel())
}

func (b *builder) noInitialValue(id *ast.Ident) {
	b.report(NoInitialValue, id.Span(), fmt.Sprintf("write `var %s T = e`", id.Name), "expected an initial value for %s", id.Name)
}

func (b *builder) neverInitialised(v *ir.Var) {
	b.report(NoInitialValue, v.Span, fmt.Sprintf("write `var %s T = e`, or assign it in `init { }` on every path", v.Name),
		"%s has no initial value", v.Name)
}

func (b *builder) recursion(at ast.Node, name string) {
	b.report(Recursion, at.Span(), "write a loop, or a function with `decreases`", "%s calls itself", name)
}

func (b *builder) machineUsesItself(u *types.Instance) {
	b.report(MachineCycle, u.Decl.Span(), "use another machine", "machine %s uses itself", u.Machine.Name())
}

func (b *builder) externCalled(e *ast.Call, obj *types.Function) {
	b.diags.Add(diag.Diagnostic{Code: ExternCalled, Span: e.Span(),
		Message: fmt.Sprintf("function %s is implemented in Go: a model cannot call it", obj.Name()),
		Help:    fmt.Sprintf("give it a value in the model: `mutate %s = e`", obj.Name()),
		Related: []diag.Related{{Span: obj.Span(), Message: obj.Name() + " is declared here"}}})
}

func (b *builder) noLabelOnCycle(st ast.Stmt) {
	b.report(NoLabelOnCycle, st.Span(), "put a label into the loop, such as `again:`", "this loop can go around without crossing a label")
}

func (b *builder) lostAtLabel(e ast.Expr, obj *types.Local, step string) {
	b.diags.Add(diag.Diagnostic{Code: LostAtLabel, Span: e.Span(),
		Message: fmt.Sprintf("%s has no value here: it was named before label %s", obj.Name(), step),
		Help:    fmt.Sprintf("declare `var %s` at the start of the process, which lives as long as the process", obj.Name()),
		Related: []diag.Related{{Span: obj.Span(), Message: obj.Name() + " is named here"}}})
}

func (b *builder) leavesFor(st ast.Stmt) {
	b.report(LabelInFor, st.Span(), "write a `while` in a process, or move the label or `return` out of the loop",
		"a label, goto or return cannot stand inside this loop")
}

func (b *builder) labelDone(p *types.Process) {
	b.report(ReservedLabel, p.Span(), "choose another name", "process %s has a label called %s, which every finished process is at", p.Name(), doneLabel)
}

func (b *builder) noSuchLabel(e *ast.AtLabel, p *process) {
	b.missing(e, "label "+e.Label.Name+" of "+p.obj.Name())
}

func (b *builder) notAStep(e ast.Expr, name string) {
	b.report(NotAStep, e.Span(), "name the action that calls it or the `sync` that joins it", "%s does not happen by itself", name)
}

func (b *builder) fairTwice(d *ast.FairAny, a *ir.Action) {
	b.diags.Add(diag.Diagnostic{Code: FairTwice, Span: d.Span(),
		Message: fmt.Sprintf("action %s is already fair for each value of its parameters", a.Name),
		Help:    "keep one of `fair action` and `fair any action`",
		Related: []diag.Related{{Span: a.NameSpan, Message: "it is declared here"}}})
}

func (b *builder) scenarioLetReads(st *ast.LetStmt) {
	b.report(ScenarioLetReads, st.Span(), "write the value itself; what holds on the way belongs into `expect`",
		"%s depends on the state, which changes from step to step", st.Name.Name)
}

func (b *builder) refinementUnchecked(r *ast.Refines) {
	b.diags.Add(diag.Diagnostic{Code: RefinesUnchecked, Severity: diag.Info, Span: r.Span(),
		Message: "refines is checked for its types only: `spec verify` does not compare the steps yet"})
}

func (b *builder) optionIgnored(o *ast.Option) {
	b.diags.Add(diag.Diagnostic{Code: OptionIgnored, Severity: diag.Info, Span: o.Span(),
		Message: fmt.Sprintf("no engine reads the option %s yet", o.Name.Name)})
}

func (b *builder) cannotConvert(x ir.Expr, want *ir.Type) {
	b.report(MissingFact, x.Span(), "", "expected %s, found %s: the checker should have refused this", want, x.Type())
}

func (b *builder) missing(at ast.Node, what string) {
	b.report(MissingFact, at.Span(), "", "the checker has found no %s for this", what)
}

func (b *builder) illFormed(f verify.Fault) {
	b.report(MissingFact, f.Span, "this is a fault of the tool, not of the text: please report it", "ill-formed kernel: %s", f)
}

func (b *builder) misplaced(st ast.Stmt) {
	b.report(MissingFact, st.Span(), "", "this statement cannot stand here: the checker should have refused it")
}

func (b *builder) notAssignable(e ast.Expr) {
	b.report(MissingFact, e.Span(), "", "this cannot be assigned: the checker should have refused it")
}
