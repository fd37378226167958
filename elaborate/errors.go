package elaborate

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/spec-lang/spec/ir"
	"github.com/spec-lang/spec/ir/eval"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// Codes of this package. What can be said without the values of a model is
// said by the checker.
const (
	SortTooLarge     diag.Code = "E0401" // a sort has more elements than can be listed
	ConstantFails    diag.Code = "E0402" // a constant expression has no value
	AssumptionFalse  diag.Code = "E0403" // an assume is false under the model
	NoValues         diag.Code = "E0404" // a range is empty under the model
	BadLength        diag.Code = "E0405" // a longest length makes no sense under the model
	InfiniteStart    diag.Code = "E0406" // start where with a variable of infinitely many values
	InfiniteDomain   diag.Code = "E0407" // something ranges over an infinite type
	NoSuchElement    diag.Code = "E0408" // RM.3 of a sort of two
	ExternCalled     diag.Code = "E0409" // a model needs a function that is implemented in Go
	NoLabelOnCycle   diag.Code = "E0410" // a process may go around within one step
	LostAtLabel      diag.Code = "E0411" // a local is read after a label
	LabelInFor       diag.Code = "E0412" // a label or goto inside a for
	NotAStep         diag.Code = "E0413" // an action that does not happen by itself is named as a step
	ScenarioLetReads diag.Code = "E0414" // a let of a scenario reads the state
	RefinesUnchecked diag.Code = "E0415" // an abstract machine has state that no mapping names
	OptionIgnored    diag.Code = "E0416" // an option that no engine reads yet
	BoundToItself    diag.Code = "E0417" // a model binds a constant to itself
	TooManyKeys      diag.Code = "E0418" // a total function has more keys than can be listed
	MissingFact      diag.Code = "X9001" // the stages of the tool disagree
)

func (b *builder) report(code diag.Code, at source.Span, help, format string, args ...any) {
	b.diags.Add(diag.Diagnostic{Code: code, Span: at, Message: fmt.Sprintf(format, args...), Help: help})
}

// modelSpan is where the model or machine is named.
func (b *builder) modelSpan() source.Span { return b.sys.Span }

// inModel says in which model something is missing.
func (b *builder) inModel() string {
	return "model " + b.model.Name()
}

// path is how a model names a member of an instance.
func (in *instance) path(name string) string {
	for ; in != nil && in.use != nil; in = in.parent {
		name = in.use.Name() + "." + name
	}
	return name
}

func (b *builder) boundToItself(in *instance, obj *types.Const) {
	b.report(BoundToItself, in.bound[obj].value.Span(), "bind it to a value that does not read it",
		"the value of constant %s depends on itself", in.path(obj.Name()))
}

func (b *builder) sortTooLarge(e ast.Expr, obj *types.SortName, n *big.Int) {
	b.report(SortTooLarge, e.Span(), "use a smaller sort: a few elements show what many do",
		"expected at most %d elements for sort %s, found %s", maxSort, obj.Name(), n)
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

func (b *builder) noValues(t *types.Range, lo, hi *big.Int) {
	b.report(NoValues, t.Lo.Span().Cover(t.Hi.Span()), "change the range, or the constants that it reads",
		"expected a range with values, found %s..%s in %s", lo, hi, b.inModel())
}

func (b *builder) tooManyKeys(t *types.Func, n *big.Int) {
	at := b.modelSpan()
	if r, ok := t.Key.(*types.Range); ok {
		at = r.Lo.Span().Cover(r.Hi.Span())
	}
	b.report(TooManyKeys, at, "use fewer keys, or a map[K]V, which holds only those that it was given",
		"expected at most %d keys of %s, found %s in %s", ir.MaxElems, t, n, b.inModel())
}

func (b *builder) badLength(e ast.Expr, n *big.Int) {
	b.report(BadLength, e.Span(), "change the length, or the constants that it reads",
		"expected a longest length between 0 and %d, found %s in %s", maxSeq, n, b.inModel())
}

func (b *builder) infiniteStart(st *ast.Start, v *ir.Var) {
	b.report(InfiniteStart, st.Span(), fmt.Sprintf("give %s a type such as `0..9` or `[..3]T`", v.Name),
		"expected variables with finitely many values, found %s of type %s", v.Name, v.Type)
}

func (b *builder) infinite(at ast.Node, t *ir.Type) {
	b.report(InfiniteDomain, at.Span(), "use a range such as `0..9`, a sort or an enum",
		"expected a type with finitely many values, found %s", t)
}

func (b *builder) noSuchElement(e ast.Expr, s *ir.Sort) {
	b.report(NoSuchElement, e.Span(), fmt.Sprintf("use %s to %s", s.Elems[0], s.Elems[len(s.Elems)-1]),
		"sort %s has %d elements in %s", s.Name, len(s.Elems), b.inModel())
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

func (b *builder) notAStep(e ast.Expr, name string) {
	b.report(NotAStep, e.Span(), "name the action that calls it or the `sync` that joins it", "%s does not happen by itself", name)
}

func (b *builder) scenarioLetReads(st *ast.LetStmt) {
	b.report(ScenarioLetReads, st.Span(), "write the value itself; what holds on the way belongs into `expect`",
		"%s depends on the state, which changes from step to step", st.Name.Name)
}

func (b *builder) refinementUnchecked(r *ast.Refines, m *types.Machine, hidden types.Object) {
	b.diags.Add(diag.Diagnostic{Code: RefinesUnchecked, Severity: diag.Info, Span: r.Span(),
		Message: fmt.Sprintf("refines %s is checked for its types only: no mapping names the state of %s", m.Name(), hidden.Name()),
		Help:    "refine a machine without processes and `use`, whose variables are all its state"})
}

func (b *builder) optionIgnored(o *ast.Option) {
	b.diags.Add(diag.Diagnostic{Code: OptionIgnored, Severity: diag.Info, Span: o.Span(),
		Message: fmt.Sprintf("no engine reads the option %s yet", o.Name.Name)})
}

// fault says that stages of the tool disagree about what stands at a place:
// something was let through that has no meaning here.
func (b *builder) fault(at source.Span, format string, args ...any) {
	b.report(MissingFact, at, "this is a fault of the tool, not of the text: please report it", format, args...)
}

func (b *builder) missing(at ast.Node, what string) {
	b.fault(at.Span(), "there is no %s for this", what)
}

func (b *builder) unbound(at source.Span, what string) {
	b.open++
	b.fault(at, "%s has no value in %s", what, b.inModel())
}
