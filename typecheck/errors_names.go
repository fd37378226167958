package typecheck

import (
	"fmt"
	"strings"

	"github.com/spec-lang/spec/internal/spell"
	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// Codes about names.
const (
	UnknownName    diag.Code = "E0101" // nothing of that name is in scope
	DuplicateName  diag.Code = "E0102" // one name is declared twice
	NotValue       diag.Code = "E0103" // a name stands for something that is no value
	UnknownMember  diag.Code = "E0104" // a module, machine, enum or struct has no such member
	AmbiguousName  diag.Code = "E0105" // several enums have a variant of that name
	ImportCycle    diag.Code = "E0106" // modules import one another
	ImportFailed   diag.Code = "E0107" // an import cannot be found
	UnknownType    diag.Code = "E0108" // no type of that name is in scope
	NotType        diag.Code = "E0109" // a name stands for something that is no type
	ShadowsBuiltin diag.Code = "E0110" // a declaration hides a builtin
	Unused         diag.Code = "E0111" // an import or local name that nothing uses
	UnknownLabel   diag.Code = "E0112" // a process has no such label
	DuplicateLabel diag.Code = "E0113" // a process has a label twice
	ReservedLabel  diag.Code = "E0114" // a label has a name that every process has
	UnknownVariant diag.Code = "E0115" // a pattern names no variant of what is matched
	NotMachine     diag.Code = "E0116" // a machine is expected, something else is named
	NotAction      diag.Code = "E0117" // an action is expected, something else is named
	NotProcess     diag.Code = "E0118" // a process is expected, something else is named
	NotProperty    diag.Code = "E0119" // a property is expected, something else is named
	NotCallable    diag.Code = "E0120" // something is called that is no function
	CannotCall     diag.Code = "E0121" // a statement calls what cannot be called there
	MachineCycle   diag.Code = "E0122" // a machine contains itself
	ConstantCycle  diag.Code = "E0123" // a constant depends on itself
	NotTheorem     diag.Code = "E0130" // a proof uses what is no theorem before it
	UnknownMethod  diag.Code = "E0131" // there is no such method of proof
	ProofShape     diag.Code = "E0132" // the parts of a proof do not fit together
)

func (c *checker) report(d diag.Diagnostic) {
	c.faults++
	c.diags.Add(d)
}

func nearest(name string, names []string) string { return spell.Nearest(name, names) }

func (c *checker) errUnknown(at source.Span, name, help string) {
	c.report(diag.Diagnostic{Code: UnknownName, Span: at, Message: "unknown name " + name, Help: help})
}

func (c *checker) errDuplicate(name string, at, old source.Span) {
	c.report(diag.Diagnostic{Code: DuplicateName, Span: at, Message: name + " is declared twice",
		Help:    "give one of the two another name",
		Related: []diag.Related{{Span: old, Message: "the first " + name}}})
}

func (c *checker) errNotValue(e ast.Expr, obj types.Object) {
	c.report(diag.Diagnostic{Code: NotValue, Span: e.Span(),
		Message: fmt.Sprintf("expected a value, found %s: %s", exprText(e), kindOf(obj)),
		Help:    notValueHelp(obj), Related: declaredHere(obj)})
}

func notValueHelp(obj types.Object) string {
	switch obj := obj.(type) {
	case *types.Function:
		return "call it: `" + obj.Name() + "(...)`"
	case *types.Action:
		return "in a property write `enabled(" + obj.Name() + ")` or `taken(" + obj.Name() + ")`"
	case *types.Process:
		return "write a label or variable of it: `" + obj.Name() + "@label`, `" + obj.Name() + ".x`"
	case *types.Property:
		return "repeat its formula, or put the formula into a func"
	case *types.Instance:
		return "write one of its members: `" + obj.Name() + ".x`"
	}
	return ""
}

// declaredHere points to the declaration of an object.
func declaredHere(obj types.Object) []diag.Related {
	if obj == nil || !obj.Span().IsValid() {
		return nil
	}
	return []diag.Related{{Span: obj.Span(), Message: obj.Name() + " is declared here"}}
}

func (c *checker) errNoMember(id *ast.Ident, owner string, names []string) {
	c.report(diag.Diagnostic{Code: UnknownMember, Span: id.Span(),
		Message: fmt.Sprintf("%s has no %s", owner, id.Name), Help: suggestion(nearest(id.Name, names))})
}

func (c *checker) errAmbiguous(e ast.Expr, vs []*types.Variant) {
	d := diag.Diagnostic{Code: AmbiguousName, Span: e.Span(),
		Message: fmt.Sprintf("%s could be a variant of several enums", exprText(e))}
	var ways []string
	for _, v := range vs {
		ways = append(ways, v.Enum.Name()+"."+v.Name())
		d.Related = append(d.Related, diag.Related{Span: v.Span(), Message: "a variant of " + v.Enum.Name()})
	}
	d.Help = "write " + strings.Join(ways, " or ")
	c.report(d)
}

func (c *checker) errImportCycle(imp *ast.Import, way []*ast.Import) {
	d := diag.Diagnostic{Code: ImportCycle, Span: imp.Span(),
		Message: "this import leads back to where it starts: " + cycleText(way),
		Help:    "move what both modules need into a third one"}
	for _, step := range way {
		d.Related = append(d.Related, diag.Related{Span: step.Span(), Message: fmt.Sprintf("imports %q", step.Path)})
	}
	c.report(d)
}

func cycleText(way []*ast.Import) string {
	var paths []string
	for _, step := range way {
		paths = append(paths, step.Path)
	}
	return strings.Join(paths, " -> ")
}

func (c *checker) errImport(imp *ast.Import, err error) {
	c.report(diag.Diagnostic{Code: ImportFailed, Span: imp.Span(),
		Message: fmt.Sprintf("cannot import %q: %s", imp.Path, err),
		Help:    "write the path of a .spec file beside this one without its ending, or of a module of the library such as std/..."})
}

func (c *checker) errNoType(id *ast.Ident, guess string) {
	help := suggestion(guess)
	if help == "" {
		help = fmt.Sprintf("declare it: `sort %[1]s`, `enum %[1]s { ... }`, `struct %[1]s { ... }` or `type %[1]s = ...`", id.Name)
	}
	c.report(diag.Diagnostic{Code: UnknownType, Span: id.Span(), Message: "unknown type " + id.Name, Help: help})
}

func (c *checker) errNotType(id *ast.Ident, obj types.Object) {
	help := ""
	if v, ok := obj.(*types.Var); ok {
		help = "to take values from a variable write `in " + v.Name() + "`"
	}
	c.report(diag.Diagnostic{Code: NotType, Span: id.Span(),
		Message: fmt.Sprintf("expected a type, found %s: %s", id.Name, kindOf(obj)), Help: help, Related: declaredHere(obj)})
}

func (c *checker) errShadowsBuiltin(id *ast.Ident) {
	c.report(diag.Diagnostic{Code: ShadowsBuiltin, Severity: diag.Warning, Span: id.Span(),
		Message: fmt.Sprintf("%s hides the builtin %s", id.Name, id.Name), Help: "choose another name"})
}

func (c *checker) errUnused(at source.Span, what, name, help string, fix diag.Fix) {
	c.report(diag.Diagnostic{Code: Unused, Severity: diag.Warning, Span: at,
		Message: fmt.Sprintf("%s %s is never used", what, name), Help: help, Fixes: []diag.Fix{fix}})
}

func (c *checker) errNoLabel(id *ast.Ident, p *types.Process, guess string) {
	help := suggestion(guess)
	if help == "" {
		help = "the labels of " + p.Name() + " are " + strings.Join(p.Labels, ", ")
	}
	c.report(diag.Diagnostic{Code: UnknownLabel, Span: id.Span(),
		Message: fmt.Sprintf("process %s has no label %s", p.Name(), id.Name), Help: help})
}

func (c *checker) errLabelTwice(l, old *ast.Label) {
	c.report(diag.Diagnostic{Code: DuplicateLabel, Span: l.Name.Span(), Message: "label " + l.Name.Name + " stands twice in this process",
		Help:    "give one of the two another name",
		Related: []diag.Related{{Span: old.Name.Span(), Message: "the first " + l.Name.Name}}})
}

func (c *checker) errLabelReserved(l *ast.Label) {
	c.report(diag.Diagnostic{Code: ReservedLabel, Span: l.Name.Span(),
		Message: fmt.Sprintf("label %s is a place that every process has", l.Name.Name),
		Help:    "start is before the first label and done is after the end: choose another name"})
}

func (c *checker) errNoVariant(at source.Span, name string, t types.Type, guess string) {
	c.report(diag.Diagnostic{Code: UnknownVariant, Span: at,
		Message: fmt.Sprintf("%s has no variant %s", t, name), Help: suggestion(guess)})
}

func (c *checker) errNotMachine(e ast.Expr, obj types.Object) {
	c.report(diag.Diagnostic{Code: NotMachine, Span: e.Span(),
		Message: "expected a machine, found " + foundText(e, obj), Related: declaredHere(obj)})
}

// foundText names what an expression turned out to be.
func foundText(e ast.Expr, obj types.Object) string {
	if obj == nil {
		return exprText(e)
	}
	return exprText(e) + ": " + kindOf(obj)
}

func (c *checker) errNotAction(e ast.Expr, obj types.Object) {
	c.report(diag.Diagnostic{Code: NotAction, Span: e.Span(),
		Message: "expected an action, found " + foundText(e, obj), Related: declaredHere(obj)})
}

func (c *checker) errNotProcess(e ast.Expr) {
	c.report(diag.Diagnostic{Code: NotProcess, Span: e.Span(),
		Message: "expected a process before @, found " + exprText(e), Help: "write `P@label`, or `P[a]@label` for instance a of P"})
}

func (c *checker) errNotProperty(e ast.Expr, found types.Object, m *types.Machine, guess string) {
	d := diag.Diagnostic{Code: NotProperty, Span: e.Span(), Help: suggestion(guess),
		Message: fmt.Sprintf("machine %s has no property %s", m.Name(), exprText(e))}
	if found != nil {
		d.Message = "expected a property or scenario, found " + foundText(e, found)
		d.Related = declaredHere(found)
	}
	c.report(d)
}

// errNotCallable: help is what to write if that is known better than from the
// kind of what is called.
func (c *checker) errNotCallable(e ast.Expr, kind, help string) {
	if help == "" {
		help = callHelp(e, kind)
	}
	c.report(diag.Diagnostic{Code: NotCallable, Span: e.Span(),
		Message: fmt.Sprintf("expected a function, found %s: %s", exprText(e), kind), Help: help})
}

func callHelp(e ast.Expr, kind string) string {
	switch kind {
	case "a sort", "an enum", "a type":
		return "there is no conversion between types: write the value itself"
	case "an action":
		return "an action is a statement; in a property write `enabled(" + exprText(e) + "(x))`"
	case "a proc":
		return "a proc is a statement and has no result: write a func"
	case "a variable":
		return "to read it at a key write `" + exprText(e) + "[k]`"
	}
	return ""
}

func (c *checker) errCannotCall(e ast.Expr, obj types.Object, where string) {
	c.report(diag.Diagnostic{Code: CannotCall, Span: e.Span(),
		Message: fmt.Sprintf("%s cannot call %s: %s", where, exprText(e), kindOf(obj)), Help: cannotCallHelp(obj),
		Related: declaredHere(obj)})
}

func cannotCallHelp(obj types.Object) string {
	switch obj.(type) {
	case *types.Function:
		return "a function changes nothing: use its result, as in `x = f(a)`"
	case *types.Proc, *types.Action:
		return "an action or proc changes state: call it from an action, proc or process"
	}
	return "call a proc or an action"
}

func (c *checker) errMachineCycle(d *ast.Use, m *types.Machine) {
	c.report(diag.Diagnostic{Code: MachineCycle, Span: d.Machine.Span(),
		Message: fmt.Sprintf("machine %s would contain itself", m.Name()), Help: "remove one `use` on the way", Related: declaredHere(m)})
}

func (c *checker) errConstantCycle(e ast.Expr, obj types.Object) {
	c.report(diag.Diagnostic{Code: ConstantCycle, Span: e.Span(),
		Message: obj.Name() + " depends on itself", Help: "give it a value that does not mention it", Related: declaredHere(obj)})
}
