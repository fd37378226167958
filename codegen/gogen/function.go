package gogen

import (
	"strings"

	"github.com/spec-lang/spec/ir"
)

// goFunction is how a function of the spec is called in Go.
type goFunction struct {
	name   string // exported
	inner  string // with a fault as first parameter, if it can fail
	faults bool
	text   string // its declarations
}

// function returns the Go function for f, written when it is first needed. A
// function that calls itself counts what it does.
func (g *gen) function(f *ir.Func) *goFunction {
	if old := g.funcs[f]; old != nil && (old.text != "" || old.faults) {
		return old
	}
	gf := g.funcs[f]
	gf.faults = g.isRecursive(f)
	first := g.writeFunc(f, gf)
	if first.faults && !gf.faults {
		gf.faults = true
		g.writeFunc(f, gf)
	}
	return gf
}

// isRecursive reports whether f calls itself, perhaps by way of others.
func (g *gen) isRecursive(f *ir.Func) bool {
	seen := map[*ir.Func]bool{}
	var visit func(*ir.Func)
	visit = func(h *ir.Func) {
		look := func(t ir.Tree) bool {
			if c, ok := t.(*ir.Call); ok && !seen[c.Func] {
				seen[c.Func] = true
				visit(c.Func)
			}
			return true
		}
		if h.Value != nil {
			ir.Walk(h.Value, look)
		}
		ir.WalkBody(h.Body, look)
	}
	visit(f)
	return seen[f]
}

func (g *gen) writeFunc(f *ir.Func, gf *goFunction) *fn {
	w := g.newFn("s", "s")
	result := g.typ(f.Result)
	var params, args []string
	for _, l := range f.Params {
		name := w.bind(l)
		params = append(params, name+" "+g.typ(l.Type).name)
		args = append(args, name)
	}
	body := &printer{}
	if f.Value != nil {
		w.tail(body, f.Value, sink{ret: true})
	} else if !w.body(body, f.Body) {
		body.line("return %s", result.zero())
	}
	p := &printer{}
	doc := gf.name + " is the function " + f.Name + "."
	if f.Doc != "" {
		doc = gf.name + ": " + f.Doc
	}
	p.blank()
	p.comment(doc)
	p.line("//")
	p.comment("Spec: " + g.position(f.Span))
	if !gf.faults {
		p.line("func %s(%s) %s {", gf.name, strings.Join(params, ", "), result.name)
		p.text.WriteString(body.String())
		p.line("}")
		gf.text = p.String()
		return w
	}
	p.line("func %s(%s) (%s, error) {", gf.name, strings.Join(params, ", "), result.name)
	p.line("e := &fault{}")
	p.line("out := %s(%s)", gf.inner, strings.Join(append([]string{"e"}, args...), ", "))
	p.line("return out, e.or(nil)\n}")
	p.blank()
	p.line("func %s(%s) %s {", gf.inner, strings.Join(append([]string{"e *fault"}, params...), ", "), result.name)
	if g.isRecursive(f) {
		p.line("if !e.enter(%s) {\nreturn %s\n}", w.where(f.Span), result.zero())
		p.line("defer e.leave()")
	}
	p.text.WriteString(body.String())
	p.line("}")
	gf.text = p.String()
	return w
}
