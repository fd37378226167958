package typecheck

import (
	"fmt"

	"github.com/spec-lang/spec/lang/ast"
	"github.com/spec-lang/spec/lang/diag"
	"github.com/spec-lang/spec/lang/source"
	"github.com/spec-lang/spec/typecheck/types"
)

// Codes about linear values.
const (
	LinearLost   diag.Code = "E0246" // a linear value that some path does not use
	LinearTwice  diag.Code = "E0250" // a linear value is used after its use
	LinearCopied diag.Code = "E0251" // a linear value where values are copied
	LinearHolder diag.Code = "E0252" // a type that cannot hold linear values
	LinearInside diag.Code = "E0253" // a linear value that has not been taken out
)

func (c *checker) lost(at source.Span, message, help string, related ...diag.Related) {
	c.report(diag.Diagnostic{Code: LinearLost, Span: at, Message: message, Help: help, Related: valid(related)})
}

// valid drops places that are not known.
func valid(related []diag.Related) []diag.Related {
	var out []diag.Related
	for _, r := range related {
		if r.Span.IsValid() {
			out = append(out, r)
		}
	}
	return out
}

// errLinearLost: end is where the path ends, if that is not the scope's end.
func (c *checker) errLinearLost(obj *types.Local, end source.Span) {
	c.lost(obj.Span(), obj.Name()+" is not used, and a linear value must be",
		"store it, return it, or pass it to a linear parameter, once on every path",
		diag.Related{Span: end, Message: "here it is lost"})
}

func (c *checker) errLinearPath(obj *types.Local, use source.Span) {
	c.lost(use, obj.Name()+" is used here, and another path leaves it unused",
		"use it on every path, or before they part", diag.Related{Span: obj.Span(), Message: obj.Name() + " is declared here"})
}

// errLinearOver: empty is how a value without linear parts is written there,
// "" if there is none.
func (c *checker) errLinearOver(at source.Span, a access, empty string) {
	if a.obj == nil {
		c.lost(at, "this part is overwritten, and the linear value in it is lost", "build a new value instead")
		return
	}
	name := a.text()
	c.lost(at, name+" is overwritten, and the linear value in it is lost", overHelp(a, empty),
		diag.Related{Span: a.obj.Span(), Message: a.obj.Name() + " is declared here"})
}

func overHelp(a access, empty string) string {
	switch {
	case !a.known():
		return "give the index a name first: `let k = ...`"
	case isLocal(a.obj) || empty == "":
		return "use its value first"
	}
	return "use its value first, or assign it only where it is empty: `when " + a.text() + " == " + empty + "`"
}

func (c *checker) errLinearRemoved(at source.Span, op, target string) {
	c.lost(at, fmt.Sprintf("what `%s %s` takes out of the set is lost", target, op),
		"bind the element first, as in `x in "+target+"`, then `"+target+" -= x`, and use x")
}

func (c *checker) errLinearUnbound(at source.Span, x string) {
	c.lost(at, "the linear value in "+x+" has no name here, and is lost", "give it a name and use it")
}

func (c *checker) errLinearBehind(at source.Span, x string) {
	c.lost(at, "the other linear values in "+x+" are lost", "match it with names for all of them: an enum of one variant can be taken apart")
}

func (c *checker) errLinearResult(e *ast.Call) {
	c.lost(e.Span(), "the linear result of "+exprText(e.Fun)+" is lost", "give it a name with let, and use it",
		declaredHere(c.info.Uses[e.Fun])...)
}

// errLinearStays: end is where the step ends, if that is not where paths meet.
func (c *checker) errLinearStays(at source.Span, part string, end source.Span) {
	c.report(diag.Diagnostic{Code: LinearTwice, Span: at,
		Message: "the value of " + part + " is used here and stays in it too",
		Help:    "assign " + part + " afterwards on every path, such as `" + part + " = none`",
		Related: valid([]diag.Related{{Span: end, Message: "it is still there at this point"}})})
}

func (c *checker) errLinearTwice(at source.Span, name string, first source.Span) {
	c.report(diag.Diagnostic{Code: LinearTwice, Span: at, Message: name + " has been used already, and is linear",
		Help: "use it once; compare it before that", Related: []diag.Related{{Span: first, Message: "the first use"}}})
}

func (c *checker) errLinearGone(at source.Span, text string, p part) {
	message := "the value of " + text + " has been used already"
	if p.text() != text {
		message = fmt.Sprintf("%s may be %s, whose value has been used already", text, p.text())
	}
	c.report(diag.Diagnostic{Code: LinearTwice, Span: at, Message: message, Help: "assign " + p.text() + " before this",
		Related: []diag.Related{{Span: p.span, Message: "here it is used"}}})
}

func (c *checker) errLinearStale(at source.Span, obj *types.Local, h hold) {
	help := "use " + obj.Name() + " before that"
	if _, set := under(h.from.obj.Type()).(*types.Set); set {
		help = "say that the two are different, as in `when " + obj.Name() + " != ...`"
	}
	c.report(diag.Diagnostic{Code: LinearTwice, Span: at, Message: obj.Name() + " may have been taken out of " + h.from.text() + " already",
		Help: help, Related: []diag.Related{{Span: h.at, Message: "here something is taken out of it"}}})
}

func (c *checker) errLinearCopied(at source.Span, what string) {
	c.report(diag.Diagnostic{Code: LinearCopied, Span: at, Message: what + " would copy a linear value",
		Help: "keep it in a variable, option, field, set, or entry of a total function, and use it once"})
}

func (c *checker) errLinearRepeated(at source.Span, obj *types.Local, what string) {
	c.report(diag.Diagnostic{Code: LinearCopied, Span: at,
		Message: fmt.Sprintf("%s is used in %s, which may run any number of times", obj.Name(), what),
		Help:    "use it outside, once", Related: declaredHere(obj)})
}

func (c *checker) errLinearHolder(at ast.Node, what string) {
	c.report(diag.Diagnostic{Code: LinearHolder, Span: at.Span(), Message: what + " cannot hold linear values, because it is copied as a whole",
		Help: "use a variable, option, field, set, or entry of a total function"})
}

func (c *checker) errLinearMember(at source.Span, obj *types.Local, from access) {
	help := "take " + obj.Name() + " from one variable, as in `" + obj.Name() + " in s`, with `s -= " + obj.Name() + "`"
	if from.obj != nil {
		help = "write `" + from.text() + " -= " + obj.Name() + "` before this"
	}
	c.report(diag.Diagnostic{Code: LinearInside, Span: at, Message: obj.Name() + " is still in the set that it was found in",
		Help: help, Related: declaredHere(obj)})
}

func (c *checker) errLinearWhich(at source.Span, text string) {
	c.report(diag.Diagnostic{Code: LinearInside, Span: at, Message: "which part is used is not known: " + text,
		Help: "give the index a name first: `let k = ...`"})
}
