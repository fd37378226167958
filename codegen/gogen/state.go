package gogen

import (
	"strings"

	"github.com/spec-lang/spec/ir"
)

// stateDecl writes the struct State with its methods.
func (g *gen) stateDecl(p *printer) {
	p.blank()
	p.comment("State is a state of the machine " + g.sys.Machine + ". Copies of a State share nothing that changes.")
	p.line("type State struct {")
	for _, v := range g.sys.Vars {
		if v.Doc != "" {
			p.comment(v.Doc)
		}
		p.line("%s %s", g.vars[v], g.typ(v.Type).name)
	}
	p.line("}")
	p.blank()
	p.comment("Clone returns a copy of s.")
	p.line("func (s *State) Clone() *State {\nc := *s\nreturn &c\n}")
	p.blank()
	p.comment("Equal reports whether s and t are the same state.")
	all := primary("true")
	for _, v := range g.sys.Vars {
		x, y := primary("s."+g.vars[v]), primary("t."+g.vars[v])
		all = join(all, g.typ(v.Type).equal(x, y), true)
	}
	p.line("func (s *State) Equal(t *State) bool {\nreturn %s\n}", strings.ReplaceAll(all.text, " && ", " &&\n"))
	p.blank()
	p.comment("String returns s with values as the spec writes them, one variable a line.")
	text := ""
	for i, v := range g.sys.Vars {
		if i > 0 {
			text += ` + "\n" +` + "\n"
		}
		text += `"` + v.Name + ` = " + ` + g.typ(v.Type).show("s."+g.vars[v])
	}
	if text == "" {
		text = `""`
	}
	p.line("func (s *State) String() string {\nreturn %s\n}", text)
}

// initial writes New, which chooses if there is a choice, and Initial.
func (g *gen) initial(p *printer, sure bool) {
	f := g.newFn("s", "s")
	f.results = "nil, "
	body := &printer{}
	f.body(body, g.sys.Init)
	fails := f.faults || f.blocks
	p.blank()
	if !f.picks && (!fails || sure && !f.blocks) {
		p.comment("New returns the initial state.")
		p.line("func New() *State {\ns := &State{}")
		if f.faults { // evaluating it has shown that nothing fails
			p.line("e := &fault{}")
		}
		p.text.WriteString(body.String())
		p.line("return s\n}")
		return
	}
	g.news = newFails
	params, arg := "", ""
	what := "New returns the initial state, or an error if the spec gives a variable no value."
	if f.picks {
		g.news = newPicks
		params, arg = "c Chooser", "c"
		what = "New returns the initial state that the choices of c lead to, ErrDisabled if they lead to none."
	}
	p.comment(what)
	p.line("func New(%s) (*State, error) {\ns := &State{}", params)
	if f.faults {
		p.line("e := &fault{}")
	}
	p.text.WriteString(body.String())
	if f.faults {
		p.line("if e.err != nil {\nreturn nil, e.err\n}")
	}
	p.line("return s, nil\n}")
	if !f.picks {
		return
	}
	p.blank()
	p.comment("Initial returns the initial states, in order of the choices that lead to them; some may be the same. Choices that lead to an error are left out.")
	p.line("func Initial() []*State {\nvar out []*State\nfor c := new(choices); ; {")
	p.line("if s, err := New(%s); err == nil {\nout = append(out, s)\n}", arg)
	p.line("if !c.next() {\nreturn out\n}\n}\n}")
}

// How New is called.
const (
	newSure  = iota // New() *State
	newFails        // New() (*State, error)
	newPicks        // New(c Chooser) (*State, error)
)

// predicates writes the properties that speak about a state or a step, and
// what may be final.
func (g *gen) predicates(p *printer) {
	for _, prop := range g.sys.Props {
		switch {
		case isGenerated(prop):
			g.predicate(p, g.props[prop], prop.Label(), prop.Doc, prop.Formula, prop.Kind == ir.Step)
		case prop.Kind == ir.Temporal, prop.Kind == ir.CTL, prop.Kind == ir.Scenario, prop.Kind == ir.Refines, prop.Kind == ir.Step:
			g.notGenerated(prop)
		}
	}
	if g.sys.Terminal != nil {
		g.predicate(p, g.terminal, "what terminal says: s may be the last state of a run", "", g.sys.Terminal, false)
	}
}

// isGenerated reports whether a property speaks about a state or about two,
// and not about runs or about which action was taken.
func isGenerated(p *ir.Property) bool {
	if p.Kind != ir.Invariant && p.Kind != ir.Step && p.Kind != ir.Witness {
		return false
	}
	plain := true
	ir.Walk(p.Formula, func(t ir.Tree) bool {
		if a, ok := t.(*ir.ActionPred); ok && a.Taken {
			plain = false
		}
		return plain
	})
	return plain
}

// predicate writes a method that evaluates a condition.
func (g *gen) predicate(p *printer, name, what, doc string, e ir.Expr, step bool) {
	f := g.newFn("s", "old")
	body := &printer{}
	f.tail(body, e, sink{ret: true})
	text := name + " is " + what + "."
	if doc != "" {
		text = name + " is " + what + ": " + doc
	}
	if step {
		text += "\n\nIt compares s with the state before the step, old."
	}
	p.blank()
	p.comment(text)
	p.line("//")
	p.comment("Spec: " + g.position(e.Span()))
	params, arg := "", ""
	if step {
		params, arg = "old *State", "old"
	}
	if !f.faults {
		p.line("func (s *State) %s(%s) bool {", name, params)
		p.text.WriteString(body.String())
		p.line("}")
		return
	}
	g.fallible[name] = true
	inner := g.methods.claim("eval" + name)
	p.line("func (s *State) %s(%s) (bool, error) {\ne := &fault{}", name, params)
	p.line("holds := s.%s(%s)", inner, strings.TrimSuffix("e, "+arg, ", "))
	p.line("return holds && e.err == nil, e.or(nil)\n}")
	p.blank()
	p.line("func (s *State) %s(%s) bool {", inner, strings.TrimSuffix("e *fault, "+params, ", "))
	p.text.WriteString(body.String())
	p.line("}")
}
