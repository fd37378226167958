package gogen

import (
	"strings"

	"github.com/spec-lang/spec/ir"
)

// goAction is how an action is called in Go.
type goAction struct {
	name, can string
	params    []string // "r RM"
	args      []string // "r"
	picks     bool     // it takes a Chooser
}

// declareParams gives the parameters of an action names.
func (f *fn) declareParams(a *ir.Action) *goAction {
	ga := f.g.actions[a]
	ga.params, ga.args = nil, nil
	for _, p := range a.Params {
		name := f.bind(p.Local)
		ga.params = append(ga.params, name+" "+f.g.typ(p.Local.Type).name)
		ga.args = append(ga.args, name)
	}
	return ga
}

// guard returns the condition that the arguments are in their domains and the
// guard holds, and lets f know it.
func (f *fn) guard(a *ir.Action) code {
	all := primary("true")
	for _, p := range a.Params {
		all = join(all, f.inDomain(p), true)
	}
	if a.Guard != nil {
		all = join(all, f.expr(a.Guard), true)
		f.assume(a.Guard, true)
	}
	return all
}

// inDomain is the condition that an argument, which a caller from outside may
// have given, is in the domain of its parameter.
func (f *fn) inDomain(p *ir.Param) code {
	l := p.Local
	x := primary(f.bind(l))
	if u, ok := p.Domain.(*ir.Apply); ok && u.Op == ir.Universe {
		return f.g.fits(x, nil, u.T.Elem)
	}
	ref := &ir.LocalRef{Node: ir.Node{T: l.Type, Loc: l.Span}, Local: l}
	in := &ir.Apply{Node: ir.Node{T: f.g.sys.Types.Bool(), Loc: l.Span}, Op: ir.In, Args: []ir.Expr{ref, p.Domain}}
	inside := f.expr(in)
	f.bounds[l] = typeInterval(l.Type)
	f.assume(in, true)
	return inside
}

// action writes the method that takes a step, and the one that says whether
// it can be taken.
func (g *gen) action(p *printer, a *ir.Action) {
	plain := g.newFn("s", "s")
	ga := plain.declareParams(a)
	body := &printer{}
	guard := plain.guard(a)
	plain.body(body, a.Body)
	ga.picks = plain.picks
	direct := !plain.faults && !plain.blocks && !plain.picks && !readsOld(a.Body)
	if direct {
		g.directAction(p, a, ga, guard, body)
		return
	}
	copied := g.newFn("next", "s")
	copied.declareParams(a)
	head, steps := &printer{}, &printer{}
	early := g.newFn("s", "s")
	early.declareParams(a)
	cond := early.guard(a)
	copied.guard(a) // for what it learns
	copied.faults = plain.faults
	copied.body(steps, a.Body)
	declared := "e := &fault{}\n"
	if !copied.faults {
		declared = ""
	}
	if early.faults {
		head.text.WriteString(declared)
	}
	if cond.text != "true" {
		head.line("if %s {", condition(negated(cond)))
		early.disabled(head)
		head.line("}")
	}
	if !early.faults {
		head.text.WriteString(declared)
	}
	g.copiedAction(p, a, ga, copied.faults, head.String()+"next := *s\n"+steps.String())
}

// readsOld reports whether a body reads the state before the step.
func readsOld(body []ir.Stmt) bool {
	found := false
	ir.WalkBody(body, func(t ir.Tree) bool {
		if v, ok := t.(*ir.VarRef); ok && v.Old {
			found = true
		}
		return !found
	})
	return found
}

// actionDoc writes the doc comment of the method for an action.
func (g *gen) actionDoc(p *printer, a *ir.Action, ga *goAction) {
	p.blank()
	text := ga.name + " takes the step " + a.Name + "."
	if a.Doc != "" {
		text = ga.name + ": " + a.Doc
	}
	p.comment(text)
	p.line("//")
	p.comment("Spec: " + g.position(a.NameSpan))
}

// directAction writes an action that changes the state in place: nothing in
// its body can fail or block.
func (g *gen) directAction(p *printer, a *ir.Action, ga *goAction, guard code, body *printer) {
	params := strings.Join(ga.params, ", ")
	g.actionDoc(p, a, ga)
	p.line("func (s *State) %s(%s) error {", ga.name, params)
	if guard.text != "true" {
		p.line("if !s.%s(%s) {\nreturn ErrDisabled\n}", ga.can, strings.Join(ga.args, ", "))
	}
	p.text.WriteString(body.String())
	p.line("return nil\n}")
	p.blank()
	p.comment(ga.can + " reports whether " + ga.name + " would succeed.")
	p.line("func (s *State) %s(%s) bool {", ga.can, params)
	p.line("return %s\n}", guard.text)
}

// copiedAction writes an action that works on a copy of the state, which
// replaces the state if all goes well.
func (g *gen) copiedAction(p *printer, a *ir.Action, ga *goAction, faults bool, body string) {
	params, args := ga.params, ga.args
	if ga.picks {
		params = append(params[:len(params):len(params)], "c Chooser")
	}
	g.actionDoc(p, a, ga)
	p.line("func (s *State) %s(%s) error {", ga.name, strings.Join(params, ", "))
	p.text.WriteString(body)
	if faults {
		p.line("if e.err != nil {\nreturn e.err\n}")
	}
	p.line("*s = next\nreturn nil\n}")
	p.blank()
	if !ga.picks {
		p.comment(ga.can + " reports whether " + ga.name + " would succeed.")
		p.line("func (s *State) %s(%s) bool {", ga.can, strings.Join(params, ", "))
		p.line("next := *s\nreturn next.%s(%s) == nil\n}", ga.name, strings.Join(args, ", "))
		return
	}
	p.comment(ga.can + " reports whether " + ga.name + " would succeed for some choices.")
	p.line("func (s *State) %s(%s) bool {", ga.can, strings.Join(ga.params, ", "))
	p.line("for c := new(choices); ; {\nnext := *s")
	p.line("if next.%s(%s) == nil {\nreturn true\n}", ga.name, strings.Join(append(args[:len(args):len(args)], "c"), ", "))
	p.line("if !c.next() {\nreturn false\n}\n}\n}")
}
