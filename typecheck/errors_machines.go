package typecheck

import (
	"fmt"
	"strings"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// Codes about machines and models.
const (
	FixedTarget     diag.Code = "E0301" // something that cannot change is assigned
	NoTarget        diag.Code = "E0302" // something is assigned that is no place
	Uninitialised   diag.Code = "E0303" // a variable has no initial value on some path
	InitialTwice    diag.Code = "E0304" // a variable has two initial values
	ReadBeforeInit  diag.Code = "E0305" // an initial value reads a variable that has none yet
	VarNeedsValue   diag.Code = "E0306" // a local variable without a value
	StatementPlace  diag.Code = "E0307" // a statement that this body cannot have
	EndlessStep     diag.Code = "E0308" // a loop of a process that crosses no label
	Unbound         diag.Code = "E0309" // a model leaves a constant or sort open
	BindTarget      diag.Code = "E0310" // a model binds what is neither constant nor sort
	BoundTwice      diag.Code = "E0311" // a model binds something twice
	BindsFixed      diag.Code = "E0312" // a model binds a constant that has a value
	SortSize        diag.Code = "E0313" // a model gives a sort something that is no size
	ElementName     diag.Code = "E0314" // an element of a sort has no plain name
	BadMutation     diag.Code = "E0315" // a mutation that does not fit its target
	ReadsNothing    diag.Code = "E0316" // a property that depends on no state
	BadExpectation  diag.Code = "E0317" // expectations that cannot be met together
	CallCycle       diag.Code = "E0318" // an action or proc that calls itself
	FairTwice       diag.Code = "E0319" // an action is fair twice over
	SyncParameter   diag.Code = "E0320" // joint actions disagree about a parameter
	RefinesMissing  diag.Code = "E0321" // a refinement leaves an abstract variable out
	BadLemma        diag.Code = "E0322" // using names what is no other invariant
	ProcessInstance diag.Code = "E0323" // an index of a process too many or too few
	Unreachable     diag.Code = "E0325" // a statement that never runs
	SortOrder       diag.Code = "E0324" // a sort parameter asks for an order that the argument lacks
)

func (c *checker) errFixed(e ast.Expr, obj types.Object, why, help string) {
	c.report(diag.Diagnostic{Code: FixedTarget, Span: e.Span(),
		Message: fmt.Sprintf("cannot assign %s: %s", exprText(e), why), Help: help, Related: declaredHere(obj)})
}

func (c *checker) errTarget(e ast.Expr, help string) {
	c.report(diag.Diagnostic{Code: NoTarget, Span: e.Span(),
		Message: "expected a variable to assign, found " + exprText(e), Help: help})
}

func (c *checker) errUninitialised(v *types.Var, help string) {
	c.report(diag.Diagnostic{Code: Uninitialised, Span: v.Span(),
		Message: fmt.Sprintf("variable %s has no initial value", v.Name()), Help: help})
}

func (c *checker) errInitialTwice(at source.Span, v *types.Var) {
	c.report(diag.Diagnostic{Code: InitialTwice, Span: at, Message: fmt.Sprintf("variable %s has two initial values", v.Name()),
		Help: "remove one of them", Related: declaredHere(v)})
}

func (c *checker) errReadBeforeInit(at source.Span, v *types.Var) {
	c.report(diag.Diagnostic{Code: ReadBeforeInit, Span: at,
		Message: fmt.Sprintf("%s has no value yet", v.Name()), Help: "initial values are found in order: declare or assign " + v.Name() + " first",
		Related: declaredHere(v)})
}

func (c *checker) errVarNeedsValue(s *ast.VarStmt) {
	c.report(diag.Diagnostic{Code: VarNeedsValue, Span: s.Name.Span(),
		Message: fmt.Sprintf("variable %s has no value", s.Name.Name), Help: "write `var " + s.Name.Name + " T = e`"})
}

func (c *checker) errStmtPlace(s ast.Stmt, name, where, help string) {
	c.report(diag.Diagnostic{Code: StatementPlace, Span: s.Span(), Message: fmt.Sprintf("%s cannot stand in %s", name, where), Help: help})
}

func (c *checker) errNoLabelInLoop(s ast.Stmt) {
	c.report(diag.Diagnostic{Code: EndlessStep, Span: s.Span(),
		Message: "this loop can go round for ever within one step", Help: "put a label on every way through its body, as in `again: ...`"})
}

func (c *checker) errUnbound(m *types.Model, obj types.Object, name string) {
	d := diag.Diagnostic{Code: Unbound, Span: m.Span(), Related: declaredHere(obj),
		Message: fmt.Sprintf("model %s leaves %s open", m.Name(), name)}
	if _, sort := obj.(*types.SortName); sort {
		d.Help = "write `" + name + " = 3` for its size, or `" + name + " = {a, b, c}` to name its elements"
	} else {
		d.Help = fmt.Sprintf("write `%s = ...` with a value of %s", name, obj.Type())
	}
	c.report(d)
}

func (c *checker) errBindTarget(it *ast.Bind, obj types.Object) {
	c.report(diag.Diagnostic{Code: BindTarget, Span: it.Target.Span(), Related: declaredHere(obj),
		Message: fmt.Sprintf("a model binds constants and sorts, found %s: %s", exprText(it.Target), kindOf(obj)), Help: bindHelp(obj)})
}

func bindHelp(obj types.Object) string {
	switch obj.(type) {
	case *types.Var:
		return "to change its initial value write `mutate var " + obj.Name() + " = e`"
	case *types.Function:
		return "to change a function write `mutate " + obj.Name() + " = e`"
	}
	return ""
}

func (c *checker) errBoundTwice(it, old *ast.Bind) {
	c.report(diag.Diagnostic{Code: BoundTwice, Span: it.Target.Span(), Message: exprText(it.Target) + " is bound twice",
		Help: "remove one of the two", Related: []diag.Related{{Span: old.Span(), Message: "the first"}}})
}

func (c *checker) errBindsFixed(it *ast.Bind, obj *types.Const) {
	c.report(diag.Diagnostic{Code: BindsFixed, Span: it.Target.Span(), Message: obj.Name() + " has its value already",
		Help: "leave the value out of its declaration to bind it in models", Related: declaredHere(obj)})
}

func (c *checker) errSortSize(it *ast.Bind, s *types.SortName) {
	c.report(diag.Diagnostic{Code: SortSize, Span: it.Value.Span(),
		Message: fmt.Sprintf("expected the size of sort %s, found %s", s.Name(), exprText(it.Value)),
		Help:    "write a number from 1 on, as in `" + s.Name() + " = 3`, or names, as in `" + s.Name() + " = {a, b, c}`"})
}

func (c *checker) errElementName(e ast.Expr) {
	c.report(diag.Diagnostic{Code: ElementName, Span: e.Span(),
		Message: "expected a name for an element, found " + exprText(e), Help: "write plain names, as in `{a, b, c}`"})
}

func (c *checker) errMutate(it *ast.Mutate, obj types.Object) {
	c.report(diag.Diagnostic{Code: BadMutation, Span: it.Target.Span(), Related: declaredHere(obj),
		Message: fmt.Sprintf("this mutation does not fit %s: %s", exprText(it.Target), kindOf(obj)), Help: mutateHelp(obj)})
}

func mutateHelp(obj types.Object) string {
	n := obj.Name()
	switch obj.(type) {
	case *types.Action:
		return fmt.Sprintf("write `mutate %[1]s when G`, `mutate %[1]s { ... }` or both", n)
	case *types.Proc:
		return "write `mutate " + n + " { ... }`"
	case *types.Process:
		return "write `mutate " + n + "@label { ... }` for one of its steps"
	case *types.Var:
		return "write `mutate var " + n + " = e`"
	case *types.Function:
		return "write `mutate " + n + " = e`"
	}
	return "actions, procs, steps of processes, initial values and functions can be mutated"
}

func (c *checker) errExpectation(at source.Span, msg, help string) {
	c.report(diag.Diagnostic{Code: BadExpectation, Span: at, Message: msg, Help: help})
}

func (c *checker) errFairTwice(d *ast.FairAny, a *types.Action) {
	c.report(diag.Diagnostic{Code: FairTwice, Span: d.Span(),
		Message: a.Name() + " is already fair for each of its parameters, which is more than this says",
		Help:    "remove one of the two", Related: declaredHere(a)})
}

func (c *checker) errSyncParam(at ast.Expr, name string, old, t types.Type) {
	c.report(diag.Diagnostic{Code: SyncParameter, Span: at.Span(),
		Message: fmt.Sprintf("joint actions share parameter %s, which is %s in one and %s in the other", name, old, t),
		Help:    "give the two parameters different names or one type"})
}

func (c *checker) errRefinesMissing(d *ast.Refines, m *types.Machine, missing []string) {
	c.report(diag.Diagnostic{Code: RefinesMissing, Span: d.Machine.Span(),
		Message: fmt.Sprintf("the mapping to %s leaves out %s", m.Name(), strings.Join(missing, ", ")),
		Help:    "add `" + missing[0] + " = e`; only a variable of the same name here maps to itself", Related: declaredHere(m)})
}

func (c *checker) errUsing(id *ast.Ident, obj types.Object) {
	c.report(diag.Diagnostic{Code: BadLemma, Span: id.Span(), Related: declaredHere(obj),
		Message: fmt.Sprintf("expected another invariant after using, found %s: %s", id.Name, kindOf(obj))})
}

func (c *checker) errInstance(e ast.Expr, p *types.Process) {
	d := diag.Diagnostic{Code: ProcessInstance, Span: e.Span(), Related: declaredHere(p),
		Message: "process " + p.Name() + " has one instance alone", Help: "write `" + p.Name() + "@label` without an index"}
	if p.Self != nil {
		d.Message = fmt.Sprintf("process %s has an instance for each %s", p.Name(), p.Self.T)
		d.Help = "say which: `" + p.Name() + "[a]@label`"
	}
	c.report(d)
}

func (c *checker) errSortOrder(at ast.Node, s, p *types.SortName) {
	need := "ordered"
	if p.Order == ast.Ring {
		need = "ring"
	}
	c.report(diag.Diagnostic{Code: SortOrder, Span: at.Span(), Related: declaredHere(s),
		Message: fmt.Sprintf("parameter %s needs a sort that is %s, and %s is not", p.Name(), need, s.Name()),
		Help:    "declare `sort " + s.Name() + " " + need + "`"})
}

func (c *checker) errReadsNothing(d *ast.Property, what string) {
	c.report(diag.Diagnostic{Code: ReadsNothing, Span: d.Formula.Span(),
		Message: fmt.Sprintf("%s that reads no variable is the same in every state: %s", what, d.Name.Name),
		Help:    "say something about a variable; a condition on constants is an `assume`"})
}

func (c *checker) errCallCycle(obj types.Object, way []string) {
	c.report(diag.Diagnostic{Code: CallCycle, Span: obj.Span(),
		Message: fmt.Sprintf("%s calls itself: %s", obj.Name(), strings.Join(append(way, obj.Name()), " -> ")),
		Help:    "a step ends: use `for x in S` or `while c decreases d`, or a recursive func"})
}

func (c *checker) warnUnreachable(s, before ast.Stmt) {
	c.report(diag.Diagnostic{Code: Unreachable, Severity: diag.Warning, Span: s.Span(),
		Message: "this statement never runs", Help: "remove it, or put it before what leaves",
		Related: []diag.Related{{Span: before.Span(), Message: "nothing after this runs"}}})
}
