package gogen

import (
	"strings"

	"github.com/spec-lang/spec/ir"
)

// enabled writes enabled(A(args)) as a call of a method that tries the action
// on a copy. Whether one was taken is known of a step of a run only.
func (f *fn) enabled(e *ir.ActionPred) code {
	if e.Taken {
		f.g.notExpressible(e.Loc, "taken("+e.Action.Name+")", "it speaks about a step, not about a state")
		return primary("false")
	}
	if asksItself(e.Action) {
		f.g.notExpressible(e.Loc, "enabled("+e.Action.Name+")", "it depends on itself")
		return primary("false")
	}
	f.faults = true
	name := f.now + "." + f.g.enabler(e.Action)
	if !e.Any {
		return callOf(name, append([]string{"e"}, f.texts(e.Args)...)...)
	}
	p := &printer{}
	p.line("func() bool {")
	f.fork(func() {
		var binders []ir.Binder
		var read []ir.Tree
		args := []string{"e"}
		for _, q := range e.Action.Params { // names of their own, for this place
			binders = append(binders, ir.Binder{Local: q.Local, Domain: q.Domain})
			read = append(read, &ir.LocalRef{Node: ir.Node{T: q.Local.Type}, Local: q.Local})
		}
		f.loops(p, binders, nil, read, func() {
			for _, q := range e.Action.Params {
				args = append(args, f.bind(q.Local))
			}
			p.line("if %s {\nreturn true\n}", callOf(name, args...).text)
		})
	})
	p.text.WriteString("return false\n}()")
	return primary(p.String())
}

// asksItself reports whether a asks, perhaps by way of other actions, whether
// it is itself enabled.
func asksItself(a *ir.Action) bool {
	seen := map[*ir.Action]bool{}
	var visit func(*ir.Action)
	visit = func(b *ir.Action) {
		look := func(t ir.Tree) bool {
			if p, ok := t.(*ir.ActionPred); ok && !seen[p.Action] {
				seen[p.Action] = true
				visit(p.Action)
			}
			return true
		}
		for _, q := range b.Params {
			ir.Walk(q.Domain, look)
		}
		if b.Guard != nil {
			ir.Walk(b.Guard, look)
		}
		ir.WalkBody(b.Body, look)
	}
	visit(a)
	return seen[a]
}

// enabler returns the method that says whether an action is enabled: whether
// it has any outcome, be it an error of its body. Errors of its guard are
// those of the question.
func (g *gen) enabler(a *ir.Action) string {
	if name := g.enablers[a]; name != "" {
		return name
	}
	ga := g.actions[a]
	name := g.methods.claim("enabled" + ga.name)
	g.enablers[a] = name
	f := g.newFn("s", "s")
	var params, args []string
	for _, q := range a.Params {
		x := f.bind(q.Local)
		params, args = append(params, x+" "+g.typ(q.Local.Type).name), append(args, x)
	}
	guard := f.guard(a)
	body := g.newFn("s", "s")
	body.body(&printer{}, a.Body)
	p := &g.helpers
	p.blank()
	p.comment(name + " reports whether " + ga.name + " has an outcome, be it an error.")
	p.line("func (s *State) %s(%s) bool {", name, strings.Join(append([]string{"e *fault"}, params...), ", "))
	if guard.text != "true" {
		p.line("if %s || e.err != nil {\nreturn false\n}", condition(code{text: negated(guard).at(orPrec), prec: orPrec}))
	}
	switch {
	case body.picks:
		p.line("for c := new(choices); ; {\nnext := *s")
		p.line("if !errors.Is(next.%s(%s), ErrDisabled) {\nreturn true\n}", ga.name, strings.Join(append(args, "c"), ", "))
		p.line("if !c.next() {\nreturn false\n}\n}")
	case body.blocks:
		p.line("next := *s\nreturn !errors.Is(next.%s(%s), ErrDisabled)", ga.name, strings.Join(args, ", "))
	default:
		p.line("return true")
	}
	p.line("}")
	return name
}
